"""Whether compiled code is at hand, so that who waits for it the first time can be told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

COMPILING = "compiling the kernel, once: less than a minute; from the next command on it is at hand"


def is_compiled(function: Any) -> bool:
    """Whether a form of a function compiled by Numba that is newer than its source is kept.

    Where it was compiled for other types or another processor, it is compiled again without a word.
    """
    source = Path(function.py_func.__code__.co_filename)
    kept = Path(function.stats.cache_path).glob(f"{source.stem}.{function.__name__}-*.nbi")
    return any(path.stat().st_mtime >= source.stat().st_mtime for path in kept)


def tell_if_compiling(function: Any, tell: Callable[[str], None] | None) -> None:
    """Tell that a function is about to be compiled, where it is."""
    if tell is not None and not is_compiled(function):
        tell(COMPILING)
