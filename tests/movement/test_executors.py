"""Threads, processes, Dask, any order, any chunks: the same bytes."""

from __future__ import annotations

import multiprocessing
import pickle
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from concurrent.futures.process import ProcessPoolExecutor
from dataclasses import replace

import pytest
from small_jobs import Counted, Counting, LastFirst, digest_of_flows, digest_of_sums

from travesia.movement import (
    Demand,
    Options,
    Plan,
    build_plan,
    open_pool,
    paired_runs,
    run_job,
    simulate,
    work_chunk,
)
from travesia.region import Region
from travesia.scenario import load_scenario
from travesia.terms import TravesiaError, UsageError

RUNS = 23


@pytest.fixture(scope="module")
def plans(toy: Region, toy_fitted: tuple[Demand, Plan]) -> list[Plan]:
    demand, plan = toy_fitted
    stays, ends = (load_scenario(toy, name) for name in ("expulsion-stays", "expulsion-ends"))
    return [build_plan(plan.frame, scenario, demand, stays) for scenario in (stays, ends)]


@pytest.fixture(scope="module")
def processes() -> Iterator[Executor]:
    with open_pool("processes", 2) as pool:
        yield pool


@pytest.fixture(scope="module")
def reference(plans: list[Plan]) -> str:
    return digest_of_flows(simulate(plans, Options(RUNS, seed=5, threads=1)))


@pytest.mark.parametrize("chunk", [1, 4, 10, 100])
def test_the_size_of_chunks_changes_nothing(plans: list[Plan], reference: str, chunk: int):
    assert digest_of_flows(simulate(plans, Options(RUNS, seed=5, chunk=chunk))) == reference


def test_processes_change_nothing(plans: list[Plan], reference: str, processes: Executor):
    options = Options(RUNS, seed=5, chunk=7)
    assert digest_of_flows(simulate(plans, options, executor=processes)) == reference


def test_an_order_turned_round_changes_nothing(plans: list[Plan], reference: str):
    pool = LastFirst()
    assert digest_of_flows(simulate(plans, Options(RUNS, seed=5, chunk=4), executor=pool)) == reference
    assert len(pool.given) == 6
    assert not pool.ended


def test_dask_changes_nothing(plans: list[Plan], reference: str):
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        options = Options(RUNS, seed=5, chunk=4)
        assert digest_of_flows(simulate(plans, options, executor=client.get_executor())) == reference


def test_central_runs_are_the_same_from_processes(plans: list[Plan], processes: Executor):
    options = Options(5, seed=5, central=True, chunk=2)
    once, twice = simulate(plans, options), simulate(plans, options, executor=processes)
    assert digest_of_flows(once) == digest_of_flows(twice)


def test_an_executor_that_was_given_is_still_good_afterwards(processes: Executor):
    for _ in range(2):
        run_job(Counting(), Options(12, chunk=3), processes)
    with ThreadPoolExecutor(1) as pool:
        run_job(Counting(), Options(12, chunk=3), pool)
        assert pool.submit(int, "7").result() == 7


def test_any_job_will_do(processes: Executor):
    alone = digest_of_sums(work_chunk(Counting(), range(RUNS), None).sums)
    for executor in (None, processes):
        assert digest_of_sums(run_job(Counting(), Options(RUNS, chunk=6), executor)) == alone


def test_progress_is_told_in_the_thread_that_asked(processes: Executor):
    for executor in (None, processes):
        told: list[int] = []
        run_job(Counting(), Options(RUNS, chunk=10), executor, told.append)
        assert sorted(told) == [3, 10, 10]


def test_the_job_travels_light(plans: list[Plan]):
    """What goes to a process: no observations, shapes or policies, and all that its runs need."""
    job = paired_runs(plans, Options(), plans[0])
    for plan in job.plans:
        region = plan.frame.region
        assert (region.observations.height, region.shapes, plan.scenario.policies) == (0, {}, ())
    again = pickle.loads(pickle.dumps(job))
    assert again.facts() == job.facts()
    one, other = (work_chunk(which, range(3), None) for which in (job, again))
    assert digest_of_sums(one.sums) == digest_of_sums(other.sums)


