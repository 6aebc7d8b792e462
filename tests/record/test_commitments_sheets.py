"""Commitments of official documents: lines without a verb, measures in the passive, projects, who issues."""

from __future__ import annotations

import pytest
from commitments_read import read, slots

LINES = [
    ("en", "Shelter\n• Rehabilitation of 3,400 homes by December 2026, through local councils.", [3_400]),
    ("en", "Health\n• Training of 120 nurses and construction of 14 clinics.", [120, 14]),
    ("es", "Salud\n• Envío de 25 médicos a los campamentos a partir de marzo.", [25]),
    ("es", "Alimentación\n• 2.300 toneladas de harina en 2025, a través de la OIM.", [2_300]),
    ("fr", "Éducation\n– Formation de 250 enseignants.\n– Envoi de semences à 4 000 familles.", [250, 4_000]),
    ("pt", "O que prevê o projeto\n- construção de 14 escolas e reabilitação de 6 centros;", [14, 6]),
    ("en", "Resettlement\nA quota of 1,150 places for Syrians in 2025.\nNext", [1_150]),
    ("fr", "Chiffres clés\n– Contingent : au plus 1 600 personnes pour 2025 et 2026.", [1_600]),
]  # fmt: skip

NO_LINES = [
    ("en", "Relief so far\n• Distribution of 12,000 kits to families."),
    ("en", "Shelter\n• 12,000 winter kits delivered in January."),
    ("es", "Requisitos\n• Presentación de 2 fotografías en la oficina antes del 1 de marzo de 2025."),
    ("fr", "Situation\n– Population de 61 200 réfugiés au camp."),
    ("pt", "Saúde\n- Vacinação de 4.000 crianças foi concluída em novembro de 2024."),
]


@pytest.mark.parametrize(("language", "text", "amounts"), LINES)
def test_who_issues_a_sheet_gives_what_its_lines_name(language: str, text: str, amounts: list[int]) -> None:
    every = read(text, language, author="cty:CHE", day="2024-12-20")
    assert [slots(one, "actor", "quantity") for one in every] == [(["cty:CHE"], amount) for amount in amounts]


@pytest.mark.parametrize(("language", "text"), NO_LINES)
def test_lines_of_what_was_done_or_is_asked_for_promise_nothing(language: str, text: str) -> None:
    assert read(text, language, author="cty:CHE", day="2024-12-20") == []


def test_lines_of_a_text_that_nobody_issues_promise_nothing() -> None:
    assert read("Shelter\n• Rehabilitation of 3,400 homes by December 2026.", "en", day="2024-12-20") == []


def test_the_head_of_a_form_says_who_gives_and_for_how_long() -> None:
    form = (
        "Project sheet\nDonor: Government of Japan\nDuration: January 2026 to December 2027\n"
        "Amount: 5.5 million dollars\n"
    )
    (made,) = read(form, "en", day="2025-10-08")
    assert slots(made, "actor", "quantity", "period") == (["cty:JPN"], 5_500_000, "2026-01/2027-12")


BECOMING = [
    ("en", "Applications received by that date will be decided no later than 31 August 2027.", None),
    ("en", "Six new reception centres will be opened by the end of 2025.", 6),
    ("es", "Está prevista la instalación de 12 puestos hasta marzo de 2025.", 12),
    ("fr", "Six nouveaux centres seront ouverts d'ici à la fin de 2025.", 6),
    ("fr", "Il sera procédé au recrutement de 60 agents.", 60),
    ("pt", "Serão abertos seis novos centros até ao final de 2025.", 6),
    ("pt", "O abrigo Rondon 6 será desativado em 31 de agosto.", None),
]


@pytest.mark.parametrize(("language", "text", "amount"), BECOMING)
def test_the_issuer_does_what_is_to_be_done_by_nobody_named(
    language: str, text: str, amount: int | None
) -> None:
    (made,) = read(text, language, author="cty:BRA", day="2024-12-20")
    assert slots(made, "actor", "quantity") == (["cty:BRA"], amount)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The memorandum will be signed in March, and the results will be published."),
        ("es", "La declaración será presentada el lunes."),
        ("fr", "Le rapport sera examiné lundi par le Parlement."),
        ("pt", "Fica revogada a Portaria nº 29."),
    ],
)
def test_what_becomes_of_papers_and_meetings_is_no_promise(language: str, text: str) -> None:
    assert read(text, language, author="cty:BRA", day="2024-12-20") == []


