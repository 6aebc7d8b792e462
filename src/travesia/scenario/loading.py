"""From the files of a pack to scenarios: what was known, what a scenario overrides, what it is called."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field

from travesia.scenario.changes import capped, ended, first_difference, resting, taken_out
from travesia.scenario.digests import digest_of
from travesia.scenario.policies import (
    AmountTable,
    Plan,
    PolicySet,
    PolicyTable,
    Table,
    check_policies,
    load_policy_set,
    policies_path,
    to_amount,
    to_policy,
)
from travesia.scenario.policy import DepartureChange, Parameter, Policy
from travesia.scenario.reading import TomlFile, Where, fault, read_toml, validated
from travesia.scenario.scenario import Scenario
from travesia.terms import Span, UnknownIdsError, parse_month

if TYPE_CHECKING:
    from travesia.region import Region

RULES = ("travesia", "flee")
_NAME = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


class ParameterTable(Table):
    """A parameter as written."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    title: str = Field(min_length=1)
    amount: AmountTable
    why: str = Field(min_length=1)


class ParameterFile(Table):
    """The whole of `parameters.toml`."""

    parameters: list[ParameterTable] = []


class EndTable(Table):
    """An end moved: `policy` is no longer in force from `day` on."""

    policy: str
    day: date


class DepartureTable(Table):
    """A factor on departures; nationalities ``["*"]`` are all of the region, less those in `except`."""

    id: str
    title: str
    nationalities: list[str] = Field(min_length=1)
    excepted: list[str] = Field(default=[], alias="except")
    start: date
    amount: AmountTable
    ramp: list[float] = []
    base_month: str | None = None


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
    rules: str | None = None
    without: list[str] = []
    end: list[EndTable] = []
    add: list[PolicyTable] = []
    departures: list[DepartureTable] = []
    parameters: list[OverrideTable] = []


class ScenarioFile(Table):
    """The whole of `scenarios.toml`."""

    scenarios: dict[str, ScenarioTable]


@dataclass(frozen=True)
class _Pack:
    """What the loader has read: the region, its policies and parameters, and the scenario file."""

    region: Region
    policies: PolicySet
    parameters: tuple[Parameter, ...]
    file: TomlFile
    tables: Mapping[str, ScenarioTable]
    known: date | None
    span: Span


def scenario_names(region: Region) -> tuple[str, ...]:
    """Return the names of a region's scenarios, in the order of its file."""
    return tuple(validated(read_toml(region.folder / "scenarios.toml"), ScenarioFile).scenarios)


def load_parameters(pack: Path) -> tuple[Parameter, ...]:
    """Read `parameters.toml` of a pack folder; raises `ScenarioError` with file and line for a wrong one."""
    file = read_toml(pack / "parameters.toml")
    out: dict[str, Parameter] = {}
    for number, table in enumerate(validated(file, ParameterFile).parameters):
        where: Where = ("parameters", number)
        if table.id in out:
            raise fault(file, (*where, "id"), "stands twice", "give each parameter its own id", table.id)
        amount = to_amount(file, (*where, "amount"), table.amount, None)
        out[table.id] = Parameter(table.id, table.title, amount, table.why)
    return tuple(out.values())


def load_scenario(region: Region, name: str, *, known: date | None = None, span: Span | None = None) -> Scenario:
    """Read one scenario of a region.

    Parameters
    ----------
    region
        The region; its folder holds policies, `scenarios.toml` and `parameters.toml`.
    name
        A name of `scenario_names`.
    known
        Let only what was announced by this day act, with ends as known then; ``None``: as the file says.
    span
        Days to run; ``None``: the default span of the region.

    Raises
    ------
    UnknownIdsError
        An unknown scenario, policy, nationality, place or parameter; the first five are named.
    ScenarioError
        Anything else that is wrong in the files, with file and line.
    """
    file = read_toml(region.folder / "scenarios.toml")
    tables = validated(file, ScenarioFile).scenarios
    if name not in tables:
        raise UnknownIdsError(file.path, "scenario", [name], known=f"{file.path.name}: {', '.join(tables)}")
    recorded = load_policy_set(region.folder)
    check_policies(recorded.policies, region, policies_path(region.folder))
    chain = _chain(file, tables, name)
    known = known or next((tables[link].known for link in chain if tables[link].known), None)
    pack = _Pack(
        region, recorded, load_parameters(region.folder), file, tables, known, span or region.default_span
    )
    scenario = _recorded(pack)
    for link in reversed(chain):
        scenario = _overridden(pack, scenario, link)
    return scenario


