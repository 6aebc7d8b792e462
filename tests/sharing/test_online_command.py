"""``travesia assign --online`` from a folder: order of batches, shape of the answer, bad input."""

from __future__ import annotations

import csv
import json

import pytest
from arriving import cases, write

from travesia.cli import call
from travesia.sharing import NOTICE

FILES = {
    "cases.csv": "case,people,batch\nc1,1,2025-03-02\nc2,1,2025-01-31\nc3,1,2025-03-02\nc4,9,2025-01-31\n",
    "places.csv": "place,state,people\na,XXX,1\nb,YYY,3\n",
    "scores.csv": "case,a,b\nc1,0.9,0.1\nc2,0.5,0.4\nc3,0.2,0.2\nc4,1,1\n",
}
HISTORY = {"cases.csv": "case,people\n" + "".join(f"h{at},1\n" for at in range(40))}
HISTORY["scores.csv"] = "case,a,b\n" + "".join(f"h{at},0.9,0.1\n" for at in range(40))


@pytest.fixture
def folder(tmp_path):
    def make(name="in", **changed):
        target = tmp_path / name
        target.mkdir(exist_ok=True)
        for file, text in (FILES | {f"{key}.csv": text for key, text in changed.items()}).items():
            (target / file).write_text(text, encoding="utf-8")
        return target

    return make


def answer(capsys, *words):
    assert call(["assign", *map(str, words), "--json", "--quiet"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    return json.loads(said.out)


def placed(found):
    return [(row["case"], row["place"]) for row in found["placements"]]


def refused(capsys, *words):
    code = call(["assign", *map(str, words), "--quiet"])
    said = capsys.readouterr()
    assert code == 2
    assert said.out == ""
    assert said.err.count("\n") == 1
    return said.err


def test_dates_say_who_comes_first_and_prices_keep_room_for_the_later(folder, capsys):
    # Greedy gives the only bed at a to c2, who comes first and likes it; c1 would bring more there.
    greedy = answer(capsys, folder(), "--online", "--futures", "0")
    assert [(row["case"], row["place"]) for row in greedy["placements"]] == [
        ("c2", "a"),
        ("c1", "b"),
        ("c3", "b"),
    ]
    before = folder("before", cases=HISTORY["cases.csv"], scores=HISTORY["scores.csv"])
    found = answer(capsys, folder(), "--online", "--history", before, "--expected", "4")
    assert [(row["case"], row["place"]) for row in found["placements"]] == [
        ("c2", "b"),
        ("c1", "a"),
        ("c3", "b"),
    ]
    assert [row["batch"] for row in found["placements"]] == ["2025-01-31", "2025-03-02", "2025-03-02"]
    assert found["objective"] == pytest.approx(0.4 + 0.9 + 0.2)
    assert found["bound"] == pytest.approx(found["objective"])
    assert greedy["objective"] == pytest.approx(found["online"]["greedy"]["objective"])


def test_the_shape(folder, capsys):
    found = answer(capsys, folder(), "--online", "--seed", "3", "--balance", "0.2", "--reprice", "2")
    keys = {"objective", "bound", "gap", "status", "placed", "unplaced", "seconds", "placements", "online"}
    assert keys <= set(found)
    assert found["gap"] == pytest.approx(found["bound"] - found["objective"])
    assert (found["status"], found["placed"], found["notice"]) == ("feasible", 3, NOTICE)
    assert found["unplaced"][0]["case"] == "c4"
    assert found["unplaced"][0]["reason"] == "no admissible place: it is larger than every place left"
    assert {tuple(row) for row in found["placements"]} == {
        ("case", "place", "score", "runner_up", "cost", "batch", "paid")
    }
    online = found["online"]
    assert online["rule"] == {"futures": 4, "reprice": 2, "balance": 0.2, "expected": None, "seed": 3}
    assert (online["drawn_from"], online["expected_from"]) == ("arrived", "room")
    assert online["ratio"] == pytest.approx(found["objective"] / found["bound"])
    assert set(online["greedy"]) == {"objective", "ratio", "people_unplaced", "wait"}
    assert (online["missed"], online["unplaced_in_hindsight"]) == ([], 9)


def test_without_online_a_batch_is_only_a_column(folder, capsys):
    with_batch = answer(capsys, folder())
    without = answer(capsys, folder("other", cases="case,people\nc1,1\nc2,1\nc3,1\nc4,9\n"))
    assert with_batch["placements"] == without["placements"]
    assert "online" not in with_batch


def test_what_is_said_and_written(folder, capsys, tmp_path):
    assert call(["assign", str(folder()), "--online", "--out", str(tmp_path / "out"), "--explain"]) == 0
    said = capsys.readouterr().out
    assert "of the bound in hindsight" in said
    assert "as many as fill the room" in said
    assert NOTICE in said
    rows = list(csv.DictReader((tmp_path / "out" / "placements.csv").read_text().splitlines()))
    assert [row["batch"] for row in rows] == ["2025-01-31", "2025-03-02", "2025-03-02"]
    assert {row["notice"] for row in rows} == {NOTICE}
    assert json.loads((tmp_path / "out" / "placements.json").read_text())["online"]["pricings"] == 4


def test_misses_are_said(folder, capsys):
    places = "place,state,people,people_floor\na,XXX,1,0\nb,YYY,20,15\n"
    assert call(["assign", str(folder(places=places)), "--online", "--quiet", "--futures", "0"]) == 0
    assert "missed: b is filled to at least 15 people: by 4 people" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("soon", "batch soon: is neither a whole number nor a date"),
        ("2025-02-30", "batch 2025-02-30: is neither"),
        ("-1", "batch -1: is neither"),
        ("", "batch: is neither"),
        ("3", "batch 3: is not a date, as the first one is"),
    ],
)
def test_bad_batches(folder, capsys, cell, said):
    text = FILES["cases.csv"].replace("c3,1,2025-03-02", f"c3,1,{cell}")
    assert f"cases.csv:4: {said}" in refused(capsys, folder(cases=text), "--online")


