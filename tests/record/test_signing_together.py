"""Who signs, hosts and comes where no name stands beside the words: groups, nouns, and what keeps away."""

from __future__ import annotations

import pytest
from participants import everyone, read, records, took_part

PAIRS = [
    ("en", "Peru and Chile held talks in Lima on Friday. The two sides initialled a memorandum on returns."),
    ("en", "Peru and Chile held talks in Lima. A memorandum on returns was signed by both governments."),
    ("es",
     "Perú y Chile dialogaron el viernes en Lima. Ambos gobiernos rubricaron un memorando sobre retornos."),
    ("es", "Perú y Chile se citaron en Lima. Las Partes suscribieron el Memorándum de Lima sobre Retornos."),
    ("fr",
     "Le Pérou et le Chili ont négocié deux jours à Lima. Les deux gouvernements ont paraphé un "
     "mémorandum sur les retours."),
    ("fr",
     "Le Pérou et le Chili se sont vus à Lima. Les délégations ont signé le Mémorandum de Lima sur les "
     "retours."),
    ("pt", "Peru e Chile reuniram-se em Lima. Ambas as partes assinaram um memorando sobre retornos."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), PAIRS)
def test_both_governments_are_those_named_together_before(language: str, text: str) -> None:
    assert took_part(read(language, text)) >= everyone("PER CHL", "signatory", "memorandum")


def test_two_ministers_sign_who_met_and_not_whoever_was_named_since() -> None:
    text = (
        "La canciller de Perú, Ana Lima, recibió ayer en Tacna a su homólogo chileno, Juan Paz. El ministro "
        "de Bolivia, Luis Rey, no acudió; en su lugar estuvo el embajador Raúl Sosa. Ambos ministros "
        "firmaron un memorando sobre retornos."
    )
    signed = [
        one["actor"] for one in records(read("es", text), "participation") if one["role"] == "signatory"
    ]
    assert signed == ["per:ana-lima", "per:juan-paz"]


def test_three_governments_are_the_host_and_its_guests() -> None:
    text = (
        "Peru convened the fourth Andean Dialogue on Mobility in Lima on Friday. Delegations from Chile and "
        "Bolivia took their seats. Ecuador had been expected but floods kept it away. The three governments "
        "endorsed the Lima Guidelines on Reception."
    )
    found = took_part(read("en", text))
    assert {name for name, role, _ in found if role == "signatory"} == {"PER", "CHL", "BOL"}
    assert ("ECU", "expected") in {(name, role) for name, role, _ in found}


def test_a_number_that_nobody_told_names_nobody() -> None:
    text = "The summit in Lima ended. Peru hosted it. The nine governments signed the Lima Declaration."
    assert not [one for one in took_part(read("en", text)) if one[1] == "signatory"]


UNDERTAKE = [
    ("en", "It ended with the Lima Charter, under which Brazil, Bolivia and Peru undertake to share data."),
    ("es", "Salió la Carta de Lima, en la que Brasil, Bolivia y Perú se obligan a compartir datos."),
    ("fr",
     "Le sommet a produit la Charte de Lima, par laquelle le Brésil, la Bolivie et le Pérou s'engagent à "
     "échanger des données."),
    ("pt", "A cúpula produziu a Carta de Lima, em que Brasil, Bolívia e Peru se comprometem a trocar dados."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), UNDERTAKE)
def test_states_that_bind_themselves_in_a_charter_sign_it(language: str, text: str) -> None:
    found = {(name, role) for name, role, _ in took_part(read(language, text))}
    assert found >= {(name, "signatory") for name in ("BRA", "BOL", "PER")}


def test_who_speaks_of_an_agreement_signed_once_has_not_signed_it() -> None:
    text = (
        "O jurista Nelson Lima preferia que se voltasse ao acordo de circulação assinado com o Chile em 1999."
    )
    assert ("lima", "signatory") not in {(name, role) for name, role, _ in took_part(read("pt", text))}


