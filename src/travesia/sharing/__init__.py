"""From a need to fair shares: keys, whole people and cents, and each share beside what a state hosts."""

from travesia.sharing.biproportional import biproportional
from travesia.sharing.bounds import BoundedShares, bounded_shares
from travesia.sharing.exemptions import DEFAULT_EXEMPTIONS, Exemption
from travesia.sharing.hosting import Responsibility, responsibility
from travesia.sharing.inputs import KeyInputs, read_inputs, region_inputs
from travesia.sharing.key import Adjustment, Factor, Key, LeftOut, Solidarity, with_cap, with_fallbacks
from travesia.sharing.key_files import find_key, keys, read_key
from travesia.sharing.members import GROUPS, check_members, members_of, split_codes
from travesia.sharing.money.dividing import Award, Awards, Comparison, award, compare_awards
from travesia.sharing.money.needs import Need, Needs, read_needs
from travesia.sharing.money.properties import Finding, award_properties
from travesia.sharing.money.rules import AWARD_RULES, OPTIONS_OF, AwardOptions, AwardRule
from travesia.sharing.pool import hosted_pool, plan_need_usd
from travesia.sharing.rounding import PROPERTIES, ROUNDINGS, Properties, Rounding, share_people, share_usd
from travesia.sharing.shares import Share, Shares, fair_shares
from travesia.sharing.tables import KeyIndicators, ResponsibilityTable

__all__ = [
    "AWARD_RULES",
    "DEFAULT_EXEMPTIONS",
    "GROUPS",
    "OPTIONS_OF",
    "PROPERTIES",
    "ROUNDINGS",
    "Adjustment",
    "Award",
    "AwardOptions",
    "AwardRule",
    "Awards",
    "BoundedShares",
    "Comparison",
    "Exemption",
    "Factor",
    "Finding",
    "Key",
    "KeyIndicators",
    "KeyInputs",
    "LeftOut",
    "Need",
    "Needs",
    "Properties",
    "Responsibility",
    "ResponsibilityTable",
    "Rounding",
    "Share",
    "Shares",
    "Solidarity",
    "award",
    "award_properties",
    "biproportional",
    "bounded_shares",
    "check_members",
    "compare_awards",
    "fair_shares",
    "find_key",
    "hosted_pool",
    "keys",
    "members_of",
    "plan_need_usd",
    "read_inputs",
    "read_key",
    "read_needs",
    "region_inputs",
    "responsibility",
    "share_people",
    "share_usd",
    "split_codes",
    "with_cap",
    "with_fallbacks",
]
