"""What a reader of clauses that learns would add to the rules on held-out texts: policies and commitments.

A clause is described by the stems of its words and by which lists of the cue files it holds words of. A
logistic regression is fitted to the development texts: does a careful reader find a policy, or a commitment,
in the clause? On the held-out texts it then proposes clauses in which the rules found none, at some
thresholds that nobody chose by them. Printed are what the rules reach alone and with it: detection F1, and
how many of its clauses are right. The rules were written after the development texts, so that figures there
say little: `--by-text` prints them too, fitted without the text at hand.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from annotated.sources import HELDOUT, INVENTED, POLICIES, PUBLIC, annotated, sources, text_of
from reading import said_beside
from travesia.record import Described, as_json, load_document, read_document
from travesia.record.reading.cue_files import cues
from travesia.record.reading.families.policies.turns import time_of
from travesia.record.reading.nouns import Extent
from travesia.record.reading.scenes import Scene, scenes
from travesia.record.reading.triggers import find_triggers, phrases, within
from travesia.record.scoring import Comparison

TYPES = ("policy", "commitment")
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7)
PENALTY = 10.0
FOLDS = 6


@dataclass(frozen=True)
class Clause:
    """A clause: its text, its features, the records that it holds and whether the rules found one there."""

    source: str
    features: frozenset[str]
    gold: dict[str, frozenset[str]]
    read: frozenset[str]


@dataclass(frozen=True)
class Text:
    """A text: its clauses, and by type how many records are annotated, proposed and matched."""

    name: str
    clauses: tuple[Clause, ...]
    counts: dict[str, tuple[int, int, int]]
    missed: dict[str, frozenset[str]]


def covers(record: dict[str, Any], clause: Extent) -> bool:
    """Tell whether a record's first evidence overlaps a clause by at least half of the shorter."""
    span = record["evidence"][0]
    shared = min(span["end"], clause.end) - max(span["start"], clause.start)
    return 2 * shared >= min(span["end"] - span["start"], clause.end - clause.start) > 0


def described(scene: Scene, clause: Extent) -> frozenset[str]:
    """Return what a clause is known by: lists of the cue files, names, dates, amounts, stems of words."""
    text, language = scene.found.text, scene.found.text.language
    found = {f"kind {scene.sentence.kind}"}
    for group in ("kinds", "heads"):
        for cue in find_triggers(text, "policies", group, clause):
            found |= {group, f"{group} {cue.says['kind']}"}
    for cue in find_triggers(text, "policies", "turns", clause):
        found |= {f"turn {cue.says['turn']}", f"turn {cue.says['turn']} {time_of(scene, cue)}"}
    found |= {f"lead {one.says['time']}" for one in find_triggers(text, "policies", "leads", clause)}
    found |= {f"status {one.says['status']}" for one in find_triggers(text, "policies", "statuses", clause)}
    found |= {f"binder {one.says['class']}" for one in find_triggers(text, "commitments", "verbs", clause)}
    for name, listed in cues(language, "measures").items():
        plain = isinstance(listed, list) and listed and isinstance(listed[0], str)
        if plain and phrases(language, "measures", name).search(text.plain, clause.start, clause.end):
            found.add(f"list {name}")
    found |= {f"name {one.type}" for one in within(scene.mentions, clause)}
    found |= {f"date {one.relation}" for one in within(scene.dates, clause)}
    found |= {f"amount {one.unit}" for one in within(scene.quantities, clause)}
    stems = (one[:6] for one in re.findall(r"[^\W\d_]+", scene.words(clause).casefold()))
    return frozenset(found | {f"{language} {one}" for one in stems})


def cut(scene: Scene) -> Iterator[Extent]:
    """Yield the clauses of a sentence, cut at semicolons, colons and dashes too; none of few words."""
    for clause in () if scene.is_too_long else scene.clauses:
        marks = [one.end() for one in re.finditer(r"[;:]\s|\s[\u2014\u2013-]\s", scene.words(clause))]
        bounds = [clause.start, *(clause.start + one for one in marks), clause.end]
        for start, end in pairwise(bounds):
            if len(scene.words(Extent(start, end)).split()) > 3:
                yield Extent(start, end)


