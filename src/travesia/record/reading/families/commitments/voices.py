"""Voices: who is bound by a promise, and who vouches for it.

A state is bound by the word of its officials. "We" is the author, those whom a declaration lists after "We,"
or the speaker of a quote; "the signatories" are those whose signatures the text tells, else these words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from travesia.record.reading.cue_files import cues
from travesia.record.reading.families.commitments.collectives import collective
from travesia.record.reading.families.commitments.deeds import first_verb
from travesia.record.reading.families.commitments.issuers import LETTERHEAD, issuer
from travesia.record.reading.families.commitments.offices import (
    acted_last,
    acting_in,
    introduced,
    named_in_full,
    opening_capital,
    state_beside,
    told_before,
    unknown_body,
)
from travesia.record.reading.families.commitments.vouching import (
    ATTRIBUTED,
    Voucher,
    is_quoted,
    named_by_office,
    sayer,
    says_of_itself,
)
from travesia.record.reading.families.participation.rolls import opening
from travesia.record.reading.families.statements.stages import Stage, stage_of
from travesia.record.reading.families.who import (
    NOBODY,
    Who,
    all_of,
    antecedent,
    listed_before,
    resumed,
    who,
)
from travesia.record.reading.nouns import Extent, Found
from travesia.record.reading.once import once
from travesia.record.reading.scenes import Scene, scenes
from travesia.record.reading.triggers import Trigger, phrase_pattern, phrases

TOPIC = "commitments"

_NEAR = 80
"""How far into a deed those are named with whom it is done, in code points."""

_BESIDE = 50
"""How far before a person's name the state of its office stands, in code points."""

_ALONE = 3
"""How many words between the opening of a clause and its verb leave no room for a subject."""

_FEW = 5
"""How many words may stand between a passive and the name of who does it: "by the embassies of"."""


def voices_of(found: Found) -> Voices:
    """Return who speaks in a text that has sentences."""
    return once(found, _voices)


def _voices(found: Found) -> Voices:
    return Voices(scenes(found))


