"""What a run draws before its first day: parameters, changes of departures, and people given encounters.

Data pin down encounters, not people: the more often people come back, the fewer they were. So a run that
draws a higher chance of coming back gets fewer departures, such that the encounters that were fitted stay
what they were (`people_given_encounters`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from travesia.movement.itineraries import days_to_gates
from travesia.movement.kernel import (
    ACROSS,
    ADMITTED,
    EXPELLED,
    FLOWN,
    LET_IN,
    REMOVED,
    RETURNED,
    Drawn,
    Out,
    Rules,
)
from travesia.movement.plan import Frame, Plan
from travesia.movement.reactions import reacting_departures, reacting_rules
from travesia.scenario import DepartureChange, Parameter
from travesia.terms import Amount, ScenarioError, chance, month_span

Floats = npt.NDArray[np.float64]
CENTRAL = None
"""In place of run numbers: every parameter at its central value."""
KERNEL_PARAMETERS = ("not-met-share", "retry-delay-days")
KERNEL_PARAMETERS_IF_USED = (
    "retry-after-stop", "outside-quota-share", "leave-queue-share", "switch-gate-days",
)  # fmt: skip
"""Needed only where a policy stops people, holds them back or makes them choose again; else not read."""
RETRIES = ("retry-after-expulsion", "retry-after-flight", "retry-after-return")
"""Chances to try again by how one was sent out, in the kernel's order."""
FLOWN_SHARE = "flown-share"
"""Share of the expelled who are flown home; a pack that does not give it has no such flights."""
WAITS = "appointment-wait-share"
"""Share of those for whom no appointment is left who wait for one; a pack that does not give it has none."""
RETURNED_OWN, RETURNED_OTHERS = "returned-share-mexicans", "returned-share-others"
APPLICANTS = "applicants-per-place"
_SMOOTH_DAYS = 31
_LEAST, _MOST = 0.2, 3.0


def draw(amount: Amount, seed: int, name: str, runs: Sequence[int] | None) -> Floats:
    """Return float64[run], the drawn values of an amount: triangular over its range, central value likeliest.

    The same name, seed and run give the same value in every scenario.
    """
    if amount.value is None:
        raise ValueError(f"{name} has no value")
    if runs is CENTRAL:
        return np.array([amount.value])
    u = np.array([chance.uniform(seed, "parameter", name, run) for run in runs])
    low = amount.value if amount.low is None else amount.low
    high = amount.value if amount.high is None else amount.high
    return chance.triangular_quantile(u, low, amount.value, high)


def drawn_parameters(
    parameters: Sequence[Parameter], seed: int, runs: Sequence[int] | None
) -> Mapping[str, Floats]:
    """Return float64[run] for every parameter by id."""
    return {item.id: draw(item.amount, seed, item.id, runs) for item in parameters}


def draw_runs(
    plan: Plan, values: Mapping[str, Floats], scale: Floats, seed: int, runs: Sequence[int] | None
) -> list[Drawn]:
    """Return what each run has drawn.

    Parameters
    ----------
    plan
        The scenario's arrays.
    values
        Drawn parameters by id, float64[run].
    scale
        float64[run, day, source], people set out in a run over people set out at the central values.
    seed, runs
        Seed of the study and run numbers; ``None`` for one run at the central values.
    """
    _require(plan, values)
    changes = [(change, draw(change.amount, seed, change.id, runs)) for change in plan.scenario.departures]
    base_return, (flown, retry) = _base_return(plan.frame, values), _sent_out(plan, values)
    asks = by_nationality(plan, values, WAITS)
    count = len(scale)
    out = []
    for j in range(count):
        numbers = {name: float(drawn[j]) for name, drawn in values.items()}
        departures = reacting_departures(plan, plan.departures * scale[j], numbers)
        for change, factors in changes:
            _change(departures, plan.frame, change, float(factors[j]))
        out.append(
            Drawn(
                parameters=np.array(
                    [numbers[name] for name in KERNEL_PARAMETERS]
                    + [numbers.get(name, 1.0) for name in KERNEL_PARAMETERS_IF_USED]
                ),
                flown=flown[j],
                retry=retry[j],
                asks=asks[j],
                base_return=base_return[j],
                departures=departures,
                applicants=_applicants(plan, float(values[APPLICANTS][j])),
            )
        )
    return out


