"""Reads what stands in a run of tokens, by rules over their codes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

from travesia.record.reading.dates import phrases as said
from travesia.record.reading.dates.words import Lexicon, Run, Token

_RANGED = (
    said.Calendar, said.Years, said.Numeric, said.Weekday, said.MonthDay, said.Shift, said.Now,
    said.PartOfYear, said.Part,
)  # fmt: skip
_JOIN = re.compile(r",?(?P<how>t)[aofU]{0,3}|-|,?&[aoU]{0,3}")
_NEXT_ONE = re.compile(r"X(?![A-Za-z~=+%])")


class Item(NamedTuple):
    """What the tokens from `start` up to but not including `end` say."""

    phrase: said.Phrase
    start: int
    end: int


@dataclass(frozen=True)
class Parser:
    """A run to read, with the words of its language.

    `counts` tells whether a token counts the thing named after it, and so is no date. `nesting` rules hold
    another date ("the end of June 2022"); they do not nest in each other, which keeps reading linear.
    """

    run: Run
    words: Lexicon
    counts: Callable[[Token], bool]
    rules: tuple[Rule, ...]
    nesting: tuple[Rule, ...]

    def at(self, position: int) -> list[Item]:
        """Return what starts at a token, ranges included; nothing where no date does."""
        items = self.single(position)
        return [self._through(items[0])] if len(items) == 1 else items

    def single(self, position: int) -> list[Item]:
        """Return what starts at a token, without looking for the end of a range."""
        return self._first(self.nesting, position) or self.inner(position)

    def inner(self, position: int) -> list[Item]:
        """Return what starts at a token and may stand inside another date."""
        return self._first(self.rules, position) if position < len(self.run.codes) else []

    def _first(self, rules: tuple[Rule, ...], position: int) -> list[Item]:
        for first, pattern, read in rules:
            if self.run.codes[position] in first:
                match = pattern.match(self.run.codes, position)
                found = read(self, match) if match else None
                if found:
                    return found
        return []

    def _through(self, item: Item) -> Item:
        if self.run.codes.startswith("~", item.end) and isinstance(item.phrase, said.Calendar | said.Years):
            return Item(said.Range(item.phrase, said.Now()), item.start, item.end + 1)
        join = _JOIN.match(self.run.codes, item.end)
        if join is None or join.end() >= len(self.run.codes) or isinstance(item.phrase, said.Now):
            return item
        following = None if "U" in join.group() else _NEXT_ONE.match(self.run.codes, join.end())
        if following and isinstance(item.phrase, said.Shift) and item.phrase.offset == 0:
            # "Between this year and the next": the unit is not said again.
            return Item(said.Range(item.phrase, replace(item.phrase, offset=1)), item.start, following.end())
        if "&" in join.group() and not self.between(item.start):
            return item
        ends = self.single(join.end())
        if not ends or not isinstance(ends[0].phrase, _RANGED) or not isinstance(item.phrase, _RANGED):
            return item
        if type(ends[0].phrase) is not type(item.phrase) and (
            not join.group("how") or isinstance(item.phrase, said.Weekday | said.Shift)
        ):
            return item  # "prolonged it on Tuesday until 28 February"
        return Item(said.Range(item.phrase, ends[0].phrase), item.start, ends[0].end)

    def between(self, position: int) -> bool:
        """Tell whether "between" stands before a token."""
        return re.search(r"B[aoU]{0,3}$", self.run.codes[max(0, position - 4) : position]) is not None

    def value(self, position: int) -> int:
        """Return the number that a token stands for."""
        return int(self.run.tokens[position].value)

    def year(self, match: re.Match[str], group: str = "year") -> int | None:
        """Return the year of a group, of two or four digits."""
        if match.group(group) is None:
            return None
        return full_year(self.value(match.end(group) - 1))

    def unit(self, position: int) -> str:
        """Return the unit of a token, such as ``month``."""
        return str(self.run.tokens[position].value[0])

    def plural(self, position: int) -> bool:
        """Tell whether a token names several units."""
        return bool(self.run.tokens[position].value[1])

    def joined(self, start: int, end: int) -> bool:
        """Tell whether no space parts the tokens from one to another."""
        tokens = self.run.tokens
        return all(tokens[at].end == tokens[at + 1].start for at in range(start, end - 1))


def full_year(number: int) -> int:
    """Return the year that two digits stand for: up to 49 of this century, from 50 on of the last."""
    return number + (2000 if number < 50 else 1900 if number < 100 else 0)


Reader = Callable[[Parser, re.Match[str]], list[Item] | None]
Rule = tuple[str, re.Pattern[str], Reader]
"""The codes with which it may start, its pattern, and what reads the match; ``None`` if it is no date."""
