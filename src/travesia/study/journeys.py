"""Tables of what people go through: attempts, waits, days, exposure, and where the diverted are met."""

from __future__ import annotations

import polars as pl

from travesia.movement import JOURNEYS
from travesia.study.comparing import Runs


def journey_tables(runs: Runs) -> dict[str, pl.DataFrame]:
    """Return each table of `movement.JOURNEYS`, the alternatives one under another, named by ``scenario``."""
    base, *others = runs.flows
    return {
        name: pl.concat(
            [
                table(base, flows, runs.window).select(pl.lit(flows.scenario).alias("scenario"), pl.all())
                for flows in others
            ]
        )
        for name, table in JOURNEYS.items()
    }
