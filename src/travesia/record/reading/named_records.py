"""Where a text names the measures and instruments that are read from it: in full, by acronym, in short."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from travesia.record.reading.cue_files import cues
from travesia.record.reading.nouns import Extent, Found, Mention, Proposal

_ACRONYM = re.compile(r"\s*\(([A-Z][A-Za-z0-9]{1,8})\)\Z")
_SHORT = re.compile(r" ?\((?:[a-zà-ÿ']{1,12} ){0,4}\"?([A-ZÀ-Þ][\w-]{2,30}(?: [A-ZÀ-Þ][\w-]{2,30}){0,3})\"?\)")
_SLOTS = {"policy": "kind", "instrument": "name"}
"""Of which slot of a record the span is its name."""

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
    taken: list[Extent] = [Extent(one.start, one.end) for one in found.mentions if one.type in _NAMES]
    mentions: list[Mention] = []
    for one in proposals:
        slot = one.slots.get(_SLOTS.get(one.type, ""))
        if one.id in had or slot is None or not one.fields.get("name"):
            continue
        for extent in _extents(found, slot):
            if not any(extent.overlaps(other) and not _within(other, extent) for other in taken):
                mentions.append(Mention(extent.start, extent.end, "DOC", one.id))
                taken.append(extent)
    return tuple(mentions)


def _within(inner: Extent, outer: Extent) -> bool:
    """Tell whether an extent lies in a longer one."""
    longer = inner.end - inner.start < outer.end - outer.start
    return longer and outer.start <= inner.start and inner.end <= outer.end


def _extents(found: Found, name: Extent) -> Iterator[Extent]:
    """Yield where a name stands: itself without an article, then again, by its acronym and its short form."""
    plain, leading = found.text.plain, cues(found.text.language, "names")["heads"]["leading"]
    article = re.match(rf"(?:{leading}) ", plain[name.start : name.end])
    start = name.start + (article.end() if article else 0)
    written = plain[start : name.end]
    if not _is_proper(written):
        return
    yield Extent(start, name.end)
    acronym, short = _ACRONYM.search(written), _SHORT.match(plain, name.end)
    full = written[: acronym.start()] if acronym else written.strip()
    forms = [rf"\b{re.escape(full)}(?!\w)"] + ([rf"\b{acronym[1]}\b"] if acronym else [])
    yield from _again(plain, forms, start, name.end)
    if short is not None:
        articles = "|".join(cues(found.text.language, "names")["articles"])
        yield Extent(*short.span(1))
        again = [rf"(?<!\w)(?:{articles}) (?P<name>{re.escape(short[1])})\b"]
        yield from _again(plain, again, name.start, short.end())


def _is_proper(written: str) -> bool:
    """Tell whether words are a name: a capital or a number among them, and more than one word."""
    return len(written.split()) > 1 and any(word[0].isupper() or word[0].isdigit() for word in written.split())


def _again(plain: str, patterns: Sequence[str], start: int, end: int) -> Iterator[Extent]:
    for pattern in patterns:
        for one in re.finditer(pattern, plain):
            first, last = one.span("name") if "name" in one.groupdict() else one.span()
            if last <= start or first >= end:
                yield Extent(first, last)
