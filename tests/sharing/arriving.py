"""Made cases that arrive in batches, as a folder; the peer of what a user writes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from travesia.sharing import Instance, read_instance

PLACES = ["a", "b", "c", "d"]
STATES = {"a": "XXX", "b": "XXX", "c": "YYY", "d": "YYY"}


@dataclass(frozen=True)
class Case:
    name: str
    batch: int
    people: int
    school: int
    scores: tuple[float | None, ...]
    group: str


def cases(seed: int, count: int = 36, batches: int = 6, prefix: str = "c") -> list[Case]:
    """Make cases; about a quarter of the pairs are not scored."""
    chance = np.random.default_rng(seed)
    made = []
    for at in range(count):
        people = int(chance.integers(1, 5))
        scores = tuple(
            round(float(s), 3) if chance.random() < 0.75 else None for s in chance.random(4) * people
        )
        school = int(chance.integers(0, people))
        group = "old" if chance.random() < 0.3 else "young"
        made.append(Case(f"{prefix}{at}", 1 + at * batches // count, people, school, scores, group))
    return made


def write(folder: Path, made: list[Case], room: tuple[int, ...] = (20, 30, 24, 26), **files: str) -> Instance:
    """Write cases as a folder, with places of so much room, and read it."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{c.name},{c.people},{c.school},{c.batch}" for c in made]
    (folder / "cases.csv").write_text("\n".join(["case,people,school,batch", *lines]) + "\n")
    seats = [f"{name},{STATES[name]},{beds},{beds}" for name, beds in zip(PLACES, room, strict=True)]
    (folder / "places.csv").write_text("\n".join(["place,state,people,school", *seats]) + "\n")
    rows = [",".join([c.name, *("" if s is None else str(s) for s in c.scores)]) for c in made]
    (folder / "scores.csv").write_text("\n".join([f"case,{','.join(PLACES)}", *rows]) + "\n")
    groups = [f"{c.name},{c.group}" for c in made]
    (folder / "groups.csv").write_text("\n".join(["case,group", *groups]) + "\n")
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text)
    return read_instance(folder)


def altered(made: list[Case], after: int, seed: int) -> list[Case]:
    """Change, drop and add cases of all batches after one; leave those up to it alone."""
    chance = np.random.default_rng(seed)
    kept = [case for case in made if case.batch <= after]
    for case in made:
        if case.batch > after and chance.random() < 0.7:
            scores = tuple(round(float(s), 3) for s in 9 * chance.random(4))
            kept.append(
                replace(case, people=int(chance.integers(1, 7)), school=0, scores=scores, group="old")
            )
    more = [replace(case, batch=after + 1 + case.batch) for case in cases(seed, 8, 3, prefix="new")]
    return kept + more
