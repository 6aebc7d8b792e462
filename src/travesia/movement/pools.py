"""Pools of workers on this machine, which end at once when the work is broken off."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Literal, get_args

from travesia.terms import UsageError

PoolKind = Literal["threads", "processes"]


@contextmanager
def open_pool(kind: PoolKind, workers: int) -> Iterator[Executor]:
    """Give an executor of `workers` threads or processes, at least one.

    After an error or Ctrl-C nothing that waits is begun: processes are ended, threads finish their chunk.

    Raises
    ------
    UsageError
        For another kind.
    """
    if kind not in get_args(PoolKind):
        raise UsageError(f"--executor {kind}: is no kind of worker; use {' or '.join(get_args(PoolKind))}")
    # Processes are started anew: a copy of one with running threads, as Polars has them, may hang.
    before = set(multiprocessing.active_children())
    pool = _threads(workers) if kind == "threads" else _processes(workers)
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for child in set(multiprocessing.active_children()) - before:
            child.kill()
        raise
    pool.shutdown()


def _threads(workers: int) -> Executor:
    return ThreadPoolExecutor(max_workers=max(1, workers))


def _processes(workers: int) -> Executor:
    pool = ProcessPoolExecutor(
        max(1, workers), mp_context=multiprocessing.get_context("spawn"), initializer=_ignore_interrupts
    )
    # Ctrl-C reaches a whole group of processes; only the one that leads may answer. A blocked signal stays
    # blocked in what is started meanwhile, also before it could say that it ignores the signal.
    if hasattr(signal, "pthread_sigmask"):
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            for _ in range(max(1, workers)):
                pool.submit(_ready)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    return pool


def _ignore_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _ready() -> None:
    """Give a worker a reason to start."""
