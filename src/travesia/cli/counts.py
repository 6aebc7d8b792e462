"""What ``travesia share`` sets beside shares from counts of people: origins, relief, contributions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fractions import Fraction

    from travesia.sharing import Shares, Solidarity

Beside = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""By name of what stands beside shares, by member: numbers by name."""


@dataclass(frozen=True)
class Counts:
    """Counts as read; ``None`` for those that were not asked for."""

    origins: tuple[dict[str, int], Mapping[str, Mapping[str, Fraction | int]]] | None
    hosted: dict[str, int] | None
    taken: dict[str, int] | None

    @property
    def people(self) -> int | None:
        """People to share where nothing else says how many: those of the origins, else those hosted."""
        if self.origins is not None:
            return sum(self.origins[0].values())
        return None if self.hosted is None else sum(self.hosted.values())

    def beside(self, shares: Shares, rule: Solidarity | None) -> Beside:
        """Return what follows from shares and counts."""
        from travesia.sharing import buy_out, by_origin, corrective_allocation

        found: dict[str, dict[str, dict[str, Any]]] = {}
        if self.origins is not None:
            matrix = by_origin(shares, *self.origins)
            found["by_origin"] = {
                state: {origin: row[state] for origin, row in matrix.items()} for state in shares.members
            }
        if rule is not None and self.hosted is not None:
            found["relief"] = {
                each.iso3: {
                    "reference": float(each.reference),
                    "hosted": each.hosted,
                    "triggered": each.triggered,
                    "gives": each.gives,
                    "receives": each.receives,
                    "after": each.after,
                }
                for each in corrective_allocation(shares, self.hosted, rule)
            }
        if rule is not None and self.taken is not None:
            found["contribution"] = {
                each.iso3: {
                    "due": each.due,
                    "taken": each.taken,
                    "not_taken": each.not_taken,
                    "eur": each.eur,
                }
                for each in buy_out(shares, self.taken, rule)
            }
        return found


def read_counts(
    members: Sequence[str], origins: Path | None, hosted: Path | None, taken: Path | None
) -> Counts:
    """Read the counts that were asked for."""
    from travesia.sharing import read_origins, read_people

    return Counts(
        None if origins is None else read_origins(origins, members),
        None if hosted is None else read_people(hosted, members, all_needed=True),
        None if taken is None else read_people(taken, members),
    )
