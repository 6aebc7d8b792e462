"""Who shares: a named group of a region, or states by code."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from travesia.region import Region
from travesia.terms import UnknownIdsError, UsageError

GROUPS: Mapping[str, str] = MappingProxyType(
    {"la-declaration": "la_declaration", "r4v": "r4v_platform", "americas": "americas"}
)
"""Groups by name, with the column of ``countries`` that marks their members."""

_CODE = re.compile(r"^[A-Z]{3}$")


def members_of(region: Region, members: str | Sequence[str]) -> tuple[str, ...]:
    """Return the ISO 3166 alpha-3 codes of a group, or of a list of codes, checked.

    Parameters
    ----------
    region
        Where the states are listed.
    members
        A group of `GROUPS`, codes with commas between them, or a sequence of codes.

    Returns
    -------
    tuple
        Codes; a group in the order of ``region.countries``, a list in its own order.

    Raises
    ------
    UsageError
        For an unknown group, a state named twice, or a group that has no member in the region.
    UnknownIdsError
        For codes that the region does not list, naming the first five.
    """
    if isinstance(members, str) and members in GROUPS:
        found = region.countries.filter(region.countries[GROUPS[members]])["iso3"].to_list()
        if not found:
            raise UsageError(
                f"members {members}: no state of {region.name} belongs to it; name states by code"
            )
        return tuple(found)
    codes = split_codes(members) if isinstance(members, str) else tuple(members)
    if isinstance(members, str) and not any(map(_CODE.match, codes)):
        raise UsageError(
            f"members {members}: is no group; use {', '.join(GROUPS)}, or ISO 3166 codes such as COL,PER"
        )
    return check_members(codes, region.countries["iso3"].to_list(), region.name)


def split_codes(text: str) -> tuple[str, ...]:
    """Split codes at commas; spaces around them do not count."""
    return tuple(part.strip() for part in text.split(","))


def check_members(codes: Sequence[str], known: Sequence[str], where: str) -> tuple[str, ...]:
    """Return the codes; raises for an unknown one or one that stands twice."""
    if not codes:
        raise UsageError("members: are none; name at least one state")
    if unknown := set(codes) - set(known):
        raise UnknownIdsError("members", "state", (code or "(empty)" for code in unknown), known=where)
    if twice := [code for code in codes if codes.count(code) > 1]:
        raise UsageError(f"members {twice[0]}: stands twice; name each state once")
    return tuple(codes)
