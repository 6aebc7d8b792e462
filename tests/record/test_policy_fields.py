"""What a measure's fields hold: for whom, by whom, on which ground, until when and with which modality."""

from __future__ import annotations

from typing import Any

import pytest
from policies_read import policies_of


def _fields(text: str, language: str) -> dict[str, Any]:
    (measure,) = policies_of(text, language)
    return dict(measure.fields)


WHOM = [
    ("en", "Chile suspended its visa scheme for Haitians, which left 300 Cubans stranded.", ["cty:HTI"]),
    ("en", "Ghana suspended its permits for applicants who fled in May.", ["applicants who fled in May"]),
    ("en", "Nationals of Mali are not eligible under the scheme.", ["grp:mli-nationals"]),
    ("es", "Chile suspendió el permiso temporal para quienes llegaron en mayo.",
     ["quienes llegaron en mayo"]),
    ("es", "Chile prorrogó la amnistía para los bolivianos, y Perú lo celebró.", ["cty:BOL"]),
    ("fr", "Le Maroc a suspendu le permis de séjour réservé aux titulaires d'un contrat.",
     ["titulaires d'un contrat"]),
    ("fr", "Le Tchad lancera une campagne d'information contre les passeurs.", None),
    ("pt", "Angola suspendeu a multa cobrada aos estrangeiros sem documentos.",
     ["estrangeiros sem documentos"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "whom"), WHOM)
def test_a_measure_is_for_those_to_whom_its_words_lead(
    language: str, text: str, whom: list[str] | None
) -> None:
    assert _fields(text, language).get("targets") == whom


RULED = [
    ("en", "Colombia told the meeting that its temporary permit for Venezuelans will be extended to "
     "May 2026.", "cty:COL", "cty:COL"),
    ("en", "The envoy thanked Kenya for keeping its border open.", "cty:KEN", "cty:KEN"),
    ("es", "Ecuador prorrogó hasta diciembre la amnistía para los venezolanos.", "cty:ECU", "cty:ECU"),
    ("es", "La Corte Suprema de Chile suspendió el decreto del Ministerio del Interior que obligaba a los "
     "bolivianos a presentar pasaporte.", "cty:CHL", "org:interior-ministry"),
    ("fr", "Le ministre a salué la décision du Tchad de fermer la frontière.", "cty:TCD", "cty:TCD"),
    ("pt", "O Governo lamenta a decisão do Maláui de encerrar o campo de refugiados.", "cty:MWI", "cty:MWI"),
    ("fr", "La droite réclame un gel des admissions.", None, "droite"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "authority", "by"), RULED)
def test_who_acts_brings_a_measure_in_and_the_state_behind_rules_it(
    language: str, text: str, authority: str | None, by: str
) -> None:
    fields = _fields(text, language)
    assert (fields.get("authority"), fields.get("introduced_by")) == (authority, by)


def test_the_parties_of_a_communique_rule_what_they_agree_on_without_a_subject() -> None:
    text = (
        "COMUNICADO\nMontevideo, 3 de marzo de 2025\nArgentina, Paraguay y Uruguay se reunieron en "
        "Montevideo.\n1. Los participantes crearán un registro común de menores."
    )
    (measure,) = policies_of(text, "es")
    assert set(measure.fields["authority"]) == {"cty:ARG", "cty:PRY", "cty:URY"}


LASTING = [
    ("en", "Chile will open a registration drive for Venezuelans on 1 September 2025, for a period of six "
     "months.", "2026-02-28"),
    ("es", "Chile reconocerá los documentos de los venezolanos desde el 1 de junio de 2025 y por un período "
     "de un año.", "2026-05-31"),
    ("pt", "Os ministros criarão, até dezembro de 2025, um mecanismo regional de registo.", None),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "end"), LASTING)
def test_a_time_after_a_first_day_sets_the_end_and_a_deadline_sets_none(
    language: str, text: str, end: str | None
) -> None:
    assert _fields(text, language).get("expected_end") == end


HELD = [
    ("en", "Kenya's High Court halted a decree that would have ended the registration of refugees from "
     "Monday.", "suspended"),
    ("en", "The programme for Haitians, suspended since May, will resume on 1 June 2025.", "suspended"),
    ("fr", "Le Mali a décidé de reprendre le 1er juin 2025 son programme de réinstallation, suspendu en mai.",
     "announced"),
    ("pt", "Os pedidos de visto para haitianos, suspensos em maio, voltam a ser aceitos em 1 de junho de "
     "2025.", "suspended"),
    ("es", "Chile ejecuta desde enero un plan para deportar a los bolivianos.", "in_force"),
    ("en", "Brazil will expand Operation Welcome to three more states.", "in_force"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "status"), HELD)