HOSTS = [
    ("en", "The summit in Lima ended on Friday. The hostess, Prime Minister Ana Paz, spoke last."),
    ("es", "La cumbre terminó el viernes en Lima. La anfitriona, la presidenta Ana Paz, habló al final."),
    ("fr", "Le sommet s'est achevé à Lima. La maîtresse de maison, la présidente Ana Paz, a parlé."),
    ("pt", "A cúpula terminou em Lima. Anfitriã, a presidente Ana Paz levou os números ao palco."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), HOSTS)
def test_a_noun_before_the_office_calls_somebody_the_host(language: str, text: str) -> None:
    assert ("paz", "host", "summit") in took_part(read(language, text))


RECEIVED = [
    ("en", "The Peruvian interior minister, Ana Paz, received her Chilean counterpart, Juan Rey, in Tacna."),
    ("es", "La ministra de Trabajo de Perú, Ana Paz, recibió ayer en Tacna a su homólogo chileno, Juan Rey."),
    ("fr", "La ministre péruvienne de l'Intérieur, Ana Paz, a reçu à Tacna son homologue chilien, Juan Rey."),
    ("pt", "A ministra do Interior do Peru, Ana Paz, recebeu em Tacna o seu homólogo chileno, Juan Rey."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), RECEIVED)
def test_who_receives_hosts_and_a_counterpart_is_of_the_state_named(language: str, text: str) -> None:
    roles = {one["actor"]: one for one in records(read(language, text), "participation")}
    assert roles["per:ana-paz"]["role"] == "host"
    assert (roles["per:juan-rey"]["role"], roles["per:juan-rey"]["for_state"]) == ("attended", "cty:CHL")


AWAY = [
    ("en", "The summit in Lima ended on Friday. Chile was unable to attend because of a storm.", "expected"),
    ("en", "The summit in Lima ended on Friday. Chile stayed away over the border dispute.", "boycotted"),
    ("es", "La cumbre terminó en Lima. Chile canceló el viaje por un temporal.", "expected"),
    ("es", "La cumbre terminó en Lima. Chile se negó a asistir en protesta por el muro.", "boycotted"),
    ("fr", "Le sommet s'est achevé à Lima. Le Chili n'a pas pu venir à cause d'une tempête.", "expected"),
    ("fr", "Le sommet s'est achevé à Lima. Le Chili a boudé la réunion par solidarité.", "boycotted"),
    ("pt", "A cúpula terminou em Lima. O Chile cancelou a viagem por causa das enchentes.", "expected"),
    ("pt", "A cúpula terminou em Lima. O Chile recusou o convite em protesto.", "boycotted"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "role"), AWAY)
def test_nobody_boycotts_a_meeting_for_a_storm(language: str, text: str, role: str) -> None:
    assert ("CHL", role, "summit") in took_part(read(language, text))


def test_who_is_sent_comes_in_the_place_of_who_was_not_among_them() -> None:
    text = (
        "Ten presidents had come to the summit in Lima. Peru's premier, Ana Paz, was not among them. She "
        "sent her attorney general, Rosa Rey."
    )
    found = took_part(read("en", text))
    assert found >= {("paz", "boycotted", "summit"), ("rey", "attended_as_replacement", "summit")}


def test_an_envoy_of_a_state_that_nobody_left_empty_attends() -> None:
    text = "The summit in Lima ended on Friday. Chile was represented by its ambassador, Juan Rey."
    assert ("rey", "attended", "summit") in took_part(read("en", text))


def test_ministers_heard_at_a_summit_were_there() -> None:
    text = (
        "La cumbre de Lima terminó el viernes. Asistieron Perú, Bolivia y Ecuador. El chileno Juan Rey dijo "
        "que su país acogerá a 500 familias. La socióloga Eva Sosa criticó el texto."
    )
    found = {(name, role) for name, role, _ in took_part(read("es", text))}
    assert ("rey", "attended") in found
    assert not any(name == "sosa" for name, _ in found)
