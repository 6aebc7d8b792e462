"""Participants beside states that nobody names, beside each other, and at a meeting told before."""

from __future__ import annotations

import pytest
from participants import read, records, took_part

TOGETHER = [
    ("en", "Peru and nineteen other countries of the region signed the Lima Declaration on Friday."),
    ("es", "Perú y otros 19 países de la región firmaron este viernes la Declaración de Lima."),
    ("fr", "Le Pérou et dix-neuf autres pays de la région ont signé vendredi la Déclaration de Lima."),
    ("pt", "O Peru e outros 19 países da região assinaram na sexta-feira a Declaração de Lima."),
]


@pytest.mark.parametrize(("language", "text"), TOGETHER)
def test_a_state_signs_with_others_that_nobody_names(language: str, text: str) -> None:
    assert took_part(read(language, text)) == {("PER", "signatory", "political_declaration")}


ALONE = [
    ("en", "At the summit, to which Cuba and Haiti were not invited, some twenty countries signed a pact."),
    ("es", "En la cumbre, a la que Cuba y Haití no fueron invitados, unos veinte países firmaron un pacto."),
    ("fr", "Au sommet, où Cuba et Haïti n'étaient pas conviés, une vingtaine de pays ont signé un pacte."),
    ("pt", "Na cúpula, para a qual Cuba e Haiti não foram convidados, uns vinte países assinaram um pacto."),
]


@pytest.mark.parametrize(("language", "text"), ALONE)
def test_what_twenty_countries_sign_the_states_named_before_them_do_not(language: str, text: str) -> None:
    reading = read(language, text)
    assert not [one for one in records(reading, "participation") if one["role"] == "signatory"]
    signing = [one for one in records(reading, "event") if one["kind"] == "signing"]
    assert not any(one.get("participants") for one in signing)


AWAY = [
    ("en", "Chile's president stayed home, as did the leaders of Peru and Panama."),
    ("en", "The leaders of Chile, Peru and Panama were conspicuous by their absence."),
    ("es", "Tampoco asistieron los mandatarios de Chile, Perú y Panamá."),
    ("es", "A la cita faltaron los líderes de Chile, Perú y Panamá."),
    ("fr", "Les présidents du Chili, du Pérou et du Panama manquaient également à l'appel."),
    ("pt", "Também não compareceram os presidentes do Chile, do Peru e do Panamá."),
]
SUMMITS = {
    "en": "The Andean Summit ended in Lima on Friday.",
    "es": "La Cumbre Andina terminó el viernes en Lima.",
    "fr": "Le Sommet andin s'est achevé vendredi à Lima.",
    "pt": "A Cúpula Andina terminou na sexta-feira em Lima.",
}


@pytest.mark.parametrize(("language", "text"), AWAY)
def test_leaders_named_by_their_states_stayed_away(language: str, text: str) -> None:
    took = took_part(read(language, f"{SUMMITS[language]} {text}"))
    assert took >= {(state, "boycotted", "summit") for state in ("PER", "PAN")}
    assert {role for _, role, _ in took} == {"boycotted"}


def test_two_offices_with_their_nationalities_are_one_list() -> None:
    text = (
        "Le Premier ministre canadien, Jean Roy, est attendu au Sommet andin, qui s'ouvrira le 20 juillet à "
        "Lima, aux côtés du président colombien, Luis Gil, et du Premier ministre haïtien, Paul Noël."
    )
    awaited = {name for name, role, _ in took_part(read("fr", text)) if role == "expected"}
    assert awaited == {"roy", "gil", "noel"}


DECLARED = [
    ("en", "The Lima Declaration closed the summit. The declaration, signed by Chile and Peru, is vague."),
    ("es", "La Declaración de Lima cerró la cumbre. La declaración, rubricada por Chile y Perú, no obliga."),
    ("fr", "La Déclaration de Lima clôt le sommet. La déclaration, signée par le Chili et le Pérou, lie."),
    ("pt", "A Declaração de Lima fechou a cúpula. A declaração, subscrita por Chile e Peru, não obriga."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), DECLARED)
def test_the_declaration_is_the_one_that_was_named(language: str, text: str) -> None:
    signed = [one for one in records(read(language, text), "participation") if one["role"] == "signatory"]
    assert {one["actor"] for one in signed} == {"cty:CHL", "cty:PER"}
    (named,) = {one["of"] for one in signed}
    assert "lima" in named


OFFICE = [
    ("en", "The summit ended on Friday. The ban was adopted under the presidency of Donald Trump."),
    ("fr", "Le sommet s'est achevé vendredi. La mesure a été prise sous la présidence de Donald Trump."),
    ("es", "La cumbre terminó el viernes. La medida se tomó bajo la presidencia de Donald Trump."),
    ("pt", "A cúpula terminou na sexta-feira. A medida foi tomada sob a presidência de Donald Trump."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), OFFICE)
