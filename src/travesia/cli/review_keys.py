"""How a reviewer answers: one key at a time on a terminal, one line at a time anywhere else."""

from __future__ import annotations

import sys
from typing import Protocol

import typer

MOST_BY_KEY = 9
"""Up to so many choices are made by one key."""

OWN_WORDS = "="
"""What comes before a value, where numbers choose."""


class InputEndedError(Exception):
    """Nobody answers any more."""


class Answers(Protocol):
    """Who answers what is asked."""

    def key(self, prompt: str) -> str:
        """Return one key, or what stands on one line."""

    def line(self, prompt: str) -> str:
        """Return a line without its end."""

    def pick(self, prompt: str, count: int) -> str:
        """Return a number up to `count`, or own words after `OWN_WORDS`; empty for neither."""


class Keyboard:
    """A person at a terminal."""

    def key(self, prompt: str) -> str:
        """Return the key that is pressed; an end of input counts as one that ends the review."""
        _write(prompt)
        try:
            pressed = typer.getchar()
        except EOFError:
            raise InputEndedError from None
        _write(f"{pressed if pressed.isprintable() else ''}\n")
        if pressed in ("\x04", "\x1a"):
            raise InputEndedError
        return pressed.strip()

    def line(self, prompt: str) -> str:
        """Return a line, which may be edited before it is ended."""
        try:
            return input(prompt).strip()
        except EOFError:
            raise InputEndedError from None

    def pick(self, prompt: str, count: int) -> str:
        """Return the number of one key where one is enough; own words follow on their own line."""
        if count > MOST_BY_KEY:
            return self.line(prompt)
        pressed = self.key(prompt)
        if pressed == OWN_WORDS:
            return OWN_WORDS + self.line("  > ")
        return pressed if pressed.isdecimal() else ""


class Lines:
    """A script, or whatever else writes lines to the standard input."""

    def key(self, prompt: str) -> str:
        """Return what stands on the next line."""
        return self.line(prompt)

    def line(self, prompt: str) -> str:
        """Return the next line."""
        _write(prompt)
        found = sys.stdin.readline()
        _write("\n")
        if not found:
            raise InputEndedError
        return found.strip()

    def pick(self, prompt: str, count: int) -> str:
        """Return a number up to `count`; whatever else stands on the line are own words."""
        found = self.line(prompt)
        if not found or found.startswith(OWN_WORDS) or (found.isdecimal() and 1 <= int(found) <= count):
            return found
        return OWN_WORDS + found


def answers() -> Answers:
    """Return who answers: a person where input and output are a terminal, lines otherwise."""
    return Keyboard() if sys.stdin.isatty() and sys.stdout.isatty() else Lines()


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
