"""Demand worked back from what was counted, in two modes that are never mixed.

*Past*: all observations; its fit is by construction and says nothing about the future. *As of* a month:
observations up to and with it, later departures carried forward by a named rule; only its errors after
that month are errors of a forecast.

First the corridor route is solved at the corridor's gate and carried to the border; then the direct routes on
what remains there. Where more come than are met, they are turned back before the border on those dates;
departures are not lowered for it. Nobody knows a policy before its day: departures before an expulsion
policy that names a nationality are not inferred from counts after its first day. Last, the choice of
gates follows the observed shares.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from travesia.forecast.response import Response, counted, responses, updated
from travesia.movement import (
    Demand,
    Frame,
    Itineraries,
    Plan,
    build_frame,
    build_plan,
    encounters_at_gates,
    expected_flows,
    plan_itineraries,
    with_demand,
)
from travesia.region import Region
from travesia.scenario import Scenario
from travesia.terms import InputError, Span, add_months, first_day, month_of, months_in

Floats = npt.NDArray[np.float64]
WARM_UP_MONTHS = 5
"""Months of departures before the first month that is to be fitted: the longest way, waits included."""
CORRIDOR_STEPS = 15
ROUNDS = 10
SMOOTHING = 0.02
CARRIED_MONTHS = 3
RULE = f"mean of the last {CARRIED_MONTHS} months whose departures the data determine"
DETERMINED = 0.5
"""Share of a month's departures that the data must have counted for the month to be determined."""
MOST_TURNED_BACK = 0.98
_HUB_TO_BORDER = 20.0 / 30.0
"""Share of those at a hub in a month who reach the border in the next one, for a lag of about 20 days."""


@dataclass(frozen=True)
class Target:
    """What a demand has to reproduce, by month of the frame; NaN where nothing was counted."""

    corridor: Floats
    """float64[nationality, month] passages of the corridor."""
    border: Floats
    """float64[nationality, gate, month] encounters."""


@dataclass(frozen=True)
class Known:
    """Responses at the border, float64[nationality, month counted, month of departure].

    `corridor` of the corridor route; of the direct route `foreseen` what departures before an expulsion
    policy lead to before its month, `surprised` what they lead to from then on.
    """

    corridor: Floats
    foreseen: Floats
    surprised: Floats
    shocks: npt.NDArray[np.bool_]
    """bool[nationality, month]: such a policy begins in the month."""


def fit_demand(
    region: Region, scenario: Scenario, span: Span, until: str | None = None
) -> tuple[Demand, Plan]:
    """Work back departures from the observations.

    Parameters
    ----------
    region
        Observations and network.
    scenario
        What happened, as known: with ``until`` a scenario as known at the end of that month.
    span
        Days for which flows are wanted; departures begin `WARM_UP_MONTHS` earlier.
    until
        Last month whose observations may be used; all of them for ``None`` (mode ``past``).

    Returns
    -------
    (Demand, Plan)
        The demand and the scenario's plan with it over the months of the demand.
    """
    parameters = {item.id: item.amount.value for item in scenario.parameters if item.amount.value is not None}
    itineraries = plan_itineraries(region, parameters, until)
    months = tuple(months_in(Span(first_day(add_months(months_in(span)[0], -WARM_UP_MONTHS)), span.end)))
    whole = Span(first_day(months[0]), first_day(add_months(months[-1], 1)))
    frame = build_frame(region, itineraries, whole)
    target = targets(region, frame, months, until)
    if np.isnan(target.border).all():
        raise InputError(
            region.name,
            "nothing was counted at the border gates in the months asked for",
            "choose other months",
        )
    demand = _start(itineraries, frame, months, target, until)
    plan = build_plan(frame, scenario, demand)
    corridor, direct = responses(plan, "corridor", months), responses(plan, "direct", months)
    shocks = _shocks(scenario, frame, months)
    foreseen = _unforeseen(direct.border, shocks)
    known_ways = Known(corridor.border, foreseen, direct.border - foreseen, shocks)
    departures = _first_guess(target, corridor, foreseen)
    departures["corridor"] = _solve_corridor(departures["corridor"], corridor, target)
    for _ in range(ROUNDS):
        demand = _with_departures(demand, departures)
        plan = with_demand(plan, demand)
        _, met = counted(plan, expected_flows(plan))
        demand, departures = _round(demand, departures, known_ways, target, met)
    if until is not None:
        known = sum(1 for month in months if month <= until)
        departures = {
            route: _carried(departures[route], response.border, known)
            for route, response in (("corridor", corridor), ("direct", direct))
        }
        demand = _carry_rest(demand, known)
    demand = _with_departures(demand, departures)
    return demand, with_demand(plan, demand)


