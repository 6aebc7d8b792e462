"""Measures by the words that tell them, in each language: their kind, and how they stand on 10 May 2024."""

from __future__ import annotations

import pytest
from policies_read import policies_of

PUBLISHED = "2024-05-10"

TOLD = [
    ("en", "The Court of Appeal suspended an order that would have let police hold asylum seekers.",
     "entry_restriction", "suspended"),
    ("en", "The crossing at Kasumulu, which Malawi closed in March, reopened on Tuesday.",
     "entry_restriction", "ended"),
    ("en", "The border with Sudan remains officially closed.", "entry_restriction", "in_force"),
    ("es", "El paso fronterizo de Kiso permanece oficialmente cerrado desde 2020.", "entry_restriction",
     "in_force"),
    ("fr", "Le Niger a fermé hier, sans préavis, sa frontière avec le Bénin.", "entry_restriction",
     "in_force"),
    ("pt", "A fronteira com o Malawi continua encerrada.", "entry_restriction", "in_force"),
    ("en", "From July it will also accept applications from Haitians.", "legal_pathway", "announced"),
    ("es", "Desde julio aceptará también solicitudes de haitianos.", "legal_pathway", "announced"),
    ("en", "Applications received after 31 March will be refused.", "entry_restriction", "announced"),
    ("fr", "Les demandes reçues après le 31 mars seront rejetées.", "entry_restriction", "announced"),
    ("pt", "O Gabão regularizará, ao longo de 2024, os trabalhadores estrangeiros.", "regularisation",
     "announced"),
    ("en", "Kenya and Somalia will launch, before the rains, patrols on the river.",
     "enforcement_cooperation", "announced"),
    ("fr", "Le Tchad et le Niger mèneront en mars, avec le Nigeria, des patrouilles sur le lac.",
     "enforcement_cooperation", "announced"),
    ("en", "The bill would turn the agency into a ministry.", "other", "proposed"),
    ("pt", "O projeto de lei do Senado que reduz o prazo divide os partidos.", "other", "proposed"),
    ("en", "The procedure for new arrivals, introduced in 2022, is suspended until further notice.", "other",
     "suspended"),
    ("es", "Su abogado pidió al ministerio que reanude el registro, paralizado desde hace un año.",
     "registration", "suspended"),
    ("en", "The mayor urged the ministry to go further and grant an amnesty to workers.", "regularisation",
     "advocated"),
    ("en", "Ministers are due to meet in June to discuss joint patrols at sea.", "enforcement_cooperation",
     "proposed"),
    ("fr", "La règle qui ferme l'asile, annulée en juillet par un juge, continue de s'appliquer.", "other",
     "in_force"),
    ("en", "Since February officers have been handing the returned migrants a warm meal and a ticket.",
     "other", "in_force"),
    ("es", "Desde octubre los agentes acompañan hasta el puente a los migrantes.", "other", "in_force"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "kind", "status"), TOLD)
def test_words_tell_a_measure_and_how_it_stands(language: str, text: str, kind: str, status: str) -> None:
    assert [(one.fields["kind"], one.fields["status"]) for one in policies_of(text, language, PUBLISHED)] == [
        (kind, status)
    ]


LASTING = [
    ("en", "No more than 450 permits will be granted between 1 June 2024 and 30 June 2025.", "2025-06-30"),
    ("en", "Stay permits are extended for a year, up to and including 30 April 2025.", "2025-04-30"),
    ("pt", "A fronteira com o Malawi reabrirá em 30 de junho de 2024.", "2024-06-30"),
]


@pytest.mark.parametrize(("language", "text", "until"), LASTING)
def test_a_period_or_a_reopening_sets_the_end(language: str, text: str, until: str) -> None:
    (one,) = policies_of(text, language, PUBLISHED)
    assert one.fields["expected_end"] == until


NONE = [
    ("en", "Almost 190,000 refugees have lived in the valley since March."),
    ("en", "It will resume if visa services in Tehran are restored."),
    ("es", "Los dos países no mantienen relaciones desde abril."),
]


@pytest.mark.parametrize(("language", "text"), NONE)
def test_what_only_looks_like_a_measure_is_none(language: str, text: str) -> None:
    assert policies_of(text, language, PUBLISHED) == []