def test_the_status_is_that_of_the_measure_and_not_of_what_it_ends_or_how_it_goes_on(
    language: str, text: str, status: str
) -> None:
    assert _fields(text, language)["status"] == status


NOTICES = [
    ("pt", "PORTARIA Nº 12, DE 3 DE MARÇO DE 2025\nArt. 1º Ficam prorrogadas até 31 de março de 2026 as "
     "autorizações de residência dos haitianos.\nArt. 2º Fica revogada a Portaria nº 7, de 9 de abril de "
     "2023.\nArt. 3º Esta Portaria entra em vigor em 1º de julho de 2025."),
    ("es", "RESOLUCIÓN 12\nMINISTERIO DE GOBIERNO\nLa Ministra\nRESUELVE:\nArtículo 1. "
     "Prorróganse hasta el 31 de marzo de 2026 los permisos de residencia de los haitianos.\nArtículo 2. "
     "Derógase la Resolución 44 de 2021.\nArtículo 3. La presente Resolución "
     "entrará en vigencia el 1 de julio de 2025."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), NOTICES)
def test_what_a_norm_lays_down_begins_on_its_day_and_what_it_repeals_ends_then(
    language: str, text: str
) -> None:
    extended, repealed = policies_of(text, language)
    assert (extended.fields["status"], extended.modality) == ("announced", "scheduled")
    assert extended.fields["expected_end"] == "2026-03-31"
    assert (repealed.fields["status"], repealed.fields["expected_end"]) == ("in_force", "2025-07-01")


MODALITIES = [
    ("en", "Ghana will introduce a work permit for refugees on 1 June 2025.", "scheduled"),
    ("en", "Ghana will introduce a work permit for refugees, provided that donors pay for it.",
     "conditional"),
    ("es", "Chile creará un permiso temporal para los bolivianos.", "intended"),
    ("es", "Chile creará un permiso temporal para los bolivianos, siempre que el Congreso lo apruebe.",
     "conditional"),
    ("fr", "Le Pérou prolonge jusqu'au 30 juin 2025 le programme pour les Haïtiens.", "actual"),
    ("fr", "Le permis temporaire des Haïtiens reste en vigueur.", "ongoing"),
    ("pt", "Angola suspendeu o programa de vistos para congoleses.", "actual"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "modality"), MODALITIES)
def test_the_modality_follows_how_a_measure_is_told(language: str, text: str, modality: str) -> None:
    (measure,) = policies_of(text, language)
    assert measure.modality == modality


HANGING = [
    ("en", "Kenya's High Court froze the visa ban for Somalis. It ordered that the ban not be applied until "
     "it has heard an appeal.", "court", "the ban not be applied until it has heard"),
    ("pt", "O Tribunal Constitucional suspendeu a lei que permite devolver migrantes a Marrocos. A suspensão "
     "vale até que o Tribunal decida o recurso.", "court",
     "A suspensão vale até que o Tribunal decida o recurso"),
    ("fr", "Le programme pour les Haïtiens est prolongé jusqu'au 30 juin 2025, sauf décision contraire de "
     "la Cour fédérale.", "court", "décision contraire"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "kind", "effect"), HANGING)
def test_what_a_measure_hangs_on_is_told_by_the_clause_that_lasts_until_then(
    language: str, text: str, kind: str, effect: str
) -> None:
    told = [one.fields["contingency"] for one in policies_of(text, language) if "contingency" in one.fields]
    assert [one["kind"] for one in told[:1]] == [kind]
    assert effect in told[0]["effect"]


def test_a_person_who_announces_a_measure_vouches_for_it() -> None:
    (measure,) = policies_of(
        "Canada will open a pathway for Haitians, minister Jane Roe said on Monday.", "en"
    )
    assert measure.certainty == "reported"
    assert measure.attribution == ("per:jane-roe",)


def test_an_agreement_is_its_own_legal_basis() -> None:
    (measure,) = policies_of(
        "O Acordo de Mobilidade com Marrocos, assinado em maio, entra em vigor em abril.", "pt"
    )
    assert measure.fields["kind"] == "legal_pathway"
    assert measure.fields["legal_basis"].startswith("ins:")