def as_known(policies: Sequence[Policy], plans: Sequence[Plan], day: date) -> tuple[Policy, ...]:
    """Return the policies as known at the end of a day.

    One that was not announced by then (or, without a known announcement, had not started) is left out. An
    end that became known later is replaced by the end fixed at the time: the last plan known by then, or
    `planned_end`, or no end.
    """
    out = []
    for policy in policies:
        if (policy.announced or policy.span.start) > day:
            continue
        end = policy.span.end
        if end is not None and (policy.end_known or end - timedelta(days=1)) > day:
            made = [plan for plan in plans if plan.policy == policy.id and plan.known <= day]
            end = made[-1].end if made else policy.planned_end
        out.append(replace(policy, span=Span(policy.span.start, end)))
    return tuple(out)


def _recorded(pack: _Pack) -> Scenario:
    policies = pack.policies.policies
    rests = resting(policies)
    if pack.known is not None:
        policies = as_known(policies, pack.policies.plans, pack.known)
    return Scenario(
        name="", title="", region=pack.region.name, policies=capped(policies, rests),
        parameters=pack.parameters, departures=(), span=pack.span, known=pack.known,
    )  # fmt: skip


def _chain(file: TomlFile, tables: Mapping[str, ScenarioTable], name: str) -> list[str]:
    chain = [name]
    while (base := tables[chain[-1]].base) is not None:
        where: Where = ("scenarios", chain[-1], "base")
        if base not in tables:
            raise fault(file, where, "unknown scenario", f"use one of {', '.join(tables)}", base)
        if base in chain:
            raise fault(file, where, "leads back to itself", "break the circle", base)
        chain.append(base)
    return chain


def _overridden(pack: _Pack, base: Scenario, name: str) -> Scenario:
    table, where = pack.tables[name], ("scenarios", name)
    if not _NAME.match(name):
        raise fault(pack.file, where, "is no id", "use lower-case letters, digits and single hyphens", name)
    if table.rules is not None and table.rules not in RULES:
        raise fault(pack.file, (*where, "rules"), "unknown rules", f"use {' or '.join(RULES)}", table.rules)
    policies, changes = _changed_policies(pack, base.policies, name)
    departures = tuple(_departure(pack, name, number) for number in range(len(table.departures)))
    parameters = _changed_parameters(pack, base.parameters, name)
    changes += [_in_words(change.title, change) for change in departures]
    changes += [f"parameter {override.id} {override.amount.value:g}" for override in table.parameters]
    scenario = Scenario(
        name=name, title=table.title, region=base.region, policies=policies, parameters=parameters,
        departures=base.departures + departures, span=base.span, rules=table.rules or base.rules,
        known=base.known, base=table.base, changes=tuple(changes) if table.base else (),
    )  # fmt: skip
    if table.base is not None:
        scenario = replace(scenario, first_difference=first_difference(base, scenario))
    return replace(scenario, digest=digest_of(scenario))


def _changed_policies(
    pack: _Pack, policies: tuple[Policy, ...], name: str
) -> tuple[tuple[Policy, ...], list[str]]:
    table, changes = pack.tables[name], []
    for key, number, policy in _named_policies(table):
        held = next((p for p in policies if p.id == policy), None)
        if held is None:
            _require_recorded(pack, name, key, number, policy)
        elif key == "without":
            policies, words = taken_out(policies, policy)
            changes.append(words)
        else:
            day = table.end[number].day
            if day <= held.span.start:
                where = ("scenarios", name, "end", number, "day")
                raise fault(
                    pack.file, where, f"{policy} begins on {held.span.start}", "use `without`, or a later day", day
                )
            policies, words = ended(policies, policy, day)
            changes.append(words)
    added = [_added(pack, policies, name, number) for number in range(len(table.add))]
    changes += [f"with {policy.id} from {policy.span.start}: {policy.description}" for policy in added]
    return (*policies, *added), changes


