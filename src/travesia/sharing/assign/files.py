"""Where the tables of an assignment stand: a file each in a folder, or a sheet each in one workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from travesia.terms import PackError, is_spreadsheet, sheet_names

TABLES = (
    "cases",
    "places",
    "scores",
    "compatible",
    "needs",
    "offers",
    "links",
    "ties",
    "vetoes",
    "forbids",
    "preferences",
    "pins",
    "states",
    "groups",
    "params",
)
NEEDED = ("cases", "places", "scores")


@dataclass(frozen=True)
class Files:
    """Path of each table that is there; of a sheet it ends in ``#SHEET``."""

    found: Mapping[str, Path]

    def get(self, name: str) -> Path | None:
        """Return where a table stands, ``None`` where there is none."""
        return self.found.get(name)

    def __getitem__(self, name: str) -> Path:
        return self.found[name]


def find_files(root: Path) -> Files:
    """Find the tables of a folder or a workbook; capitals in their names do not count.

    Raises
    ------
    PackError
        For neither, a table that is unknown, missing, or there twice.
    """
    if root.is_dir():
        found = _named("file", ((path.stem, path) for path in sorted(root.iterdir()) if _is_table(path)))
    elif root.is_file() and is_spreadsheet(root):
        # A hidden sheet that is no table is a list behind some cells, not a slip in a name.
        sheets = (name for name, shown in sheet_names(root).items() if shown or _name(name) in TABLES)
        found = _named("sheet", ((name, root.with_name(f"{root.name}#{name}")) for name in sheets))
    else:
        problem = "is neither a folder nor a workbook"
        remedy = f"give the folder, or the XLSX file, with {', '.join(NEEDED[:-1])} and {NEEDED[-1]}"
        raise PackError(root, problem, remedy)
    for name in NEEDED:
        if name not in found:
            path, kind = (root / f"{name}.csv", "file") if root.is_dir() else (root, f"sheet {name}")
            raise PackError(path, f"{kind} is missing", "add it")
    return Files(found)


def _is_table(path: Path) -> bool:
    """Tell tables from other files of a folder; a program keeps "~$cases.xlsx" beside an open workbook."""
    if path.name.startswith("~"):
        return False
    return path.suffix.lower() == ".csv" or is_spreadsheet(path) or path.name == "params.toml"


def _name(text: str) -> str:
    return text.strip().lower()


def _named(kind: str, paths: Iterable[tuple[str, Path]]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for text, path in paths:
        name = _name(text)
        if name not in TABLES:
            raise PackError(path, f"{kind} is unknown", f"the {kind}s are {', '.join(TABLES)}")
        if name in found:
            raise PackError(path, f"stands beside {found[name].name}", "keep one of them")
        found[name] = path
    return found
