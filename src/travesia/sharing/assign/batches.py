"""In which batch each case arrives: the column ``batch`` of ``cases.csv``, whole numbers or dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from travesia.sharing.assign.program import Ints
from travesia.sharing.assign.sheets import Cells
from travesia.terms import parse_day

COLUMN = "batch"


def batches_of(rows: Sequence[Cells]) -> tuple[tuple[str, ...], Ints]:
    """Return the names of the batches in their order, and the batch of each case, [cases].

    Without the column there are no names, and every case is a batch of its own, in the order of the file.

    Raises
    ------
    InputError
        For a cell that is neither a whole number nor a date, and where the two are mixed.
    """
    if COLUMN not in rows[0].cells:
        return (), np.arange(len(rows), dtype=np.int64)
    when = [_when(cells) for cells in rows]
    for cells, one in zip(rows, when, strict=True):
        if type(one) is not type(when[0]):
            first = "a date" if isinstance(when[0], date) else "a whole number"
            raise cells.fault(COLUMN, f"is not {first}, as the first one is", "write all batches in one way")
    names, numbers = np.unique(np.array([_key(one) for one in when]), return_inverse=True)
    text = {_key(one): str(one) for one in when}
    return tuple(text[int(name)] for name in names), numbers.astype(np.int64)


def _when(cells: Cells) -> int | date:
    text = cells.cells[COLUMN].strip()
    try:
        return int(text) if text.isdecimal() else parse_day(text)
    except ValueError:
        raise cells.fault(COLUMN, "is neither a whole number nor a date", "write 3, or 2025-01-31") from None


def _key(one: int | date) -> int:
    return one.toordinal() if isinstance(one, date) else one
