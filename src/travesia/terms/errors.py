"""The error tree of the package.

TravesiaError                 exit code 2, one clear line
|-- InputError                a file that a person wrote or chose is wrong: file, row, column, value
|   |-- PackError             a pack folder cannot be read
|   |-- ScenarioError         a scenario or policy is wrong
|   `-- UnknownIdsError       ids that match nothing
|-- MisplacedError          an operation that does not fit what a ledger holds (in `record`)
|-- UsageError                the command's words are off
|-- OutputExistsError         the output folder exists and ``--force`` was not given
`-- NotModelledError          asked for something that this version cannot do yet
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

_LONGEST = 80


class TravesiaError(Exception):
    """Any error that a user can cause and mend; its text is one line."""

    exit_code = 2

    def __init__(self, text: str) -> None:
        super().__init__(_one_line(text))

    def __reduce__(self) -> tuple[Any, ...]:
        # Errors cross process borders whole, although their makers take more than the text.
        return _rebuild, (type(self), self.args, self.__dict__)


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
        what = " ".join(part for part in (column, _shown(value)) if part)
        head = f"{place}: {what}: " if what else f"{place}: "
        super().__init__(f"{head}{problem}; {remedy}")


class PackError(InputError):
    """A pack folder cannot be read."""


class ScenarioError(InputError):
    """A scenario, policy or parameter is wrong."""


class UnknownIdsError(InputError):
    """Ids that match nothing; the first five are named. `row` and `column` say where the first one stands."""

    def __init__(
        self,
        file: str | Path,
        kind: str,
        ids: Iterable[str],
        *,
        known: str,
        row: int | None = None,
        column: str | None = None,
    ) -> None:
        names = sorted(set(ids))
        shown = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
        super().__init__(file, f"unknown {kind} {shown}", f"use an id of {known}", row=row, column=column)


class UsageError(TravesiaError):
    """The words of a command or call are off."""


class OutputExistsError(TravesiaError):
    """The output folder exists already."""

    def __init__(self, folder: str | Path) -> None:
        super().__init__(f"{folder}: exists already; choose another --out or add --force")


class NotModelledError(TravesiaError):
    """The user asked for something that this version cannot do yet."""


def _rebuild(kind: type[TravesiaError], args: tuple[Any, ...], state: dict[str, Any]) -> TravesiaError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


def _one_line(text: object) -> str:
    """Fold white space and write out what does not print, so that a file cannot steer a terminal."""
    folded = " ".join(str(text).split())
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in folded)


def _shown(value: object) -> str:
    """Show a cell: its end cut if long, in quotes where white space at its edges would be overlooked."""
    if value is None:
        return ""
    text = str(value)
    if text != text.strip():
        text = f"'{text}'"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
