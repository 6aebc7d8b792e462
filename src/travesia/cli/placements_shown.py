"""What ``travesia assign`` shows and writes: plain objects for programs, tables for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from travesia.cli.online_shown import plain_online, show_online, when_decided
from travesia.cli.output import say
from travesia.cli.tables import show_table

if TYPE_CHECKING:
    import polars as pl

    from travesia.sharing import Placement, Placements


def plain(found: Placements, *, explain: bool) -> dict[str, Any]:
    """Return placements as the plain object of the command."""
    out: dict[str, Any] = {
        "objective": found.objective,
        "bound": found.bound,
        "gap": found.gap,
        "status": found.status,
        "placed": len(found.placements),
        "unplaced": [
            {"case": row.case, "people": row.people, "reason": row.reason} for row in found.unplaced
        ],
        "seconds": found.seconds,
        "notice": found.notice,
        "price_bound": found.price_bound,
    }
    if found.groups:
        out["groups"] = [vars(row) for row in found.groups]
        out["group_cost"] = found.group_cost
        out["group_cost_share"] = found.group_cost_share
    if found.leximin is not None:
        out["leximin"] = {"exact": found.leximin.exact, "lowered": found.leximin.lowered}
    if found.raised is not None:
        out["raised"] = vars(found.raised)
    if found.envy is not None:
        out["envy"] = {"cases": len(found.envy.rows), "share": found.envy.share, "by": found.envy.by}
        if explain:
            out["envy"]["rows"] = [vars(row) for row in found.envy.rows]
    if found.clash:
        out["clash"] = [vars(row) for row in found.clash]
    if explain:
        out["prices"] = [vars(row) for row in found.prices]
    out["placements"] = [
        {
            "case": row.case,
            "place": row.place,
            "score": row.score,
            "runner_up": row.runner_up,
            "cost": row.cost,
            **({"terms": dict(row.terms), "paid": dict(row.prices), "why": _why(row)} if explain else {}),
            **when_decided(row),
        }
        for row in found.placements
    ]
    return out | plain_online(found)


def _why(row: Placement) -> str:
    """Say in words why a case is placed where it is."""
    terms = " + ".join(f"{name} {value:.4g}" for name, value in row.terms.items())
    paid = "".join(f", less {value:.4g} for scarce {name}" for name, value in row.prices.items())
    if row.runner_up is None:
        return f"{terms}{paid}; no other place {'had room' if when_decided(row) else 'is admissible'}"
    return f"{terms}{paid}; at these prices {row.runner_up} would cost the total {row.cost:.4g}"


def tables_of(found: Placements) -> dict[str, pl.DataFrame]:
    """Return the tables that are written; whoever reads one of them reads who decides."""
    import polars as pl

    text, number = pl.String, pl.Float64
    batches: list[tuple[Any, ...]] = [(row["batch"],) for row in map(when_decided, found.placements) if row]
    columns: dict[str, dict[str, Any]] = {
        "placements": {"case": text, "place": text, "score": number, "runner_up": text, "cost": number}
        | {"why": text, "notice": text}
        | ({"batch": text} if batches else {}),
        "unplaced": {"case": text, "people": pl.Int64, "reason": text, "notice": text},
        "prices": {"condition": text, "unit": text, "price": number},
        "groups": {"group": text, "mean": number, "floor": number, "price": number, "level": number},
        "notice": {"item": text, "value": text},
    }
    rows: dict[str, list[tuple[Any, ...]]] = {
        "placements": [
            (r.case, r.place, r.score, r.runner_up, r.cost, _why(r), found.notice, *batch)
            for r, batch in zip(found.placements, batches or [()] * len(found.placements), strict=True)
        ],
        "unplaced": [(r.case, r.people, r.reason, found.notice) for r in found.unplaced],
        "prices": [(r.condition, r.unit, r.price) for r in found.prices],
        "groups": [(r.group, r.mean, r.floor, r.price, r.level) for r in found.groups],
        "notice": [
            ("notice", found.notice),
            ("status", found.status),
            ("objective", str(found.objective)),
            ("bound", str(found.bound)),
            ("gap", str(found.gap)),
        ],
    }
    return {
        name: pl.DataFrame(rows[name], schema, orient="row")
        for name, schema in columns.items()
        if found.groups or name != "groups"
    }


def show(found: Placements, *, explain: bool) -> None:
    """Write placements for people, and a line for each case without one."""
    columns = ["case", "place", "score", "runner-up", "cost", "why"]
    show_table(
        columns,
        [
            [
                row.case,
                row.place,
                f"{row.score:.4f}",
                row.runner_up or "",
                "" if row.cost is None else f"{row.cost:.4f}",
                _why(row) if explain else "",
            ]
            for row in found.placements
        ],
        right=columns[2:3] + columns[4:5],
    )
    for row in found.unplaced:
        say(f"not placed: {row.case} ({row.people} people): {row.reason}")
    _show_groups(found)
    _show_envy(found, explain)
    say(
        f"{len(found.placements)} placed, {len(found.unplaced)} not; objective {found.objective:.4f},"
        f" bound {found.bound:.4f}, gap {found.gap:.4f} ({found.status}). {found.notice}"
    )
    show_online(found)


def _show_groups(found: Placements) -> None:
    for group in found.groups:
        floor = "" if group.floor is None else f", floor {group.floor:.4f}"
        level = "" if group.level is None else f", {group.level:.4f} if families could be parted"
        say(f"group {group.group}: {group.mean:.4f}{floor}{level}, raising it by 1 costs {group.price:.4f}")
    if found.raised is not None:
        row, met = found.raised, "met" if found.raised.met else "missed"
        say(
            f"the worst group, {row.group}, had {row.before:.4f} without floors; a floor of {row.floor:.4f}"
            f" for all is {met}, the least is {row.after:.4f}"
        )
    if found.leximin is not None:
        exact = "no other answer is better for the worst group, nor then for the next, and so on"
        floors = (
            f"floors are what it gives if families could be parted, less {found.leximin.lowered or 0:.1%}"
        )
        say(f"leximin: {exact if found.leximin.exact else floors}")
    if found.group_cost is not None:
        share = "" if found.group_cost_share is None else f", {found.group_cost_share:.2%} of it"
        say(f"the promises to groups cost the total {found.group_cost:.4f}{share}")


def _show_envy(found: Placements, explain: bool) -> None:
    if found.envy is None:
        return
    many = f"{len(found.envy.rows)} of the placed ({found.envy.share:.1%})"
    say(f"{many} would by their {found.envy.by} rather be where another, no smaller, scores less")
    for row in found.envy.rows if explain else ():
        say(f"  {row.case} rather {row.place}, where {row.holder} is")
