"""Which record of one reading is which of another, whatever either calls it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Reading = Mapping[str, Any]
Pair = tuple[int, int]

ENOUGH = 0.5
"""The share of the shorter of two spans that they must have in common, and of two texts' words."""

FIXED = ("cty:", "dat:")
"""Ids that mean the same in every reading."""

_WORD = re.compile(r"[^\W_]+")
_ID = re.compile(r"[a-z]{3}:[^\s:]+")


def common(one: Reading, other: Reading) -> int:
    """Return how many code points two spans share."""
    return max(0, int(min(one["end"], other["end"])) - int(max(one["start"], other["start"])))


def overlapping(one: Reading, other: Reading) -> bool:
    """Tell whether two spans share at least half of the shorter one."""
    shorter = min(int(each["end"]) - int(each["start"]) for each in (one, other))
    return shorter > 0 and common(one, other) >= ENOUGH * shorter


def matched(
    predicted: Sequence[Reading],
    gold: Sequence[Reading],
    agreement: Callable[[int, int], float] | None = None,
) -> list[Pair]:
    """Return pairs of overlapping spans, one to one, greedily.

    Those that share the largest part of what they cover come first; among equals, those whose `agreement`
    is largest, then those that come first.
    """
    ranked = []
    for i, one in enumerate(predicted):
        for j, other in enumerate(gold):
            if overlapping(one, other):
                shared = common(one, other)
                covered = one["end"] - one["start"] + other["end"] - other["start"] - shared
                agreed = agreement(i, j) if agreement else 0.0
                ranked.append((-shared / covered, -agreed, j, i))
    left_i, left_j, pairs = set(range(len(predicted))), set(range(len(gold))), []
    for _, _, j, i in sorted(ranked):
        if i in left_i and j in left_j:
            left_i.remove(i)
            left_j.remove(j)
            pairs.append((i, j))
    return pairs


