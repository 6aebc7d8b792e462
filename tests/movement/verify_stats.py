"""What becomes of people, against numbers worked out on paper: one way, one hub, a line and a port.

A hundred people a day set out from a. The jungle of 30 km takes 2 days at 15 km a day and half a day at the
frontier, the road to the hub as long; each stretch is rounded to 2 days. They wait 4 days at the hub on
average, go a day to the border town, wait 3 there and cross in a day: 5. March is long after the start, so
what a day brings is what 100 people bring.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest
from small_regions import (
    START,
    counted,
    days_of,
    demand_of,
    gate,
    numbers,
    parameters,
    policy,
    reacting,
    region_of,
    scenario_of,
)

from travesia.movement import (
    Flows,
    Options,
    Plan,
    build_frame,
    build_plan,
    expected_as_flows,
    plan_itineraries,
    simulate,
    stats,
)
from travesia.region import Region
from travesia.scenario import Parameter, Policy
from travesia.terms import Amount, Span, schemas

SPAN = Span(START, date(2022, 4, 1))
MARCH = Span(date(2022, 3, 1), date(2022, 4, 1))
DAYS, A_DAY = 31, 100.0
EVEN, TO_THE_PORT = np.array([[0.5, 0.5, 0.0, 0.0]]), np.array([[0.3, 0.7, 0.0, 0.0]])
AGAIN_AT_LINE, AGAIN_AT_PORT = 0.8 * 0.1 * 0.1, 0.1 * 0.1
"""Of those who come to a gate: met, times returned, times back again."""
JUNGLE, LINE = "a--gap--jungle", "n--d--border_desert|n--p--border_desert"


def region(dangers: bool = True) -> Region:
    places = [("a", "AAA"), ("gap", "BBB"), ("hub", "NNN"), ("n", "NNN"), ("d", "DDD"), ("p", "DDD")]
    links = [("a", "gap", "jungle", 30.0), ("gap", "hub", "road", 400.0), ("hub", "n", "road", 200.0)]
    links += [("n", end, "border_desert", 25.0) for end in ("d", "p")]
    gates = [gate("line", "sector", ("d", "DDD"), "n"), gate("port", "port", ("p", "DDD"), "n")]
    gates += [gate("corridor", "checkpoint", ("gap", "BBB"), "a"), gate("near", "checkpoint", ("hub", "NNN"))]
    rows = [counted("border", "2022-01", at, "AAA", 500.0, "T8") for at in ("line", "port")]
    rows.append(counted("corridor", "2022-01", "gap", "AAA", 50.0))
    found = region_of(places, links, gates, [("AAA", "a", "home")], rows)
    if not dangers:
        return found
    named = [("jungle", JUNGLE), ("line", LINE)]
    table = pl.DataFrame(
        [
            {"id": name, "title": name, "links": links, "dead_or_missing_people": 1, "counted": "invented",
             "source": "invented"} for name, links in named
        ]
    )  # fmt: skip
    return replace(found, dangers=schemas.Dangers.validate(table, cast=True))


def plan_with(
    choice: np.ndarray = EVEN,
    acts: tuple[Policy, ...] = (),
    with_parameters: tuple[Parameter, ...] | None = None,
    dangers: bool = True,
    by_day: bool = False,
) -> Plan:
    found = region(dangers)
    scenario = scenario_of(acts, SPAN, with_parameters=with_parameters or parameters(wait_hub_days=4.0))
    itineraries = plan_itineraries(found, numbers(scenario.parameters))
    frame = build_frame(found, itineraries, SPAN, days_of(SPAN) if by_day else ())
    people = {("AAA", "corridor"): [A_DAY * days for days in (31, 28, 31)]}
    base = replace(scenario, policies=()) if acts else None
    return build_plan(frame, scenario, demand_of(frame, people, choice=choice), base)


@pytest.fixture(scope="module")
def flows() -> Flows:
    return expected_as_flows([plan_with()])[0]


def cells(table: pl.DataFrame, *key: str, value: str = "mean") -> dict[object, float]:
    return {row[:-1] if len(key) > 1 else row[0]: row[-1] for row in table.select(*key, value).rows()}


def test_every_attempt_is_counted_at_its_number(flows):
    line, port = A_DAY / 2 * DAYS, A_DAY / 2 * DAYS
    expected = {
        ("line", 1): 0.8 * line,
        ("line", 2): 0.8 * line * AGAIN_AT_LINE,
        ("line", 3): 0.8 * line * AGAIN_AT_LINE**2 / (1 - AGAIN_AT_LINE),
        ("port", 1): port,
        ("port", 2): port * AGAIN_AT_PORT,
        ("port", 3): port * AGAIN_AT_PORT**2 / (1 - AGAIN_AT_PORT),
    }
    assert cells(stats.attempts(flows, window=MARCH), "gate", "attempt") == pytest.approx(expected, rel=1e-3)


def test_people_encounters_and_their_ratio(flows):
    found = cells(stats.people_and_encounters(flows, window=MARCH), "nationality", "measure")
    people = A_DAY * DAYS * (0.5 * 0.8 + 0.5)
    met = A_DAY / 2 * DAYS * (0.8 / (1 - AGAIN_AT_LINE) + 1 / (1 - AGAIN_AT_PORT))
    for who in ("AAA", "all"):
        assert found[who, "people"] == pytest.approx(people, rel=1e-4)
        assert found[who, "encounters"] == pytest.approx(met, rel=1e-4)
        assert found[who, "encounters_per_person"] == pytest.approx(met / people, rel=1e-4)


def test_the_wait_at_the_hub_is_four_days_each(flows):
    table = stats.waiting(flows, window=MARCH)
    assert table["id"].unique().to_list() == ["hub"]
    assert cells(table, "at", "measure") == pytest.approx(
        {("hub", "person_days"): 4 * A_DAY * DAYS, ("hub", "mean_days"): 4.0}, rel=1e-4
    )


def test_a_journey_takes_thirteen_days(flows):
    table = stats.days_on_the_way(flows, window=MARCH)
    assert table["route"].unique().to_list() == ["corridor"]
    stages = {"to_hub": 4.0, "at_hub": 4.0, "to_gate": 5.0, "whole": 13.0}
    assert cells(table, "stage") == pytest.approx(stages, rel=1e-4)


def test_time_on_dangerous_links_later_attempts_with_them(flows):
    table = stats.exposure(flows, window=MARCH)
    later = AGAIN_AT_LINE / (1 - AGAIN_AT_LINE) + AGAIN_AT_PORT / (1 - AGAIN_AT_PORT)
    assert cells(table, "danger") == pytest.approx(
        {"jungle": 2.5 * A_DAY * DAYS, "line": (A_DAY + A_DAY / 2 * later) * DAYS}, rel=1e-4
    )


def test_all_nationalities_together_are_the_same_numbers(flows):
    found = cells(stats.journeys(flows, window=MARCH), "measure", "id")
    own = cells(stats.exposure(flows, window=MARCH), "danger")
    attempts = stats.attempts(flows, window=MARCH)
    assert found["exposure", "jungle"] == pytest.approx(own["jungle"])
    assert found["exposure", "line"] == pytest.approx(own["line"])
    assert found["days_on_the_way", "all"] == pytest.approx(13.0, rel=1e-4)
    assert found["waiting", "all"] == pytest.approx(4 * A_DAY * DAYS, rel=1e-4)
    later = attempts.filter(pl.col("attempt") > 1)["mean"].sum()
    assert found["later_attempts", "all"] == pytest.approx(later)


def test_a_fifth_of_the_people_goes_to_the_port_instead(flows):
    other = expected_as_flows([plan_with(TO_THE_PORT)])[0]
    table = stats.diverted(flows, other, MARCH).filter(nationality="AAA")
    found = cells(table, "by", "id", value="difference_p50")
    # At the line only four of five are met, so it loses fewer people met than the port gains.
    assert found["gate", "line"] == pytest.approx(-0.2 * 0.8 * A_DAY * DAYS, rel=1e-4)
    assert found["gate", "port"] == pytest.approx(0.2 * A_DAY * DAYS, rel=1e-4)
    assert found["between_gates", "all"] == pytest.approx(0.2 * 0.8 * A_DAY * DAYS, rel=1e-4)
    assert found["route", "corridor"] == 0.0
    everybody = stats.diverted(flows, other, MARCH).filter(nationality="all")
    assert cells(everybody, "by", "id", value="difference_p50") == found


NOBODY_RETURNED = {
    "returned_share_others": 0.0, "wait_hub_days": 4.0, "leave_queue_share": 0.0, "metered_gate_utility": 0.0,
}  # fmt: skip


def test_who_is_at_a_place_waits_and_who_is_on_links_is_on_a_leg():
    # Nobody is returned: at the end of a day people are at the hub, before a full port, or on a leg.
    ceiling = policy("few", "capacity", ("p",), amount=Amount(30.0, "persons per day"))
    plan = plan_with(acts=(ceiling,), with_parameters=reacting(**NOBODY_RETURNED))
    flows = simulate([plan], Options(runs=4, seed=5, central=True))[0]
    frame, layout = flows.frame, flows.frame.layout
    assert flows.waited[:, :, layout.kind == 2].sum() > 0
    assert flows.stock.total[:, :-2].sum() == flows.waited.sum(dtype=float)
    by_day = simulate([plan_with(acts=(ceiling,), with_parameters=reacting(**NOBODY_RETURNED), by_day=True)],
                      Options(runs=4, seed=5, central=True))[0]  # fmt: skip
    days = np.concatenate([layout.move_days, frame.sources.days])
    left = np.minimum(days, frame.span.days - np.arange(frame.span.days)[:, None])
    assert flows.stock.total[:, -2].sum() == (by_day.set_out * left).sum(dtype=float)


def test_a_full_port_makes_people_wait_before_it():
    ceiling = policy("few", "capacity", ("p",), amount=Amount(30.0, "persons per day"))
    chosen = reacting(**NOBODY_RETURNED)
    one, two = (
        expected_as_flows([plan_with(acts=acts, with_parameters=chosen)])[0] for acts in ((), (ceiling,))
    )
    assert stats.waiting(one).filter(at="gate").is_empty()
    table = stats.waiting(one, two).filter(at="gate", measure="person_days")
    assert table["id"].to_list() == ["port"]
    # Fifty come a day and thirty get through: before the port the line grows by twenty a day.
    n = two.frame.places.index("n")
    line = two.stock.mean[:, n]
    assert np.diff(line)[60:] == pytest.approx(20.0, rel=1e-3)
    assert table["difference_p50"].item() == pytest.approx(line.sum(), rel=1e-6)
    stages = cells(stats.days_on_the_way(two), "stage")
    assert stages["whole"] == pytest.approx(sum(stages.values()) - stages["whole"])
    came = two.set_out[0][:, np.flatnonzero(two.frame.layout.move_gate >= 0)].sum()
    assert stages["before_gate"] == pytest.approx(line.sum() / came, rel=1e-3)


def test_a_pack_without_dangers_exposes_nobody_and_says_nothing_of_it():
    flows = expected_as_flows([plan_with(dangers=False)])[0]
    assert stats.exposure(flows).is_empty()
    assert stats.exposure(flows, flows).columns[:2] == ["nationality", "danger"]
    assert "exposure" not in stats.journeys(flows)["measure"].to_list()
