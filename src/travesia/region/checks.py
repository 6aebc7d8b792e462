"""Named checks of a pack, all findings at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import polars as pl

from travesia.region import count_checks, map_checks
from travesia.region.findings import Fault, Finding, Subject, finding_of, located
from travesia.region.loading import SHAPES, assemble, read_shapes, schemas_of, table_path, unknown_ids
from travesia.region.manifest import MANIFEST, read_manifest
from travesia.region.paths import find_pack
from travesia.region.region import Region
from travesia.terms import InputError, read_table

Check = Callable[[Subject], Iterator[Fault]]

CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "duplicate-links": map_checks.duplicate_links,
        "short-links": map_checks.short_links,
        "dangers": map_checks.dangers,
        "reachable-places": map_checks.reachable_places,
        "gates": map_checks.gates,
        "coordinates": map_checks.coordinates,
        "periods": count_checks.periods,
        "measures": count_checks.measures,
        "nationalities": count_checks.nationalities,
        "totals": count_checks.totals,
    }
)
"""The checks of a region that could be read; files and ids are checked before, as ``files`` and ``ids``."""


def check_region(region: Region) -> list[Finding]:
    """Run every named check on a region and return all findings, errors and warnings, in order."""
    paths = find_pack(region.folder)
    subject = Subject(region, read_manifest(paths.file(MANIFEST)), paths)
    findings: list[Finding] = []
    for name, check in CHECKS.items():
        try:
            findings += located(name, list(check(subject)), paths)
        except InputError as error:
            findings.append(finding_of(name, error))
    return findings


def check_pack(pack: str | Path) -> list[Finding]:
    """Check a pack from its files on, and go on after a fault as far as the other files allow.

    Raises
    ------
    InputError
        If there is no such pack.
    """
    paths = find_pack(pack)
    findings: list[Finding] = []
    tables: dict[str, pl.DataFrame] = {}
    manifest, shapes = None, None
    try:
        manifest = read_manifest(paths.file(MANIFEST))
    except InputError as error:
        findings.append(finding_of("files", error))
    for name, schema in schemas_of(paths).items():
        try:
            tables[name] = read_table(table_path(paths, name), schema)
        except InputError as error:
            findings.append(finding_of("files", error))
    try:
        shapes = read_shapes(paths.file(SHAPES))
    except InputError as error:
        findings.append(finding_of("files", error))
    if manifest is not None:
        findings += [finding_of("ids", error) for error in unknown_ids(paths, manifest, tables)]
    if findings or manifest is None or shapes is None:
        return findings
    return check_region(assemble(paths, manifest, tables, shapes))
