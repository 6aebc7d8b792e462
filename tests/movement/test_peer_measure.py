"""The comparison of CPU seconds: what is divided by what, and what is said to be extrapolated."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import polars as pl
import pytest

import peer
from displaced.cases import Case, with_people
from displaced.commands import Simulated
from displaced.peer import PeerRun

DAILY = {50: (0, 10, 20), 10: (0, 50, 100), 5: (0, 100, 200), 1: (0, 500, 1_000)}
OUR_S = {50: 0.2, 10: 0.3, 5: 0.22, 1: 0.36}
"""Of 100 runs; ten times the people add 0.01."""


@pytest.fixture
def sizes(monkeypatch, tmp_path):
    """Let both sides answer without running anything."""

    def ours(sizes, hasten, runs=None, times=1):
        total = pl.Series("total", DAILY[hasten], dtype=pl.Int64) * times
        spawned = pl.DataFrame({"day": range(3), "new": total.diff().fill_null(0), "total": total})
        return Simulated(pl.DataFrame(), spawned, {"cpu_s": OUR_S[hasten] + math.log10(times) / 100.0})

    def run_peer(python, inputs, settings, seed=1, days=None):
        people = DAILY[int(settings.read_text(encoding="utf-8").split()[-1])]
        seconds = sum(people) / 100.0 * seed
        return PeerRun(3, people, sum(people), seconds, 0.1, seconds - 0.1, 80.0)

    monkeypatch.setattr(peer, "ours", ours)
    monkeypatch.setattr(peer, "alone_s", lambda sizes, hasten: 0.5)
    monkeypatch.setattr(peer, "run_peer", run_peer)
    settings = tmp_path / "a.simsetting.yml"
    settings.write_text("optimisations:\n  hasten: 50\n", encoding="utf-8")
    return peer.Sizes(Case("a", tmp_path, settings, tmp_path), tmp_path, runs=100, peer_runs=3)


def numbers(text, word):
    """Return what follows a word on each line that begins with it."""
    lines = [line.strip() for line in text.splitlines()]
    return [line.removeprefix(word).split()[0] for line in lines if line.startswith(word)]


def test_the_scaled_ratio_is_of_means_a_run(sizes, capsys):
    peer.measure(sizes, Path("python"), full=True)
    told = capsys.readouterr().out
    # Scaled: runs of 0.3, 0.6 and 0.9 s against 0.2 s over 100 runs; full: 15 s against 0.36 s over 100.
    assert numbers(told, "ratio") == ["300x", "4,167x"]
    assert numbers(told, "same people on every day") == ["yes", "yes"]
    assert "measured" in told
    assert "extrapolated" not in told


def test_full_scale_is_extrapolated_by_person_days_and_says_so(sizes, capsys):
    peer.measure(sizes, Path("python"), full=False)
    told = capsys.readouterr().out
    assert "extrapolated to full scale by person-days: 3.00 CPU s x 5.000" in told
    assert numbers(told, "peer, CPU s a run") == ["0.600", "15.000"]
    assert numbers(told, "same people on every day") == ["yes", "not"]


def test_growth_is_of_ten_times_the_people(sizes, capsys):
    peer.show_growth(sizes)
    told = capsys.readouterr().out
    assert "20 to        200 people: 1.10 times" in told
    assert "100 to      1,000 people: 1.20 times" in told
    assert "1,000 to     10,000 people: 1.03 times" in told


def test_other_people_are_told(sizes, capsys):
    peer.compare(sizes, 50, 1.0, (0, 10, 21))
    assert numbers(capsys.readouterr().out, "same people on every day") == ["NO"]


def test_ten_times_the_people_are_counted_live_and_have_room(tmp_path):
    folder = tmp_path / "a"
    for name, text in {
        "source_data/data_layout.csv": "total,refugees.csv\nCamp,camp-10.csv\n",
        "source_data/refugees.csv": "Date,Refugee_numbers\n2015-04-10,3246\n2015-04-23,\n",
        "input_csv/locations.csv": (
            '#name,region,country,lat,lon,kind,day,people\n"A, B",x,y,3,29,camp,0,40\nC,x,y,1,2,camp,0,-1\n'
        ),
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    new = with_people(folder, 10, tmp_path / "more")
    assert (new / "source_data" / "data_layout.csv").read_text(encoding="utf-8").endswith("camp-10.csv\n")
    assert [row[1] for row in cells(new / "source_data" / "refugees.csv")] == ["Refugee_numbers", "32460", ""]
    assert [row[7] for row in cells(new / "input_csv" / "locations.csv")] == ["people", "400", "-1"]
    assert [row[6] for row in cells(new / "input_csv" / "locations.csv")] == ["day", "0", "0"]


def cells(path):
    """Return the rows of a CSV file."""
    with path.open(newline="", encoding="utf-8") as lines:
        return list(csv.reader(lines))