def targets(region: Region, frame: Frame, months: tuple[str, ...], until: str | None) -> Target:
    """Return what was counted at the corridor and the border in `months`, none of them after `until`."""
    nationalities = frame.itineraries.nationalities
    seen = encounters_at_gates(region, nationalities).until(until)
    border = np.full((len(nationalities), len(frame.gates), len(months)), np.nan)
    for m, month in enumerate(months):
        if month in seen.months:
            border[:, :, m] = seen.total[:, :, seen.months.index(month)]
    corridor = np.full((len(nationalities), len(months)), np.nan)
    gate = frame.itineraries.corridor
    if gate:
        series = region.gates.filter(pl.col("id") == gate)["series"].item()
        rows = region.series(series).filter(pl.col("period").is_in(months))
        if until is not None:
            rows = rows.filter(pl.col("period") <= until)
        for period in rows["period"].unique():
            corridor[:, months.index(period)] = 0.0
        for period, nationality, value in rows.select("period", "nationality", "value").iter_rows():
            # Nationalities that the border does not name travel as OTHER, which is how they are met there.
            name = nationality if nationality in nationalities else "OTHER"
            if name in nationalities:
                corridor[nationalities.index(name), months.index(period)] += value
    return Target(corridor, border)


def _start(
    itineraries: Itineraries, frame: Frame, months: tuple[str, ...], target: Target, until: str | None
) -> Demand:
    """Return a demand without departures; gates are chosen as observed about 20 days later."""
    gates = len(frame.gates)
    counts = np.nan_to_num(target.border)
    later = np.concatenate([counts[:, :, 1:], counts[:, :, -1:]], axis=2)
    blend = (1.0 - _HUB_TO_BORDER) * counts + _HUB_TO_BORDER * later
    everybody = blend.sum(axis=2, keepdims=True)
    reach = frame.at_border.astype(np.float64)
    choice = blend + 1e-3 * everybody + 1e-9 * reach[None, :, None]
    choice /= choice.sum(axis=1, keepdims=True)
    return Demand(
        mode="past" if until is None else "as-of",
        rule="worked back from all observations" if until is None else RULE,
        known=until,
        months=months,
        nationalities=itineraries.nationalities,
        gates=frame.gates,
        departures_people={},
        turned_back=np.zeros((len(itineraries.nationalities), len(months))),
        choice=choice if gates else counts,
    )


def _first_guess(target: Target, corridor: Response, foreseen: Floats) -> dict[str, Floats]:
    """Start from the observed series moved back by the mean lag and divided by counts per departure."""
    border = target.border.sum(axis=1)
    return {
        "corridor": _moved_back(target.corridor, corridor.corridor),
        "direct": _moved_back(border, foreseen),
    }


def _moved_back(observed: Floats, response: Floats) -> Floats:
    values = _filled(observed)
    per_departure = response.sum(axis=1)
    spread = np.einsum("cij,ci->cj", response, values)
    mean = np.divide(spread, per_departure, out=np.zeros_like(spread), where=per_departure > 1e-9)
    full = per_departure.max(axis=1, keepdims=True, initial=0.0)
    return np.asarray(np.divide(mean, full, out=np.zeros_like(mean), where=full > 1e-9))


def _filled(observed: Floats) -> Floats:
    """Return counts in which a month that was not counted is the nearest one that was; 0 where none was."""
    seen = np.flatnonzero(~np.isnan(observed).any(axis=0))
    if not len(seen):
        return np.zeros_like(observed)
    months = np.arange(observed.shape[1])
    return observed[:, seen[np.abs(months[:, None] - seen).argmin(axis=1)]]


def _solve_corridor(departures: Floats, response: Response, target: Target) -> Floats:
    for _ in range(CORRIDOR_STEPS):
        simulated = np.einsum("cij,cj->ci", response.corridor, departures)
        departures = updated(departures, response.corridor, _ratio(target.corridor, simulated), SMOOTHING)
    return departures


