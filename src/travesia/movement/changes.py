"""What a scenario changes against the baseline, as attributes by day; and which policies meet nobody.

Observations came about under the baseline, and demand is worked back from them: its shares stand for all
that is not modelled. So only the difference counts. An attribute is its value in the scenario less its
value in the baseline on that day; where no policy differs there is none, and nothing is worked out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from travesia.movement.effects import CEILING, WAITING_RETURN, Found, Ground, Part, parts_of
from travesia.movement.itineraries import Itineraries
from travesia.movement.observed import last_month_known
from travesia.movement.stretches import ways_of
from travesia.region import Region
from travesia.scenario import Policy, Scenario, Timetable
from travesia.terms import Span

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Change:
    """Attributes of a scenario less those of the baseline, each float64[day, ...], by coefficient."""

    parts: Mapping[str, Floats] = field(default_factory=dict)

    @cached_property
    def first_day(self) -> int:
        """The first day on which anything is changed; 0 where nothing is."""
        some = (values.reshape(len(values), -1).any(axis=1) for values in self.parts.values())
        return min((int(days.argmax()) for days in some), default=0)


@dataclass(frozen=True, eq=False)
class Reading:
    """A timetable laid over the ways: parts by policy, and the timetable with reasons for the others."""

    timetable: Timetable
    parts: tuple[tuple[Policy, tuple[Part, ...]], ...]

    def difference(self, base: Reading) -> dict[str, Floats]:
        """Return by coefficient the attributes of this reading less those of another."""
        mine, theirs = (
            {p.id: (p, parts) for p, parts in self.parts},
            {p.id: (p, parts) for p, parts in base.parts},
        )
        out: dict[str, Floats] = {}
        for name in {**theirs, **mine}:
            now, before = mine.get(name), theirs.get(name)
            if now is not None and before is not None and now[0] == before[0]:
                continue
            # On days on which a policy stands in both it goes off exactly, before others are added.
            own: dict[str, Floats] = {}
            for sign, held in ((+1.0, now), (-1.0, before)):
                for part in held[1] if held else ():
                    if part.coefficient == WAITING_RETURN or (part.coefficient == CEILING and sign < 0.0):
                        # The first acts in every scenario; a lifted ceiling frees nobody who was held.
                        continue
                    _add(own, part.coefficient, _term(part, sign))
            for coefficient, values in own.items():
                _add(out, coefficient, values)
        return {name: values for name, values in out.items() if values.any()}

    def returned_to_wait(self, share: float, shape: tuple[int, ...]) -> Floats:
        """Return float64[gate, class, day], the share returned to wait for a hearing."""
        out = np.zeros(shape)
        for _, parts in self.parts:
            for part in parts:
                if part.coefficient == WAITING_RETURN:
                    out = np.maximum(out, np.moveaxis(_outer(part), (0, 1, 2), (2, 1, 0)) * share)
        return out


def ground_of(region: Region, itineraries: Itineraries, span: Span, scenario: Scenario) -> Ground:
    """Return what the effects of a scenario are laid over."""
    gates = tuple(region.gates["id"])
    days = span.days
    return Ground(
        sources=itineraries.sources,
        ways=tuple(ways_of(source, itineraries) for source in itineraries.sources),
        nationalities=itineraries.nationalities,
        at_border=np.isin(gates, region.border_gates["id"].to_list()),
        country=dict(region.places.select("id", "country").iter_rows()),
        weekdays=np.array([(span.start + timedelta(days=day)).weekday() for day in range(days)]),
        numbers={p.id: p.amount.value for p in scenario.parameters if p.amount.value is not None},
        corridor=gates.index(itineraries.corridor) if itineraries.corridor else None,
        group_share=lambda groups: group_share(region, groups, scenario.known),
    )


def read(timetable: Timetable, ground: Ground) -> Reading:
    """Lay the effects of a timetable over the ways; those that meet nobody get their reason."""
    found: list[tuple[str, Found]] = []
    parts: list[tuple[Policy, tuple[Part, ...]]] = []
    for effect in timetable.effects:
        got = parts_of(effect, ground)
        found.append((effect.policy.id, got))
        if not isinstance(got, str):
            parts.append((effect.policy, tuple(got)))
    reasons = {name: got for name, got in found if isinstance(got, str)}
    kinds = {effect.policy.id: effect.policy.kind for effect in timetable.effects}
    return Reading(
        replace(
            timetable,
            acting=tuple(name for name in timetable.acting if name not in reasons),
            not_modelled=(*timetable.not_modelled, *((n, kinds[n], why) for n, why in reasons.items())),
        ),
        tuple(parts),
    )


def group_share(region: Region, groups: Iterable[str], known: date | None) -> float | None:
    """Return the share of demographic groups among encounters between ports over the last 12 months known.

    ``None`` where the pack has no such count by then. Children who came with adults at ports are left out.
    """
    series = [f"{name}-demographic" for name in region.border_gates["series"].drop_nulls().unique()]
    rows = region.observations.filter(
        pl.col("series").is_in(series), pl.col("channel").str.starts_with("USBP ")
    )
    if known is not None:
        rows = rows.filter(pl.col("period") <= last_month_known(known))
    months: Sequence[str] = sorted(rows["period"].unique())[-12:]
    rows = rows.filter(pl.col("period").is_in(months))
    named = rows.filter(pl.col("channel").str.strip_prefix("USBP ").is_in(list(groups)))["value"].sum()
    total = rows["value"].sum()
    return float(named) / float(total) if total else None


def _outer(part: Part) -> Floats:
    return np.multiply.outer(part.days, part.over)


def _ceiling(part: Part) -> Floats:
    """Return float64[day, gate], one more than the ceiling, so that 0 is none."""
    held = (part.days[:, None] >= 0.0) & (part.over[None, :] > 0.0)
    return np.where(held, 1.0 + np.maximum(part.days, 0.0)[:, None] * part.over[None, :], 0.0)


def _term(part: Part, sign: float) -> Floats:
    return _ceiling(part) if part.coefficient == CEILING else sign * _outer(part)


def _add(to: dict[str, Floats], name: str, term: Floats) -> None:
    before = to.get(name)
    if before is None:
        to[name] = term
    elif name == CEILING:
        both = (before > 0.0) & (term > 0.0)
        to[name] = np.where(both, np.minimum(before, term), np.maximum(before, term))
    else:
        to[name] = before + term
