"""Justified envy, held against its definition, spelt out family by family."""

from __future__ import annotations

import json

import numpy as np
import pytest
from assigning import write_files
from hypothesis import given
from hypothesis import strategies as st
from test_assign_optimal import every_answer, obeys, programs, small

from travesia.cli import call
from travesia.sharing.assign.envy import envied
from travesia.sharing.assign.program import OUT


def pairs_of(program, family):
    return range(program.start[family], program.start[family + 1])


def reasons(program, score, wish, chosen):
    """Every pair that a family envies, and whom there; no code shared with what is tested."""
    found = set()
    free = [f for f, pair in enumerate(chosen) if pair != OUT and not program.must[f]]
    for one in free:
        for other in free:
            for pair in pairs_of(program, one):
                if (
                    program.place[pair] == program.place[chosen[other]]
                    and wish[pair] > wish[chosen[one]]
                    and score[pair] > score[chosen[other]]
                    and all(a <= b for a, b in zip(program.use[one], program.use[other], strict=True))
                ):
                    found.add((one, pair, other))
    return found


@small
@given(programs(), st.data())
def test_who_envies_whom_with_reason(program, data):
    answers = [answer for answer in every_answer(program) if obeys(program, answer)]
    if not answers:
        return
    chosen = answers[data.draw(st.integers(0, len(answers) - 1))]
    count = len(program.place)
    wish = np.array(data.draw(st.lists(st.integers(0, 3), min_size=count, max_size=count)), float)
    found, every = envied(program, program.score, wish, chosen), reasons(program, program.score, wish, chosen)
    assert {f for f in range(len(chosen)) if found[f, 0] != OUT} == {one for one, _, _ in every}
    for family, (pair, other) in enumerate(found):
        if pair != OUT:
            assert (family, pair, other) in every
            assert wish[pair] == max(wish[p] for one, p, _ in every if one == family)


TABLES = {
    "cases": "case,people\nc1,2\nc2,2\nc3,1\n",
    "places": "place,state,people\na,X,2\nb,Y,3\n",
    # c1 at a and c2 at b brings most; c2 scores more at a than at b, and less than c1 there.
    "scores": "case,a,b\nc1,0.9,0.2\nc2,0.8,0.5\nc3,0.7,0.6\n",
}


def answer(capsys, tmp_path, **more):
    folder = write_files(tmp_path / "in", TABLES | more)
    assert call(["assign", str(folder), "--json", "--quiet", "--explain"]) == 0
    return json.loads(capsys.readouterr().out)


def test_nothing_is_said_where_nobody_was_asked(tmp_path, capsys):
    assert "envy" not in answer(capsys, tmp_path)


def test_by_scores_only_a_greater_claim_counts(tmp_path, capsys):
    found = answer(capsys, tmp_path, groups="case,group\nc1,g\nc2,g\nc3,g\n")
    assert {row["case"]: row["place"] for row in found["placements"]} == {"c1": "a", "c2": "b", "c3": "b"}
    assert found["envy"] == {"cases": 0, "share": 0.0, "by": "score", "rows": []}


def test_by_preferences_and_in_words(tmp_path, capsys):
    # A pin that is not theirs to bear: c2 and c3 would rather be at a, where c1 now scores less than c2.
    scores = "case,a,b\nc1,0.9,0.05\nc2,0.95,0.6\nc3,0.7,0.6\n"
    preferences = "case,place,bonus\nc2,a,0.01\nc1,a,0.02\n"
    found = answer(capsys, tmp_path, scores=scores, preferences=preferences)
    assert found["envy"]["by"] == "preference"
    assert found["envy"]["rows"] == [{"case": "c2", "place": "a", "holder": "c1"}]
    assert (found["envy"]["cases"], found["envy"]["share"]) == (1, pytest.approx(1 / 3))
    assert call(["assign", str(tmp_path / "in"), "--quiet", "--explain"]) == 0
    said = capsys.readouterr().out
    assert (
        "1 of the placed (33.3%) would by their preference rather be where another, no smaller, scores less"
        in said
    )
    assert "c2 rather a, where c1 is" in said


def test_those_pinned_neither_envy_nor_are_envied(tmp_path, capsys):
    scores = "case,a,b\nc1,0.9,0.05\nc2,0.95,0.6\nc3,0.7,0.6\n"
    preferences = "case,place,bonus\nc2,a,0.01\nc1,a,0.02\n"
    for pinned in ("c1,a", "c2,b"):
        found = answer(
            capsys, tmp_path, scores=scores, preferences=preferences, pins=f"case,place\n{pinned}\n"
        )
        assert found["envy"]["cases"] == 0


def test_linked_cases_envy_as_one(tmp_path, capsys):
    more = {
        "cases": "case,people\nc1,2\nc2,1\nc3,1\n",
        "scores": "case,a,b\nc1,0.9,0.05\nc2,0.45,0.3\nc3,0.5,0.3\n",
        "preferences": "case,place,bonus\nc2,a,0.01\n",
        "links": "case,with\nc2,c3\n",
    }
    found = answer(capsys, tmp_path, **more)
    assert [(row["case"], row["holder"]) for row in found["envy"]["rows"]] == [("c2", "c1"), ("c3", "c1")]
