"""Commitments as news tells them: across asides, in the present, by a sum, an answer or a refusal."""

from __future__ import annotations

import pytest
from commitments_read import read, slots

ASIDES = [
    ("en", "Chile agreed, after a night of talks, to reopen the crossing.", "cty:CHL"),
    ("en", "Peru, whose envoy left early, will register the families.", "cty:PER"),
    ("es", "Mauritania se obliga, a su vez, a readmitir a sus nacionales.", "cty:MRT"),
    ("es", "Chile se comprometió el miércoles a registrar a las familias.", "cty:CHL"),
    ("es", "Perú, dijo su viceministra, revisará la lista de países exentos.", "cty:PER"),
    ("fr", "L'Allemagne compte, dès janvier, partager ses listes de passeurs.", "cty:DEU"),
    ("fr", "L'Espagne entend en outre renforcer ses patrouilles en mer.", "cty:ESP"),
    ("pt", "O Brasil comprometeu-se (14/06), em Belém, a abrir caminhos legais.", "cty:BRA"),
    ("pt", "O Peru, que acompanhou o encontro, vai partilhar as listas.", "cty:PER"),
]


@pytest.mark.parametrize(("language", "text", "actor"), ASIDES)
def test_an_aside_parts_neither_a_binder_nor_a_subject_from_its_deed(
    language: str, text: str, actor: str
) -> None:
    (one,) = read(text, language)
    assert one.fields["actor"] == [actor]


PRESENTS = [
    ("en", "Peru scraps the entry fee for families on 1 July 2023.", "cty:PER", "2023-07-01"),
    ("en", "Ecuador gives the families a permit if Peru does the same.", "cty:ECU", None),
    ("es", "Argentina entrega los permisos si Bolivia hace lo propio.", "cty:ARG", None),
    ("es", "Chile suspende las multas a las familias.", "cty:CHL", None),
    ("fr", "Le Canada suspend les vols tant que l'aéroport restera fermé.", "cty:CAN", None),
    ("fr", "Le Chili a annoncé qu'il retire ses troupes en mars 2023.", "cty:CHL", "2023-03"),
    ("pt", "O Chile passa a trocar dados a partir de outubro de 2023.", "cty:CHL", "2023-10"),
    ("pt", "O Chile anunciou que retira as tropas em agosto de 2023.", "cty:CHL", "2023-08"),
]


@pytest.mark.parametrize(("language", "text", "actor", "period"), PRESENTS)
def test_a_present_binds_by_its_day_its_condition_or_the_measure_that_it_changes(
    language: str, text: str, actor: str, period: str | None
) -> None:
    (one,) = read(text, language)
    assert slots(one, "actor", "period") == ([actor], period)


HABITS = [
    ("en", "Uganda gives the families land and lets them work."),
    ("es", "Chile entrega los permisos en sus consulados."),
    ("fr", "Le Tchad héberge les familles dans ses écoles."),
    ("pt", "O Brasil entrega os documentos em Boa Vista."),
]


@pytest.mark.parametrize(("language", "text"), HABITS)
def test_what_a_state_does_every_day_is_no_promise(language: str, text: str) -> None:
    assert read(text, language) == []


SUMS = [
    ("en", "Another 60 million euros will come from Germany and 8 million from Japan.",
     [("cty:DEU", 60_000_000), ("cty:JPN", 8_000_000)]),
    ("en", "Canada's answer was 4,500 places a year.", [("cty:CAN", 4_500)]),
    ("es", "Otros 25 millones de euros llegarán de España.", [("cty:ESP", 25_000_000)]),
    ("es", "La respuesta de Chile: 6.000 cupos de reunificación familiar.", [("cty:CHL", 6_000)]),
    ("es", "Canadá pondrá 40 millones de dólares y Noruega, 12.",
     [("cty:CAN", 40_000_000), ("cty:NOR", 12_000_000)]),
    ("fr", "20 millions de dollars viendront du Canada.", [("cty:CAN", 20_000_000)]),
    ("fr", "La réponse de la Belgique est de 800 places de réinstallation.", [("cty:BEL", 800)]),
    ("fr", "Avant d'accorder 12 millions d'euros, l'Italie avait exigé un audit.", [("cty:ITA", 12_000_000)]),
    ("pt", "20 milhões de dólares sairão da Noruega e 5 milhões do Canadá.",
     [("cty:NOR", 20_000_000), ("cty:CAN", 5_000_000)]),
    ("pt", "A resposta de Portugal: mil vagas por ano.", [("cty:PRT", 1_000)]),
    ("es", "Con 6 millones de euros, Alemania costeará los expedientes.", [("cty:DEU", 6_000_000)]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), SUMS)
def test_an_amount_is_of_whom_it_comes_from_or_whose_answer_it_is(
    language: str, text: str, expected: list[tuple[str, int]]
) -> None:
    every = read(text, language)
    assert [(one.fields["actor"][0], one.fields["quantity"]) for one in every] == expected