def read(source: Path, types: Sequence[str]) -> Text:
    """Read an annotated text by the rules, and describe its clauses."""
    gold, _ = annotated(source)
    reading = read_document(load_document(text_of(source), Described(**said_beside(gold["document"]))))
    compared = Comparison(dict(as_json(reading)), gold)
    ours = {kind: [one for one in compared.predicted["records"] if one["type"] == kind] for kind in types}
    theirs = {kind: [one for one in gold["records"] if one["type"] == kind] for kind in types}
    pairs = {kind: compared.records.get(kind, []) for kind in types}
    clauses = tuple(
        Clause(
            source.stem, described(scene, clause),
            {kind: frozenset(one["id"] for one in theirs[kind] if covers(one, clause)) for kind in types},
            frozenset(kind for kind in types if any(covers(one, clause) for one in ours[kind])),
        )
        for scene in scenes(reading.found)
        for clause in cut(scene)
    )  # fmt: skip
    counts = {kind: (len(theirs[kind]), len(ours[kind]), len(pairs[kind])) for kind in types}
    matched = {kind: {one["id"] for _, one in pairs[kind]} for kind in types}
    missed = {
        kind: frozenset(one["id"] for one in theirs[kind] if one["id"] not in matched[kind]) for kind in types
    }
    return Text(source.stem, clauses, counts, missed)


class Fitted:
    """A logistic regression on features that are there or not, with a quadratic penalty on its weights."""

    def __init__(self, rows: Sequence[frozenset[str]], labels: Sequence[bool], rounds: int = 300) -> None:
        names = Counter(one for row in rows for one in row)
        self._number = {name: at for at, name in enumerate(sorted(names))}
        where = [np.array(sorted(self._number[one] for one in row)) for row in rows]
        of_row = np.repeat(np.arange(len(rows)), [len(one) for one in where])
        at, wanted = np.concatenate(where), np.array(labels, dtype=float)
        self.weights, self.base = np.zeros(len(self._number)), 0.0
        # Gradient steps, each weight by its own pace (AdaGrad): deterministic, as all rows count each time.
        paces, base_pace = np.full(len(self._number), 1e-8), 1e-8
        for _ in range(rounds):
            sums = np.bincount(of_row, self.weights[at], minlength=len(rows)) + self.base
            off = 1.0 / (1.0 + np.exp(-sums)) - wanted
            slope = np.bincount(at, off[of_row], minlength=len(self.weights)) + PENALTY * self.weights
            paces, base_pace = paces + slope**2, base_pace + off.sum() ** 2
            self.weights -= 0.5 * slope / np.sqrt(paces)
            self.base -= 0.5 * off.sum() / base_pace**0.5

    def chance(self, row: frozenset[str]) -> float:
        """Return how likely a clause holds a record."""
        known = (self.weights[self._number[one]] for one in row if one in self._number)
        return float(1.0 / (1.0 + np.exp(-(self.base + sum(known)))))


def fitted(texts: Sequence[Text], kind: str) -> Fitted:
    """Fit to the clauses of some texts whether they hold a record of a type."""
    rows = [one for text in texts for one in text.clauses]
    return Fitted([one.features for one in rows], [bool(one.gold[kind]) for one in rows])


def report(title: str, chances: Sequence[tuple[Text, Sequence[float]]], kind: str) -> None:
    """Print what rules reach alone, and with the clauses over each threshold."""
    wanted, found, hits = (sum(text.counts[kind][at] for text, _ in chances) for at in range(3))
    alone = f"P {hits / found:.2f} R {hits / wanted:.2f} F1 {2 * hits / (wanted + found):.3f}"
    print(f"{kind:<12}{title:<14}rules {alone}", end="")
    for least in THRESHOLDS:
        right = more = 0
        for text, likely in chances:
            over = [
                one for one, chance in zip(text.clauses, likely, strict=True)
                if chance >= least and kind not in one.read
            ]  # fmt: skip
            told = [one.gold[kind] & text.missed[kind] for one in over]
            right += min(len(frozenset().union(*told)), sum(map(bool, told)))
            more += len(over)
        print(f"  {least}: {right}/{more} {2 * (hits + right) / (wanted + found + more):.3f}", end="")
    print()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--by-text", action="store_true", help="development texts too, fitted without each")
    asked = parser.parse_args()
    full = [read(one, TYPES) for part in (PUBLIC, INVENTED) for one in sources(part)]
    measures = [read(one, TYPES[:1]) for one in sources(POLICIES)]
    held = [read(one, TYPES) for one in sources(HELDOUT)]
    for kind in TYPES:
        texts = [*full, *measures] if kind == "policy" else full
        model = fitted(texts, kind)
        report("held out", [(one, [model.chance(row.features) for row in one.clauses]) for one in held], kind)
        if asked.by_text:
            chances = []
            for fold in range(FOLDS):
                model = fitted([one for at, one in enumerate(texts) if at % FOLDS != fold], kind)
                for text in texts[fold::FOLDS]:
                    chances.append((text, [model.chance(row.features) for row in text.clauses]))
            report("development", chances, kind)


if __name__ == "__main__":
    main()