def rules_of_runs(plan: Plan, values: Mapping[str, Floats]) -> list[Rules]:
    """Return what holds in each run: the plan's rules, changed by how people react to the scenario."""
    runs = len(next(iter(values.values())))
    if not plan.change.parts:
        return [plan.rules] * runs
    numbers = [{name: float(drawn[j]) for name, drawn in values.items()} for j in range(runs)]
    return [reacting_rules(plan, of) for of in numbers]


def people_given_encounters(
    plan: Plan, expected: Out, values: Mapping[str, Floats], central: Mapping[str, Floats]
) -> Floats:
    """Return float64[run, day, source], the factor on departures that keeps the fitted encounters.

    At a gate, with E people met on a day, X who come for the first time, e the share not met, and for each
    way of being sent out q its share, r the chance to come back after d days:
    ``E(t) = (1 - e) (X(t) + sum(r q E(t - d)))``. The factor is X at the run's parameters over X
    at the central ones, by nationality over a month, at the day on which a departure reaches the gates.

    Parameters
    ----------
    plan
        The baseline.
    expected
        Its expected flows at the central values, one period a day.
    values, central
        Drawn and central parameters by id.
    """
    frame = plan.frame
    met = expected.counts[..., [LET_IN, EXPELLED, RETURNED, ADMITTED]].sum(axis=3)  # [day, class, gate]
    expelled = expected.counts[..., EXPELLED]
    rest = met - expelled - expected.counts[..., ADMITTED]
    between = frame.layout.between_ports == 1
    at_border = frame.at_border
    met, expelled, rest = met[:, :, at_border], expelled[:, :, at_border].sum(axis=2), rest[:, :, at_border]
    between = between[at_border]

    def first_timers(numbers: Mapping[str, Floats], j: int) -> Floats:
        unmet, delay = (float(numbers[name][j]) for name in KERNEL_PARAMETERS)
        returned = (rest * _base_return(frame, numbers)[j][None, :, None]).sum(axis=2)
        flown, retry = (of[j] for of in _sent_out(plan, numbers))
        near = retry[:, ACROSS] * (1.0 - flown) * expelled + retry[:, REMOVED] * returned
        arrived = (met / np.where(between, 1.0 - unmet, 1.0)).sum(axis=2) - _later(near, int(delay))
        for c, days in enumerate(frame.layout.home_days):
            if flown[c] > 0.0:
                arrived[:, c] -= _later(retry[c, FLOWN] * flown[c] * expelled[:, c], int(delay) + int(days))
        return _smooth(arrived)

    lag, classes = np.array(days_to_gates(frame.itineraries)), frame.source_class
    reference = first_timers(central, 0)
    runs = len(next(iter(values.values())))
    last = frame.span.days - 1
    at_gates = np.minimum(np.arange(last + 1)[:, None] + lag, last)
    out = np.empty((runs, last + 1, len(classes)))
    for j in range(runs):
        drawn = first_timers(values, j)
        ratio = np.divide(drawn, reference, out=np.ones_like(drawn), where=reference > 1e-6)
        out[j] = np.clip(ratio, _LEAST, _MOST)[at_gates, classes]
    return out


def _require(plan: Plan, values: Mapping[str, Floats]) -> None:
    across, flight, back = RETRIES
    wanted = [*KERNEL_PARAMETERS, across, back, RETURNED_OWN, RETURNED_OTHERS, APPLICANTS]
    wanted += [flight] if FLOWN_SHARE in values else []
    wanted += ["leave-queue-share", "switch-gate-days"] if WAITS in values else []
    missing = [name for name in wanted if name not in values]
    if missing:
        raise ScenarioError(
            f"{plan.scenario.region}/parameters.toml",
            f"parameter {missing[0]} is missing",
            "add it with its range",
        )
    delays = values[KERNEL_PARAMETERS[-1]]
    most = plan.frame.slots - 1 - int(plan.frame.layout.home_days.max(initial=0))
    wrong = [float(days) for days in delays if not 1.0 <= days < most + 1.0]
    if wrong:
        raise ScenarioError(
            f"{plan.scenario.region}/parameters.toml",
            f"retry-delay-days {wrong[0]:g} is no delay that can be followed",
            f"choose 1 to {most} days",
        )


