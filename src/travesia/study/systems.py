"""What a pack set out to hold, and whether a user can see it work: names of a list, checked one by one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from travesia.record import Ledger
from travesia.region import find_pack, load_region
from travesia.scenario import load_parameters, load_policies, scenario_names
from travesia.sharing import keys
from travesia.study.study import TABLES
from travesia.terms.toml import fault, read_toml, validated

FILE = "systems.toml"


class _Table(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class SystemTable(_Table):
    """A system as written: records by id or pattern, what uses them, and what is not to be seen yet."""

    title: str = Field(min_length=1)
    records: list[str] = []
    used_by: list[str] = []
    open: str | None = Field(default=None, min_length=1)


class SystemFile(_Table):
    """The whole of `systems.toml`."""

    systems: dict[Annotated[str, Field(pattern=r"^[1-9]\d*$")], SystemTable]


@dataclass(frozen=True)
class System:
    """One row: the accepted records that belong to it, and what uses them.

    `missing` are the records and names of the list that are not there; `open` says what a user cannot see
    work yet. It works if records are named, nothing is missing and nothing is open.
    """

    number: int
    title: str
    records: tuple[str, ...]
    used_by: tuple[str, ...]
    missing: tuple[str, ...]
    open: str | None

    @property
    def works(self) -> bool:
        """Whether all that it rests on is there, and a user can see it."""
        return bool(self.records) and not self.missing and self.open is None


def systems_of(pack: str | Path, ledger: Ledger, has_command: Callable[[str], bool]) -> tuple[System, ...]:
    """Return the systems of a pack or project, by number.

    Parameters
    ----------
    pack
        Whose `systems.toml` lists them.
    ledger
        Whose accepted records count.
    has_command
        Tells whether a command line such as ``share --members`` is one.

    Raises
    ------
    ScenarioError
        If the file is missing or wrong, or a name has an unknown kind, with file and line.
    """
    file = read_toml(find_pack(pack).file(FILE))
    written = validated(file, SystemFile).systems
    ids = tuple(record.id for record in ledger.accepted())
    names = _names(pack)
    out = []
    for number, table in sorted(written.items(), key=lambda item: int(item[0])):
        found = {pattern: [name for name in ids if fnmatchcase(name, pattern)] for pattern in table.records}
        missing = [pattern for pattern, names_found in found.items() if not names_found]
        for at, use in enumerate(table.used_by):
            kind, _, name = use.partition(":")
            if kind != "command" and kind not in names:
                remedy = f"use one of command, {', '.join(names)}"
                raise fault(file, ("systems", number, "used_by", at), "unknown kind", remedy, use)
            if not (has_command(name) if kind == "command" else name in names[kind]):
                missing.append(use)
        records = tuple(dict.fromkeys(name for names_found in found.values() for name in names_found))
        uses = tuple(table.used_by)
        out.append(System(int(number), table.title, records, uses, tuple(missing), table.open))
    return tuple(out)


def _names(pack: str | Path) -> Mapping[str, Collection[str]]:
    region = load_region(pack)
    return {
        "policy": {policy.id for policy in load_policies(pack)},
        "scenario": scenario_names(region),
        "parameter": {parameter.id for parameter in load_parameters(pack)},
        "key": keys(),
        "series": set(region.observations["series"].unique()),
        "table": TABLES,
    }
