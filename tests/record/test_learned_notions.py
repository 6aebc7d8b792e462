"""Signs of a policy's status: notions that the four languages share, and the times of verbs."""

from __future__ import annotations

import re

import pytest

from travesia.record import Described, read_document
from travesia.record.documents import Document
from travesia.record.reading.cue_files import LANGUAGES, cues
from travesia.record.reading.learned import units
from travesia.record.reading.learned.notions import status_signs
from travesia.record.reading.learned.units import folded

DROPPED = {
    "en": "The ministry never adopted the new visa and has withdrawn its draft.",
    "es": "El ministerio nunca adoptó el nuevo visado y ha retirado su proyecto.",
    "fr": "Le ministère n'a jamais adopté le nouveau visa et a retiré son projet.",
    "pt": "O ministério nunca adotou o novo visto e retirou o seu projeto.",
}
COMING = {
    "en": "The ministry will open the scheme if the parliament agrees.",
    "es": "El ministerio abrirá el programa si el parlamento lo aprueba.",
    "fr": "Le ministère ouvrira le programme si le parlement l'approuve.",
    "pt": "O ministério abrirá o programa se o parlamento o aprovar.",
}


def _signs(text: str, language: str, kind: str | None = "legal_pathway") -> frozenset[str]:
    document = Document(
        id="doc:given", file="given.txt", sha256="0" * 64, text_sha256="0" * 64, bytes=len(text.encode()),
        encoding="utf-8", media="text", text=text,
        described=Described(published="2024-05-01", language=language),
    )  # fmt: skip
    (unit,) = units(read_document(document, extractors=()).found)
    return status_signs(unit, kind)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_never_adopted_and_dropped_is_told_alike_in_all_languages(language: str):
    signs = _signs(DROPPED[language], language)
    assert {"notion never", "notion dropped", "notion drafts", f"notion never {language}"} <= signs
    assert "notion conditions" not in signs


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_hangs_on_a_parliament_is_to_come(language: str):
    signs = _signs(COMING[language], language)
    assert {"notion conditions", "notion parliaments", "notion to_come", "verb future"} <= signs
    assert "notion never" not in signs


def test_the_signs_of_the_unit_are_kept_and_the_kind_is_one_more():
    plain, other = (_signs(COMING["en"], "en", kind) for kind in ("registration", None))
    assert plain ^ other == {"of registration", "of None"}
    assert "5 parli" in plain


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_notion_in_words_without_accents(language: str):
    assert cues(language, "notions").keys() == cues("en", "notions").keys()
    for words in cues(language, "notions").values():
        assert folded(words.replace(r"\W", "").replace(r"\S", "")) == words
        assert re.compile(words)
