"""Write the reference pages from what they describe: commands, tables, the form of a pack, public names.

A page that is out of date fails `tools/check_docs.py`; run this to renew all of them.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import redirect_stdout
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from typing import Any

import dataframely as dy
import typer

import build_keys
import build_pack_format
import travesia
from travesia.cli import COMMANDS, call
from travesia.terms import schemas, table_schema

REFERENCE = Path(__file__).resolve().parents[1] / "docs" / "reference"
NOTE = "<!-- Written by tools/build_reference.py; change what it describes and run `make docs`. -->\n\n"


def pages() -> dict[Path, str]:
    """Return every generated page and its text."""
    return {
        REFERENCE / "commands.md": NOTE + _commands(),
        REFERENCE / "tables.md": NOTE + _tables(),
        REFERENCE / "python.md": NOTE + _names(),
        REFERENCE / "keys.md": NOTE + build_keys.page(),
        **build_pack_format.pages(),
    }


def _commands() -> str:
    parts = ["# Commands\n\nEach page of help, as `travesia COMMAND --help` shows it.\n"]
    parts.append(f"\n```text\n{_help()}```\n")
    for command in COMMANDS:
        target = command.load()
        parts.append(f"\n## travesia {command.name}\n\n```text\n{_help(command.name)}```\n")
        if isinstance(target, typer.Typer):
            for inner in _inner(target):
                parts.append(
                    f"\n### travesia {command.name} {inner}\n\n```text\n{_help(command.name, inner)}```\n"
                )
    return "".join(parts)


def _inner(group: typer.Typer) -> list[str]:
    return list(typer.main.get_group(group).commands)


def _help(*words: str) -> str:
    stream = io.StringIO()
    os.environ["COLUMNS"] = "100"
    with redirect_stdout(stream):
        call([*words, "--help"])
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())


def _tables() -> str:
    parts = ["# Tables\n\nEvery table of a pack, column by column. An empty cell is missing, never zero.\n"]
    for name, schema in _schemas():
        described = table_schema(schema.create_empty(), schema)
        key = ", ".join(f"`{column}`" for column in described["primaryKey"])
        parts.append(f"\n## {name}\n\n{cleandoc(schema.__doc__ or '')}\n\nKey: {key}\n\n")
        parts.append("| column | type | may be empty | holds |\n| --- | --- | --- | --- |\n")
        for field in described["fields"]:
            column = schema.columns()[field["name"]]
            empty = "yes" if column.nullable else "no"
            text = field["description"].replace("|", "\\|")
            if isinstance(column, dy.Enum):
                text += ": " + ", ".join(f"`{value}`" for value in column.categories)
            parts.append(f"| `{field['name']}` | {field['type']} | {empty} | {text} |\n")
    return "".join(parts)


def _schemas() -> Iterator[tuple[str, type[dy.Schema]]]:
    for name, value in vars(schemas).items():
        if isinstance(value, type) and issubclass(value, dy.Schema) and value is not dy.Schema:
            yield name, value


def _names() -> str:
    head = "# Public names\n\n`from travesia import NAME` loads what it needs and no more.\n\n"
    rows = [
        f"| `{name}` | `{door}` | {_first_line(getattr(import_module(door), name))} |\n"
        for name, door in _doors()
    ]
    return head + "| name | room | what it is |\n| --- | --- | --- |\n" + "".join(rows)


def _doors() -> list[tuple[str, str]]:
    return sorted(travesia._DOORS.items())


def _first_line(value: Any) -> str:
    return (
        cleandoc(value.__doc__ or "")
        .split("\n\n")[0]
        .replace("\n", " ")
        .replace("``", "`")
        .replace("|", "\\|")
    )


def main() -> None:
    """Write the pages."""
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
