"""What became of people: tables of one scenario, or of two run by run, as Polars frames.

Give one `Flows` for its own numbers: ``mean``, ``p05``, ``p50`` and ``p95`` over runs. Give another for the
paired difference: ``baseline_*`` and ``scenario_*`` with mean, p05 and p95, and ``difference_p05``, ``_p50``,
``_p95`` of the second less the first, run by run. Quantiles of rows cannot be added up; means can where the
unit is an amount. A value is missing where some run has nobody to take a mean of. Cells in which no run has
anything are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import polars as pl

from travesia.movement import measured
from travesia.movement.displacement.counts import is_camp
from travesia.movement.displacement.walking import Walked
from travesia.movement.flows import Flows
from travesia.movement.measured import Cells, Measure, groups
from travesia.terms import Span

Floats = npt.NDArray[np.float64]
LEVELS = ("mean", "p05", "p50", "p95")
SHIFTED = "between_gates"
"""In `diverted`: the least number of people who arrive at another gate."""


def journeys(
    flows: Flows, other: Flows | None = None, window: Span | None = None, by_period: bool = False
) -> pl.DataFrame:
    """Return what all nationalities together go through: a row for each measure.

    Parameters and errors are those of `attempts`.

    Returns
    -------
    polars.DataFrame
        ``measure``: ``encounters_per_person``, ``later_attempts`` (encounters after the first), ``waiting``
        (person-days at hubs and before gates), ``days_on_the_way`` (mean over people who set out) and, by
        ``id`` of the danger, ``exposure`` (person-days; see `exposure` for what it is not); ``unit``; values.
    """
    return _table(measured.journeys, flows, other, window, by_period)


def attempts(
    flows: Flows, other: Flows | None = None, window: Span | None = None, by_period: bool = False
) -> pl.DataFrame:
    """Return encounters by attempt: how often people are met for the first, second, third time or later.

    Parameters
    ----------
    flows, other
        A scenario, and one to compare it with over the same frame and runs.
    window
        Days to count, whole periods of the run; all for ``None``.
    by_period
        Whether each period has rows of its own, under its first day ``start``.

    Returns
    -------
    polars.DataFrame
        ``nationality``, ``gate``, ``attempt`` (1, 2, 3; the last holds all later ones), encounters (events).
        May be summed over all three and over periods; over attempts it is the encounters, and attempt 1 the
        people first met. A later attempt at another gate is booked at that gate.

    Raises
    ------
    ValueError
        If the window cuts a period, or the flows do not belong together.
    """
    return _table(measured.attempts, flows, other, window, by_period)


def people_and_encounters(
    flows: Flows, other: Flows | None = None, window: Span | None = None, by_period: bool = False
) -> pl.DataFrame:
    """Return people, encounters, and encounters a person.

    Parameters and errors are those of `attempts`.

    Returns
    -------
    polars.DataFrame
        ``nationality`` (``all`` for everybody), ``measure``: ``people`` (persons, at their first meeting),
        ``encounters`` (events) or ``encounters_per_person``, a ratio by run that must not be summed. A window
        may hold second meetings of people first met before it.
    """
    return _table(measured.people_and_encounters, flows, other, window, by_period)


def waiting(
    flows: Flows, other: Flows | None = None, window: Span | None = None, by_period: bool = False
) -> pl.DataFrame:
    """Return how long people wait at hubs and before gates.

    Parameters and errors are those of `attempts`.

    Returns
    -------
    polars.DataFrame
        ``nationality``, ``at`` (``hub`` or ``gate``, also a checkpoint), ``id`` of either, ``measure``:
        ``person_days`` may be summed over everything: the people there at the end of each day, added up over
        days. ``mean_days`` must not be summed: person-days over people who set out from the hub, or for the
        gate at their first attempt. Waits that are part of a stretch (a place passed on the way, the border
        town) are in `days_on_the_way`; the queues of lawful pathways, at home, are not counted.
    """
    return _table(measured.waiting, flows, other, window, by_period)


def queues(
    flows: Flows, other: Flows | None = None, window: Span | None = None, by_period: bool = False
) -> pl.DataFrame:
    """Return who waits for an appointment at a port of entry.

    Parameters and errors are those of `attempts`.

    Returns
    -------
    polars.DataFrame
        ``nationality``, ``gate``, ``measure``: ``in_queue``, people at the end of a day, a stock, mean over
        days, to be summed over nationalities and gates only; ``joined``, ``served``, ``gave_up`` (people, who
        may be summed over everything); ``mean_days``, person-days over people who left the queue, never to be
        summed. The person-days are in `waiting` too.
    """
    return _table(measured.queues, flows, other, window, by_period)


def days_on_the_way(
    flows: Flows, other: Flows | None = None, window: Span | None = None, by_period: bool = False
) -> pl.DataFrame:
    """Return mean days from departure to the first arrival at a border gate, by route.

    A journey at the pace of the window, as a period life table has it: each stage is person-days over people
    of the same days. ``to_hub`` is by what people set out on, stretches with their waits; ``at_hub`` the wait
    there; ``to_gate`` the way to the gate chosen; ``before_gate`` nights before a gate that is full.

    Parameters and errors are those of `attempts`.

    Returns
    -------
    polars.DataFrame
        ``nationality``, ``route`` (``corridor`` or ``direct``), ``stage`` and days. Never to be summed, but
        that the means of the four stages make ``whole``. Delays of people stopped on the way are left out.
    """
    return _table(measured.days_on_the_way, flows, other, window, by_period)


def exposure(
    flows: Flows, other: Flows | None = None, window: Span | None = None, by_period: bool = False
) -> pl.DataFrame:
    """Return person-days on links that the pack names as dangerous.

    Time spent there, and nothing else: **no deaths are modelled**, and none follow from multiplying. What was
    counted dead or missing stands in ``dangers.csv`` of the pack, over other years and with gaps.

    Parameters and errors are those of `attempts`.

    Returns
    -------
    polars.DataFrame
        ``nationality``, ``danger`` and person-days: people who reach the end of a link, times the days that
        it takes, on that day; who comes to a gate again crosses the last link before it again. May be summed
        over everything, as no link has two dangers. People stopped on the way are left out.
    """
    return _table(measured.exposure, flows, other, window, by_period)


def diverted(flows: Flows, other: Flows, window: Span | None = None, by_period: bool = False) -> pl.DataFrame:
    """Return how many people more or fewer arrive by each gate, route and lawful pathway.

    A **net difference** between two worlds in which people make the same draws; nobody is traced from one
    gate to another. ``between_gates`` is, by run, the lesser of all gains and all losses over gates: so many
    at least arrive elsewhere, the rest are more or fewer people.

    Parameters
    ----------
    flows, other
        The baseline, and the scenario compared with it.
    window, by_period
        As for `attempts`.

    Returns
    -------
    polars.DataFrame
        ``nationality`` (``all`` for everybody), ``by`` (``gate``: people at their first meeting; ``route``:
        people who set out; ``pathway``: people admitted; ``between_gates``), ``id``, and people. Rows of one
        ``by`` may be summed, but for ``between_gates``; never rows of two.
    """
    parts = []
    for start, periods in _belonging(flows, other, window, by_period):
        one, two = measured.arrivals_by_way(flows, periods), measured.arrivals_by_way(other, periods)
        one, two = measured.aligned(one, two), measured.aligned(two, one)
        found = pl.concat([_frame(one, two), _shifted(one, two)], how="diagonal")
        parts.append(_dated(found, start))
    return pl.concat(parts)


def arrivals_by_camp(walked: Walked) -> pl.DataFrame:
    """Return people in each camp of a displacement at the end of each day, and how many more than a day ago.

    Returns
    -------
    polars.DataFrame
        ``day`` (number), ``place``, ``name``, ``mean``, ``sd``, ``min``, ``max`` of people, a stock that must
        not be summed over days; ``net_arrivals``, mean people, a flow that may be (those who come less those
        who go; on day 0 all who are there).
    """
    displacement = walked.terrain.displacement
    camps = [i for i, site in enumerate(displacement.sites) if is_camp(site)]
    days = displacement.days
    net = np.diff(walked.stock.mean[:, camps], axis=0, prepend=0.0)
    return pl.DataFrame(
        {
            "day": np.repeat(np.arange(days), len(camps)),
            "place": pl.Series([walked.terrain.places[i] for i in camps] * days, dtype=pl.String),
            "name": pl.Series([displacement.sites[i].name for i in camps] * days, dtype=pl.String),
            **walked.stock.levels(camps),
            "net_arrivals": net.ravel(),
        }
    )


def people_under_way(walked: Walked) -> pl.DataFrame:
    """Return people of a displacement who are on links at the end of each day.

    Returns
    -------
    polars.DataFrame
        ``date``, ``mean``, ``sd``, ``min``, ``max`` of people: a stock, over days summed in person-days.
    """
    start, days = walked.terrain.displacement.start, walked.terrain.displacement.days
    dates = pl.Series([start + timedelta(days=day) for day in range(days)], dtype=pl.Date)
    return pl.DataFrame({"date": dates, **walked.stock.levels([-1])})


def person_days_on_links(walked: Walked) -> pl.DataFrame:
    """Return person-days on each link of a displacement, over all days.

    Returns
    -------
    polars.DataFrame
        ``from``, ``to``, ``km``, and person-days, km over the speed: fractions of a day count. May be summed.
    """
    ground, places = walked.terrain.ground, walked.terrain.places
    keys = pl.DataFrame(
        {
            "from": pl.Series([places[i] for i in ground.link_from], dtype=pl.String),
            "to": pl.Series([places[i] for i in ground.link_to], dtype=pl.String),
            "km": ground.link_km,
        }
    )
    return keys.with_columns(**_levels(walked.person_days)).filter(pl.col("mean") > 0.0)


def _table(
    measure: Measure, flows: Flows, other: Flows | None, window: Span | None, by_period: bool
) -> pl.DataFrame:
    parts = []
    for start, periods in _belonging(flows, other, window, by_period):
        two = None if other is None else measure(other, periods)
        parts.append(_dated(_frame(measure(flows, periods), two), start))
    return pl.concat(parts)


def _belonging(
    flows: Flows, other: Flows | None, window: Span | None, by_period: bool
) -> list[tuple[date | None, list[int]]]:
    if other is not None and (
        other.runs != flows.runs
        or other.frame.periods != flows.frame.periods
        or other.frame.itineraries != flows.frame.itineraries
    ):
        raise ValueError(
            f"{flows.scenario} and {other.scenario} are not of one frame with as many runs; "
            "simulate them together"
        )
    return groups(flows, flows.periods_in(window), by_period)


def _frame(one: Cells, two: Cells | None) -> pl.DataFrame:
    cells = one.values if two is None else np.concatenate([one.values, two.values])
    some = (np.nan_to_num(cells) != 0.0).any(axis=0)
    kept = np.flatnonzero(some).tolist()
    keys = pl.DataFrame(
        {
            name: pl.Series([column[i] for i in kept], dtype=pl.Int64 if name == "attempt" else pl.String)
            for name, column in one.keys.items()
        }
    )
    first = one.values[:, kept]
    if two is None:
        return keys.with_columns(**_levels(first))
    second = two.values[:, kept]
    ends = ("mean", "p05", "p95")
    return keys.with_columns(
        **_levels(first, "baseline_", ends),
        **_levels(second, "scenario_", ends),
        **_levels(second - first, "difference_", ("p05", "p50", "p95")),
    )


def _shifted(one: Cells, two: Cells) -> pl.DataFrame:
    """Return, by nationality, the lesser of the gains and the losses over gates."""
    rows: dict[str, list[int]] = {}
    for i, (nationality, by) in enumerate(zip(one.keys["nationality"], one.keys["by"], strict=True)):
        if by == "gate":
            rows.setdefault(str(nationality), []).append(i)
    change = [(two.values - one.values)[:, at] for at in rows.values()]
    least = [np.minimum(np.maximum(c, 0.0).sum(axis=1), np.maximum(-c, 0.0).sum(axis=1)) for c in change]
    values = np.stack(least, axis=1) if least else np.zeros((len(one.values), 0))
    n = len(rows)
    keys = pl.DataFrame({"nationality": list(rows), "by": [SHIFTED] * n, "id": [measured.ALL] * n})
    found = keys.with_columns(**_levels(values, "difference_", ("p05", "p50", "p95")))
    return found.filter(pl.col("difference_p95") > 0.0)


def _levels(values: Floats, prefix: str = "", names: tuple[str, ...] = LEVELS) -> dict[str, pl.Series]:
    """Return mean and quantiles over runs; missing where a run has no value."""
    if values.shape[1] == 0:
        return {prefix + name: pl.Series([], dtype=pl.Float64) for name in names}
    quantiles = np.quantile(values, [0.05, 0.5, 0.95], axis=0)
    found = dict(zip(LEVELS, (values.mean(axis=0), *quantiles), strict=True))
    return {prefix + name: pl.Series(found[name]).fill_nan(None) for name in names}


def _dated(table: pl.DataFrame, start: date | None) -> pl.DataFrame:
    return table if start is None else table.select(pl.lit(start).alias("start"), pl.all())


JOURNEYS: Mapping[str, Callable[[Flows, Flows, Span], pl.DataFrame]] = MappingProxyType(
    {
        "journeys": journeys,
        "people_and_encounters": people_and_encounters,
        "attempts": attempts,
        "diverted": diverted,
        "waiting": waiting,
        "queues": queues,
        "days_on_the_way": days_on_the_way,
        "exposure": exposure,
    }
)
"""The tables of a study folder by name: each sets a scenario beside the baseline over a window."""
