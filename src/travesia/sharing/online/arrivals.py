"""Who arrives when, what is asked of the whole period, and who might still come."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from travesia.sharing.assign.instance import Instance, Shares
from travesia.sharing.assign.program import Floats, Ints, Program
from travesia.sharing.online.parts import joined
from travesia.terms import UsageError


@dataclass(frozen=True)
class OnlineRule:
    """How cases are placed as they arrive.

    ``futures`` are sampled at each pricing (0: greedy, by scores alone). Prices are made anew after
    ``reprice`` families (``None``: a fiftieth of those expected), or before that at the begin of a batch.
    ``balance`` is what a person's wait for a whole period at a place counts in score. ``expected`` is the
    number of families in the period; without it that of the history, and without a history as many as fill
    the room.
    """

    futures: int = 4
    reprice: int | None = None
    balance: float = 0.0
    expected: int | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        if self.futures < 0 or self.balance < 0 or self.seed < 0:
            raise UsageError("futures, balance and seed are 0 or more")
        if any(number is not None and number < 1 for number in (self.reprice, self.expected)):
            raise UsageError("reprice and expected are 1 or more")


@dataclass(frozen=True)
class Arrivals:
    """Families of a program in the order in which they arrive.

    ``order`` and ``batch`` [F] are in that order. ``shares`` are the least and most of all people of each
    state; ``group_least`` [G] is the least score of a group for each unit of ``group_part`` [G, F].
    """

    order: Ints
    batch: Ints
    shares: Shares
    group_least: Floats
    group_part: Floats

    @classmethod
    def one_by_one(cls, program: Program) -> Arrivals:
        """Return families that arrive one by one in the order of a program without states and groups."""
        if len(program.state_lower) or len(program.group_floor):
            raise ValueError("shares of states and floors of groups are known to an instance only")
        order = np.arange(len(program.people))
        return cls(order, order, (), np.zeros(0), np.zeros((0, len(order))))

    @classmethod
    def of(cls, instance: Instance) -> Arrivals:
        """Return the families of an instance; linked cases arrive with the last of them."""
        families = len(instance.program.people)
        last = np.full(families, -1)
        np.maximum.at(last, instance.family_of, instance.batch_of)
        order = np.argsort(last, kind="stable")
        return cls(order, last[order], instance.shares, np.array(instance.group_least), group_parts(instance))

    def until(self, position: int) -> int:
        """Return where the batch of a position ends."""
        return int(np.searchsorted(self.batch, self.batch[position], side="right"))

    def block_end(self, begin: int, size: int) -> int:
        """Return up to where prices hold: for so many families, or to the begin of the batch cut by that."""
        end = min(begin + size, len(self.order))
        inside = int(np.searchsorted(self.batch, self.batch[end - 1]))
        return inside if end < self.until(end - 1) and inside > begin else end


def group_parts(instance: Instance) -> Floats:
    """Return what each family adds to the divisor of each group, [G, F]."""
    parts = np.zeros((len(instance.groups), len(instance.program.people)))
    np.add.at(parts.T, instance.family_of, instance.group_part.T)
    return parts


@dataclass(frozen=True)
class Pool:
    """Families that futures are drawn from: which of a program, and what each adds to groups, [G, F].

    Those who arrive stand in the program from family ``first`` on; they are drawn only once they have come.
    """

    program: Program
    group_part: Floats
    families: Ints
    first: int = 0

    @classmethod
    def all_of(cls, program: Program) -> Pool:
        """Return all families of a program without groups."""
        families = np.arange(len(program.people))
        return cls(program, np.zeros((0, len(families))), families)

    @classmethod
    def growing(cls, history: Pool | None, program: Program, arrivals: Arrivals) -> Pool:
        """Return the families of a history, if there is one, in a program that also holds all who arrive."""
        if history is None:
            return cls(program, arrivals.group_part, np.zeros(0, np.int64))
        parts = np.concatenate([history.group_part, arrivals.group_part], axis=1)
        before = history.program
        return cls(joined(before, program), parts, history.families, len(before.people))

    def grown(self, arrived: Ints) -> Pool:
        """Return a growing pool from which those who have arrived are drawn as well."""
        return replace(self, families=np.concatenate([self.families, self.first + arrived]))

    @classmethod
    def of(cls, history: Instance, instance: Instance) -> Pool:
        """Return the families of a history at the places, states and groups of an instance.

        Raises
        ------
        UsageError
            If the history has other places or resources.
        """
        for kind in ("places", "resources"):
            mine, theirs = getattr(instance, kind), getattr(history, kind)
            if set(mine) != set(theirs):
                odd = sorted(set(mine) ^ set(theirs))[0]
                where = "the cases" if odd in mine else "the history"
                words = f"{kind[:-1]} {odd} is known to {where} only; give both the same {kind}"
                raise UsageError(f"history: {words}")
        number = {name: at for at, name in enumerate(instance.places)}
        column = [history.resources.index(name) for name in instance.resources]
        old = history.program
        # In the units of this instance, rounded up.
        scale = [(instance.scale[at], history.scale[column[at]]) for at in range(len(column))]
        use = [-(-old.use[:, at] * mine // other) for at, (mine, other) in zip(column, scale, strict=True)]
        theirs = {name: at for at, name in enumerate(history.groups)}
        brings, parts = np.zeros((len(instance.groups), len(old.place))), group_parts(history)
        part = np.zeros((len(instance.groups), len(old.people)))
        for at, name in enumerate(instance.groups):
            if name in theirs:
                brings[at], part[at] = old.group_score[theirs[name]], parts[theirs[name]]
        place = np.array([number[name] for name in history.places])[old.place]
        translated = replace(old, use=np.stack(use, axis=1), place=place, group_score=brings)
        return cls(translated, part, np.arange(len(old.people)))
