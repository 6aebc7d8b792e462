"""What a folder of the peer engine holds that this package does not follow: files and columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from travesia.movement.displacement.displacement import Displacement
from travesia.movement.flee.counts import LAYOUT

FILES: Mapping[str, str] = MappingProxyType(
    {
        "major_routes.csv": "major routes are not modelled",
        "agents.csv": "people listed one by one are not read",
        "flood_level.csv": "displacement by floods is not modelled",
        "region_attributes_IPC.csv": "hunger (IPC phases) is not modelled",
        "location_changes.csv": "changes of the kind of a place are not modelled",
    }
)
"""Files that the peer engine reads and this package does not."""

READ = frozenset(
    {
        "locations.csv",
        "routes.csv",
        "closures.csv",
        "conflicts.csv",
        "sim_period.csv",
        "registration_corrections.csv",
    }
)
"""Files of ``input_csv`` that this package reads, beside demographics."""


def unread(folder: Path, displacement: Displacement) -> Iterator[tuple[str, str]]:
    """Yield what is present and not followed, with the reason."""
    yield from _columns(displacement)
    if (folder / "location_changes.csv").exists():
        yield "location_changes.csv", FILES["location_changes.csv"]
    for path in sorted((folder / "input_csv").glob("*.csv")):
        if path.name not in READ and not path.name.startswith("demographics_"):
            yield f"input_csv/{path.name}", FILES.get(path.name, "is not read, nor by the peer engine")
    named = {part.file for series in displacement.counts for part in series.parts}
    for path in sorted((folder / "source_data").glob("*.csv")):
        if path.name not in {LAYOUT, *named}:
            yield f"source_data/{path.name}", f"is not named in {LAYOUT}"


def _columns(displacement: Displacement) -> Iterator[tuple[str, str]]:
    if any(_above_zero(link.columns.get("walk_probability", "")) for link in displacement.links):
        reason = "covering a link on foot by chance is not modelled"
        yield "input_csv/routes.csv: walk_probability", reason
    if any(_above_zero(site.columns.get("deactivation_probability", "")) for site in displacement.sites):
        reason = "people leaving the simulation are not modelled; never acts in the peer engine either"
        yield "input_csv/locations.csv: deactivation_probability", reason
    if any(site.columns.get("conflict_intensity") for site in displacement.sites):
        yield "input_csv/locations.csv: conflict_intensity", "intensities are read from conflicts.csv"


def _above_zero(text: str) -> bool:
    try:
        return float(text) > 0.0
    except ValueError:
        return False
