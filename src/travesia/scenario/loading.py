"""From the files of a pack to a scenario: the recorded policies, what was known, and the overrides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from travesia.region import Region
from travesia.scenario.changes import capped, ended, first_difference, resting, taken_out
from travesia.scenario.digests import digest_of
from travesia.scenario.files import Written, known_amount, load_parameters, read_scenarios
from travesia.scenario.known import as_known
from travesia.scenario.policies import PolicySet, check_policies, load_policy_set, to_policy
from travesia.scenario.policy import DepartureChange, Parameter, Policy
from travesia.scenario.scenario import Scenario
from travesia.terms import Span, UnknownIdsError
from travesia.terms.toml import Where

Policies = tuple[Policy, ...]


@dataclass(frozen=True)
class _Loaded:
    """What overrides are checked against."""

    region: Region
    recorded: PolicySet
    scenarios: Mapping[str, Written]


def scenario_names(region: Region) -> tuple[str, ...]:
    """Return the names of a region's scenarios, in the order of its file."""
    return tuple(read_scenarios(region.folder))


def load_scenario(
    region: Region, name: str, *, known: date | None = None, span: Span | None = None
) -> Scenario:
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
        An unknown scenario, nationality or place; the first five are named.
    ScenarioError
        Anything else that is wrong in the files, with file and line.
    """
    scenarios = read_scenarios(region.folder)
    if name not in scenarios:
        known_names = f"scenarios.toml: {', '.join(scenarios)}"
        raise UnknownIdsError(f"pack {region.name}", "scenario", [name], known=known_names)
    loaded = _Loaded(region, load_policy_set(region.folder), scenarios)
    check_policies(loaded.recorded.policies, region, f"policies of {region.name}")
    chain = _chain(scenarios, name)
    known = known or next((link.table.known for link in chain if link.table.known), None)
    scenario = _recorded(loaded, known, span or region.default_span)
    for link in reversed(chain):
        scenario = _overridden(loaded, scenario, link)
    return scenario


def _recorded(loaded: _Loaded, known: date | None, span: Span) -> Scenario:
    policies, rests = loaded.recorded.policies, resting(loaded.recorded.policies)
    if known is not None:
        policies = as_known(policies, loaded.recorded.plans, known)
    return Scenario(
        name="", title="", region=loaded.region.name, policies=capped(policies, rests),
        parameters=load_parameters(loaded.region.folder), departures=(), span=span, known=known,
    )  # fmt: skip


def _chain(scenarios: Mapping[str, Written], name: str) -> list[Written]:
    chain = [scenarios[name]]
    while (base := chain[-1].table.base) is not None:
        if base not in scenarios:
            raise chain[-1].fault(("base",), "unknown scenario", f"use one of {', '.join(scenarios)}", base)
        if any(link.name == base for link in chain):
            raise chain[-1].fault(("base",), "leads back to itself", "break the circle", base)
        chain.append(scenarios[base])
    return chain


def _overridden(loaded: _Loaded, base: Scenario, written: Written) -> Scenario:
    table = written.table
    policies, changes = _moved(loaded, base.policies, written)
    added = _added(loaded, policies, written)
    policies = (*policies, *added)
    departures = _departures(loaded.region, written)
    fresh = {change.id for change in departures}
    changes += [f"with {policy.id} from {policy.span.start}: {policy.description}" for policy in added]
    changes += [_in_words(change) for change in departures]
    changes += [f"{override.id} is {override.amount.value:g}" for override in table.parameters]
    scenario = replace(
        base, name=written.name, title=table.title, policies=capped(policies, resting(policies)),
        parameters=_parameters(base.parameters, written), rules=table.rules or base.rules,
        departures=(*(change for change in base.departures if change.id not in fresh), *departures),
        base=table.base, changes=tuple(changes) if table.base else (), first_difference=None,
    )  # fmt: skip
    if table.base is not None:
        scenario = replace(scenario, first_difference=first_difference(base, scenario))
    return replace(scenario, digest=digest_of(scenario))


def _moved(loaded: _Loaded, policies: Policies, written: Written) -> tuple[Policies, list[str]]:
    """Apply the ends and what is taken out; a policy not yet known, or gone with another, stays away."""
    changes = []
    for number, moved in enumerate(written.table.end):
        held = _held(loaded, policies, written, ("end", number, "policy"), moved.policy)
        if held is None:
            continue
        if moved.day <= held.span.start:
            problem, remedy = f"{held.id} begins on {held.span.start}", "use a later day, or `without`"
            raise written.fault(("end", number, "day"), problem, remedy, moved.day)
        policies, words = ended(policies, held.id, moved.day)
        changes.append(words)
    for name in written.table.without:
        if _held(loaded, policies, written, ("without",), name) is not None:
            policies, words = taken_out(policies, name)
            changes.append(words)
    return policies, changes


def _held(loaded: _Loaded, policies: Policies, written: Written, where: Where, name: str) -> Policy | None:
    added = {policy.id for other in loaded.scenarios.values() for policy in other.table.add}
    if name not in added | {policy.id for policy in loaded.recorded.policies}:
        raise written.fault(where, "unknown policy", "use the id of a policy of the pack", name)
    return next((policy for policy in policies if policy.id == name), None)


def _added(loaded: _Loaded, policies: Policies, written: Written) -> list[Policy]:
    taken = {policy.id for policy in (*policies, *loaded.recorded.policies)}
    out = []
    for number, table in enumerate(written.table.add):
        where: Where = ("scenarios", written.name, "add", number)
        if table.id in taken:
            problem, remedy = "stands twice", "give the new policy its own id"
            raise written.fault(("add", number, "id"), problem, remedy, table.id)
        if table.part_of is not None and table.part_of not in taken:
            remedy = "use the id of a policy of the pack"
            raise written.fault(("add", number, "part_of"), "unknown policy", remedy, table.part_of)
        taken.add(table.id)
        out.append(to_policy(written.file, where, table, loaded.recorded.groups, recorded=False))
    check_policies(out, loaded.region, written.file.path)
    return out


def _departures(region: Region, written: Written) -> tuple[DepartureChange, ...]:
    known = sorted(set(region.origins["nationality"].to_list()))
    out: dict[str, DepartureChange] = {}
    for number, table in enumerate(written.table.departures):
        where: Where = ("departures", number)
        wanted = known if table.nationalities == ["*"] else table.nationalities
        for key, codes in (("nationalities", wanted), ("except", table.excepted)):
            if unknown := [code for code in codes if code not in known]:
                raise written.fault(
                    (*where, key), "unknown nationality", "use one of origins.csv", unknown[0]
                )
        if table.amount.unit != "ratio":
            remedy = "a factor has the unit ratio"
            raise written.fault((*where, "amount"), "unknown unit", remedy, table.amount.unit)
        if table.id in out:
            raise written.fault((*where, "id"), "stands twice", "give each change its own id", table.id)
        place: Where = ("scenarios", written.name, *where, "amount")
        out[table.id] = DepartureChange(
            id=table.id, title=table.title, start=table.start, ramp=tuple(table.ramp),
            nationalities=tuple(code for code in wanted if code not in table.excepted),
            amount=known_amount(written.file, place, table.amount), base_month=table.base_month,
        )  # fmt: skip
    return tuple(out.values())


def _parameters(parameters: Sequence[Parameter], written: Written) -> tuple[Parameter, ...]:
    out = {parameter.id: parameter for parameter in parameters}
    for number, table in enumerate(written.table.parameters):
        where: Where = ("parameters", number)
        if table.id not in out:
            remedy = "use one of parameters.toml"
            raise written.fault((*where, "id"), "unknown parameter", remedy, table.id)
        old = out[table.id]
        if table.amount.unit != old.amount.unit:
            remedy = f"this parameter has the unit {old.amount.unit}"
            raise written.fault((*where, "amount"), "unknown unit", remedy, table.amount.unit)
        place: Where = ("scenarios", written.name, *where, "amount")
        amount = known_amount(written.file, place, table.amount)
        out[table.id] = replace(old, amount=amount, why=table.why)
    return tuple(out.values())


def _in_words(change: DepartureChange) -> str:
    amount = change.amount
    span = "" if amount.low is None else f" ({amount.low:g} to {amount.high:g})"
    return f"{change.title}: {amount.value:g}{span} from {change.start}"
