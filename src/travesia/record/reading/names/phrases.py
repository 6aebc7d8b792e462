"""Many names at once: a tree of words that finds every known name that starts at a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from travesia.record.reading.names.words import Words, split_form, words_of


@dataclass(frozen=True)
class Sense:
    """What a form can mean.

    `type` is the mention's; empty for words that look like a name and are none. `kind` says what sort of
    form it is (``name``, ``official``, ``abbreviation``, ``demonym``, ``place``, ``capital``, …).
    """

    type: str
    entity: str
    kind: str


@dataclass(frozen=True)
class Hit:
    """A known form in a text: its words ``[first, last)``, its offsets, and what it means."""

    first: int
    last: int
    start: int
    end: int
    sense: Sense


_SPOKEN = 5
"""Acronyms of so many letters are also written as words: "Acnur", "Usaid"."""

_LEAF = ""
_ARTICLES = frozenset(
    ["the", "el", "la", "los", "las", "le", "les", "au", "du", "o", "a", "os", "as", "do", "da"]
)


class Phrases:
    """Forms with their senses, found longest and shorter alike.

    Accents, hyphens and small letters inside do not matter. A form that starts with a capital does so in the
    text; a form all in capitals stands so in the text, or as a word if it is long enough to be spoken as one.
    """

    def __init__(self, forms: Iterable[tuple[str, Sense]]) -> None:
        self._root: dict[str, Any] = {}
        for form, sense in forms:
            node = self._root
            for joint, word in split_form(form):
                node = node.setdefault(joint + word, {})
            leaf = node.setdefault(_LEAF, [])
            if all(sense != other or form != had for had, _, _, other in leaf):
                leaf.append((form, _first_capital(form), _is_acronym(form), sense))

    def hits(self, words: Words) -> Iterator[Hit]:
        """Yield every form found, by its first word, the shorter first."""
        folds, joints, root = words.folds, words.joints, self._root
        count = len(words)
        for i, first_word in enumerate(folds):
            node = root.get(first_word)
            last = i + 1
            while node is not None:
                if _LEAF in node:
                    yield from self._meanings(words, i, last, node[_LEAF])
                if last >= count:
                    break
                node = node.get(joints[last] + folds[last])
                last += 1

    @staticmethod
    def _meanings(
        words: Words, first: int, last: int, leaf: list[tuple[str, int, bool, Sense]]
    ) -> Iterator[Hit]:
        start, end = words.starts[first], words.ends[last - 1]
        for form, capital, acronym, sense in leaf:
            if capital >= 0 and not words.capital(first + capital):
                continue
            written = words.plain[start:end]
            if acronym and not (written.isupper() or (len(written) >= _SPOKEN and written.istitle())):
                continue
            dotted = form.endswith(".") and words.plain[end : end + 1] == "."
            # "le Salvador" is known with its article, which is no part of the name.
            named = words.starts[first + 1] if capital == 1 and words.folds[first] in _ARTICLES else start
            yield Hit(first, last, named, end + dotted, sense)


def _first_capital(form: str) -> int:
    """Return which word of a form is the first with a capital; -1 where none is."""
    words = words_of(form)
    return next((i for i in range(len(words)) if words.capital(i)), -1)


def _is_acronym(form: str) -> bool:
    return form.isupper()
