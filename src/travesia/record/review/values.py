"""What a person writes into a field, checked and made a value; and a value as a person would write it."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from travesia.record.reading.names import Gazetteer
from travesia.record.record import MODALITIES
from travesia.record.schema import (
    CLOSED,
    DATES,
    FIELDS,
    OPEN_TO_OTHER,
    PREFIXES,
    READ_CERTAINTIES,
    RECORD_TYPES,
    UNITS,
    is_date,
    is_unit,
    words,
)
from travesia.terms import TravesiaError

ABOUT = ("certainty", "modality", "attribution")
"""What every record has beside its fields, edited in the same way."""

SEPARATOR = "; "
"""What stands between the values of a list."""

_NUMBERS = frozenset({"quantity", "value", "n_signatories", "numerator"})
_FLAGS = frozenset({"binding", "measurable", "open_to_others"})
_WHO = frozenset({
    "actor", "for_state", "authority", "introduced_by", "host", "participants", "signatories", "speaker",
    "relayed_by", "attribution",
})  # fmt: skip
_WHO_OR_WORDS = frozenset({
    "beneficiary", "origin", "targets", "target", "place", "under", "of", "part_of", "replaces", "source",
    "about", "legal_basis", "superseded_by", "cause", "topic",
})  # fmt: skip
_PROSE = frozenset({"about", "cause", "legal_basis", "topic"})
"""What may name somebody, and otherwise is prose, in which a semicolon divides nothing."""
_LISTS = frozenset({
    "commitment.actor", "commitment.origin", "event.host", "event.participants", "policy.targets",
    "instrument.signatories", "figure.range", "figure.readings",
})  # fmt: skip
"""What holds a list, also of one."""
_TRUE, _FALSE = frozenset({"yes", "true", "1"}), frozenset({"no", "false", "0"})
_ID = re.compile(r"[a-z]{3}:[^\s:;]+")


class WrongValueError(TravesiaError):
    """What was written into a field is no value of it: what is wrong, and what to write."""

    def __init__(self, field: str, text: str, problem: str, remedy: str) -> None:
        self.field, self.text, self.problem, self.remedy = field, text, problem, remedy
        super().__init__(f"{field} {text}: {problem}; {remedy}")


def written(value: Any) -> str:
    """Return a value as a person would write it; nothing for one that is unknown."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list() | tuple():
            return SEPARATOR.join(map(written, value))
        case Mapping():
            return json.dumps(dict(value), ensure_ascii=False)
        case str():
            return " ".join(value.split())
        case _:
            return str(value)


def allowed(kind: str, name: str) -> tuple[str, ...]:
    """Return the words that a field may hold; none where it is open."""
    listed = f"{kind}.{name}"
    if listed in CLOSED:
        found = words(listed)
        return found if "other" in found or listed not in OPEN_TO_OTHER else (*found, "other")
    if name == "unit":
        return (*UNITS, *(f"{unit} per month" for unit in UNITS))
    return {"certainty": READ_CERTAINTIES, "modality": MODALITIES}.get(name, ())


def completed(kind: str, name: str, text: str) -> str:
    """Return the one word of a closed list that begins as written, or the text as it is."""
    begun = [word for word in allowed(kind, name) if _as_word(word).startswith(_as_word(text))]
    exact = [word for word in begun if _as_word(word) == _as_word(text)]
    return (exact or begun)[0] if text.strip() and len(exact or begun) == 1 else text


def parse_value(kind: str, name: str, text: str, old: Any = None) -> Any:
    """Return the value that was written into a field; ``None`` for nothing.

    Parameters
    ----------
    kind
        The type of the record.
    name
        A field of it, or one of `ABOUT`.
    text
        As written: words of a closed list, a number in digits, a date as the schema has it, yes or no, a
        state by its code or name, an id, or free words; several with semicolons between them.
    old
        The value before. What reads as it was written stays as it is.

    Raises
    ------
    WrongValueError
        If the field cannot hold it.
    """
    text = " ".join(text.split())
    if not text:
        if name in ("certainty", "modality"):
            raise WrongValueError(name, text, "is empty", f"write one of {', '.join(allowed(kind, name))}")
        return [] if name == "attribution" else None
    if text == written(old):
        return old
    several = ";" in text and name in (_WHO | _WHO_OR_WORDS) - _PROSE
    many = several or isinstance(old, list | tuple) or name == "attribution" or f"{kind}.{name}" in _LISTS
    if not many:
        return _one(kind, name, text, old)
    values = [_one(kind, name, part.strip(), None) for part in text.split(";") if part.strip()]
    if name == "range" and (len(values) != 2 or values[0] > values[1]):
        raise WrongValueError(name, text, "is no range", "write the lower and the upper number: 10; 20")
    return values


