"""IATI activities, version 2.03: the transactions of a donor's or receiver's own file.

Of each ``transaction``: transaction-type, transaction-date, value with currency and value-date, provider-org,
receiver-org, recipient-country and sector; what it leaves out is taken from its activity (default-currency,
reporting-org, recipient-country, sector). Versions 2.01 and 2.02 have the same form and are read too.

========================  ==============  =====================================
type                      stage           who tells it
========================  ==============  =====================================
1  incoming funds         disbursed       the receiver (direction in)
2  outgoing commitment    committed       who pays (direction out)
3  disbursement           disbursed       who pays
4  expenditure            spent           who pays
11 incoming commitment    committed       the receiver
12 outgoing pledge        pledged         who pays
13 incoming pledge        pledged         the receiver
========================  ==============  =====================================

Amounts keep their currency: a rate of exchange would be a guess.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any
from xml.parsers import expat

from travesia.tracking.readers.rows import (
    Found,
    Imported,
    day_of,
    fault,
    number_of,
    read_bytes,
    text_of,
)
from travesia.tracking.readers.states import StateCodes

VERSIONS = ("2.01", "2.02", "2.03")
_STAGES = MappingProxyType(
    {
        "1": ("disbursed", "in"), "2": ("committed", "out"), "3": ("disbursed", "out"), "4": ("spent", "out"),
        "11": ("committed", "in"), "12": ("pledged", "out"), "13": ("pledged", "in"),
    }
)  # fmt: skip
_OTHER_TYPES = frozenset({"5", "6", "7", "8", "9", "10"})
"""Interest, loans and their repayment, reimbursement, equity, guarantees: no aid that is given."""
_DEEPEST = 40
_MOST_PARTS = 1_000_000
"""Elements of one activity; more of them are refused, as no activity has so many."""
_DAC = ("", "1")
"""Sector vocabularies that count: DAC five-digit codes, which is also the default."""


@dataclass
class _Element:
    """An element of an activity, with the line on which it begins."""

    tag: str
    at: dict[str, str]
    line: int
    text: list[str] = field(default_factory=list)
    parts: list[_Element] = field(default_factory=list)

    def all(self, tag: str) -> Iterator[_Element]:
        return (part for part in self.parts if part.tag == tag)

    def first(self, tag: str) -> _Element | None:
        return next(self.all(tag), None)

    def told(self) -> str | None:
        """Return the name of an organisation: its first narrative."""
        narrative = self.first("narrative")
        return text_of("".join(narrative.text)) if narrative else None


def read_iati(path: Path, states: StateCodes) -> Imported:
    """Read the transactions of a file of IATI activities.

    A file that declares a document type or entities is refused before anything is expanded.

    Raises
    ------
    InputError
        For a file of another form: file, line, element or attribute.
    """
    found = Found(path, "iati-transactions")
    seen: Counter[str] = Counter()

    def take(activity: _Element) -> None:
        _add_activity(found, activity, states, seen)

    _parse(path, read_bytes(path), take)
    return found.imported()


def _parse(path: Path, raw: bytes, take: Callable[[_Element], None]) -> None:
    """Hand on every activity of a file, and forget it again."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    stack: list[_Element] = []
    depth, parts = 0, 0

    def refuse(*_: Any) -> None:
        problem = "declares a document type or entities, which no IATI file needs"
        raise fault(path, problem, parser.CurrentLineNumber)

    def begin(tag: str, at: dict[str, str]) -> None:
        nonlocal depth, parts
        depth += 1
        line = parser.CurrentLineNumber
        if depth == 1:
            _check_root(path, tag, at, line)
        if depth > _DEEPEST:
            raise fault(path, "is nested too deeply", line)
        if stack or (depth == 2 and tag == "iati-activity"):
            parts = parts + 1 if stack else 1
            if parts > _MOST_PARTS:
                raise fault(path, f"has an activity of more than {_MOST_PARTS:,} elements", line)
            element = _Element(tag, at, line)
            if stack:
                stack[-1].parts.append(element)
            stack.append(element)

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1
        if stack:
            done = stack.pop()
            if not stack:
                take(done)

    def text(found: str) -> None:
        if stack:
            stack[-1].text.append(found)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        parser.Parse(raw, True)
    except expat.ExpatError as error:
        problem = f"is no XML ({expat.errors.messages[error.code]})"
        raise fault(path, problem, error.lineno) from None
    except (ValueError, LookupError) as error:
        raise fault(path, f"has an encoding that cannot be read ({error})", None) from None


