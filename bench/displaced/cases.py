"""A folder of measured displacements: inputs and settings by case, and what the peer engine gave for them.

`instances/NAME/CASE.simsetting.yml` beside `input_csv` and `source_data`; `stats/CASE.parquet`,
`stats/CASE.spawn.csv`; `summary.csv` with a row a case.
"""

from __future__ import annotations

import csv
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import polars as pl

SHARED = Path(__file__).resolve().parents[3] / "shared" / "flee"
ON_LINKS, PEER_ON_LINKS = "on-links", "(on links)"
SETTINGS = ".simsetting.yml"


@dataclass(frozen=True)
class Case:
    """One set of inputs and settings, with the folder that holds what the peer gave."""

    name: str
    inputs: Path
    settings: Path
    folder: Path

    @property
    def invented(self) -> bool:
        """Whether the counts of the camps are made up."""
        return self.name.startswith("toy-")

    def peer_stock(self) -> pl.DataFrame:
        """Return the peer's agents: day, place (id), camp, mean, sd, data."""
        table = pl.read_parquet(self.folder / "stats" / f"{self.name}.parquet")
        return table.select(
            pl.col("day").cast(pl.Int64),
            pl.col("location").cast(pl.String).map_elements(place_id, pl.String).alias("place"),
            pl.col("is_camp").alias("camp"),
            *(pl.col(name).cast(pl.Float64) for name in ("mean", "sd", "data")),
        )

    def peer_spawned(self) -> pl.DataFrame:
        """Return the peer's new agents and total: day, new, total."""
        table = pl.read_csv(self.folder / "stats" / f"{self.name}.spawn.csv")
        return table.select("day", pl.col("spawned").alias("new"), pl.col("agents").alias("total"))

    def peer_summary(self) -> dict[str, float]:
        """Return the peer's row of summary.csv, numbers only."""
        table = pl.read_csv(self.folder / "summary.csv").filter(case=self.name)
        if table.height != 1:
            raise SystemExit(f"error: {self.folder / 'summary.csv'}: has {table.height} rows for {self.name}")
        return {
            name: float(value)
            for name, value in table.row(0, named=True).items()
            if not isinstance(value, str)
        }


def place_id(name: str) -> str:
    """Return the id of a Flee name: lower case, what is neither letter nor digit a hyphen a run."""
    return ON_LINKS if name == PEER_ON_LINKS else re.sub(r"[\W_]+", "-", name.lower())


def cases_of(folder: Path, names: list[str] | None = None) -> list[Case]:
    """Return the cases of a folder, or those named, by name."""
    found = {path.name.removesuffix(SETTINGS): path for path in folder.glob(f"instances/*/*{SETTINGS}")}
    unknown = sorted(set(names or ()) - set(found))
    if unknown or not found:
        raise SystemExit(f"error: {folder}: has no case {', '.join(unknown) or 'at all'}")
    return [Case(name, found[name].parent, found[name], folder) for name in sorted(names or found)]


def with_hasten(settings: Path, hasten: int, into: Path) -> Path:
    """Write settings with another number that people are divided by, and return the new file."""
    text, changed = re.subn(r"(?m)^(\s*hasten:).*$", rf"\1 {hasten}", settings.read_text(encoding="utf-8"))
    if changed != 1:
        raise SystemExit(f"error: {settings}: sets hasten {changed} times; 1 expected")
    new = into / f"hasten-{hasten}{SETTINGS}"
    new.write_text(text, encoding="utf-8")
    return new


def with_people(inputs: Path, times: int, into: Path) -> Path:
    """Copy a folder with so many times the people: counts, inhabitants, room in camps; return the new one."""
    shutil.copytree(inputs, into)
    for path in (into / "source_data").glob("*.csv"):
        if path.name != "data_layout.csv":
            _multiply(path, 1, times)
    _multiply(into / "input_csv" / "locations.csv", 7, times)
    return into


def _multiply(path: Path, column: int, times: int) -> None:
    """Multiply what numbers a column of a CSV file has; -1 stands for room without a limit."""
    with path.open(newline="", encoding="utf-8-sig") as lines:
        rows = list(csv.reader(lines))
    for row in rows:
        if len(row) > column and re.fullmatch(r"\d+(\.0*)?", row[column].strip()):
            row[column] = str(int(float(row[column])) * times)
    with path.open("w", newline="", encoding="utf-8") as lines:
        csv.writer(lines).writerows(rows)