def checked_field(kind: str, name: str) -> str:
    """Return the name of a field that records of a type have, which may be given by its beginning alone.

    Raises
    ------
    WrongValueError
        If there is none, or several begin so.
    """
    names = [*FIELDS.get(kind, "").split(), *ABOUT, "note", "relevance"]
    begun = [one for one in names if one.startswith(_as_word(name))] if name.strip() else []
    found = [one for one in begun if one == _as_word(name)] or begun
    if len(found) != 1:
        problem = f"begins {len(found)} fields: {', '.join(found)}" if found else f"is no field of a {kind}"
        raise WrongValueError("field", name, problem, f"choose one of {', '.join(names)}")
    return found[0]


def _one(kind: str, name: str, text: str, old: Any) -> Any:
    if name == "unit":
        return _unit(text)
    if closed := allowed(kind, name):
        return _word(name, text, closed)
    if name in DATES:
        if not is_date(text):
            remedy = "write YYYY, YYYY-MM, YYYY-MM-DD, or two of them with a slash: 2023/2024"
            raise WrongValueError(name, text, "is no date", remedy)
        return text
    if name in _NUMBERS or name == "range":
        return _number(name, text)
    if name in _FLAGS:
        return _flag(name, text)
    if name in _WHO or name in _WHO_OR_WORDS:
        return _who(name, text)
    if isinstance(old, Mapping) or name == "contingency":
        return _object(name, text)
    return text


def _as_word(text: str) -> str:
    return "_".join(text.split()).casefold()


def _word(name: str, text: str, closed: Iterable[str]) -> str:
    plain = {_as_word(word): word for word in closed}
    found = plain.get(_as_word(text))
    if found is None:
        raise WrongValueError(name, text, "is none of its words", f"write one of {', '.join(plain.values())}")
    return found


def _unit(text: str) -> str:
    """Return a unit: a word of the closed list, another currency's code, or how many of these a time."""
    base, per, time = text.partition(" per ")
    plain = {word.casefold(): word for word in UNITS}
    found = plain.get(base.casefold(), base.upper()) + per + time.casefold()
    if not is_unit(found):
        remedy = f"write one of {', '.join(UNITS)}, a code such as EUR, or a rate: person per month"
        raise WrongValueError("unit", text, "is no unit", remedy)
    return found


def _number(name: str, text: str) -> int | float:
    digits = text.replace(" ", "")
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?(e[+-]?\d{1,2})?", digits, re.ASCII | re.IGNORECASE):
        raise WrongValueError(name, text, "is no number", "write it in digits: 20000, 1.5, -0.25")
    value = float(digits)
    if not math.isfinite(value):
        raise WrongValueError(name, text, "is too large", "write it in digits")
    return int(digits) if re.fullmatch(r"[+-]?\d+", digits) else value


def _flag(name: str, text: str) -> bool:
    if text.casefold() not in _TRUE | _FALSE:
        raise WrongValueError(name, text, "is neither yes nor no", "write yes or no, or nothing if unknown")
    return text.casefold() in _TRUE


def _who(name: str, text: str) -> str:
    """Return the id of a state or body that is written by code, name or id; free words where they may be."""
    if text.startswith("cty:") or re.fullmatch("[A-Z]{3}", text):
        found = f"cty:{text.removeprefix('cty:')}"
        if found in _entities():
            return found
        if text.startswith("cty:") or name in _WHO:
            raise WrongValueError(name, text, "is no state", "write its code of ISO 3166, such as COL")
    if _ID.fullmatch(text):
        if text[:3] not in {*PREFIXES, *RECORD_TYPES}:
            remedy = f"begin it with one of {', '.join((*PREFIXES, *RECORD_TYPES))}"
            raise WrongValueError(name, text, "is no id", remedy)
        return text
    if known := _names().get(text.casefold()):
        return known
    if name in _WHO:
        remedy = "write a code such as COL, or an id such as org:unhcr, per:biden or grp:refugees"
        raise WrongValueError(name, text, "names nobody that is known", remedy)
    return text


def _object(name: str, text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise WrongValueError(name, text, "is no object", 'write it as {"kind": "court"}')
    return found


@cache
def _entities() -> frozenset[str]:
    return frozenset(Gazetteer.shipped().entities)


@cache
def _names() -> Mapping[str, str]:
    """Names that stand for one entity in every language that has them."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for _, form, sense in Gazetteer.shipped().forms:
        if sense.entity and sense.kind not in ("demonym", "capital"):
            name = form.casefold()
            if found.setdefault(name, sense.entity) != sense.entity:
                twice.add(name)
    return MappingProxyType({name: entity for name, entity in found.items() if name not in twice})
