"""Scenes: a sentence with all that was found in it, and who does what in it.

There is no grammar here, only the order of words that news and communiqués keep to: the subject is the first
actor of a clause that no preposition hides, or the one that stands right before the verb; in a passive it
follows "by"; "we" is the author. What none of this settles is left open.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import TypeVar

from travesia.record.reading.nouns import Extent, Found, Mention, Quantity, Sentence, When
from travesia.record.reading.once import once
from travesia.record.reading.small_words import (
    between_office,
    bridging,
    head_noun,
    hiding,
    joining,
    joining_persons,
    joining_unnamed,
    many_unnamed,
    opening_clause,
    whose_office,
)
from travesia.record.reading.triggers import find_triggers, phrases, phrases_at_end, within

_T = TypeVar("_T", bound=Extent)

ACTORS = ("GPE", "GPE_METONYM", "ORG", "PER", "PER_ROLE")
"""Mentions of those who can act by themselves; a nationality acts where an office or a body follows."""

PERSONS = ("PER", "PER_ROLE")

_NAMED = {"ORG", "PER", "GPE", "LOC", "BORDER"}

_ENDLESS = 8000
"""Longest sentence in which who does what is looked for by some families, in code points."""

_TOO_LONG = 2500
"""Longest sentence in which others look, in code points."""

_NEAR = 40
"""How far before a verb its auxiliaries are looked for, in code points."""


_BESIDE = re.compile(r",?\s+(?:(?:[A-ZÀ-Þ][\w.]{0,4}\.|Mme|Mlle|Mrs?|Ms|Dr)\s+)?")
"""A comma and a form of address: "the minister of Chad, Mme Zara Ali"."""


@dataclass(frozen=True)
class Scene:
    """A sentence and what lies in it; `mentions` are flat ones, `clauses` cover the sentence."""

    found: Found
    number: int
    sentence: Sentence
    clauses: tuple[Extent, ...]
    mentions: tuple[Mention, ...]
    nested: tuple[Mention, ...]
    dates: tuple[When, ...]
    quantities: tuple[Quantity, ...]

    @property
    def is_endless(self) -> bool:
        """Whether the sentence is none that somebody wrote: a table or a dump in one line."""
        return self.sentence.end - self.sentence.start > _ENDLESS

    @property
    def is_too_long(self) -> bool:
        """Whether the sentence is rather a table or a line of data, for families that look at every verb."""
        return self.sentence.end - self.sentence.start > _TOO_LONG

    @property
    def is_question(self) -> bool:
        """Whether the sentence asks: it settles nothing that it speaks of."""
        return self.words(self.sentence).rstrip().endswith("?")

    def words(self, extent: Extent) -> str:
        """Return the plain text of a stretch."""
        return self.found.text.plain[extent.start : extent.end]

    def before(self, extent: Extent, reach: int) -> str:
        """Return the plain text that stands in the sentence right before a stretch, up to a length."""
        return self.found.text.plain[max(self.sentence.start, extent.start - reach) : extent.start]

    def stretches(self, topic: str, group: str) -> tuple[Extent, ...]:
        """Return where the phrases of a list of the cue file stand in the sentence.

        Raises ``KeyError`` for a list that `triggers` does not name among those sought in every sentence.
        """
        found = find_triggers(self.found.text, topic, group, self.sentence)
        return tuple(Extent(one.start, one.end) for one in found)

    def outside_names(self, found: Sequence[_T]) -> tuple[_T, ...]:
        """Return the stretches that are no words of a name: in the "Court of Appeal" nobody appeals."""
        names = [one for one in self.mentions if one.type in _NAMED]
        return tuple(one for one in found if not any(name.holds(one) for name in names))

    def clause_of(self, extent: Extent) -> Extent:
        """Return the clause in which a stretch starts."""
        return next(clause for clause in reversed(self.clauses) if clause.start <= extent.start)

    def actors(self) -> tuple[Mention, ...]:
        """Return the mentions that can act: persons, states, bodies, and nationalities before an office."""
        return once(self, Scene._actors)

    def _actors(self) -> tuple[Mention, ...]:
        return tuple(one for one in self.mentions if one.type in ACTORS or self._acts_by_office(one))

    def seen_actors(self) -> tuple[Mention, ...]:
        """Return the actors that no preposition hides."""
        return once(self, Scene._seen_actors)

    def _seen_actors(self) -> tuple[Mention, ...]:
        return tuple(one for one in self.actors() if not self.is_hidden(one))

    def _acts_by_office(self, mention: Mention) -> bool:
        """Tell whether a nationality stands right before an office or body, or right after one."""
        after = self.found.text.plain[mention.end : self.sentence.end].lstrip()
        return mention.type == "NORP" and (
            bool(self._cue("heads").match(after)) or self._office_before(mention) is not None
        )

    def _office_before(self, mention: Mention) -> int | None:
        """Return where the office or body begins that a nationality ends: "el ministro chileno"."""
        if mention.type != "NORP":
            return None
        start = max(self.sentence.start, mention.start - _NEAR)
        found = phrases_at_end(self.found.text.language, "clauses", "heads").search(
            self.found.text.plain[start : mention.start]
        )
        return start + found.start() if found else None

    def _cue(self, group: str) -> re.Pattern[str]:
        return phrases(self.found.text.language, "clauses", group)

    def country_of(self, entity: str) -> str | None:
        """Return the country (``cty:XXX``) that an entity is, leads or belongs to; ``None`` if not known."""
        if entity.startswith("cty:"):
            return entity
        known = self.found.entities.get(entity)
        if known is None:
            return None
        offices = (body for _, body in known.roles if body.startswith("cty:"))
        return next(offices, f"cty:{known.country}" if known.country else None)

    def is_passive(self, verb: Extent) -> bool:
        """Tell whether the verb stands in the passive, by the auxiliary right before it."""
        before = self.before(verb, _NEAR)
        if self.found.text.language == "en" and self.words(verb).partition(" ")[0].endswith("ing"):
            return False
        return phrases_at_end(self.found.text.language, "clauses", "passives").search(before) is not None

    def is_negated(self, verb: Extent) -> bool:
        """Tell whether a negation of the same clause stands shortly before the verb."""
        return self._near_before(verb, "negations") is not None

    def _near_before(self, verb: Extent, group: str) -> re.Match[str] | None:
        start = max(self.clause_of(verb).start, verb.start - _NEAR)
        return self._cue(group).search(self.found.text.plain, start, verb.end)

    def modality(self, verb: Extent) -> str:
        """Return the modality of a verb by its auxiliaries: did_not_happen only ever follows from more."""
        for group in ("scheduled", "conditional", "intended", "ongoing"):
            if self._near_before(verb, group):
                return group
        return "actual"

    def subjects_of(self, verb: Extent) -> tuple[Mention, ...]:
        """Return who does it: one mention, or the members of a list joined by commas and "and".

        Empty where the text does not settle it; see `stands_for_author` for "we".
        """
        clause = self.clause_of(verb)
        if self.is_passive(verb):
            return self.agents_of(verb)
        actors = self.seen_actors()
        here = [one for one in actors if clause.start <= one.start and one.end <= verb.start]
        if here:
            if self.is_beside_unnamed(here[-1], verb) is False:
                return ()
            near = len(self._between(here[-1], verb).split()) <= 2
            return self.listed_with(here[-1] if near else self.in_person(here[0]))
        if self.is_author(verb):
            return ()
        after = next((one for one in actors if one.start >= verb.end), None)
        if after and _only_small(self, verb, after):
            return self.listed_with(after)
        earlier = [one for one in actors if one.end <= clause.start]
        return self.listed_with(self.in_person(earlier[0])) if earlier else ()

    def in_person(self, mention: Mention) -> Mention:
        """Return who holds an office whose state is named first: "the president of Chile, Gabriel Boric"."""
        after = [one for one in self.actors() if one.start >= mention.end]
        if mention.type in PERSONS or not after or after[0].type not in PERSONS:
            return mention
        before = self.before(mention, 2 * _NEAR)
        between, language = self._between(mention, after[0]), self.found.text.language
        alone = _BESIDE.fullmatch(between) and (mention.type == "NORP" or hiding(language).search(before))
        return after[0] if alone or whose_office(language).fullmatch(between) else mention

    def _between(self, first: Extent, second: Extent) -> str:
        return self.found.text.plain[first.end : second.start]

    def is_hidden(self, mention: Mention) -> bool:
        """Tell whether a preposition before a name, or before its list, hides it from being a subject.

        "Governments of" excuses one, "embassy in" does not.
        """
        first = self.listed_with(mention)[0]
        office = self._office_before(first)
        start = first.start if office is None else office
        before = self.found.text.plain[max(self.sentence.start, start - 2 * _NEAR) : start]
        if self._is_aside(mention) or self._is_of_scheme(mention):
            return True
        hidden = hiding(self.found.text.language).search(before)
        if hidden is None or phrases_at_end(self.found.text.language, "clauses", "topics").search(before):
            return False
        headed = head_noun(self.found.text.language).search(before[: hidden.start()])
        return headed is None or self._cue("places").match(hidden.group()) is not None

    def _is_aside(self, mention: Mention) -> bool:
        """Tell whether a state is in what is said of the person before it: "Ana Lima, Peru's president,"."""
        plain = self.found.text.plain
        if plain[mention.end : mention.end + 2] != "'s":
            return False
        person = any(one.type == "PER" and plain[one.end : mention.start] == ", " for one in self.mentions)
        return (
            person
            and whose_office(self.found.text.language).match(plain, mention.end, self.sentence.end)
            is not None
        )

    def _is_of_scheme(self, mention: Mention) -> bool:
        """Tell whether a state only says which scheme is meant: "the Cuba and Haiti parole processes"."""
        if mention.type != "GPE":
            return False
        after = self.listed_with(mention)[-1].end + 1
        return self._cue("schemes").match(self.found.text.plain, after, self.sentence.end) is not None

    def agents_of(self, verb: Extent) -> tuple[Mention, ...]:
        """Return who does it in a passive: the actors that follow "by" in the sentence."""
        end = self.sentence.end
        agent = self._cue("agents").search(self.found.text.plain, verb.end, end)
        if not agent:
            return ()
        after = [one for one in self.actors() if agent.end() <= one.start]
        near = [one for one in after if one.start - agent.end() <= _NEAR]
        return self.listed_with(near[0]) if near else ()

    def is_beside_unnamed(self, name: Mention, verb: Extent) -> bool | None:
        """Tell whether states that nobody names act with a name: "Peru and nineteen other countries signed".

        ``False`` where they act alone, "Cuba was not invited, some twenty countries signed"; ``None`` where
        none stand between the name and the verb.
        """
        between, language = self._between(name, verb), self.found.text.language
        many = many_unnamed(language).search(between)
        if many is None:
            return None
        if joining_unnamed(language).fullmatch(between, 0, many.start()):
            return True
        return False if re.search(r"[,;:]", between[: many.start()]) else None

    def is_author(self, verb: Extent) -> bool:
        """Tell whether "we" or "I" is the subject of a verb: the pronoun stands right before it."""
        start = max(self.clause_of(verb).start, verb.start - _NEAR)
        return self._cue("we").search(self.found.text.plain, start, verb.start) is not None

    def listed_with(self, mention: Mention) -> tuple[Mention, ...]:
        """Return the list of names that a mention belongs to: actors with only commas and joiners between."""
        return once(self, Scene._lists).get(mention, (mention,))

    def _lists(self) -> Mapping[Mention, tuple[Mention, ...]]:
        rows: list[list[Mention]] = []
        short: dict[Mention, Mention] = {}
        for actor in self._apart():
            if rows and actor.entity == rows[-1][-1].entity and self._between(rows[-1][-1], actor) == " (":
                short[actor] = rows[-1][-1]
            elif rows and self._is_list(rows[-1][-1], actor):
                rows[-1].append(actor)
            else:
                rows.append([actor])
        # "According to the White House, Spain will": two names and a comma are no list.
        lists = [row for row in rows if len(row) > 2 or (len(row) == 2 and self._has_joiner(*row))]
        found = {one: tuple(row) for row in lists for one in row}
        # "The Organization for Migration (IOM) and Spain": the letters belong to the list as their name does.
        return MappingProxyType(found | {one: found[name] for one, name in short.items() if name in found})

    def _apart(self) -> Iterator[Mention]:
        """Return the actors, without the nationality in an office right before who holds it."""
        actors = self.actors()
        office = between_office(self.found.text.language)
        held = {
            one
            for one, after in pairwise(actors)
            if one.type == "NORP" and after.type in PERSONS and office.fullmatch(self._between(one, after))
        }
        return (one for one in actors if one not in held)

    def _has_joiner(self, left: Mention, right: Mention) -> bool:
        return self._cue("joiners").search(self._between(left, right)) is not None

    def _is_list(self, left: Mention, right: Mention) -> bool:
        between, language = self._between(left, right), self.found.text.language
        if left.type in PERSONS and right.type in PERSONS:
            return joining_persons(language).fullmatch(between) is not None
        # "The president of Zambia, Moses Chileshe": a comma alone sets a name beside its office.
        if (left.type in PERSONS) != (right.type in PERSONS) and not self._cue("joiners").search(between):
            return False
        if joining(language).fullmatch(between):
            return True
        return left.type == right.type == "GPE" and bridging(language).fullmatch(between) is not None


def before_in_paragraph(every: Sequence[Scene], scene: Scene) -> Scene | None:
    """Return the sentence right before one, where no line ends between them."""
    last = every[scene.number - 1] if scene.number else None
    apart = last is None or "\n" in scene.found.text.plain[last.sentence.end : scene.sentence.start]
    return None if apart else last


def opening_state(every: Sequence[Scene], scene: Scene, reach: int) -> Mention | None:
    """Return the state with which the sentence before opens, in the same paragraph: it is told of still."""
    last = before_in_paragraph(every, scene)
    first = next(iter(last.seen_actors()), None) if last is not None else None
    if last is None or first is None or first.start - last.sentence.start > reach:
        return None
    return first if first.type == "GPE" else None


def scenes(found: Found) -> tuple[Scene, ...]:
    """Cut a text into its scenes, in order; once, however many families ask."""
    return once(found, _scenes)


def _scenes(found: Found) -> tuple[Scene, ...]:
    flat = [one for one in found.mentions if not one.nested]
    nested = [one for one in found.mentions if one.nested]
    return tuple(
        Scene(
            found=found,
            number=number,
            sentence=sentence,
            clauses=_clauses(found, sentence),
            mentions=within(flat, sentence),
            nested=within(nested, sentence),
            dates=within(found.dates, sentence),
            quantities=within(found.quantities, sentence),
        )
        for number, sentence in enumerate(found.text.sentences)
    )


def _clauses(found: Found, sentence: Sentence) -> tuple[Extent, ...]:
    """Cut a sentence where a clause opens; names and lists are never cut."""
    plain = found.text.plain
    starts = [sentence.start]
    taken = [one for one in within(found.mentions, sentence) if not one.nested]
    for match in opening_clause(found.text.language).finditer(plain, sentence.start, sentence.end):
        at = match.start()
        before = bisect_left(taken, at, key=lambda one: one.start) - 1
        if at > starts[-1] and not (before >= 0 and at < taken[before].end):
            starts.append(at)
    return tuple(Extent(start, end) for start, end in zip(starts, [*starts[1:], sentence.end], strict=True))


def _only_small(scene: Scene, verb: Extent, actor: Mention) -> bool:
    return len(scene.found.text.plain[verb.end : actor.start].split()) <= 2
