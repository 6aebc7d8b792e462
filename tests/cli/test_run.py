"""``travesia run``: the folder that it leaves, and what it says where it cannot."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from travesia.cli import call
from travesia.region import find_pack

TABLES = {
    "answers",
    "answers_by_nationality",
    "arrivals",
    "assumptions",
    "attempts",
    "balance",
    "days_on_the_way",
    "diverted",
    "drivers",
    "exposure",
    "fit_past",
    "journeys",
    "key_shares",
    "keys_refused",
    "link_flows",
    "not_routed",
    "outcomes",
    "people_and_encounters",
    "policies",
    "queues",
    "scores_as_of",
    "shares",
    "state_pledges",
    "waiting",
}
TYPES = {
    "string": str,
    "integer": int,
    "number": float,
    "date": date.fromisoformat,
    "boolean": lambda text: {"1": True, "0": False}[text],
}


def run_toy(folder: Path, *words: str) -> Path:
    assert call(["run", "toy", "--runs", "8", "--seed", "3", "--quiet", "--out", str(folder), *words]) == 0
    return folder


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_toy(tmp_path_factory.mktemp("one") / "study", "--threads", "1")


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def texts(folder: Path) -> dict[str, str]:
    """Return every text of a study, those within its workbook included."""
    out = {}
    for name, content in files(folder).items():
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(folder / name) as book:
                out |= {
                    f"{name}/{part}": book.read(part).decode("utf-8", "replace") for part in book.namelist()
                }
        else:
            out[name] = content.decode("utf-8", "replace")
    return out


def test_the_path_of_the_report_is_printed_last_and_alone(travesia, tmp_path):
    target = tmp_path / "new" / "study"
    told = travesia("run", "toy", "--runs", "3", "--out", target)
    assert told.code == 0
    assert told.out == f"{target / 'report.html'}\n"
    assert (target / "report.html").stat().st_size < 10_000_000
    assert "runs: 3 of 3" in told.err


def test_quiet_says_nothing_but_the_path(travesia, tmp_path):
    assert travesia("run", "toy", "--runs", "3", "--out", tmp_path / "study", "--quiet").err == ""


def test_without_out_studies_are_numbered(travesia, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("toy", "toy-2", "toy-3"):
        told = travesia("run", "toy", "--runs", "3", "--quiet")
        assert told.out == f"{Path('studies', name, 'report.html')}\n"


def test_the_files_of_the_contract_are_there(study):
    names = set(files(study))
    assert {"report.html", "study.json", "datapackage.json", "prov.json"} <= names
    assert {name for name in names if name.startswith("tables/")} == {
        f"tables/{name}.{kind}" for name in TABLES for kind in ("csv", "parquet")
    }


def test_the_same_bytes_elsewhere_with_other_threads(study, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    again = run_toy(tmp_path / "quite" / "another", "--threads", "2")
    one, two = files(study), files(again)
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []


def test_the_command_of_a_study_repeats_it(study, travesia, tmp_path):
    command = json.loads((study / "study.json").read_text())["command"]
    words = shlex.split(command)
    assert words[:2] == ["travesia", "run"]
    assert travesia(*words[1:], "--out", tmp_path / "again", "--quiet").code == 0
    assert files(tmp_path / "again") == files(study)


def test_a_command_with_all_its_words_repeats_its_study(travesia, tmp_path):
    asked = ["run", "toy", "--scenario", "expulsion-ends", "--scenario", "expulsion-stays"]
    asked += ["--from", "2022-05-01", "--to", "2022-09-01", "--runs", "4", "--seed", "9", "--lang", "es"]
    assert travesia(*asked, "--out", tmp_path / "one", "--quiet", "--threads", "1").code == 0
    command = json.loads((tmp_path / "one" / "study.json").read_text())["command"]
    assert shlex.split(command)[1:] == asked
    assert travesia(*shlex.split(command)[1:], "--out", tmp_path / "two", "--quiet").code == 0
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_another_seed_gives_other_runs_and_the_same_fit(study, tmp_path):
    other = run_toy(tmp_path / "other", "--seed", "4")
    assert (other / "tables/arrivals.csv").read_bytes() != (study / "tables/arrivals.csv").read_bytes()
    for name in ("fit_past", "scores_as_of", "policies", "balance", "assumptions"):
        assert (other / f"tables/{name}.csv").read_bytes() == (study / f"tables/{name}.csv").read_bytes()


def test_a_pack_elsewhere_gives_the_same_tables(study, tmp_path):
    """Tables depend on what a pack holds, not on where it lies."""
    pack = shutil.copytree(find_pack("toy").base, tmp_path / "somewhere" / "toy")
    target = tmp_path / "study"
    assert call(["run", str(pack), "--runs", "8", "--seed", "3", "--quiet", "--out", str(target)]) == 0
    tables = {name: content for name, content in files(target).items() if name.startswith("tables/")}
    assert tables == {name: content for name, content in files(study).items() if name.startswith("tables/")}


def test_no_clock_no_path_no_threads_in_any_file(study):
    home = [str(study.resolve()), str(study.parent.resolve()), str(Path.cwd()), str(Path.home()), sys.prefix]
    home += [str(find_pack("toy").base)]
    # `/` as a home or prefix would be in every file.
    home = [path for path in home if len(path) > 1]
    for name, text in texts(study).items():
        assert [path for path in home if path in text] == [], name
        assert date.today().isoformat() not in text, name
        assert date.today().strftime("%d/%m/%Y") not in text, name
    words = json.loads((study / "study.json").read_text())
    assert "threads" not in json.dumps(words)


def test_study_json_says_what_was_asked_and_with_what(study):
    facts = json.loads((study / "study.json").read_text())
    assert (facts["seed"], facts["runs"]) == (3, 8)
    assert facts["pack"]["name"] == "toy"
    assert facts["span"] == ["2022-04-01", "2022-10-01"]
    assert facts["window"] == ["2022-06-01", "2022-08-01"]
    assert facts["as_of"] == "2022-12-31"
    assert {"travesia", "toy", "python", "numpy", "numba", "polars"} <= facts["versions"].keys()
    assert facts["digests"].keys() == {"pack", "expulsion-stays", "expulsion-ends"}
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in facts["digests"].values())
    assert [scenario["reading"] for scenario in facts["scenarios"]] == ["baseline", "responding"]


def test_the_data_package_describes_every_table(study):
    package = json.loads((study / "datapackage.json").read_text())
    assert {resource["name"] for resource in package["resources"]} == TABLES
    for resource in package["resources"]:
        assert resource["path"] == f"tables/{resource['name']}.csv"
        with (study / resource["path"]).open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file, strict=True)
        fields = resource["schema"]["fields"]
        assert header == [field["name"] for field in fields]
        assert resource["schema"]["missingValues"] == [""]
        for row in rows:
            for field, cell in zip(fields, row, strict=True):
                if cell:
                    TYPES[field["type"]](cell)
    assert package["sources"]
    assert all(source["title"] and source["license"] for source in package["sources"])


def test_provenance_names_every_table_with_its_digest(study):
    told = json.loads((study / "prov.json").read_text())
    tables = {name: entity for name, entity in told["entity"].items() if "table/" in name}
    assert {name.rsplit("/")[-1] for name in tables} == TABLES
    for name, entity in tables.items():
        content = (study / "tables" / f"{name.rsplit('/')[-1]}.csv").read_bytes()
        assert entity["travesia:sha256"] == hashlib.sha256(content).hexdigest()
    made = {item["prov:entity"]: item["prov:activity"] for item in told["wasGeneratedBy"].values()}
    assert made.keys() == tables.keys()
    assert set(made.values()) <= told["activity"].keys()
    assert {item["prov:entity"] for item in told["used"].values()} <= told["entity"].keys()
    assert {item["prov:agent"] for item in told["wasAssociatedWith"].values()} <= told["agent"].keys()


def test_csv_and_parquet_hold_the_same(study):
    for name in TABLES:
        parquet = pl.read_parquet(study / f"tables/{name}.parquet")
        with (study / f"tables/{name}.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        assert header == parquet.columns
        assert len(rows) == parquet.height
        for i, column in enumerate(parquet.columns):
            cells = [row[i] or None for row in rows]
            if parquet[column].dtype.is_numeric():
                assert [None if cell is None else float(cell) for cell in cells] == parquet[column].to_list()


def test_what_a_pack_cannot_support_is_an_empty_table_with_its_columns(study):
    """The toy pack counts no hosted people: nothing is shared, and nothing is made up."""
    shares = pl.read_csv(study / "tables/shares.csv")
    assert shares.height == 0
    assert {"iso3", "share", "fair_people", "hosted_people", "gap_people"} <= set(shares.columns)
    assert pl.read_csv(study / "tables/balance.csv")["commitment"].to_list() == ["xc-places"]


def test_the_forecast_is_scored_over_the_second_half_of_what_was_counted(study):
    scores = pl.read_csv(study / "tables/scores_as_of.csv")
    assert set(scores["months"]) == {6}
    naive = scores.filter(level="nationality", key="XAA")["wape_naive"].item()
    assert naive == pytest.approx(270 / 2870)


def test_a_project_runs_like_its_pack(study, travesia, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert travesia("init", "mine", "--pack", "toy").code == 0
    told = travesia("run", "mine", "--runs", 8, "--seed", 3, "--quiet")
    assert told.code == 0, told.err
    report = Path(told.out.strip())
    assert report.resolve().is_relative_to((tmp_path / "mine" / "studies").resolve())
    for name in ("arrivals", "answers", "fit_past"):
        table = report.parent / "tables" / f"{name}.csv"
        assert table.read_bytes() == (study / "tables" / f"{name}.csv").read_bytes()


def test_a_folder_that_exists_stays_as_it_is(study, travesia):
    before = files(study)
    told = travesia("run", "toy", "--runs", "2", "--out", study)
    assert (told.code, told.out) == (2, "")
    assert "exists already" in told.err
    assert files(study) == before


def test_force_replaces_a_folder_only_when_all_went_well(travesia, tmp_path):
    target = tmp_path / "study"
    target.mkdir()
    (target / "old.txt").write_text("old")
    wrong = travesia(
        "run", "toy", "--runs", "2", "--scenario", "nonsense", "--out", target, "--force", "--quiet"
    )
    assert wrong.code == 2
    assert files(tmp_path) == {"study/old.txt": b"old"}
    assert travesia("run", "toy", "--runs", "2", "--out", target, "--force", "--quiet").code == 0
    assert "old.txt" not in files(target)
    assert [path.name for path in tmp_path.iterdir()] == ["study"]


def test_ctrl_c_ends_at_once_and_leaves_nothing(tmp_path):
    words = [sys.executable, "-c", "from travesia.cli import main; main()"]
    words += ["run", "americas", "--runs", "400", "--out", "study"]
    process = subprocess.Popen(words, cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert any(line.startswith("simulating") for line in process.stderr)
    # Soon afterwards its threads are deep in compiled code.
    time.sleep(1.0)
    assert process.poll() is None
    os.kill(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=10)
    assert (process.returncode, out) == (130, "")
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_the_americas_give_the_same_bytes_with_one_and_with_two_threads(tmp_path):
    """Four runs in chunks of ten would share one thread: eleven need two."""
    made = []
    for threads in ("1", "2"):
        target = tmp_path / threads
        words = ["run", "americas", "--runs", "11", "--seed", "7", "--threads", threads, "--quiet"]
        assert call([*words, "--out", str(target)]) == 0
        made.append(files(target))
    one, two = made
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []
    facts = json.loads((tmp_path / "1" / "study.json").read_text())
    assert facts["window"] == ["2022-12-21", "2023-05-12"]
    shares = pl.read_csv(tmp_path / "1" / "tables/shares.csv")
    assert shares.height == 20