def _named_policies(table: ScenarioTable) -> list[tuple[str, int, str]]:
    ends = [("end", number, end.policy) for number, end in enumerate(table.end)]
    return ends + [("without", number, policy) for number, policy in enumerate(table.without)]


def _require_recorded(pack: _Pack, name: str, key: str, number: int, policy: str) -> None:
    """Let an override pass whose policy is not yet known, or went with another; refuse an unknown id."""
    ids = {p.id for p in pack.policies.policies} | {p.id for t in pack.tables.values() for p in t.add}
    if policy not in ids:
        where: Where = ("scenarios", name, key) if key == "without" else ("scenarios", name, key, number, "policy")
        raise fault(pack.file, where, "unknown policy", "use an id of the pack's policies", policy)


def _added(pack: _Pack, policies: Sequence[Policy], name: str, number: int) -> Policy:
    table, where = pack.tables[name].add[number], ("scenarios", name, "add", number)
    taken = {policy.id for policy in policies} | {policy.id for policy in pack.policies.policies}
    taken |= {other.id for other in pack.tables[name].add[:number]}
    if table.id in taken:
        raise fault(pack.file, (*where, "id"), "stands twice", "give the new policy its own id", table.id)
    if table.part_of is not None and table.part_of not in taken:
        raise fault(pack.file, (*where, "part_of"), "unknown policy", "name a policy of the pack", table.part_of)
    policy = to_policy(pack.file, where, table, pack.policies.groups, recorded=False)
    check_policies([policy], pack.region, pack.file.path)
    return policy


def _departure(pack: _Pack, name: str, number: int) -> DepartureChange:
    table, where = pack.tables[name].departures[number], ("scenarios", name, "departures", number)
    known = sorted(set(pack.region.origins["nationality"].to_list()))
    wanted = known if table.nationalities == ["*"] else table.nationalities
    for key, codes in (("nationalities", wanted), ("except", table.excepted)):
        if unknown := [code for code in codes if code not in known]:
            raise fault(pack.file, (*where, key), "unknown nationality", "use one of origins.csv", unknown[0])
    if table.amount.unit != "ratio":
        raise fault(pack.file, (*where, "amount"), "unknown unit", "a factor has the unit ratio", table.amount.unit)
    if table.base_month is not None:
        try:
            parse_month(table.base_month)
        except ValueError:
            where_month = (*where, "base_month")
            raise fault(pack.file, where_month, "is no month", "write YYYY-MM", table.base_month) from None
    return DepartureChange(
        id=table.id, title=table.title, nationalities=tuple(c for c in wanted if c not in table.excepted),
        start=table.start, amount=to_amount(pack.file, (*where, "amount"), table.amount, None),
        ramp=tuple(table.ramp), base_month=table.base_month,
    )  # fmt: skip


def _changed_parameters(pack: _Pack, parameters: tuple[Parameter, ...], name: str) -> tuple[Parameter, ...]:
    out = {parameter.id: parameter for parameter in parameters}
    for number, table in enumerate(pack.tables[name].parameters):
        where: Where = ("scenarios", name, "parameters", number)
        if table.id not in out:
            raise fault(pack.file, (*where, "id"), "unknown parameter", "use one of parameters.toml", table.id)
        old = out[table.id]
        if table.amount.unit != old.amount.unit:
            remedy = f"this parameter has the unit {old.amount.unit}"
            raise fault(pack.file, (*where, "amount"), "unknown unit", remedy, table.amount.unit)
        amount = to_amount(pack.file, (*where, "amount"), table.amount, None)
        out[table.id] = replace(old, amount=amount, why=table.why)
    return tuple(out.values())


def _in_words(title: str, change: DepartureChange) -> str:
    amount = change.amount
    span = "" if amount.low is None else f" ({amount.low:g} to {amount.high:g})"
    return f"{title}: {amount.value:g}{span} from {change.start}"
