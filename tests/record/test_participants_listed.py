"""Participants in lists of other shapes: each with an office, in a roll, in a delegation."""

from __future__ import annotations

import pytest
from participants import everyone, read, records, took_part

SIGNED = [
    ("en", "The Lima Declaration was made public. The leaders of Chile and Peru put their signatures to it."),
    ("es", "Los presidentes de Chile y Perú pusieron ayer su firma al pie de la Declaración de Lima."),
    ("fr", "La Déclaration de Lima n'oblige personne. Le Chili et le Pérou y souscrivent."),
    ("pt", "A Declaração de Lima está aberta a outros. Firmaram-na Chile e Peru."),
    ("fr",
     "Dix pays ont fini par signer la Déclaration de Lima. Aux côtés du Chili, pays voisin, figurent le "
     "Pérou et le Panama."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), SIGNED)
def test_a_signature_is_told_in_other_words(language: str, text: str) -> None:
    assert took_part(read(language, text)) >= everyone("CHL PER", "signatory", "political_declaration")


def test_a_meeting_ends_with_a_document_that_some_sign() -> None:
    text = (
        "A cúpula de Lima terminou na sexta-feira com um comunicado de duas páginas.\n\n"
        "Assinaram Chile, Peru, Panamá e Costa Rica."
    )
    assert took_part(read("pt", text)) >= everyone("CHL PER PAN CRI", "signatory", "political_declaration")


def test_a_roll_at_the_end_signs_and_the_opening_came() -> None:
    text = (
        "DECLARACIÓN DE LIMA SOBRE MOVILIDAD\n\nLos ministros de Chile, Perú y Panamá, reunidos en Lima el 3 "
        "de julio de 2023, adoptan la presente Declaración.\n\nSuscriben: Chile, Perú y Panamá.\n"
    )
    told = took_part(read("es", text))
    assert told >= everyone("CHL PER PAN", "signatory", "political_declaration")
    assert {(one[0], one[1]) for one in told} >= {(name, "attended") for name in ("CHL", "PER", "PAN")}


FELLOWS = [
    ("en", "The president of Chile, Ana Lima, and the minister of Peru, Juan Paz, attended a summit."),
    ("es", "La mexicana Ana Lima y el colombiano Juan Paz asistieron a la cumbre de Quito."),
    ("fr",
     "Au sommet de Quito, autour de la table avaient pris place la présidente du Chili, Ana Lima, et le "
     "président du Pérou, Juan Paz."),
    ("pt", "A ministra do Chile, Ana Lima; e o ministro do Peru, Juan Paz, participaram da cúpula de Quito."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), FELLOWS)
def test_persons_each_with_an_office_are_one_list(language: str, text: str) -> None:
    came = {name for name, role, _ in took_part(read(language, text)) if role == "attended"}
    assert came >= {"lima", "paz"}


def test_a_person_with_a_verb_of_his_own_is_no_fellow() -> None:
    text = "The summit in Quito was attended by Ana Lima, and the minister of Peru, Juan Paz, stayed away."
    told = took_part(read("en", text))
    assert ("paz", "attended", "summit") not in told


NOT_ASKED = [
    ("en", "The summit opened in Lima. Uruguay sent no invitations to Cuba or Nicaragua."),
    ("es", "La cumbre se abrió en Lima. Cuba y Nicaragua ni siquiera fueron invitadas."),
    ("fr", "Le sommet s'est ouvert à Lima. Cuba et le Nicaragua n'ont jamais été conviés."),
    ("pt", "A cúpula começou em Lima. O Uruguai deixou Cuba e Nicarágua fora da lista de convidados."),
    ("pt", "A cúpula começou em Lima. Cuba e Nicarágua nunca chegaram a ser convidadas."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), NOT_ASKED)
def test_who_was_not_asked_is_told_in_other_words(language: str, text: str) -> None:
    assert took_part(read(language, text)) >= everyone("CUB NIC", "not_invited", "summit")


LED = [
    ("en", "The summit opened in Lima. The Chilean delegation was led by the minister of labour, Ana Paz."),
    ("es", "La cumbre se abrió en Lima. La delegación chilena fue encabezada por la ministra Ana Paz."),
    ("fr", "Le sommet s'est ouvert à Lima. La délégation chilienne était conduite par la ministre Ana Paz."),
    ("pt", "A cúpula começou em Lima. A delegação chilena foi chefiada pela ministra Ana Paz."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), LED)
def test_who_leads_a_delegation_came(language: str, text: str) -> None:
    assert ("paz", "attended", "summit") in took_part(read(language, text))


def test_who_chairs_the_talks_is_their_host() -> None:
    text = "The summit opened in Lima on Friday. Peru's minister, Ana Paz, chaired the talks."
    assert ("paz", "host") in {one[:2] for one in took_part(read("en", text))}


def test_a_form_of_address_ends_no_list() -> None:
    text = "Le sommet s'est tenu à Lima hier sous la présidence de M. Juan Paz, ministre de l'Intérieur."
    hosts = [one["actor"] for one in records(read("fr", text), "participation") if one["role"] == "host"]
    assert hosts == ["per:juan-paz"]