def _base_return(frame: Frame, values: Mapping[str, Floats]) -> Floats:
    """Return float64[run, class]: the share returned under ordinary law, neighbours of the border apart."""
    near = frame.itineraries.near_side
    own = np.array([nationality in near for nationality in frame.itineraries.nationalities])
    return np.where(own[None, :], values[RETURNED_OWN][:, None], values[RETURNED_OTHERS][:, None])


def _sent_out(plan: Plan, values: Mapping[str, Floats]) -> tuple[Floats, Floats]:
    """Return float64[run, class], the share of the expelled who are flown home; float64[run, class, way].

    The second is the chance to try again, by how one was sent out.
    """
    flown = by_nationality(plan, values, FLOWN_SHARE)
    retry = [by_nationality(plan, values, name) for name in RETRIES]
    return flown, np.ascontiguousarray(np.stack(retry, axis=2))


def by_nationality(plan: Plan, values: Mapping[str, Floats], name: str) -> Floats:
    """Return float64[run, class], a parameter and what stands instead of it; 0 where the pack lacks it."""
    names = plan.frame.itineraries.nationalities
    runs = len(next(iter(values.values())))
    out = np.repeat(values.get(name, np.zeros(runs))[:, None], len(names), axis=1)
    for item in plan.scenario.parameters:
        if item.instead_of == name:
            out[:, [c for c, code in enumerate(names) if code in item.nationalities]] = values[item.id][
                :, None
            ]
    return out


def _change(departures: Floats, frame: Frame, change: DepartureChange, factor: float) -> None:
    """Apply a change of departures in place, from its first day on."""
    start = frame.day(change.start)
    first = max(0, start)
    if first >= frame.span.days:
        return
    month = (np.arange(first, frame.span.days) - start) // 30
    steps = np.ones(len(month))
    for k, share in enumerate(change.ramp):
        steps[month == k] = share
    factors = 1.0 + (factor - 1.0) * steps
    for s, source in enumerate(frame.itineraries.sources):
        if source.nationality not in change.nationalities:
            continue
        if change.base_month is None:
            departures[first:, s] *= factors
        else:
            part = month_span(change.base_month).clip(frame.span)
            if part is None:
                raise ScenarioError(
                    change.id, f"month {change.base_month} lies outside the run", "choose a month in it"
                )
            level = departures[frame.day(part.start) : frame.day(part.start) + part.days, s].mean()
            departures[first:, s] = level * factors


def _applicants(plan: Plan, per_place: float) -> Floats:
    """Return float64[day, pathway, class]: applicants, spread evenly over the nationalities named."""
    nationalities = plan.frame.itineraries.nationalities
    out = np.zeros((plan.frame.span.days, len(plan.pathways), len(nationalities)))
    by_name = {path.policy: path for path in plan.timetable.pathways}
    for w, name in enumerate(plan.pathways):
        named = [nationalities.index(n) for n in by_name[name].nationalities if n in nationalities]
        if named:
            out[:, w, named] = plan.rules.quota[:, w, None] * per_place / len(named)
    return out


def _later(values: Floats, days: int) -> Floats:
    out = np.zeros_like(values)
    out[days:] = values[: max(0, len(values) - days)]
    return out


def _smooth(values: Floats) -> Floats:
    """Return centred sums over a month, along the first axis."""
    padded = np.concatenate([np.zeros((1, *values.shape[1:])), np.cumsum(values, axis=0)])
    at = np.arange(len(values))
    half = _SMOOTH_DAYS // 2
    return np.asarray(padded[np.minimum(at + half + 1, len(values))] - padded[np.maximum(at - half, 0)])
