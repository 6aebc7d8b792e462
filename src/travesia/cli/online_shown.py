"""What ``travesia assign --online`` asks for and says beyond an assignment at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from travesia.cli.output import progress, say, stage

if TYPE_CHECKING:
    from travesia.sharing import Instance, Placement, Placements


def arriving(
    instance: Instance, history: Path | None, options: Mapping[str, Any], seconds: float, *, quiet: bool
) -> Callable[[], Placements]:
    """Return the placing of cases as they arrive; its options and history are checked here and now."""
    from travesia.sharing import OnlineRule, place_online, read_instance

    rule = OnlineRule(**options)
    earlier = None if history is None else read_instance(history)
    tell = (lambda text: None) if quiet else stage

    def solve() -> Placements:
        with progress(len(instance.cases), "cases", quiet=quiet) as done:
            return place_online(instance, earlier, rule=rule, seconds=seconds, tell=tell, done=done)

    return solve


def when_decided(row: Placement) -> dict[str, Any]:
    """Return the batch of a placement and what it paid then, where it was decided online."""
    from travesia.sharing import OnlinePlacement

    return {"batch": row.batch, "paid": dict(row.prices)} if isinstance(row, OnlinePlacement) else {}


def plain_online(found: Placements) -> dict[str, Any]:
    """Return how an answer came about and how it compares, as `online` of the JSON answer."""
    from travesia.sharing import OnlinePlacements

    if not isinstance(found, OnlinePlacements) or found.online is None:
        return {}
    online = found.online
    plain = {name: value for name, value in vars(online).items() if name not in ("rule", "missed", "greedy")}
    return {
        "online": {
            "rule": vars(online.rule),
            **plain,
            "missed": [vars(row) for row in online.missed],
            "greedy": None if online.greedy is None else vars(online.greedy),
        }
    }


def show_online(found: Placements) -> None:
    """Say what was missed and how an answer compares with hindsight and with greedy."""
    from travesia.sharing import OnlinePlacements

    if not isinstance(found, OnlinePlacements) or found.online is None:
        return
    online = found.online
    for row in online.missed:
        say(f"missed: {row.condition}: by {row.by:.4g} {row.unit}")
    people = sum(row.people for row in found.unplaced)
    source = {"arrived": "those who had arrived", "history": "the history and those who had arrived"}[
        online.drawn_from
    ]
    total = {"given": "as given", "history": "as in the history", "room": "as many as fill the room"}
    say(
        f"{online.pricings} pricings, {online.rule.futures} futures each drawn from {source};"
        f" {online.expected} families expected, {total[online.expected_from]}"
    )
    if online.greedy is None or online.ratio is None:
        return
    say(
        f"of the bound in hindsight {_percent(online.ratio)}, greedy {_percent(online.greedy.ratio)};"
        f" people left out {people}, greedy {online.greedy.people_unplaced},"
        f" in hindsight {_count(online.unplaced_in_hindsight)};"
        f" wait {online.wait:.3f} of the period, greedy {online.greedy.wait:.3f}"
    )


def _percent(part: float | None) -> str:
    return "unknown" if part is None else f"{100 * part:.1f} %"


def _count(people: int | None) -> str:
    return "unknown" if people is None else str(people)
