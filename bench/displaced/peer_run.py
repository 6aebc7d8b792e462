"""One run of the peer engine Flee through its own Python API; runs inside the peer's environment.

Reads a Flee folder and a settings file, moves everybody day by day, and prints one JSON object: people by
day, person-days, and the CPU seconds of the loop, split in setting out and moving. The network, the counts
and their corrections are read with the peer's own readers; only sim_period.csv is read here, since the
release of the package index does not know its name.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import json
import os
import random
import resource
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from flee import InputGeography, flee, spawning
from flee.datamanager import handle_refugee_data
from flee.SimulationSettings import SimulationSettings


def period(folder: Path) -> tuple[str, int]:
    """Return the first day and the number of days."""
    with (folder / "input_csv" / "sim_period.csv").open(newline="", encoding="utf-8-sig") as lines:
        rows = {row[0].strip().lower(): row[1].strip() for row in csv.reader(lines) if len(row) > 1}
    return rows["startdate"], int(rows["length"])


def build(folder: Path, settings: Path) -> tuple[Any, Any, Any, int]:
    """Return the peer's ecosystem with the people of day 0, its geography, its counts, and the days."""
    SimulationSettings.ReadFromYML(str(settings))
    inputs = folder / "input_csv"
    SimulationSettings.ConflictInputFile = str(inputs / "conflicts.csv")
    geography = InputGeography.InputGeography()
    geography.ReadConflictInputCSV(SimulationSettings.ConflictInputFile)
    geography.ReadLocationsFromCSV(str(inputs / "locations.csv"))
    geography.ReadLinksFromCSV(str(inputs / "routes.csv"))
    geography.ReadClosuresFromCSV(str(inputs / "closures.csv"))
    world, places = geography.StoreInputGeographyInEcosystem(flee.Ecosystem())
    start, days = period(folder)
    counts = handle_refugee_data.RefugeeTable(
        csvformat="generic",
        data_directory=str(folder / "source_data"),
        data_layout="data_layout.csv",
        start_date=start,
        population_scaledown_factor=SimulationSettings.optimisations["PopulationScaleDownFactor"],
    )
    counts.ReadL1Corrections(str(inputs / "registration_corrections.csv"))
    for name in world.get_camp_names():
        spawning.add_initial_refugees(world, counts, places[name])
    return world, geography, counts, days


def run(folder: Path, settings: Path, most_days: int | None) -> dict[str, Any]:
    """Simulate and return what it took."""
    world, geography, counts, days = build(folder, settings)
    days = min(days, most_days or days)
    people, setting_out, moving = [], 0.0, 0.0
    for day in range(days):
        began = time.process_time()
        geography.AddNewConflictZones(world, day)
        spawning.spawn_daily_displaced(world, day, counts, SumFromCamps=True)
        spawning.refresh_spawn_weights(world)
        world.enact_border_closures(day)
        middle = time.process_time()
        world.evolve()
        moving += time.process_time() - middle
        setting_out += middle - began
        people.append(world.numAgents())
    return {
        "days": days,
        "people": people,
        "person_days": sum(people),
        "cpu_s": setting_out + moving,
        "setting_out_s": setting_out,
        "moving_s": moving,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main() -> None:
    """Print the result of one run; what the peer itself says is dropped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("settings", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--days", type=int, default=None, help="first days only")
    asked = parser.parse_args()
    random.seed(asked.seed)
    np.random.seed(asked.seed)
    with (
        Path(os.devnull).open("w") as silence,
        contextlib.redirect_stdout(silence),
        contextlib.redirect_stderr(silence),
    ):
        result = run(asked.folder.resolve(), asked.settings.resolve(), asked.days)
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