@pytest.mark.parametrize("word", ["futures", "seed", "history", "expected", "balance", "reprice"])
def test_options_of_online_ask_for_it(folder, capsys, word):
    said = refused(capsys, folder(), f"--{word}", "1")
    assert f"--{word} is about placing online; add --online" in said


def test_what_only_cases_at_once_can_be_promised_is_refused(folder, capsys):
    target = folder(groups="case,group\nc1,young\nc2,old\n")
    assert "--raise-worst asks for all cases at once" in refused(
        capsys, target, "--online", "--raise-worst", "1"
    )
    for line in ("leximin = true", "raise_worst = 0.02"):
        (target / "params.toml").write_text(line + "\n")
        said = refused(capsys, target, "--online")
        assert f"{line.split()[0]}: asks for all cases at once" in said


def test_a_history_is_read_as_strictly_as_the_cases(folder, capsys, tmp_path):
    assert "is neither a folder nor a workbook" in refused(
        capsys, folder(), "--online", "--history", tmp_path / "none"
    )
    other = folder("before", places="place,state,people\na,XXX,1\nz,YYY,3\n", scores="case,a,z\nc1,1,1\nc2,1,1\nc3,1,1\nc4,1,1\n")  # fmt: skip  # noqa: E501
    said = refused(capsys, folder(), "--online", "--history", other)
    assert "history: place b is known to the cases only; give both the same places" in said


def test_a_folder_with_states_groups_and_links_end_to_end(capsys, tmp_path):
    files = {
        "states_csv": "state,lower_share,upper_share\nXXX,0.3,0.6\n",
        "links_csv": "case,with\nc1,c9\n",
        "params_toml": "[group_floors]\nold = 0.4\n",
    }
    write(tmp_path / "one", cases(2), **files)
    write(tmp_path / "before", cases(92))
    found = answer(capsys, tmp_path / "one", "--online", "--history", tmp_path / "before", "--explain")
    assert {row["group"] for row in found["groups"]} == {"old", "young"}
    assert found["prices"]
    assert all(row["why"] for row in found["placements"])
    assert found["placed"] + len(found["unplaced"]) == 36
