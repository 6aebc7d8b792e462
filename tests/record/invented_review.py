"""An invented document with three proposals, one of them doubtful: to be reviewed."""

from __future__ import annotations

import csv
import hashlib
from datetime import date
from pathlib import Path
from typing import Any

from invented_records import invented, propose

from travesia.record import Entry, Record
from travesia.record.reading.nouns import Candidate, Doubt, Extent
from travesia.terms import Cite

TEXT = (
    "Lima, 10 June 2022. The\u00a0United States will admit 20,000 refugees from the Americas by Friday. "
    "Nothing else was said.\n\nColombia hosts 2 million people. Peru signed the pact."
)
DOCUMENT = f"doc:{hashlib.sha256(TEXT.encode()).hexdigest()[:16]}"
ONE, TWO, THREE = (f"pro:{n:016x}" for n in (1, 2, 3))


def extent(words: str) -> Extent:
    start = TEXT.index(words)
    return Extent(start, start + len(words))


def cited(words: str) -> Cite:
    found = extent(words)
    return Cite(DOCUMENT, found.start, found.end, words, hashlib.sha256(words.encode()).hexdigest())


def commitment(**changes: Any) -> Record:
    values: dict[str, Any] = {
        "fields": {"actor": ["cty:USA"], "action": "admit", "quantity": 20000, "unit": "person",
                   "period": "2022-06-17"},
        "cites": (cited("will admit 20,000 refugees"),), "attribution": (),
        "valid_from": date(2022, 6, 10), "valid_to": date(2022, 6, 18), "origin": "rules",
    }  # fmt: skip
    return invented("com:admit", **(values | changes))


def proposals() -> tuple[Entry, ...]:
    fridays = (
        Candidate("2022-06-17", "the next Friday, for the verb tells what is to come"),
        Candidate("2022-06-10", "the day of the document is a Friday"),
    )
    slots = {"actor": extent("The\u00a0United States"), "quantity": extent("20,000 refugees"),
             "period": extent("by Friday")}  # fmt: skip
    figure = invented(
        "fig:hosted", type="figure", fields={"value": 2000000, "unit": "person", "measures": "people"},
        cites=(cited("2 million people"),), attribution=(), valid_from=None, valid_to=None, origin="rules",
    )  # fmt: skip
    signed = invented(
        "par:peru", type="participation", fields={"actor": "cty:PER", "role": "signatory", "of": "ins:pact"},
        cites=(cited("Peru"),), attribution=(), valid_from=None, valid_to=None, origin="rules",
    )  # fmt: skip
    return (
        propose(1, commitment(), doubts=(Doubt("period", fridays),), abstained=("beneficiary",), slots=slots),
        propose(2, figure, slots={"value": extent("2 million people")}, abstained=("place",)),
        propose(3, signed, slots={"actor": extent("Peru"), "role": extent("signed")}),
    )


def keep(folder: Path) -> None:
    """Keep the document in a project, as `travesia read` does."""
    home = folder / "documents"
    home.mkdir()
    (home / f"{DOCUMENT.removeprefix('doc:')}.txt").write_bytes(TEXT.encode())
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    with (home / "index.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(["id", "file", "text_sha256", "language", "date", "title", "publisher"])
        table.writerow([DOCUMENT, "pledge.txt", digest, "en", "2022-06-10", "A pledge", "A ministry"])