@dataclass(frozen=True)
class Voices:
    """The scenes of a text, and who speaks in them."""

    every: Sequence[Scene]

    @property
    def found(self) -> Found:
        """What was found in the text."""
        return self.every[0].found

    @cached_property
    def pledging(self) -> bool:
        """Whether a report opens with what several givers promised: of a conference of donors."""
        opening = () if self.found.author else self.every[:LETTERHEAD]
        return any(self._cue("pledging").search(one.words(one.sentence)) for one in opening)

    @cached_property
    def ours(self) -> tuple[str, ...]:
        """Who "we" is: the parties that a declaration lists after it, or the author."""
        for scene in self.every:
            makers = opening(scene)
            if makers:
                return tuple(dict.fromkeys(one.entity for one in makers))
        return (self.found.author,) if self.found.author else ()

    @cached_property
    def host(self) -> tuple[str, ...]:
        """Return the state of the letterhead or dateline: "the government" of a text without author."""
        return issuer(self.every)

    def _cue(self, group: str) -> re.Pattern[str]:
        return phrases(self.found.text.language, TOPIC, group)

    def bound(self, scene: Scene, verb: Trigger) -> Who:
        """Return who is bound by a verb of a scene; empty where the text leaves it open."""
        clause = scene.clause_of(verb)
        if self.is_ours(scene, verb) or self._says_we(scene, verb):
            return self.we(scene, verb)
        inside = self._inside(scene, verb) if verb.says.get("within") else NOBODY
        if inside == NOBODY and not scene.is_passive(verb):
            inside = antecedent(scene, verb)
        if inside != NOBODY:
            return inside
        if (itself := says_of_itself(self.every, scene, verb)) != NOBODY:
            return itself
        before = resumed(scene, verb)
        if before is not None and not scene.is_passive(verb):
            return all_of(scene.listed_with(before))
        together = self._named_by(scene, "collectives", clause, verb)
        here = self._own(scene, verb) or self._subject(scene, verb)
        if here.extent and here.extent.start >= verb.end:
            # "Decidieron crear el Fondo": what follows an infinitive is its object.
            between = Extent(verb.end, here.extent.start)
            asked = self._cue("conditions").search(scene.words(between))
            here = NOBODY if asked or first_verb(scene.found.text, between) else here
        if together and not (here.extent and here.extent.start > together.start):
            return collective(self.every, scene, together)
        outside = here.extent is None or here.extent.start < clause.start
        if outside and self._named_by(scene, "governments", clause, verb):
            return self._government(scene, clause, verb)
        if outside and here != NOBODY and (body := unknown_body(scene, clause, verb)):
            return Who((self.found.text.original[body.start : body.end],), body)
        found = self._carried(scene, verb) if here == NOBODY else here
        return (self._agent(scene, verb) or self._told_by(scene, verb)) if found == NOBODY else found

    def _agent(self, scene: Scene, verb: Extent) -> Who | None:
        """Return who follows "by" right after a verb that holds its own auxiliary: "will be issued by"."""
        agents = scene.agents_of(verb)
        if not agents or len(self.found.text.plain[verb.end : agents[0].start].split()) > _FEW:
            return None
        return all_of(agents)

    def _says_we(self, scene: Scene, verb: Extent) -> bool:
        """Tell whether "we" stands before a verb, and no other actor in its clause."""
        clause = scene.clause_of(verb)
        others = any(clause.start <= one.start and one.end <= verb.start for one in scene.seen_actors())
        return scene.is_author(verb) and not others and not scene.is_passive(verb)

    def _told_by(self, scene: Scene, verb: Extent) -> Who:
        """Return the state that tells of a deed whose doer is not said: "visas will be issued, Lima said"."""
        counted = [one for one in scene.quantities if one.value is not None and one.kind != "RATIO"]
        if not counted or self._named_by(scene, "unbound", scene.clause_of(verb), verb):
            return NOBODY
        said = sayer(self.every, scene, verb, verb.end)
        return Who(self._states_of(scene, said))

    def _states_of(self, scene: Scene, actors: Iterable[str]) -> tuple[str, ...]:
        """Return the states that some actors are or speak for, without those that speak for none."""
        known = (self._state_of(scene, one) for one in actors)
        return tuple(dict.fromkeys(one for one in known if one and one.startswith("cty:")))

    def we(self, scene: Scene, verb: Trigger) -> Who:
        """Return who "we" is in a sentence: who has the word in a transcript or a quote, else the author."""
        turn = self.speakers.voice(scene)
        if self.speakers.has_turns and turn != NOBODY:
            return Who(self.of_state(scene, turn) or self.ours or self.host)
        said = sayer(self.every, scene, verb, verb.end) if is_quoted(scene, verb) else ()
        return Who(said or self.ours or self.host)

    def of_state(self, scene: Scene, speaker: Who) -> tuple[str, ...]:
        """Return the state for which a speaker speaks, where the text names it with the speaker."""
        known = (scene.country_of(one) for one in speaker.ids)
        return tuple(one for one in known if one)

    @cached_property
    def speakers(self) -> Stage:
        """Who has the word where."""
        return stage_of(self.found)

    def _government(self, scene: Scene, clause: Extent, verb: Extent) -> Who:
        """Return the state that "the government" is, else these words.

        It is that of whoever acts before it in the sentence or tells of it, else the author's, or who acted
        last in the paragraph. A body that the text names in full and no state with it stays what it is.
        """
        here = acting_in(scene, verb)
        told = here or self._states_of(scene, sayer(self.every, scene, verb, verb.end))
        state = (
            told
            or self.ours
            or acted_last(self.every, scene, verb, True)
            or self.host
            or acted_last(self.every, scene, verb)
        )
        place = self._named_by(scene, "governments", clause, verb)
        body = named_in_full(self.every, scene, place) if place and not state else None
        if body is not None:
            return Who((body,), place)
        words = self.found.text.original[place.start : place.end] if place else ""
        return Who(state or (words,), None if state else place)

    def _inside(self, scene: Scene, verb: Trigger) -> Who:
        """Return who is named inside the binding words: "the commitment of Colombia to"."""
        named = [one for one in scene.actors() if verb.start < one.start and one.end < verb.end]
        if named:
            listed = [one for one in scene.listed_with(named[0]) if one in named]
            return Who(tuple(one.entity for one in listed), Extent(listed[0].start, listed[-1].end))
        match = self._cue("collectives").search(self.found.text.plain, verb.start + 1, verb.end)
        before = Extent(scene.sentence.start, verb.start)
        if match is None and verb.says.get("them") and not self._named_by(scene, "collectives", before, verb):
            return Who(listed_before(self.every, scene))
        return collective(self.every, scene, Extent(match.start(), match.end())) if match else NOBODY

    def is_ours(self, scene: Scene, verb: Extent) -> bool:
        """Tell whether the form of the verb itself says "we"."""
        return bool(self._cue("we_forms").search(self.found.text.plain, verb.start, verb.end))

    def _subject(self, scene: Scene, verb: Extent) -> Who:
        """Return the subject that stands in the clause of a verb, or in the one before it."""
        found = who(self.every, scene, verb)
        clause = scene.clause_of(verb)
        if found.extent is None or clause.start <= found.extent.start:
            return found
        first = scene.clauses[0]
        return found if first.start <= found.extent.start else NOBODY

    def _own(self, scene: Scene, verb: Extent) -> Who | None:
        """Return the actor right before a verb and after ", and": no list goes on there, a clause begins."""
        near = [one for one in scene.actors() if 0 <= verb.start - one.end <= 1]
        if not near or scene.is_passive(verb):
            return None
        opening = scene.found.text.plain[max(scene.sentence.start, near[0].start - 20) : near[0].start]
        if not _joint(scene.found.text.language).search(opening) or len(scene.listed_with(near[0])) > 2:
            return None
        return Who((near[0].entity,), Extent(near[0].start, near[0].end))

    def _named_by(self, scene: Scene, group: str, clause: Extent, verb: Extent) -> Extent | None:
        """Return where the first word of a group stands in the clause before its verb."""
        match = self._cue(group).search(self.found.text.plain, clause.start, verb.start)
        return Extent(match.start(), match.end()) if match else None

    def likely(self, scene: Scene, verb: Extent) -> tuple[str, ...]:
        """Return the state that a deed is most likely of whose doer is not said: the author's, the last."""
        return self.ours or acting_in(scene, verb) or self.host or acted_last(self.every, scene, verb)

    def giver(self, scene: Scene, verb: Extent) -> tuple[str, ...]:
        """Return who acts first in one of the two sentences before, or who is most likely."""
        for earlier in reversed(self.every[max(0, scene.number - 2) : scene.number]):
            acting = self._states_of(earlier, (one.entity for one in earlier.seen_actors()))
            if acting:
                return acting[:1]
        return self.likely(scene, verb)

    def _carried(self, scene: Scene, verb: Extent) -> Who:
        """Return the subject of the line that opens a list, for its items; or a group named before."""
        before = Extent(scene.sentence.start, verb.start)
        together = self._named_by(scene, "collectives", before, verb)
        if together:
            return collective(self.every, scene, together)
        if self._goes_on(scene, verb):
            return self._government(scene, before, verb)
        if scene.sentence.kind != "item":
            return NOBODY
        for earlier in reversed(self.every[: scene.number]):
            if earlier.sentence.kind != "item" and earlier.words(earlier.sentence).rstrip().endswith(":"):
                whole = Extent(earlier.sentence.end, earlier.sentence.end)
                named = self._named_by(earlier, "collectives", earlier.sentence, whole)
                if named:
                    return collective(self.every, earlier, named)
                first = [one for one in earlier.actors() if not earlier.is_hidden(one)]
                return Who(tuple(one.entity for one in earlier.listed_with(first[0]))) if first else NOBODY
        return NOBODY

    def _goes_on(self, scene: Scene, verb: Extent) -> bool:
        """Tell whether a verb opens a clause that goes on with the government of the one before it."""
        clause = scene.clause_of(verb)
        before = Extent(scene.sentence.start, clause.start)
        return (
            clause.start > scene.sentence.start
            and len(self.found.text.plain[clause.start : verb.start].split()) <= _ALONE
            and self._named_by(scene, "governments", before, Extent(clause.start, clause.start)) is not None
        )

    def voucher(self, scene: Scene, verb: Extent, end: int, subject: Who) -> Voucher:
        """Return who vouches for a promise whose verb and end are given: an official, or who says so."""
        quoted = is_quoted(scene, verb)
        persons = tuple(one for one in subject.ids if one.startswith("per:"))
        ids = sayer(self.every, scene, verb, end) or persons
        return Voucher(tuple(one for one in ids if one[:4] in ATTRIBUTED), quoted)

    def partners(self, scene: Scene, deed: Extent) -> tuple[str, ...]:
        """Return with whom something is done together that a deed names: "with IOM, a campaign"."""
        pattern = phrases(self.found.text.language, "commitments", "together_with")
        for match in pattern.finditer(self.found.text.plain, deed.start, min(deed.end, deed.start + _NEAR)):
            near = [one for one in scene.actors() if 0 <= one.start - match.end() <= 4]
            if near:
                return (near[0].entity,)
        return ()

    def states(self, scene: Scene, subject: Who, voucher: Voucher) -> tuple[str, ...]:
        """Return who is bound: the states behind the subject, else behind who vouches."""
        behind = (self._state_of(scene, one) or one for one in subject.ids or voucher.ids)
        return tuple(dict.fromkeys(behind))

    def _state_of(self, scene: Scene, actor: str) -> str | None:
        """Return the state of an actor; of a person without a known office, the one named beside it."""
        known = scene.country_of(actor)
        place = next((one for one in scene.mentions if one.entity == actor), None)
        if known or not actor.startswith(("per:", "org:")):
            return known
        if place is None:
            return (
                self._of_ministry(scene, actor) if actor.startswith("org:") else introduced(self.every, actor)
            )
        within = [scene.country_of(one.entity) for one in scene.nested if place.holds(one)]
        if any(within) or actor.startswith("org:"):
            return next((one for one in within if one), None) or self._of_ministry(scene, actor)
        beside = state_beside(scene, place) or introduced(self.every[: scene.number], actor)
        beside = beside or opening_capital(self.every, scene, place) or told_before(self.every, scene, place)
        if beside:
            return beside
        before = Extent(scene.sentence.start, max(scene.sentence.start, place.start - _BESIDE))
        told = Extent(before.end, place.start)
        return next(iter(named_by_office(self.every, scene, told) or self.ours or self.host), None)

    def _of_ministry(self, scene: Scene, actor: str) -> str | None:
        """Return the state of a ministry or government that no state is named with."""
        entity = self.found.entities.get(actor)
        if entity is None:
            return None
        own = entity.kind in {"government", "ministry", "agency", "institution"} or (
            entity.kind is None
            and self._cue("own_offices").match(entity.name)
            and not self._cue("not_own").search(entity.name)
        )
        before = Extent(scene.sentence.start, scene.sentence.start)
        near = acted_last(self.every, scene, before, True)
        return next(iter(self.ours or near or self.host), None) if own else None


@cache
def _joint(language: str) -> re.Pattern[str]:
    """Match text that ends in ", and" and an article."""
    section = cues(language, "clauses")
    joiner, article = phrase_pattern(section["joiners"]), phrase_pattern(section["determiners"])
    return re.compile(rf",\s+{joiner}\s+(?:{article}\s*)?$", re.IGNORECASE)
