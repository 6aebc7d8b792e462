"""An ensemble that was stopped goes on where it was, and never with what belongs to another one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from small_jobs import Counted, Counting, digest_of_flows, digest_of_sums

from travesia.movement import Demand, Options, Plan, build_plan, keeping, run_job, simulate
from travesia.movement.keeping import FACTS_FILE
from travesia.region import Region
from travesia.scenario import load_scenario
from travesia.terms import InputError

RUNS = 45


def options(folder: Path, runs: int = RUNS, **changed: object) -> Options:
    return replace(Options(runs, threads=1, keep=folder / "kept"), **changed)  # type: ignore[arg-type]


def chunks(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "kept").iterdir())


def stop_after(times: int):
    left = [times]

    def stop(runs: int) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise KeyboardInterrupt

    return stop


@pytest.fixture(scope="module")
def reference() -> str:
    return digest_of_sums(run_job(Counting(), Options(RUNS)))


def test_stopped_in_the_middle_and_begun_again_is_the_same_and_does_only_the_rest(tmp_path, reference):
    with pytest.raises(KeyboardInterrupt):
        run_job(Counting(), options(tmp_path), progress=stop_after(2))
    assert chunks(tmp_path) == [FACTS_FILE, "runs-00000-00009.npz", "runs-00010-00019.npz"]
    job, told = Counted(), []
    assert digest_of_sums(run_job(job, options(tmp_path), progress=told.append)) == reference
    assert sorted(job.asked) == list(range(20, RUNS))
    assert sum(told) == RUNS
    again = Counted()
    assert digest_of_sums(run_job(again, options(tmp_path))) == reference
    assert again.asked == []


def test_scenarios_with_gates_go_on_too(tmp_path, toy: Region, toy_fitted: tuple[Demand, Plan]):
    demand, plan = toy_fitted
    stays, ends = (load_scenario(toy, name) for name in ("expulsion-stays", "expulsion-ends"))
    plans = [build_plan(plan.frame, scenario, demand, stays) for scenario in (stays, ends)]
    whole = digest_of_flows(simulate(plans, Options(23, seed=5)))
    own = replace(options(tmp_path, 23), seed=5, chunk=4)
    with pytest.raises(KeyboardInterrupt):
        simulate(plans, own, stop_after(3))
    assert digest_of_flows(simulate(plans, replace(own, threads=2))) == whole
    with pytest.raises(InputError, match="keeps an ensemble of seed 5, not 6"):
        simulate(plans, replace(own, seed=6))
    with pytest.raises(
        InputError, match="keeps an ensemble of scenarios expulsion-stays expulsion-ends, not"
    ):
        simulate(plans[:1], own)
    with pytest.raises(InputError, match="keeps an ensemble of parameters drawn, not central"):
        simulate(plans, replace(own, central=True))
    other = replace(plans[1], rules=plans[1].rules._replace(expel=plans[1].rules.expel * 0.9))
    with pytest.raises(InputError, match="keeps an ensemble of another pack, scenario or demand; choose"):
        simulate([plans[0], other], own)


def test_more_runs_and_other_chunks_may_follow(tmp_path):
    run_job(Counting(), options(tmp_path, 23))
    job = Counted()
    more = run_job(job, options(tmp_path, RUNS, chunk=8))
    assert digest_of_sums(more) == digest_of_sums(run_job(Counting(), Options(RUNS)))
    assert sorted(job.asked) == list(range(23, RUNS))


def test_fewer_runs_take_only_chunks_that_lie_within_them(tmp_path):
    run_job(Counting(), options(tmp_path))
    job = Counted()
    fewer = run_job(job, options(tmp_path, 23))
    assert digest_of_sums(fewer) == digest_of_sums(run_job(Counting(), Options(23)))
    assert job.asked == [20, 21, 22]


def test_chunks_that_overlap_are_counted_once(tmp_path, reference):
    for runs in (23, RUNS, 23):
        run_job(Counting(), options(tmp_path, runs))
    assert digest_of_sums(run_job(Counting(), options(tmp_path))) == reference


def test_another_job_or_version_is_refused_in_one_line(tmp_path, monkeypatch):
    run_job(Counting(), options(tmp_path, 5))
    before = chunks(tmp_path)
    with pytest.raises(
        InputError, match=r"kept: keeps an ensemble of label one, not two; choose another folder"
    ):
        run_job(Counting("two"), options(tmp_path, 5))
    with pytest.raises(InputError, match="keeps an ensemble of paths none, not from day 0"):
        run_job(Counting(), options(tmp_path, 5, paths=tmp_path / "paths"))
    versions = {**keeping._versions(), "version of numba": "0.1"}
    monkeypatch.setattr(keeping, "_versions", lambda: versions)
    with pytest.raises(InputError, match=r"keeps an ensemble of version of numba .*, not 0\.1"):
        run_job(Counting(), options(tmp_path, 5))
    monkeypatch.setattr(keeping, "_versions", lambda: {**versions, "code": "f" * 64})
    facts = json.loads((tmp_path / "kept" / FACTS_FILE).read_text())
    facts["version of numba"] = "0.1"
    (tmp_path / "kept" / FACTS_FILE).write_text(json.dumps(facts))
    with pytest.raises(InputError, match="keeps an ensemble of another code"):
        run_job(Counting(), options(tmp_path, 5))
    assert chunks(tmp_path) == before


def test_the_code_is_part_of_what_is_compared():
    facts = keeping._versions()
    assert len(facts["code"]) == 64
    assert {"version of travesia", "version of numpy", "version of numba"} <= facts.keys()


def test_a_folder_of_something_else_is_refused_and_left_alone(tmp_path):
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "letter.txt").write_text("mine")
    with pytest.raises(InputError, match="keeps no ensemble; choose a folder that does not exist yet"):
        run_job(Counting(), options(tmp_path))
    assert chunks(tmp_path) == ["letter.txt"]
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="keeps no ensemble"):
        run_job(Counting(), Options(5, keep=tmp_path / "file"))


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 cut off"])
def test_a_chunk_that_cannot_be_read_is_named(tmp_path, content: bytes):
    run_job(Counting(), options(tmp_path))
    bad = tmp_path / "kept" / "runs-00010-00019.npz"
    bad.write_bytes(content)
    with pytest.raises(InputError, match=r"runs-00010-00019\.npz: cannot be read as a chunk .*; remove it"):
        run_job(Counting(), options(tmp_path))
    bad.unlink()
    job = Counted()
    run_job(job, options(tmp_path))
    assert job.asked == list(range(10, 20))


def test_a_chunk_cut_short_is_named(tmp_path):
    run_job(Counting(), options(tmp_path))
    bad = tmp_path / "kept" / "runs-00010-00019.npz"
    bad.write_bytes(bad.read_bytes()[:-200])
    with pytest.raises(InputError, match="cannot be read as a chunk"):
        run_job(Counting(), options(tmp_path))


@pytest.mark.parametrize("content", ["", "[1]", "{"])
def test_facts_that_cannot_be_read_are_named(tmp_path, content: str):
    run_job(Counting(), options(tmp_path, 5))
    (tmp_path / "kept" / FACTS_FILE).write_text(content)
    with pytest.raises(InputError, match=rf"{FACTS_FILE}: cannot be read; remove the folder and begin anew"):
        run_job(Counting(), options(tmp_path, 5))


def test_a_chunk_is_there_whole_or_not_at_all(tmp_path, monkeypatch):
    def cut(self: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    run_job(Counting(), options(tmp_path, 10))
    monkeypatch.setattr(Path, "replace", cut)
    with pytest.raises(KeyboardInterrupt):
        run_job(Counting(), options(tmp_path, 20))
    assert chunks(tmp_path) == [FACTS_FILE, "runs-00000-00009.npz"]


def test_paths_are_kept_with_the_runs(tmp_path):
    whole = options(tmp_path, 20, keep=None, paths=tmp_path / "whole")
    run_job(Counting(), whole)
    with pytest.raises(KeyboardInterrupt):
        run_job(Counting(), options(tmp_path, 20, paths=tmp_path / "one"), progress=stop_after(1))
    run_job(Counting(), options(tmp_path, 20, paths=tmp_path / "two"))
    files = {path.relative_to(tmp_path / "whole"): path for path in (tmp_path / "whole").rglob("*.parquet")}
    assert len(files) == 40
    for name, path in files.items():
        assert (tmp_path / "two" / name).read_bytes() == path.read_bytes(), name
