"""Admissible pairs: scored, listed as compatible, and not ruled out by needs, ties, vetoes or pins."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import dataframely as dy
import numpy as np
import polars as pl

from travesia.sharing.assign.program import Flags, Floats, Ints
from travesia.sharing.assign.sheets import read_cells
from travesia.terms import InputError, PackError, UnknownIdsError, read_header, read_rows, read_table


class Scores(dy.Schema):
    """Scores in long form."""

    case = dy.String(primary_key=True, description="a case of the table cases")
    place = dy.String(primary_key=True, description="a place of the table places")
    score = dy.Float64(description="score of the case at the place; may be above 1")


class Pairs(dy.Schema):
    """Pairs of a case and a place, listed."""

    case = dy.String(primary_key=True, description="a case of the table cases")
    place = dy.String(primary_key=True, description="a place of the table places")


Ids = Mapping[str, int]


def read_scores(path: Path, cases: Ids, places: Ids) -> tuple[Flags, Floats]:
    """Read scores in long or wide form.

    Returns
    -------
    tuple
        Which pairs have a score, and the scores, both [cases, places].

    Raises
    ------
    InputError
        For an unknown case or place, a pair that stands twice, a score that is no finite number, or a case
        that no row names.
    """
    scored = np.zeros((len(cases), len(places)), np.bool_)
    score = np.zeros((len(cases), len(places)))
    named = np.zeros(len(cases), np.bool_)
    # Tells long from wide by the header alone.
    if {"place", "score"} <= set(read_header(path)):
        table = read_table(path, Scores)
        case, place, scored = _marked(path, table, cases, places)
        score[case, place] = table["score"].to_numpy()
        named[case] = True
    else:
        header, rows = read_cells(path, ["case"], None)
        at = _wide_header(path, header, places)
        for cells in rows:
            number = cells.known("case", "case", cases)
            if named[number]:
                raise cells.fault("case", "row stands twice", "keep one")
            named[number] = True
            for column, place_number in at.items():
                if cells.cells[column].strip():
                    scored[number, place_number] = True
                    score[number, place_number] = float(cells.number(column, least=None))
    if not named.all():
        missing = list(cases)[int(np.flatnonzero(~named)[0])]
        raise InputError(
            path,
            "no row names the case",
            "add its scores, or leave the case out",
            column="case",
            value=missing,
        )
    return scored, score


def read_pairs(path: Path, cases: Ids, places: Ids) -> Flags:
    """Read a list of pairs as a matrix, [cases, places]."""
    return _marked(path, read_table(path, Pairs), cases, places)[2]


def check_scored(path: Path, listed: Flags, scored: Flags, cases: Ids, places: Ids) -> None:
    """Refuse a compatible pair that has no score."""
    lacking = np.argwhere(listed & ~scored)
    if len(lacking):
        case, place = list(cases)[lacking[0][0]], list(places)[lacking[0][1]]
        raise _at_pair(path, case, place, "has no score, and missing is not zero", "score it, or take it out")


def _wide_header(path: Path, header: list[str], places: Ids) -> dict[str, int]:
    at: dict[str, int] = {}
    for column in header:
        if column == "case":
            continue
        if column.strip() not in places:
            raise UnknownIdsError(path, "place", [column], known="the table places", row=1)
        if places[column.strip()] in at.values():
            raise PackError(path, "column stands twice", "remove one", row=1, column=column)
        at[column] = places[column.strip()]
    return at


def _marked(path: Path, table: pl.DataFrame, cases: Ids, places: Ids) -> tuple[Ints, Ints, Flags]:
    """Return the numbers of the pairs of a table, and which pairs stand in it, [cases, places]."""
    case, place = _numbers(path, table, cases, places)
    listed = np.zeros((len(cases), len(places)), np.bool_)
    listed[case, place] = True
    # The reader tells ids apart that differ by white space at their edges; here they are one.
    if np.count_nonzero(listed) < len(table):
        pair = case * len(places) + place
        again = np.setdiff1d(np.arange(len(pair)), np.unique(pair, return_index=True)[1])[0]
        names = list(cases)[case[again]], list(places)[place[again]]
        raise _at_pair(path, *names, "row stands twice", "keep one", which=1)
    return case, place, listed


def _numbers(path: Path, table: pl.DataFrame, cases: Ids, places: Ids) -> tuple[Ints, Ints]:
    """Return the numbers of the cases and places of a table, naming the row of the first unknown one."""
    found = []
    for column, ids in (("case", cases), ("place", places)):
        names = table[column].str.strip_chars()
        number = names.replace_strict(list(ids), list(ids.values()), default=None, return_dtype=pl.Int64)
        if number.null_count():
            name = names.filter(number.is_null())[0]
            row = next(row for row, cells in read_rows(path)[1] if cells[column].strip() == name)
            known = f"the table {column}s"
            raise UnknownIdsError(path, column, [name], known=known, row=row, column=column)
        found.append(number.to_numpy())
    return found[0], found[1]


def _at_pair(path: Path, case: str, place: str, problem: str, remedy: str, *, which: int = 0) -> InputError:
    """Return the error for a row that names a pair, by default the first that does."""
    rows = [
        row
        for row, cells in read_rows(path)[1]
        if (cells["case"].strip(), cells["place"].strip()) == (case, place)
    ]
    return InputError(path, problem, remedy, row=rows[which], column="case", value=f"{case} {place}")
