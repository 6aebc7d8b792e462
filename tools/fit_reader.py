"""Fit the weights of the reader to the annotated texts: `python tools/fit_reader.py` writes weights.json.

Each unit of a text is a row: its signs, and whether an annotated record of a type has its first evidence
there. Texts of all parts but the held-out one are used; those annotated for policies alone only for these.
A sign counts where it is in at least four rows. `examples` and `fit` serve `bench/learned.py` too.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "bench"))

from annotated.sources import LEARNED_FROM, annotated, fingerprint, sources, text_of  # noqa: E402
from fit_choices import Group, fit_choices, groups  # noqa: E402
from fit_events import event_rows  # noqa: E402
from fit_participants import role_rows  # noqa: E402
from fit_policies import day_rows, modality_rows, status_rows, told_policies  # noqa: E402
from fit_rows import first_span, table, unit_of  # noqa: E402
from reading import said_beside  # noqa: E402
from travesia.record import Described, load_document, read_document  # noqa: E402
from travesia.record.reading.learned import (  # noqa: E402
    DAY,
    EVENT,
    EVENT_STATUS,
    MODALITY,
    QUESTIONS,
    ROLE,
    SLOTS,
    STATUS,
    Unit,
    units,
)
from travesia.record.reading.learned.actors import ACTORS_OF  # noqa: E402
from travesia.record.reading.learned.units import is_told_in  # noqa: E402

WEIGHTS = ROOT / "src" / "travesia" / "record" / "reading" / "learned" / "weights.json"
STRENGTH = 0.1
"""The inverse of the penalty; half and three times of it are no better on texts left out."""
DAY_STRENGTH = 0.2
"""The same for the days of policies, of which rows are fewer and signs alike."""
LEAST = 0.04
"""Weights nearer to zero are left out: they change no chance by more than a hundredth."""
LEAST_CHOSEN = 0.02
"""The same of a policy's status and days: there more weights that small turn a choice together."""


@dataclass(frozen=True)
class Example:
    """An annotated text: the signs of its units, what each unit holds, what fills its slots, who acts."""

    name: str
    part: str
    signs: tuple[frozenset[str], ...]
    holds: Mapping[str, tuple[bool, ...]]
    slots: Mapping[str, tuple[tuple[frozenset[str], str], ...]]
    actors: Mapping[str, tuple[Group, ...]]


def examples(parts: Mapping[str, Path] = LEARNED_FROM) -> list[Example]:
    """Read the annotated texts of some parts; what rules propose there tells who may act, nothing else."""
    return [example(one, part) for part, folder in parts.items() for one in sources(folder)]


def example(source: Path, part: str) -> Example:
    """Read an annotated text."""
    gold, _ = annotated(source)
    document = load_document(text_of(source), Described(**said_beside(gold["document"])))
    found = read_document(document, extractors=()).found
    cut = units(found)
    spans = {kind: [first_span(one) for one in gold["records"] if one["type"] == kind] for kind in QUESTIONS}
    holds = {kind: tuple(any(is_told_in(one, unit) for one in spans[kind]) for unit in cut) for kind in spans}
    slots = {slot: tuple(_filled(gold["records"], slot, cut)) for slot in SLOTS}
    told = list(told_policies(found, gold["records"], cut))
    slots |= {
        STATUS: tuple(status_rows(told)),
        MODALITY: tuple(modality_rows(told)),
        DAY: tuple(day_rows(told)),
    }
    kinds, statuses = ([], []) if part == "policies" else event_rows(found, gold["records"])
    slots |= {EVENT: tuple(kinds), EVENT_STATUS: tuple(statuses)}
    slots[ROLE] = () if part == "policies" else tuple(role_rows(found, gold["records"]))
    actors = groups(document, gold, ("policy",) if part == "policies" else QUESTIONS)
    return Example(source.stem, part, tuple(one.signs for one in cut), holds, slots, actors)


