"""The error tree of the package.

    TravesiaError                 exit code 2, one clear line
    |-- InputError                a file that a person wrote or chose is wrong: file, row, column, value
    |   |-- PackError             a pack folder cannot be read
    |   |-- ScenarioError         a scenario or policy is wrong
    |   `-- UnknownIdsError       ids that match nothing
    |-- UsageError                the command's words are off
    |-- OutputExistsError         the output folder exists and ``--force`` was not given
    `-- NotModelledError          asked for something that this version cannot do yet
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


class TravesiaError(Exception):
    """Any error that a user can cause and mend; its text is one line."""

    exit_code = 2


class InputError(TravesiaError):
    """A file is wrong: where, what, and what to do.

    The text is ``FILE:ROW: COLUMN VALUE: what is wrong; what to do``; rows count as in a spreadsheet,
    where the header is row 1.
    """

    def __init__(
        self,
        file: str | Path,
        problem: str,
        remedy: str,
        *,
        row: int | None = None,
        column: str | None = None,
        value: object = None,
    ) -> None:
        self.file, self.problem, self.remedy = str(file), problem, remedy
        self.row, self.column, self.value = row, column, value
        place = self.file if row is None else f"{self.file}:{row}"
        what = " ".join(_one_line(part) for part in (column, value) if part is not None)
        head = f"{place}: {what}: " if what else f"{place}: "
        super().__init__(f"{head}{_one_line(problem)}; {_one_line(remedy)}")


class PackError(InputError):
    """A pack folder cannot be read."""


class ScenarioError(InputError):
    """A scenario, policy or parameter is wrong."""


class UnknownIdsError(InputError):
    """Ids that match nothing; the first five are named."""

    def __init__(self, file: str | Path, kind: str, ids: Iterable[str], *, known: str) -> None:
        names = sorted(set(ids))
        shown = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
        super().__init__(file, f"unknown {kind} {shown}", f"use an id of {known}")


class UsageError(TravesiaError):
    """The words of a command or call are off."""


class OutputExistsError(TravesiaError):
    """The output folder exists already."""

    def __init__(self, folder: str | Path) -> None:
        super().__init__(f"{folder}: exists already; choose another --out or add --force")


class NotModelledError(TravesiaError):
    """The user asked for something that this version cannot do yet."""


def _one_line(text: object) -> str:
    return " ".join(str(text).split())
