"""Renew the generated parts of docs/reference/pack-format.md: keys, columns, ids, checks, series.

A part stands between ``<!-- begin NAME -->`` and ``<!-- end NAME -->``; all else is written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import polars as pl
from pydantic import BaseModel

from travesia.region import CHECKS, load_region
from travesia.region.loading import OPTIONAL, REFERENCES, TABLES, table_path
from travesia.region.manifest import LedgerRule, Manifest, SourceEntry
from travesia.region.paths import find_pack
from travesia.terms import schemas

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "pack-format.md"


def pages() -> dict[Path, str]:
    """Return the page with every generated part renewed."""
    text = PAGE.read_text(encoding="utf-8")
    for name, part in _parts().items():
        pattern = re.compile(rf"(<!-- begin {name} -->\n).*?(<!-- end {name} -->)", re.DOTALL)
        if len(pattern.findall(text)) != 1:
            raise SystemExit(f"{PAGE}: needs one part {name}")
        text = pattern.sub(lambda found, part=part: f"{found[1]}\n{part}\n{found[2]}", text)
    return {PAGE: text}


def _parts() -> dict[str, str]:
    return {
        "manifest": _keys(Manifest),
        "sources": _keys(SourceEntry),
        "ledger": _keys(LedgerRule),
        "columns": _columns(),
        "references": _references(),
        "checks": _checks(),
        "series": _series(),
    }


def _keys(model: type[BaseModel]) -> str:
    rows = [
        (f"`{name}`", "yes" if field.is_required() else "no", field.description or "")
        for name, field in model.model_fields.items()
    ]
    return _table(("key", "required", "holds"), rows)


def _columns() -> str:
    paths = find_pack("toy")
    files = {table_path(paths, name).name: schema for name, schema in TABLES.items()}
    files |= {f"{name}.csv": schema for name, schema in OPTIONAL.items()}
    files["published-totals.csv"] = schemas.PublishedTotals
    rows = []
    for name, schema in files.items():
        columns = schema.columns()
        empty = ", ".join(f"`{column}`" for column, rule in columns.items() if rule.nullable)
        link = f"[{schema.__name__}](tables.md#{schema.__name__.lower()})"
        rows.append((f"`{name}`", f"`{','.join(columns)}`", empty or "none", link))
    return _table(("file", "header", "may be empty", "meaning"), rows)


def _references() -> str:
    rows = [
        (
            f"`{item.table}.{item.column}`",
            item.kind,
            item.known,
            "several, `\\|` between" if item.many else "one",
        )
        for item in REFERENCES
    ]
    return _table(("column", "names a", "of", "how many"), rows)


def _checks() -> str:
    given = {
        "files": "Find files that are missing or cannot be read as their table.",
        "ids": "Find ids that do not exist.",
    }
    found = given | {name: (check.__doc__ or "").split("\n")[0] for name, check in CHECKS.items()}
    found["policies"] = "Find policies and parameters that cannot be read or name what does not exist."
    found["scenarios"] = "Find scenarios that cannot be read or name what does not exist."
    found["displacement"] = "Find a displacement, where the pack has one, that cannot be read."
    return _table(("check", "finds"), [(f"`{name}`", text[5:]) for name, text in found.items()])


def _series() -> str:
    region = load_region("americas")
    titles = {source.id: source.title for source in region.sources}
    rows = []
    for (name,), frame in region.observations.group_by("series", maintain_order=True):
        used = [
            column
            for column in ("place", "country", "nationality", "channel", "authority")
            if frame[column].null_count() < frame.height
        ]
        units = ", ".join(frame["unit"].unique().sort())
        span = f"{frame['period'].min()} to {_last(frame)}"
        rows.append(
            (
                f"`{name}`",
                titles[frame["source"][0]],
                span,
                f"{frame['measure'][0]}, {units}",
                ", ".join(f"`{column}`" for column in used),
            )
        )
    return _table(("series", "what", "periods", "measure and unit", "columns in use"), rows)


def _last(frame: pl.DataFrame) -> str:
    # Of a year and its months the last month is the last period.
    return str(frame["period"].sort()[-1])


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def main() -> None:
    """Write the page."""
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
