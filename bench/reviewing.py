"""Whether reviewing proposals costs less than a blank form: keys pressed to reach what was annotated by hand.

A person who knows what is right reviews what the reader proposes of the development texts, with the keys of
`travesia ledger review`:

* a proposal that stands for a record: 1 key accepts it. A field that is wrong, missing or too much is an
  edit: the key of the field and the number of a candidate (2), or the key, the value and Enter (its length
  + 2; one more where numbers choose, = comes first; - empties a field).
* a proposal that stands for no record: rejected by a usual reason (2).
* a record that nobody proposed: the blank form.

The blank form, beside the text: 1 key opens it, 1 chooses the type, 2 select each span (its start and its
end: the least that a mouse can do), each field costs its key, its value and Enter, and 1 key saves. What is
asserted and actual needs no keys. Values are written in the same short way in both: words of a closed list
by as few letters as tell them apart, states by their codes, other entities and records by their names.

Rules were written with the development texts open; `--part heldout` is the part that their writers have not
read, and nearer to what a new text costs.

Not counted: reading, thinking, looking for what nobody proposed; spans that are a little off are accepted.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotated.sources import annotated, sources
from reading import PARTS, SEEN, reader
from travesia.record.matching import Comparison, of_type
from travesia.record.review.values import ABOUT, allowed, written
from travesia.record.schema import RECORD_TYPES

ACCEPT, REJECT, OPEN_FORM, CHOOSE_TYPE, SELECT_SPAN, SAVE = 1, 2, 1, 1, 2, 1
KEY_AND_ENTER, KEY_AND_NUMBER = 2, 2
USUAL = {"certainty": "asserted", "modality": "actual", "attribution": ()}
LANGUAGES = ("en", "es", "fr", "pt")


@dataclass(frozen=True)
class Cost:
    """What some records cost: how many, keys and edits with proposals, keys with a blank form."""

    records: int = 0
    proposed: int = 0
    right: int = 0
    untouched: int = 0
    edits: int = 0
    keys_accepted: int = 0
    keys_missed: int = 0
    keys_false: int = 0
    blank_accepted: int = 0
    blank: int = 0

    def __add__(self, other: Cost) -> Cost:
        """Return both together."""
        return Cost(*(one + two for one, two in zip(vars(self).values(), vars(other).values(), strict=True)))

    @property
    def keys(self) -> int:
        """All keys with proposals."""
        return self.keys_accepted + self.keys_missed + self.keys_false


def names_of(reading: Mapping[str, Any]) -> dict[str, str]:
    """Return what a person writes for each id: a code for a state, else a name."""
    named = {each["id"]: str(each.get("iso3") or each["name"]) for each in reading["entities"]}
    records = {each["id"]: str(each["fields"].get("name", each["id"])) for each in reading["records"]}
    return records | named


def length(kind: str, name: str, value: Any, names: Mapping[str, str], text_at_hand: str = "") -> int:
    """Return how many keys the value of a field takes, in the shortest way in which it can be written.

    What stands word for word in a text at hand is selected there.
    """
    if isinstance(value, list | tuple):
        each = (length(kind, name, one, names, text_at_hand) for one in value)
        return sum(each) + 2 * (len(value) - 1)
    text = written(value)
    if text in allowed(kind, name):
        return shortest(text, allowed(kind, name))
    if text not in names and len(text) > SELECT_SPAN and text in text_at_hand:
        return SELECT_SPAN
    return 1 if isinstance(value, bool) else len(names.get(text, text))


def shortest(word: str, words: Iterable[str]) -> int:
    """Return how many letters tell a word from all others of its list; all of it where another goes on."""
    others = [each for each in words if each != word]
    begun = (word[:n] for n in range(1, len(word)) if word[n - 1] != " ")
    return next((len(one) for one in begun if not any(each.startswith(one) for each in others)), len(word))


def blank_form(record: Mapping[str, Any], names: Mapping[str, str], text_at_hand: str) -> int:
    """Return the keys that a record takes in a blank form."""
    fields = sum(
        length(record["type"], name, value, names, text_at_hand) + KEY_AND_ENTER
        for name, value in filled(record).items()
    )
    return OPEN_FORM + CHOOSE_TYPE + SELECT_SPAN * len(record["evidence"]) + fields + SAVE


def filled(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a person fills in of a record: its fields, and how it is said where that is unusual."""
    fields = {name: value for name, value in record["fields"].items() if value not in (None, [], "")}
    about = {name: record.get(name) or USUAL[name] for name in ABOUT}
    spans = {name for name, value in fields.items() if isinstance(value, Mapping) and "sha256" in value}
    kept = {name: value for name, value in fields.items() if name not in spans}
    return kept | {name: value for name, value in about.items() if value != USUAL[name]}


