"""``travesia check PACK``: every finding in a pack, with file and row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from travesia.cli.ledger_files import LEDGER
from travesia.cli.options import Json, Pack
from travesia.cli.output import emit_json, say
from travesia.region import (
    CHECKS,
    Finding,
    acceptances_of,
    check_pack,
    find_pack,
    finding_of,
    load_region,
)
from travesia.scenario import check_policies, load_parameters, load_policies, load_scenario, scenario_names
from travesia.terms import InputError


def check(pack: Pack, as_json: Json = False) -> int:
    """Check a pack: files, ids, links, reach, gates, periods, totals, policies, scenarios and ledger.

    Prints all findings; ends with 1 if any of them is an error.
    """
    findings = check_pack(pack)
    if not _errors(findings):
        findings += _scenario_findings(pack)
        findings += _ledger_findings(pack)
        findings += _displacement_findings(pack)
    errors = _errors(findings)
    warnings = len(findings) - errors
    if as_json:
        rows = [asdict(finding) for finding in findings]
        emit_json(
            {"pack": pack, "errors": errors, "warnings": warnings, "checks": _checks(pack), "rows": rows}
        )
    else:
        for finding in findings:
            say(str(finding))
        say(f"{pack}: {errors} errors, {warnings} warnings in {len(_checks(pack))} checks")
    return 1 if errors else 0


def _checks(pack: str) -> list[str]:
    own = ["displacement"] if has_displacement(pack) else []
    ledger = ["ledger"] if find_pack(pack).layers(LEDGER) else []
    return ["files", "ids", *CHECKS, "policies", "scenarios", *ledger, *own]


def has_displacement(pack: str) -> bool:
    """Return whether a pack holds a displacement, without loading what reads it."""
    return find_pack(pack).file("displacement").is_dir()


def _errors(findings: list[Finding]) -> int:
    return sum(finding.severity == "error" for finding in findings)


def _displacement_findings(pack: str) -> Iterator[Finding]:
    """Read and lay out the displacement of a pack that has one; others need not load what reads it."""
    if not has_displacement(pack):
        return
    from travesia.movement import build_terrain, load_displacement

    try:
        if (found := load_displacement(pack)) is not None:
            build_terrain(found)
    except InputError as error:
        yield finding_of("displacement", error)


def _ledger_findings(pack: str) -> Iterator[Finding]:
    """Go through the lines of a ledger, as `travesia ledger verify` does."""
    if not (files := find_pack(pack).layers(LEDGER)):
        return
    from travesia.record import verify_files

    for file in verify_files(*files, acceptances=acceptances_of(pack)):
        yield from (finding_of("ledger", fault) for fault in file.faults)


def _scenario_findings(pack: str) -> Iterator[Finding]:
    """Read policies, parameters and every scenario of a pack that can be read otherwise."""
    region = load_region(pack)
    try:
        policies = load_policies(pack)
        check_policies(policies, region, region.folder / "policies")
        load_parameters(region.folder)
        names = dict.fromkeys((*scenario_names(region), *region.default_scenarios))
    except InputError as error:
        yield finding_of("policies", error)
        return
    for name in names:
        try:
            load_scenario(region, name)
        except InputError as error:
            yield finding_of("scenarios", error)
