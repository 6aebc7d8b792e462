"""A job that is no simulation: what it writes follows from the number of the run. For tests of ensembles."""

from __future__ import annotations

import hashlib
import os
import signal
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from travesia.movement import Axes, Flows, Sums, Written

DAYS, PLACES = 5, ("north", "south", "sea")
DAILY_FIELDS = ("total", "squares", "least", "most")


def written(number: int, scenario: int) -> Written:
    """Return what run `number` of a scenario writes; some of it is 0."""
    draw = np.random.default_rng([number, scenario])
    stock = draw.poisson(draw.choice([0.0, 3.0, 1e6], (DAYS, len(PLACES)))).astype(float)
    counts = draw.poisson(7.0, (2, 3)).astype(float)
    return Written({"counts": counts}, {"stock": stock, "spawned": stock.sum(axis=1)})


@dataclass(frozen=True)
class Counting:
    """Two scenarios; `label` stands for what the numbers depend on, `fails_at` and `dies_at` for bad luck."""

    label: str = "one"
    fails_at: int | None = None
    dies_at: int | None = None

    @property
    def axes(self) -> Axes:
        return Axes(("stay", "end"), date(2022, 1, 1), PLACES)

    def facts(self) -> Mapping[str, str]:
        return {"label": self.label, "inputs": hashlib.sha256(self.label.encode()).hexdigest()}

    def run(self, numbers: Sequence[int]) -> Iterator[tuple[Written, ...]]:
        for number in numbers:
            if number == self.fails_at:
                raise ArithmeticError(f"run {number} fails")
            if number == self.dies_at:
                os.kill(os.getpid(), signal.SIGKILL)
            yield written(number, 0), written(number, 1)


@dataclass(frozen=True)
class Counted(Counting):
    """A job that remembers which runs were asked for."""

    asked: list[int] = field(default_factory=list, compare=False)

    def run(self, numbers: Sequence[int]) -> Iterator[tuple[Written, ...]]:
        self.asked.extend(numbers)
        return super().run(numbers)


class LastFirst(Executor):
    """An executor that does what it was given last first, all of it in one thread of its own.

    It waits until nothing more has been handed in for a moment, and keeps what it was given.
    """

    def __init__(self) -> None:
        self.given: list[tuple[Future[Any], Any, tuple[Any, ...]]] = []
        self.ended = False
        self._timer: threading.Timer | None = None

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.given.append((future, fn, args))
        if self._timer:
            self._timer.cancel()
        self._timer = threading.Timer(0.2, self._work)
        self._timer.start()
        return future

    def _work(self) -> None:
        for future, fn, args in reversed(self.given):
            if future.set_running_or_notify_cancel():
                future.set_result(fn(*args))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self.ended = True


def digest_of_sums(parts: Sequence[Sums]) -> str:
    """Return a digest of everything that sums hold."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.numbers.tobytes() + part.done.tobytes())
        for name in sorted(part.by_run):
            digest.update(name.encode() + part.by_run[name].tobytes())
        for name in sorted(part.daily):
            for one in DAILY_FIELDS:
                array = getattr(part.daily[name], one)
                digest.update(f"{name} {one} {array.dtype} {array.shape}".encode() + array.tobytes())
    return digest.hexdigest()


def digest_of_flows(results: Sequence[Flows]) -> str:
    """Return a digest of every array of flows."""
    digest = hashlib.sha256()
    for flows in results:
        for name in ("counts", "people", "lawful"):
            digest.update(getattr(flows, name).tobytes())
        for name in ("departed", "stock", "crossings"):
            for one in DAILY_FIELDS:
                digest.update(getattr(getattr(flows, name), one).tobytes())
    return digest.hexdigest()
