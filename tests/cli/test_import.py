"""``travesia import flee``: what it prints, what it leaves, and how it refuses."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from travesia.cli import call

TOY = Path(__file__).parents[1] / "movement" / "flee" / "toy-capped"
SETTINGS = TOY / "toy-capped-a1.simsetting.yml"


def command(out, *more, folder=TOY, settings=SETTINGS):
    return ["import", "flee", str(folder), "--settings", str(settings), "--out", str(out), *more]


def test_a_folder_becomes_a_pack_and_its_path_is_said_last(tmp_path, capsys):
    assert call(command(tmp_path / "pack")) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == (
        "12 sites, 14 links, 3 closures, 5 series of counts, 60 days, 200 people at the start, "
        "2,751 people setting out"
    )
    assert "no state has this name: Homeland: stands as XAA" in lines[1]
    assert lines[-1] == str(tmp_path / "pack")
    assert (tmp_path / "pack" / "displacement" / "sites.csv").is_file()


def test_the_pack_passes_the_check_with_its_displacement(tmp_path, capsys):
    assert call(command(tmp_path / "pack")) == 0
    capsys.readouterr()
    assert call(["check", str(tmp_path / "pack"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["errors"] == 0
    assert found["checks"][-1] == "displacement"


def test_the_check_finds_a_damaged_displacement(tmp_path, capsys):
    assert call(command(tmp_path / "pack")) == 0
    (tmp_path / "pack" / "displacement" / "links.csv").unlink()
    capsys.readouterr()
    assert call(["check", str(tmp_path / "pack")]) == 1
    assert "links.csv: file is missing" in capsys.readouterr().out


def test_json_is_one_object(tmp_path, capsys):
    text = SETTINGS.read_text(encoding="utf-8") + "  speed: 3\n"
    (tmp_path / "s.yml").write_text(text, encoding="utf-8")
    assert call(command(tmp_path / "pack", "--json", settings=tmp_path / "s.yml")) == 0
    captured = capsys.readouterr()
    found = json.loads(captured.out)
    assert found["sites"] == 12
    assert found["days"] == 60
    assert found["people_setting_out"] == 2751
    assert found["pack"] == str(tmp_path / "pack")
    assert found["countries_unmatched"] == {"Homeland": "XAA", "Eastland": "XAB", "Westland": "XAC"}
    assert found["rows"] == [{"what": "optimisations.speed", "reason": "is no setting that is known"}]
    assert captured.err == ""


def test_quiet_hides_progress_and_never_the_answer(tmp_path, capsys):
    assert call(command(tmp_path / "pack", "--quiet")) == 0
    captured = capsys.readouterr()
    assert captured.out.splitlines()[-1] == str(tmp_path / "pack")
    assert captured.err == ""


def test_what_is_not_carried_over_is_named(tmp_path, capsys):
    text = SETTINGS.read_text(encoding="utf-8") + "move_rules_too:\n  a: 1\n"
    (tmp_path / "s.yml").write_text(text, encoding="utf-8")
    shutil.copytree(TOY, tmp_path / "folder")
    (tmp_path / "folder" / "input_csv" / "agents.csv").write_text("x\n", encoding="utf-8")
    assert call(command(tmp_path / "pack", folder=tmp_path / "folder", settings=tmp_path / "s.yml")) == 0
    out = capsys.readouterr().out
    assert "not carried over: move_rules_too: is no setting that is known" in out
    assert "not carried over: input_csv/agents.csv: people listed one by one are not read" in out


def test_people_who_set_out_by_conflict_are_not_counted_beforehand(tmp_path, capsys):
    text = SETTINGS.read_text(encoding="utf-8")
    text = text.replace("spawn_rules:\n", "spawn_rules:\n  conflict_driven_spawning: {}\n")
    (tmp_path / "s.yml").write_text(text, encoding="utf-8")
    assert call(command(tmp_path / "pack", "--json", settings=tmp_path / "s.yml")) == 0
    assert json.loads(capsys.readouterr().out)["people_setting_out"] is None


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (
            "input_csv/routes.csv",
            "#name1,name2,distance\nAlba,Brio,far\n",
            "routes.csv:2: distance far",
        ),
        ("source_data/campo.csv", "2020-01-01,x\n", "campo.csv:1: people x: is not a number"),
        ("input_csv/sim_period.csv", "", "sim_period.csv: StartDate: row is missing"),
    ],
)
def test_bad_input_is_one_line_and_leaves_nothing(tmp_path, capsys, name, content, said):
    shutil.copytree(TOY, tmp_path / "folder")
    (tmp_path / "folder" / name).write_text(content, encoding="utf-8")
    assert call(command(tmp_path / "new" / "pack", folder=tmp_path / "folder")) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("error: ")
    assert said in captured.err
    assert captured.err.count("\n") == 1
    assert not (tmp_path / "new").exists()


def test_a_pack_that_exists_is_kept_without_force(tmp_path, capsys):
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "mine.txt").write_text("mine", encoding="utf-8")
    assert call(command(tmp_path / "pack")) == 2
    assert "exists already" in capsys.readouterr().err
    assert (tmp_path / "pack" / "mine.txt").exists()
    assert call(command(tmp_path / "pack", "--force")) == 0
    assert not (tmp_path / "pack" / "mine.txt").exists()


@pytest.mark.parametrize("words", [["import"], ["import", "flee"], ["import", "other", "x"]])
def test_words_that_are_off_point_to_the_help(words, capsys):
    assert call(words) == 2
    assert "see `travesia import --help`" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_told(tmp_path, capsys):
    assert call(command(tmp_path / "pack", folder=tmp_path / "nowhere")) == 2
    assert "nowhere/input_csv/sim_period.csv: file is missing" in capsys.readouterr().err
