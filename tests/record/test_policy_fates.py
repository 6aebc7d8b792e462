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


PRACTICES = {
    "en": "Ministers met in Belize. The Dominican Republic deported more than 250,000 Haitians last year. "
    "Amnesty International called for the deportations to stop.",
    "es": "Los ministros se reunieron en Belice. La República Dominicana deportó a más de 250.000 haitianos "
    "el año pasado. Amnistía Internacional pidió que se detengan las deportaciones.",
    "fr": "Les ministres se sont réunis au Belize. La République dominicaine a expulsé plus de 250 000 "
    "Haïtiens l'an dernier. Amnesty International a demandé l'arrêt des expulsions.",
    "pt": "Os ministros reuniram-se em Belize. A República Dominicana deportou mais de 250 mil haitianos no "
    "ano passado. A Anistia Internacional pediu que parem as deportações.",
}


@pytest.mark.parametrize("language", PRACTICES)
def test_a_practice_of_expelling_is_one_measure_that_is_applied(language: str) -> None:
    """Who wants it stopped says that it goes on."""
    (policy,) = policies_of(PRACTICES[language], language, "2025-05-20")
    assert (policy.fields["kind"], policy.fields["status"]) == ("expulsion_or_return", "applied")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Will the new government send back Afghans? It has not said so."),
        ("es", "El ministro descartó que se vaya a deportar a haitianos."),
        ("fr", "La Suisse renvoie-t-elle des Soudanais ? Non."),
        ("pt", "O governo negou que pretenda deportar haitianos."),
    ],
)
def test_what_is_asked_or_denied_is_no_practice(language: str, text: str) -> None:
    assert policies_of(text, language, "2025-05-20") == []


CARRIED = {
    "en": "Lawyers met in Nairobi. Soldiers in Garissa drive migrants back over the border at night.",
    "es": "Los abogados se reunieron en Tánger. La policía abandona a los migrantes en la frontera.",
    "fr": "Les avocats se sont réunis à Tunis. Les gendarmes ramènent des migrants à la frontière.",
    "pt": "Os advogados reuniram-se em Dakar. A polícia abandona os migrantes na fronteira de Rosso.",
}


@pytest.mark.parametrize("language", CARRIED)
def test_people_whom_police_bring_to_a_border_are_expelled(language: str) -> None:
    (policy,) = policies_of(CARRIED[language], language, "2025-05-20")
    assert (policy.fields["kind"], policy.fields["status"]) == ("expulsion_or_return", "applied")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Under the Lakeside Transit Pathway, 1,200 families have arrived since spring."),
        ("es", "Al amparo del Programa Nacional de Vecindad, 1.200 familias han llegado desde la primavera."),
        ("fr", "Grâce au Programme de parrainage des proches d'Haïtiens, 1 200 familles sont arrivées."),
        ("pt", "No âmbito da Operação Vizinhança, 1.200 famílias chegaram desde a primavera."),
    ],
)
def test_a_named_programme_that_a_text_speaks_of_is_in_force(language: str, text: str) -> None:
    (policy,) = policies_of(text, language, "2025-05-20")
    assert policy.fields["status"] == "in_force"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le Titre 42 reste en vigueur. La Cour l'avait prolongé deux jours plus tôt, à leur demande."),
        ("en", "The visa programme remains in force. The ministry extended it last week, after a ruling."),
    ],
)
def test_when_somebody_prolonged_a_measure_is_not_its_end(language: str, text: str) -> None:
    (policy,) = policies_of(text, language, "2024-12-27")
    assert policy.fields["status"] == "in_force"
    assert "expected_end" not in policy.fields
