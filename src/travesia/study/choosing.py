"""Which scenarios a request runs: those it names, or the ways in which a day could go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from travesia.record import Ledger, load_ledger
from travesia.region import Region, acceptances_of, find_pack
from travesia.scenario import Scenario, branches, load_scenario, with_end
from travesia.terms import Span, UsageError


@dataclass(frozen=True)
class Known:
    """Only what was known at the end of `day` acts; `ends` are further days on which policies may end."""

    day: date
    ends: tuple[tuple[str, date], ...] = ()

    @property
    def words(self) -> list[str]:
        """The options of a command that ask for it."""
        told = [word for policy, day in self.ends for word in ("--end", f"{policy}={day}")]
        return ["--known", str(self.day), *told]

    @property
    def by_policy(self) -> Mapping[str, list[date]]:
        """The further ends by policy."""
        return {policy: [day for name, day in self.ends if name == policy] for policy, _ in self.ends}


def ledger_of(pack: str | Path) -> Ledger:
    """Return the ledger of a pack or project, with as many acceptances as the pack asks for."""
    return load_ledger(*find_pack(pack).layers("ledger.jsonl"), acceptances=acceptances_of(pack))


def scenarios_to_run(
    region: Region, names: Sequence[str], known: Known | None, span: Span, least: int
) -> tuple[Scenario, ...]:
    """Return the scenarios of some names, or the branches of the first one as known on a day.

    Parameters
    ----------
    region
        Of the request's pack.
    names
        The request's, or else the pack's.
    known
        Ask for branches: one where only one scenario is run (`least` 1), with all of its ends at once.
    span
        Days to run.
    least
        How many scenarios there must be.

    Raises
    ------
    UsageError
        For too few scenarios, one named twice, or several to branch from.
    """
    if known is None:
        _check_names(names, least)
        return tuple(load_scenario(region, name, span=span) for name in names)
    _check_names(names, 1)
    ledger = ledger_of(region.folder)
    if least == 1:
        (alone, *_) = branches(region, names[0], ledger, known.day, span=span)
        for policy, day in known.ends:
            alone = with_end(alone, policy, day)
        return (alone,)
    found = branches(region, names[0], ledger, known.day, ends=known.by_policy, span=span)
    if len(found) < least:
        raise UsageError(
            f"--known {known.day}: leaves no end of a policy open for which a day was named; "
            "name one with --end POLICY=DAY, or run it alone with travesia simulate"
        )
    return found


def _check_names(names: Sequence[str], least: int) -> None:
    if len(names) < least:
        given = f" {names[0]}" if names else ""
        count = "two scenarios or more, the baseline first" if least > 1 else "a scenario"
        raise UsageError(f"--scenario{given}: too few to run; name {count}")
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise UsageError(f"--scenario {twice[0]}: stands twice; name each scenario once")
