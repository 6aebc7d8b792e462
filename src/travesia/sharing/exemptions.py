"""States that take no part in a fair share, each with its reason and cites."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from travesia.terms import Cite


@dataclass(frozen=True)
class Exemption:
    """A state that is in crisis, or from which the people to be shared are displaced."""

    iso3: str
    kind: Literal["crisis", "origin"]
    reason: str
    cites: tuple[Cite, ...]


DEFAULT_EXEMPTIONS: tuple[Exemption, ...] = (
    Exemption(
        "HTI",
        "crisis",
        "state in crisis: president killed and earthquake in 2021; "
        "the United States protect Haitians from return",
        # Policies of the Americas pack, each with its own source.
        (Cite("shock-hti-president-2021"), Cite("shock-hti-quake-2021"), Cite("tps-hti-2021")),
    ),
    Exemption(
        "VEN",
        "origin",
        "state of origin of the people who are shared",
        (Cite("unhcr-population"),),
    ),
)
"""Exempted unless the caller says otherwise. Only states that are members are touched.

The test for a state in crisis is another member's published finding that its nationals cannot be
returned safely (here temporary protected status of the United States), not our judgement.
"""
