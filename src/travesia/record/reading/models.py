"""A language model as an extractor: any function from prompt to reply, held to what the text says.

The package ships no client. The reply must be JSON whose every record quotes the text; a record with a quote
that does not stand there verbatim is dropped and counted. Prompt and reply are kept by the prompt's hash, so
that a reading can be repeated without the model.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from travesia.record.reading.aligning import align
from travesia.record.reading.extractors import Extracted
from travesia.record.reading.naming import record_id
from travesia.record.reading.nouns import Extent, Found, Proposal
from travesia.record.record import MODALITIES
from travesia.record.schema import CLOSED, FIELDS, READ_CERTAINTIES, words
from travesia.terms import InputError

CHUNK = 6_000
"""Longest piece of a text given to the model at once, in code points, cut at sentences."""

_TASK = """You read one piece of a document on migration policy and list the records that it supports.
Reply with one JSON object and nothing else: {"records": [{"type": ..., "fields": {...}, "quote": ...,
"certainty": ..., "modality": ...}]}.
"quote" is copied from the text character by character: the shortest stretch that supports the record.
Leave out every field that the text does not settle; never guess. Countries are written cty:XXX (ISO 3166
alpha-3); dates YYYY, YYYY-MM, YYYY-MM-DD or first/last; money in whole units; units are singular."""


@dataclass(frozen=True)
class Model:
    """An extractor around `complete`, a function from prompt to reply.

    `name` tells readers of the ledger which model it was. `replies` is a folder that keeps each reply under
    the hash of its prompt; with ``complete=None`` only kept replies are used.
    """

    complete: Callable[[str], str] | None
    name: str
    replies: Path | None = None

    def propose(self, found: Found) -> Extracted:
        """Ask piece by piece; propose what the replies quote verbatim.

        Raises
        ------
        InputError
            For a reply that is not asked for because it is kept nowhere and there is no model.
        """
        proposals: list[Proposal] = []
        dropped = 0
        for piece in _pieces(found):
            prompt = prompt_for(found, piece)
            digest = hashlib.sha256(prompt.encode()).hexdigest()
            for record in _records(self._reply(prompt, digest)):
                proposal = _proposal(found, piece, record, f"llm:{self.name}+{digest[:12]}")
                if proposal is None:
                    dropped += 1
                else:
                    proposals.append(proposal)
        return Extracted(tuple({one.id: one for one in proposals}.values()), dropped)

    def _reply(self, prompt: str, digest: str) -> str:
        kept = None if self.replies is None else self.replies / f"{digest}.json"
        if kept is not None and kept.exists():
            return str(json.loads(kept.read_text(encoding="utf-8"))["reply"])
        if self.complete is None:
            where = self.replies or "no folder of replies"
            raise InputError(where, f"holds no reply to prompt {digest[:12]}", "give a model, or its replies")
        reply = self.complete(prompt)
        if kept is not None:
            kept.parent.mkdir(parents=True, exist_ok=True)
            content = {"model": self.name, "prompt": prompt, "reply": reply}
            fresh = kept.with_suffix(".new")
            fresh.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
            fresh.replace(kept)
        return reply


def prompt_for(found: Found, piece: Extent) -> str:
    """Return the prompt for a piece of a text: the task, the closed lists, the document's date, the piece."""
    lists = "\n".join(f"{name}: {allowed}" for name, allowed in CLOSED.items())
    fields = "\n".join(f"{kind}: {names}" for kind, names in FIELDS.items())
    date = f"The document was published {found.published or 'on a day that is not known'}."
    text = found.text.original[piece.start : piece.end]
    return f"{_TASK}\n\nFields by type:\n{fields}\n\nClosed lists:\n{lists}\n\n{date}\n\nText:\n{text}"


def _pieces(found: Found) -> Iterator[Extent]:
    start = end = 0
    for sentence in found.text.sentences:
        if sentence.end - start > CHUNK and end > start:
            yield Extent(start, end)
            start = sentence.start
        end = sentence.end
    if end > start:
        yield Extent(start, end)


def _records(reply: str) -> list[Mapping[str, Any]]:
    """Return the records of a reply; one that is no such JSON holds none, as models sometimes just talk."""
    try:
        content = json.loads(reply[reply.find("{") : reply.rfind("}") + 1])
    except ValueError:
        return []
    records = content.get("records") if isinstance(content, dict) else None
    return [one for one in records or [] if isinstance(one, dict)]


def _proposal(found: Found, piece: Extent, record: Mapping[str, Any], origin: str) -> Proposal | None:
    """Turn a record of a reply into a proposal; ``None`` where its quote or a word of it does not hold."""
    kind, fields, quote = record.get("type"), record.get("fields"), record.get("quote")
    if kind not in FIELDS or not isinstance(fields, dict) or not isinstance(quote, str):
        return None
    place = align(found.text, quote, piece)
    certainty, modality = record.get("certainty", "asserted"), record.get("modality", "actual")
    if place is None or certainty not in READ_CERTAINTIES or modality not in MODALITIES:
        return None
    allowed = set(FIELDS[kind].split())
    kept = {name: value for name, value in fields.items() if name in allowed and value is not None}
    if any(
        value not in words(f"{kind}.{name}") for name, value in kept.items() if f"{kind}.{name}" in CLOSED
    ):
        return None
    return Proposal(
        id=record_id(found, kind, place, json.dumps(kept, sort_keys=True)), type=kind, fields=kept,
        evidence=(place,), certainty=certainty, modality=modality, origin=origin,
    )  # fmt: skip
