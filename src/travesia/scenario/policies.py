"""From `policies.toml` (or `policies/*.toml`) of a pack to policies, with groups resolved."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from travesia.region import PackPaths, Region, find_pack
from travesia.scenario.kinds import DEMOGRAPHICS, KINDS, LEGAL_BASES, UNITS
from travesia.scenario.policy import Policy
from travesia.terms import Amount, Basis, Span, UnknownIdsError
from travesia.terms.toml import TomlFile, Where, fault, read_toml, validated

_ID_FORM = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
_POLICY_FILE = re.compile(r"^policies(/[^/]+)?\.toml$")
_STATE = re.compile(r"^([A-Z]{3}|OTHER)$")


def _in_list(kind: str, allowed: Iterable[str]) -> Callable[[str], str]:
    names = tuple(allowed)

    def check(value: str) -> str:
        if value not in names:
            raise ValueError(f"unknown {kind}, none of {', '.join(names)}")
        return value

    return check


def _id(value: str) -> str:
    if not _ID_FORM.match(value):
        raise ValueError("is no id (lower-case letters, digits, single hyphens)")
    return value


ID = Annotated[str, AfterValidator(_id)]


class Table(BaseModel):
    """A table of a TOML file: types exact, unknown keys refused."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class AmountTable(Table):
    """An amount as written: `value`, `unit`, optional range, basis and source."""

    value: float | None = Field(default=None, allow_inf_nan=False)
    unit: str = Field(min_length=1)
    low: float | None = Field(default=None, allow_inf_nan=False)
    high: float | None = Field(default=None, allow_inf_nan=False)
    basis: Basis = "cited"
    source: str | None = None


class PolicyTable(Table):
    """A policy as written; `end` and `planned_end` are the first day no longer in force."""

    id: ID
    kind: Annotated[str, AfterValidator(_in_list("kind", KINDS))]
    description: str
    authority: list[str]
    start: date
    end: date | None = None
    planned_end: date | None = None
    announced: date | None = None
    end_known: date | None = None
    nationalities: list[str] = Field(min_length=1)
    excepted: list[str] = Field(default=[], alias="except")
    demographics: list[Annotated[str, AfterValidator(_in_list("demographic", DEMOGRAPHICS))]] | None = None
    where: list[str] = Field(min_length=1)
    effect: dict[str, AmountTable] = {}
    part_of: str | None = None
    legal_basis: Annotated[str, AfterValidator(_in_list("legal basis", LEGAL_BASES))] | None = None
    in_model: bool
    certainty: str
    source: str = Field(min_length=1)
    record: str | None = None


class PlanTable(Table):
    """An end fixed by an announcement: from `known` on `policy` was to end on `end` (absent: no end)."""

    policy: str
    said_by: str
    known: date
    end: date | None = None
    source: str


class GroupTables(Table):
    """Named groups of nationalities and of places or links."""

    nationalities: dict[str, list[str]] = {}
    places: dict[str, list[str]] = {}


class PolicyFile(Table):
    """The whole of a policies file."""

    groups: GroupTables = GroupTables()
    policies: list[PolicyTable] = []
    plans: list[PlanTable] = []


@dataclass(frozen=True)
class Plan:
    """An end as fixed on the day `known`: `policy` was then to end on `end`, or without one."""

    policy: str
    known: date
    end: date | None
    said_by: str
    source: str


@dataclass(frozen=True)
class Groups:
    """Named groups that policies write with @: nationalities, and places or directed links."""

    nationalities: Mapping[str, tuple[str, ...]]
    places: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class PolicySet:
    """Everything that the policy files of a pack say, as recorded."""

    policies: tuple[Policy, ...]
    plans: tuple[Plan, ...]
    groups: Groups


def load_policies(pack: str | Path) -> tuple[Policy, ...]:
    """Read the policies of a pack or project, as recorded and in the order of its files.

    Raises
    ------
    ScenarioError
        One line with file and line for a syntax error, an unknown key, kind, unit, group or parent,
        a day that does not exist, an end before the start, or an id that stands twice.
    """
    return load_policy_set(pack).policies


def load_policy_set(pack: str | Path) -> PolicySet:
    """Read policies, plans and groups of a pack or project: `policies.toml`, or all of `policies/*.toml`."""
    files = [(file, validated(file, PolicyFile)) for file in map(read_toml, _policy_files(find_pack(pack)))]
    groups = Groups(
        _merged([(file, "nationalities", content.groups.nationalities) for file, content in files]),
        _merged([(file, "places", content.groups.places) for file, content in files]),
    )
    policies: dict[str, Policy] = {}
    for file, content in files:
        for number, table in enumerate(content.policies):
            where: Where = ("policies", number)
            if table.id in policies:
                raise fault(file, (*where, "id"), "stands twice", "give each policy its own id", table.id)
            policies[table.id] = to_policy(file, where, table, groups)
    plans = [plan for file, content in files for plan in _plans(file, content, policies)]
    for file, content in files:
        for number, table in enumerate(content.policies):
            check_parent(file, ("policies", number), table, policies)
    return PolicySet(tuple(policies.values()), tuple(sorted(plans, key=lambda plan: plan.known)), groups)


