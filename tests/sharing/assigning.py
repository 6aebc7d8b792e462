"""A small assignment as files, in each form in which it may be given."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl

FILES = {
    "cases.csv": "case,people,school\nc1,3,1\nc2,2,0\nc3,1,0\nc4,2,1\n",
    "places.csv": "place,state,people,school\na,XXX,4,1\nb,YYY,3,1\n",
    "scores.csv": "case,place,score\nc1,a,1.5\nc1,b,0.5\nc2,a,0.7\nc2,b,0.2\nc3,a,0.4\nc3,b,0.6\nc4,b,0.1\n",
}


def write_files(target: Path, changed: dict[str, str]) -> Path:
    """Write the files, with some tables changed or added, in a folder that is emptied first."""
    target.mkdir(exist_ok=True)
    for path in target.iterdir():
        path.unlink()
    for name, text in (FILES | {f"{key}.csv": text for key, text in changed.items()}).items():
        (target / name).write_text(text, encoding="utf-8")
    return target


def as_workbook(folder: Path) -> Path:
    """Write the tables of a folder as the sheets of one workbook beside it."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for path in sorted(folder.glob("*.csv")):
        fill(book.create_sheet(path.stem), path)
    book.save(folder.with_suffix(".xlsx"))
    return folder.with_suffix(".xlsx")


def as_workbooks(folder: Path) -> Path:
    """Turn every CSV file of a folder into a workbook of the same name."""
    for path in sorted(folder.glob("*.csv")):
        book = openpyxl.Workbook()
        fill(book.active, path)
        book.save(path.with_suffix(".xlsx"))
        path.unlink()
    return folder


def fill(sheet, path: Path) -> None:
    """Write the cells of a CSV file, numbers as numbers, as a person would type them."""
    for row in csv.reader(path.read_text(encoding="utf-8").splitlines()):
        sheet.append([typed(cell) for cell in row])


def typed(cell: str) -> str | float | None:
    try:
        number = float(cell)
    except ValueError:
        return cell or None
    return number if number == number and abs(number) < 1e9 else cell