PRESENT = [
    ("es", "Se concede permiso de residencia a los menores."),
    ("fr", "Une autorisation de séjour est accordée aux mineurs."),
    ("pt", "Aos menores é concedida autorização de residência."),
]


@pytest.mark.parametrize(("language", "text"), PRESENT)
def test_in_a_notice_the_present_rules(language: str, text: str) -> None:
    title = {"es": "AVISO", "fr": "AVIS", "pt": "AVISO"}[language]
    assert read(text, language, author="cty:CPV", day="2024-12-20") == []
    (made,) = read(f"{title}\n\n{text}", language, author="cty:CPV", day="2024-12-20")
    assert made.fields["actor"] == ["cty:CPV"]


UNDERTAKINGS = [
    ("en", "Of this, $21 million will expand job training.", ["cty:USA"], 21_000_000),
    ("en", "The programme will reach 14,000 families.", ["cty:USA"], 14_000),
    ("es", "El programa, ejecutado por la GIZ, beneficiará a unas 60.000 personas.", ["cty:USA"], 60_000),
    ("fr", "Le projet vise à scolariser 22 000 enfants.", ["cty:USA"], 22_000),
    ("es", "Con estos fondos, el ACNUR podrá entregar mantas a 300.000 refugiados.", ["org:unhcr"], 300_000),
]


@pytest.mark.parametrize(("language", "text", "actor", "amount"), UNDERTAKINGS)
def test_money_and_projects_promise_by_themselves(
    language: str, text: str, actor: list[str], amount: int
) -> None:
    every = read(text, language, author="cty:USA", day="2024-12-20")
    assert [slots(one, "actor", "quantity") for one in every] == [(actor, amount)]


PARTS = [
    ("en", "Norway will give $20 million, of which $6 million for schools.",
     [("cty:NOR", 20_000_000), ("cty:NOR", 6_000_000)]),
    ("fr", "La France apportera 15 millions d'euros, dont 6 millions pour les enfants.",
     [("cty:FRA", 15_000_000), ("cty:FRA", 6_000_000)]),
    ("es", "España destinará 48 millones de euros, de los que 31 millones proceden de la Unión Europea.",
     [("cty:ESP", 48_000_000), ("org:eu", 31_000_000)]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), PARTS)
def test_a_part_that_goes_somewhere_or_comes_from_somebody_is_a_promise(
    language: str, text: str, expected: list[tuple[str, int]]
) -> None:
    every = read(text, language)
    assert [(one.fields["actor"][0], one.fields["quantity"]) for one in every] == expected


ISSUED = [
    ("en", "British High Commission Dhaka\n18 February 2025\n\n", "cty:GBR"),
    ("en", "Norway's aid to refugees in Lebanon\nBeirut, 14 March 2025\n\n", "cty:NOR"),
    ("en", "Programme \"Passage Sudan\"\nBern, 2 September 2024\n\n", "cty:CHE"),
    ("en", "Ministry of Foreign Affairs\nParis, 18 November 2024\n\nLebanon - emergency aid\n\n", "cty:FRA"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "issuer"), [(head, issuer) for _, head, issuer in ISSUED])
def test_the_letterhead_then_the_title_then_the_dateline_say_who_issues(head: str, issuer: str) -> None:
    (made,) = read(head + "In addition, 150 wounded people will be admitted to hospitals.", "en")
    assert slots(made, "actor", "quantity") == ([issuer], 150)


