"""Measures that no list of nouns knows, told by what becomes of them, and what ends without being one."""

from __future__ import annotations

import pytest
from policies_read import policies_of

FATED = {
    "en, an office that stays": (
        "en",
        "The counter for stranded families in Tapachula will remain in service until 30 September 2025.",
        ("in_force", "2025-09-30"),
    ),
    "es, cards that are prolonged": (
        "es",
        "El Gobierno prorrogó hasta el 31 de diciembre de 2025 los carnés de vecindad de los nicaragüenses.",
        ("in_force", "2025-12-31"),
    ),
    "fr, cards that were to expire": (
        "fr",
        "Il a prolongé jusqu'au 30 juin 2025 les carnets de passage, qui devaient expirer dimanche.",
        ("in_force", "2025-06-30"),
    ),
    "pt, a counter that stays": (
        "pt",
        "O balcão para famílias retidas em Pacaraima continuará em funcionamento até 30 de setembro de 2025.",
        ("in_force", "2025-09-30"),
    ),
}

NO_MEASURES = {
    "en": "The conference in Geneva will last until 30 September 2025. The truce expires on 2 June 2025.",
    "es": "La reunión se prolongó hasta el viernes. La tregua vence el 2 de junio de 2025.",
    "fr": "La réunion a été prolongée jusqu'à vendredi. La trêve expire le 2 juin 2025.",
    "pt": "A reunião foi prolongada até sexta-feira. A trégua expira em 2 de junho de 2025.",
}


@pytest.mark.parametrize("name", FATED)
def test_what_befalls_only_measures_tells_one_whatever_its_noun(name: str) -> None:
    language, text, wanted = FATED[name]
    (policy,) = policies_of(text, language, "2025-05-20")
    assert (policy.fields["status"], policy.fields.get("expected_end")) == wanted


@pytest.mark.parametrize("language", NO_MEASURES)
def test_meetings_and_truces_end_without_being_measures(language: str) -> None:
    assert policies_of(NO_MEASURES[language], language, "2025-05-20") == []