RECIPIENTS = [
    ("en", "Canada will open its seasonal scheme to at least 5,000 Bangladeshis.", 5_000, "person"),
    ("en", "Chile has pledged to set aside 40,000 hectares for refugees.", 40_000, "other"),
    ("es", "México elevará un 40 % los permisos de trabajo.", 0.4, "ratio"),
    ("pt", "Angola comprometeu-se a emitir cartões a pelo menos 9 mil refugiados.", 9_000, "person"),
    ("es", "Panamá abrirá un centro si el banco le concede 30 millones de dólares.", None, None),
    ("en", "Norway is to double its earlier grant of $12 million.", 2, "ratio"),
]


@pytest.mark.parametrize(("language", "text", "quantity", "unit"), RECIPIENTS)
def test_the_people_behind_a_deed_are_its_amount_and_what_it_hangs_on_is_none(
    language: str, text: str, quantity: float | None, unit: str | None
) -> None:
    (one,) = read(text, language)
    assert slots(one, "quantity", "unit") == (quantity, unit)


REFUSALS = [
    ("en", 'The president spoke. "Chile is not reopening the camps," he said.'),
    ("es", "El canciller dijo que no habrá nuevas prórrogas."),
    ("es", "Brasil no participará en esta etapa."),
    ("fr", "Pas question pour l'Algérie de signer un accord de réadmission."),
    ("fr", "La droite exige des camps, ce que le ministre a exclu."),
    ("pt", "Portugal não apoiará qualquer regresso forçado."),
    ("pt", "O Brasil negou-se a receber mais voos."),
]


@pytest.mark.parametrize(("language", "text"), REFUSALS)
def test_what_a_state_takes_no_part_in_it_refuses(language: str, text: str) -> None:
    (one,) = read(text, language)
    assert one.fields["polarity"] == "negative"


def test_so_many_countries_are_those_that_the_text_lists() -> None:
    every = read(
        "Five countries committed on Friday (14/06), in Lima, to open more legal pathways.\n"
        "Argentina, Brazil, Chile, Mexico and Peru adopted the text.",
        "en",
    )
    assert every[0].fields["actor"] == ["cty:ARG", "cty:BRA", "cty:CHL", "cty:MEX", "cty:PER"]


def test_what_is_agreed_that_somebody_does_binds_him() -> None:
    (one,) = read("El acuerdo prevé que Lima pague la reparación del puente.", "es")
    assert one.fields["actor"] == ["cty:PER"]


def test_an_office_without_a_state_is_the_authors() -> None:
    (one,) = read("Le Secrétariat aux migrations n'organisera aucun renvoi.", "fr", author="cty:CHE")
    assert one.fields["actor"] == ["cty:CHE"]


def test_the_ministers_of_a_preamble_are_those_of_the_states_that_it_lists() -> None:
    text = (
        "Os Ministros das Relações Exteriores da Argentina, da Bolívia e do Brasil, reunidos em Brasília,\n\n"
        "Acordam o seguinte:\n\n1. Criar um mecanismo regional de alerta.\n"
    )
    (one,) = read(text, "pt")
    assert one.fields["actor"] == ["cty:ARG", "cty:BOL", "cty:BRA"]


STARTING = [
    ("en", "Chile will open an office in Lima, starting on 1 January 2024."),
    ("es", "Chile abrirá una oficina en Lima, a partir del 1 de enero de 2024."),
    ("fr", "Le Chili ouvrira un bureau à Lima, à partir du 1er janvier 2024."),
    ("pt", "O Chile abrirá um escritório em Lima, a partir de 1º de janeiro de 2024."),
]


@pytest.mark.parametrize(("language", "text"), STARTING)
def test_from_when_is_no_deed(language: str, text: str) -> None:
    (one,) = read(text, language)
    assert one.fields["period"].startswith("2024-01-01")


def test_people_come_from_no_state_that_acts_next() -> None:
    text = "Canadá acogerá hasta 4.000 personas de la región antes de 2028 y España duplicará los permisos."
    assert not [one for one in read(text, "es") if one.fields.get("origin")]


GOING_ON = [
    ("en", "The United States will triple resettlement, welcoming up to 20,000 refugees in 2023 and 2024."),
    ("es", "Estados Unidos triplicará el reasentamiento, acogiendo hasta 20.000 refugiados en 2023 y 2024."),
    ("fr", "Les États-Unis vont tripler la réinstallation, en accueillant 20 000 réfugiés en 2023 et 2024."),
    (
        "pt",
        "Os Estados Unidos vão triplicar o reassentamento, recebendo até 20 mil refugiados em 2023 e 2024.",
    ),
]


@pytest.mark.parametrize(("language", "text"), GOING_ON)
def test_what_a_gerund_goes_on_with_is_promised_too(language: str, text: str) -> None:
    promised = [one for one in read(text, language) if one.fields.get("quantity") == 20_000]
    assert [(one.fields["actor"], one.fields["unit"]) for one in promised] == [(["cty:USA"], "person")]
