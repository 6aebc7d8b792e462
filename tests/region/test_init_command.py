from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from travesia.region import find_pack, load_region
from travesia.scenario import load_scenario, scenario_names

Command = Callable[..., Any]


def test_a_project_is_a_pack_of_its_own(tmp_path: Path, travesia: Command) -> None:
    folder = tmp_path / "work" / "mine"
    outcome = travesia("init", folder, "--pack", "toy")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == f"{folder}: a project over toy 1.0.0\n"
    assert sorted(path.name for path in folder.iterdir()) == [
        "fits", "ledger.jsonl", "overrides", "project.toml", "scenarios.toml", "studies",
    ]  # fmt: skip
    assert (folder / "ledger.jsonl").read_text() == ""
    assert find_pack(folder).project == folder
    assert load_region(folder).places.equals(load_region("toy").places)
    assert travesia("check", folder).code == 0


def test_the_americas_are_below_unless_another_pack_is_named(tmp_path: Path, travesia: Command) -> None:
    assert travesia("init", tmp_path / "mine").code == 0
    assert find_pack(tmp_path / "mine").name == "americas"


@pytest.mark.parametrize("name", ["toy", "americas"])
def test_the_example_works_once_it_is_no_comment(tmp_path: Path, travesia: Command, name: str) -> None:
    folder = tmp_path / "mine"
    travesia("init", folder, "--pack", name)
    path = folder / "scenarios.toml"
    assert "my-question" not in scenario_names(load_region(folder))
    lines = path.read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("# [scenarios."))
    path.write_text("\n".join([*lines[:start], *(line.removeprefix("# ") for line in lines[start:])]))
    assert travesia("check", folder).code == 0
    region = load_region(folder)
    assert scenario_names(region)[-1] == "my-question"
    base = load_scenario(region, region.default_scenarios[0])
    mine = load_scenario(region, "my-question")
    gone = {policy.id for policy in base.policies} - {policy.id for policy in mine.policies}
    assert gone, "the example takes out a policy that acts"


def test_what_exists_is_never_replaced(tmp_path: Path, travesia: Command) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "precious").write_text("1")
    outcome = travesia("init", folder)
    assert outcome.code == 2
    assert outcome.err == f"error: {folder}: exists already; choose another NAME\n"
    assert [path.name for path in folder.iterdir()] == ["precious"]


def test_a_folder_pack_is_named_as_seen_from_the_project(
    tmp_path: Path, pack: Path, travesia: Command
) -> None:
    folder = tmp_path / "deep" / "mine"
    assert travesia("init", folder, "--pack", pack).code == 0
    assert '"../../mine"' in (folder / "project.toml").read_text()
    moved = tmp_path / "moved"
    moved.mkdir()
    (tmp_path / "deep").rename(moved / "deep")
    pack.rename(moved / "mine")
    assert find_pack(moved / "deep" / "mine").base.resolve() == (moved / "mine").resolve()


def test_a_project_over_a_project_is_refused(tmp_path: Path, travesia: Command) -> None:
    travesia("init", tmp_path / "one", "--pack", "toy")
    outcome = travesia("init", tmp_path / "two", "--pack", tmp_path / "one")
    assert outcome.code == 2
    assert "is a project; name the pack below it" in outcome.err
    assert not (tmp_path / "two").exists()


def test_an_unknown_pack_leaves_nothing(tmp_path: Path, travesia: Command) -> None:
    outcome = travesia("init", tmp_path / "mine", "--pack", "atlantis")
    assert outcome.code == 2
    assert outcome.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