OF_A_BODY = [
    ("en", "Department of Justice\n\nThe Department will pay families $800 a month.", "org:doj"),
    ("fr", "Département de la Santé\n\nLe département versera 3 millions d'euros au HCR.", None),
    ("es", "Tribunal chileno frena las expulsiones\n\n"
     "Lima, 3 de mayo de 2023 – Llueve.\n\nEl Gobierno dará 300 visas.", "cty:CHL"),
    ("pt", "Tribunal chileno trava expulsões\n\n"
     "Lima, 3 de maio de 2023 – Houve protestos.\n\nO Governo dará 300 vistos.", "cty:CHL"),
    ("en", "Kenyan court halts returns\n\n"
     "Lima, 3 May 2023 – People protested.\n\nThe government will issue 300 visas.", "cty:KEN"),
    ("pt", "Em Maputo, o Governo lamentou a decisão. A vice-ministra, Ana Lima, prometeu 15 milhões"
     " de euros.", "cty:MOZ"),
    ("es", "En Lima, el Gobierno lamentó la decisión. La ministra, Ana Ríos, prometió 15 millones de euros.",
     "cty:PER"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "actor"), OF_A_BODY)
def test_an_office_is_of_the_body_title_or_capital_that_the_text_names(
    language: str, text: str, actor: str | None
) -> None:
    (one,) = read(text, language)[-1:]
    assert actor is None or one.fields["actor"] == [actor]
    assert "cty:USA" not in one.fields["actor"]


def test_what_goes_on_with_an_office_is_told_in_items_too() -> None:
    text = (
        "Department of Justice\n\n5. Support. The Department will pay families $8, and will give IOM $2,000."
    )
    assert [slots(one, "actor", "quantity") for one in read(text, "en")] == [
        (["org:doj"], 8), (["org:doj"], 2_000),
    ]  # fmt: skip


ITEMS = [
    ("es", "Los ministros de Gabón y Kenia se reunieron.\n\nAcordaron:\n"
     "a) Chile se abstendrá de expulsar a nadie.\nb) Se abrirá un centro.",
     [["cty:CHL"], ["cty:GAB", "cty:KEN"]]),
    ("pt", "Os ministros do Gabão e do Quénia reuniram-se.\n\nAcordaram o seguinte:\n"
     "a) O Chile se absterá de expulsar famílias.\n", [["cty:CHL"]]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "actors"), ITEMS)
def test_an_item_with_a_subject_is_not_of_the_lead(language: str, text: str, actors: list[list[str]]) -> None:
    assert [one.fields["actor"] for one in read(text, language)] == actors


LEADS = [
    ("en", "Canada will provide by the end of 2026:\n- $6 million to UNHCR;\n- $2 million to UNICEF."),
    ("es", "Canadá aportará en 2026:\n- 6 millones de dólares al ACNUR;\n- 2 millones a la OIM."),
    ("fr", "Le Canada versera en 2026 :\n- 6 millions de dollars au HCR ;\n- 2 millions à l'UNICEF."),
    ("pt", "O Canadá doará em 2026:\n- 6 milhões de dólares ao ACNUR;\n- 2 milhões à OIM."),
]


@pytest.mark.parametrize(("language", "text"), LEADS)
def test_items_take_the_term_of_the_line_that_opens_them(language: str, text: str) -> None:
    made = [slots(one, "actor", "quantity", "period") for one in read(text, language, author="cty:CAN")]
    assert made[0] == (["cty:CAN"], 6_000_000, "2026")
    assert all(one[1] and one[2] == "2026" for one in made)


SET_UP = [
    ("en", "A common fund will be set up with 6 million euros.", "EUR"),
    ("es", "Se establecerá un fondo común, dotado con 6 millones de euros.", "EUR"),
    ("fr", "Un fonds commun sera créé, doté de 6 millions d'euros.", "EUR"),
    ("pt", "Será criado um fundo comum, dotado de 6 milhões de euros.", "EUR"),
]


@pytest.mark.parametrize(("language", "text", "unit"), SET_UP)
def test_what_is_set_up_with_money_promises_it(language: str, text: str, unit: str) -> None:
    made = [slots(one, "action", "quantity", "unit") for one in read(text, language, author="cty:GHA")]
    assert made == [("fund", 6_000_000, unit)]


YEARLY = [
    ("en", "Requests may be lodged in 2024, up to 9,000 permits a year."),
    ("pt", "Os pedidos podem ser apresentados em 2024, num máximo de 9.000 autorizações por ano."),
]


@pytest.mark.parametrize(("language", "text"), YEARLY)
def test_a_ceiling_a_year_stands_by_itself(language: str, text: str) -> None:
    assert [slots(one, "quantity", "bound") for one in read(text, language, author="cty:PRT")] == [
        (9_000, "up_to")
    ]
