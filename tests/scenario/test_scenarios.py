"""The shipped scenarios: what each one changes, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from travesia.region import Region
from travesia.scenario import (
    DepartureChange,
    Policy,
    Scenario,
    load_parameters,
    load_scenario,
    scenario_names,
    timetable,
)
from travesia.terms import Span

ACCEPTS, REFUSES = "title-42-ends-mexico-accepts", "title-42-ends-mexico-refuses"
DAY = date(2022, 12, 21)


def policies(scenario: Scenario) -> dict[str, Policy]:
    return {policy.id: policy for policy in scenario.policies}


def departures(scenario: Scenario) -> dict[str, DepartureChange]:
    return {change.id: change for change in scenario.departures}


def test_the_names_stand_in_the_order_of_the_file(americas: Region) -> None:
    assert scenario_names(americas) == (
        "title-42-stays", ACCEPTS, REFUSES, f"{ACCEPTS}-responding", f"{REFUSES}-responding",
    )  # fmt: skip


def test_the_pack_names_only_scenarios_that_there_are(americas: Region, toy: Region) -> None:
    assert set(americas.default_scenarios) <= set(scenario_names(americas))
    assert set(toy.default_scenarios) <= set(scenario_names(toy))


def test_what_happened_is_a_base_and_changes_nothing(happened: Scenario) -> None:
    assert (happened.base, happened.changes, happened.first_difference, happened.departures) == (
        None,
        (),
        None,
        (),
    )
    assert len(happened.policies) == 139


@pytest.mark.parametrize("name", [ACCEPTS, REFUSES])
def test_title_42_ends_on_21_december_2022(americas: Region, name: str) -> None:
    scenario = load_scenario(americas, name)
    assert policies(scenario)["t42-original"].span.end == DAY
    assert "t42-chn-expulsions" not in policies(scenario)
    assert scenario.first_difference == DAY
    assert scenario.base == "title-42-stays"
    assert scenario.departures == ()
    made = timetable(scenario, americas, date(2022, 12, 1), 60)
    assert made.expulsion[..., :20].any()
    assert not made.expulsion[..., 20:].any()


def test_in_one_variant_mexico_takes_everyone_back(americas: Region) -> None:
    made = timetable(load_scenario(americas, ACCEPTS), americas, DAY, 100)
    border = [
        number for number, gate in enumerate(made.gates) if gate.startswith(("gate-sector", "gate-port"))
    ]
    assert len(border) == 13
    assert made.returns[border].all()


def test_in_the_other_not_the_four_nationalities(americas: Region) -> None:
    scenario = load_scenario(americas, REFUSES)
    made = timetable(scenario, americas, DAY, 200)
    refused = [made.nationalities.index(code) for code in ("CUB", "HTI", "NIC", "VEN")]
    assert not made.returns[:, refused].any()
    assert made.returns[0, made.nationalities.index("HND")].all()
    assert {"chnv-parole", "t8-chnv-returns-mexico"}.isdisjoint(policies(scenario))
    assert "chnv-parole" in policies(load_scenario(americas, ACCEPTS))


def test_the_assumed_policy_is_marked_and_has_no_record(americas: Region) -> None:
    assumed = policies(load_scenario(americas, ACCEPTS))["t8-returns-mexico"]
    assert (assumed.certainty, assumed.record) == ("assumed", None)
    assert assumed.source.startswith("Assumption of this scenario")
    assert assumed.span == Span(DAY)


@pytest.mark.parametrize("name", [ACCEPTS, REFUSES])
def test_responding_departures_differ_only_in_departures(americas: Region, name: str) -> None:
    held, responding = load_scenario(americas, name), load_scenario(americas, f"{name}-responding")
    assert responding.policies == held.policies
    assert responding.parameters == held.parameters
    assert responding.base == name
    assert responding.first_difference == DAY


def test_the_factors_on_departures_are_the_stated_ranges(americas: Region) -> None:
    changes = departures(load_scenario(americas, f"{ACCEPTS}-responding"))
    amounts = {name: (c.amount.value, c.amount.low, c.amount.high) for name, c in changes.items()}
    assert amounts == {
        "mexicans": (1.0, 0.9, 1.1), "northern-triangle": (1.4, 1.0, 1.9),
        "venezuelans": (1.5, 1.0, 3.0), "others": (1.0, 0.9, 1.1),
    }  # fmt: skip
    assert all(change.amount.basis == "assumed" for change in changes.values())
    assert changes["northern-triangle"].ramp == changes["venezuelans"].ramp == (0.3, 0.7, 1.0)


@pytest.mark.parametrize("name", [ACCEPTS, REFUSES])
def test_every_nationality_has_one_factor(americas: Region, name: str) -> None:
    changes = load_scenario(americas, f"{name}-responding").departures
    named = [code for change in changes for code in change.nationalities]
    assert sorted(named) == sorted(set(americas.origins["nationality"].to_list()))


def test_three_nationalities_stay_at_the_level_of_december(americas: Region) -> None:
    change = departures(load_scenario(americas, f"{REFUSES}-responding"))["three-nationalities"]
    assert change.nationalities == ("CUB", "HTI", "NIC")
    assert (change.start, change.base_month) == (date(2023, 1, 5), "2022-12")
    assert (change.amount.value, change.amount.low, change.amount.high) == (0.85, 0.6, 1.1)


def test_a_scenario_covers_the_span_asked_for(americas: Region, happened: Scenario) -> None:
    assert happened.span == americas.default_span
    span = Span(date(2022, 1, 1), date(2022, 2, 1))
    assert load_scenario(americas, "title-42-stays", span=span).span == span


def test_loading_twice_gives_the_same_digest_and_other_scenarios_others(americas: Region) -> None:
    digests = [load_scenario(americas, name).digest for name in scenario_names(americas)]
    assert digests == [load_scenario(americas, name).digest for name in scenario_names(americas)]
    assert len(set(digests)) == 5
    assert all(len(digest) == 64 for digest in digests)


@pytest.mark.parametrize("pack", ["americas", "toy"])
def test_every_parameter_is_assumed_or_cited_with_unit_range_and_reason(
    pack: str, request: pytest.FixtureRequest
) -> None:
    region: Region = request.getfixturevalue(pack)
    for parameter in load_parameters(region.folder):
        amount = parameter.amount
        assert amount.basis == "assumed" or (amount.basis == "cited" and amount.source)
        assert amount.value is not None
        assert amount.low is not None
        assert amount.high is not None
        assert amount.low <= amount.value <= amount.high
        assert amount.unit in {"ratio", "days", "km per day"}
        assert parameter.title
        assert parameter.why


def test_the_parameters_of_the_question_are_the_stated_ranges(americas: Region) -> None:
    found = {p.id: (p.amount.value, p.amount.low, p.amount.high) for p in load_parameters(americas.folder)}
    assert found["retry-after-expulsion"] == (0.40, 0.30, 0.55)
    assert found["retry-after-return"] == (0.10, 0.05, 0.15)
    assert found["retry-delay-days"] == (10, 10, 10)
    assert found["not-met-share"] == (0.20, 0.10, 0.30)
    assert found["returned-share-mexicans"] == (0.8, 0.6, 1.0)
    assert found["returned-share-others"] == (0.1, 0.0, 0.3)


def test_both_packs_have_the_same_parameters_but_for_places_of_waiting(americas: Region, toy: Region) -> None:
    both = (load_parameters(region.folder) for region in (americas, toy))
    ours, theirs = ({p.id for p in of if p.instead_of is None} for of in both)
    waits = {"wait-co-necocli-days", "wait-mx-tapachula-days", "wait-xb-bosque-days", "wait-xb-cruce-days"}
    assert ours ^ theirs == waits


def test_every_kind_of_link_has_a_speed_or_a_time(americas: Region) -> None:
    found = {parameter.id for parameter in load_parameters(americas.folder)}
    for kind in americas.routes["kind"].unique().to_list():
        name = str(kind).replace("_", "-")
        assert f"speed-{name}-km-day" in found or f"travel-{name}-days" in found


def test_a_change_of_departures_takes_the_place_of_that_of_the_base(broken: Region) -> None:
    file = broken.folder / "scenarios.toml"
    more = """