def to_policy(
    file: TomlFile, where: Where, table: PolicyTable, groups: Groups, *, recorded: bool = True
) -> Policy:
    """Make a policy of its table, resolving groups; `recorded` ones have a record, ``pol:ID`` if not said."""
    if table.end is not None and table.end < table.start:
        raise fault(file, (*where, "end"), f"is before the start {table.start}", "correct one", table.end)
    nationalities = _resolved(file, (*where, "nationalities"), table.nationalities, groups.nationalities)
    excepted = _resolved(file, (*where, "except"), table.excepted, groups.nationalities)
    for key, codes in (
        ("nationalities", nationalities),
        ("except", excepted),
        ("authority", table.authority),
    ):
        for code in codes:
            if code != "*" and not _STATE.match(code):
                raise fault(file, (*where, key), "is no ISO 3166 alpha-3 code", "correct it", code)
    effect = {}
    for name, amount in table.effect.items():
        if amount.unit not in UNITS:
            known = ", ".join(UNITS)
            raise fault(file, (*where, "effect"), "unknown unit", f"use one of {known}", amount.unit)
        effect[name] = to_amount(file, (*where, "effect"), amount, table.source)
    return Policy(
        id=table.id, kind=table.kind, authority=tuple(table.authority), span=Span(table.start, table.end),
        where=_resolved(file, (*where, "where"), table.where, groups.places),
        nationalities=None if "*" in nationalities else nationalities, excepted=excepted,
        demographics=None if table.demographics is None else tuple(table.demographics),
        effect=MappingProxyType(effect), in_model=table.in_model, description=table.description,
        certainty=table.certainty, source=table.source, announced=table.announced,
        planned_end=table.planned_end, end_known=table.end_known, part_of=table.part_of,
        legal_basis=table.legal_basis, record=(table.record or f"pol:{table.id}") if recorded else None,
    )  # fmt: skip


def to_amount(file: TomlFile, where: Where, table: AmountTable, source: str | None) -> Amount:
    """Make an amount of its table; a range that does not hold the value is a fault of the line."""
    try:
        return Amount(table.value, table.unit, table.low, table.high, table.basis, table.source or source)
    except ValueError as error:
        raise fault(file, where, str(error), "correct the amount", table.value) from None


def check_parent(file: TomlFile, where: Where, table: PolicyTable, policies: Mapping[str, Policy]) -> None:
    """Refuse a policy whose `part_of` names nothing, or leads back to itself."""
    seen, parent = {table.id}, table.part_of
    while parent is not None:
        if parent not in policies:
            raise fault(file, (*where, "part_of"), "unknown policy", "name a policy of the pack", parent)
        if parent in seen:
            raise fault(file, (*where, "part_of"), "leads back to itself", "break the circle", parent)
        seen.add(parent)
        parent = policies[parent].part_of


def check_policies(policies: Sequence[Policy], region: Region, file: str | Path) -> None:
    """Check every id in policies against a region; raises `UnknownIdsError` naming the first five."""
    countries = {*region.countries["iso3"].to_list(), *region.origins["nationality"].to_list(), "OTHER"}
    routes = region.routes.select("id", "from", "to", "kind", "one_way").rows()
    links = {row[0] for row in routes} | {f"{row[2]}--{row[1]}--{row[3]}" for row in routes if not row[4]}
    places = {*region.places["id"].to_list(), *links}
    named = {code for policy in policies for code in (*(policy.nationalities or ()), *policy.excepted)}
    states = {code for policy in policies for code in policy.authority}
    where = {place for policy in policies for place in policy.where}
    for kind, unknown, known in (
        ("nationality", named - countries, "countries.csv"),
        ("state", states - countries, "countries.csv"),
        ("place or link", where - places, "places.csv or routes.csv"),
    ):
        if unknown:
            file, row = _first_named(file, sorted(unknown)[0], region)
            raise UnknownIdsError(file, kind, unknown, known=known, row=row)


def _first_named(file: str | Path, name: str, region: Region) -> tuple[str | Path, int | None]:
    """Return the file and line of the pack's policies that first hold an id; `file` where none does."""
    for path in _policy_files(find_pack(region.folder)):
        if path.exists():
            for row, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                if f'"{name}"' in line:
                    return path, row
    return file, None


def _policy_files(paths: PackPaths) -> list[Path]:
    found = [path for name, path in paths.files().items() if _POLICY_FILE.match(name)]
    return found or [paths.file("policies.toml")]


def _merged(parts: Sequence[tuple[TomlFile, str, dict[str, list[str]]]]) -> Mapping[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for file, key, groups in parts:
        for name, members in groups.items():
            if name in out:
                raise fault(file, ("groups", key, name), "group stands twice", "keep one", name)
            out[name] = tuple(members)
    return MappingProxyType(out)


def _plans(file: TomlFile, content: PolicyFile, policies: Mapping[str, Policy]) -> list[Plan]:
    for number, plan in enumerate(content.plans):
        for key, name in (("policy", plan.policy), ("said_by", plan.said_by)):
            if name not in policies:
                raise fault(file, ("plans", number, key), "unknown policy", "name a policy of the pack", name)
    return [Plan(plan.policy, plan.known, plan.end, plan.said_by, plan.source) for plan in content.plans]


def _resolved(
    file: TomlFile, where: Where, names: Sequence[str], groups: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    out: dict[str, None] = {}
    for name in names:
        if name.startswith("@"):
            if name[1:] not in groups:
                raise fault(file, where, "unknown group", f"use one of {', '.join(sorted(groups))}", name)
            out.update(dict.fromkeys(groups[name[1:]]))
        else:
            out[name] = None
    return tuple(out)
