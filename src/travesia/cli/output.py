"""What commands say and write: JSON, progress, whole folders."""

from __future__ import annotations

import math
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from travesia.terms import Amount, Cite, OutputExistsError, UsageError

if TYPE_CHECKING:
    import polars as pl

_PLAIN = frozenset({type(None), bool, int, str})

Advance = Callable[[int], None]
"""Tells a progress display how many further steps are done; may be called from any thread."""


def say(text: str) -> None:
    """Write one line on stdout."""
    sys.stdout.write(f"{text}\n")


def stage(text: str) -> None:
    """Write one line on stderr: what is being worked on."""
    sys.stderr.write(f"{text}\n")


def emit_json(value: Mapping[str, Any]) -> None:
    """Write one JSON object on stdout: NaN is null, dates ISO, frames lists of rows, amounts numbers."""
    say(json_text(value))


def emit_objects(name: str, texts: Sequence[str]) -> None:
    """Write objects that `json_text` has written: one as it is, several as the list of an object."""
    if len(texts) == 1:
        say(texts[0])
        return
    inside = ",\n".join(texts).replace("\n", "\n    ")
    say(f'{{\n  "{name}": [\n    {inside}\n  ]\n}}')


def json_text(value: Mapping[str, Any]) -> str:
    """Return the text of a JSON object as `emit_json` writes it."""
    # Ten times as fast as the standard library where lines are indented, which thousands of pages show.
    from pydantic_core import to_json

    return to_json(to_plain(value), indent=2).decode()


def to_plain(value: Any) -> Any:
    """Turn a value into what JSON can hold; raises ``TypeError`` for what has no agreed form."""
    if type(value) in _PLAIN or isinstance(value, str):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, Enum):
        return to_plain(value.value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Amount):
        return to_plain(value.value)
    if isinstance(value, Mapping):
        return {str(key): to_plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(part) for part in value]
    # Frames, series, arrays and their scalars, without importing their libraries here.
    for method in ("to_dicts", "to_list", "tolist"):
        if hasattr(value, method):
            return to_plain(getattr(value, method)())
    raise TypeError(f"no JSON form for {type(value).__name__}")


def plain_cite(cite: Cite) -> dict[str, Any]:
    """Return what a cite says, without what it leaves open."""
    return {name: value for name, value in vars(cite).items() if value is not None}


@contextmanager
def progress(total: int, label: str, *, quiet: bool = False) -> Iterator[Advance]:
    """Show the progress of `total` steps on stderr: a bar on a terminal, a few plain lines elsewhere."""
    if quiet or total <= 0:
        yield lambda steps: None
    elif sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(label, total=total)
            yield lambda steps: bar.advance(task, steps)
    else:
        yield _plain_progress(total, label)


def _plain_progress(total: int, label: str) -> Advance:
    done, lock = 0, threading.Lock()

    def advance(steps: int) -> None:
        nonlocal done
        with lock:
            before, done = done, done + steps
            if done * 4 // total > before * 4 // total:
                sys.stderr.write(f"{label}: {done} of {total}\n")

    return advance


@contextmanager
def write_folder(out: Path, *, force: bool = False) -> Iterator[Path]:
    """Give a new folder to fill, and put it at `out` only when all went well.

    The folder is made beside `out` under a hidden name and renamed at the end; on any error or Ctrl-C
    nothing is left of it, and what stood at `out` before stays.

    Raises
    ------
    OutputExistsError
        If `out` exists and `force` was not given.
    UsageError
        If `force` would replace a file, or the folder in which one works, or one that holds it.
    """
    target = out.resolve()
    _check_target(out, target, force)
    made = [folder for folder in (target.parent, *target.parent.parents) if not folder.exists()]
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        fresh.chmod(0o777 & ~_umask())
        yield fresh
        _put(fresh, target, out, force)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        for folder in made:
            _remove_empty(folder)
        raise


@contextmanager
def write_file(out: Path, *, force: bool = False) -> Iterator[Path]:
    """Give the path of a new file to write, and put it at `out` only when all went well.

    Raises
    ------
    OutputExistsError
        If `out` exists and `force` was not given.
    UsageError
        If `out` is a folder, or lies in one that does not exist.
    """
    if out.is_dir():
        raise UsageError(f"{out}: is a folder; choose another --out")
    if out.exists() and not force:
        raise OutputExistsError(out)
    if not out.parent.is_dir():
        raise UsageError(f"{out}: its folder does not exist; make it, or choose another --out")
    folder = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        fresh = folder / out.name
        yield fresh
        fresh.replace(out)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def check_table_file(out: Path | None) -> None:
    """Refuse, before any work, a file of a kind that no table is written as."""
    if out is not None and out.suffix.lower() not in (".csv", ".xlsx"):
        raise UsageError(f"--out {out}: is neither .csv nor .xlsx; name a file that ends in one of them")


def write_table_file(table: pl.DataFrame, out: Path | None, *, force: bool = False) -> None:
    """Write a table as a CSV file or a workbook, where one was asked for; raises what `write_file` does."""
    if out is not None:
        from travesia.terms import write_table

        with write_file(out, force=force) as fresh:
            write_table(table, fresh)


def check_keep(out: Path, keep: Path | None) -> None:
    """Refuse a folder of kept runs inside the one to be written, which must not exist yet, or around it."""
    if keep is None:
        return
    one, other = out.resolve(), keep.resolve()
    if one.is_relative_to(other) or other.is_relative_to(one):
        raise UsageError(f"--keep {keep}: lies inside --out, or holds it; choose a folder beside it")


def _check_target(out: Path, target: Path, force: bool) -> None:
    if not target.exists():
        return
    if not force:
        raise OutputExistsError(out)
    if not target.is_dir():
        raise UsageError(f"{out}: is a file; choose another --out")
    if Path.cwd().is_relative_to(target) or (target / ".git").exists():
        raise UsageError(f"{out}: holds more than an output folder; choose another --out")


def _put(fresh: Path, target: Path, out: Path, force: bool) -> None:
    if not target.exists():
        fresh.rename(target)
        return
    if not force:
        raise OutputExistsError(out)
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-", dir=target.parent))
    try:
        target.rename(old / "was")
        fresh.rename(target)
    except BaseException:
        if (old / "was").exists() and not target.exists():
            (old / "was").rename(target)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _remove_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:
        return
