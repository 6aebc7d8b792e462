"""What all tests share: a patient hypothesis, and the command line called in this process."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import settings

from travesia.cli import call

settings.register_profile("here", deadline=None, print_blob=True)
settings.register_profile("ci", deadline=None, print_blob=True, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


@pytest.fixture
def travesia(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Call a command as a user would: ``travesia("share", "--json").out``."""

    def run(*words: object) -> Outcome:
        capsys.readouterr()
        code = call([str(word) for word in words])
        out, err = capsys.readouterr()
        return Outcome(code, out, err)

    return run
