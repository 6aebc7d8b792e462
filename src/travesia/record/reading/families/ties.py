"""Ties between actors: two states with what stands between them, recruiters with whom they recruit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from travesia.record.reading.naming import record_id
from travesia.record.reading.nouns import Extent, Mention, Proposal
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import Trigger, find_triggers, phrases

_TOPIC = "relations"
_NEAR = 80
"""How far from its words the sides of a relation are looked for, in code points."""

_BESIDE = 15
"""How far behind a verb of blame those whom it blames may stand, in code points."""

_FRICTION = {"tension", "dispute"}
_MUTUAL = {"partnership", "partnership_with_friction", "cooperation", "dispute", "tension", "neighbour"}

Pair = tuple[str, str]


def ties(scene: Scene) -> Iterator[Proposal]:
    """Propose the relations that a sentence tells of: only where both sides are named.

    Two states that are partners and at odds in one sentence have one relation, a partnership with friction.
    """
    told: dict[Pair, list[Trigger]] = {}
    loose: list[Trigger] = []
    traded = scene.stretches(_TOPIC, "trade_partners")
    for cue in find_triggers(scene.found.text, _TOPIC, "kinds", scene.sentence):
        pair = None if any(one.overlaps(cue) for one in traded) else _pair(scene, cue)
        if pair is not None:
            back = (pair[1], pair[0])
            told.setdefault(back if back in told else pair, []).append(cue)
        elif cue.says["kind"] in _FRICTION and not traded:
            loose.append(cue)
    if len(told) == 1 and loose:  # partners "at odds" need not be named again
        next(iter(told.values())).extend(loose)
    for pair, found in told.items():
        kinds = {str(one.says["kind"]) for one in found}
        if "partnership" in kinds and kinds & _FRICTION:
            yield _relation(scene, found, pair, "partnership_with_friction")
        else:
            for kind in sorted(kinds):
                yield _relation(scene, [one for one in found if one.says["kind"] == kind], pair, kind)
    yield from _trade(scene, traded)
    yield from _recruitment(scene)


def _trade(scene: Scene, traded: Sequence[Extent]) -> Iterator[Proposal]:
    """Propose on whom somebody's trade depends: "the main trading partner of", "on which they depend for"."""
    plain, end = scene.found.text.plain, scene.sentence.end
    for cue in traded:
        before = [one for one in scene.actors() if one.end <= cue.start]
        after = [one for one in scene.mentions if 0 <= one.start - cue.end <= _NEAR // 2]
        if before and after and after[0].type in {"GPE", "LOC", "NORP", "ORG"}:
            pair = _states(scene, (after[0], before[-1]))
            if len(pair) == 2:
                trigger = Trigger(cue.start, cue.end)
                yield _relation(scene, [trigger], (pair[0], pair[1]), "commercial_dependence")
    for cue in scene.stretches(_TOPIC, "depended_on"):
        before = [one for one in scene.actors() if plain[one.end : cue.start] == ", "]
        depends = phrases(scene.found.text.language, _TOPIC, "depends").search(
            plain, cue.end, min(end, cue.end + _NEAR)
        )
        if before and depends:
            who = Extent(cue.end + 1, depends.start())
            named = [one for one in scene.mentions if who.holds(one) and one.type in {"GPE", "LOC"}]
            source = _states(scene, named)[0] if named else scene.found.text.original[who.start : who.end]
            trigger = Trigger(cue.start, depends.end())
            yield _relation(
                scene, [trigger], (source.strip(), _states(scene, before)[0]), "commercial_dependence"
            )


def _pair(scene: Scene, cue: Trigger) -> Pair | None:
    """Return the two sides: subject and who follows, two who follow or precede, "between A and B"."""
    sides = [one for one in scene.mentions if one in scene.actors() or one.type == "LOC"]
    after = _states(scene, [one for one in sides if 0 <= one.start - cue.end <= _NEAR])
    actors = _subjects(scene, cue)
    subjects = _states(scene, actors)
    kind = str(cue.says["kind"])
    bare = bool(cue.says.get("bare"))
    if bare and actors and cue.start - actors[-1].end > _NEAR // 2:
        return None
    if kind in _MUTUAL and len(subjects) == 2 and (bare or not after):
        return subjects[0], subjects[1]
    if bare:
        return _between(scene, sides, cue)
    for source in subjects[:1] or after[:1]:
        others = [one for one in after if one != source]
        if kind == "commercial_dependence":  # on the trade of a state, not on the approval of a parliament
            others = [one for one in others[:1] if one.startswith(("cty:", "plc:"))]
        if others:
            return source, others[0]
    return _between(scene, sides, cue) if kind in _MUTUAL else None


def _subjects(scene: Scene, cue: Extent) -> Sequence[Mention]:
    """Return the subject of a clause for a noun in it, before which "are" is no passive."""
    if not scene.is_passive(cue):
        return scene.subjects_of(cue)
    clause = scene.clause_of(cue)
    before = [one for one in scene.actors() if clause.start <= one.start and one.end <= cue.start]
    shown = [one for one in before if not scene.is_hidden(one)]
    return scene.listed_with(shown[0]) if shown else ()


def _states(scene: Scene, mentions: Sequence[Mention]) -> list[str]:
    return list(dict.fromkeys(scene.country_of(one.entity) or one.entity for one in mentions))


def _between(scene: Scene, sides: Sequence[Mention], cue: Extent) -> Pair | None:
    """Return the two of "between A and B", if they stand near the words of a relation."""
    near = Extent(max(scene.sentence.start, cue.start - 2 * _NEAR), cue.end)
    for match in phrases(scene.found.text.language, _TOPIC, "between").finditer(
        scene.found.text.plain, near.start, near.end
    ):
        first = [one for one in sides if 0 <= one.start - match.end() <= 6]
        pair = _states(scene, scene.listed_with(first[0])) if first else []
        if len(pair) == 2:
            return pair[0], pair[1]
    return None


def _relation(scene: Scene, found: Sequence[Trigger], pair: Pair, kind: str) -> Proposal:
    first, last = found[0], found[-1]
    clause = scene.clause_of(first)
    evidence = Extent(max(clause.start, first.start - _NEAR), min(scene.sentence.end, last.end + _NEAR))
    fields = {"source": pair[0], "target": pair[1], "kind": kind}
    return Proposal(
        id=record_id(scene.found, "relation", evidence, str(fields)), type="relation", fields=fields,
        evidence=(evidence,), slots={"kind": Extent(first.start, first.end)},
    )  # fmt: skip


def criticism(scene: Scene, verb: Extent, source: str) -> Proposal | None:
    """Return that somebody criticises somebody: the actor right after a verb that accuses or opposes."""
    after = [one for one in scene.actors() if 0 <= one.start - verb.end <= _BESIDE]
    if not after or after[0].entity == source or scene.is_passive(verb):
        return None
    target = after[0]
    between = scene.words(Extent(verb.end, target.start))
    object_ = phrases(scene.found.text.language, _TOPIC, "objects").fullmatch(between.strip())
    if scene.is_hidden(target) and object_ is None:
        return None
    if re.match(r"'s?\b", scene.words(Extent(target.end, scene.sentence.end))):
        return None
    evidence = Extent(min(verb.start, target.start), target.end)
    fields = {"source": source, "target": target.entity, "kind": "criticism"}
    return Proposal(
        id=record_id(scene.found, "relation", evidence, str(fields)), type="relation", fields=fields,
        evidence=(evidence,), slots={"kind": Extent(verb.start, verb.end)},
    )  # fmt: skip


def _recruitment(scene: Scene) -> Iterator[Proposal]:
    """Propose that smugglers recruit people: they promise or sell them something, or spread falsehoods."""
    recruiters = scene.stretches(_TOPIC, "recruiters")
    verbs, falsehoods = (
        scene.stretches(_TOPIC, group) if recruiters else [] for group in ("recruits", "falsehoods")
    )
    for who in recruiters:
        after = [one for one in verbs if 0 <= one.start - who.end <= _NEAR and _joined(scene, who, one)]
        spread = [one for one in falsehoods if _spreads(scene, one, verbs, who)]
        if after:
            end = re.compile(r"[.;:](?!\d)|$").search(
                scene.words(scene.sentence), after[0].end - scene.sentence.start
            )
            last = scene.sentence.start + (end.start() if end else 0)
            yield _recruits(scene, who, Extent(who.start, last), after[0])
            return
        if spread:
            stretch = Extent(min(who.start, spread[0].start), max(who.end, spread[0].end))
            yield _recruits(scene, who, stretch, spread[0])
            return


def _joined(scene: Scene, first: Extent, second: Extent) -> bool:
    return re.search(r"[.;:]", scene.words(Extent(first.end, second.start))) is None


def _spreads(scene: Scene, falsehood: Extent, verbs: Sequence[Extent], who: Extent) -> bool:
    """Tell whether a falsehood is that of some recruiters: beside them, or with a verb between."""
    first, last = sorted((falsehood, who), key=lambda one: one.start)
    if last.start - first.end > _NEAR or not _joined(scene, first, last):
        return False
    return any(first.end <= one.start and one.end <= last.start for one in verbs)


def _recruits(scene: Scene, who: Extent, stretch: Extent, verb: Extent) -> Proposal:
    groups = [one for one in scene.mentions if one.type in {"GROUP", "NORP"}]
    own = [one for one in groups if one.overlaps(who)]
    source = own[0].entity if own else scene.found.text.original[who.start : who.end]
    others = [one for one in groups if stretch.holds(one) and one not in own]
    fields = {"source": source, "kind": "recruitment"} | ({"target": others[0].entity} if others else {})
    return Proposal(
        id=record_id(scene.found, "relation", stretch, "recruitment"), type="relation", fields=fields,
        evidence=(stretch,), modality="ongoing", slots={"kind": verb},
        abstained=() if others else ("target",),
    )  # fmt: skip
