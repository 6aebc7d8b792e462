"""From a need to fair shares and to places: keys, whole people and cents, assignment with a certificate."""

from travesia.sharing.assign import (
    NOTICE,
    OUT,
    Condition,
    GroupResult,
    Instance,
    Placement,
    Placements,
    Price,
    Program,
    Rows,
    Solved,
    Unplaced,
    assign,
    best_places,
    integer_model,
    price_bound,
    read_instance,
    rows_of,
)
from travesia.sharing.bounds import BoundedShares, bounded_shares
from travesia.sharing.exemptions import DEFAULT_EXEMPTIONS, Exemption
from travesia.sharing.hosting import Responsibility, responsibility
from travesia.sharing.inputs import KeyInputs, read_inputs, region_inputs
from travesia.sharing.key import Factor, Key, find_key, keys
from travesia.sharing.members import GROUPS, check_members, members_of, split_codes
from travesia.sharing.pool import hosted_pool, plan_need_usd
from travesia.sharing.rounding import ROUNDINGS, Rounding, share_people, share_usd
from travesia.sharing.shares import Share, Shares, fair_shares
from travesia.sharing.tables import KeyIndicators, ResponsibilityTable

__all__ = [
    "DEFAULT_EXEMPTIONS",
    "GROUPS",
    "NOTICE",
    "OUT",
    "ROUNDINGS",
    "BoundedShares",
    "Condition",
    "Exemption",
    "Factor",
    "GroupResult",
    "Instance",
    "Key",
    "KeyIndicators",
    "KeyInputs",
    "Placement",
    "Placements",
    "Price",
    "Program",
    "Responsibility",
    "ResponsibilityTable",
    "Rounding",
    "Rows",
    "Share",
    "Shares",
    "Solved",
    "Unplaced",
    "assign",
    "best_places",
    "bounded_shares",
    "check_members",
    "fair_shares",
    "find_key",
    "hosted_pool",
    "integer_model",
    "keys",
    "members_of",
    "plan_need_usd",
    "price_bound",
    "read_inputs",
    "read_instance",
    "region_inputs",
    "responsibility",
    "rows_of",
    "share_people",
    "share_usd",
    "split_codes",
]
