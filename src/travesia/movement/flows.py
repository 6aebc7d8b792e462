"""Flows: what a scenario's runs led to, as totals by run and as daily sums over runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt
import polars as pl

from travesia.movement.kernel import ADMITTED, EXPELLED, LET_IN, OUTCOMES, PASSED, RETURNED, TURNED_BACK
from travesia.movement.plan import Frame
from travesia.terms import Span

Counts = npt.NDArray[np.float64]
ON_LINKS, BEYOND = "on-links", "beyond-gates"
"""Names of the two rows of stock that are no place: people under way, and people no longer followed."""
MEASURES = (
    "encounters",
    "people",
    "expulsions",
    "returns",
    "let_in",
    "not_met",
    "turned_back",
    "lawful_admissions",
)
"""What can be asked of flows at the border. Encounters are events, people are persons met at least once."""


@dataclass(frozen=True)
class Daily:
    """Sums over runs by day: enough for mean, standard deviation, least and most.

    They are whole numbers, so that the order of adding does not matter.
    """

    runs: int
    total: Counts
    squares: Counts
    least: Counts
    most: Counts

    @property
    def mean(self) -> Counts:
        """Mean over runs."""
        return self.total / self.runs

    @property
    def sd(self) -> Counts:
        """Standard deviation over runs (n-1); 0 for one run."""
        if self.runs < 2:
            return np.zeros_like(self.total)
        spread = self.squares - self.total * self.total / self.runs
        return np.sqrt(np.maximum(spread, 0.0) / (self.runs - 1))

    def levels(self, columns: Sequence[int] | slice = slice(None), first: int = 0) -> dict[str, Counts]:
        """Return float64[day times column] by name, day after day from `first` on: mean, sd, min, max."""
        of = {"mean": self.mean, "sd": self.sd, "min": self.least, "max": self.most}
        return {name: values[first:, columns].ravel() for name, values in of.items()}


@dataclass(frozen=True)
class Flows:
    """Totals of one scenario.

    `counts` are events, int by run, period, nationality, gate and outcome; `people` are people met for
    the first time; both are flows and may be summed over every axis but the run. `stock` is a stock
    and must not be summed over days.
    """

    scenario: str
    frame: Frame
    pathways: tuple[str, ...]
    counts: npt.NDArray[np.float32]
    """[run, period, nationality, gate, outcome] events."""
    people: npt.NDArray[np.float32]
    """[run, period, nationality, gate] people met for the first time."""
    lawful: npt.NDArray[np.float32]
    """[run, period, pathway, nationality] people admitted by lawful pathways."""
    met_later: npt.NDArray[np.float32]
    """[run, period, state] encounters at later attempts; the state tells nationality, gate and attempt."""
    again: npt.NDArray[np.float32]
    """[run, period, nationality, gate] people who come to a gate for a later attempt, met or not."""
    waited: npt.NDArray[np.float32]
    """[run, period, state] person-days (nights) spent waiting at a hub or before a gate."""
    queue: npt.NDArray[np.float32]
    """[run, period, nationality, gate, 4] people who began to wait for an appointment, were served, gave up;
    person-days (nights)."""
    set_out: npt.NDArray[np.float32]
    """[run, period, leg] people who set out on a leg: each move and each start has its own."""
    exposed: npt.NDArray[np.float32]
    """[run, period, nationality, danger] person-days on dangerous links, at first attempts."""
    departed: Daily
    """[day, source] people who set out."""
    stock: Daily
    """[day, place + 2] people at places, on links, beyond the gates, at the end of the day."""
    crossings: Daily
    """[day, link] people who cross."""

    @property
    def runs(self) -> int:
        """Number of runs."""
        return len(self.counts)

    def at_border(self, measure: str, window: Span | None = None) -> npt.NDArray[np.float64]:
        """Return float64[run, period, nationality, gate] at border gates, in events or people.

        Parameters
        ----------
        measure
            One of `MEASURES` but ``lawful_admissions``, which happen at no gate.
        window
            Only periods inside it; all for ``None``.
        """
        keep = self.periods_in(window)
        border = self.frame.at_border
        if measure == "people":
            return self.people[:, keep][..., border].astype(np.float64)
        columns = {
            "encounters": [LET_IN, EXPELLED, RETURNED, ADMITTED],
            "expulsions": [EXPELLED],
            "returns": [RETURNED],
            "let_in": [LET_IN, ADMITTED],
            "not_met": [PASSED],
            "turned_back": [TURNED_BACK],
        }[measure]
        cells = self.counts[:, keep][:, :, :, border][..., columns].astype(np.float64)
        return np.asarray(cells.sum(axis=4))

    def total(self, measure: str, window: Span | None = None) -> npt.NDArray[np.float64]:
        """Return float64[run], the total of a measure over a window."""
        if measure == "lawful_admissions":
            cells = self.lawful[:, self.periods_in(window)].astype(np.float64)
        else:
            cells = self.at_border(measure, window)
        return np.asarray(cells.sum(axis=(1, 2, 3)))

    def periods_in(self, window: Span | None) -> list[int]:
        """Return the periods that lie inside a window; raises ``ValueError`` where it cuts one."""
        if window is None:
            return list(range(len(self.frame.periods)))
        parts = [period.clip(window) for period in self.frame.periods]
        inside = [i for i, part in enumerate(parts) if part is not None]
        if any(parts[i] != self.frame.periods[i] for i in inside):
            raise ValueError(f"window {window} cuts a period of the run")
        return inside


def stock_table(flows: Flows, first: int = 0) -> pl.DataFrame:
    """Return day, place, mean, sd, min, max of people at the end of each day, from day `first` on."""
    names = [*flows.frame.places, ON_LINKS, BEYOND]
    return _daily_table(flows, flows.stock, {"place": names}, first)


def crossings_table(flows: Flows, first: int = 0) -> pl.DataFrame:
    """Return day, link, direction, mean, sd, min, max of people who cross a link."""
    links = flows.frame.links
    keys = {
        "link": [link for link, _ in links],
        "direction": ["forward" if ahead else "reverse" for _, ahead in links],
    }
    return _daily_table(flows, flows.crossings, keys, first)


def spawned_table(flows: Flows, first: int = 0) -> pl.DataFrame:
    """Return day, new, total: people who set out, mean over runs (departures differ from run to run)."""
    new = flows.departed.mean.sum(axis=1)
    frame = pl.DataFrame({"day": _days(flows), "new": new, "total": np.cumsum(new)})
    return frame.slice(first)


def outcomes_table(flows: Flows, window: Span | None = None) -> pl.DataFrame:
    """Return events at every gate by period: start, gate, nationality, outcome, mean, p05, p95.

    Cells in which no run has an event are left out.
    """
    periods, nationalities, gates = (
        flows.frame.periods,
        flows.frame.itineraries.nationalities,
        flows.frame.gates,
    )
    parts = []
    for i in flows.periods_in(window):
        period, block = periods[i], flows.counts[:, i].astype(np.float64)
        mean = block.mean(axis=0)
        c, g, o = np.nonzero(mean)
        low, high = np.quantile(block[:, c, g, o], [0.05, 0.95], axis=0)
        parts.append(
            pl.DataFrame(
                {
                    "start": [period.start] * len(c),
                    "gate": [gates[k] for k in g],
                    "nationality": [nationalities[k] for k in c],
                    "outcome": [OUTCOMES[k] for k in o],
                    "mean": mean[c, g, o],
                    "p05": low,
                    "p95": high,
                },
                # A period without anybody has empty columns, which tell no type.
                schema_overrides={"start": pl.Date()} | dict.fromkeys(_OUTCOME_TEXTS, pl.String()),
            )
        )
    return pl.concat(parts)


_OUTCOME_TEXTS = ("gate", "nationality", "outcome")


def _days(flows: Flows) -> pl.Series:
    start = flows.frame.span.start
    return pl.Series([start + timedelta(days=day) for day in range(flows.frame.span.days)], dtype=pl.Date)


def _daily_table(flows: Flows, daily: Daily, keys: dict[str, list[str]], first: int) -> pl.DataFrame:
    width, days = daily.total.shape[1], flows.frame.span.days - first
    columns: dict[str, object] = {"day": np.repeat(_days(flows).slice(first).to_numpy(), width)}
    columns |= {name: values * days for name, values in keys.items()}
    return pl.DataFrame(columns | daily.levels(first=first)).with_columns(pl.col("day").cast(pl.Date))
