"""How right the reader is on texts annotated by hand: public ones and invented ones, by language and measure.

The held-out part, which nobody who writes rules has read, is scored only where it is asked for.

Precision, recall and F1, with the middle 95 % of F1 over documents drawn with replacement. `filled` says how
many of the fields that the annotation fills the reader filled too (the rest it left open), `slots` how many
of those that it filled are right.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotated.sources import HELDOUT, INVENTED, LEARNING, POLICIES, PUBLIC, annotated, sources, text_of
from travesia.record import Counts, Miss, check_reading, citations, f1_interval, misses, score, total

Measure = tuple[str, str]
Scores = Mapping[Measure, Counts]

PARTS = {
    "public": PUBLIC,
    "invented": INVENTED,
    "heldout": HELDOUT,
    "learning": LEARNING,
    "policies": POLICIES,
}
SEEN = ("public", "invented")
Read = Callable[[Path], Mapping[str, Any]]


@dataclass(frozen=True)
class Scored:
    """One document: which it is, what was read, what should have been, and how they compare."""

    part: str
    source: Path
    text: str
    predicted: Mapping[str, Any]
    gold: Mapping[str, Any]
    scores: Scores

    @property
    def language(self) -> str:
        """The language in which the document is written."""
        return str(self.gold["document"]["lang"])


def reader(folder: Path | None, bare: bool) -> Read:
    """Return what reads a source: the room's reader, or the files that another left in a folder."""
    if folder is not None:
        return lambda source: dict(json.loads((folder / f"{source.stem}.json").read_text(encoding="utf-8")))
    from travesia.record import Described, as_json, load_document, read_document

    def read(source: Path) -> Mapping[str, Any]:
        said = {} if bare else said_beside(annotated(source)[0]["document"])
        return dict(as_json(read_document(load_document(text_of(source), Described(**said)))))

    return read


def said_beside(document: Mapping[str, Any]) -> dict[str, str]:
    """Return what an index would say of a document: its publisher, and a date that it does not print."""
    day = document["doc_date"]
    said = {} if day["certainty"] == "stated" else {"published": day["value"]}
    return said | ({} if document["publisher"] == "invented" else {"publisher": document["publisher"]})


def scored(read: Read, part: str, asked: argparse.Namespace) -> list[Scored]:
    """Return the documents of a part, those of one language or of some names where asked."""
    found = []
    for source in sources(PARTS[part]):
        if asked.only and source.stem not in asked.only:
            continue
        gold, text = annotated(source)
        if asked.language in (None, gold["document"]["lang"]):
            predicted = read(source)
            found.append(Scored(part, source, text, predicted, gold, score(predicted, gold)))
    return found


def _share(value: float | None) -> str:
    return f"{value:>6.2f}" if value is not None else f"{'-':>6}"


def heading() -> str:
    """Return what stands above the rows of a table."""
    columns = f"{'wanted':>6}{'found':>6}{'P':>6}{'R':>6}{'F1':>6}{'95 %':>11}  "
    return f"{'':<52}{columns}{'en':>6}{'es':>6}{'fr':>6}{'pt':>6}"


def line(measure: Measure, documents: list[Scored]) -> str:
    """Return one row of the table."""
    scores = [each.scores for each in documents]
    counts = total(scores).get(measure, Counts())
    interval = f1_interval(scores, measure)
    between = f"{interval[0]:>6.2f}-{interval[1]:.2f}" if interval else f"{'-':>11}"
    by_language = "".join(
        _share(total(each.scores for each in documents if each.language == code).get(measure, Counts()).f1)
        for code in ("en", "es", "fr", "pt")
    )
    name = f"{measure[0]:<8}{measure[1]:<44}"
    shares = "".join(map(_share, (counts.precision, counts.recall, counts.f1)))
    return f"{name}{counts.wanted:>6}{counts.proposed:>6}{shares}{between}  {by_language}"


def shown(measure: Measure, asked: argparse.Namespace) -> bool:
    """Tell whether a row was asked for."""
    family, name = measure
    if asked.type:
        return asked.type.casefold() in name.casefold()
    return family != "slot" or bool(asked.slots)


def excerpt(text: str, miss: Miss, room: int = 60) -> str:
    """Return what a miss stands on, between brackets, with some of the line around it."""
    line_start = text.rfind("\n", 0, miss.start) + 1
    line_end = text.find("\n", miss.end)
    line_end = len(text) if line_end < 0 else line_end
    before = text[max(line_start, miss.start - room) : miss.start]
    after = text[miss.end : min(line_end, miss.end + room)]
    return f"{before}[{text[miss.start : miss.end]}]{after}".replace("\n", " ")


def print_table(title: str, documents: list[Scored], asked: argparse.Namespace) -> None:
    """Print the table of some documents."""
    print(f"\n{title}: {len(documents)} documents")
    print(heading())
    summed = total(each.scores for each in documents)
    for measure, counts in summed.items():
        if shown(measure, asked) and counts.wanted + counts.proposed:
            print(line(measure, documents))
    right, filled = (
        sum((counts for (family, _), counts in summed.items() if family == name), Counts())
        for name in ("slots", "filled")
    )
    print(f"fields of matched records left empty:{_share(1 - (filled.recall or 0.0))}")
    print(f"fields of matched records filled, right:{_share(right.precision)}")
    valid = [citations(each.predicted, each.text) for each in documents]
    hits, all_spans = (sum(column) for column in zip(*valid, strict=True))
    print(f"citation validity: {hits}/{all_spans} = {hits / all_spans if all_spans else 1.0:.4f}")
    faulty = [(each, fault) for each in documents for fault in check_reading(each.predicted, each.text)]
    print(f"faults of shape: {len(faulty)}")
    for each, fault in faulty[:10]:
        print(f"  {each.source.stem}: {fault}")


def print_misses(documents: list[Scored], asked: argparse.Namespace) -> None:
    """Print what is missed, false or different, document by document."""
    for each in documents:
        print(f"\n{each.part} {each.source.stem}")
        for miss in misses(each.predicted, each.gold):
            if asked.type is None or asked.type.casefold() in miss.type.casefold():
                print(f"  {miss.fault:<8}{miss.type:<14}{miss.what}\n{'':<26}{excerpt(each.text, miss)}")


def main() -> None:
    """Print the tables, and what went wrong where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", choices=("en", "es", "fr", "pt"))
    parser.add_argument("--part", choices=tuple(PARTS), help="only one part; both seen ones otherwise")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="only the documents of these names")
    parser.add_argument("--type", help="only measures, mentions and records whose name holds this")
    parser.add_argument("--slots", action="store_true", help="each field of the records too")
    parser.add_argument("--errors", action="store_true", help="what was missed, false or different, where")
    parser.add_argument("--bare", action="store_true", help="read without what an index says of a document")
    parser.add_argument("--predicted", type=Path, help="a folder of NAME.json instead of the room's reader")
    asked = parser.parse_args()
    if asked.part == "policies":
        asked.type = asked.type or "polic"  # nothing else is annotated there
    started = time.process_time()
    read = reader(asked.predicted, asked.bare)
    parts = {part: scored(read, part, asked) for part in ([asked.part] if asked.part else SEEN)}
    parts = {part: documents for part, documents in parts.items() if documents}
    for part, documents in parts.items():
        print_table(part, documents, asked)
    if len(parts) > 1:
        print_table("both", [each for documents in parts.values() for each in documents], asked)
    if asked.errors:
        print_misses([each for documents in parts.values() for each in documents], asked)
    print(f"\n{time.process_time() - started:.1f} s of processor time")


if __name__ == "__main__":
    main()
