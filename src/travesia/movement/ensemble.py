"""Ensembles: many runs of any job, over threads, processes or a cluster, with the same bytes from all.

A **job** is a frozen value that can be pickled and knows how to do runs of given numbers. The driver cuts the
numbers into chunks, each a pure function of job and numbers, and merges what comes back in whatever order.
"""

from __future__ import annotations

import hashlib
import pickle
import zlib
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import closing, nullcontext
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from travesia.movement.keeping import Kept
from travesia.movement.paths import Axes, path_bytes, save_paths
from travesia.movement.pools import open_pool
from travesia.movement.sums import Sums, Written
from travesia.terms import TravesiaError

Progress = Callable[[int], None]
_HANDED_IN, _LOOKS_EVERY_S = 64, 0.1


@dataclass(frozen=True)
class Options:
    """How an ensemble is run; `central` keeps all parameters at their central values.

    `threads` is the number of workers; 4 chunks a worker, or 64, are handed to an executor at a time, so that
    results cannot pile up. A `keep` folder holds the chunks that are done, so that an ensemble that was
    stopped goes on from there. `paths` is a folder for the stock of every run as Parquet, from the day
    `paths_from` on (the first one for ``None``). Only `seed`, `runs` and `central` change a number.
    """

    runs: int = 200
    seed: int = 1
    threads: int = 2
    central: bool = False
    chunk: int = 10
    keep: Path | None = None
    paths: Path | None = None
    paths_from: date | None = None


class Job(Protocol):
    """What an ensemble repeats: frozen, with a seed of its own, and fit to be pickled."""

    @property
    def axes(self) -> Axes:
        """Names of the scenarios, and what the axes of daily ``stock`` are."""

    def facts(self) -> Mapping[str, str]:
        """Everything that its numbers depend on, by name, in words or as a digest."""

    def run(self, numbers: Sequence[int]) -> Iterator[tuple[Written, ...]]:
        """Do the runs of these numbers in order; each gives what it wrote by scenario.

        A run depends on its number alone, not on which others are asked for with it.
        """


@dataclass(frozen=True)
class Chunk:
    """What a chunk of runs came to: sums by scenario, and paths as (run, scenario) -> Parquet."""

    numbers: range
    sums: tuple[Sums, ...]
    paths: Mapping[tuple[int, int], bytes]


def run_job(
    job: Job, options: Options, executor: Executor | None = None, progress: Progress | None = None
) -> tuple[Sums, ...]:
    """Do all runs of a job and return the sums of each scenario.

    Parameters
    ----------
    job
        What is repeated.
    options
        Runs, size of a chunk, threads, folders to keep and to write paths into.
    executor
        Where chunks are worked on; `options.threads` threads for ``None``. It is not shut down.
    progress
        Called with the number of runs done, once a chunk, in the calling thread.

    Raises
    ------
    InputError
        If the folder to keep belongs to another ensemble or a chunk in it cannot be read.
    TravesiaError
        If a worker process ended.
    """
    sums = tuple(Sums(range(options.runs)) for _ in job.axes.scenarios)
    kept = None if options.keep is None else Kept.open(options.keep, _facts(job, options))

    def take(chunk: Chunk) -> None:
        for whole, part in zip(sums, chunk.sums, strict=True):
            whole.include(part)
        if options.paths is not None:
            save_paths(options.paths, job.axes, chunk.paths)
        if progress:
            progress(len(chunk.numbers))

    missing = set(range(options.runs))
    for numbers, parts, paths in kept.chunks(missing) if kept else ():
        take(Chunk(numbers, parts, paths))
        missing -= set(numbers)
    own = open_pool("threads", options.threads) if executor is None else nullcontext(executor)
    with own as pool, closing(_chunks_done(job, options, sorted(missing), pool)) as chunks:
        for chunk in chunks:
            if kept:
                kept.save(chunk.numbers, chunk.sums, chunk.paths)
            take(chunk)
    return sums


def work_chunk(job: Job, numbers: range, paths_from: int | None) -> Chunk:
    """Do some runs of a job: a pure function, wherever it is called.

    `paths_from` is the first day of paths, ``None`` for no paths.
    """
    sums = tuple(Sums(numbers) for _ in job.axes.scenarios)
    paths: dict[tuple[int, int], bytes] = {}
    for number, written in zip(numbers, job.run(numbers), strict=True):
        for s, (part, one) in enumerate(zip(sums, written, strict=True)):
            part.add(number, one)
            if paths_from is not None:
                paths[number, s] = path_bytes(one.daily["stock"], job.axes, number, paths_from)
    return Chunk(numbers, sums, paths)


def _chunks_done(job: Job, options: Options, numbers: Sequence[int], pool: Executor) -> Generator[Chunk]:
    """Yield chunks as they are done; what has not begun is called off when the caller ends early."""
    first = None if options.paths is None else job.axes.day(options.paths_from)
    # Threads share the job. It goes elsewhere packed, which makes an eighth of it.
    packed = None if isinstance(pool, ThreadPoolExecutor) else zlib.compress(pickle.dumps(job), 1)
    done: SimpleQueue[Future[Chunk]] = SimpleQueue()
    waiting: set[Future[Chunk]] = set()
    left = iter(_ranges(numbers, options.chunk))

    def hand_in(part: range) -> None:
        if packed is None:
            future = pool.submit(work_chunk, job, part, first)
        else:
            future = pool.submit(_unpack_and_work, packed, part, first)
        waiting.add(future)
        future.add_done_callback(done.put)

    try:
        for part in islice(left, max(_HANDED_IN, 4 * options.threads)):
            hand_in(part)
        while waiting:
            future = _next(done)
            for part in islice(left, 1):
                hand_in(part)
            # What has been merged is held no longer.
            waiting.discard(future)
            yield future.result()
    except BrokenExecutor:
        raise TravesiaError(
            "a worker process ended before its work was done, for want of memory or because it was told to; "
            "use fewer --threads"
        ) from None
    finally:
        for future in waiting:
            future.cancel()


def _next(done: SimpleQueue[Future[Chunk]]) -> Future[Chunk]:
    # A system may hand Ctrl-C to any thread; the one that must answer looks for it when it wakes.
    while True:
        try:
            return done.get(timeout=_LOOKS_EVERY_S)
        except Empty:
            continue


def _unpack_and_work(packed: bytes, numbers: range, paths_from: int | None) -> Chunk:
    return work_chunk(pickle.loads(zlib.decompress(packed)), numbers, paths_from)  # noqa: S301 - our own


def _ranges(numbers: Sequence[int], size: int) -> list[range]:
    """Return the numbers as ranges, cut at every gap and at multiples of `size`."""
    out: list[range] = []
    for number in numbers:
        if out and out[-1].stop == number and number % size:
            out[-1] = range(out[-1].start, number + 1)
        else:
            out.append(range(number, number + 1))
    return out


def _facts(job: Job, options: Options) -> Mapping[str, str]:
    first = "none" if options.paths is None else f"from day {job.axes.day(options.paths_from)}"
    return {**job.facts(), "paths": first}


def digest_arrays(digest: hashlib._Hash, arrays: Iterable[npt.NDArray[Any]]) -> None:
    """Add arrays to a digest of facts: the type, shape and values of each."""
    for array in arrays:
        digest.update(f"{array.dtype} {array.shape}".encode())
        digest.update(np.ascontiguousarray(array).tobytes())


def as_int64(seed: int) -> int:
    """Return the seed as the kernel takes it: its lowest 64 bits, read as a number with a sign."""
    return (seed + 2**63) % 2**64 - 2**63
