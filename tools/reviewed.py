"""The public texts of the Americas pack, and what was accepted of them by hand.

`tools/ledger/reviewed.toml` holds the records as reviewed, `tools/ledger/proposed.jsonl` what the reader had
proposed of them when they were reviewed: rules that change later do not change what was decided.
"""

from __future__ import annotations

import csv
import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from travesia.record import (
    Described,
    Entry,
    Gazetteer,
    Ledger,
    Propose,
    Record,
    chain_text,
    keep_document,
    kept_documents,
    kept_text,
    load_document,
    load_ledger,
    propose_all,
    read_document,
)
from travesia.record.ledger.validity import days_of, valid_days
from travesia.terms import Cite, read_rows

FOLDER = Path(__file__).parent / "ledger"
REVIEWED, PROPOSED = FOLDER / "reviewed.toml", FOLDER / "proposed.jsonl"
OF_THE_RECORD = ("cites", "certainty", "modality", "attribution")
MODALITIES = {"commitment": "intended"}
TYPES = {
    "evt": "event", "par": "participation", "ins": "instrument", "pol": "policy", "com": "commitment",
    "fig": "figure", "sta": "statement", "rel": "relation",
}  # fmt: skip


@dataclass(frozen=True)
class Texts:
    """The documents of a pack: text and row of the index by the name of the file without its ending."""

    rows: Mapping[str, Mapping[str, str]]
    texts: Mapping[str, str]

    def cite(self, written: str) -> Cite:
        """Return the cite of ``DOCUMENT | words``; ``#2`` behind the words asks for the second place."""
        name, _, words = written.partition(" | ")
        words, mark, number = words.partition("#") if words[-2:-1] == "#" else (words, "", "")
        text, start = self.texts[name], -1
        for _ in range(int(number) if mark else 1):
            start = text.index(words, start + 1)
        sha256 = hashlib.sha256(words.encode()).hexdigest()
        return Cite(self.rows[name]["id"], start, start + len(words), words, sha256)

    def day(self, written: str) -> date:
        """Return the last day on which the document of a cite can have been published."""
        day = days_of(self.rows[written.partition(" | ")[0]]["date"])[1]
        assert day is not None
        return day


def pack_texts(pack: Path) -> Texts:
    """Return the documents of a pack folder."""
    rows = {Path(row["file"]).stem: row for row in kept_documents(pack).values()}
    texts = {stem: kept_text(pack, row["id"]) for stem, row in rows.items()}
    return Texts(rows, {stem: text for stem, text in texts.items() if text is not None})


def cites_of(texts: Texts) -> Mapping[str, tuple[Cite, ...]]:
    """Return the cites of every reviewed record by its id."""
    return {name: tuple(map(texts.cite, written["cites"])) for name, written in _written()}


def supported(texts: Texts, versions: Sequence[Record]) -> list[Record]:
    """Return the versions of a record with the cites of texts, each from the day of its text on.

    A text of a later day than a version that still stood then makes a further version, known from that day.
    """
    found = list(versions)
    written = dict(_written()).get(versions[0].id, {"cites": ()})["cites"]
    for each in sorted(written, key=texts.day):
        cite, day = texts.cite(each), texts.day(each)
        before = [version for version in found if version.known_from <= day]
        if before and before[-1].known_from < day:
            found.insert(len(before), replace(before[-1], known_from=day))
        found = [
            replace(one, cites=(*one.cites, cite)) if one.known_from >= day or not before else one
            for one in found
        ]
    return found


def takes(record: Record, proposal: Entry) -> bool:
    """Tell whether a version of a record cites the document of a proposal."""
    assert isinstance(proposal.operation, Propose)
    sources = {cite.source for cite in proposal.operation.record.cites}
    return any(cite.source in sources for cite in record.cites)


def new_records(texts: Texts, groups: Mapping[str, Sequence[str]]) -> Iterator[Record]:
    """Give the reviewed records that stand in no raw table, in the order of the list, without their cites."""
    for name, written in _written():
        fields = {key: value for key, value in written.items() if key not in OF_THE_RECORD}
        if not fields:
            continue
        if named := fields.get("beneficiaries"):
            fields["beneficiaries"] = [
                code for each in named for code in (groups[each[1:]] if each[0] == "@" else [each])
            ]
        kind, known = TYPES[name.partition(":")[0]], min(map(texts.day, written["cites"]))
        start, end = valid_days(kind, fields, known)
        yield Record(
            id=name, type=kind, fields=fields, cites=(),
            certainty=written.get("certainty", "asserted"),
            modality=written.get("modality", MODALITIES.get(kind, "actual")),
            attribution=tuple(written.get("attribution", ())), valid_from=start, valid_to=end,
            known_from=known, origin="hand:pack",
        )  # fmt: skip