def test_who_presided_over_a_state_hosted_no_summit(language: str, text: str) -> None:
    assert not [one for one in records(read(language, text), "participation") if one["role"] == "host"]


OBSERVERS = [
    ("en", "Chile and Peru met in Lima, with the participation, as observers, of Brazil and Panama."),
    ("es", "Chile y Perú se reunieron en Lima, con la participación, como observadores, de Brasil y Panamá."),
    ("fr", "Chili et Pérou ont siégé avec la participation, comme observateurs, du Brésil et du Panama."),
    ("pt", "Chile e Peru reuniram-se em Lima, com a participação, como observadores, do Brasil e do Panamá."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), OBSERVERS)
def test_observers_told_aside_were_there(language: str, text: str) -> None:
    took = took_part(read(language, f"{SUMMITS[language]} {text}"))
    assert {(state, "attended") for state in ("BRA", "PAN")} <= {(state, role) for state, role, _ in took}


def test_a_title_and_the_name_in_it_are_one_instrument() -> None:
    text = (
        "Declaração Conjunta da Reunião Ministerial sobre Mobilidade na América do Sul\n\nOs Ministros da "
        "Argentina e do Chile adotam a presente declaração. A Colômbia pretende aderir à Declaração.\n"
    )
    instruments = records(read("pt", text), "instrument")
    assert [one["kind"] for one in instruments] == ["political_declaration"]


TO_COME = [
    ("en", "Luis Gil will travel to Lima on 20 July for a summit with Chilean President Ana Roca and Haitian "
     "Prime Minister Paul Noel."),
    ("es", "Luis Gil viajará a Lima el 20 de julio para una cumbre con la presidenta chilena, Ana Roca, y el "
     "primer ministro haitiano, Paul Noel."),
    ("fr", "Luis Gil se rendra à Lima le 20 juillet pour un sommet avec la présidente chilienne, Ana "
     "Roca, et le Premier ministre haïtien, Paul Noel."),
    ("pt", "Luis Gil viajará a Lima em 20 de julho para uma cúpula com a presidente chilena, Ana Roca, e o "
     "primeiro-ministro haitiano, Paul Noel."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), TO_COME)
def test_a_summit_with_two_others_is_awaited_by_all(language: str, text: str) -> None:
    took = took_part(read(language, text))
    assert {(name, role) for name, role, _ in took} == {(one, "expected") for one in ("gil", "roca", "noel")}


HELD_BY_SEVERAL = [
    ("en", "The leaders of Chile, Peru and Haiti will hold a summit in Lima on 20 July."),
    ("es", "Los líderes de Chile, Perú y Haití celebrarán una cumbre en Lima el 20 de julio."),
    ("fr", "Les dirigeants du Chili, du Pérou et d'Haïti tiendront un sommet à Lima le 20 juillet."),
    ("pt", "Os líderes do Chile, do Peru e do Haiti realizarão uma cúpula em Lima em 20 de julho."),
]


@pytest.mark.parametrize(("language", "text"), HELD_BY_SEVERAL)
def test_what_several_hold_none_of_them_hosts(language: str, text: str) -> None:
    took = took_part(read(language, text))
    assert {(state, role) for state, role, _ in took} == {(one, "expected") for one in ("CHL", "PER", "HTI")}


def test_a_list_over_three_offices_is_one() -> None:
    text = (
        "Los presidentes de México y Cuba, el primer ministro de Haití y los cancilleres de Belice y Panamá "
        "se reunieron hoy en Lima."
    )
    took = {name for name, role, _ in took_part(read("es", text)) if role == "attended"}
    assert took >= {"MEX", "CUB", "BLZ", "PAN"}
    assert len(took) == 5


WHY_AWAY = [
    ("en", "Luis Gil, Peru's president, refused to attend because Cuba was not invited and sent his foreign "
     "minister, Ana Roca, in his place."),
    ("pt", "O presidente do Peru, Luis Gil, recusou-se a ir porque Cuba não foi convidada e mandou a "
     "chanceler Ana Roca."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), WHY_AWAY)
def test_who_sends_another_is_who_stays_away_and_not_whom_he_names(language: str, text: str) -> None:
    parts = records(read(language, f"{SUMMITS[language]} {text}"), "participation")
    (sent,) = (one for one in parts if one["role"] == "attended_as_replacement")
    assert (sent["for_state"], sent["replaces"]) == ("cty:PER", "per:luis-gil")
