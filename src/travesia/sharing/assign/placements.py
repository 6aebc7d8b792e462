"""The answer: who is recommended where, how good that is at least, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Literal

from travesia.sharing.assign.instance import Condition

NOTICE = "A placement is a recommendation; a person decides."
"""Stands in every file and answer with placements."""

Status = Literal["optimal", "feasible", "infeasible", "unknown"]


@dataclass(frozen=True)
class Placement:
    """A case at its place.

    ``runner_up`` is the next best admissible place at the prices, ``cost`` what the total would lose at the
    prices if the case (with those it is linked to) went there instead; ``None`` if there is no other place.
    ``terms`` add up to ``score``; ``prices`` are what it pays for each scarce resource that it uses.
    """

    case: str
    place: str
    score: float
    runner_up: str | None
    cost: float | None
    terms: Mapping[str, float] = field(default_factory=dict)
    prices: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Unplaced:
    """A case without a place, and why."""

    case: str
    people: int
    reason: str


@dataclass(frozen=True)
class Price:
    """Shadow price of a condition that binds: what one more unit of it would bring the total."""

    condition: str
    unit: str
    price: float


@dataclass(frozen=True)
class GroupResult:
    """What a group got: score a case (or unit of a resource), its floor, the price of raising it by 1.

    ``level`` is what leximin would give it if families could be parted.
    """

    group: str
    mean: float
    floor: float | None
    price: float
    level: float | None = None


@dataclass(frozen=True)
class Leximin:
    """How far leximin over groups is reached.

    ``exact``: no other answer of whole families is better for the worst group, nor then for the next, and so
    on. Otherwise every group has its floor, its ``levels`` less the part by which they were ``lowered``.
    """

    exact: bool
    lowered: float | None
    levels: tuple[float, ...] = ()


@dataclass(frozen=True)
class Raised:
    """The worst group without floors, its mean then, the floor set for all, and the least mean after."""

    group: str
    before: float
    floor: float
    after: float = float("nan")
    met: bool = False


@dataclass(frozen=True)
class Envious:
    """A placed case, the place that it would rather have, and a case there that has the lesser claim."""

    case: str
    place: str
    holder: str


@dataclass(frozen=True)
class Envy:
    """Placed cases that envy another with reason, and their share of the placed.

    ``by`` says what tells which place a case would rather have: ``preference`` or ``score``.
    """

    by: Literal["preference", "score"]
    rows: tuple[Envious, ...]
    share: float


@dataclass(frozen=True)
class Placements:
    """The placements of all cases, in the order of the file.

    ``objective`` is the sum of the scores of the placed, ``bound`` what no answer exceeds (penalties left out
    of both), ``gap`` their difference. ``price_bound`` is the bound that the prices alone certify; where the
    search was exhausted, the answer is optimal and ``bound`` equals the objective. ``group_cost`` is what the
    promises to groups cost the total, ``group_cost_share`` that as a part of the total without them. An
    infeasible input has no objective but a ``clash``: conditions that cannot hold together, each of which is
    needed for that.
    """

    status: Status
    objective: float | None
    bound: float | None
    price_bound: float | None
    seconds: float
    placements: tuple[Placement, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    prices: tuple[Price, ...] = ()
    groups: tuple[GroupResult, ...] = ()
    group_cost: float | None = None
    group_cost_share: float | None = None
    leximin: Leximin | None = None
    raised: Raised | None = None
    envy: Envy | None = None
    clash: tuple[Condition, ...] = ()
    notice: str = NOTICE

    @property
    def gap(self) -> float | None:
        """Bound less objective."""
        if self.bound is None or self.objective is None:
            return None
        return self.bound - self.objective

    def _repr_html_(self) -> str:
        """Show as a table, in a notebook."""
        head = "".join(f"<th>{name}</th>" for name in ("case", "place", "score", "runner-up", "cost"))
        rows = [
            (row.case, row.place, f"{row.score:.4g}", row.runner_up or "", _number(row.cost))
            for row in self.placements
        ] + [(row.case, "", "", "", row.reason) for row in self.unplaced]
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>" for cells in rows
        )
        gap = "" if self.gap is None else f"; objective {self.objective:.6g}, gap {self.gap:.3g}"
        caption = (
            f"{len(self.placements)} placed, {len(self.unplaced)} not: {self.status}{gap}. {self.notice}"
        )
        return f"<table><caption>{escape(caption)}</caption><tr>{head}</tr>{body}</table>"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4g}"