[scenarios.more]
title = "More"
base = "expulsion-ends"

[[scenarios.more.departures]]
id = "alberians"
title = "Departures of Alberians"
nationalities = ["XAA"]
start = 2022-07-01
amount = { value = 2.0, unit = "ratio" }

[[scenarios.more.parameters]]
id = "not-met-share"
amount = { value = 0.5, unit = "ratio" }
why = "another view"
"""
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")
    scenario = load_scenario(broken, "more")
    assert [change.amount.value for change in scenario.departures] == [2.0]
    changed = {p.id: (p.amount.value, p.why) for p in scenario.parameters}
    assert changed["not-met-share"] == (0.5, "another view")
    assert scenario.first_difference == scenario.span.start
    assert scenario.changes == (
        "Departures of Alberians: 2 from 2022-07-01", "not-met-share is 0.5",
    )  # fmt: skip


def test_an_added_policy_ends_with_what_it_rests_on(broken: Region) -> None:
    file = broken.folder / "scenarios.toml"
    more = """
[[scenarios.expulsion-ends.add]]
id = "toy-wider"
kind = "expulsion"
description = "Invented"
authority = ["XCC"]
start = 2022-05-01
nationalities = ["XBB"]
where = ["@border"]
part_of = "toy-expulsion"
in_model = true
certainty = "invented"
source = "invented"
"""
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")
    scenario = load_scenario(broken, "expulsion-ends")
    assert policies(scenario)["toy-wider"].span == Span(date(2022, 5, 1), date(2022, 6, 1))
    assert scenario.first_difference == date(2022, 5, 1)


def test_a_scenario_may_say_as_of_when_it_knows(broken: Region) -> None:
    file = broken.folder / "scenarios.toml"
    text = file.read_text(encoding="utf-8").replace(
        "[scenarios.expulsion-stays]", "[scenarios.expulsion-stays]\nknown = 2022-07-01"
    )
    file.write_text(text, encoding="utf-8")
    scenario = load_scenario(broken, "expulsion-stays")
    assert scenario.known == date(2022, 7, 1)
    assert policies(scenario)["toy-expulsion"].span.end is None
    assert "toy-returns" not in policies(scenario)
    later = load_scenario(broken, "expulsion-stays", known=date(2022, 7, 10))
    assert policies(later)["toy-expulsion"].span.end == date(2022, 8, 1)
