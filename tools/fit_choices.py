"""Fit what tells which of several candidates is meant: a conditional logit, for `fit_reader.py`.

A candidate is chosen with a chance in proportion to the exponential of what its signs weigh together
(McFadden 1974). Where several candidates mean what the annotation says, the sum of their chances counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from scipy.optimize import minimize

from fit_rows import first_span, table, unit_of
from travesia.record import Document, Rules, as_json, read_document
from travesia.record.matching import Comparison, Reading, of_type
from travesia.record.reading.families.commitments.likely import likely_commitment
from travesia.record.reading.families.policies.likely import likely_policy
from travesia.record.reading.learned import Unit, units
from travesia.record.reading.learned.actors import ACTORS_OF, Choice, actor_choices
from travesia.record.reading.learned.weighing import ORIGIN
from travesia.record.reading.nouns import Proposal

Group = tuple[tuple[frozenset[str], bool], ...]
"""The signs of each candidate for a slot of one record, and whether it is right."""

PENALTY = 1.0
"""The weight of the squares of all weights; a third and three times of it are no better on texts left out."""


def groups(document: Document, gold: Reading, kinds: Sequence[str]) -> dict[str, tuple[Group, ...]]:
    """Return the candidates for who acts in each annotated record of some types.

    A record is read as the rules do; one that they miss, as it is read where it is likely.
    """
    reading = read_document(document, extractors=(Rules(None),))
    compared = Comparison(as_json(reading), gold)
    proposed = {one.id: one for one in reading.proposals}
    cut = units(reading.found)
    found: dict[str, list[Group]] = {kind: [] for kind in kinds}
    for kind in kinds if cut else ():
        rules = {right["id"]: proposed[own["id"]] for own, right in compared.records.get(kind, ())}
        for right in of_type(gold, kind):
            read = rules.get(right["id"])
            unit = unit_of(cut, first_span(right) if read is None else read.evidence[0])
            choices = actor_choices(unit, read or _missed(unit, right))
            found[kind].append(tuple(_judged(compared, choices, right["fields"].get(ACTORS_OF[kind]))))
    return {
        kind: tuple(one for one in every if any(right for _, right in one)) for kind, every in found.items()
    }


def _judged(
    compared: Comparison, choices: Sequence[Choice], wanted: Any
) -> Iterator[tuple[frozenset[str], bool]]:
    for one in choices:
        yield frozenset(one.signs), wanted is not None and compared.same(list(one.ids), wanted)


def _missed(unit: Unit, right: Mapping[str, Any]) -> Proposal:
    """Return what is read of a record that no rule found, in the unit that tells it."""
    if right["type"] == "policy":
        made = likely_policy(unit.scene, unit, right["fields"].get("kind", "other"))
    else:
        made = likely_commitment(unit.scene, unit)
    return replace(made, origin=ORIGIN)


def fit_choices(told: Sequence[Group]) -> dict[str, float]:
    """Return the weight of each sign that at least four candidates have."""
    right = np.array([one for group in told for _, one in group], dtype=float)
    number = np.repeat(np.arange(len(told)), [len(group) for group in told])
    first = np.flatnonzero(np.diff(number, prepend=-1))
    signs, names = table([one for group in told for one, _ in group])

    def loss(weights: Any) -> tuple[float, Any]:
        worth = signs @ weights
        odds = np.exp(worth - np.maximum.reduceat(worth, first)[number])
        every, good = np.add.reduceat(odds, first), np.add.reduceat(odds * right, first)
        slope = signs.T @ (odds * right / good[number] - odds / every[number])
        unlikely = np.log(every).sum() - np.log(good).sum()
        return unlikely + PENALTY / 2 * weights @ weights, PENALTY * weights - slope

    weights = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return {str(name): round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}
