"""Were the promises kept? Each commitment's state on a day, from what was pledged and what was counted."""

from travesia.tracking.balance import Balance, track
from travesia.tracking.commitment import Commitment, commitments_of
from travesia.tracking.measures import Delivered, count_delivered
from travesia.tracking.states import State, state_on
from travesia.tracking.tables import BalanceTable, balance_table

__all__ = [
    "Balance",
    "BalanceTable",
    "Commitment",
    "Delivered",
    "State",
    "balance_table",
    "commitments_of",
    "count_delivered",
    "state_on",
    "track",
]
