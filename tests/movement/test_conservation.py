"""Nobody is lost and nobody appears: random small regions, every day of every run."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
from hypothesis import HealthCheck, given, settings
from small_regions import Case, cases, stock_of_all

from travesia.movement import OUTCOMES, Flows, Options, Plan, expected_flows, simulate

LET_IN, EXPELLED, RETURNED, ADMITTED = (
    OUTCOMES.index(name) for name in ("let_in", "expelled", "returned", "admitted")
)
PASSED, TURNED = OUTCOMES.index("passed"), OUTCOMES.index("turned_back")
few = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def run(case: Case, runs: int = 1) -> list[Flows]:
    return simulate([case.plan, case.other], Options(runs=runs, seed=case.seed, threads=1))


def border_of(plan: Plan) -> np.ndarray:
    return np.array([kind != "checkpoint" for kind in plan.frame.region.gates["kind"]])


@given(case=cases())
@few
def test_people_are_conserved_on_every_day(case: Case):
    for flows in run(case):
        # Stock holds everybody who set out, wherever they are now, and those whom lawful pathways admitted
        # straight from a queue outside the model; people who only queue for a pathway are not in it.
        came = (
            flows.departed.total.sum(axis=1).cumsum() + flows.lawful[0].sum(axis=(1, 2), dtype=float).cumsum()
        )
        assert stock_of_all(flows).tolist() == came.tolist()


@given(case=cases())
@few
def test_whole_people_and_never_fewer_than_none(case: Case):
    for flows in run(case):
        for values in (
            flows.counts,
            flows.people,
            flows.lawful,
            flows.stock.total,
            flows.departed.total,
            flows.crossings.total,
        ):
            assert (values >= 0).all()
            assert (values == np.floor(values)).all()


@given(case=cases())
@few
def test_beyond_the_gates_are_those_not_met_let_in_and_admitted(case: Case):
    for plan, flows in zip((case.plan, case.other), run(case), strict=True):
        border = border_of(plan)
        through = flows.counts[0][:, :, border][..., [PASSED, LET_IN, ADMITTED]].sum(
            axis=(1, 2, 3), dtype=float
        )
        through += flows.lawful[0].sum(axis=(1, 2), dtype=float)
        assert flows.stock.total[:, -1].tolist() == through.cumsum().tolist()


@given(case=cases())
@few
def test_encounters_are_events_and_people_are_people(case: Case):
    for plan, flows in zip((case.plan, case.other), run(case), strict=True):
        encounters, people = flows.at_border("encounters")[0], flows.at_border("people")[0]
        assert (people <= encounters).all()
        # Somebody who is met again was sent back before, perhaps at a gate whose queue was given up since.
        sent_back = flows.at_border("expulsions")[0] + flows.at_border("returns")[0]
        again = (encounters - people).sum(axis=2)
        assert (again.cumsum(axis=0) <= sent_back.sum(axis=2).cumsum(axis=0)).all()
        # Everybody who comes is turned back, not met or met; who sets out comes once or is under way.
        first = people + flows.at_border("turned_back")[0]
        assert first.sum() <= flows.departed.total.sum()
        # Checkpoints only let pass; ports meet everybody.
        border = border_of(plan)
        assert flows.counts[0][:, :, ~border][..., PASSED + 1 :].sum() == 0
        ports = np.array([kind == "port" for kind in plan.frame.region.gates["kind"]])
        assert flows.counts[0][:, :, ports, PASSED].sum() == 0


@given(case=cases())
@few
def test_the_measures_add_up_to_the_counts(case: Case):
    for plan, flows in zip((case.plan, case.other), run(case), strict=True):
        whole = flows.counts[0][:, :, border_of(plan)].sum(dtype=float)
        parts = sum(
            float(flows.total(name)[0])
            for name in ("let_in", "expulsions", "returns", "not_met", "turned_back")
        )
        assert parts == whole
        assert float(flows.total("encounters")[0]) == whole - float(flows.total("not_met")[0]) - float(
            flows.total("turned_back")[0]
        )


@given(case=cases())
@few
def test_no_quota_is_exceeded_on_any_day(case: Case):
    for plan, flows in zip((case.plan, case.other), run(case), strict=True):
        # A number of people that is not whole is rounded up on some days and down on others.
        assert (flows.lawful[0].sum(axis=2) <= np.ceil(plan.rules.quota)).all()
        admitted = flows.counts[0][..., ADMITTED].sum(axis=1)
        assert (admitted <= np.ceil(np.maximum(plan.rules.appointments, 0.0))).all()


@given(case=cases())
@few
def test_nobody_is_expelled_or_returned_where_no_policy_says_so(case: Case):
    for plan, flows in zip((case.plan, case.other), run(case), strict=True):
        expelled = flows.counts[0][..., EXPELLED]
        assert (np.moveaxis(expelled, 1, 2)[plan.rules.expel == 0.0] == 0).all()
        assert (
            flows.counts[0][..., TURNED][
                np.broadcast_to((plan.rules.turn_back == 0)[:, :, None], expelled.shape)
            ]
            == 0
        ).all()


@given(case=cases())
@few
def test_expected_flows_conserve_people_too(case: Case):
    for plan in (case.plan, case.other):
        out = expected_flows(plan)
        came = out.departed.sum(axis=1).cumsum() + out.lawful.sum(axis=(1, 2)).cumsum()
        np.testing.assert_allclose(out.stock.sum(axis=1), came, rtol=1e-10, atol=1e-7)
        for values in (out.counts, out.people, out.lawful, out.under_way):
            assert (values >= -1e-9).all()
        assert (out.stock >= -1e-6).all()
        assert (out.lawful.sum(axis=2) <= plan.rules.quota + 1e-9).all()
        assert (
            out.counts[..., ADMITTED].sum(axis=1) <= np.maximum(plan.rules.appointments, 0.0) + 1e-9
        ).all()


@given(case=cases())
@settings(few, max_examples=20)
def test_two_scenarios_are_equal_until_they_differ(case: Case):
    one, other = run(case, runs=2)
    days = case.plan.frame.span.days
    first = case.plan.frame.span.start

    def in_force(plan: Plan, day: int) -> set[tuple[object, ...]]:
        policies = plan.scenario.policies
        held = [p for p in policies if first + timedelta(days=day) in p.span]
        return {(p.id, p.where, p.nationalities, str(p.effect)) for p in held}

    apart = next((day for day in range(days) if in_force(case.plan, day) != in_force(case.other, day)), days)
    for name in ("counts", "people"):
        assert np.array_equal(getattr(one, name)[:, :apart], getattr(other, name)[:, :apart])
    for name in ("departed", "crossings"):
        for field in ("total", "squares", "least", "most"):
            a, b = (getattr(getattr(flows, name), field)[:apart] for flows in (one, other))
            assert np.array_equal(a, b)
    assert np.array_equal(one.stock.total[:apart], other.stock.total[:apart])


@given(case=cases())
@settings(few, max_examples=20)
def test_a_branch_is_the_scenario_run_alone(case: Case):
    options = Options(runs=2, seed=case.seed, threads=1, central=True)
    branched = simulate([case.plan, case.other], options)[1]
    alone = simulate([case.other], options)[0]
    for name in ("counts", "people", "lawful"):
        assert np.array_equal(getattr(branched, name), getattr(alone, name)), name
    for name in ("stock", "departed", "crossings"):
        for field in ("total", "squares", "least", "most"):
            assert np.array_equal(
                getattr(getattr(branched, name), field), getattr(getattr(alone, name), field)
            )
