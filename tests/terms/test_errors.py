from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

import travesia.terms
from travesia.terms import (
    InputError,
    NotModelledError,
    OutputExistsError,
    PackError,
    ScenarioError,
    TravesiaError,
    UnknownIdsError,
    UsageError,
)

EVERY = [
    TravesiaError("it went wrong"),
    InputError("a.csv", "is bad", "mend it"),
    PackError("a.csv", "is bad", "mend it", row=3, column="km", value=-4),
    ScenarioError("a.toml", "is bad", "mend it", column="amount"),
    UnknownIdsError("a.csv", "places", ["x", "y"], known="places.csv"),
    UsageError("say one thing"),
    OutputExistsError("out"),
    NotModelledError("cannot yet"),
]


def test_the_line_has_the_order_of_the_contract():
    error = PackError("routes.csv", "is too small", "give the length", row=7, column="km", value="-4")
    assert str(error) == "routes.csv:7: km -4: is too small; give the length"
    assert str(InputError("a.csv", "is empty", "write it")) == "a.csv: is empty; write it"
    assert (
        str(InputError("a.csv", "is empty", "write it", row=2, column="id"))
        == "a.csv:2: id: is empty; write it"
    )


@given(st.text(), st.text(), st.text(), st.text(), st.text())
def test_any_error_is_one_line_that_a_terminal_prints(file, problem, remedy, column, value):
    error = PackError(file, problem, remedy, row=1, column=column, value=value)
    assert str(error).isprintable()
    assert str(UsageError(value)).isprintable()
    assert str(OutputExistsError(file)).isprintable()
    assert str(UnknownIdsError(file, "places", [value, column], known="x")).isprintable()


def test_a_value_that_steers_terminals_is_written_out():
    assert "\\x1b[31m" in str(PackError("a.csv", "is bad", "mend it", value="\x1b[31mred"))


def test_a_long_value_is_cut_and_spaces_at_its_edges_are_seen():
    assert len(str(PackError("a.csv", "is bad", "mend it", value="x" * 5000))) < 120
    assert "' 12'" in str(PackError("a.csv", "is not a number", "mend it", value=" 12"))


@pytest.mark.parametrize("value", [0, 0.0, False])
def test_a_value_of_zero_is_shown(value):
    assert f"km {value}: " in str(PackError("a.csv", "is bad", "mend it", column="km", value=value))


def test_unknown_ids_name_the_first_five_once_each_and_count_the_rest():
    error = UnknownIdsError(
        "routes.csv", "places", ["g", "a", "b", "c", "d", "e", "f", "a"], known="places.csv"
    )
    assert str(error) == "routes.csv: unknown places a, b, c, d, e and 2 more; use an id of places.csv"
    assert "more" not in str(UnknownIdsError("routes.csv", "places", list("abcde"), known="places.csv"))


@pytest.mark.parametrize("error", EVERY, ids=lambda error: type(error).__name__)
def test_every_error_is_of_the_tree_ends_with_2_and_survives_another_process(error):
    assert isinstance(error, TravesiaError)
    assert error.exit_code == 2
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert vars(again) == vars(error)


def test_the_door_exports_every_error():
    tree, todo = set(), [TravesiaError]
    while todo:
        kind = todo.pop()
        tree.add(kind)
        todo.extend(kind.__subclasses__())
    named = {kind.__name__ for kind in tree if kind.__module__ == "travesia.terms.errors"}
    assert named <= set(travesia.terms.__all__)
    assert {type(error) for error in EVERY} == {
        kind for kind in tree if kind.__module__ == "travesia.terms.errors"
    }


def test_every_name_of_the_door_loads_and_others_do_not():
    assert travesia.terms.__all__ == sorted(travesia.terms.__all__)
    for name in travesia.terms.__all__:
        assert getattr(travesia.terms, name) is not None
    with pytest.raises(AttributeError, match="frobnicate"):
        _ = travesia.terms.frobnicate
