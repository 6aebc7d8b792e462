"""Groups of cases and the floors that they are promised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from travesia.sharing.assign.params import Params
from travesia.sharing.assign.program import Flags, Floats
from travesia.sharing.assign.sheets import read_cells
from travesia.terms import InputError


@dataclass(frozen=True)
class Groups:
    """Names, cases of each [cases], what its score is divided by, and its least score (-inf: none).

    ``least`` is that for each unit of the divisor, ``part`` [groups, cases] what a case adds to the divisor.
    """

    names: tuple[str, ...] = ()
    members: tuple[Flags, ...] = ()
    size: tuple[float, ...] = ()
    floor: tuple[float, ...] = ()
    least: tuple[float, ...] = ()
    part: Floats = field(default_factory=lambda: np.zeros((0, 0)))


def read_groups(
    path: Path | None, params: Params, cases: Mapping[str, int], resources: tuple[str, ...], amounts: Floats
) -> Groups:
    """Read the table ``groups`` (case, group; a case may be in several) and the floors of the options.

    Raises
    ------
    InputError
        For an unknown case or group, a row that stands twice, or a divisor that is no resource.
    """
    members: dict[str, Flags] = {}
    if path is not None:
        for cells in read_cells(path, ["case", "group"])[1]:
            case, name = cells.known("case", "case", cases), cells.name("group")
            mask = members.setdefault(name, np.zeros(len(cases), np.bool_))
            if mask[case]:
                raise cells.fault("case", "row stands twice", "keep one")
            mask[case] = True
    for name in params.floors:
        if name not in members:
            raise params.fault(f"group_floors.{name}", "group has no case", "name its cases in groups")
    if params.group_per != "case" and params.group_per not in resources:
        known = ", ".join(("case", *resources))
        raise params.fault("group_per", "is no resource", f"give {known}", params.group_per)
    part = (
        np.ones(len(cases)) if params.group_per == "case" else amounts[:, resources.index(params.group_per)]
    )
    size = {name: float(part[mask].sum()) for name, mask in members.items()}
    for name, divisor in size.items():
        if not divisor:
            problem = f"group has no {params.group_per}"
            raise InputError(path or "groups", problem, "leave it out", column="group", value=name)
    least = tuple(params.floors.get(name, -np.inf) for name in members)
    floor = tuple(low * size[name] for low, name in zip(least, members, strict=True))
    parts = [np.where(mask, part, 0.0) for mask in members.values()]
    adds = np.array(parts).reshape(len(members), len(part))
    return Groups(tuple(members), tuple(members.values()), tuple(size.values()), floor, least, adds)
