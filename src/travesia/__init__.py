"""Travesia: who moves, where do they arrive, who takes responsibility, were the promises kept."""

from importlib import import_module
from typing import Any

from travesia.version import __version__

_DOORS: dict[str, str] = {}

__all__ = ["__version__", *_DOORS]


def __getattr__(name: str) -> Any:
    if name not in _DOORS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_DOORS[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
