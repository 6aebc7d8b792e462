"""From an annotation source, which quotes its text, to the object of a reading, with offsets and hashes.

A source is a TOML file beside which its text lies, or whose text is a public one of the shared folder. Its
`[document]` describes the document and lists mentions, one a line in the order of the text::

    TYPE NAME [VALUE UNIT QUALIFIER] | quote

A leading ``+`` nests a mention in the one before it. A name of three capitals is a country; another gets the
prefix that its type implies, unless it has one. A quantity with a value makes a figure record, whose further
fields stand in the record's table. Every other table is a record, named by its id; `participants` makes a
participation of each line ``NAME | quote``. A quote that occurs more than once ends in ``#1``, ``#2``...
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from travesia.record.schema import PREFIXES, RECORD_TYPES

ROOT = Path(__file__).resolve().parents[2]
PUBLIC = ROOT / "tests" / "record" / "gold"
INVENTED = ROOT / "tests" / "record" / "invented"
HELDOUT = ROOT / "tests" / "record" / "heldout"
LEARNING = ROOT / "tests" / "record" / "learning"
POLICIES = ROOT / "tests" / "record" / "policies"
SECOND = ROOT / "tests" / "record" / "second"
SHARED_TEXTS = ROOT.parent / "shared" / "texts"

LEARNED_FROM = {"gold": PUBLIC, "invented": INVENTED, "learning": LEARNING, "policies": POLICIES}
"""The parts to which the weights of the reader are fitted: all but the held-out one."""

NAMED_BY = {
    "PER": "per", "PER_ROLE": "per", "GPE": "plc", "GPE_METONYM": "cty", "NORP": "plc", "ORG": "org",
    "GROUP": "grp", "LOC": "plc", "BORDER": "plc", "EVENT": "evt", "DOC": "ins", "DATE": "dat",
    "QUANTITY": "fig", "MONEY": "fig", "RATIO": "fig",
}  # fmt: skip
UNITS = {"MONEY": "USD", "RATIO": "ratio"}
OF_ENTITIES = {
    "actor", "attribution", "authority", "beneficiary", "country", "decided_by", "for_state",
    "host", "introduced_by", "of", "origin", "participants", "place", "relayed_by", "replaces",
    "signatories", "source", "speaker", "target", "targets",
}  # fmt: skip
OUTSIDE_FIELDS = {"ev", "certainty", "modality", "attribution", "participants_quoted"}


class SourceError(ValueError):
    """An annotation source that does not fit its text."""


@dataclass
class _Building:
    """What has been made so far of one source."""

    text: str
    entities: dict[str, dict[str, Any]] = field(default_factory=dict)
    mentions: list[dict[str, Any]] = field(default_factory=list)
    figures: dict[str, dict[str, Any]] = field(default_factory=dict)

    def span(self, start: int, end: int) -> dict[str, Any]:
        """Return offsets with the hash of what lies between them."""
        digest = hashlib.sha256(self.text[start:end].encode("utf-8")).hexdigest()
        return {"start": start, "end": end, "sha256": digest}

    def quoted(self, quote: str) -> dict[str, Any]:
        """Return the span of a quote; one that occurs more than once must say which it means."""
        words, _, number = quote.rpartition("#")
        if not (words and number.isdigit()):
            words, number = quote, ""
        starts = [match.start() for match in re.finditer(re.escape(words), self.text)]
        if not starts:
            raise SourceError(f"the text does not hold {words!r}")
        if not number and len(starts) > 1:
            raise SourceError(f"{words!r} occurs {len(starts)} times: say which with #1, #2...")
        if number and not 1 <= int(number) <= len(starts):
            raise SourceError(f"{words!r} occurs {len(starts)} times, not {number}")
        start = starts[int(number or 1) - 1]
        return self.span(start, start + len(words))


def full_id(name: str, prefix: str) -> str:
    """Return the id that a short name stands for."""
    if ":" in name:
        return name
    return f"cty:{name}" if re.fullmatch("[A-Z]{3}", name) else f"{prefix}:{name}"


def _number(written: str) -> int | float | None:
    if written == "?":
        return None
    return float(written) if "." in written else int(written)


def _amount(words: list[str], kind: str) -> dict[str, Any]:
    """Return value or range, unit and qualifier of a quantity as a source writes them."""
    value, *rest = words
    if ".." in value:
        made: dict[str, Any] = {"value": None, "range": [_number(part) for part in value.split("..")]}
    else:
        made = {"value": _number(value)}
    unit = UNITS[kind] if kind in UNITS else rest.pop(0)
    made["unit"] = unit.replace("/", " per ")
    made["qualifier"] = rest[0] if rest else "exact"
    return made


def _mentions(building: _Building, lines: str) -> None:
    outer = {"start": 0, "end": 0}
    for line in filter(None, map(str.strip, lines.splitlines())):
        head, bar, quote = line.partition(" | ")
        if not bar:
            raise SourceError(f"a mention without a quote: {line!r}")
        nested = head.startswith("+")
        kind, name, *amount = head.removeprefix("+").split()
        first, last = (outer["start"], outer["end"]) if nested else (outer["end"], len(building.text))
        start = building.text.find(quote, first, last)
        if start < 0:
            raise SourceError(
                f"{quote!r} does not occur {'inside' if nested else 'after'} the mention before"
            )
        entity, span = full_id(name, NAMED_BY[kind]), building.span(start, start + len(quote))
        mention = {"id": f"men:{len(building.mentions) + 1}", "type": kind, "entity": entity} | span
        building.mentions.append(mention | ({"nested": True} if nested else {}))
        outer = outer if nested else span
        if amount:
            building.figures[entity] = _amount(amount, kind) | {"evidence": [span]}
        elif entity.partition(":")[0] in PREFIXES:
            _entity(building, entity, quote)


def _entity(building: _Building, entity: str, quote: str) -> None:
    if entity in building.entities:
        return
    prefix, _, rest = entity.partition(":")
    made: dict[str, Any] = {
        "id": entity,
        "type": PREFIXES[prefix],
        "name": rest if prefix == "dat" else quote,
    }
    if prefix == "cty":
        made["iso3"] = rest
    building.entities[entity] = made


def _expanded(key: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_expanded(key, each) for each in value]
    if isinstance(value, Mapping):
        return {name: _expanded(name, each) for name, each in value.items()}
    return full_id(value, "") if key in OF_ENTITIES and re.fullmatch("[A-Z]{3}", str(value)) else value


def _participants(building: _Building, base: str, table: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a participation for each line of a list, the span of its own name first."""
    lines = table.pop("participants_quoted")
    shared = table.pop("ev", [])
    for line in filter(None, map(str.strip, lines.splitlines())):
        name, _, quote = line.partition(" | ")
        actor = full_id(name, "org")
        short = actor.partition(":")[2].lower()
        yield _record(building, f"{base}-{short}", table | {"actor": actor, "ev": [quote, *shared]})


