"""What a reviewer sees: on a terminal slots in colours, elsewhere in brackets with their names."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from travesia.cli.output import say

if TYPE_CHECKING:
    from travesia.record import FieldSeen, Passage, View

Chunk = tuple[str, str]
"""Some words and their style."""

FIELD_KEYS = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""The keys of the fields, in the order in which they are shown."""

COLOURS = ("cyan", "yellow", "green", "magenta", "blue", "red")
EVIDENCE, FAINT = "underline", "dim"

HELP = """\
  a       accept, with the edits made
  1-9 A-Z the key of a field: choose a candidate by its number, or write a value
          (= before a value where numbers choose; - empties the field)
  e       the words that it rests on: others as they stand in the text; + before them for more
  r       reject, with a usual reason by its number or your own (= before it)
  m       merge with what says the same: by its number, or = and an id
  x       split into several records that differ in some fields
  n       note something; it decides nothing
  s       skip; it stays open
  u       undo the last edit, else your last decision; the ledger keeps both
  Enter   show the proposal again
  q       quit; what is decided is written already, and the rest stays open
  ?       this list"""


def has_colours() -> bool:
    """Tell whether to write in colours: a terminal that shows them, and nobody who asked for none."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def show_view(view: View) -> None:
    """Write all of a proposal: where it stands, the words, the fields, doubles, names and notes."""
    colours, write = has_colours(), _writer()
    styles = _styles(view)
    write([])
    head = f"{view.place} of {view.total}, {view.accepted} accepted"
    write([(head, "bold"), (f"  {view.type} {view.record}  {view.document}", FAINT)])
    for passage in view.passages:
        write([("  ", ""), *(_coloured(passage, styles) if colours else [(bracketed(passage), "")])])
    if not view.passages:
        write([("  the text is withheld; see the document", FAINT)])
    show_fields(view)
    for place, double in enumerate(view.doubles, start=1):
        write([(f"  m{place} the same as {double.id} {double.name}? ", ""), (double.reason, FAINT)])
    for by, text in view.notes:
        write([(f"  note by {by}: {text}", FAINT)])
    if view.accepted_by:
        write([(f"  waits for another name after {', '.join(view.accepted_by)}", "bold")])


def show_fields(view: View) -> None:
    """Write the fields, those without anything in them on one line."""
    write, styles = _writer(), _styles(view)
    width = max(len(field.name) for field in view.fields)
    idle: list[str] = []
    for key, field in zip(FIELD_KEYS, view.fields, strict=False):
        if not (field.text or field.candidates or field.left_open or field.edited):
            idle.append(f"{key} {field.name}")
            continue
        told = field.text or ("left open by the reader" if field.left_open else "empty")
        mark = "*" if field.edited else " "
        write([
            (f" {mark}{key} ", "bold"), (field.name.ljust(width), styles.get(field.name, "")),
            (f"  {told}", "" if field.text else FAINT),
        ])  # fmt: skip
        show_candidates(field, " " * 6)
    if idle:
        write([(f"  empty: {', '.join(idle)}", FAINT)])


def show_candidates(field: FieldSeen, indent: str) -> None:
    """Write the ways to read a field, numbered, each with its reason."""
    for place, (text, reason) in enumerate(field.candidates, start=1):
        _writer()([(f"{indent}{place} {text or 'empty'}  ", ""), (reason, FAINT)])


def bracketed(passage: Passage) -> str:
    """Return a passage with its slots in brackets, by name; the evidence only where there is no slot."""
    slots = [mark for mark in passage.marks if mark.slot != "evidence"] or passage.marks
    opened = sorted(slots, key=lambda mark: (mark.start, -mark.end))
    signs: list[tuple[int, int, str]] = [(mark.start, 1, f"[{mark.slot}: ") for mark in opened]
    signs += [(mark.end, 0, "]") for mark in slots]
    parts, at = [], 0
    for place, _, sign in sorted(signs, key=lambda one: one[:2]):
        parts += [passage.text[at:place], sign]
        at = place
    return "".join([*parts, passage.text[at:]])


def _styles(view: View) -> Mapping[str, str]:
    slots = {mark.slot for passage in view.passages for mark in passage.marks} - {"evidence"}
    named = [field.name for field in view.fields if field.name in slots]
    return {name: f"bold {COLOURS[at % len(COLOURS)]}" for at, name in enumerate(named)}


def _coloured(passage: Passage, styles: Mapping[str, str]) -> list[Chunk]:
    edges = {0, len(passage.text)} | {edge for mark in passage.marks for edge in (mark.start, mark.end)}
    bounds = sorted(edges)
    chunks = []
    for start, end in pairwise(bounds):
        over = [mark for mark in passage.marks if mark.start <= start and end <= mark.end]
        # The shortest mark over some words gives them their colour.
        inner = sorted(over, key=lambda mark: mark.start - mark.end)
        colours = [styles[mark.slot] for mark in inner if mark.slot in styles][-1:]
        under = [EVIDENCE] if any(mark.slot == "evidence" for mark in over) else []
        chunks.append((passage.text[start:end], " ".join([*colours, *under])))
    return chunks


def _writer() -> Callable[[Sequence[Chunk]], None]:
    if not has_colours():
        return lambda chunks: say("".join(text for text, _ in chunks))
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    return lambda chunks: console.print(Text.assemble(*chunks))
