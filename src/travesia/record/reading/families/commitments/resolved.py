"""What an assembly resolves: after "Agree:" each numbered or marked line that opens with a verb is a promise.

The lead names who resolves, or whoever adopts the text does; a line of plain prose ends the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from travesia.record.reading.families.commitments.binding import TOPIC, Case
from travesia.record.reading.families.commitments.collectives import states_after
from travesia.record.reading.families.commitments.deeds import first_verb
from travesia.record.reading.families.commitments.voices import Voices
from travesia.record.reading.families.who import NOBODY, Who
from travesia.record.reading.nouns import Extent
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import Trigger, phrases

_SIGNATORIES = "grp:signatories"

_TAKING = ("will", "not", "firm", "plan", "say", "start")
"""Classes of binders whose subject a lead may be."""

_LEAD = 90
"""How far before its colon the verb of a lead stands at most, in code points."""

_ALONE = 3
"""How many code points before a verb leave no room for a subject of its own."""

_LABEL = 40
"""Longest label before the first verb of a line, in code points: "Artículo segundo.", "3.", "(b)"."""


@dataclass(frozen=True)
class _Lead:
    """Who resolves, and where the list that follows begins."""

    subject: Who
    end: int


def resolutions(voices: Voices) -> Iterator[Case]:
    """Yield the lines of what is resolved, each as a case whose binder names who resolves.

    The reach of a line that opens with the verb of its deed begins there; that of another ("They will open",
    "Abrirán") is empty, and its own binders take the subject where they have none.
    """
    lead: _Lead | None = None
    for scene in voices.every:
        opened = _lead_of(voices, scene)
        if opened is not None:
            lead = opened
        elif lead is not None:
            before = _before(scene, lead)
            opening = _deed_of(scene)
            if before is not None and _notes(scene, opening):
                continue
            verb = first_verb(scene.found.text, opening) if before is not None else None
            if verb is None and _is_prose(scene, before):
                lead = None
            elif before is not None:
                at = opening.start if verb is not None else scene.sentence.start
                says = MappingProxyType({"class": "resolve", "status": "pledged", "subject": lead.subject})
                reach = opening if verb is not None else Extent(at, at)
                yield Case(voices, scene, Trigger(at, at, says), reach)


def _deed_of(scene: Scene) -> Extent:
    """Return a line without the preposition that it opens with: "d'assister 20 000 personnes"."""
    plain, sentence = scene.found.text.plain, scene.sentence
    first = re.compile(r"\W*").match(plain, sentence.start, sentence.end)
    at = first.end() if first else sentence.start
    small = phrases(scene.found.text.language, TOPIC, "deed_prepositions").match(plain, at, sentence.end)
    if small is None:
        return sentence
    return Extent(small.end() + plain.startswith(" ", small.end()), sentence.end)


def _notes(scene: Scene, line: Extent) -> bool:
    """Tell whether a line takes note of what others do: "Agradecer al BCIE su disposición"."""
    notes = phrases(scene.found.text.language, TOPIC, "notes")
    return notes.match(scene.found.text.plain, line.start) is not None


def resolved_by(line: Case, binder: Trigger) -> Trigger:
    """Return a binder of a line of what is resolved with the lead's subject, where it has none itself."""
    if binder.says["class"] not in _TAKING or line.voices.bound(line.scene, binder) != NOBODY:
        return binder
    if Case(line.voices, line.scene, binder, line.reach).reflexive() != NOBODY:
        # "Chile se abstendrá": an item whose verb only looks like a passive has its own subject.
        return binder
    status = "pledged" if binder.says["class"] == "will" else binder.says["status"]
    says = {**binder.says, "subject": line.binder.says["subject"], "status": status}
    return Trigger(binder.start, binder.end, MappingProxyType(says))


def _lead_of(voices: Voices, scene: Scene) -> _Lead | None:
    """Return the lead that a sentence is: it ends in a colon, a verb of resolving shortly before."""
    plain, sentence = scene.found.text.plain, scene.sentence
    words = plain[sentence.start : sentence.end].rstrip()
    if sentence.kind == "heading" and phrases(scene.found.text.language, TOPIC, "next_steps").fullmatch(
        words
    ):
        return _Lead(Who(voices.ours or voices.host), sentence.end)
    if words[-1:] != ":":
        return None
    first = max(sentence.start, sentence.end - _LEAD)
    verbs = [*phrases(scene.found.text.language, TOPIC, "resolves").finditer(plain, first, sentence.end)]
    if not verbs:
        return None
    verb = Trigger(verbs[-1].start(), verbs[-1].end(), MappingProxyType({}))
    alone = verbs[-1].start() - sentence.start <= _ALONE
    together = len(voices.ours) > 1
    subject = Who(voices.ours) if together else NOBODY if alone else voices.bound(scene, verb)
    return _Lead(_together(voices, scene) if subject == NOBODY else subject, sentence.end)


def _together(voices: Voices, lead: Scene) -> Who:
    """Return the group that the text's preamble names, for a verb that stands alone in its line."""
    if _SIGNATORIES in lead.found.entities:
        return Who((_SIGNATORIES,))
    pattern = phrases(lead.found.text.language, TOPIC, "collectives")
    for earlier in voices.every[: lead.number]:
        named = pattern.search(lead.found.text.plain, earlier.sentence.start, earlier.sentence.end)
        if named:
            whose = states_after(earlier, named.end())
            words = lead.found.text.original[named.start() : named.end()]
            return Who(whose or (words,), None if whose else Extent(*named.span()))
    return Who(voices.ours)


def _before(scene: Scene, lead: _Lead) -> str | None:
    """Return the label before a sentence in its line; `None` where other sentences stand there."""
    plain = scene.found.text.plain
    start = max(plain.rfind("\n", 0, scene.sentence.start) + 1, lead.end)
    label = plain[start : scene.sentence.start].strip()
    return label if len(label) <= _LABEL and len(label.split()) <= 3 else None


def _is_prose(scene: Scene, before: str | None) -> bool:
    """Tell whether a sentence begins a paragraph without any mark: the list has ended."""
    words = scene.words(scene.sentence)
    if before is None or before or scene.sentence.kind != "prose":
        return False
    return re.match(r"\W*(?:\d{1,2}|[a-z]|[ivxIVX]{1,4})[.)]|\S+(?: \S+)?[.:]$", words) is None
