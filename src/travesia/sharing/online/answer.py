"""The answer of placing online: decisions in their order, what was missed, and the best in hindsight."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from travesia.sharing.assign.exact import answer_worth
from travesia.sharing.assign.explain import groups_of, not_admissible, prices_of, terms_of
from travesia.sharing.assign.instance import Instance
from travesia.sharing.assign.placements import Placement, Placements, Unplaced
from travesia.sharing.assign.program import OUT, Ints, Program, loads, penalties, rows_of, shortfall
from travesia.sharing.assign.solving import solve_program
from travesia.sharing.online.arrivals import Arrivals, OnlineRule, Pool
from travesia.sharing.online.placing import Decision, Done, Run, place_arrivals
from travesia.terms import InputError

Tell = Callable[[str], None]


@dataclass(frozen=True)
class OnlinePlacement(Placement):
    """A case at its place, with the prices and the runner-up of the moment at which its batch came."""

    batch: str = ""


@dataclass(frozen=True)
class Missed:
    """A condition of the whole period that does not hold at its end, and by how much."""

    condition: str
    unit: str
    by: float


@dataclass(frozen=True)
class Greedy:
    """The same arrivals, each at its best place with room, no thought given to others."""

    objective: float
    ratio: float | None
    people_unplaced: int
    wait: float


@dataclass(frozen=True)
class Hindsight:
    """What nobody's score exceeds who leaves out no more than the answer found, [F], ``None`` if none was."""

    bound: float
    chosen: Ints | None


@dataclass(frozen=True)
class Online:
    """How an answer came about, and how good it was.

    ``drawn_from`` is ``arrived``, or ``history`` for both it and those who have arrived; ``expected_from``
    says who said how many families come.
    ``ratio`` is the objective as a part of the bound in hindsight, which knows all cases from the start; it
    says nothing of people left out, so their number in hindsight stands beside it. ``wait`` is the mean part
    of the period for which people's places are busy with those who came before.
    """

    rule: OnlineRule
    drawn_from: str
    expected: int
    expected_from: str
    pricings: int
    wait: float
    missed: tuple[Missed, ...]
    ratio: float | None = None
    unplaced_in_hindsight: int | None = None
    greedy: Greedy | None = None


@dataclass(frozen=True)
class OnlinePlacements(Placements):
    """Placements in the order in which they were decided; the bound is that in hindsight."""

    online: Online | None = None


def place_online(
    instance: Instance,
    history: Instance | None = None,
    *,
    rule: OnlineRule | None = None,
    seconds: float | None = 60.0,
    tell: Tell = lambda text: None,
    done: Done = lambda families: None,
) -> OnlinePlacements:
    """Place cases as their batches arrive, none with a look at who comes later.

    Parameters
    ----------
    instance
        From `read_instance`. Cases come by the column ``batch``, without it one by one in the file's order.
    history
        Cases of an earlier period at the same places, whom futures are drawn from; without it, those who have
        arrived.
    rule
        Futures, pricing, balance, number expected; by default as `OnlineRule` says.
    seconds
        Time limit for the bound in hindsight; ``None`` leaves it out, and greedy too.
    tell, done
        Called with what is being worked on, and with how many families were placed since the last call.

    Raises
    ------
    UsageError
        If the history has other places or resources.
    InputError
        If groups are promised what only cases that are all known can be given.
    """
    began = time.monotonic()
    if instance.aim.leximin or instance.aim.raise_worst is not None:
        problem = "asks for all cases at once, and these come one after another"
        raise InputError(
            instance.aim.file, problem, "write floors of groups", row=instance.aim.row or None,
            column="leximin" if instance.aim.leximin else "raise_worst",
        )  # fmt: skip
    rule = rule or OnlineRule()
    arrivals = Arrivals.of(instance)
    pool = None if history is None else Pool.of(history, instance)
    tell(f"placing {len(instance.cases):,} cases at {len(instance.places):,} places as they arrive")
    run = place_arrivals(instance.program, arrivals, pool, rule, done)
    chosen = run.chosen(len(instance.program.people))
    answer = _answer(instance, arrivals, run, chosen)
    online = Online(
        rule=rule,
        drawn_from="arrived" if history is None else "history",
        expected=run.expected,
        expected_from="given" if rule.expected is not None else "room" if history is None else "history",
        pricings=len(run.pricings),
        wait=run.wait,
        missed=_missed(instance, chosen),
    )
    if seconds is not None:
        tell("looking back: the best there was, and greedy")
        greedy = place_arrivals(instance.program, arrivals, pool, replace(rule, futures=0, balance=0.0))
        answer, online = _compared(instance.program, (answer, online), chosen, greedy, seconds)
    return replace(answer, online=online, seconds=time.monotonic() - began)


