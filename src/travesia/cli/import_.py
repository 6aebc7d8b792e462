"""``travesia import``: packs made of what another program reads, and deliveries that publishers report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from travesia.cli import import_deliveries
from travesia.cli.options import Force, Json, Quiet
from travesia.cli.output import emit_json, say, write_folder

if TYPE_CHECKING:
    from travesia.movement import Displacement

group = typer.Typer(add_completion=False, rich_markup_mode=None)


@group.callback()
def import_group() -> None:
    """Make a pack of what another program reads, or keep deliveries that a publisher reports."""


group.command("fts", short_help="Keep flows of the Financial Tracking Service.")(import_deliveries.fts)
group.command("iati", short_help="Keep transactions of IATI activities.")(import_deliveries.iati)
group.command("unhcr", short_help="Keep people counted by UNHCR.")(import_deliveries.unhcr)
group.command("hapi", short_help="Keep funding and people of HDX HAPI.")(import_deliveries.hapi)


@group.command("flee", short_help="Make a pack of a folder of the engine Flee.")
def flee(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder with `input_csv` and `source_data`.")],
    settings: Annotated[
        Path, typer.Option("--settings", metavar="FILE", help="Settings of the run, `simsetting.yml`.")
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="PACK", help="Pack folder to write; it must not exist yet.")
    ],
    force: Force = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Make a pack of a folder of the engine Flee, as its user keeps it.

    Prints what was read and names everything that could not be carried over, with the reason. People are
    kept undivided; the setting `hasten` acts when the pack is simulated.
    """
    from travesia.movement import read_flee_folder, save_displacement, unmatched_countries

    displacement = read_flee_folder(folder, settings)
    with write_folder(out, force=force) as fresh:
        save_displacement(displacement, fresh)
    left_out = displacement.settings.ignored
    codes = {country.written: country.iso3 for country in unmatched_countries(displacement)}
    read = _read(displacement)
    if json:
        rows = [{"what": what, "reason": reason} for what, reason in left_out]
        emit_json({"pack": out, **read, "countries_unmatched": codes, "rows": rows})
        return
    say(", ".join(f"{number:,} {what.replace('_', ' ')}" for what, number in read.items() if number))
    for what, reason in left_out:
        say(f"not carried over: {what}: {reason}")
    for name, code in codes.items():
        say(f"no state has this name: {name}: stands as {code}, a code that ISO 3166 leaves to users")
    say(str(out))


def _read(displacement: Displacement) -> dict[str, Any]:
    """Return how much was read; people are those of the counts, at full scale."""
    from travesia.movement import full_scale, new_people, people_at_start

    whole = full_scale(displacement)
    by_conflict = displacement.settings.spawn.conflict_driven is not None
    return {
        "sites": len(displacement.sites),
        "links": len(displacement.links),
        "closures": len(displacement.closures),
        "series_of_counts": len(displacement.counts),
        "days": displacement.days,
        "people_at_the_start": int(people_at_start(whole).sum()),
        "people_setting_out": None if by_conflict else int(new_people(whole).sum()),
    }