def edits_of(own: Mapping[str, Any], right: Mapping[str, Any], compared: Comparison, names: Any) -> list[int]:
    """Return the keys of each edit that makes a proposal what is right."""
    ours, theirs, kind = filled(own), filled(right), own["type"]
    doubts = {one["slot"]: one["candidates"] for one in own.get("doubts", ())}
    keys = []
    for name in dict.fromkeys((*theirs, *ours)):
        if name in ours and name in theirs and compared.same(ours[name], theirs[name]):
            continue
        ways = doubts.get(name, ())
        extra = 1 if ways else 0
        if name not in theirs:
            # What is usual is written; what is too much is emptied by a dash.
            emptied = length(kind, name, USUAL.get(name) or "-", names)
            keys.append(KEY_AND_ENTER + extra + emptied)
        elif any(compared.same(way["value"], theirs[name]) for way in ways):
            keys.append(KEY_AND_NUMBER)
        else:
            keys.append(KEY_AND_ENTER + extra + length(kind, name, theirs[name], names))
    return keys


def costs(predicted: Mapping[str, Any], gold: Mapping[str, Any], text_at_hand: str) -> dict[str, Cost]:
    """Return what the records of a document cost, by their type.

    `text_at_hand` is the document's text where the blank form lets one select words in it instead of writing
    them; empty where it does not.
    """
    compared, names = Comparison(predicted, gold), names_of(gold)
    found: dict[str, Cost] = {}
    for kind in RECORD_TYPES.values():
        pairs = compared.records.get(kind, [])
        matched = {right["id"] for _, right in pairs}
        cost = Cost(proposed=len(of_type(predicted, kind)), right=len(pairs))
        for right in of_type(gold, kind):
            blank = blank_form(right, names, text_at_hand)
            missed = 0 if right["id"] in matched else blank
            cost += Cost(records=1, keys_missed=missed, blank=blank, blank_accepted=blank - missed)
        for own, right in pairs:
            edits = edits_of(own, right, compared, names)
            cost += Cost(untouched=not edits, edits=len(edits), keys_accepted=ACCEPT + sum(edits))
        found[kind] = cost + Cost(keys_false=REJECT * (cost.proposed - cost.right))
    return found


COLUMNS = ("wanted", "found", "false", "as is", "edits", "keys", "blank", "ratio", "keys", "blank", "ratio")
HEAD = f"{'':<16}" + "".join(f"{' |' if at in (4, 8) else ''}{name:>7}" for at, name in enumerate(COLUMNS))


def line(title: str, cost: Cost) -> str:
    """Return one row: per accepted record, then all that the annotation holds."""

    def per(value: int, of: int, digits: int = 1) -> str:
        return f"{value / of:>7.{digits}f}" if of else f"{'-':>7}"

    counts = f"{cost.records:>7}{cost.right:>7}{cost.proposed - cost.right:>7}{cost.untouched:>7}"
    accepted = "".join((
        per(cost.edits, cost.right), per(cost.keys_accepted + cost.keys_false, cost.right),
        per(cost.blank_accepted, cost.right),
        per(cost.keys_accepted + cost.keys_false, cost.blank_accepted, 2),
    ))  # fmt: skip
    return f"{title:<16}{counts} |{accepted} |{cost.keys:>7}{cost.blank:>7}{per(cost.keys, cost.blank, 2)}"


def table(title: str, documents: Sequence[tuple[str, dict[str, Cost]]]) -> None:
    """Print one table, by type of record and by language."""
    print(f"\n{title}: {len(documents)} documents")
    print(f"{'':<44} | per accepted record, with{'':<3} | every annotated record,")
    print(f"{'':<44} | the false proposals{'':<8} | those missed in a blank form")
    print(HEAD)
    for kind in RECORD_TYPES.values():
        print(line(kind, sum((by_type[kind] for _, by_type in documents), Cost())))
    for language in LANGUAGES:
        spoken = [by_type for code, by_type in documents if code == language]
        if spoken:
            print(line(language, sum((cost for each in spoken for cost in each.values()), Cost())))
    print(line("all", sum((cost for _, by_type in documents for cost in by_type.values()), Cost())))


def main() -> None:
    """Print the keys with proposals against those of a blank form."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--part", choices=tuple(PARTS), help="only one part; both seen ones otherwise")
    parser.add_argument("--bare", action="store_true", help="read without what an index says of a document")
    parser.add_argument("--predicted", type=Path, help="a folder of NAME.json instead of the room's reader")
    asked = parser.parse_args()
    read = reader(asked.predicted, asked.bare)
    typed: dict[str, list[tuple[str, dict[str, Cost]]]] = {}
    selected: list[dict[str, Cost]] = []
    for part in [asked.part] if asked.part else SEEN:
        for source in sources(PARTS[part]):
            gold, text = annotated(source)
            predicted, language = read(source), str(gold["document"]["lang"])
            typed.setdefault(part, []).append((language, costs(predicted, gold, "")))
            selected.append(costs(predicted, gold, " ".join(text.split())))
    for part, documents in typed.items():
        table(part, documents)
    if len(typed) > 1:
        table("both", [each for documents in typed.values() for each in documents])
    print("\nThe same against a blank form in which words of the document are selected (2), not written:")
    print(HEAD)
    print(line("all", sum((cost for each in selected for cost in each.values()), Cost())))


if __name__ == "__main__":
    main()
