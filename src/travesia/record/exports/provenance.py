"""Where every record comes from, as PROV: document, reading, proposal, decision, record, model input.

PROV-JSON (W3C member submission of 24 April 2013), with the names that a study's ``prov.json`` uses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from travesia.record.exports.names import PREFIX, local_name, source_name
from travesia.record.ledger.content import content_of
from travesia.record.ledger.folding import PROPOSAL
from travesia.record.ledger.index import name_of
from travesia.record.ledger.ledger import Ledger
from travesia.record.ledger.operations import Entry, Merge, Propose, records_of
from travesia.record.record import Record
from travesia.terms import Cite

Documents = Mapping[str, Mapping[str, str]]


def ledger_provenance(
    ledger: Ledger, documents: Documents, inputs: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    """Return the provenance of all that a ledger holds, rejected and merged proposals included.

    Parameters
    ----------
    ledger
        Every entry; a record has one entity, and one for each version that somebody entered.
    documents
        What is known of each document, by its id: the rows of ``documents/index.csv``.
    inputs
        What accepted records become in the model: what is told of it, by the record's id.
    """
    told = _Told(ledger, documents)
    for number, entry in enumerate(ledger.entries, start=1):
        told.add(number, entry)
    for name, about in inputs.items():
        thing = told.entity("input", name, about)
        told.relate(
            "wasDerivedFrom", {"prov:generatedEntity": thing, "prov:usedEntity": _name("record", name)}
        )
    return {"prefix": {"travesia": PREFIX}, **told.parts}


def _name(kind: str, name: str) -> str:
    return f"travesia:{local_name(kind, name)}"


class _Told:
    """What has been told so far, in the parts of a PROV-JSON document."""

    def __init__(self, ledger: Ledger, documents: Documents) -> None:
        self.parts: dict[str, dict[str, Any]] = {
            part: {}
            for part in (
                "entity", "activity", "agent", "used", "wasGeneratedBy", "wasAssociatedWith",
                "wasDerivedFrom", "specializationOf",
            )
        }  # fmt: skip
        self.ledger, self.documents = ledger, documents
        self.versions: dict[str, list[str]] = {}
        self.related: set[tuple[str, ...]] = set()

    def entity(self, kind: str, name: str, about: Mapping[str, Any]) -> str:
        """Tell of a thing, and return its name."""
        known = _name(kind, name)
        self.parts["entity"][known] = {f"travesia:{key}": value for key, value in about.items() if value}
        return known

    def relate(self, relation: str, between: Mapping[str, str]) -> None:
        """Tell how two things hang together; the same is told once."""
        ends = (relation, *between.values())
        if ends not in self.related:
            self.related.add(ends)
            self.parts[relation][f"_:{relation}{len(self.parts[relation]) + 1}"] = dict(between)

    def add(self, number: int, entry: Entry) -> None:
        """Tell of one entry of the ledger."""
        if isinstance(entry.operation, Propose):
            self._proposed(entry, entry.operation)
        elif entry.op != "note":
            self._decided(number, entry)

    def _proposed(self, entry: Entry, operation: Propose) -> None:
        record = operation.record
        proposal = self.entity(
            "proposal", operation.id, {"type": record.type, "title": name_of(record), "at": entry.at}
        )
        sources = self._sources(record.cites)
        reading = _name("reading", f"{record.cites[0].source}/{record.origin}")
        self.parts["activity"].setdefault(reading, {"travesia:origin": record.origin})
        self._agent(reading, record.origin, "prov:SoftwareAgent")
        for source in sources:
            self.relate("used", {"prov:activity": reading, "prov:entity": source})
            self.relate("wasDerivedFrom", {"prov:generatedEntity": proposal, "prov:usedEntity": source})
        self.relate("wasGeneratedBy", {"prov:entity": proposal, "prov:activity": reading})

    def _decided(self, number: int, entry: Entry) -> None:
        decision = _name("decision", str(number))
        about = {"prov:startTime": entry.at, "prov:endTime": entry.at, "travesia:operation": entry.op}
        if why := getattr(entry.operation, "why", None):
            about["travesia:why"] = why
        self.parts["activity"][decision] = about
        self._agent(decision, entry.by, "prov:Person")
        taken = [self._thing(name) for name in _taken(entry)]
        for thing in taken:
            self.relate("used", {"prov:activity": decision, "prov:entity": thing})
        for record in self._entered(entry):
            self._version(decision, record, taken)

    def _entered(self, entry: Entry) -> Iterator[Record]:
        operation = entry.operation
        if entry.op == "accept" and not records_of(operation):
            name = getattr(operation, "of", None) or ""
            if name.startswith(PROPOSAL):
                yield self.ledger.proposal(name).record
        elif entry.op != "retract":
            yield from records_of(operation)

    def _version(self, decision: str, record: Record, taken: list[str]) -> None:
        """Tell of a version of a record; a further name under the same content makes no further one."""
        contents = self.versions.setdefault(record.id, [])
        content = content_of(record)
        if contents and contents[-1] == content:
            same = _name("record", f"{record.id}/{len(contents)}")
            self.relate("used", {"prov:activity": decision, "prov:entity": same})
            return
        contents.append(content)
        whole = self.entity("record", record.id, {"type": record.type, "title": name_of(record)})
        version = self.entity(
            "record", f"{record.id}/{len(contents)}",
            {"sha256": content, "knownFrom": record.known_from.isoformat(), "origin": record.origin},
        )  # fmt: skip
        self.relate("specializationOf", {"prov:specificEntity": version, "prov:generalEntity": whole})
        self.relate("wasGeneratedBy", {"prov:entity": version, "prov:activity": decision})
        before = [_name("record", f"{record.id}/{len(contents) - 1}")] if len(contents) > 1 else []
        others = [_name("record", record.supersedes)] if record.supersedes else []
        for source in dict.fromkeys([*taken, *before, *others, *self._sources(record.cites)]):
            self.relate("wasDerivedFrom", {"prov:generatedEntity": version, "prov:usedEntity": source})

    def _thing(self, name: str) -> str:
        return _name("proposal" if name.startswith(PROPOSAL) else "record", name)

    def _agent(self, activity: str, name: str, kind: str) -> None:
        agent = _name("person" if kind == "prov:Person" else "reader", name)
        self.parts["agent"][agent] = {"prov:type": kind, "travesia:name": name}
        self.relate("wasAssociatedWith", {"prov:activity": activity, "prov:agent": agent})

    def _sources(self, cites: tuple[Cite, ...]) -> list[str]:
        names = []
        for cite in cites:
            row = self.documents.get(cite.source, {"title": cite.source})
            name = f"travesia:{source_name(cite, self.documents)}"
            about = {
                "sha256": row.get("sha256"), "title": row.get("title") or row.get("file"),
                "publisher": row.get("publisher"), "published": row.get("date"),
            }  # fmt: skip
            self.parts["entity"][name] = {f"travesia:{key}": value for key, value in about.items() if value}
            names.append(name)
        return list(dict.fromkeys(names))


def _taken(entry: Entry) -> tuple[str, ...]:
    """Return the proposals and records on which an entry decides."""
    operation = entry.operation
    if isinstance(operation, Merge):
        return operation.of
    name = getattr(operation, "of", None)
    return () if name is None else (str(name),)
