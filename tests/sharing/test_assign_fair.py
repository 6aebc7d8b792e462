"""What groups are promised: leximin, against all answers written out, and the worst group raised."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import numpy as np
import pytest
from assigning import write_files
from hypothesis import given
from hypothesis import strategies as st
from test_assign_large import made
from test_assign_optimal import every_answer, obeys, programs, small, value

from travesia.cli import call
from travesia.sharing import assign, read_instance, with_worst_raised
from travesia.sharing.assign import promises, solving
from travesia.sharing.assign.exact import solve_exact
from travesia.sharing.assign.leximin import exact_leximin, near_pairs, relaxed_leximin
from travesia.sharing.assign.program import OUT, Program, rows_of
from travesia.terms import InputError, UsageError


@st.composite
def grouped(draw):
    """A small program, every family in any of up to three groups, and what each group is divided by."""
    program = draw(programs())
    families, groups = len(program.people), draw(st.integers(1, 3))
    member = np.array(draw(st.lists(st.booleans(), min_size=groups * families, max_size=groups * families)))
    member = member.reshape(groups, families)
    family = np.repeat(np.arange(families), np.diff(program.start))
    size = np.array(draw(st.lists(st.integers(1, 5), min_size=groups, max_size=groups)), float)
    program = replace(
        program,
        group_score=np.where(member[:, family], program.score, 0.0),
        group_floor=np.full(groups, -np.inf),
    )
    return program, size


def ordered(program, size, chosen):
    """Means of the groups, the least first, added up family by family."""
    sums = [sum(program.group_score[g, pair] for pair in chosen if pair != OUT) for g in range(len(size))]
    return sorted(float(s / n) for s, n in zip(sums, size, strict=True))


def soon():
    return time.monotonic() + 30


@small
@given(grouped())
def test_leximin_is_that_of_all_answers_and_has_the_greatest_total(problem):
    program, size = problem
    answers = [answer for answer in every_answer(program) if obeys(program, answer)]
    chosen = exact_leximin(program, rows_of(program), size, soon())
    if not answers:
        assert chosen is None
        return
    # Scores are eighths and sizes at most 5: what differs, differs by more than the rounding here.
    key = lambda answer: [round(mean, 6) for mean in ordered(program, size, answer)]  # noqa: E731
    best = max(map(key, answers))
    assert obeys(program, chosen)
    assert key(chosen) == best
    assert value(program, chosen) == pytest.approx(
        max(value(program, answer) for answer in answers if key(answer) == best), abs=1e-5
    )


@small
@given(grouped())
def test_no_answer_of_whole_families_beats_the_relaxation(problem):
    program, size = problem
    answers = [answer for answer in every_answer(program) if obeys(program, answer)]
    levels = relaxed_leximin(program, rows_of(program), size, np.arange(len(program.place)), soon())
    if answers:
        best = max(ordered(program, size, answer) for answer in answers)
        # Leximin: at the first rank at which they differ the relaxation is the greater.
        ranks = zip(sorted(levels), best, strict=True)
        first = next(((level, mean) for level, mean in ranks if abs(level - mean) > 1e-5), (0, 0))
        assert first[0] >= first[1]


def with_groups(seed):
    program = made(seed)
    kind = np.arange(120) % 4
    score = program.score * (1 + 0.2 * kind[program.family])
    return replace(
        program,
        score=score,
        group_score=np.array([np.where(kind[program.family] == g, score, 0.0) for g in range(4)]),
        group_floor=np.full(4, -np.inf),
    ), np.full(4, 30.0)


def test_the_relaxation_over_few_pairs_takes_in_those_that_matter():
    program, size = with_groups(5)
    rows = rows_of(program)
    every = relaxed_leximin(program, rows, size, np.arange(len(program.place)), soon())
    free = solve_exact(
        replace(program, group_score=np.zeros((0, 0)), group_floor=np.zeros(0)), rows_of(made(5)), soon()
    )
    # One pair a family: hardly anybody can go where leximin wants them.
    few = free.chosen[free.chosen != OUT]
    assert relaxed_leximin(program, rows, size, few, soon()) == pytest.approx(every, rel=2e-4)
    near = near_pairs(program, free)
    assert len(few) < len(near) < len(program.place)
    assert relaxed_leximin(program, rows, size, near, soon()) == pytest.approx(every, rel=2e-4)


def test_the_relaxation_by_hand():
    # Two families, one place for one of them, which scores 3 with the first and 1 with the other: parted at a
    # quarter, both groups have 3/4. A third group has a family and a place of its own, worth 2.
    program = Program(
        people=np.array([1, 1, 1]),
        use=np.array([[1], [1], [1]]),
        start=np.array([0, 1, 2, 3]),
        place=np.array([0, 0, 1]),
        score=np.array([3.0, 1.0, 2.0]),
        capacity=np.array([[1], [1]]),
        floor=np.zeros((2, 1), int),
        group_score=np.diag([3.0, 1.0, 2.0]),
        group_floor=np.full(3, -np.inf),
    )
    found = relaxed_leximin(program, rows_of(program), np.ones(3), np.arange(3), soon())
    assert found == pytest.approx([0.75, 0.75, 2.0], abs=1e-5)


CASES = "case,people\n" + "".join(f"c{i},{1 + i % 3}\n" for i in range(12))
PLACES = "place,state,people\na,X,7\nb,Y,8\nc,Z,7\n"
GROUPS = "case,group\n" + "".join(f"c{i},g{i % 3}\n" for i in range(12))


@pytest.fixture
def folder(tmp_path):
    chance = np.random.default_rng(3)
    scores = "case,a,b,c\n" + "".join(
        f"c{i}," + ",".join(f"{x:.3f}" for x in chance.random(3) * (1 + i % 3)) + "\n" for i in range(12)
    )
    tables = {"cases": CASES, "places": PLACES, "scores": scores, "groups": GROUPS}

    def make(params=""):
        target = write_files(tmp_path / "in", tables)
        (target / "params.toml").write_text(params)
        return target

    return make


def answer(capsys, folder, *words):
    assert call(["assign", str(folder), "--json", "--quiet", *words]) == 0
    return json.loads(capsys.readouterr().out)


def test_leximin_by_the_command(folder, capsys):
    free, fair = answer(capsys, folder()), answer(capsys, folder("leximin = true\n"))
    means = sorted(row["mean"] for row in fair["groups"])
    assert means > sorted(row["mean"] for row in free["groups"])
    assert fair["leximin"] == {"exact": True, "lowered": None}
    assert (fair["status"], fair["gap"]) == ("optimal", 0.0)
    assert fair["group_cost"] == pytest.approx(free["objective"] - fair["objective"])
    assert fair["group_cost_share"] == pytest.approx(fair["group_cost"] / free["objective"])
    assert fair["price_bound"] >= fair["objective"]
    assert means[0] <= min(row["level"] for row in fair["groups"]) + 1e-6


def test_where_whole_families_are_out_of_reach_every_group_has_its_level_less_what_is_said(
    folder, capsys, monkeypatch
):
    exact = answer(capsys, folder("leximin = true\n"))
    monkeypatch.setattr(promises, "exact_leximin", lambda *_: None)
    found = answer(capsys, folder("leximin = true\n"))
    assert found["leximin"]["exact"] is False
    lowered = found["leximin"]["lowered"]
    assert lowered in promises.LOWERED
    for row in found["groups"]:
        assert row["mean"] >= row["floor"] - 1e-6
        assert row["floor"] == pytest.approx((1 - lowered) * row["level"])
    assert [row["level"] for row in found["groups"]] == [row["level"] for row in exact["groups"]]
    said = call(["assign", str(folder("leximin = true\n")), "--quiet"])
    assert said == 0
    assert f"less {lowered:.1%}" in capsys.readouterr().out


def test_a_large_instance_goes_the_way_of_the_relaxation(folder, monkeypatch):
    monkeypatch.setattr(solving, "EXACT_PAIRS", 10)
    found = assign(read_instance(folder("leximin = true\n")), seconds=10)
    assert found.leximin.exact is False
    assert all(row.mean >= row.floor - 1e-6 for row in found.groups)


def test_leximin_that_is_not_found_is_never_left_out_in_silence(folder, capsys, monkeypatch):
    monkeypatch.setattr(promises, "exact_leximin", lambda *_: None)
    monkeypatch.setattr(promises, "relaxed_leximin", lambda *_: None)
    assert call(["assign", str(folder("leximin = true\n")), "--quiet"]) == 2
    assert capsys.readouterr().err == "error: leximin: was not found in the time; give more --time-limit\n"


def test_leximin_beside_floors_that_cannot_be_is_a_clash(folder, capsys):
    assert call(["assign", str(folder("leximin = true\n[group_floors]\ng1 = 50\n")), "--quiet"]) == 2
    assert "group g1 gets at least 50.0 a case (params.toml)" in capsys.readouterr().err


@pytest.mark.parametrize("points", [0.01, 0.02])
def test_the_worst_group_is_raised_and_told_what_it_costs(folder, capsys, points):
    free = answer(capsys, folder())
    found = answer(capsys, folder(f"raise_worst = {points}\n"))
    worst = min(free["groups"], key=lambda row: row["mean"])
    raised = found["raised"]
    assert (raised["group"], raised["met"]) == (worst["group"], True)
    assert raised["before"] == pytest.approx(worst["mean"])
    assert raised["floor"] == pytest.approx(worst["mean"] + points)
    assert raised["after"] == pytest.approx(min(row["mean"] for row in found["groups"]))
    assert raised["after"] >= raised["floor"] - 1e-6
    assert found["group_cost"] == pytest.approx(free["objective"] - found["objective"])
    assert answer(capsys, folder(), "--raise-worst", str(points)) | {"seconds": 0} == found | {"seconds": 0}


def test_more_than_can_be_is_a_clash_of_that_promise(folder, capsys):
    assert call(["assign", str(folder("raise_worst = 5\n")), "--quiet"]) == 2
    said = capsys.readouterr().err
    assert "5 above the least without floors) (params.toml)" in said
    assert said.count("\n") == 1


def test_a_promise_that_may_be_missed_is_told_as_missed(folder, capsys):
    found = answer(capsys, folder("raise_worst = 5\ngroup_penalty = 0.01\n"))
    assert found["raised"]["met"] is False
    assert found["raised"]["after"] < found["raised"]["floor"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("leximin = 1\n", "leximin 1: is neither true nor false"),
        ("leximin = true\nraise_worst = 0.1\n", "raise_worst: stands beside leximin"),
        ("leximin = true\ngroup_penalty = 1\n", "group_penalty: stands beside leximin"),
        ("raise_worst = 0\n", "raise_worst 0: is not above 0"),
        ("raise_worst = 'much'\n", "raise_worst much: is not a number"),
    ],
)
def test_bad_options(folder, text, says):
    with pytest.raises(InputError, match=r"params\.toml") as caught:
        read_instance(folder(text))
    assert says in str(caught.value)


def test_a_promise_needs_groups_and_points(folder, capsys):
    target = folder("leximin = true\n")
    (target / "groups.csv").unlink()
    assert call(["assign", str(target), "--quiet"]) == 2
    assert "groups: there are none to promise anything to" in capsys.readouterr().err
    with pytest.raises(UsageError, match="is not above 0"):
        with_worst_raised(read_instance(folder()), float("nan"))
