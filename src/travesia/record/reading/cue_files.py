"""The cue files: what the reader looks for in each language, as data, one section a topic."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

LANGUAGES = ("en", "es", "fr", "pt")


@cache
def every_cue(language: str) -> Mapping[str, Any]:
    """Return a language's cue file, by section."""
    text = (files("travesia.record.reading") / "cues" / f"{language}.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


@cache
def cues(language: str, topic: str) -> Mapping[str, Any]:
    """Return one section of a language's cue file.

    Raises
    ------
    KeyError
        For a language that has no cue file or a topic that it does not hold.
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    return MappingProxyType(every_cue(language)[topic])
