"""From a need to fair shares: keys, whole people and cents, and each share beside what a state hosts."""

from travesia.sharing.audit import (
    FactorAudit,
    KeyAudit,
    KeyRange,
    KeyRanges,
    audit_key,
    key_ranges,
    membership,
    without_factor,
)
from travesia.sharing.biproportional import biproportional
from travesia.sharing.bounds import BoundedShares, bounded_shares
from travesia.sharing.comparing import shares_by_key
from travesia.sharing.exemptions import DEFAULT_EXEMPTIONS, Exemption
from travesia.sharing.hosting import Responsibility, responsibility
from travesia.sharing.inputs import KeyInputs, as_enacted, read_bounds, read_inputs, region_inputs
from travesia.sharing.key import (
    CAPS,
    SIZES,
    Adjustment,
    Factor,
    Key,
    LeftOut,
    Solidarity,
    with_cap,
    with_fallbacks,
)
from travesia.sharing.key_files import CUSTOM, find_key, keys, read_key
from travesia.sharing.members import GROUPS, check_members, members_of, split_codes
from travesia.sharing.money.dividing import Award, Awards, Comparison, award, compare_awards
from travesia.sharing.money.needs import Need, Needs, read_needs
from travesia.sharing.money.properties import Finding, award_properties
from travesia.sharing.money.rules import AWARD_RULES, OPTIONS_OF, AwardOptions, AwardRule
from travesia.sharing.pool import hosted_pool, plan_need_usd
from travesia.sharing.rounding import PROPERTIES, ROUNDINGS, Properties, Rounding, share_people, share_usd
from travesia.sharing.shapley import ShapleyShares, airport_costs, shapley_costs
from travesia.sharing.shares import Bounds, Share, Shares, fair_shares
from travesia.sharing.solidarity import Contribution, Relief, buy_out, corrective_allocation, find_solidarity
from travesia.sharing.tables import KeyIndicators, KeyShares, KeysRefused, ResponsibilityTable

__all__ = [
    "AWARD_RULES",
    "CAPS",
    "CUSTOM",
    "DEFAULT_EXEMPTIONS",
    "GROUPS",
    "OPTIONS_OF",
    "PROPERTIES",
    "ROUNDINGS",
    "SIZES",
    "Adjustment",
    "Award",
    "AwardOptions",
    "AwardRule",
    "Awards",
    "BoundedShares",
    "Bounds",
    "Comparison",
    "Contribution",
    "Exemption",
    "Factor",
    "FactorAudit",
    "Finding",
    "Key",
    "KeyAudit",
    "KeyIndicators",
    "KeyInputs",
    "KeyRange",
    "KeyRanges",
    "KeyShares",
    "KeysRefused",
    "LeftOut",
    "Need",
    "Needs",
    "Properties",
    "Relief",
    "Responsibility",
    "ResponsibilityTable",
    "Rounding",
    "ShapleyShares",
    "Share",
    "Shares",
    "Solidarity",
    "airport_costs",
    "as_enacted",
    "audit_key",
    "award",
    "award_properties",
    "biproportional",
    "bounded_shares",
    "buy_out",
    "check_members",
    "compare_awards",
    "corrective_allocation",
    "fair_shares",
    "find_key",
    "find_solidarity",
    "hosted_pool",
    "key_ranges",
    "keys",
    "members_of",
    "membership",
    "plan_need_usd",
    "read_bounds",
    "read_inputs",
    "read_key",
    "read_needs",
    "region_inputs",
    "responsibility",
    "shapley_costs",
    "share_people",
    "share_usd",
    "shares_by_key",
    "split_codes",
    "with_cap",
    "with_fallbacks",
    "without_factor",
]
