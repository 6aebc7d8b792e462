"""What a case needs against what a place offers: language, nationality, single parents, medical, size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from travesia.sharing.assign.files import Files
from travesia.sharing.assign.program import Flags, Ints
from travesia.sharing.assign.sheets import read_cells

ANY_OF = ("language", "nationality")
"""Kinds of which one that the place offers is enough; of all others a case needs every one."""

SIZE = "size"
ANY = "*"


def supported(
    files: Files, cases: Mapping[str, int], places: Mapping[str, int], people: Ints, states: list[str]
) -> Flags:
    """Return which places offer what each case needs, [cases, places].

    ``needs`` (case, kind, value) and ``offers`` (place, kind, value) are both optional. A place that
    offers ``size`` takes cases of at most so many people; the value ``*`` offers every value of its kind. A
    place in the state of a case's nationality would be a return, and is never offered.

    Raises
    ------
    InputError
        For an unknown case or place, an empty cell, or a size that is no number.
    """
    able = np.ones((len(cases), len(places)), np.bool_)
    offers: dict[tuple[str, str], Flags] = defaultdict(lambda: np.zeros(len(places), np.bool_))
    if path := files.get("offers"):
        for cells in read_cells(path, ["place", "kind", "value"])[1]:
            place = cells.known("place", "place", places)
            kind = cells.name("kind")
            if kind == SIZE:
                able[:, place] &= people <= int(cells.number("value"))
            else:
                offers[kind, cells.name("value")][place] = True
    if not (path := files.get("needs")):
        return able
    one_of: dict[tuple[int, str], Flags] = {}
    for cells in read_cells(path, ["case", "kind", "value"])[1]:
        case = cells.known("case", "case", cases)
        kind, value = cells.name("kind"), cells.name("value")
        met = offers[kind, value] | offers[kind, ANY]
        if kind in ANY_OF:
            one_of[case, kind] = one_of.get((case, kind), np.zeros(len(places), np.bool_)) | met
        else:
            able[case] &= met
        if kind == "nationality":
            able[case] &= np.array([state != value for state in states])
    for (case, _), met in one_of.items():
        able[case] &= met
    return able
