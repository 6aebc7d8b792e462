"""Assignment: which case goes to which place, with a certificate."""

from travesia.sharing.assign.bound import price_bound
from travesia.sharing.assign.exact import Solved
from travesia.sharing.assign.highs import integer_model
from travesia.sharing.assign.instance import Aim, Condition, Instance
from travesia.sharing.assign.placements import (
    NOTICE,
    Envious,
    Envy,
    GroupResult,
    Leximin,
    Placement,
    Placements,
    Price,
    Raised,
    Unplaced,
)
from travesia.sharing.assign.program import OUT, Program, Rows, rows_of
from travesia.sharing.assign.promises import with_worst_raised
from travesia.sharing.assign.reading import read_instance
from travesia.sharing.assign.solving import assign, best_places

__all__ = [
    "NOTICE",
    "OUT",
    "Aim",
    "Condition",
    "Envious",
    "Envy",
    "GroupResult",
    "Instance",
    "Leximin",
    "Placement",
    "Placements",
    "Price",
    "Program",
    "Raised",
    "Rows",
    "Solved",
    "Unplaced",
    "assign",
    "best_places",
    "integer_model",
    "price_bound",
    "read_instance",
    "rows_of",
    "with_worst_raised",
]