def test_what_runs_depend_on_is_told_apart(plans: list[Plan]):
    def facts(changed: list[Plan], options: Options) -> dict[str, str]:
        return dict(paired_runs(changed, options, changed[0]).facts())

    base = facts(plans, Options(seed=5))
    assert facts(plans, Options(runs=3, seed=5, threads=7, chunk=2)) == base
    assert facts(plans, Options(seed=6)) != base
    assert facts(plans, Options(seed=5, central=True)) != base
    assert facts(plans[::-1], Options(seed=5)) != base
    first, second = plans
    parameters = first.scenario.parameters[:-1]
    for changed in (
        replace(first, departures=first.departures * 1.01),
        replace(first, rules=first.rules._replace(choice=first.rules.choice * 0.5)),
        replace(
            first,
            scenario=replace(first.scenario, departures=second.scenario.departures, parameters=parameters),
        ),
    ):
        job = replace(paired_runs(plans, Options(seed=5), first), plans=(changed, second))
        assert job.facts() != base
    job = paired_runs(plans, Options(seed=5), first)
    assert replace(job, happened=second).facts() != base
    assert replace(job, expected=job.expected._replace(counts=job.expected.counts + 1)).facts() != base
    ends_later = replace(second, rules=second.rules._replace(expel=second.rules.expel * 0.9))
    assert facts([first, ends_later], Options(seed=5)) != base


def test_no_more_chunks_are_handed_in_at_a_time_than_can_wait():
    """However many runs: what waits for its turn, or to be merged, is bounded."""

    class Watched(ThreadPoolExecutor):
        most, inside = 0, 0

        def submit(self, fn, /, *args, **kwargs):
            self.inside += 1
            self.most = max(self.most, self.inside)
            return super().submit(fn, *args, **kwargs)

    with Watched(2) as pool:

        def merged(runs: int) -> None:
            pool.inside -= 1

        sums = run_job(Counting(), Options(1000, chunk=1), pool, merged)
    assert all(part.done.all() for part in sums)
    assert 64 <= pool.most <= 65


def test_an_error_of_a_run_ends_the_ensemble_and_calls_off_the_rest():
    job = Counted(fails_at=4)
    with pytest.raises(ArithmeticError, match="run 4 fails"):
        run_job(job, Options(10_000, chunk=2, threads=1))
    assert len(job.asked) < 10_000


def test_an_error_comes_back_whole_from_a_process(processes: Executor):
    with pytest.raises(ArithmeticError, match="run 4 fails"):
        run_job(Counting(fails_at=4), Options(20, chunk=2), processes)


def test_an_interruption_calls_off_what_waits_also_where_the_executor_was_given():
    job = Counted()

    def stop(runs: int) -> None:
        raise KeyboardInterrupt

    with ThreadPoolExecutor(1) as pool:
        with pytest.raises(KeyboardInterrupt):
            run_job(job, Options(100_000, chunk=2), pool, stop)
        assert len(job.asked) < 100_000


def test_a_worker_that_dies_is_one_clear_line():
    said = r"^a worker process ended .* use fewer --threads$"
    with pytest.raises(TravesiaError, match=said), open_pool("processes", 1) as pool:
        run_job(Counting(dies_at=3), Options(20, chunk=2), pool)


def test_processes_are_gone_after_an_interruption():
    before = set(multiprocessing.active_children())
    left = set()

    def stop(runs: int) -> None:
        left.update(set(multiprocessing.active_children()) - before)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), open_pool("processes", 2) as pool:
        run_job(Counting(), Options(1000, chunk=2), pool, stop)
    assert left
    for child in left:
        child.join(30)
    assert not any(child.is_alive() for child in left)


def test_pools_are_of_two_kinds():
    with open_pool("threads", 0) as pool:
        assert isinstance(pool, ThreadPoolExecutor)
    with open_pool("processes", 1) as pool:
        assert isinstance(pool, ProcessPoolExecutor)
    with (
        pytest.raises(UsageError, match="--executor cluster: is no kind of worker; use threads or processes"),
        open_pool("cluster", 1),
    ):  # type: ignore[arg-type]
        pytest.fail("no such pool")
