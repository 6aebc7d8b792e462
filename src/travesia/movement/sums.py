"""Totals of an ensemble as its runs come in: memory does not grow with runs but for the totals by run."""

from __future__ import annotations

import threading

import numpy as np

from travesia.movement.flows import Daily, Flows
from travesia.movement.kernel import OUTCOMES, Out, State, crossings
from travesia.movement.plan import Plan

_DAILY = ("departed", "stock", "crossings")


class Sums:
    """What the runs of one scenario add up to; sums of whole numbers, whose order does not matter."""

    def __init__(self, plan: Plan, runs: int) -> None:
        out = empty_out(plan)
        shapes = {"departed": out.departed.shape, "stock": out.stock.shape}
        shapes["crossings"] = (len(out.departed), len(plan.frame.links))
        self._plan, self._lock = plan, threading.Lock()
        self._counts = np.zeros((runs, *out.counts.shape), dtype=np.float32)
        self._people = np.zeros((runs, *out.people.shape), dtype=np.float32)
        self._lawful = np.zeros((runs, *out.lawful.shape), dtype=np.float32)
        self._daily = {
            name: Daily(
                runs, np.zeros(shape), np.zeros(shape), np.full(shape, np.inf), np.full(shape, -np.inf)
            )
            for name, shape in shapes.items()
        }

    def add(self, run: int, out: Out) -> None:
        """Add the run of a number; may be called from several threads."""
        self._counts[run], self._people[run], self._lawful[run] = out.counts, out.people, out.lawful
        crossed = crossings(out.under_way, self._plan.frame.layout, len(self._plan.frame.links))
        with self._lock:
            for name, values in zip(_DAILY, (out.departed, out.stock, crossed), strict=True):
                daily = self._daily[name]
                np.add(daily.total, values, out=daily.total)
                np.add(daily.squares, values * values, out=daily.squares)
                np.minimum(daily.least, values, out=daily.least)
                np.maximum(daily.most, values, out=daily.most)

    def flows(self) -> Flows:
        """Return the flows, once every run has been added."""
        return Flows(
            scenario=self._plan.scenario.name,
            frame=self._plan.frame,
            pathways=self._plan.pathways,
            counts=self._counts,
            people=self._people,
            lawful=self._lawful,
            **self._daily,
        )


def empty_state(plan: Plan) -> State:
    """Return a state in which nobody is anywhere."""
    frame = plan.frame
    return State(
        due=np.zeros((frame.slots, len(frame.layout.cls))),
        waiting=np.zeros(len(frame.layout.cls)),
        resident=np.zeros(len(frame.places)),
        totals=np.zeros(2),
        queue=np.zeros((len(plan.pathways), len(frame.itineraries.nationalities))),
        held=np.zeros(len(frame.layout.cls)),
    )


def empty_out(plan: Plan, periods: int | None = None) -> Out:
    """Return totals of 0, for the frame's periods or another number of them."""
    frame = plan.frame
    n = len(frame.periods) if periods is None else periods
    classes, gates, days = len(frame.itineraries.nationalities), len(frame.gates), frame.span.days
    return Out(
        counts=np.zeros((n, classes, gates, len(OUTCOMES))),
        people=np.zeros((n, classes, gates)),
        lawful=np.zeros((n, len(plan.pathways), classes)),
        departed=np.zeros((days, len(frame.itineraries.sources))),
        stock=np.zeros((days, len(frame.places) + 2)),
        under_way=np.zeros((days, len(frame.layout.first_link) - 1)),
    )
