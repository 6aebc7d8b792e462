"""Reading TOML so that each fault has a file, a line and a key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from travesia.terms.errors import ScenarioError

Where = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)

_AT_LINE = re.compile(r" ?\(at (?:line (\d+), column \d+|end of document)\)")
_ENTRY = re.compile(r"^\s*([\w-]+)\s*=\s*(.*)$")


@dataclass(frozen=True)
class TomlFile:
    """A TOML file that parsed: its path, its text (for line numbers) and its content."""

    path: Path
    text: str
    content: Mapping[str, Any]


def read_toml(path: Path) -> TomlFile:
    """Read a TOML file; raises `ScenarioError`, with the line, where it is missing or no TOML."""
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise ScenarioError(path, "file is missing", "add it, or take the file from a working pack") from None
    except UnicodeDecodeError:
        raise ScenarioError(path, "is not UTF-8", "save it as UTF-8") from None
    except OSError as error:
        raise ScenarioError(
            path, f"cannot be read ({error.strerror})", "check the path and its rights"
        ) from None
    try:
        return TomlFile(path, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise _syntax(path, text, str(error)) from None


def validated(file: TomlFile, model: type[Model]) -> Model:
    """Check the content of a file against a model; the first fault becomes one line."""
    try:
        return model.model_validate(dict(file.content))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where: Where = tuple(first["loc"])
        if first["type"] == "extra_forbidden":
            raise fault(file, where, "key is unknown", "remove it or correct its name") from None
        if first["type"] == "missing":
            raise fault(file, where, "key is missing", "add it") from None
        message = str(first["msg"]).removeprefix("Value error, ")
        raise fault(
            file, where, message[:1].lower() + message[1:], "correct the line", first["input"]
        ) from None


def fault(file: TomlFile, where: Where, problem: str, remedy: str, value: object = None) -> ScenarioError:
    """Make the error for a place in a file, given as keys and list positions."""
    names = [part for part in where if isinstance(part, str)]
    shown = value if isinstance(value, (str, int, float)) or value is None else str(value)
    column = names[-1] if names else None
    return ScenarioError(
        file.path, problem, remedy, row=line_of(file.text, where), column=column, value=shown
    )


def line_of(text: str, where: Where) -> int | None:
    """Return the line on which a key stands, or the header of its table; ``None`` where neither is found."""
    lines = text.splitlines()
    for depth in range(len(where), 0, -1):
        header = _header(lines, where[:depth])
        if header is None:
            continue
        rest = [part for part in where[depth:] if isinstance(part, str)]
        return _entry(lines, header, rest[0]) if rest else header + 1
    names = [part for part in where if isinstance(part, str)]
    return _entry(lines, -1, names[0]) if names and lines else None


def _header(lines: Sequence[str], where: Where) -> int | None:
    names = [part for part in where if isinstance(part, str)]
    last = where[-1]
    wanted = f"[[{'.'.join(names)}]]" if isinstance(last, int) else f"[{'.'.join(names)}]"
    found = [number for number, line in enumerate(lines) if line.split("#")[0].strip() == wanted]
    if not isinstance(last, int):
        return found[0] if found else None
    return found[last] if last < len(found) else None


def _entry(lines: Sequence[str], header: int, key: str) -> int:
    for number in range(header + 1, len(lines)):
        if lines[number].startswith("["):
            break
        match = _ENTRY.match(lines[number])
        if match and match[1] == key:
            return number + 1
    return max(header, 0) + 1


def _syntax(path: Path, text: str, message: str) -> ScenarioError:
    at = _AT_LINE.search(message)
    row = int(at[1]) if at and at[1] else len(text.splitlines())
    lines = text.splitlines()
    entry = _ENTRY.match(lines[row - 1]) if 0 < row <= len(lines) else None
    problem = f"is no TOML ({_AT_LINE.sub('', message)})"
    remedy = "correct the line: days are written YYYY-MM-DD, text in quotes"
    if entry is None:
        return ScenarioError(path, problem, remedy, row=row)
    return ScenarioError(path, problem, remedy, row=row, column=entry[1], value=entry[2])
