"""Pools of workers on this machine, which end at once when the work is broken off."""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Literal, get_args

from travesia.terms import UsageError

PoolKind = Literal["threads", "processes"]
_PATIENCE_S = 30.0
"""How long the thread of a pool may take to clear up: at once, or some seconds on a machine that is busy."""


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
    with _threads(workers) if kind == "threads" else _processes(workers) as pool:
        yield pool


@contextmanager
def _threads(workers: int) -> Iterator[Executor]:
    pool = ThreadPoolExecutor(max_workers=max(1, workers))
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


@contextmanager
def _processes(workers: int) -> Iterator[Executor]:
    processes, threads = set(multiprocessing.active_children()), set(threading.enumerate())
    pool = _started(workers)
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in set(multiprocessing.active_children()) - processes:
            process.kill()
        # The pool's own thread takes note at once, and then leaves nothing of the pool in the system.
        for thread in set(threading.enumerate()) - threads:
            thread.join(_PATIENCE_S)
        raise
    pool.shutdown()


def _started(workers: int) -> Executor:
    # Processes are started anew: a copy of one with running threads, as Polars has them, may hang.
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
