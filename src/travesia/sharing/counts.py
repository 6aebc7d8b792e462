"""Counts of people that stand beside shares: by origin, hosted, taken."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import dataframely as dy

from travesia.sharing.biproportional import ByOrigin, Weights, biproportional
from travesia.sharing.shares import Shares
from travesia.sharing.tables import PeopleByOrigin, PeopleByState
from travesia.terms import PackError, UnknownIdsError, UsageError, read_rows, read_table


def read_people(path: Path, members: Sequence[str], *, all_needed: bool = False) -> dict[str, int]:
    """Read people by member (`PeopleByState`); of one that is not reported nothing is returned.

    Raises
    ------
    PackError
        For a file that cannot be read, a wrong header, value or state named twice, or, where all are needed,
        a member without a number.
    UnknownIdsError
        For a state that is no member.
    """
    table = read_table(path, PeopleByState)
    if strangers := set(table["iso3"]) - set(members):
        raise UnknownIdsError(path, "member", strangers, known="the members")
    found = {state: people for state, people in table.iter_rows() if people is not None}
    silent = [state for state in members if state not in found]
    if all_needed and silent:
        problem = "has no number, and missing is not zero"
        raise PackError(path, problem, "give how many people it hosts", column="people", value=silent[0])
    return found


def read_origins(path: Path, members: Sequence[str]) -> tuple[dict[str, int], Weights]:
    """Read people by origin (`PeopleByOrigin`), and what each member weighs for them, by default the same.

    Raises
    ------
    PackError
        For a file that cannot be read, a wrong header or value, or an origin named twice.
    """
    header, rows = read_rows(path)
    if not rows:
        raise PackError(path, "has no row", "write one row an origin")
    weighed = {
        state: dy.Float64(min=0, description=f"weight of {state} for people of the origin")
        for state in members
        if set(members) & set(header)
    }
    schema = type("PeopleByOrigin", (dy.Schema,), PeopleByOrigin.columns() | weighed)
    table = read_table(path, schema)
    people = dict(table.select("origin", "people").iter_rows())
    weights = {
        row["origin"]: {state: Fraction(str(row[state])) if weighed else Fraction(1) for state in members}
        for row in table.iter_rows(named=True)
    }
    return people, weights


def by_origin(shares: Shares, people: dict[str, int], weights: Weights) -> ByOrigin:
    """Divide the people of each origin so that every member takes just what its share is.

    Raises
    ------
    UsageError
        If origins do not add up to the people shared, or no whole table has both totals.
    """
    total = sum(people.values())
    if shares.people != total:
        raise UsageError(f"people {shares.people}: the origins add up to {total}; share as many people")
    return biproportional(weights, people, {row.iso3: row.people or 0 for row in shares.rows})
