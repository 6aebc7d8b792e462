"""How much work a run is: cohorts and draws, by what holds in the run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
from small_regions import START, parameters, plan_of, policy, scenario_of, simple_region

from travesia.movement import count_work
from travesia.movement.changes import Change
from travesia.movement.effects import EXEMPT
from travesia.terms import Span


def test_draws_at_gates_are_counted_by_what_holds_once_people_have_reacted():
    acts = (policy("t42", "expulsion", ("d",)),)
    scenario = scenario_of(acts, Span(START, date(2022, 3, 1)), with_parameters=parameters())
    plan = plan_of(simple_region(1.0), scenario, {("AAA", "direct"): 900.0})
    rules = plan.rules
    assert (rules.expel == 1.0).all()
    halved = np.full_like(np.swapaxes(rules.expel, 1, 2), np.log(0.5))
    exempt = replace(plan, change=Change({EXEMPT: halved}))
    stated = replace(plan, rules=rules._replace(expel=0.5 * rules.expel))
    assert count_work(exempt)[1] == count_work(stated)[1] > count_work(plan)[1]