def _filled(records: Sequence[Mapping[str, Any]], slot: str, cut: Sequence[Unit]) -> list[tuple[Any, str]]:
    """Return the signs of the unit that tells most of a record with its value of a slot."""
    kind, _, name = slot.partition(".")
    found = []
    for one in records:
        if one["type"] == kind and isinstance(one["fields"].get(name), str):
            found.append((unit_of(cut, first_span(one)).signs, one["fields"][name]))
    return found


def fit(texts: Sequence[Example]) -> dict[str, Any]:
    """Return the weights of each question and slot, as the data file holds them."""
    questions = {}
    for kind in QUESTIONS:
        used = [one for one in texts if kind == "policy" or one.part != "policies"]
        rows = [(signs, held) for one in used for signs, held in zip(one.signs, one.holds[kind], strict=True)]
        questions[kind] = _fitted(rows)[True]
    plain = [*(slot for slot in SLOTS if slot != STATUS), MODALITY, EVENT, EVENT_STATUS, ROLE]
    chosen = {slot: [row for one in texts for row in one.slots[slot]] for slot in (*plain, STATUS, DAY)}
    slots = {slot: _fitted(chosen[slot]) for slot in plain}
    slots |= {STATUS: _contrasted(chosen[STATUS]), DAY: _fitted(chosen[DAY], DAY_STRENGTH, LEAST_CHOSEN)}
    choices = {
        f"{kind}.{slot}": fit_choices([group for one in texts for group in one.actors.get(kind, ())])
        for kind, slot in ACTORS_OF.items()
    }
    return {"questions": questions, "slots": slots, "choices": choices}


def _fitted(
    rows: Sequence[tuple[frozenset[str], Any]], strength: float = STRENGTH, least: float = LEAST
) -> dict[Any, dict[str, Any]]:
    """Return the weights of each value of the rows; of two values, those of the second."""
    signs, names = table([one for one, _ in rows])
    model = LogisticRegression(C=strength, max_iter=2000).fit(signs, [value for _, value in rows])
    values = model.classes_[1:] if len(model.classes_) == 2 else model.classes_
    return {
        value.item() if hasattr(value, "item") else value: _weights(names, base, weights, least)
        for value, base, weights in zip(values, model.intercept_, model.coef_, strict=True)
    }


def _contrasted(rows: Sequence[tuple[frozenset[str], Any]]) -> dict[Any, dict[str, Any]]:
    """Return the weights of each value against all others, signs that tell them apart penalised less.

    Each sign is scaled by how much more often it is in rows of the value, after the log-count ratios of Wang
    and Manning (2012), "Baselines and bigrams", here by their roots.
    """
    signs, names = table([one for one, _ in rows])
    found = {}
    for value in sorted({value for _, value in rows}):
        held = np.array([one == value for _, one in rows])
        here, beside = (
            (np.asarray(signs[side].sum(0)).ravel() + 1.0) / (side.sum() + 2.0) for side in (held, ~held)
        )
        scale = np.sqrt(np.abs(np.log(here / beside)))
        model = LogisticRegression(C=STRENGTH, max_iter=2000).fit(signs.multiply(scale).tocsr(), held)
        found[value] = _weights(names, model.intercept_[0], model.coef_[0] * scale, LEAST_CHOSEN)
    return found


def _weights(names: Sequence[str], base: float, weights: Sequence[float], least: float) -> dict[str, Any]:
    signs = {
        str(name): round(float(weight), 3)
        for name, weight in zip(names, weights, strict=True)
        if abs(weight) >= least
    }
    return {"base": round(float(base), 3), "signs": signs}


def main() -> None:
    """Write the weights."""
    told = {"texts": fingerprint(), **fit(examples())}
    WEIGHTS.write_text(
        json.dumps(told, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8"
    )
    sys.stdout.write(f"{WEIGHTS.relative_to(ROOT)}: {WEIGHTS.stat().st_size / 1e6:.2f} MB\n")


if __name__ == "__main__":
    main()
