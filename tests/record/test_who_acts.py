"""Who promises where the sentence names nobody: the government of the paragraph, the signers, an official."""

from __future__ import annotations

import pytest
from commitments_read import read

NOBODY = [
    (
        "en",
        '"Nobody is going to lose status because a container is late," Guyana\'s minister told reporters.',
    ),
    ("en", "Zambia said that nobody is being sent back to the Congo."),
    ("es", "«Nadie va a perder su lugar en la fila», prometió el ministro de Ecuador."),
    ("es", "Ecuador aseguró que ningún menor va a ser expulsado."),
    ("fr", "Le Tchad assure qu'aucun demandeur d'asile n'y sera refoulé."),
    ("fr", "Le Tchad assure que personne ne va perdre son statut."),
]


@pytest.mark.parametrize(("language", "text"), NOBODY)
def test_that_nobody_is_going_to_suffer_it_is_an_assurance(language: str, text: str) -> None:
    (one,) = read(text, language)
    assert (one.fields["action"], one.fields["status_at_document"]) == ("refrain", "assured")


def test_states_from_which_a_group_comes_are_no_government() -> None:
    text = (
        "Slovenia is short of hands. A scheme for 2,500 seasonal workers from Bosnia and Kosovo is stuck. "
        "The government will hand out the first 300 permits in September."
    )
    assert [one.fields["actor"] for one in read(text, "en")] == [["cty:SVN"]]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Peru's decree stands. Lima called off the talks.\n\n"
               "Brazil promises more. The Ministry of Health will pay 450,000 dollars to the town."),
        ("pt", "O decreto do Peru vigora. Lima desmarcou a reunião.\n\n"
               "Brasília promete mais. O Ministério da Saúde repassará US$ 450 mil à prefeitura."),
    ],
)  # fmt: skip
def test_a_ministry_is_that_of_the_state_which_acts_in_its_paragraph(language: str, text: str) -> None:
    paid = [one for one in read(text, language) if one.fields.get("quantity")]
    assert [one.fields["actor"] for one in paid] == [["cty:BRA"]]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Saludó al panameño Ernesto Quirós. Honduras calló. Quirós descartó reabrir el campamento."),
        ("fr", "Suivi du Panaméen Ernesto Quirós, il entra. Le Honduras se tut. Quirós a promis 300 places."),
        ("pt", "Recebeu o panamenho Ernesto Quirós. Honduras calou-se. Ernesto Quirós prometeu 300 vagas."),
    ],
)  # fmt: skip
def test_a_nationality_that_leads_a_name_tells_for_whom_the_person_speaks(language: str, text: str) -> None:
    (one,) = read(text, language)
    assert one.fields["actor"] == ["cty:PAN"]


def test_a_nationality_in_a_longer_phrase_tells_nobodys_state() -> None:
    text = "La activista hondureña Marta Solís habló. Solís prometió 300 mantas."
    assert all(one.fields.get("actor") != ["cty:HND"] for one in read(text, "es"))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Lima Declaration was signed by Peru, Chile and Brazil. Mexico stayed out. "
               "Its authors agree to share lists of smugglers."),
        ("es", "La Declaración de Lima fue firmada por Perú, Chile y Brasil. México se abstuvo. "
               "Sus autores se comprometen a compartir listas de traficantes."),
        ("fr", "La Déclaration de Lima est signée par le Pérou, le Chili et le Brésil. Le Mexique refuse. "
               "Ses auteurs s'engagent à partager leurs listes de passeurs."),
        ("pt", "A Declaração de Lima foi assinada por Peru, Chile e Brasil. O México absteve-se. "
               "Os signatários comprometem-se a partilhar listas de passadores."),
    ],
)  # fmt: skip
def test_the_authors_of_a_text_are_those_who_signed_it(language: str, text: str) -> None:
    (one,) = [each for each in read(text, language) if each.fields["status_at_document"] != "stated"]
    assert sorted(one.fields["actor"]) == ["cty:BRA", "cty:CHL", "cty:PER"]
