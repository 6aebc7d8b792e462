"""What stands in `scenarios.toml` and `parameters.toml`, checked for form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field

from travesia.region import find_pack
from travesia.scenario.policies import ID, AmountTable, PolicyTable, Table, to_amount
from travesia.scenario.policy import Parameter
from travesia.terms import Amount, ScenarioError
from travesia.terms.toml import TomlFile, Where, fault, read_toml, validated


class ParameterTable(Table):
    """A parameter as written."""

    id: ID
    title: str = Field(min_length=1)
    amount: AmountTable
    why: str = Field(min_length=1)
    instead_of: str | None = None
    nationalities: list[str] = Field(default=[])


class ParameterFile(Table):
    """The whole of `parameters.toml`."""

    parameters: list[ParameterTable]


class EndTable(Table):
    """An end moved: `policy` is no longer in force from `day` on."""

    policy: str
    day: date


class DepartureTable(Table):
    """A factor on departures; nationalities ``["*"]`` are all of the region, less those in `except`."""

    id: ID
    title: str = Field(min_length=1)
    nationalities: list[str] = Field(min_length=1)
    excepted: list[str] = Field(default=[], alias="except")
    start: date
    amount: AmountTable
    ramp: list[Annotated[float, Field(ge=0, le=1)]] = Field(default=[])
    base_month: Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")] | None = None


class OverrideTable(Table):
    """Another amount for a parameter that the pack has."""

    id: str
    amount: AmountTable
    why: str = Field(min_length=1)


class ScenarioTable(Table):
    """A scenario as written: small overrides of its base, or of the recorded policies."""

    title: str = Field(min_length=1)
    base: str | None = None
    known: date | None = None
    rules: Literal["travesia", "flee"] | None = None
    without: list[str] = Field(default=[])
    end: list[EndTable] = Field(default=[])
    add: list[PolicyTable] = Field(default=[])
    departures: list[DepartureTable] = Field(default=[])
    parameters: list[OverrideTable] = Field(default=[])


class ScenarioFile(Table):
    """The whole of `scenarios.toml`."""

    scenarios: dict[ID, ScenarioTable]


@dataclass(frozen=True)
class Written:
    """A scenario as written, and where."""

    name: str
    file: TomlFile
    table: ScenarioTable

    def fault(self, where: Where, problem: str, remedy: str, value: object = None) -> ScenarioError:
        """Make the error for a place in this scenario."""
        return fault(self.file, ("scenarios", self.name, *where), problem, remedy, value)


def read_scenarios(pack: str | Path) -> Mapping[str, Written]:
    """Read the scenarios of a pack or project, in order; a project's own are added to those of its pack."""
    paths = find_pack(pack)
    out: dict[str, Written] = {}
    for path in paths.layers("scenarios.toml") or (paths.file("scenarios.toml"),):
        file = read_toml(path)
        for name, table in validated(file, ScenarioFile).scenarios.items():
            written = Written(name, file, table)
            if name in out:
                raise written.fault((), "the pack has a scenario of this name", "choose another name")
            out[name] = written
    return MappingProxyType(out)


def load_parameters(pack: str | Path) -> tuple[Parameter, ...]:
    """Read `parameters.toml` of a pack or project; a wrong one raises `ScenarioError` with file and line."""
    file = read_toml(find_pack(pack).file("parameters.toml"))
    out: dict[str, Parameter] = {}
    for number, table in enumerate(validated(file, ParameterFile).parameters):
        where: Where = ("parameters", number)
        if table.id in out:
            raise fault(file, (*where, "id"), "stands twice", "give each parameter its own id", table.id)
        amount = known_amount(file, (*where, "amount"), table.amount)
        _check_exception(file, where, table, out)
        out[table.id] = Parameter(
            table.id, table.title, amount, table.why, table.instead_of, tuple(table.nationalities)
        )
    return tuple(out.values())


def _check_exception(
    file: TomlFile, where: Where, table: ParameterTable, before: Mapping[str, Parameter]
) -> None:
    """Refuse an exception of nothing, for nobody, in another unit, or for whom one stands already."""
    name = table.instead_of
    if (name is None) != (not table.nationalities):
        given, missing = ("nationalities", "instead_of") if name is None else ("instead_of", "nationalities")
        raise fault(file, (*where, given), f"stands without {missing}", "give both, or none", name)
    if name is None:
        return
    if name not in before or before[name].instead_of is not None:
        raise fault(
            file, (*where, "instead_of"), "is no parameter above that applies by itself",
            "name one, and put the exception below it", name,
        )  # fmt: skip
    if before[name].amount.unit != table.amount.unit:
        remedy = f"its unit is {before[name].amount.unit}"
        raise fault(file, (*where, "instead_of"), "replaces an amount in another unit", remedy, name)
    for code in table.nationalities:
        taken = [p.id for p in before.values() if p.instead_of == name and code in p.nationalities]
        if taken:
            remedy = f"{taken[0]} has it already"
            raise fault(file, (*where, "nationalities"), "stands twice", remedy, code)


def known_amount(file: TomlFile, where: Where, table: AmountTable) -> Amount:
    """Make an amount that must have a value."""
    if table.value is None:
        raise fault(file, where, "has no value", "give value, with low and high if it is assumed")
    return to_amount(file, where, table, None)
