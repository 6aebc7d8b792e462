"""Slots of commitments: whose, how much and until when, told beside the deed or in the sentence after it."""

from __future__ import annotations

import pytest
from commitments_read import read, slots

TAKEN_UP = [
    ("en", "Ghana came first, followed by the European Union, which will give $75 million.", "org:eu"),
    ("es", "Fue la primera, seguida de Noruega, que aportará 15 millones de dólares.", "cty:NOR"),
    ("fr", "Le Canada arrive en tête, suivi de l’Allemagne, qui débloquera 75 millions d’euros.", "cty:DEU"),
    ("pt", "O Canadá foi o primeiro, seguido da Noruega, que doará 15 milhões de dólares.", "cty:NOR"),
]


@pytest.mark.parametrize(("language", "text", "actor"), TAKEN_UP)
def test_a_relative_clause_is_of_the_name_before_it(language: str, text: str, actor: str) -> None:
    assert [one.fields["actor"] for one in read(text, language)] == [[actor]]


EACH = [
    ("en", "Norway and Canada pledged to resettle 2,500 and 1,800 refugees, respectively, in 2024."),
    ("es", "Noruega y Canadá ofrecieron reasentar a 2.500 y 1.800 refugiados, respectivamente, en 2024."),
    ("fr", "La Norvège et le Canada ont promis d'accueillir respectivement 2 500 et 1 800 réfugiés en 2024."),
    ("pt", "A Noruega e o Canadá prometeram reassentar 2.500 e 1.800 refugiados, respectivamente, até 2024."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), EACH)
def test_respectively_gives_each_of_two_its_amount(language: str, text: str) -> None:
    filled = [slots(one, "actor", "quantity", "unit", "period") for one in read(text, language)]
    expected = [(["cty:NOR"], 2_500, "person", "2024"), (["cty:CAN"], 1_800, "person", "2024")]
    assert [(*one[:3], one[3][:4]) for one in filled] == expected


OFFERED = [
    ("en", "Kenya offered another 600 police officers.", "person", 600),
    ("es", "Kenia ofreció otros 600 policías para la misión.", "person", 600),
    ("fr", "Le Bénin offre 300 bourses d’études.", "other", 300),
    ("pt", "A Noruega ofereceu 30 médicos e dois helicópteros.", "person", 30),
]


@pytest.mark.parametrize(("language", "text", "unit", "count"), OFFERED)
def test_what_is_offered_may_be_any_count(language: str, text: str, unit: str, count: int) -> None:
    assert [slots(one, "unit", "quantity") for one in read(text, language)] == [(unit, count)]


TERMS = [
    ("en", "Spain will give 5 million euros. This grant, run by IOM, covers 2023 and 2024.", "2023/2024"),
    ("es", "España dará 5 millones de euros. Esta ayuda, de la OIM, cubre 2023 y 2024.", "2023/2024"),
    ("fr", "La France débloquera 5 millions d'euros. L'enveloppe sera versée en 2023 et 2024.", "2023/2024"),
    ("pt", "Portugal vai doar 5 milhões de euros. A verba será paga até dezembro de 2024.", "2024-12"),
    ("en", "From 15 May 2023, Peru will issue up to 10,000 permits, valid for thirty days.", "2023-05-15"),
    ("es", "España contratará en 2024 a un máximo de 1.500 trabajadores senegaleses.", "2024"),
    ("fr", "Le Mali délivrera 500 visas fin 2025, et le Ghana recevra en 2024 800 réfugiés.", "2024"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "period"), TERMS)
def test_terms_beside_the_deed_or_told_next(language: str, text: str, period: str) -> None:
    assert read(text, language)[-1].fields.get("period") == period


STATUS = [
    ("en", "Kenya said it would not accept new arrivals.", "stated"),
    ("en", "Kenya said it would not expel anyone.", "assured"),
    ("es", "Ecuador aclaró que no levantará la visa a los haitianos.", "stated"),
    ("es", "Ecuador aseguró que no levantará la visa a los haitianos.", "assured"),
    ("fr", "La France a fait savoir qu’elle n’ouvrirait pas de nouvelles places.", "stated"),
    ("pt", "O Brasil disse que não deportará ninguém.", "assured"),
]


@pytest.mark.parametrize(("language", "text", "status"), STATUS)
def test_a_denial_assures_only_of_what_would_do_harm(language: str, text: str, status: str) -> None:
    assert [one.fields["status_at_document"] for one in read(text, language)] == [status]


WHOSE = [
    ("en", "Kenya and Ethiopia signed a memo. The two countries agreed to open three centres.",
     ["cty:KEN", "cty:ETH"]),
    ("es", "Kenia y Etiopía firmaron un memorando. Ambos países acordaron abrir tres centros de acogida.",
     ["cty:KEN", "cty:ETH"]),
    ("fr", "À Saint-Domingue, le ministre des Affaires étrangères, Miguel Peralta, a prévenu que son pays "
     "ne réduirait pas le rythme des expulsions.", ["cty:DOM"]),
    ("pt", "O visto será concedido pela Embaixada do Brasil em Bogotá.\nO Ministério da Justiça destinará "
     "R$ 12 milhões a abrigos.", ["cty:BRA"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "actor"), WHOSE)
def test_pairs_capitals_and_missions_tell_who_is_bound(language: str, text: str, actor: list[str]) -> None:
    assert read(text, language)[-1].fields["actor"] == actor


def test_a_condition_is_of_the_amount_right_before_it() -> None:
    text = "Germany pledged $95 million and Qatar up to $70 million, on condition that half goes to hosts."
    filled = [slots(one, "actor", "quantity", "condition") for one in read(text, "en")]
    assert filled == [
        (["cty:DEU"], 95_000_000, None), (["cty:QAT"], 70_000_000, "half goes to hosts"),
    ]  # fmt: skip


TERMS = [
    ("en", "In 2025 and in 2026", "Peru will admit 300 people in 2025 and in 2026.", ["2025/2026"]),
    ("fr", "en 2025 et en 2026", "Le Pérou accueillera 120 réfugiés en 2025 et en 2026.", ["2025/2026"]),
    (
        "fr", "of the first deed alone",
        "Le Canada s'engage à accueillir 300 Afghans d'ici à 2024, et le Japon à verser 9 millions d'euros.",
        ["2024", None],
    ),
    ("en", "not of receipt", "Claims received by May 2023 will be decided by August 2024.", ["2024-08"]),
    ("es", "ahead", "Para 2026, Chile ha ofrecido 1.500 permisos.", ["2026"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "why", "text", "periods"), TERMS)
def test_a_term_is_of_the_deed_that_it_stands_with(
    language: str, why: str, text: str, periods: list[str | None]
) -> None:
    made = read(text, language, author="cty:PER" if language == "en" else None)
    assert [one.fields.get("period") for one in made] == periods, why
