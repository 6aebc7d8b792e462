"""A folder or workbook of cases, places and scores as an instance, every fault in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np

from travesia.sharing.assign.batches import COLUMN, batches_of
from travesia.sharing.assign.destinations import check_destination
from travesia.sharing.assign.families import Families, families_of
from travesia.sharing.assign.files import Files, find_files
from travesia.sharing.assign.groups import Groups, read_groups
from travesia.sharing.assign.instance import Aim, Condition, Instance, Shares, people_of
from travesia.sharing.assign.pairs import check_scored, read_pairs, read_scores
from travesia.sharing.assign.params import Params, read_params
from travesia.sharing.assign.program import Flags, Floats, Ints, Program
from travesia.sharing.assign.sheets import Cells, numbered, read_cells, scaled
from travesia.sharing.assign.supports import supported
from travesia.terms import PackError


@dataclass(frozen=True)
class _Sheets:
    """Cases and places by number, with the amounts of each resource as whole numbers of its unit."""

    cases: dict[str, int]
    places: dict[str, int]
    case_rows: Sequence[Cells]
    place_rows: Sequence[Cells]
    resources: tuple[str, ...]
    scale: tuple[int, ...]
    use: Ints
    capacity: Ints
    floor: Ints

    @property
    def people(self) -> Ints:
        return self.use[:, 0] // self.scale[0]

    @property
    def state_of(self) -> list[str]:
        return [cells.cells["state"].strip() for cells in self.place_rows]


def read_instance(root: Path) -> Instance:
    """Read the folder, or the workbook, of an assignment.

    Raises
    ------
    InputError
        For any file, header, cell or condition that is wrong, with its row.
    """
    files = find_files(root)
    params = read_params(files.get("params"))
    sheets = _read_sheets(files)
    scored, score = read_scores(files["scores"], sheets.cases, sheets.places)
    terms = {"score": score}
    if path := files.get("preferences"):
        terms["preference"] = _preferences(path, sheets, scored)
        score = score + terms["preference"]
    able, why_not = _admissible(files, sheets, scored)
    pinned, pins = _pins(files.get("pins"), sheets, able, why_not)
    families = families_of(files.get("links"), sheets.cases, pinned, pins)
    groups = read_groups(
        files.get("groups"), params, sheets.cases, sheets.resources, sheets.use / sheets.scale
    )
    shares, conditions = _states(files.get("states"), sheets)
    program, case_start, case_place = _program(sheets, params, families, groups, (able, score), shares)
    case = np.repeat(np.arange(len(sheets.cases)), np.diff(case_start))
    batches, batch_of = batches_of(sheets.case_rows)
    return Instance(
        cases=tuple(sheets.cases),
        places=tuple(sheets.places),
        states=tuple(conditions),
        resources=sheets.resources,
        scale=sheets.scale,
        people=sheets.people,
        family_of=families.family_of,
        program=program,
        terms={name: term[case, case_place] for name, term in terms.items()},
        case_start=case_start,
        case_place=case_place,
        why_not=why_not,
        groups=groups.names,
        group_size=groups.size,
        aim=_aim(params),
        pins=pins,
        links=families.links,
        rows=_cites(files, sheets, params, groups, conditions),
        batches=batches,
        batch_of=batch_of,
        shares=shares,
        group_least=groups.least,
        group_part=groups.part,
    )


def _aim(params: Params) -> Aim:
    row = params.rows.get("leximin" if params.leximin else "raise_worst", 0)
    return Aim(params.leximin, params.raise_worst, params.group_per, params.file.name, row)


def _read_sheets(files: Files) -> _Sheets:
    header, case_rows = read_cells(files["cases"], ["case", "people"], None)
    resources = ("people", *(name for name in header if name not in ("case", "people", COLUMN)))
    extra = ["name", "kind", *(f"{name}_floor" for name in resources)]
    place_header, place_rows = read_cells(files["places"], ["place", "state", *resources], extra)
    for cells in place_rows:
        check_destination(cells)
    cases, places = numbered(case_rows, "case"), numbered(place_rows, "place")
    for rows, kind in ((case_rows, "case"), (place_rows, "place")):
        if not rows:
            raise PackError(files[f"{kind}s"], "has no row", f"write one row a {kind}")
    for cells in case_rows:
        if (people := cells.amount("people")) != int(people) or people < 1:
            raise cells.fault("people", "is not a whole number of people above 0", "correct the cell")
    use: list[list[int]] = []
    capacity: list[list[int]] = []
    floor: list[list[int]] = []
    scale: list[int] = []
    for name in resources:
        low = f"{name}_floor"
        floors = [
            cells.amount(low, default="0") if low in place_header else Decimal(0) for cells in place_rows
        ]
        columns = [
            [cells.amount(name) for cells in case_rows],
            [cells.amount(name) for cells in place_rows],
            floors,
        ]
        for cells, least, most in zip(place_rows, floors, columns[1], strict=True):
            if least > most:
                raise cells.fault(low, f"is above the capacity {most}", "lower it")
        power, (used, held, least_held) = scaled(columns)
        for target, column in ((use, used), (capacity, held), (floor, least_held)):
            target.append(column)
        scale.append(power)
    arrays = [np.array(columns, np.int64).T for columns in (use, capacity, floor)]
    return _Sheets(cases, places, case_rows, place_rows, resources, tuple(scale), *arrays)


def _preferences(path: Path, sheets: _Sheets, scored: Flags) -> Floats:
    bonus = np.zeros(scored.shape)
    seen: set[tuple[int, int]] = set()
    for cells in read_cells(path, ["case", "place", "bonus"])[1]:
        pair = _pair(cells, sheets)
        if pair in seen:
            raise cells.fault("case", "row stands twice", "keep one")
        seen.add(pair)
        bonus[pair] = float(cells.number("bonus", least=None))
    return bonus


def _pair(cells: Cells, sheets: _Sheets) -> tuple[int, int]:
    return (
        cells.known("case", "case", sheets.cases),
        cells.known("place", "place", sheets.places),
    )


def _admissible(files: Files, sheets: _Sheets, scored: Flags) -> tuple[Flags, dict[int, str]]:
    """Return the admissible pairs, and what first left each case without any place."""
    able = scored.copy()
    why_not: dict[int, str] = {}
    for words, allowed in _sieves(files, sheets, scored):
        before = able.any(axis=1)
        able &= allowed
        why_not |= {int(case): words for case in np.flatnonzero(before & ~able.any(axis=1))}
    why_not |= {int(case): "no place is scored for it" for case in np.flatnonzero(~scored.any(axis=1))}
    return able, why_not


def _sieves(files: Files, sheets: _Sheets, scored: Flags) -> list[tuple[str, Flags]]:
    sieves = []
    if path := files.get("compatible"):
        listed = read_pairs(path, sheets.cases, sheets.places)
        check_scored(path, listed, scored, sheets.cases, sheets.places)
        sieves.append((f"{path.name} lists no place for it", listed))
    able = supported(files, sheets.cases, sheets.places, sheets.people, sheets.state_of)
    sieves.append(("no place that is left offers what it needs", able))
    if path := files.get("ties"):
        tied = read_pairs(path, sheets.cases, sheets.places)
        sieves.append(("its ties leave no place", tied | ~tied.any(axis=1, keepdims=True)))
    for name, words in (
        ("vetoes", "it has vetoed every place left"),
        ("forbids", "every place left is forbidden"),
    ):
        if path := files.get(name):
            sieves.append((words, ~read_pairs(path, sheets.cases, sheets.places)))
    fits = np.ones(scored.shape, np.bool_)
    for resource in range(len(sheets.resources)):
        fits &= sheets.use[:, resource, None] <= sheets.capacity[:, resource]
    return [*sieves, ("it is larger than every place left", fits)]


def _pins(
    path: Path | None, sheets: _Sheets, able: Flags, why_not: dict[int, str]
) -> tuple[dict[int, int], dict[int, Condition]]:
    """Read which case must go where; a place that cannot hold its pins is refused."""
    pinned: dict[int, int] = {}
    cites: dict[int, Condition] = {}
    if path is None:
        return pinned, cites
    load = np.zeros_like(sheets.capacity)
    for cells in read_cells(path, ["case", "place"], ["reason"])[1]:
        case, place = _pair(cells, sheets)
        if case in pinned:
            raise cells.fault("case", "row stands twice", "keep one")
        load[place] += sheets.use[case]
        for resource, name in enumerate(sheets.resources):
            if load[place, resource] > sheets.capacity[place, resource]:
                most = Decimal(int(sheets.capacity[place, resource])) / sheets.scale[resource]
                much = Decimal(int(load[place, resource])) / sheets.scale[resource]
                problem = f"pins put {much} {name} there, and it has room for {most}"
                raise cells.fault("place", problem, "take pins out or raise the capacity")
        if not able[case, place]:
            problem = f"case {cells.name('case')} is pinned there, and the pair is not admissible"
            raise cells.fault("place", problem, "take the pin out, or what rules the pair out")
        pinned[case] = place
        words = f"case {cells.name('case')} is pinned to {cells.name('place')}"
        cites[case] = Condition(words, path.name, cells.row)
    return pinned, cites


def _states(
    path: Path | None, sheets: _Sheets
) -> tuple[Shares, dict[str, tuple[Condition | None, Condition | None]]]:
    """Return the least and most of all people for each state, and where each bound stands."""
    names = list(dict.fromkeys(sheets.state_of))
    total = int(sheets.people.sum())
    cites: dict[str, tuple[Condition | None, Condition | None]] = dict.fromkeys(names, (None, None))
    if path is None:
        return (), cites
    shares = [(Fraction(0), Fraction(1))] * len(names)
    rows = read_cells(path, ["state"], ["lower_share", "upper_share"])[1]
    numbered(rows, "state")
    sum_of_least = Decimal(0)
    for cells in rows:
        state = cells.known("state", "state", {name: at for at, name in enumerate(names)}, "places")
        least, most = cells.share("lower_share", "0"), cells.share("upper_share", "1")
        if least > most:
            raise cells.fault("lower_share", f"is above the upper share {most}", "lower it")
        sum_of_least += least
        if sum_of_least > 1:
            raise cells.fault("lower_share", "brings the lower shares above 1", "lower them")
        shares[state] = (Fraction(least), Fraction(most))
        (lower, upper), name = people_of(shares[state], total), names[state]
        cites[name] = (
            Condition(f"state {name} takes at least {lower} of {total} people", path.name, cells.row),
            Condition(f"state {name} takes at most {upper} of {total} people", path.name, cells.row),
        )
    return tuple(shares), cites


def _program(
    sheets: _Sheets,
    params: Params,
    families: Families,
    groups: Groups,
    pairs: tuple[Flags, Floats],
    shares: Shares,
) -> tuple[Program, Ints, Ints]:
    """Build the program of families, and the admissible pairs of cases."""
    able, score = pairs
    use = families.total(sheets.use)
    open_to = families.common(able)
    for resource in range(len(sheets.resources)):
        open_to &= use[:, resource, None] <= sheets.capacity[:, resource]
    family, place = np.nonzero(open_to)
    states = list(dict.fromkeys(sheets.state_of))
    number = {name: at for at, name in enumerate(states)}
    bounds = [people_of(share, int(sheets.people.sum())) for share in shares]
    member = [families.total(np.where(mask[:, None], score, 0.0)) for mask in groups.members]
    case_able = open_to[families.family_of] & able
    case_place = np.nonzero(case_able)[1]
    program = Program(
        people=families.total(sheets.people),
        use=use,
        start=np.concatenate([[0], np.cumsum(open_to.sum(axis=1))]).astype(np.int64),
        place=place.astype(np.int64),
        score=families.total(score)[family, place],
        capacity=sheets.capacity,
        floor=sheets.floor,
        must=families.must,
        unplaced_penalty=params.unplaced_penalty,
        state_of=np.array([number[name] for name in sheets.state_of], np.int64),
        state_lower=np.array([least for least, _ in bounds], np.int64),
        state_upper=np.array([most for _, most in bounds], np.int64),
        floor_penalty=params.floor_penalty / np.array(sheets.scale, np.float64),
        group_score=np.array([sums[family, place] for sums in member]).reshape(len(member), len(place)),
        group_floor=np.array(groups.floor, np.float64),
        group_penalty=params.group_penalty,
    )
    return program, np.concatenate([[0], np.cumsum(case_able.sum(axis=1))]).astype(np.int64), case_place


def _cites(
    files: Files,
    sheets: _Sheets,
    params: Params,
    groups: Groups,
    states: dict[str, tuple[Condition | None, Condition | None]],
) -> dict[int, tuple[Condition | None, Condition | None]]:
    """Return the words of every row of the program."""
    rows: dict[int, tuple[Condition | None, Condition | None]] = {}
    file = files["places"].name
    for place, cells in enumerate(sheets.place_rows):
        for resource, name in enumerate(sheets.resources):
            least = f"{cells.name('place')} is filled to at least {cells.cells.get(f'{name}_floor')} {name}"
            most = f"{cells.name('place')} has room for {cells.cells[name]} {name}"
            rows[len(rows)] = (
                Condition(least, file, cells.row) if sheets.floor[place, resource] else None,
                Condition(most, file, cells.row),
            )
    if files.get("states"):
        for sides in states.values():
            rows[len(rows)] = sides
    for name in groups.names:
        words = f"group {name} gets at least {params.floors.get(name)} a {params.group_per}"
        row = params.rows.get(f"group_floors.{name}", 0)
        rows[len(rows)] = (Condition(words, params.file.name, row) if name in params.floors else None, None)
    return rows