def _record(building: _Building, name: str, table: Mapping[str, Any]) -> dict[str, Any]:
    figure = building.figures.pop(name, {})
    evidence = [building.quoted(quote) for quote in table.get("ev", [])] or figure.pop("evidence", [])
    figure.pop("evidence", None)
    fields = figure | {
        key: _expanded(key, value) for key, value in table.items() if key not in OUTSIDE_FIELDS
    }
    if set(fields) >= {"value", "range"} and fields["value"] is None:
        del fields["value"]
    by = _expanded("attribution", table.get("attribution"))
    return {
        "id": name,
        "type": RECORD_TYPES[name.partition(":")[0]],
        "certainty": table.get("certainty", "asserted"),
        "modality": table.get("modality", "actual"),
        "attribution": by,
        "evidence": evidence,
        "fields": {key: value for key, value in fields.items() if value is not None},
    }


def _records(building: _Building, tables: Mapping[str, Any]) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for name, table in tables.items():
        if "participants_quoted" in table:
            made.extend(_participants(building, name, dict(table)))
        else:
            made.append(_record(building, name, table))
    return made + [_record(building, name, {}) for name in list(building.figures)]


def _declared(building: _Building, entities: Mapping[str, Any]) -> None:
    for short, table in entities.items():
        name = full_id(short, "")
        prefix, _, rest = name.partition(":")
        base = building.entities.get(name, {"id": name, "type": PREFIXES[prefix]})
        iso3 = {"iso3": rest} if prefix == "cty" else {}
        building.entities[name] = base | iso3 | {key: _expanded(key, value) for key, value in table.items()}


def text_of(source: Path) -> Path:
    """Return where a source's text lies: beside it or its first annotation, or among the shared ones."""
    name = source.with_suffix(".txt").name
    places = (source.parent, INVENTED) if source.parent == SECOND else (source.parent,)
    return next((place / name for place in places if (place / name).is_file()), SHARED_TEXTS / name)


def annotated(source: Path) -> tuple[dict[str, Any], str]:
    """Return the object that a source describes, and its text.

    Raises
    ------
    SourceError
        Where a quote does not occur in the text, or occurs more than once without saying which.
    """
    tables = tomllib.loads(source.read_text(encoding="utf-8"))
    raw = text_of(source).read_bytes()
    building = _Building(raw.decode("utf-8"))
    described = tables.pop("document")
    try:
        _mentions(building, described.pop("mentions"))
        _declared(building, tables.pop("entities", {}))
        records = _records(building, tables)
    except SourceError as error:
        raise SourceError(f"{source.name}: {error}") from None
    document = {
        "id": f"doc:{source.stem}",
        "file": text_of(source).name,
        "sha256": hashlib.sha256(raw).hexdigest(),
        "bytes": len(raw),
        "chars": len(building.text),
        "encoding": "utf-8",
        "lang": source.stem[:2],
    } | described
    return {
        "schema": "record-gold/1",
        "document": document,
        "entities": list(building.entities.values()),
        "mentions": building.mentions,
        "records": records,
    }, building.text


def fingerprint() -> str:
    """Return a hash of the annotated texts to which the weights of the reader are fitted."""
    whole = hashlib.sha256()
    for folder in LEARNED_FROM.values():
        for source in sources(folder):
            whole.update(source.name.encode() + source.read_bytes() + text_of(source).read_bytes())
    return whole.hexdigest()


def sources(part: Path) -> list[Path]:
    """Return the sources of a part whose texts are at hand, in the order of their names."""
    return [source for source in sorted(part.glob("*.toml")) if text_of(source).is_file()]