def hindsight(program: Program, chosen: Ints, seconds: float, gap: float = 1e-3) -> Hindsight:
    """Return the best there was for cases that are all known from the start.

    What an answer misses of the conditions of the whole period is not asked of hindsight either.
    """
    eased = _eased(program, chosen)
    rows = rows_of(eased)
    solved = solve_program(eased, rows, time.monotonic() + seconds, gap)
    # Without an answer in time, the penalties that nothing can save.
    best = np.where(np.diff(eased.start) > 0, 0, OUT) if solved.chosen is None else solved.chosen
    bound = solved.bound
    if solved.proven and solved.chosen is not None:
        bound = min(bound, answer_worth(eased, rows, best))
    if solved.chosen is None:
        left = eased.unplaced_penalty * float(program.people[best == OUT].sum())
        return Hindsight(bound + left - program.out_penalty, None)
    # A search cut short may leave out more than this answer: the bound is of those who leave out the least.
    left = min(penalties(eased, rows, best), penalties(eased, rows, chosen))
    return Hindsight(bound + left - program.out_penalty, best)


def _eased(program: Program, chosen: Ints) -> Program:
    """Return a program whose hard conditions are loosened to what an answer keeps."""
    places, resources = program.capacity.shape
    load = loads(program, chosen)
    room, states = load[: places * resources].reshape(places, resources), len(program.state_lower)
    in_state = load[places * resources : places * resources + states].astype(np.int64)
    hard, hard_groups = np.isinf(program.floor_penalty), np.isinf(program.group_penalty)
    got = load[places * resources + states :]
    floor = np.where(hard, np.minimum(program.floor, room), program.floor).astype(np.int64)
    return replace(
        program,
        floor=floor,
        must=program.must & (chosen != OUT),
        state_lower=np.minimum(program.state_lower, in_state),
        state_upper=np.maximum(program.state_upper, in_state),
        group_floor=np.minimum(program.group_floor, got) if hard_groups else program.group_floor,
    )


def _answer(instance: Instance, arrivals: Arrivals, run: Run, chosen: Ints) -> OnlinePlacements:
    program = instance.program
    cases_of: dict[int, list[int]] = {}
    for case, family in enumerate(instance.family_of.tolist()):
        cases_of.setdefault(family, []).append(case)
    placed: list[OnlinePlacement] = []
    left: list[Unplaced] = []
    for decision, batch in zip(run.decisions, arrivals.batch.tolist(), strict=True):
        for case in cases_of[decision.family]:
            if decision.pair != OUT:
                placed.append(_placement(instance, decision, case, batch))
            else:
                reason = decision.reason or not_admissible(instance, case)
                left.append(Unplaced(instance.cases[case], int(instance.people[case]), reason))
    rows = len(rows_of(program).lower)
    mean = np.mean([pricing.prices for pricing in run.pricings], axis=0) if run.pricings else np.zeros(rows)
    return OnlinePlacements(
        status="feasible",
        objective=math.fsum(row.score for row in placed),
        bound=None,
        price_bound=None,
        seconds=0.0,
        placements=tuple(placed),
        unplaced=tuple(left),
        prices=prices_of(instance, mean),
        groups=groups_of(instance, chosen, mean),
    )


def _placement(instance: Instance, decision: Decision, case: int, batch: int) -> OnlinePlacement:
    program = instance.program
    place, other = int(program.place[decision.pair]), decision.runner_up
    terms = terms_of(instance, case, place)
    paid = zip(instance.resources, decision.paid, strict=True)
    return OnlinePlacement(
        case=instance.cases[case],
        place=instance.places[place],
        score=sum(terms.values()),
        runner_up=None if other == OUT else instance.places[int(program.place[other])],
        cost=None if other == OUT else decision.cost,
        terms=terms,
        prices={name: much for name, much in paid if much},
        batch=instance.batches[batch] if instance.batches else str(batch + 1),
    )


def _missed(instance: Instance, chosen: Ints) -> tuple[Missed, ...]:
    """Return the lower sides not reached, and upper shares of states passed as fewer came than expected."""
    program = instance.program
    rows = rows_of(program)
    load = loads(program, chosen)
    places, resources = program.capacity.shape
    found = []
    for side, off in enumerate((shortfall(program, rows, load), np.maximum(load - rows.upper, 0.0))):
        for row in np.flatnonzero(off):
            condition = instance.rows[int(row)][side]
            of_place, of_group = row < places * resources, row >= len(load) - len(program.group_floor)
            scale = instance.scale[row % resources] if of_place else 1
            unit = instance.resources[row % resources] if of_place else "score" if of_group else "people"
            if condition is not None:
                found.append(Missed(condition.words, unit, float(off[row]) / scale))
    return tuple(found)


def _compared(
    program: Program, answer: tuple[OnlinePlacements, Online], chosen: Ints, greedy: Run, seconds: float
) -> tuple[OnlinePlacements, Online]:
    """Return an answer with its bound in hindsight, and greedy beside it."""
    placed, online = answer
    best = hindsight(program, chosen, seconds)
    other = greedy.chosen(len(program.people))
    score = math.fsum(program.score[other[other != OUT]])
    left = {name: _people_out(program, found) for name, found in (("greedy", other), ("best", best.chosen))}
    online = replace(
        online,
        ratio=_part(placed.objective or 0.0, best.bound),
        unplaced_in_hindsight=left["best"],
        greedy=Greedy(score, _part(score, best.bound), left["greedy"] or 0, greedy.wait),
    )
    return replace(placed, bound=best.bound, price_bound=best.bound), online


def _people_out(program: Program, chosen: Ints | None) -> int | None:
    return None if chosen is None else int(program.people[chosen == OUT].sum())


def _part(score: float, bound: float) -> float | None:
    return score / bound if bound > 0 else None
