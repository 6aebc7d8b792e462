"""Who shares: a named group of a region, or states by code."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from travesia.record import Ledger, load_ledger, signatories
from travesia.region import Region, acceptances_of, find_pack
from travesia.terms import UnknownIdsError, UsageError

GROUPS: Mapping[str, str] = MappingProxyType(
    {"la-declaration": "la_declaration", "r4v": "r4v_platform", "americas": "americas"}
)
"""Groups by name, with the column of ``countries`` that marks their members."""

INSTRUMENT = "ins:"
"""First part of the id of an instrument in the ledger, whose signatories share."""

_CODE = re.compile(r"^[A-Z]{3}$")


def members_of(region: Region, members: str | Sequence[str], known: date | None = None) -> tuple[str, ...]:
    """Return the ISO 3166 alpha-3 codes of a group, of who signed an instrument, or of a list, checked.

    Parameters
    ----------
    region
        Where the states are listed.
    members
        A group of `GROUPS`, codes with commas between them, or a sequence of codes. An instrument of the
        region's ledger, such as ``ins:la-declaration``, stands for its signatories, also among codes.
    known
        For instruments: who had signed as known at the end of this day; by default as known today.

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
    if any(code.startswith(INSTRUMENT) for code in codes):
        codes = _with_signatories(region, codes, known)
    elif isinstance(members, str) and not any(map(_CODE.match, codes)):
        raise UsageError(
            f"members {members}: is no group; use {', '.join(GROUPS)}, ISO 3166 codes such as COL,PER, "
            f"or an instrument such as {INSTRUMENT}la-declaration"
        )
    return check_members(codes, region.countries["iso3"].to_list(), region.name)


def _with_signatories(region: Region, codes: Sequence[str], known: date | None) -> tuple[str, ...]:
    """Return codes with each instrument replaced by those who signed it."""
    paths = find_pack(region.folder).layers("ledger.jsonl")
    ledger = load_ledger(*paths, acceptances=acceptances_of(region.folder))
    out: list[str] = []
    for code in codes:
        out += _signed(ledger, code, known) if code.startswith(INSTRUMENT) else [code]
    return tuple(out)


def _signed(ledger: Ledger, instrument: str, known: date | None) -> tuple[str, ...]:
    found = signatories(ledger, instrument, known)
    if not found:
        day = "" if known is None else f" by {known}"
        signed = sorted(
            {
                str(record.fields["of"])
                for record in ledger.accepted()
                if record.type == "participation" and record.fields.get("role") == "signatory"
            }
        )
        raise UsageError(
            f"members {instrument}: nobody signed it{day} by the ledger; use {', '.join(signed) or 'codes'}"
        )
    return found


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
