"""Binding: a verb or noun that binds somebody in its sentence, and the promise that it makes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.families.commitments.actions import unit_of
from travesia.record.reading.families.commitments.voices import Voices
from travesia.record.reading.families.who import NOBODY, Who
from travesia.record.reading.nouns import Extent, Mention, Quantity
from travesia.record.reading.once import once
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import Trigger, find_triggers, phrase_pattern, phrases, within

TOPIC = "commitments"

FURTHEST = 300
"""Longest stretch after a binder in which its deeds are looked for, in code points."""

OBJECT = 40
"""How near the start of a deed its object stands, in code points."""

_OPENING = 12
"""How many code points a deed has before its condition at least."""

_SE = 3
"""Length of the reflexive pronoun before a verb with the blank after it."""

_RESOLVING = ("firm", "say", "plan")
"""Classes of binders that open the lines of a declaration."""

_ACTIVE = ("firm", "say", "plan", "will")
"""Classes of binders whose subject the sentence before may name."""

_HEAD = 8
"""How many sentences the head of a declaration has at most, its parties among them."""

_INDENT = 8
"""How far the first word of a paragraph is set in at most, in code points."""

_ADVERBS = 2
"""How many words may open a line before its verb: "Asimismo, acordaron"."""

CLOSE = 120
"""How near a binder what it announces stands, in code points."""


@dataclass(frozen=True)
class Promise:
    """Who is bound by which words to which deed; `deed` starts at its verb and ends before the next one.

    `alone` tells that the binder has no other deed, so that its subject belongs to the evidence.
    """

    scene: Scene
    binder: Trigger
    deed: Extent
    subject: Who
    quantity: Quantity | None
    unit: str | None
    action: Trigger | None
    negative: bool = False
    alone: bool = True

    @property
    def status(self) -> str:
        """How the ledger calls what the binder says."""
        return str(self.binder.says["status"])

    @property
    def kind(self) -> str:
        """The class of the binder."""
        return str(self.binder.says["class"])


@dataclass(frozen=True)
class Case:
    """A binder in its scene, and the stretch in which its deeds may stand."""

    voices: Voices
    scene: Scene
    binder: Trigger
    reach: Extent

    @property
    def language(self) -> str:
        """The text's language."""
        return self.scene.found.text.language

    @property
    def plain(self) -> str:
        """The plain copy of the text."""
        return self.scene.found.text.plain

    def has(self, group: str, start: int, end: int) -> bool:
        """Tell whether a word of a group stands in a stretch."""
        return phrases(self.language, TOPIC, group).search(self.plain, start, end) is not None

    @property
    def is_ours(self) -> bool:
        """Tell whether it is "we" who say so, whoever that is."""
        return self.scene.is_author(self.binder) or self.voices.is_ours(self.scene, self.binder)

    @property
    def is_of_state(self) -> bool:
        """Tell whether a state is bound, by its name or by that of its capital."""
        places = (one for one in self.subject().ids if one.startswith(("cty:", "plc:")))
        return any(self.scene.country_of(one) for one in places)

    @property
    def is_reported(self) -> bool:
        """Tell whether somebody says so earlier in the sentence."""
        return self.has("said", self.scene.sentence.start, self.binder.start)

    @property
    def is_attributed(self) -> bool:
        """Tell whether somebody says so, before or after."""
        return self.is_reported or self.has("said", self.binder.end, self.scene.sentence.end)

    @property
    def speaks(self) -> bool:
        """Tell whether somebody who can bind a state has the word: an author, a host, "we", who is quoted."""
        turn = self.voices.speakers.voice(self.scene)
        first = self.scene.clause_of(self.binder).start
        we = phrases(self.language, "clauses", "we").search(self.plain, first, self.binder.start)
        said = self.voices.voucher(self.scene, self.binder, self.binder.end, turn).ids
        return bool(said or self.voices.ours or self.voices.host or turn.ids or we or self._of_office())

    def _of_office(self) -> bool:
        """Tell whether an office that no name stands for says so: "fees are waived, the ministry said"."""
        sentence = self.scene.sentence
        said = phrases(self.language, TOPIC, "said").finditer(self.plain, sentence.start, sentence.end)
        return any(
            self.has(
                "governments",
                max(sentence.start, one.start() - OBJECT),
                min(sentence.end, one.end() + OBJECT),
            )
            for one in said
        )

    def actions(self, reach: Extent) -> tuple[Trigger, ...]:
        """Return the words of actions in a stretch, up to the condition of the deed."""
        first = min(reach.start + _OPENING, reach.end)
        stop = phrases(self.language, TOPIC, "conditions").search(self.plain, first, reach.end)
        end = stop.start() if stop else reach.end
        return find_triggers(self.scene.found.text, TOPIC, "actions", Extent(reach.start, end))

    def subject(self) -> Who:
        """Return who is bound."""
        return once(self, Case._subject)

    def _subject(self) -> Who:
        given = self.binder.says.get("subject")
        if isinstance(given, Who):
            return given
        if self.binder.says.get("ahead"):
            return self._ahead()
        related = self._related()
        if related is not None:
            return related
        bound = self.voices.bound(self.scene, self.binder)
        if bound != NOBODY:
            return bound
        found = self._funds() or self.reflexive()
        if found == NOBODY:
            return self._parties() if self._opens_its_line() else self._gone_on()
        return found

    def _opens_its_line(self) -> bool:
        """Tell whether a verb without a subject opens a line, marked or not: "2. Deciden ampliar".

        So does what the verb before it says: "Reiteraron que no se devolverá a nadie".
        """
        sentence, kind = self.scene.sentence, self.binder.says["class"]
        above = self.plain[max(0, sentence.start - _INDENT) : sentence.start].rstrip(" ")
        if self.language == "en" or not (sentence.kind == "item" or above[-1:] == "\n"):
            return False
        before = self.plain[sentence.start : self.binder.start].strip(' "')
        words = len(before.split())
        if not before or (words <= _ADVERBS and before[-1:] == ","):
            return kind in _RESOLVING
        told = phrases(self.language, TOPIC, "said").match(self.plain, sentence.start, self.binder.start)
        return told is not None and words <= _ADVERBS + 1 and not self.scene.is_author(self.binder)

    def _gone_on(self) -> Who:
        """Return who acted in the sentence before, for a Romance verb that opens this: "Prometió"."""
        sentence, number = self.scene.sentence, self.scene.number
        # "También abrirá dos oficinas y contratará a 25": the subject of the first verb is the next one's.
        verbs = find_triggers(self.scene.found.text, TOPIC, "verbs", sentence)
        first = min([self.binder.start, *(one.start for one in verbs[:1])])
        before = self.plain[sentence.start : first].split()
        if (
            self.language == "en"
            or number == 0
            or len(before) > _ADVERBS
            or self.scene.is_passive(self.binder)
        ):
            return NOBODY
        if any(one.end <= self.binder.start for one in self.scene.seen_actors()):
            return NOBODY
        last = self.voices.every[number - 1]
        if "\n" in self.plain[last.sentence.end : sentence.start] or self.binder.says["class"] not in _ACTIVE:
            return NOBODY
        seen = last.seen_actors()
        if seen:
            listed = last.listed_with(last.in_person(seen[0]))
            return Who(tuple(dict.fromkeys(one.entity for one in listed)))
        if self.has("governments", last.sentence.start, last.sentence.end):
            return Who(self.voices.likely(self.scene, self.binder))
        return NOBODY

    def _parties(self) -> Who:
        """Return those whom the head of a declaration lists, for a verb whose subject stands above it."""
        if len(self.voices.ours) > 1:
            return Who(self.voices.ours)
        for scene in self.voices.every[: min(_HEAD, self.scene.number)]:
            for one in scene.actors():
                listed = [each for each in scene.listed_with(one) if each.type in {"GPE", "GPE_METONYM"}]
                if len(listed) > 1:
                    listed += self._beside(scene, listed[-1])
                    return Who(tuple(dict.fromkeys(each.entity for each in listed)))
        return NOBODY

    def _beside(self, scene: Scene, last: Mention) -> list[Mention]:
        """Return the state whose envoy is named apart behind a list: ", and the deputy minister of Peru"."""
        after = [one for one in scene.actors() if one.start > last.end and one.type in {"GPE", "GPE_METONYM"}]
        gap = self.plain[last.end : after[0].start] if after else ""
        return after[:1] if _envoy(self.language).fullmatch(gap) else []

    def _ahead(self) -> Who:
        """Return who acts in the main clause, before or behind: "before giving 12 million, Rome"."""
        comma = self.plain.find(",", self.binder.end, self.scene.sentence.end)
        seen = self.scene.seen_actors()
        behind = [one for one in seen if 0 < comma < one.start]
        before = [one for one in seen if one.end <= self.binder.start]
        found = next(iter(before[-1:] or behind), None)
        return Who((found.entity,), Extent(found.start, found.end)) if found else NOBODY

    def _funds(self) -> Who | None:
        """Return who gave what opens a clause: "These funds will cover", after "Canada gives 20 million"."""
        start = self.scene.clause_of(self.binder).start
        opening = phrases(self.language, TOPIC, "funds").match(self.plain, _first(self.plain, start))
        if opening is None:
            return None
        # What all of it is for describes a gift; so many people, or what the rest is for, is promised.
        counted = any(one.value for one in within(self.scene.quantities, self.reach))
        if not counted and not self.has("rests", opening.start(), opening.end()):
            return None
        giver = self.voices.giver(self.scene, self.binder)
        return Who(giver) if giver else None

    def _related(self) -> Who | None:
        """Return who stands before the pronoun before a verb: "that of the Union, which pledged"."""
        for one in reversed(self.scene.actors()):
            gap = self.plain[one.end : self.binder.start]
            if one.end < self.binder.start and _relative(self.language).fullmatch(gap):
                listed = self.scene.listed_with(one)
                return Who(
                    tuple(dict.fromkeys(each.entity for each in listed)), Extent(listed[0].start, one.end)
                )
        return None

    def reflexive(self) -> Who:
        """Return who stands right before a verb that only looks like a passive: "Honduras se sumará"."""
        passive = phrases(self.language, "clauses", "passives")
        for one in self.scene.actors():
            gap = self.plain[one.end : self.binder.start].strip()
            if one.end < self.binder.start and len(gap) <= _SE and passive.fullmatch(gap):
                return Who((one.entity,), Extent(one.start, one.end))
        return NOBODY

    def promise(self, deed: Extent, quantity: Quantity | None, action: Trigger | None) -> Promise:
        """Return a promise of this binder."""
        unit = unit_of(self.scene, quantity) if quantity else None
        return Promise(self.scene, self.binder, deed, self.subject(), quantity, unit, action)


def _first(plain: str, at: int) -> int:
    """Return where the first letter from a place on stands."""
    return next((here for here in range(at, min(len(plain), at + OBJECT)) if plain[here].isalpha()), at)


@cache
def _envoy(language: str) -> re.Pattern[str]:
    """Match what stands between a list of states and one whose envoy is named by an office of its own."""
    clauses = cues(language, "clauses")
    joiner, title = phrase_pattern(clauses["joiners"]), phrase_pattern(clauses["titles"])
    small = r"(?:[^\s,;:.]+\s+){0,3}?"
    return re.compile(rf",?\s+{joiner}\s+{small}{title}\s+(?:[^\s,;:.]+\s+){{0,5}}", re.IGNORECASE)


@cache
def _relative(language: str) -> re.Pattern[str]:
    """Match a comma, a relative pronoun and an adverb: ", which also"."""
    pronoun = phrase_pattern(cues(language, TOPIC)["relatives"])
    return re.compile(rf",\s+{pronoun}\s+(?:[^\W\d_]+\s+)?", re.IGNORECASE)