def _ratio(observed: Floats, simulated: Floats) -> Floats:
    """Observed over simulated; NaN where nothing was counted, 1 where both are 0."""
    ratio = np.divide(observed, simulated, out=np.ones_like(observed), where=simulated > 1e-9)
    return np.where(np.isnan(observed), np.nan, ratio)


def _round(
    demand: Demand, departures: dict[str, Floats], ways: Known, target: Target, met: Floats
) -> tuple[Demand, dict[str, Floats]]:
    """Correct direct departures, shares turned back and the choice of gates by one pass and the target."""
    simulated = np.moveaxis(met, 0, 2)  # [nationality, gate, month]
    observed_all = target.border.sum(axis=1)
    ratio = _ratio(observed_all, simulated.sum(axis=1))
    direct = updated(departures["direct"], ways.foreseen, ratio, SMOOTHING, ways.shocks)
    # Who comes whatever the direct departures of the month are: people of the corridor, and people on the
    # way when a policy surprised them. More of them than were met means that some were turned back.
    coming = np.einsum("cij,cj->ci", ways.corridor, departures["corridor"])
    coming += np.einsum("cij,cj->ci", ways.surprised, direct)
    met_share = np.divide(observed_all, coming, out=np.ones_like(coming), where=coming > 1.0)
    turned_back = np.clip(1.0 - np.nan_to_num(met_share, nan=1.0), 0.0, MOST_TURNED_BACK)
    gates = _back_to_hub(np.nan_to_num(_ratio(target.border, simulated), nan=1.0))
    choice = demand.choice * np.clip(gates, 0.25, 4.0)
    choice /= choice.sum(axis=1, keepdims=True)
    return replace(demand, turned_back=turned_back, choice=choice), {**departures, "direct": direct}


def _shocks(scenario: Scenario, frame: Frame, months: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    """Return bool[nationality, month]: an expulsion policy that names the nationality begins in the month."""
    out = np.zeros((len(frame.itineraries.nationalities), len(months)), dtype=np.bool_)
    for policy in scenario.policies:
        month = month_of(policy.span.start)
        if (
            policy.kind == "expulsion"
            and policy.in_model
            and policy.nationalities is not None
            and month in months
        ):
            for nationality in policy.nationalities:
                if nationality in frame.itineraries.nationalities:
                    out[frame.itineraries.nationalities.index(nationality), months.index(month)] = True
    return out


def _unforeseen(response: Floats, shocks: npt.NDArray[np.bool_]) -> Floats:
    """Cut from a response what departures before a shock lead to from the month of the shock on."""
    out = response.copy()
    for c, month in np.argwhere(shocks):
        out[c, month:, :month] = 0.0
    return out


def _back_to_hub(at_border: Floats) -> Floats:
    """Move a monthly ratio at the border back to the month in which people were at the hub."""
    later = np.concatenate([at_border[..., 1:], at_border[..., -1:]], axis=-1)
    return (1.0 - _HUB_TO_BORDER) * at_border + _HUB_TO_BORDER * later


def _with_departures(demand: Demand, departures: dict[str, Floats]) -> Demand:
    people = {
        (nationality, route): values[c]
        for route, values in departures.items()
        for c, nationality in enumerate(demand.nationalities)
        if values[c].any()
    }
    return replace(demand, departures_people=people)


def _carried(departures: Floats, response: Floats, known: int) -> Floats:
    """Replace months that the first `known` months of data leave open by the mean of the last ones known."""
    counted_by_then = response[:, :known].sum(axis=1)
    full = counted_by_then.max(axis=1, keepdims=True)
    out = departures.copy()
    for c in range(len(out)):
        good = np.flatnonzero(counted_by_then[c, :known] >= DETERMINED * full[c, 0])
        if len(good) and full[c, 0] > 0.0:
            last = int(good[-1])
            out[c, last + 1 :] = out[c, max(0, last + 1 - CARRIED_MONTHS) : last + 1].mean()
    return out


def _carry_rest(demand: Demand, known: int) -> Demand:
    turned_back, choice = demand.turned_back.copy(), demand.choice.copy()
    last = max(0, known - 2)
    window = slice(max(0, last + 1 - CARRIED_MONTHS), last + 1)
    turned_back[:, last + 1 :] = turned_back[:, window].mean(axis=1, keepdims=True)
    choice[:, :, last + 1 :] = choice[:, :, window].mean(axis=2, keepdims=True)
    return replace(demand, turned_back=turned_back, choice=choice)