def proposals_of(texts: Texts, entries: Iterable[Entry]) -> Mapping[str, Entry]:
    """Return by reviewed record the entry that proposes it: same type, spans that share half of the shorter.

    Each proposal serves one record, the one whose words it fits best.
    """
    pairs = []
    reviewed = {name: (TYPES[name.partition(":")[0]], cites[0]) for name, cites in cites_of(texts).items()}
    for number, entry in enumerate(entries):
        assert isinstance(entry.operation, Propose)
        record = entry.operation.record
        for name, (kind, cite) in reviewed.items():
            if kind == record.type and (shared := _shared(cite, record.cites[0])) >= 0.5:
                pairs.append((-shared, number, name, entry))
    found: dict[str, Entry] = {}
    taken: set[int] = set()
    for _, number, name, entry in sorted(pairs, key=lambda pair: pair[:3]):
        if name not in found and number not in taken:
            found[name] = entry
            taken.add(number)
    return found


def reviewed_proposals() -> tuple[Entry, ...]:
    """Return what the reader had proposed when the records were reviewed."""
    return load_ledger(PROPOSED).entries


def read_texts(folder: Path, places: Path, at: str) -> tuple[Entry, ...]:
    """Return what the reader proposes now of the texts in a folder with their ``index.csv``."""
    gazetteer = Gazetteer.shipped().with_places(row for _, row in read_rows(places)[1])
    ledger = Ledger(())
    for row in _index(folder):
        document = load_document(folder / row["file"], _described(row))
        reading = read_document(document, gazetteer)
        ledger = ledger.with_entries(
            *propose_all(ledger, document, reading.proposals, published=reading.date.value, at=at)
        )
    return ledger.entries


def keep_texts(folder: Path, pack: Path) -> None:
    """Keep the texts of a folder as the documents of a pack."""
    for row in _index(folder):
        document = load_document(folder / row["file"], _described(row))
        about = {name: row[name] for name in ("language", "date", "publisher", "title", "licence")}
        keep_document(pack, document, about | {"date_certainty": "metadata"}, withheld=False)


def keep_proposals(texts: Texts, entries: Sequence[Entry]) -> None:
    """Keep those proposals that a reviewed record came of."""
    kept = {id(entry) for entry in proposals_of(texts, entries).values()}
    PROPOSED.write_text(chain_text(one for one in entries if id(one) in kept)[0], encoding="utf-8")


def _index(folder: Path) -> list[dict[str, str]]:
    with (folder / "index.csv").open(encoding="utf-8", newline="") as stream:
        return sorted(csv.DictReader(stream), key=lambda row: row["file"])


def _described(row: Mapping[str, str]) -> Described:
    return Described(
        language=row["language"], published=row["date"], publisher=row["publisher"], title=row["title"],
        licence=row["licence"],
    )  # fmt: skip


def _shared(one: Cite, other: Cite) -> float:
    if one.source != other.source:
        return 0.0
    (start, end), (from_, to) = _extent(one), _extent(other)
    return (min(end, to) - max(start, from_)) / min(end - start, to - from_)


def _extent(cite: Cite) -> tuple[int, int]:
    assert cite.start is not None
    assert cite.end is not None
    return cite.start, cite.end


def _written() -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every record as written; a list of participants is one record each."""
    content = tomllib.loads(REVIEWED.read_text(encoding="utf-8"))
    yield from content["records"].items()
    for name, group in content["participants"].items():
        for each in group["named"]:
            iso3, _, words = each.partition(" | ")
            yield (
                f"{name}-{iso3.lower()}",
                {
                    "cites": [f"{group['document']} | {words}"], "actor": f"cty:{iso3}", "iso3": iso3,
                    "for_state": f"cty:{iso3}", "role": group["role"], "of": group["of"],
                },
            )  # fmt: skip
