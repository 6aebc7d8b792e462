"""A displacement: sites, links, conflict and camp counts, by which people walk from conflict to safety.

This is what a folder of the peer engine Flee holds, read once and frozen; both rule sets simulate it.
Days count from `start`, day 0 first. Names are the folder's own; `id` is the name as a place id.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from travesia.movement.displacement.settings import Settings

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Site:
    """A place: a camp, a town, a zone of conflict, a hub through which people are forwarded, or a marker.

    `people` are inhabitants, or the capacity of a camp; `kind` is the text of the folder, and `columns`
    are its further columns, unread.
    """

    id: str
    name: str
    region: str
    country: str
    lat: float
    lon: float
    kind: str
    conflict_day: int
    people: int
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SiteLink:
    """A row of routes: both ways between two sites (by name), `km` long.

    `forced` is 0, 1 (all go from `one` to `other`) or 2 (the other way).
    """

    one: str
    other: str
    km: float
    forced: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Closure:
    """A dated change: `kind` is country, location, link, camp, idpcamp or remove_forced_redirection.

    It holds from day `first` to the day before `last`.
    """

    kind: str
    one: str
    other: str
    first: int
    last: int


@dataclass(frozen=True)
class CountPart:
    """One file of counts, as it was counted: a number of people on each of some days."""

    file: str
    days: npt.NDArray[np.int64]
    people: Floats


@dataclass(frozen=True)
class CountSeries:
    """What was counted at a site, or in total: `days` and `people`, added up and corrected.

    `parts` are the files that were added up, uncorrected, and `corrected` the days on which a registration
    was corrected: with them the arithmetic of the peer engine can be followed at any scale, to the last bit.
    """

    name: str
    days: npt.NDArray[np.int64]
    people: Floats
    parts: tuple[CountPart, ...] = ()
    corrected: tuple[int, ...] = ()


@dataclass(frozen=True)
class Displacement:
    """Everything that a simulation of a displacement reads.

    `counts` begins with the total; the series after it are sites. `intensity` is float64[day] by name of a
    site, ``None`` where the folder has no table of conflicts. `demographics` is by attribute a table of
    value by column (``Default`` or a site), as (values, {column: weights}).
    """

    name: str
    start: date
    days: int
    sites: tuple[Site, ...]
    links: tuple[SiteLink, ...]
    closures: tuple[Closure, ...]
    intensity: Mapping[str, Floats] | None
    counts: tuple[CountSeries, ...]
    settings: Settings
    demographics: Mapping[str, tuple[tuple[str, ...], Mapping[str, Floats]]] = field(default_factory=dict)