def as_list(value: Any) -> list[Any]:
    """Return a value, or the values of a list, as a list; nothing is an empty one."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _similar(one: str, other: str) -> bool:
    first, second = (set(_WORD.findall(text.casefold())) for text in (one, other))
    if not first or not second:
        return one.strip().casefold() == other.strip().casefold()
    return 2 * len(first & second) >= ENOUGH * (len(first) + len(second))


def _governed(reading: Reading) -> dict[str, str]:
    """Return the state of each government: the two are one actor."""
    return {
        each["id"]: f"cty:{str(each['country']).removeprefix('cty:')}"
        for each in reading["entities"]
        if each.get("kind") == "government" and each.get("country")
    }


def _names(reading: Reading) -> dict[str, str]:
    records = {each["id"]: str(each["fields"].get("name", each["id"])) for each in reading["records"]}
    return records | {each["id"]: str(each["name"]) for each in reading["entities"]}


@dataclass(frozen=True)
class Comparison:
    """A reading held against another that is taken for right; spans are of one text."""

    predicted: Reading
    gold: Reading

    def mentions(self, types: Iterable[str], nested: bool = False) -> tuple[list[Reading], list[Reading]]:
        """Return the predicted and the right mentions of some types; by default those inside no other."""
        wanted = frozenset(types)
        first, second = (
            [
                each
                for each in reading["mentions"]
                if each["type"] in wanted and (nested or not each.get("nested"))
            ]
            for reading in (self.predicted, self.gold)
        )
        return first, second

    @cached_property
    def entities(self) -> Mapping[str, str]:
        """The right id of each predicted entity, by the mentions that they share, else by name and type."""
        first, second = self.predicted["mentions"], self.gold["mentions"]
        votes: Counter[tuple[str, str]] = Counter()
        for i, j in matched(first, second, lambda i, j: float(first[i]["type"] == second[j]["type"])):
            votes[first[i]["entity"], second[j]["entity"]] += 1
        named = {(each["type"], each["name"].casefold()): each["id"] for each in self.gold["entities"]}
        keys = {each["id"]: (each["type"], each["name"].casefold()) for each in self.predicted["entities"]}
        return {own: named[key] for own, key in keys.items() if key in named} | _elected(votes)

    @cached_property
    def records(self) -> Mapping[str, list[tuple[Reading, Reading]]]:
        """The matched records of each type, predicted and right."""
        return {
            kind: [(first[i], second[j]) for i, j in self._record_pairs(first, second)]
            for kind in sorted({each["type"] for each in self.gold["records"]})
            for first, second in [(of_type(self.predicted, kind), of_type(self.gold, kind))]
        }

    def _record_pairs(self, first: Sequence[Reading], second: Sequence[Reading]) -> list[Pair]:
        def agreement(i: int, j: int) -> float:
            own, right = first[i]["fields"], second[j]["fields"]
            return float(
                sum(self._same(own[name], right[name], self.entities) for name in own if name in right)
            )

        evidence = [[each["evidence"][0] for each in records] for records in (first, second)]
        return matched(evidence[0], evidence[1], agreement)

    @cached_property
    def ids(self) -> Mapping[str, str]:
        """The right id of each predicted entity and record."""
        found = {own["id"]: right["id"] for pairs in self.records.values() for own, right in pairs}
        return {**found, **self.entities}

    @cached_property
    def _governed(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        return _governed(self.predicted), _governed(self.gold)

    @cached_property
    def _own_names(self) -> Mapping[str, str]:
        return _names(self.predicted)

    @cached_property
    def _right_names(self) -> Mapping[str, str]:
        return _names(self.gold)

    def same(self, own: Any, right: Any) -> bool:
        """Tell whether a predicted value means what the right one means.

        Numbers within a millionth; lists whatever their order; an id where the two name one thing; free
        text where half of the words are shared.
        """
        return self._same(own, right, self.ids)

    def translated(self, own: Any) -> Any:
        """Return the right id for a predicted one, or the value itself."""
        return None if own is None else self._settled(str(own), self.ids)

    def right(self, value: Any) -> Any:
        """Return a right id, a government's being that of its state."""
        return self._governed[1].get(str(value), value)

    def _settled(self, own: str, ids: Mapping[str, str]) -> str:
        own = self._governed[0].get(own, own)
        right = own if own.startswith(FIXED) else ids.get(own, f"?{own}")
        return self._governed[1].get(right, right)

    def _same(self, own: Any, right: Any, ids: Mapping[str, str]) -> bool:
        if isinstance(own, list | tuple) or isinstance(right, list | tuple):
            return self._same_lists(as_list(own), as_list(right), ids)
        if isinstance(own, Mapping) and isinstance(right, Mapping):
            shared = [name for name in right if name in own]
            return bool(shared) and all(self._same(own[name], right[name], ids) for name in shared)
        if isinstance(own, bool) or isinstance(right, bool) or own is None or right is None:
            return own is right
        if isinstance(own, int | float) and isinstance(right, int | float):
            return math.isclose(own, right, rel_tol=1e-6)
        if isinstance(own, str) and isinstance(right, str):
            return self._same_words(own, right, ids)
        return False

    def _same_lists(self, own: list[Any], right: list[Any], ids: Mapping[str, str]) -> bool:
        left = list(right)
        for value in own:
            found = next((each for each in left if self._same(value, each, ids)), None)
            if found is None:
                return False
            left.remove(found)
        return not left

    def _same_words(self, own: str, right: str, ids: Mapping[str, str]) -> bool:
        ours, theirs = _ID.fullmatch(own), _ID.fullmatch(right)
        if ours and theirs:
            settled = self._settled(own, ids)
            return settled == self._governed[1].get(right, right) or ids.get(own) == right
        if not ours and not theirs and not (" " in own or " " in right):
            return own.casefold() == right.casefold()
        return _similar(self._own_names.get(own, own), self._right_names.get(right, right))


def of_type(reading: Reading, kind: str) -> list[Reading]:
    """Return the records of a type that cite something."""
    return [each for each in reading["records"] if each["type"] == kind and each["evidence"]]


def _elected(votes: Mapping[tuple[str, str], int]) -> dict[str, str]:
    """Return for each first id the second with the most votes, those with more votes first."""
    chosen: dict[str, str] = {}
    for (own, right), _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
        if own not in chosen and not (own.startswith(FIXED) and own != right):
            chosen[own] = right
    return chosen
