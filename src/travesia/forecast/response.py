"""What one departure leads to: matrices from departures by month to people counted by month.

Encounters are linear in departures as long as no gate fills, so one pass of expected flows for each month
of departure gives the whole operator, retries and waits included.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from travesia.movement import (
    CENTRAL,
    OUTCOMES,
    Out,
    Plan,
    advance,
    draw_runs,
    drawn_parameters,
    empty_out,
    empty_state,
)
from travesia.terms import month_span

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
HORIZON_DAYS = 200
"""Days after the month of departure for which a response is followed; the longest way takes fewer."""
_MET = [OUTCOMES.index(name) for name in ("let_in", "expelled", "returned", "admitted")]
_PASSED = OUTCOMES.index("passed")


@dataclass(frozen=True)
class Response:
    """float64[nationality, month counted, month of departure], for one departure on a route.

    `corridor` are passages of the corridor, `border` encounters at all border gates together.
    """

    corridor: Floats
    border: Floats


def counted(plan: Plan, out: Out) -> tuple[Floats, Floats]:
    """Return what a pass counted.

    Returns
    -------
    (float64[month, nationality], float64[month, nationality, gate])
        Passages of the corridor, and encounters at border gates.
    """
    gates = plan.frame.gates
    met = out.counts[..., _MET].sum(axis=3) * plan.frame.at_border[None, None, :]
    corridor = plan.frame.itineraries.corridor
    passed = out.counts[:, :, gates.index(corridor), _PASSED] if corridor else np.zeros(met.shape[:2])
    return passed, met


def responses(plan: Plan, route: str, months: tuple[str, ...]) -> Response:
    """Return the response of every nationality on a route, for each month of departure in `months`.

    The frame's periods must be whole months; `months` are those of the frame.
    """
    frame = plan.frame
    values = drawn_parameters(plan.scenario.parameters, 0, CENTRAL)
    ones = np.ones((1, *plan.departures.shape))
    central = draw_runs(plan, values, ones, 0, CENTRAL)[0]
    size = (len(frame.itineraries.nationalities), len(frame.periods), len(months))
    corridor, border = np.zeros(size), np.zeros(size)
    on_route = [s for s, source in enumerate(frame.itineraries.sources) if source.route == route]
    for m, month in enumerate(months):
        part = month_span(month)
        first = frame.day(part.start)
        departures = np.zeros_like(plan.departures)
        departures[first : first + part.days, on_route] = 1.0 / part.days
        drawn = central._replace(departures=departures, applicants=np.zeros_like(central.applicants))
        state, out = empty_state(plan), empty_out(plan)
        last = min(frame.span.days, first + part.days + HORIZON_DAYS)
        advance(first, last, 0, 0, frame.layout, plan.rules, frame.sources, drawn, state, out, True)
        passed, met = counted(plan, out)
        corridor[:, :, m], border[:, :, m] = passed.T, met.sum(axis=2).T
    return Response(corridor, border)


def updated(
    departures: Floats, response: Floats, ratio: Floats, smoothing: float, walls: Bools | None = None
) -> Floats:
    """Return departures after one step ``D K'(observed / simulated) / K'1``, lightly smoothed.

    This is Richardson-Lucy deconvolution, the EM step for Poisson counts (Richardson 1972, Lucy 1974;
    Shepp and Vardi 1982). Months of departure that nothing counted responds to are left as they are.

    Parameters
    ----------
    departures
        float64[nationality, month of departure].
    response
        float64[nationality, month counted, month of departure].
    ratio
        float64[nationality, month counted], observed over simulated; NaN where nothing was observed.
    smoothing
        Weight of the neighbouring months in the logarithm, 0 for none.
    walls
        bool[nationality, month of departure], months that are not smoothed with the month before them.
    """
    seen = ~np.isnan(ratio)
    weight = np.einsum("cij,ci->cj", response, seen.astype(np.float64))
    push = np.einsum("cij,ci->cj", response, np.where(seen, ratio, 0.0))
    factor = np.divide(push, weight, out=np.ones_like(push), where=weight > 1e-9)
    return np.where(weight > 1e-9, smoothed(departures * factor, smoothing, walls), departures)


def smoothed(values: Floats, weight: float, walls: Bools | None = None) -> Floats:
    """Return values whose logarithm takes the share `weight` from the mean of both neighbours (last axis)."""
    logs = np.log(np.maximum(values, 1e-3))
    before = np.concatenate([logs[:, :1], logs[:, :-1]], 1)
    after = np.concatenate([logs[:, 1:], logs[:, -1:]], 1)
    if walls is not None:
        before = np.where(walls, logs, before)
        after[:, :-1] = np.where(walls[:, 1:], logs[:, :-1], after[:, :-1])
    out = np.exp((1.0 - weight) * logs + weight * (before + after) / 2)
    return np.where(values > 0.0, out, 0.0)
