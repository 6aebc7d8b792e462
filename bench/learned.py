"""What the reader learned from annotated texts, on texts left out of the fit: rules alone, and weighed.

The texts of `tests/record/learning` were read by nobody who writes rules of policies and commitments. They
are left out by sixths: the weights are fitted to the other five sixths and to all other annotated texts, then
the sixth is read. The public texts and the invented ones are left out as wholes; rules were written after
them, so that rules alone look better there than they are, but what is added falsely is false. Printed are
detection, end-to-end F1 and F1 of slots, of rules alone and with what was learned. Of statements nothing is
learned, and their cues were written after most of these texts: what is printed of them is no figure for
unseen texts. `--bounds` prints detection for other chances than those that `weighing.py` and `events.py`
set, which were chosen by this table.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

from annotated.sources import INVENTED, LEARNING, PUBLIC, annotated, sources, text_of
from reading import said_beside
from travesia.record import Described, Rules, as_json, load_document, read_document, score, total
from travesia.record.reading.learned import Learned, events, weighing

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

from fit_reader import Example, examples, fit

SIXTHS = 6
PARTS = ("learning", "public", "invented")
LEASTS = (0.35, 0.5, 0.6, 0.7, 0.8, 0.9)
FLOORS = (0.0, 0.05, 0.1)
WHOLE = {
    "policy": "policies: status, expected end, end",
    "commitment": "commitments: actor, quantity, unit, period",
    "statement": "statements: speaker, stance",
    "participation": "participations: actor, role, of",
}
SLOTS = {
    "policy": ("kind", "status", "modality", "expected_end", "end", "authority"),
    "commitment": ("action", "actor", "quantity", "unit", "period"),
    "statement": ("speaker", "stance"),
    "event": ("kind", "status", "date", "place"),
    "participation": ("role", "of", "for_state"),
}


def left_out(texts: Sequence[Example]) -> Iterator[tuple[str, Learned, list[Path]]]:
    """Yield what is left out, by name of its part, and what is learned without it."""
    every = sources(LEARNING)
    held = [("learning", every[sixth::SIXTHS]) for sixth in range(SIXTHS)]
    for part, kept in (*held, ("public", sources(PUBLIC)), ("invented", sources(INVENTED))):
        names = {one.stem for one in kept}
        yield part, Learned(fit([one for one in texts if one.name not in names])), kept


def read(source: Path, learned: Learned | None) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return what is read in a source, and its annotation."""
    gold, _ = annotated(source)
    document = load_document(text_of(source), Described(**said_beside(gold["document"])))
    return dict(as_json(read_document(document, extractors=(Rules(learned),)))), gold


def line(title: str, pairs: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> None:
    """Print what was reached on some documents, by type."""
    scores = total([score(predicted, gold) for predicted, gold in pairs])
    for kind, named in SLOTS.items():
        told = [("", scores["records", kind])]
        told += [("whole ", scores["whole", WHOLE[kind]])] if kind in WHOLE else []
        both = "   ".join(f"{of}P {one.precision:.2f} R {one.recall:.2f} F1 {one.f1:.3f}" for of, one in told)
        print(f"{title:<22}{kind:<12}{both}")
        slots = {slot: scores["slot", f"{kind}.{slot}"].f1 for slot in named}
        known = (f"{slot} {right:.2f}" for slot, right in slots.items() if right is not None)
        print(f"{'':<34}{'   '.join(known)}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bounds", action="store_true", help="other bounds than those set")
    asked = parser.parse_args()
    folds = list(left_out(examples()))
    for part in PARTS:
        held = [(learned, one) for name, learned, kept in folds if name == part for one in kept]
        line(f"{part}, rules alone", [read(one, None) for _, one in held])
        line(f"{part}, and learned", [read(one, learned) for learned, one in held])
        set_bounds, least_event = dict(weighing.BOUNDS), events.LEAST
        for least, floor in product(LEASTS, FLOORS) if asked.bounds else ():
            weighing.BOUNDS = {
                kind: replace(one, least=least, floor=floor) for kind, one in set_bounds.items()
            }
            events.LEAST = least
            line(f"{part}, {least} {floor}", [read(one, learned) for learned, one in held])
        weighing.BOUNDS, events.LEAST = set_bounds, least_event


if __name__ == "__main__":
    main()
