"""The life of a measure told over several sentences: one record, its state, its day and who decides."""

from __future__ import annotations

import pytest
from participants import read, records
from policies_read import policies_of

LIVES = {
    "en, a rule kept by a court that freezes a ruling": (
        "en", "2024-06-18",
        "A federal appeals court ruled on Tuesday that a rule allowing agents to return migrants may stay in "
        "effect, hours before it was set to lapse. The Border Health Rule was issued in May 2021 under the "
        "Public Health Act. A judge in Phoenix ordered the government to stop applying it from June 19. The "
        "judges put his ruling on hold until August.",
        ("in_force", "2024-06-19", None, "court"),
    ),
    "en, a measure quashed before the day that was set": (
        "en", "2024-09-17",
        "The High Court of Trinidad and Tobago on Monday quashed the visa requirement for Venezuelans. The "
        "requirement was to remain in place until 31 December 2025.",
        ("ended", "2025-12-31", "2024-09-16", "court"),
    ),
    "es, a norm by its number, its noun and what it lets be done": (
        "es", "2022-12-20",
        "La Sala Constitucional de Costa Rica dejó este lunes en suspenso el fallo que obligaba al Gobierno "
        "a dejar de aplicar el Artículo 33, cuya vigencia concluía mañana miércoles. La norma permite "
        "rechazar sin trámite a quienes llegan desde Panamá.",
        ("in_force", "2022-12-21", None, "court"),
    ),
    "es, a court's no to those who asked for its end": (
        "es", "2023-11-28",
        "La Resolución 77 permite a la policía de Bolivia devolver a Chile a los migrantes sin papeles. El "
        "Tribunal Constitucional rechazó ayer anularla. Caduca el 31 de marzo de 2024.",
        ("in_force", "2024-03-31", None, None),
    ),
    "fr, a circular that a court refuses to suspend": (
        "fr", "2025-03-11",
        "Le Conseil d'État belge a refusé mardi de suspendre la circulaire 12, par laquelle le gouvernement "
        "n'héberge plus les demandeurs d'asile. Prise en août 2023, elle aurait dû prendre fin le 31 mars. "
        "Le texte continue de produire ses effets.",
        ("in_force", "2025-03-31", None, "court"),
    ),
    "fr, a campaign that was to end and runs on": (
        "fr", "2024-11-05",
        "Elle devait se terminer le 15 novembre : la campagne de régularisation ouverte en mai pour les "
        "travailleurs subsahariens courra finalement jusqu'au 31 mars 2025.",
        ("in_force", "2025-03-31", None, None),
    ),
    "pt, a rule kept and the judgment against it suspended": (
        "pt", "2024-08-30",
        "O Supremo Tribunal Federal manteve nesta sexta-feira a regra que permite devolver passageiros em "
        "trânsito. A medida perderia efeito no domingo por decisão de um juiz. Os ministros suspenderam a "
        "sentença até novembro.",
        ("in_force", "2024-09-01", None, "court"),
    ),
    "pt, an ordinance suspended before its last day": (
        "pt", "2026-02-24",
        "O Governo suspendeu ontem, com efeitos imediatos, a Portaria 215, que desde 2022 permitia a "
        "estrangeiros procurar emprego. A portaria caducaria a 31 de dezembro.",
        ("suspended", "2026-12-31", None, None),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LIVES)
def test_a_measure_told_over_sentences_is_one_record_with_its_state(name: str) -> None:
    language, published, text, (status, expected, end, decided) = LIVES[name]
    (measure,) = policies_of(text, language, published)
    fields = measure.fields
    assert (fields["status"], fields.get("expected_end"), fields.get("end")) == (status, expected, end)
    assert fields.get("contingency", {}).get("kind") == decided


WISHES = [
    ("en", "The Supreme Court on Tuesday kept in force Rule 12, which lets police turn back migrants. "
     "The opposition wants the rule turned into law."),
    ("es", "La Corte Suprema mantuvo el martes el Decreto 87, que permite expulsar a los migrantes. "
     "La oposición exige que el decreto se convierta en ley."),
    ("fr", "La Cour suprême a maintenu mardi la loi 12, qui permet de renvoyer les migrants. "
     "La droite exige que la loi soit durcie."),
    ("pt", "O Supremo Tribunal manteve na terça-feira a Portaria 9, que permite expulsar migrantes. "
     "A oposição exige que a portaria passe a lei."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), WISHES)
def test_what_somebody_wants_of_a_measure_is_one_of_its_own_and_of_the_same_kind(
    language: str, text: str
) -> None:
    kept, wanted = policies_of(text, language, "2024-03-27")
    assert (kept.fields["status"], wanted.fields["status"]) == ("in_force", "advocated")
    assert kept.fields["kind"] == wanted.fields["kind"] != "other"


APART = [
    ("en", "The Supreme Court on Tuesday kept in force Rule 12, which lets police turn back migrants. "
     "The programme for students will end on 1 May 2024."),
    ("es", "La Corte Suprema mantuvo el martes el Decreto 87, que permite expulsar a los migrantes. "
     "El programa de becas terminará el 1 de mayo de 2024."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), APART)
def test_the_end_of_another_measure_is_not_that_of_the_story(language: str, text: str) -> None:
    kept = policies_of(text, language, "2024-03-27")[0]
    assert kept.fields["status"] == "in_force"
    assert "expected_end" not in kept.fields


KEPT = [
    ("en", "The Supreme Court on Tuesday kept the order in place. It had been set to expire on 12 July."),
    ("fr", "La Cour suprême a décidé mardi de maintenir la mesure. Elle devait expirer mercredi."),
    ("es", "La Corte Suprema decidió el martes mantener la medida. Debía expirar el miércoles."),
    ("pt", "A Suprema Corte manteve na terça-feira a medida. Ela deveria expirar na quarta-feira."),
]


@pytest.mark.parametrize(("language", "text"), KEPT)
def test_an_end_that_a_court_stopped_before_it_is_told_did_not_happen(language: str, text: str) -> None:
    ends = [one for one in records(read(language, text), "event") if one["kind"] == "policy_expiry"]
    assert [one["status"] for one in ends] == ["did_not_happen"]
