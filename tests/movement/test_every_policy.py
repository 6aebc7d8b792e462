"""Every policy of the Americas pack acts, or says why it moves nobody; and the page that tells how agrees."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from travesia.movement import build_frame, build_plan, expected_flows, first_day_apart, plan_itineraries
from travesia.movement.changes import Reading, ground_of, group_share, read
from travesia.movement.effects import DETERRED, EXEMPT, parts_of
from travesia.movement.expelled import timetable_of
from travesia.movement.plan import Frame, Plan
from travesia.region import Region, load_region
from travesia.scenario import Scenario, load_parameters, load_scenario, without
from travesia.scenario.kinds import EFFECTS, KINDS
from travesia.study import Prepared, Request, prepare
from travesia.terms import Span

PAGE = Path(__file__).parents[2] / "docs" / "concepts" / "policies.md"
YEARS = Span(date(2018, 1, 1), date(2023, 10, 1))


@pytest.fixture(scope="module")
def americas() -> Region:
    return load_region("americas")


@pytest.fixture(scope="module")
def happened(americas: Region) -> Scenario:
    return load_scenario(americas, "title-42-stays")


@pytest.fixture(scope="module")
def frame(americas: Region, happened: Scenario) -> Frame:
    values = {p.id: p.amount.value for p in happened.parameters if p.amount.value is not None}
    return build_frame(americas, plan_itineraries(americas, values), YEARS)


@pytest.fixture(scope="module")
def reading(frame: Frame, happened: Scenario) -> Reading:
    ground = ground_of(frame.region, frame.itineraries, YEARS, happened)
    return read(timetable_of(frame, happened, YEARS), ground)


@pytest.fixture(scope="module")
def ready() -> Prepared:
    return prepare(Request("americas", scenarios=("title-42-stays",)))


def table() -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """Return how each kind acts, and its coefficients, as the page says."""
    rows = [line.strip("| ").split("|") for line in PAGE.read_text().splitlines() if line.startswith("| ")]
    names = re.compile(r"`([a-z0-9-]+)`")
    cells = [[cell.strip() for cell in (*row, "")] for row in rows[2:]]
    return {kind: (how, tuple(names.findall(of))) for kind, how, of, *_ in cells}


def test_every_policy_acts_or_says_why_not(reading: Reading, happened: Scenario):
    made = reading.timetable
    inside = {p.id for p in happened.policies if p.in_model and p.span.clip(YEARS)}
    assert len(inside) == 128
    assert sorted([*made.acting, *(name for name, _, _ in made.not_modelled)]) == sorted(inside)
    assert len(made.acting) == 83
    for _, _, reason in made.not_modelled:
        assert len(reason) > 20
        assert not re.search(r"later|not yet|come later|not fitted", reason)


def test_the_reasons_are_few_and_tell_what_is_missing(reading: Reading):
    reasons = {name: reason for name, _, reason in reading.timetable.not_modelled}
    assert reasons["chl-visa-ven"].startswith("no way that its nationalities take")
    assert reasons["u4u"].startswith("names no number of people")
    assert reasons["tps-ven-1"].startswith("nobody of its nationalities sets out")
    assert reasons["family-removal-2023"].startswith("acts where nobody in the model")
    assert len(set(reasons.values())) <= 12


def test_the_page_has_a_row_for_every_kind(reading: Reading):
    assert set(table()) == set(KINDS)
    for kind, why in KINDS.items():
        says_nothing = re.search(r"moves nobody here|acts on nothing by itself", table()[kind][0]) is not None
        assert says_nothing == (why is not None), kind


def test_the_page_names_the_coefficients_that_the_code_uses(reading: Reading, happened: Scenario):
    kinds = {policy.id: policy.kind for policy in happened.policies}
    used: dict[str, set[str]] = {}
    for policy, parts in reading.parts:
        used.setdefault(kinds[policy.id], set()).update(part.coefficient for part in parts)
    for kind, names in used.items():
        assert names - {EXEMPT} <= set(table()[kind][1]), kind
    given = {parameter.id for parameter in happened.parameters}
    for kind, (_, names) in table().items():
        assert set(names) <= given, kind


def test_every_coefficient_that_the_page_names_is_assumed_or_cited_with_a_range(americas: Region):
    parameters = {p.id: p for p in load_parameters(americas.folder)}
    for _, names in table().values():
        for name in names:
            amount = parameters[name].amount
            assert amount.low is not None
            assert amount.high is not None
            assert amount.low <= (amount.value or 0.0) <= amount.high
            # None turns its sign within its range: what is guessed is the size.
            assert amount.low * amount.high >= 0.0


def test_every_kind_that_acts_through_a_change_is_known_to_the_code(
    reading: Reading, frame: Frame, happened: Scenario
):
    ground = ground_of(frame.region, frame.itineraries, YEARS, happened)
    for effect in reading.timetable.effects:
        assert effect.policy.kind in EFFECTS | {"exemption", "return"}
        parts_of(effect, ground)


def test_the_share_of_a_group_is_what_had_been_counted_by_then(americas: Region):
    # Worked out by hand from the monthly table: USBP encounters, October 2019 to March 2020.
    rows = americas.series("cbp-southwest-demographic").filter(
        (pl.col("period") <= "2020-03") & pl.col("channel").str.starts_with("USBP ")
    )
    children = rows.filter(pl.col("channel") == "USBP unaccompanied_child")["value"].sum()
    share = group_share(americas, ("unaccompanied_child",), date(2020, 4, 1))
    assert share == pytest.approx(children / rows["value"].sum())
    assert group_share(americas, ("family_unit",), date(2019, 9, 1)) is None


def against(ready: Prepared, name: str) -> tuple[Plan, Plan]:
    base = ready.plans[0]
    other = without(base.scenario, name)
    return base, build_plan(base.frame, other, ready.demand, base.scenario)


def change(pair: tuple[Plan, Plan]) -> tuple[float, float]:
    """Return by how much departures and encounters change, without those whom pathways admit."""
    flows = [expected_flows(plan) for plan in pair]
    left = [flow.departed.sum() for flow in flows]
    border = pair[0].frame.at_border
    met = [flow.counts[..., 1:].sum(axis=(0, 1, 3))[border].sum() for flow in flows]
    return left[1] - left[0], met[1] - met[0]


MORE_GO = [
    "mex-visa-ven", "mex-visa-ecu", "mex-visa-bra", "chnv-parole", "nic-transit-fee", "mex-national-guard",
    "ecu-visa-2019", "col-etpv",
]  # fmt: skip
FEWER_GO = ["nic-visa-free-cub", "ven-sanctions-oil", "hnd-fine-amnesty", "shock-cub-protests-2021"]


@pytest.mark.parametrize("name", MORE_GO)
def test_without_what_holds_people_back_more_go(ready: Prepared, name: str):
    left, met = change(against(ready, name))
    assert left > 0.0
    assert met > 0.0


@pytest.mark.parametrize("name", FEWER_GO)
def test_without_what_makes_people_go_fewer_do(ready: Prepared, name: str):
    left, met = change(against(ready, name))
    assert left < 0.0
    assert met < 0.0


@pytest.mark.parametrize("name", ["t42-children-policy", "mex-tamaulipas-families"])
def test_without_an_exemption_more_are_expelled(ready: Prepared, name: str):
    pair = against(ready, name)
    expelled = [expected_flows(plan).counts[..., 2].sum() for plan in pair]
    assert expelled[1] > expelled[0]


def test_without_the_expulsion_of_venezuelans_their_share_is_that_before_it(ready: Prepared):
    base, other = against(ready, "t42-venezuela-expulsions")
    at = base.frame.itineraries.nationalities.index("VEN")
    day = base.frame.day(date(2022, 12, 1))
    gate = base.frame.gates.index("gate-sector-el-paso")
    assert base.rules.expel[day, gate, at] > 0.3
    assert other.rules.expel[day, gate, at] < 0.05
    assert other.rules.turn_back[day, at] < 0.2 * base.rules.turn_back[day, at]
    before = base.frame.day(date(2022, 10, 12))
    assert first_day_apart(base, other) == before
    others = [c for c in range(base.rules.expel.shape[2]) if c != at]
    assert np.array_equal(base.rules.expel[:, :, others], other.rules.expel[:, :, others])


@pytest.mark.parametrize("name", ["mex-visa-bra", "gtm-operations", "chnv-parole", "ven-parole"])
def test_earlier_days_are_the_same_to_the_last_bit(ready: Prepared, name: str):
    base, other = against(ready, name)
    first = first_day_apart(base, other)
    assert 0 < first < base.frame.span.days
    one, two = expected_flows(base), expected_flows(other)
    assert np.array_equal(one.stock[:first], two.stock[:first])
    assert np.array_equal(one.departed[:first], two.departed[:first])
    came = two.departed.sum(axis=1).cumsum()[-1] + two.lawful.sum()
    assert two.stock[-1].sum() == pytest.approx(came)


def test_the_baseline_reacts_to_nothing(ready: Prepared):
    base = ready.plans[0]
    again = build_plan(base.frame, replace(base.scenario, name="again"), ready.demand, base.scenario)
    assert not again.change.parts
    assert first_day_apart(base, again) == base.frame.span.days


def test_a_stricter_rule_is_felt_at_its_gates_only_after_it_began(ready: Prepared):
    base, other = against(ready, "clp-rule")
    felt = other.change.parts[DETERRED]
    assert not felt[: base.frame.day(date(2023, 5, 12))].any()
    assert (felt[base.frame.day(date(2023, 5, 12)) :] <= 0.0).all()
    assert felt.any()
