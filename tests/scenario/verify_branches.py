"""Title 42 as three days knew it, and the scenarios that each leaves: by hand from the rulings of 2022."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from travesia.cli import call
from travesia.record import Amend, Entry, Ledger, load_ledger
from travesia.region import Region, find_pack
from travesia.scenario import KnownEnd, as_known, branches, ends_known, load_policy_set, load_scenario
from travesia.scenario.policies import PolicySet
from travesia.terms import ScenarioError, UnknownIdsError, UsageError

STAYS = "title-42-stays"
STAYED = date(2022, 12, 20)
END = date(2022, 12, 21)


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return load_ledger(*find_pack("americas").layers("ledger.jsonl"))


@pytest.fixture(scope="module")
def recorded(americas: Region) -> PolicySet:
    return load_policy_set(americas.folder)


def title_42(recorded: PolicySet, ledger: Ledger, day: date) -> KnownEnd:
    found = {end.policy: end for end in ends_known(recorded.policies, ledger, day)}
    return found["t42-original"]


@pytest.mark.parametrize(
    ("day", "state", "days"),
    [
        (date(2022, 12, 18), "fixed", [END]),
        (date(2022, 12, 19), "uncertain", [END]),
        (STAYED, "uncertain", [END]),
        # The day named had passed, and no other one was named until 30 January 2023.
        (date(2022, 12, 28), "uncertain", []),
        (date(2023, 1, 30), "fixed", [date(2023, 5, 12)]),
        (date(2023, 6, 15), "ended", [date(2023, 5, 12)]),
    ],
)
def test_the_end_of_title_42(
    recorded: PolicySet, ledger: Ledger, day: date, state: str, days: list[date]
) -> None:
    end = title_42(recorded, ledger, day)
    assert (end.record, end.state) == ("pol:title-42", state)
    assert [one.day for one in end.candidates] == days
    assert end.cites
    assert all(one.cites and one.known <= day for one in end.candidates)


def test_a_stay_leaves_two_ways_and_they_differ_from_the_day_named(americas: Region, ledger: Ledger) -> None:
    holds, ends = branches(americas, STAYS, ledger, STAYED)
    in_force = {policy.id: policy for policy in holds.policies}
    assert in_force["t42-original"].span.end is None
    assert (holds.base, holds.known) == (STAYS, STAYED)
    ended = {policy.id: policy for policy in ends.policies}
    assert ended["t42-original"].span.end == END
    assert ended["t42-venezuela-expulsions"].span.end == END
    assert ends.first_difference == END
    # What was announced later acts in neither.
    assert {"chnv-parole", "cbp-one", "t42-chn-expulsions"} & {*in_force, *ended} == set()


@pytest.mark.parametrize("day", [date(2022, 12, 18), date(2023, 6, 15)])
def test_a_fixed_end_leaves_one_way(americas: Region, ledger: Ledger, day: date) -> None:
    (only,) = branches(americas, STAYS, ledger, day)
    expected = {policy.id: policy.span for policy in load_scenario(americas, STAYS, known=day).policies}
    assert {policy.id: policy.span for policy in only.policies} == expected


def test_a_user_names_further_days_and_no_way_has_a_weight(americas: Region, ledger: Ledger) -> None:
    named = {"t42-original": [date(2023, 1, 9), END]}
    found = branches(americas, STAYS, ledger, STAYED, ends=named)
    spans = [next(p.span.end for p in one.policies if p.id == "t42-original") for one in found]
    assert spans == [None, END, date(2023, 1, 9)]
    assert len({one.digest for one in found}) == 3
    assert not any("weight" in name for name in vars(found[0]))


def test_what_cannot_be_is_refused(americas: Region, ledger: Ledger) -> None:
    with pytest.raises(UnknownIdsError, match="unknown policy title-43"):
        branches(americas, STAYS, ledger, STAYED, ends={"title-43": [END]})
    with pytest.raises(ScenarioError, match="would end before it begins"):
        branches(americas, STAYS, ledger, STAYED, ends={"t42-original": [date(2020, 1, 1)]})
    many = [STAYED + timedelta(days=day) for day in range(20)]
    with pytest.raises(UsageError, match="21 branches, more than 16"):
        branches(americas, STAYS, ledger, STAYED, ends={"t42-original": many})


def test_an_end_that_a_project_records_is_a_way_more(recorded: PolicySet, ledger: Ledger) -> None:
    # On 20 December the government asked for the stay to end not before the 27th: entered in a project.
    versions = ledger.versions("pol:title-42")
    stayed = next(one for one in versions if one.known_from == date(2022, 12, 19))
    fields = {**stayed.fields, "contingency": {**stayed.fields["contingency"], "decided_by": "the Court"}}
    asked = stayed.__class__(**{**vars(stayed), "valid_to": date(2022, 12, 28), "known_from": STAYED})
    open_again = stayed.__class__(**{**vars(asked), "valid_to": None, "fields": fields})
    entries = [Entry(Amend(one), "me", "2026-01-01T00:00:00Z") for one in (asked, open_again)]
    end = title_42(recorded, ledger.with_entries(*entries), STAYED)
    assert (end.state, end.decided_by) == ("uncertain", ("the Court",))
    assert [one.day for one in end.candidates] == [END, date(2022, 12, 28)]


@settings(deadline=None, max_examples=60)
@given(day=st.dates(date(2018, 1, 1), date(2026, 1, 1)))
def test_ledger_and_policies_know_the_same_ends_on_any_day(
    recorded: PolicySet, ledger: Ledger, day: date
) -> None:
    held = {one.record.id: one.record.valid_to for one in ledger.as_of(valid=day, known=day)}
    known = {policy.record: policy.span.end for policy in as_known(recorded.policies, recorded.plans, day)}
    assert {name: held[name] for name in known if name is not None} == known


def test_the_command_lists_the_ways(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["ledger", "branches", "--known", "2022-12-20", "--end", "t42-original=2023-01-09", "--json"]
    assert call(words) == 0
    answer = json.loads(capsys.readouterr().out)
    ways = [row for row in answer["rows"] if row["policy"] == "t42-original"]
    assert [(row["branch"], row["valid_to"]) for row in ways] == [
        ("holds", None), ("ends", "2022-12-21"), ("ends", "2023-01-09")
    ]  # fmt: skip
    assert {row["record"] for row in ways} == {"pol:title-42"}
    assert ways[0]["cites"] == [{"source": "VOA News, December 2022"}]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["run", "--end", "t42-original=2022-12-21"], "--end t42-original=2022-12-21: goes with --known"),
        (["run", "--known", "2022-12-20", "--end", "t42-original"], "--end t42-original: is not POLICY=D"),
        (["run", "--known", "20.12.2022"], "--known 20.12.2022: is no day"),
        (["run", "--known", "2022-12-18", "--out", "never"], "--known 2022-12-18: leaves no end of a policy"),
    ],
)
def test_wrong_options_are_told_in_a_line(
    words: list[str], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(words) == 2
    assert f"error: {problem}" in capsys.readouterr().err
