"""Place ids of sites, made from their names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

RESERVED = frozenset({"on-links"})
"""Ids that tables use for something that is no place."""


def site_ids(names: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of sites in order.

    An id is the name in lower case and without accents, each run of characters other than letters and
    digits one hyphen, none at the ends. A name that leaves nothing becomes ``site``. Where an id is taken
    already, by an earlier site or a reserved word, ``-2``, ``-3`` and so on is added, the first that no
    other name claims.
    """
    plain = [_plain(name) for name in names]
    claimed, used = set(plain), set(RESERVED)
    out = []
    for wanted in plain:
        found, number = wanted, 1
        while found in used or (number > 1 and found in claimed):
            number += 1
            found = f"{wanted}-{number}"
        used.add(found)
        out.append(found)
    return tuple(out)


def _plain(name: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", bare.lower()).strip("-") or "site"
