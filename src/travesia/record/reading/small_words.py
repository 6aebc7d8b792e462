"""What stands between the actors and verbs of a clause: patterns of its small words, per language."""

from __future__ import annotations

import re
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.triggers import phrase_pattern, phrases


@cache
def opening_clause(language: str) -> re.Pattern[str]:
    """Match where a clause opens: a semicolon, a dash, or a word such as "that"."""
    words = cues(language, "clauses")["openers"]
    commas = [word.removeprefix(", ") for word in words if word.startswith(", ")]
    alone = [word for word in words if not word.startswith(", ")]
    return re.compile(rf"[;:]|\s-+\s|,\s+{phrase_pattern(commas)}|{phrase_pattern(alone)}", re.IGNORECASE)


@cache
def hiding(language: str) -> re.Pattern[str]:
    """Match text that ends in a preposition and its articles."""
    section = cues(language, "clauses")
    articles, preposition = phrase_pattern(section["determiners"]), phrase_pattern(section["prepositions"])
    return re.compile(rf"{preposition}\s*(?:{articles}\s*)*$", re.IGNORECASE)


@cache
def joining(language: str) -> re.Pattern[str]:
    """Match what stands between two names of a list: a comma, a joiner, articles, an acronym."""
    section = cues(language, "clauses")
    joiner, article = phrase_pattern(section["joiners"]), phrase_pattern(section["determiners"])
    of = phrase_pattern(section["of"])
    aside, comma = r"(?:\s*\([^()\n]{1,40}\))?", rf"(?:[,;]\s*(?:{joiner})?|{joiner})"
    return re.compile(rf"{aside}\s*{comma}\s*(?:(?:{article}|{of})\s*)*", re.IGNORECASE)


@cache
def many_unnamed(language: str) -> re.Pattern[str]:
    """Match text that ends in a word such as "countries", with no comma after it."""
    unnamed = phrases(language, "clauses", "unnamed").pattern
    return re.compile(rf"{unnamed}(?:\s+[^\s,;:.]+){{0,6}}\s*$", re.IGNORECASE)


@cache
def joining_unnamed(language: str) -> re.Pattern[str]:
    """Match "and nineteen other" between a name and such a word."""
    joiners = phrases(language, "clauses", "joiners").pattern
    return re.compile(rf"\s*,?\s*{joiners}\s+(?:[^\s,;:.]+\s+){{0,4}}", re.IGNORECASE)


@cache
def bridging(language: str) -> re.Pattern[str]:
    """Match what joins two states over one name that was not read: "du Cap-Vert, du Congo, du Gabon"."""
    join, name = joining(language).pattern, r"(?-i:[^\W\d_a-z][\w'-]+(?: [^\W\d_a-z][\w'-]+){0,2})"
    return re.compile(rf"{join}{name}{join}", re.IGNORECASE)


@cache
def joining_persons(language: str) -> re.Pattern[str]:
    """Match what joins two persons, the office of the second included: "and Foreign Minister"."""
    title = rf"(?:[^\W\d_][\w.-]*\s+){{0,5}}?{phrase_pattern(cues(language, 'clauses')['titles'])}"
    of = r"(?:[^\W\d_][\w.'-]*,?\s+){0,4}"
    return re.compile(rf"{joining(language).pattern}(?:{title}[\s,]+{of})?", re.IGNORECASE)


@cache
def between_office(language: str) -> re.Pattern[str]:
    """Match what stands between a nationality and who holds its office: " Prime Minister ", ", "."""
    titles = phrase_pattern(cues(language, "clauses")["titles"])
    return re.compile(rf"\s(?:(?:[\w-]+\s)?{titles}\s)?|,\s", re.IGNORECASE)


@cache
def whose_office(language: str) -> re.Pattern[str]:
    """Match what stands between a state and who holds its office: "'s foreign minister, "."""
    titles = phrase_pattern(cues(language, "clauses")["titles"])
    return re.compile(rf"'s\s+(?:[\w-]+\s+){{0,3}}?{titles}(?:\s+[\w-]+){{0,4}}?,?\s+", re.IGNORECASE)


@cache
def head_noun(language: str) -> re.Pattern[str]:
    """Match text that ends in a noun that acts for whom it is of: "the ministers of labour"."""
    section = cues(language, "clauses")
    of = phrase_pattern([*section["of"], "for"])
    return re.compile(
        rf"{phrase_pattern(section['heads'])}(?:\s+{of}\s*[\w' -]{{3,30}}?)?\s*$", re.IGNORECASE
    )
