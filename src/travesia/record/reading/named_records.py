"""Where a text names the measures and instruments that are read from it: in full, by acronym, in short."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.nouns import Extent, Found, Mention, Proposal
from travesia.record.schema import PREFIXES

_ACRONYM = re.compile(r"\s*\(([A-Z][A-Z0-9]{1,8})\)")
_SHORT = re.compile(
    r" ?\((?:[a-zà-ÿ']{1,12} ){0,4}\"?([A-ZÀ-Þ][\w-]{2,30}(?: [A-ZÀ-Þ][\w-]{2,30}){0,3})\"?\)"
)
_SLOTS = {"policy": "kind", "instrument": "name"}
"""Of which slot of a record the span is its name."""

_ARTICLE = 12
"""So far before a short form its article starts."""

_NAMES = ("DOC", "EVENT", "ORG", "PER")


def record_mentions(found: Found, proposals: Iterable[Proposal]) -> tuple[Mention, ...]:
    """Return the mentions of named measures and instruments that no table or head of a name told.

    Parameters
    ----------
    found
        A text with the names found in it.
    proposals
        The records proposed from it.
    """
    had = {one.entity for one in found.mentions}
    proposals = tuple(proposals)
    # What a name alone told and no record stands behind gives way.
    told = {one.id for one in proposals}
    names = (one for one in found.mentions if one.type in _NAMES)
    taken = [Extent(one.start, one.end) for one in names if one.entity[:3] in PREFIXES or one.entity in told]
    mentions: list[Mention] = []
    for one in proposals:
        slot = one.slots.get(_SLOTS.get(one.type, ""))
        if one.id in had or slot is None or not one.fields.get("name"):
            continue
        for extent in _extents(found, slot):
            # What it goes beyond gives way.
            if not any(extent.overlaps(one) and (one == extent or not extent.holds(one)) for one in taken):
                mentions.append(Mention(extent.start, extent.end, "DOC", one.id))
                taken.append(extent)
    return tuple(mentions)


def _extents(found: Found, name: Extent) -> Iterator[Extent]:
    """Yield where a name stands: itself without an article, then again, by its acronym and its short form."""
    plain, leading = found.text.plain, cues(found.text.language, "names")["heads"]["leading"]
    article = re.match(rf"(?:{leading}) ", plain[name.start : name.end])
    start = name.start + (article.end() if article else 0)
    written = plain[start : name.end]
    if not _is_proper(written):
        return
    full = _ACRONYM.sub("", written).strip()
    articles = _articles(found.text.language)
    shorter: dict[str, bool] = {}
    for one in _places(plain, full):
        acronym, short = _ACRONYM.match(plain, one.end), _SHORT.match(plain, one.end)
        yield Extent(one.start, acronym.end() if acronym else one.end)
        shorter |= {acronym[1]: False} if acronym else {short[1]: True} if short else {}
    for form, determined in shorter.items():
        for one in _places(plain, form):
            before = plain[max(0, one.start - _ARTICLE) : one.start].rsplit(None, 1)
            if not determined or (before and before[-1].strip("(").casefold() in articles):
                yield one


@cache
def _articles(language: str) -> frozenset[str]:
    return frozenset(cues(language, "names")["articles"])


def _places(plain: str, words: str) -> Iterator[Extent]:
    """Yield where words stand whole."""
    start = plain.find(words)
    while start >= 0:
        end = start + len(words)
        if not plain[start - 1 : start].isalnum() and not plain[end : end + 1].isalnum():
            yield Extent(start, end)
        start = plain.find(words, end)


def _is_proper(written: str) -> bool:
    """Tell whether words are a name: a capital or a number among them, and more than one word."""
    return len(written.split()) > 1 and any(
        word[0].isupper() or word[0].isdigit() for word in written.split()
    )
