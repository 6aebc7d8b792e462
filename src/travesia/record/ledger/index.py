"""An index over a ledger, in SQLite: made from the files, thrown away when they change, never the source."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from travesia.record.ledger.appending import WORK, work_folder
from travesia.record.ledger.ledger import Ledger
from travesia.record.ledger.lines import load_ledger
from travesia.record.reading.nouns import Proposal
from travesia.record.record import Record

FORM = 1
"""Counted up when the tables change, so that an index of another form is made anew."""

_TABLES = """
CREATE TABLE made (key TEXT);
CREATE TABLE item (
  place INTEGER PRIMARY KEY, id TEXT UNIQUE, record TEXT, type TEXT, status TEXT, known_from TEXT,
  valid_from TEXT, valid_to TEXT, certainty TEXT, modality TEXT, name TEXT
);
CREATE TABLE actor (id TEXT, iso3 TEXT);
CREATE TABLE cite (id TEXT, source TEXT, first INTEGER, last INTEGER, quote TEXT);
CREATE INDEX actor_iso3 ON actor (iso3);
CREATE INDEX cite_source ON cite (source);
"""

_FIND = """
SELECT id FROM item WHERE (?1 IS NULL OR type = ?1) AND (?2 IS NULL OR status = ?2)
  AND (?3 = '' OR id IN (SELECT id FROM actor WHERE iso3 = ?3))
  AND (?4 IS NULL OR id IN (SELECT id FROM cite WHERE source = ?4))