def _check_root(path: Path, tag: str, at: dict[str, str], line: int) -> None:
    if tag != "iati-activities":
        raise fault(path, "is no file of IATI activities", line, value=tag)
    if at.get("version") not in VERSIONS:
        raise fault(path, f"is none of {', '.join(VERSIONS)}", line, "version", at.get("version"))


def _add_activity(found: Found, activity: _Element, states: StateCodes, seen: Counter[str]) -> None:
    identifier = activity.first("iati-identifier")
    name = text_of("".join(identifier.text)) if identifier else None
    if name is None:
        raise fault(found.path, "is missing", activity.line, "iati-identifier")
    for transaction in activity.all("transaction"):
        seen[name] += 1
        _add(found, activity, transaction, states, f"{name}:{seen[name]}")


def _add(found: Found, activity: _Element, transaction: _Element, states: StateCodes, name: str) -> None:
    path, line = found.path, transaction.line
    code = _attribute(path, transaction, "transaction-type", "code")
    if code in _OTHER_TYPES:
        found.left_out["loans, interest, equity and guarantees, which are no aid that is given"] += 1
        return
    if code not in _STAGES:
        raise fault(path, f"is none of {', '.join(_STAGES)}", line, "transaction-type", code)
    stage, direction = _STAGES[code]
    value = transaction.first("value")
    if value is None:
        raise fault(path, "is missing", line, "value")
    currency = value.at.get("currency") or activity.at.get("default-currency")
    if currency is None or len(currency) != 3:
        raise fault(path, "names no currency, nor does its activity", value.line, "currency", currency)
    day_of(path, value.line, "value-date", value.at.get("value-date"))
    day = day_of(
        path, line, "transaction-date", _attribute(path, transaction, "transaction-date", "iso-date")
    )
    reporting = activity.first("reporting-org")
    giver = transaction.first("provider-org") or (reporting if direction == "out" else None)
    taker = transaction.first("receiver-org") or (reporting if direction == "in" else None)
    found.add(
        line,
        name,
        {
            "country": _state(giver, states),
            "provider": _organisation(giver),
            "to_country": states.find(_only(transaction, activity, "recipient-country")),
            "receiver": _organisation(taker),
            "channel": _only(transaction, activity, "sector"),
            "stage": stage,
            "direction": direction,
            "measure": "flow",
            "unit": currency.upper(),
            "value": number_of(path, value.line, "value", "".join(value.text).strip()),
            "first_day": day,
            "last_day": day,
        },
    )


def _attribute(path: Path, transaction: _Element, tag: str, name: str) -> str:
    element = transaction.first(tag)
    if element is None or not element.at.get(name):
        raise fault(path, f"has no {name}", transaction.line, tag)
    return element.at[name]


def _only(transaction: _Element, activity: _Element, tag: str) -> str | None:
    """Return the code of a country or sector, of the transaction or else its activity, if it is one only."""
    for element in (transaction, activity):
        codes = {part.at.get("code") for part in element.all(tag) if part.at.get("vocabulary", "") in _DAC}
        if codes:
            return codes.pop() if len(codes) == 1 else None
    return None


def _state(organisation: _Element | None, states: StateCodes) -> str | None:
    if organisation is None:
        return None
    return states.agency(organisation.at.get("ref")) or states.government(organisation.told())


def _organisation(organisation: _Element | None) -> str | None:
    return None if organisation is None else organisation.told() or text_of(organisation.at.get("ref"))
