"""Programs of some families, and of the families of two programs at the same places."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from travesia.sharing.assign.program import Ints, Program


def part_of(program: Program, families: Ints, room: Ints | None = None) -> Program:
    """Return a program of some families, which may stand twice; with `room`, of the pairs that fit it."""
    count = np.diff(program.start)[families]
    before = np.cumsum(count) - count
    pairs = np.repeat(program.start[families] - before, count) + np.arange(count.sum())
    if room is not None:
        whose = np.repeat(np.arange(len(families)), count)
        fits = np.ones(len(pairs), np.bool_)
        for resource in range(program.use.shape[1]):
            fits &= program.use[families, resource][whose] <= room[program.place[pairs], resource]
        pairs, count = pairs[fits], np.bincount(whose[fits], minlength=len(families))
    return replace(
        program,
        people=program.people[families],
        use=program.use[families],
        start=np.concatenate([[0], np.cumsum(count)]),
        place=program.place[pairs],
        score=program.score[pairs],
        must=program.must[families],
        group_score=program.group_score[:, pairs] if len(program.group_score) else program.group_score,
    )


def joined(one: Program, other: Program) -> Program:
    """Return the families of one program and then those of the other, at the places of the first."""
    return replace(
        one,
        people=np.concatenate([one.people, other.people]),
        use=np.concatenate([one.use, other.use]),
        start=np.concatenate([one.start, one.start[-1] + other.start[1:]]),
        place=np.concatenate([one.place, other.place]),
        score=np.concatenate([one.score, other.score]),
        must=np.concatenate([one.must, other.must]),
        group_score=np.concatenate([one.group_score, other.group_score], axis=1),
    )
