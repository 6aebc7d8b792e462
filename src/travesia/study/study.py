"""The study: one question, its scenarios, and every table that answers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from travesia.region import Region
from travesia.terms import Span

Reading = Literal["baseline", "holding", "responding"]
"""Of a scenario: the one compared with; departures held as they were; departures responding."""

TABLES = (
    "arrivals", "answers", "answers_by_nationality", "key_shares", "keys_refused", "link_flows", "outcomes",
    "journeys", "people_and_encounters", "attempts", "diverted", "waiting", "queues", "days_on_the_way",
    "exposure", "drivers", "assumptions", "fit_past", "scores_as_of", "shares", "balance", "state_pledges",
    "policies", "not_routed",
)  # fmt: skip
"""Names of the tables of a study."""


@dataclass(frozen=True)
class ScenarioNote:
    """What a study says of one scenario."""

    name: str
    title: str
    base: str | None
    changes: tuple[str, ...]
    reading: Reading


@dataclass(frozen=True)
class Study:
    """One question with its answer, ready to be saved and shown.

    `span` are the days simulated and shown, `window` those over which the answer is counted; `as_of` is
    the last day of the observations. `tables` are those of `docs/reference/study-folder.md`.
    """

    title: str
    question: str
    pack: str
    pack_version: str
    command: str
    seed: int
    runs: int
    span: Span
    window: Span
    scenarios: tuple[ScenarioNote, ...]
    tables: Mapping[str, pl.DataFrame]
    region: Region
    versions: Mapping[str, str]
    digests: Mapping[str, str]
    as_of: date
    lang: str = "en"
    left_out: int = 0
    """Proposals of the ledger that nobody has decided, or not enough people: they reach no model."""
