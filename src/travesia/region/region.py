"""The region: a map with its places, links, gates, states and everything counted there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from travesia.terms import Source, Span, schemas


@dataclass(frozen=True)
class Region:
    """A pack, read and checked for form. Tables have the schemas of the same name in `terms.schemas`.

    `shapes` holds the projected outlines (see the pack format), `digest` the SHA-256 over all files of
    the pack, `folder` where they lie (never written into an output).
    """

    name: str
    version: str
    title: Mapping[str, str]
    folder: Path
    restricted: bool
    default_scenarios: tuple[str, ...]
    default_span: Span
    sources: tuple[Source, ...]
    places: pl.DataFrame
    routes: pl.DataFrame
    gates: pl.DataFrame
    origins: pl.DataFrame
    countries: pl.DataFrame
    indicators: pl.DataFrame
    observations: pl.DataFrame
    shapes: Mapping[str, Any]
    digest: str
    question: Mapping[str, str] | None = None
    """What the default scenarios ask, by language; ``None`` where the pack puts no question."""
    dangers: pl.DataFrame = field(default_factory=schemas.Dangers.create_empty)
    """Links on which people are known to die or go missing; no rows where the pack names none."""
    deliveries: pl.DataFrame = field(default_factory=schemas.Deliveries.create_empty)
    """What was paid or done, as saved files report it; no rows where the pack or project has none."""

    @property
    def border_gates(self) -> pl.DataFrame:
        """The gates at which a journey ends or is turned: all but the checkpoints on the way."""
        return self.gates.filter(pl.col("kind") != "checkpoint")

    @property
    def danger_of_link(self) -> Mapping[str, str]:
        """The id of the danger by link id; links without one are left out."""
        rows = self.dangers.select("id", "links").iter_rows()
        return {link: danger for danger, links in rows for link in links.split("|")}

    def series(self, name: str) -> pl.DataFrame:
        """Return the observations of one series; empty where the pack has none."""
        return self.observations.filter(pl.col("series") == name)
