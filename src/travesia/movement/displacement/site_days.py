"""What each site is on each day: its kind, its chance to leave, its score, its room, who is driven from it.

The flags change as the rule set says. Under ``flee`` they follow the peer, quirks included: only the start
and the end of a conflict count, a camp that had one stays a town in its chance to leave, and weights of
spawning lag a day behind. Under ``travesia`` every day's intensity counts and a camp is a camp again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from travesia.movement.displacement.counts import is_camp
from travesia.movement.displacement.displacement import Displacement, Site

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class SiteDays:
    """Per day and site."""

    camp: Bools
    town: Bools
    marker: Bools
    leave: Floats
    """Chance to leave on a day, without regard to inhabitants."""
    safety: Floats
    """Factor of the score by kind and conflict: camps attract, conflict repels."""
    drive: Floats
    """Weight, number or share of the people spawned, by inhabitant or not."""


def kind_of(site: Site) -> str:
    """Return camp, idpcamp, conflict, forward, marker, flood_zone or town; the first match wins.

    A zone of conflict with a later date starts as a town.
    """
    text = site.kind.lower()
    if is_camp(site):
        return "idpcamp" if "idp" in text else "camp"
    if "conflict" in text:
        return "town" if site.conflict_day > 0 else "conflict"
    for kind, mark in (("forward", "forward"), ("marker", "marker"), ("flood_zone", "flood")):
        if mark in text:
            return kind
    return "town"


class _Flags:
    """The state of one site from day to day."""

    def __init__(self, displacement: Displacement, site: Site) -> None:
        self._move = displacement.settings.move
        self.kind = kind_of(site)
        self.camp = is_camp(site)
        self.idp = self.kind == "idpcamp"
        self.marker = self.kind == "marker"
        self.town = self.kind in ("town", "flood_zone")
        self.intensity = displacement.settings.default_conflict_intensity if self.kind == "conflict" else 0.0
        self.since = -1
        self.leave = {
            "camp": self._move.camp_movechance,
            "idpcamp": self._move.idpcamp_movechance,
            "conflict": self._move.conflict_movechance,
            "forward": 1.0,
            "marker": 1.0,
        }.get(self.kind, self._move.default_movechance)
        if self.leave < 0.005 and not self.camp and self.kind != "flood_zone":
            self.camp, self.town = True, False
        self._at_peace = (self.leave, self.town)

    def erupt(self, day: int, intensity: float) -> None:
        if self.intensity <= 0.0:
            self._at_peace = (self.leave, self.town)
        self.leave, self.town, self.since = self._move.conflict_movechance, False, day
        self.intensity = intensity

    def calm(self, quirks: bool) -> None:
        """End a conflict: the peer makes a town of the place, we what it was before."""
        self.intensity = 0.0
        if quirks or self.kind == "conflict":
            self.leave, self.town = self._move.default_movechance, True
        else:
            self.leave, self.town = self._at_peace

    def close_camp(self, quirks: bool) -> None:
        """Make a town of a camp; under the peer's rules that ends a conflict there, too."""
        self.camp = self.idp = self.marker = False
        self._become(self._move.default_movechance, True, quirks)

    def open_camp(self, idp: bool, quirks: bool) -> None:
        """Make a camp of a place."""
        self.camp, self.idp, self.marker = True, idp, False
        self._become(self._move.idpcamp_movechance if idp else self._move.camp_movechance, False, quirks)

    def _become(self, leave: float, town: bool, quirks: bool) -> None:
        if quirks:
            self.intensity = 0.0
        if self.intensity > 0.0:
            self._at_peace = (leave, town)
        else:
            self.leave, self.town = leave, town


def site_days(displacement: Displacement, quirks: bool) -> SiteDays:
    """Return what each site is on each day; `quirks` for the peer's rules."""
    sites, days = displacement.sites, displacement.days
    flags = [_Flags(displacement, site) for site in sites]
    shape = (days, len(sites))
    camp, town, marker = (np.zeros(shape, dtype=np.bool_) for _ in range(3))
    leave, safety, drive = (np.zeros(shape) for _ in range(3))
    index = {site.name: k for k, site in enumerate(sites)}
    for day in range(days):
        changed = _conflicts(displacement, flags, index, day, quirks)
        # The peer weighs with yesterday's clock, unless a conflict begins or ends today.
        weigh_at = day if changed or day == 0 or not quirks else day - 1
        drive[day] = [_drive(displacement, flag, weigh_at) for flag in flags]
        for closure in displacement.closures:
            if closure.kind not in ("camp", "idpcamp") or closure.one not in index:
                continue
            flag = flags[index[closure.one]]
            if day == closure.first:
                flag.close_camp(quirks)
            if day == closure.last and (quirks or not _held_closed(displacement, closure.one, day)):
                flag.open_camp(closure.kind == "idpcamp", quirks)
        for k, flag in enumerate(flags):
            camp[day, k], town[day, k], marker[day, k] = flag.camp, flag.town, flag.marker
            leave[day, k] = flag.leave
            safety[day, k] = _safety(displacement, flag, day)
    return SiteDays(camp, town, marker, leave, safety, drive)


def _conflicts(
    displacement: Displacement, flags: list[_Flags], index: dict[str, int], day: int, quirks: bool
) -> bool:
    """Let conflicts begin, change and end; return whether the peer would have weighed anew."""
    changed = False
    if displacement.intensity is None:
        # The peer reads another column in place of the day, so that it never comes.
        for k, site in enumerate(displacement.sites):
            if not quirks and "conflict" in site.kind.lower() and site.conflict_day == day > 0:
                flags[k].erupt(day, displacement.settings.default_conflict_intensity)
                changed = True
        return changed
    for name, values in displacement.intensity.items():
        flag, now = flags[index[name]], float(values[day])
        if quirks:
            before = float(values[day - 1]) if day else 0.0
            if now > 0.0 and before <= 0.0:
                flag.erupt(day, now)
                changed = True
            elif now <= 0.0 < before:
                flag.calm(quirks)
                changed = True
        elif now > 0.0 and (flag.intensity <= 0.0 or day == 0):
            flag.erupt(day, now)
        elif now > 0.0:
            flag.intensity = now
        elif flag.intensity > 0.0:
            flag.calm(quirks)
    return changed


def _held_closed(displacement: Displacement, name: str, day: int) -> bool:
    """Tell whether another row still closes a camp on a day."""
    rows = (row for row in displacement.closures if row.kind in ("camp", "idpcamp") and row.one == name)
    return any(row.first <= day and (day < row.last or row.last <= row.first) for row in rows)


def _decay(displacement: Displacement, elapsed: int) -> float:
    spawn = displacement.settings.spawn
    if not spawn.conflict_spawn_decay:
        return 1.0
    step = max(0, elapsed) // spawn.conflict_spawn_decay_interval
    return spawn.conflict_spawn_decay[min(step, len(spawn.conflict_spawn_decay) - 1)]


def _drive(displacement: Displacement, flag: _Flags, day: int) -> float:
    spawn = displacement.settings.spawn
    if flag.intensity <= 0.0:
        return 0.0
    if spawn.conflict_driven is not None:
        return spawn.displaced_per_conflict_day * flag.intensity
    return flag.intensity * _decay(displacement, day - flag.since)


def _safety(displacement: Displacement, flag: _Flags, day: int) -> float:
    move, score = displacement.settings.move, 1.0
    if flag.camp:
        score *= move.camp_weight
    if flag.intensity > 0.0:
        score *= move.conflict_weight ** (_decay(displacement, day - flag.since) * flag.intensity)
    return score
