"""The sources of the pack, read from the table in the README of the raw files."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

REQUIRED = ("publisher and dataset", "stored copy read from", "licence")


def read_sources(raw: Path, used: dict[str, str]) -> list[dict[str, Any]]:
    """Return a source for every file in `used` (file name -> source id), in that order.

    ``as above`` takes the cell of the row above; ``none`` and ``none known`` are missing.
    """
    described = _table((raw / "README.md").read_text(encoding="utf-8"))
    sources = []
    for name, identity in used.items():
        row = described[name]
        sources.append(
            {
                "id": identity,
                "title": row["what"],
                "publisher": row["publisher and dataset"],
                "licence": row["licence"],
                "stored_copy": row["stored copy read from"],
                "transformed": row["how transformed"],
                "faults": row["known faults"],
                "file": name,
                "sha256": hashlib.sha256((raw / name).read_bytes()).hexdigest(),
            }
        )
    return sources


def write_toml(values: dict[str, Any]) -> str:
    """Write a TOML document of plain values, tables and lists of tables, in the given order."""
    plain = {key: value for key, value in values.items() if not _is_table(value)}
    lines = [f"{key} = {_value(value)}" for key, value in plain.items() if value is not None]
    for key, value in values.items():
        if isinstance(value, dict):
            lines += ["", f"[{key}]", *_pairs(value)]
        elif _is_table(value):
            for item in value:
                lines += ["", f"[[{key}]]", *_pairs(item)]
    return "\n".join(lines) + "\n"


def _table(text: str) -> dict[str, dict[str, str | None]]:
    lines = [line for line in text.splitlines() if line.startswith("|")]
    header, rows = _cells(lines[0]), [_cells(line) for line in lines[2:]]
    described: dict[str, dict[str, str | None]] = {}
    above: dict[str, str | None] = {}
    for cells in rows:
        row: dict[str, str | None] = {}
        for column, cell in zip(header, cells, strict=True):
            same = cell in ("as above", "the same")
            row[column] = above[column] if same else None if cell in ("none", "none known", "") else cell
        described[str(row["file"])] = above = row
    return described


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


def _pairs(table: dict[str, Any]) -> list[str]:
    return [f"{_key(key)} = {_value(value)}" for key, value in table.items() if value is not None]


def _key(key: str) -> str:
    return key if key.replace("_", "").replace("-", "").isalnum() else json.dumps(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    # A JSON string is a TOML basic string.
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)
