"""Were the promises kept? Each commitment's state on a day, from what was pledged and what was counted."""

from travesia.tracking.activities import Activities, Reporter, iati_activities
from travesia.tracking.balance import Balance, Pace, track
from travesia.tracking.by_state import StateStanding, stand_by_state
from travesia.tracking.commitment import CURVES, Commitment, commitments_of
from travesia.tracking.curves import Curve, curve_of
from travesia.tracking.deliveries import Linked, Stages, count_linked, link, merge, reported_by
from travesia.tracking.measures import Delivered, Mismatch, count_delivered
from travesia.tracking.overrides import Override, overrides_on
from travesia.tracking.priors import Prior, prior_of
from travesia.tracking.readers import READERS, Imported, StateCodes, state_codes
from travesia.tracking.states import State, state_on
from travesia.tracking.tables import (
    BalanceTable,
    StatePledges,
    balance_table,
    plain_balance,
    state_pledges_table,
)
from travesia.tracking.targets import ChecklistItem, Target, checklist_of, targets_of

__all__ = [
    "CURVES",
    "READERS",
    "Activities",
    "Balance",
    "BalanceTable",
    "ChecklistItem",
    "Commitment",
    "Curve",
    "Delivered",
    "Imported",
    "Linked",
    "Mismatch",
    "Override",
    "Pace",
    "Prior",
    "Reporter",
    "Stages",
    "State",
    "StateCodes",
    "StatePledges",
    "StateStanding",
    "Target",
    "balance_table",
    "checklist_of",
    "commitments_of",
    "count_delivered",
    "count_linked",
    "curve_of",
    "iati_activities",
    "link",
    "merge",
    "overrides_on",
    "plain_balance",
    "prior_of",
    "reported_by",
    "stand_by_state",
    "state_codes",
    "state_on",
    "state_pledges_table",
    "targets_of",
    "track",
]