ORDER BY place
"""
_FIND_PLAIN = """
SELECT id FROM item WHERE name LIKE ?1 ESCAPE '\\' UNION SELECT id FROM cite WHERE quote LIKE ?1 ESCAPE '\\'
"""


@dataclass(frozen=True)
class Wanted:
    """What a list of records should hold; ``None`` stands for any.

    `status` is ``proposed``, ``accepted``, ``rejected``, ``merged`` or ``split``, `iso3` that of an actor,
    `document` a source id, `words` what its names and quotes must contain, each word or its beginning.
    """

    type: str | None = None
    status: str | None = None
    iso3: str | None = None
    document: str | None = None
    words: str | None = None


def open_index(*paths: Path, acceptances: Mapping[str, int] | None = None) -> sqlite3.Connection:
    """Open the index over a ledger's files, making it where it is missing, old or broken.

    It is kept beside the last file where that lies in a project that can be written to, and else made in
    memory. Its table ``item`` has a row for every record that stands and every proposal; ``actor``,
    ``cite`` and, where SQLite can search texts, ``words`` belong to it by ``id``.

    Raises
    ------
    InputError
        As `load_ledger` does, where the index has to be made.
    """
    key = json.dumps([FORM, dict(acceptances or {}), *(_last_line(path) for path in paths)])
    kept = paths[-1].parent / WORK / f"{paths[-1].stem}.sqlite" if paths else None
    if kept is not None and (found := _kept(kept, key)) is not None:
        return found
    ledger = load_ledger(*paths, acceptances=acceptances)
    if kept is not None and (kept.parent.parent / "project.toml").exists():
        fresh = kept.with_name(f"{kept.name}.{os.getpid()}")
        try:
            work_folder(paths[-1])
            fresh.unlink(missing_ok=True)
            with closing(sqlite3.connect(fresh)) as connection:
                _fill(connection, ledger, key)
            fresh.replace(kept)
            return _open(kept)
        except (OSError, sqlite3.Error):
            # A folder that cannot be written to: the index does as well in memory.
            pass
    connection = sqlite3.connect(":memory:")
    _fill(connection, ledger, key)
    return connection


def find_items(index: sqlite3.Connection, wanted: Wanted) -> tuple[str, ...]:
    """Return the ids of what is wanted: of records that stand, and of proposals, in the order of entry."""
    rows = index.execute(_FIND, (wanted.type, wanted.status, (wanted.iso3 or "").upper(), wanted.document))
    found = [name for (name,) in rows]
    for word in (wanted.words or "").split():
        held = _with_word(index, word)
        found = [name for name in found if name in held]
    return tuple(found)


def searches_texts(index: sqlite3.Connection) -> bool:
    """Tell whether the index has a full-text table; without it words are looked for as they are."""
    return bool(index.execute("SELECT 1 FROM sqlite_master WHERE name = 'words'").fetchall())


def _with_word(index: sqlite3.Connection, word: str) -> set[str]:
    if searches_texts(index):
        quoted = word.replace('"', '""')
        rows = index.execute("SELECT id FROM words WHERE words MATCH ?", (f'"{quoted}" *',))
    else:
        plain = "".join(f"\\{letter}" if letter in "%_\\" else letter for letter in word)
        rows = index.execute(_FIND_PLAIN, (f"%{plain}%",))
    return {name for (name,) in rows}


def _kept(path: Path, key: str) -> sqlite3.Connection | None:
    """Open an index that is there and of these very files."""
    if not path.exists():
        return None
    try:
        connection = _open(path)
        if connection.execute("SELECT key FROM made").fetchone() == (key,):
            return connection
        connection.close()
    except sqlite3.Error:
        # A broken index is none: it is made again.
        return None
    return None


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _last_line(path: Path) -> list[int | str]:
    """Return a file's size and its last line's hash, reading no more than its end."""
    if not path.exists():
        return [0, ""]
    size = path.stat().st_size
    with path.open("rb") as stream:
        stream.seek(max(0, size - 100))
        return [size, stream.read().decode("utf-8", errors="replace")]


def _fill(connection: sqlite3.Connection, ledger: Ledger, key: str) -> None:
    connection.executescript(_TABLES)
    # Not every SQLite is built to search texts.
    with suppress(sqlite3.OperationalError):
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(id UNINDEXED, text)")
    has_words = searches_texts(connection)
    for place, (name, record, status) in enumerate(_items(ledger)):
        row = (
            place, name, record.id, record.type, status, record.known_from.isoformat(),
            record.valid_from and record.valid_from.isoformat(),
            record.valid_to and record.valid_to.isoformat(), record.certainty, record.modality,
            name_of(record),
        )  # fmt: skip
        connection.execute("INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        connection.executemany("INSERT INTO actor VALUES (?, ?)", [(name, one) for one in actors_of(record)])
        cites = [(name, one.source, one.start, one.end, one.quote) for one in record.cites]
        connection.executemany("INSERT INTO cite VALUES (?, ?, ?, ?, ?)", cites)
        if has_words:
            texts = [name_of(record), *(one.quote for one in record.cites if one.quote)]
            connection.execute("INSERT INTO words VALUES (?, ?)", (name, "\n".join(texts)))
    connection.execute("INSERT INTO made VALUES (?)", (key,))
    connection.commit()


def _items(ledger: Ledger) -> Iterator[tuple[str, Record, str]]:
    for record in ledger.accepted():
        yield record.id, record, "accepted"
    for one in ledger.proposals():
        # What became of an accepted proposal is the record above.
        if one.status != "accepted":
            yield one.id, one.record, one.status


def name_of(record: Record | Proposal) -> str:
    """Return what to call a record or a proposal in a list: its name, or what it says in short."""
    fields = record.fields
    for name in ("name", "commitment", "topic", "measures", "action", "kind"):
        if isinstance(fields.get(name), str):
            return str(fields[name])
    actor = fields.get("iso3") or fields.get("actor") or fields.get("speaker") or ""
    return f"{actor} {fields.get('role') or fields.get('stance') or ''}".strip() or record.id


def actors_of(record: Record) -> tuple[str, ...]:
    """Return the states (ISO 3166 alpha-3) that act in a record."""
    found: list[str] = []
    for name in ("iso3", "actor", "for_state", "authority", "speaker", "source"):
        value = record.fields.get(name) or []
        found += [value] if isinstance(value, str) else [one for one in value if isinstance(one, str)]
    plain = (one.removeprefix("cty:") for one in found)
    return tuple(dict.fromkeys(one for one in plain if len(one) == 3 and one.isupper()))
