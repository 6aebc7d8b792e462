"""``travesia read``: what a document says, as cited proposals for the ledger."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from travesia.cli.options import Json, Language, Quiet
from travesia.cli.output import emit_objects, json_text, progress, say
from travesia.cli.tables import show_table

if TYPE_CHECKING:
    from travesia.record import Described, Document, Gazetteer, OpenLedger, Proposal, Reading

LONGEST = 60
"""Longest quote in a table, in characters."""

MUCH = 1_000_000
"""How much text is worth the start of further processes, in characters: about 300 pages."""


def read(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Text, HTML or PDF (extras html and pdf)."),
    ],
    project: Annotated[
        Path | None,
        typer.Option("--project", metavar="DIR", help="Propose into it; default: the working folder."),
    ] = None,
    index: Annotated[
        Path | None,
        typer.Option("--index", metavar="FILE", help="Table of files with date, publisher, language, title."),
    ] = None,
    published: Annotated[
        str | None,
        typer.Option("--published", metavar="D", help="Its date, where it prints none."),
    ] = None,
    publisher: Annotated[
        str | None, typer.Option("--publisher", metavar="NAME", help="Who published it; speaks as 'we'.")
    ] = None,
    language: Annotated[
        Language | None,
        typer.Option("--language", help="Its language; default: what its words say."),
    ] = None,
    licence: Annotated[
        str | None,
        typer.Option("--licence", metavar="TEXT", help="Licence of the text."),
    ] = None,
    withheld: Annotated[
        bool, typer.Option("--withheld", help="Keep no text in the project: offsets and hashes stand for it.")
    ] = False,
    processes: Annotated[
        int | None,
        typer.Option(
            "--processes", metavar="N", min=1, help="Default: one; for hundreds of pages one a core."
        ),
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Read documents and propose records, each cited to the words that support it.

    Rules propose, people decide: in a project (`travesia init`) the proposals wait in its ledger for
    `travesia ledger review`; elsewhere they are only shown. Reading again proposes nothing new.
    """
    from travesia.record import Described, as_json, check_said, load_document, read_index

    said = {"language": language, "published": published}
    check_said("the options", None, said)
    common = Described(publisher=publisher, licence=licence, **said)
    entries = read_index(index) if index else {}
    folder = _project(project)
    documents = [load_document(path, _together(common, entries.get(path.name))) for path in files]
    shown, done = json and folder is None, list[Any]()
    with (
        progress(len(documents), "documents read", quiet=quiet or len(documents) == 1) as advance,
        # What is only shown is written where it is read: a whole reading is costly to hand over.
        _each(partial(_text_of if shown else _read_one, folder), documents, processes) as every,
    ):
        for one in every:
            done.append(one)
            advance(1)
    if shown:
        emit_objects("documents", done)
        return
    readings: list[Reading] = done
    new = _propose(folder, readings, withheld=withheld) if folder else [None] * len(readings)
    if json:
        pairs = zip(readings, new, strict=True)
        emit_objects("documents", [json_text(as_json(one) | {"proposed": count}) for one, count in pairs])
        return
    for reading, count in zip(readings, new, strict=True):
        _show(reading, count)
    if folder is None:
        say("Only shown: in a project (`travesia init NAME`) proposals are kept for review.")


def _project(given: Path | None) -> Path | None:
    """Return the project's folder: the one given, or the working folder if it is one."""
    from travesia.cli.ledger_files import project_paths
    from travesia.region import find_pack
    from travesia.terms import PackError

    if given is not None:
        return project_paths(str(given)).folder
    try:
        return find_pack(Path()).project
    except PackError:
        return None


def _together(common: Described, entry: Described | None) -> Described:
    """Return what is said of a file: its row of the index, and the options where that says nothing."""
    if entry is None:
        return common
    return type(common)(**{name: value or getattr(common, name) for name, value in vars(entry).items()})


@contextmanager
def _each(
    work: Callable[[Document], Any], documents: Sequence[Document], processes: int | None
) -> Iterator[Iterator[Any]]:
    """Give what is made of documents in their order, by several processes where asked or worth the start."""
    much = sum(len(document.text) for document in documents) >= MUCH
    workers = min(processes or (os.cpu_count() if much else None) or 1, len(documents))
    if workers == 1:
        yield map(work, documents)
        return
    from travesia.movement import open_pool

    with open_pool("processes", workers) as pool:
        yield pool.map(work, documents)


def _text_of(folder: Path | None, document: Document) -> str:
    from travesia.record import as_json

    return json_text(as_json(_read_one(folder, document)))


def _read_one(folder: Path | None, document: Document) -> Reading:
    from travesia.record import read_document

    with _uncollected():
        return read_document(document, _gazetteer(folder))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Seek garbage after a text and not while it is read: most of what is made lives until its end."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
        gc.collect(0)


@cache
def _gazetteer(folder: Path | None) -> Gazetteer:
    """Return the names that ship, and the places of the project's pack, or of the Americas."""
    from travesia.record import Gazetteer
    from travesia.region import find_pack
    from travesia.terms import read_rows

    places = find_pack(folder or "americas").file("places.csv")
    return Gazetteer.shipped().with_places(row for _, row in read_rows(places)[1])


def _propose(folder: Path, readings: Sequence[Reading], *, withheld: bool) -> list[int]:
    """Write the proposals that are new, and keep the documents; return how many are new of each."""
    from travesia.cli.ledger_files import open_project
    from travesia.record import append, keep_document, now_utc, propose_all

    opened: OpenLedger = open_project(str(folder))
    counts = []
    for reading in readings:
        entries = propose_all(
            opened.ledger, reading.document, reading.proposals, published=reading.date.value, at=now_utc(),
            withheld=withheld,
        )  # fmt: skip
        keep_document(folder, reading.document, _about(reading), withheld=withheld)
        if entries:
            opened = append(opened, *entries)
        counts.append(len(entries))
    return counts


def _about(reading: Reading) -> Mapping[str, str | None]:
    said = reading.document.described
    return {
        "language": reading.found.text.language, "date": reading.date.value,
        "date_certainty": reading.date.certainty, "publisher": said.publisher, "title": said.title,
        "licence": said.licence, "kind": said.kind,
    }  # fmt: skip


def _show(reading: Reading, new: int | None) -> None:
    language, date = reading.found.text.language, reading.date
    day = f"{date.value} ({date.certainty})" if date.value else "no date; give --published"
    say(f"{reading.document.file}: {language}, {day}")
    if language == "unknown":
        say("  in none of en, es, fr, pt as far as its words tell; give --language if it is")
    rows = [_row(reading, one) for one in reading.proposals]
    if rows:
        show_table(["", "record", "says", "doubts", "words"], rows)
    doubts = sum(bool(one.doubts) for one in reading.proposals)
    told = f"{len(rows)} proposals, {doubts} with a doubt, {reading.abstained} slots left open"
    say(told if new is None else f"{told}; {new} new in the ledger, {len(rows) - new} known before")


def _row(reading: Reading, one: Proposal) -> list[str]:
    from travesia.record import name_of

    first = one.evidence[0]
    words = " ".join(reading.document.text[first.start : first.end].split())
    doubts = ", ".join(doubt.slot for doubt in one.doubts)
    return ["", one.type, _short(name_of(one)), doubts, _short(words)]


def _short(text: Any) -> str:
    text = str(text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
