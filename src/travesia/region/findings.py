"""What a check found: where, how bad, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from travesia.region.loading import table_path
from travesia.region.manifest import Manifest
from travesia.region.paths import PackPaths
from travesia.region.region import Region
from travesia.terms import InputError, read_rows

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Finding:
    """Something wrong (error) or doubtful (warning) in a pack; rows count as in a spreadsheet."""

    check: str
    severity: Severity
    file: str
    row: int | None
    column: str | None
    message: str
    remedy: str

    def __str__(self) -> str:
        place = self.file if self.row is None else f"{self.file}:{self.row}"
        column = "" if self.column is None else f"{self.column}: "
        return f"{self.severity}: {place}: {column}{self.message}; {self.remedy} [{self.check}]"


class Fault(NamedTuple):
    """What a check yields: a table, the position of a row in it, a column, and what is wrong there."""

    table: str
    at: int
    column: str
    message: str
    remedy: str
    severity: Severity = "error"


@dataclass(frozen=True)
class Subject:
    """What the checks look at: a region, the manifest of its pack, and where its files lie."""

    region: Region
    manifest: Manifest
    paths: PackPaths


def located(check: str, faults: list[Fault], paths: PackPaths) -> list[Finding]:
    """Return the findings of one check, with file and spreadsheet row."""
    files: dict[str, Path] = {fault.table: table_path(paths, fault.table) for fault in faults}
    rows = {table: [row for row, _ in read_rows(path)[1]] for table, path in files.items()}
    return [
        Finding(
            check,
            fault.severity,
            str(files[fault.table]),
            rows[fault.table][fault.at],
            fault.column,
            fault.message,
            fault.remedy,
        )
        for fault in faults
    ]


def finding_of(check: str, error: InputError) -> Finding:
    """Return an input error as a finding."""
    value = "" if error.value is None else f"{error.value} "
    message = f"{value}{error.problem}"
    return Finding(check, "error", error.file, error.row, error.column, message, error.remedy)
