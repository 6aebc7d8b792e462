# ruff: noqa: E501 - a file of a folder stands on one line
"""``travesia assign`` from a folder: the shape of the answer, reasons, clashes, and bad input in one line."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time

import numpy as np
import polars as pl
import pytest
from assigning import write_files

from travesia.cli import call
from travesia.sharing import NOTICE, assign, read_instance
from travesia.terms import InputError


@pytest.fixture
def folder(tmp_path):
    return lambda **changed: write_files(tmp_path / "in", changed)


def answer(capsys, folder, *words):
    assert call(["assign", str(folder), "--json", "--quiet", *words]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    return json.loads(said.out)


def placed(found):
    return {row["case"]: row["place"] for row in found["placements"]}


def test_the_shape_and_the_best_answer(folder, capsys):
    found = answer(capsys, folder())
    # By hand: c1 to a (1.5), c2 and c3 to b (0.8) or c3 and c4 to b (0.7); three of four fit.
    assert placed(found) == {"c1": "a", "c2": "b", "c3": "b"}
    assert found["objective"] == found["bound"] == pytest.approx(2.3)
    assert (found["gap"], found["status"], found["placed"]) == (0.0, "optimal", 3)
    assert [(row["case"], row["people"]) for row in found["unplaced"]] == [("c4", 2)]
    assert found["unplaced"][0]["reason"].startswith("no room")
    assert found["notice"] == NOTICE
    assert found["seconds"] >= 0
    assert {tuple(row) for row in found["placements"]} == {("case", "place", "score", "runner_up", "cost")}


def test_wide_scores_are_the_same_and_an_empty_cell_is_no_pair(folder, capsys):
    wide = "case,a,b\nc1,1.5,0.5\nc2,0.7,0.2\nc3,0.4,0.6\nc4,,0.1\n"
    long, other = answer(capsys, folder()), answer(capsys, folder(scores=wide))
    assert {**long, "seconds": 0} == {**other, "seconds": 0}


def test_a_penalty_for_those_left_out_changes_the_answer_but_stays_out_of_the_objective(folder, capsys):
    target = folder()
    (target / "params.toml").write_text("unplaced_penalty = 1.0\n")
    found = answer(capsys, target)
    # Seven people for seven beds: c1 and c3 at a, c4 at b leaves c2; all but one person fits.
    assert sum(row["people"] for row in found["unplaced"]) <= 2
    assert found["objective"] == pytest.approx(sum(row["score"] for row in found["placements"]))
    assert found["gap"] == 0.0


def test_explained(folder, capsys):
    found = answer(capsys, folder(), "--explain")
    first = found["placements"][0]
    assert first["terms"] == {"score": 1.5}
    assert first["runner_up"] == "b"
    assert "at these prices b would cost the total" in first["why"]
    assert all(price["price"] for price in found["prices"])


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"compatible": "case,place\nc1,a\nc2,a\nc3,b\n"}, "compatible.csv lists no place"),
        ({"needs": "case,kind,value\nc4,language,quechua\n"}, "offers what it needs"),
        ({"offers": "place,kind,value\nb,size,1\n"}, "offers what it needs"),
        ({"needs": "case,kind,value\nc4,nationality,YYY\n", "offers": "place,kind,value\na,nationality,*\nb,nationality,*\n"}, "offers what it needs"),
        ({"ties": "case,place\nc4,a\n"}, "its ties leave no place"),
        ({"vetoes": "case,place\nc4,b\n"}, "it has vetoed every place left"),
        ({"forbids": "case,place\nc4,b\n"}, "every place left is forbidden"),
        ({"scores": "case,a,b\nc1,1,1\nc2,1,1\nc3,1,1\nc4,,\n"}, "no place is scored for it"),
        ({"cases": "case,people,school\nc1,3,1\nc2,2,0\nc3,1,0\nc4,9,1\n"}, "larger than every place left"),
    ],
)  # fmt: skip
def test_no_admissible_place_is_an_answer(folder, capsys, changed, reason):
    found = answer(capsys, folder(**changed))
    left = {row["case"]: row["reason"] for row in found["unplaced"]}
    assert left["c4"].startswith("no admissible place: ")
    assert reason in left["c4"]


def test_any_language_of_a_case_is_enough_and_every_medical_need_counts(folder, capsys):
    offers = "place,kind,value\na,language,es\nb,language,fr\na,medical,dialysis\nb,medical,dialysis\nb,medical,ward\n"
    needs = "case,kind,value\nc1,language,es\nc1,language,fr\nc3,medical,dialysis\nc3,medical,ward\n"
    found = answer(capsys, folder(offers=offers, needs=needs))
    assert placed(found)["c3"] == "b"
    assert found["placements"][0]["runner_up"] == "b"


def test_linked_cases_go_together_and_pins_hold(folder, capsys):
    found = answer(capsys, folder(links="case,with\nc2,c3\n"))
    assert placed(found)["c2"] == placed(found)["c3"]
    found = answer(capsys, folder(pins="case,place\nc1,b\n"))
    assert placed(found)["c1"] == "b"
    found = answer(capsys, folder(links="case,with\nc1,c4\n"))
    assert "c1" not in placed(found)


def test_a_preference_is_a_term_of_the_score(folder, capsys):
    found = answer(capsys, folder(preferences="case,place,bonus\nc3,a,0.5\n"), "--explain")
    third = next(row for row in found["placements"] if row["case"] == "c3")
    assert third["place"] == "a"
    assert third["terms"] == {"score": 0.4, "preference": 0.5}
    assert third["score"] == pytest.approx(0.9)


def test_shares_of_states_are_kept(folder, capsys):
    found = answer(capsys, folder(states="state,lower_share,upper_share\nXXX,0,0.25\nYYY,0.3,1\n"))
    people = {"c1": 3, "c2": 2, "c3": 1, "c4": 2}
    there = sum(people[case] for case, place in placed(found).items() if place == "a")
    assert there <= 2  # a quarter of eight people
    assert found["status"] == "optimal"


def test_floors_of_groups_and_what_they_cost(folder, capsys):
    target = folder(groups="case,group\nc4,late\nc2,early\n")
    (target / "params.toml").write_text("[group_floors]\nlate = 0.1\n")
    found = answer(capsys, target)
    assert placed(found)["c4"] == "b"
    late = next(row for row in found["groups"] if row["group"] == "late")
    assert late["mean"] == pytest.approx(0.1)
    assert found["group_cost"] == pytest.approx(2.3 - found["objective"])


def test_files_written_say_that_a_person_decides(folder, tmp_path, capsys):
    out = tmp_path / "out"
    assert call(["assign", str(folder()), "--out", str(out), "--quiet"]) == 0
    assert NOTICE in capsys.readouterr().out
    for name in ("placements.csv", "unplaced.csv"):
        assert set(pl.read_csv(out / name)["notice"]) == {NOTICE}
    assert json.loads((out / "placements.json").read_text())["notice"] == NOTICE
    assert call(["assign", str(folder()), "--out", str(out), "--quiet"]) == 2


def test_a_folder_that_exists_is_refused_before_anything_is_placed(folder, tmp_path, capsys):
    assert call(["assign", str(folder()), "--out", str(tmp_path), "--json"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "placing" not in said.err


def test_a_notebook_shows_a_table_that_says_who_decides(folder):
    shown = assign(read_instance(folder(scores="case,a,b\nc1,1,1\nc2,1,1\nc3,1,1\nc4,1,1\n")))._repr_html_()
    assert shown.startswith("<table>")
    assert NOTICE in shown


CLASHES = [
    (
        {"pins": "case,place\nc1,a\n", "states": "state,lower_share,upper_share\nXXX,0,0.1\n"},
        ["case c1 is pinned to a (pins.csv:2)", "state XXX takes at most 0 of 8 people (states.csv:2)"],
    ),
    (
        {"places": "place,state,people,school,people_floor\na,XXX,4,1,0\nb,YYY,3,1,3\n", "states": "state,upper_share\nYYY,0.2\n"},
        ["b is filled to at least 3 people (places.csv:3)", "state YYY takes at most 1 of 8 people (states.csv:2)"],
    ),
    (
        {"pins": "case,place\nc1,a\n", "links": "case,with\nc1,c4\n"},
        ["case c1 is pinned to a (pins.csv:2)", "cases c1 and c4 go together (links.csv:2)"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "conditions"), CLASHES)
def test_an_infeasible_input_names_what_clashes_and_nothing_else(folder, capsys, changed, conditions):
    assert call(["assign", str(folder(**changed)), "--json", "--quiet"]) == 2
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    found = json.loads(said.out)
    assert found["status"] == "infeasible"
    assert found["objective"] is None
    named = [f"{row['words']} ({row['file']}:{row['row']})" for row in found["clash"]]
    assert sorted(named) == sorted(conditions)
    assert all(words in said.err for words in conditions)


def test_an_infeasible_floor_of_whole_cases(folder, capsys):
    # Halves of families could fill it, whole ones cannot: cases of 2 and 3 never make 4.
    target = folder(
        cases="case,people\nc1,3\nc2,3\n",
        places="place,state,people,people_floor\na,X,5,4\n",
        scores="case,a\nc1,1\nc2,1\n",
    )
    assert call(["assign", str(target), "--quiet"]) == 2
    assert "a is filled to at least 4 people (places.csv:2)" in capsys.readouterr().err


BAD = [
    ({"places": "place,state,people,school\na,X,-4,1\nb,Y,3,1\n"}, "places.csv:2: people -4: is negative; "),
    ({"cases": "case,people,school\nc1,3,1\nc1,2,0\nc3,1,0\nc4,2,1\n"}, "cases.csv:3: case c1: row stands twice"),
    ({"places": "place,state,people,school\na,X,4,1\na,Y,3,1\n"}, "places.csv:3: place a: row stands twice"),
    ({"scores": "case,place,score\nc1,z,1\n"}, "scores.csv:2: place: unknown place z"),
    ({"scores": "case,place,score\nc9,a,1\n"}, "scores.csv:2: case: unknown case c9"),
    ({"scores": "case,place,score\nc1,a,NaN\n"}, "scores.csv:2: score NaN: is not a number"),
    ({"scores": "case,place,score\nc1,a,inf\n"}, "scores.csv:2: score inf: is not a number"),
    ({"scores": "case,place,score\nc1,a,1\nc1,a,2\n"}, "scores.csv:3: case c1 a: row stands twice"),
    ({"scores": "case,place,score\nc1,a,1\nc1, a,2\n"}, "scores.csv:3: case c1 a: row stands twice"),
    ({"scores": "case,a, a\nc1,1,1\n"}, "scores.csv:1: a: column stands twice"),
    ({"scores": "case,a,b\nc1,nan,1\n"}, "scores.csv:2: a nan: is not a number"),
    ({"scores": "case,a,z\nc1,1,1\n"}, "scores.csv:1: unknown place z"),
    ({"scores": "case,a,b\nc1,1,1\nc2,1,1\nc4,1,1\n"}, "scores.csv: case c3: no row names the case"),
    ({"cases": "case,people,school\nc1,0,1\n"}, "cases.csv:2: people 0: is not a whole number of people above 0"),
    ({"cases": "case,people,school\nc1,1.5,1\n"}, "people 1.5: is not a whole number of people"),
    ({"cases": "case,people,school\nc1,,1\n"}, "cases.csv:2: people: is empty, and missing is not zero"),
    ({"places": "place,state,people\na,X,4\n"}, "places.csv:1: school: column is missing"),
    ({"places": "place,state,people,school,beds\na,X,4,1,1\n"}, "places.csv:1: beds: column is unknown"),
    ({"places": "place,state,people,school,people_floor\na,X,4,1,5\n"}, "people_floor 5: is above the capacity 4"),
    ({"pins": "case,place\nc1,a\nc2,a\n"}, "pins.csv:3: place a: pins put 5 people there, and it has room for 4"),
    ({"pins": "case,place\nc4,a\n"}, "pins.csv:2: place a: case c4 is pinned there, and the pair is not admissible"),
    ({"states": "state,upper_share\nXXX,1.2\n"}, "states.csv:2: upper_share 1.2: is a share above 1"),
    ({"states": "state,lower_share\nXXX,0.6\nYYY,0.6\n"}, "states.csv:3: lower_share 0.6: brings the lower shares above 1"),
    ({"states": "state,upper_share\nZZZ,0.2\n"}, "states.csv:2: state: unknown state ZZZ"),
    ({"compatible": "case,place\nc4,a\n"}, "compatible.csv:2: case c4 a: has no score, and missing is not zero"),
    ({"compatible": "case,place\nc4, a\n"}, "compatible.csv:2: case c4 a: has no score, and missing is not zero"),
    ({"links": "case,with\nc1,c1\n"}, "links.csv:2: with c1: a case is linked to itself"),
    ({"surprise": "a,b\n1,2\n"}, "surprise.csv: file is unknown"),
    ({"places": "place,state,people,school,kind\na,X,4,1,town\nb,Y,3,1,return\n"}, "places.csv:3: kind return: a removal or return is not a destination"),
    ({"places": "place,state,people,school,name\na,X,4,1,Deportation flight\nb,Y,3,1,B\n"}, "places.csv:2: name Deportation flight: a removal or return is not"),
    ({"places": "place,state,people,school\nremoval-centre,X,4,1\nb,Y,3,1\n"}, "places.csv:2: place removal-centre: a removal"),
    ({"places": "place,state,people,school,kind\na,X,4,1,repatriación\nb,Y,3,1,\n"}, "a removal or return is not a destination"),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "says"), BAD)
def test_bad_input_is_one_line_and_exit_code_2(folder, tmp_path, capsys, changed, says):
    out = tmp_path / "out"
    assert call(["assign", str(folder(**changed)), "--out", str(out), "--quiet"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("error: ")
    assert said.err.count("\n") == 1
    assert says in said.err
    assert not out.exists()


def test_a_town_may_be_called_el_retorno(folder, capsys):
    places = "place,state,people,school,name\na,X,4,1,El Retorno\nb,Y,3,1,Return Creek\n"
    assert answer(capsys, folder(places=places))["placed"] == 3


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("unplaced = 1\n", "params.toml: unplaced: option is unknown"),
        ("unplaced_penalty = -1\n", "unplaced_penalty -1.0: is negative"),
        ("unplaced_penalty = 'much'\n", "unplaced_penalty much: is not a number"),
        ("unplaced_penalty\n", "params.toml: is no TOML"),
        ("[group_floors]\nnobody = 1\n", "nobody: group has no case"),
    ],
)
def test_bad_options(folder, text, says):
    target = folder()
    (target / "params.toml").write_text(text)
    with pytest.raises(InputError, match=r"params\.toml") as caught:
        read_instance(target)
    assert says in str(caught.value)


def test_ctrl_c_ends_at_once_and_leaves_nothing(tmp_path):
    chance = np.random.default_rng(0)
    people = chance.integers(1, 7, 600)
    room = chance.multinomial(people.sum(), np.full(40, 1 / 40))
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    cases = "".join(f"c{i},{count}\n" for i, count in enumerate(people))
    (folder / "cases.csv").write_text(f"case,people\n{cases}")
    (folder / "places.csv").write_text(
        "place,state,people\n" + "".join(f"p{j},X,{count}\n" for j, count in enumerate(room))
    )
    rows = "".join(f"c{i}," + ",".join(f"{x:.4f}" for x in chance.random(40)) + "\n" for i in range(600))
    (folder / "scores.csv").write_text("case," + ",".join(f"p{j}" for j in range(40)) + "\n" + rows)
    words = ["assign", str(folder), "--out", str(out), "--time-limit", "600"]
    command = [sys.executable, "-c", "from travesia.cli import main; main()", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr.readline().startswith("placing 600 cases")
        time.sleep(1.0)
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said == ""
    assert not out.exists()
