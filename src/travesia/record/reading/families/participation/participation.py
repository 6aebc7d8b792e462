"""Participation: who signed, hosted, attended, sent somebody else, stayed away or was not invited.

One record a participant. What it was that they took part in is the gathering or the instrument that the
sentence speaks of, or the one that it means.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from travesia.record.reading.families.meetings.documents import Instruments
from travesia.record.reading.families.meetings.gatherings import Gatherings, guest_after
from travesia.record.reading.families.participation.having_the_floor import speakers_at
from travesia.record.reading.families.participation.hosts import host_titled, hosting
from travesia.record.reading.families.participation.part import Part
from travesia.record.reading.families.participation.partners import partners
from travesia.record.reading.families.participation.rolls import delegations, opening, rolls
from travesia.record.reading.families.participation.rosters import Roster, guests, roster
from travesia.record.reading.families.participation.seals import seals
from travesia.record.reading.families.participation.summing_up import summed_up
from travesia.record.reading.families.participation.together import FAR, spoken_of, together
from travesia.record.reading.families.participation.turned import (
    is_apposed,
    is_kept_away,
    is_only_wished,
    represented,
)
from travesia.record.reading.nouns import Extent, Mention
from travesia.record.reading.scenes import PERSONS, Scene
from travesia.record.reading.triggers import Trigger, find_triggers, phrases, phrases_at_end

TOPIC = "participation"

_NEAREST = 60
"""How far after "in place of" whom somebody stands in for is named at most, in code points."""

_FEW = 2
"""More names than these sign what the text spoke of before: "Chile, Peru and Brazil signed it"."""

_SMALL = 8
"""How long an article or "and the" after the comma of a list is at most, in code points."""

_PRESENT = ("host", "attended")
"""Roles of those who may be meant by "the six governments"."""


def parts(every: Sequence[Scene], met: Gatherings, written: Instruments) -> tuple[Part, ...]:
    """Find who took part in what, in the order of the text, each participant and role once."""
    found: dict[tuple[str, str, str], Part] = {}
    sealed_by = seals(every)
    sealed_as = frozenset(name.type for _, _, name in sealed_by)
    for scene, cue, name in sealed_by:
        text = written.sealed(scene)
        if text is not None:
            sealed = Part(scene, cue, name, "signatory", text.id, whole=True, state=cue.says.get("for"))
            found[sealed.actor, sealed.role, sealed.of] = sealed
    for scene, cue, name in delegations(every):
        of, _ = _object(scene, cue, met, written)
        if of is not None:
            part = Part(scene, cue, name, str(cue.says["role"]), of, whole=True, state=cue.says["for"])
            found.setdefault((part.actor, part.role, part.of), part)
    for scene in every:
        if scene.is_endless:
            continue
        for part in _listed(every, scene, met, written):
            found.setdefault((part.actor, part.role, part.of), part)
        if scene.sentence.kind == "speaker":
            continue
        for part in _parts(every, scene, met, written, sealed_as, found.values()):
            key = (part.actor, part.role, part.of)
            found[key] = part if part.cue.says.get("closing") else found.get(key, part)
    return summed_up(every, met, found)


def _listed(every: Sequence[Scene], scene: Scene, met: Gatherings, written: Instruments) -> Iterator[Part]:
    """Yield those of a list with a label."""
    for cue, name in rolls(every, scene):
        of, ahead = _object(scene, cue, met, written)
        if cue.says["role"] == "signatory" and (text := written.sealed(scene)) is not None:
            of = text.id
        role = "expected" if ahead and cue.says["role"] == "attended" else str(cue.says["role"])
        if of is not None:
            yield Part(scene, cue, name, role, of, whole=True)


def _parts(
    every: Sequence[Scene], scene: Scene, met: Gatherings, written: Instruments, sealed: frozenset[str],
    before: Collection[Part],
) -> Iterator[Part]:  # fmt: skip
    """Yield those of a sentence; where a text ends in signatures, its opening tells who met.

    `sealed` are the types of the names that sign at the end: where persons do, the opening signs nothing.
    `before` are those of the text so far.
    """
    taken: list[Extent] = []
    used: set[int] = set()
    awaited = False
    for part in _makers(scene, written):
        if not sealed.intersection(PERSONS):
            yield part
        used |= set() if sealed else {part.name.start}
    for cue in _cues(scene):
        if any(cue.overlaps(one) for one in taken) or (cue.says.get("beside") and not used):
            continue
        if not holds(scene, cue, met) or (cue.says.get("echo") and not _repeats(every, scene, cue)):
            continue
        of, ahead = _object(scene, cue, met, written)
        if of is None and cue.says.get("word") and len(roster(every, scene, cue).names) > _FEW:
            listed_below = scene.words(scene.sentence).rstrip().endswith(":")
            text = written.at_hand(scene) if listed_below else written.meant(scene)
            of = text.id if text is not None else None
        told_of_another = cue.says.get("guests") and cue.says.get("ahead") and not ahead
        found = of is not None and not told_of_another
        listed = _named_or_meant(every, scene, cue, before) if found else Roster(())
        role = str(cue.says["role"])
        if role not in {"not_invited", "boycotted"} and _is_neither(scene, listed.names):
            continue
        if len(listed.names) > 1:
            role = str(cue.says.get("several", role))
        if role == "attended" and (ahead or (cue.says.get("beside") and awaited)):
            role = "expected"
        awaited = role == "expected"
        for name in listed.names:
            if role == "attended" and name.start in used:
                continue
            used.add(name.start)
            away = _replaced(scene, cue, name)
            state = listed.state or (scene.country_of(away.entity) if away is not None else None)
            state = state or _told_state(scene, cue, name)
            here = "expected" if role == "boycotted" and is_kept_away(scene, cue, name) else role
            yield Part(scene, cue, name, here, str(of), listed.whole, state, away)
            kept = _kept_away(scene, away)
            if away is not None and kept is not None:
                yield Part(scene, kept, away, "boycotted", str(of))
        host, place = hosting(scene, listed.names), met.meant(scene, cue, ahead)
        if host is not None and place is not None:
            yield Part(scene, cue, host, "host", place.id)
        for name in guests(scene, cue) if listed.names else ():
            used.add(name.start)
            yield Part(scene, cue, name, "expected" if ahead else "attended", str(of))
        if listed.names:
            taken.append(cue)
    yield from _beside(scene, met, written, used)


def _makers(scene: Scene, written: Instruments) -> Iterator[Part]:
    """Yield who makes a declaration, by its opening: "We, the ministers of"."""
    makers = opening(scene)
    text = written.at_hand(scene) if makers else None
    if text is not None:
        head = Trigger(scene.sentence.start, makers[0].start, {"role": "signatory"})
        yield from (Part(scene, head, name, "signatory", text.id, whole=True) for name in makers)


def _named_or_meant(every: Sequence[Scene], scene: Scene, cue: Trigger, before: Collection[Part]) -> Roster:
    """Return whom a cue names, or those told before who sign together: "both governments"."""
    words = spoken_of(scene, cue) if cue.says["role"] == "signatory" else None
    if words is None:
        return roster(every, scene, cue)
    near = (one for one in before if scene.number - one.scene.number <= FAR)
    return Roster(together(every, scene, words, [one.name for one in near if one.role in _PRESENT]))


def _beside(scene: Scene, met: Gatherings, written: Instruments, used: set[int]) -> Iterator[Part]:
    """Yield those of whom no verb says a role: hosts, partners of an agreement, who has the floor."""
    for cue, name in host_titled(scene):
        gathering = met.meant(scene, cue, ahead=False)
        if gathering is not None and name.start not in used:
            yield Part(scene, cue, name, "host", gathering.id)
    for cue, name, of in partners(scene, written):
        yield Part(scene, cue, name, "signatory", of)
    for cue, name in speakers_at(scene, met):
        if name.start not in used:
            gathering = met.meant(scene, cue, ahead=False)
            if gathering is not None and not gathering.ahead:
                yield Part(scene, cue, name, "attended", gathering.id)


def _cues(scene: Scene) -> list[Trigger]:
    """Return the cues of a sentence that stand in no name, and the opening of a declaration."""
    listed = scene.words(scene.sentence).rstrip().endswith(":")
    if not scene.actors() and not listed and not scene.stretches(TOPIC, "together"):
        return []
    names = [one for one in scene.mentions if one.type not in {"GPE", "PER"}]
    cues = find_triggers(scene.found.text, TOPIC, "roles", scene.sentence)
    return [_turned(scene, cue) for cue in cues if not any(one.holds(cue) for one in names)]


def _turned(scene: Scene, cue: Trigger) -> Trigger:
    """Return a cue as what it means where it stands: "Uganda, the host,", "neither was invited"."""
    words, language = scene.words(cue), scene.found.text.language
    if cue.says["role"] == "expected" and phrases(language, TOPIC, "invited").search(words):
        clause = scene.clause_of(cue)
        before = scene.found.text.plain[clause.start : cue.start]
        neither = phrases(language, TOPIC, "neither").search(before)
        if neither is not None and any(one.start >= clause.start + neither.end() for one in scene.actors()):
            return Trigger(cue.start, cue.end, {"role": "not_invited", "side": "before"})
    end = cue.end - words.endswith(",")
    apposed = cue.says["role"] == "host" and scene.found.text.plain[end : end + 1] == ","
    near = [one for one in scene.actors() if 0 < cue.start - one.end <= len(", ")]
    if not apposed or not near or scene.found.text.plain[near[-1].end : cue.start].strip() != ",":
        return cue
    return Trigger(cue.start, end, {"role": "host", "side": "apposed"})


def holds(scene: Scene, cue: Trigger, met: Gatherings) -> bool:
    """Tell whether a cue means what it says: no "not" before it, a guest or a meeting where it needs one."""
    if cue.says.get("guests") and guest_after(scene, cue) is None:
        return False
    if cue.says["role"] == "host" and not cue.says.get("works") and not met.told_in(scene):
        return is_apposed(scene, cue) if cue.says["side"] == "before" else not _is_in_office(scene, cue)
    if cue.says["role"] in {"not_invited", "boycotted", "attended_as_replacement"}:
        return True
    plain, language = scene.found.text.plain, scene.found.text.language
    if cue.says["side"] == "before" and is_only_wished(scene, cue):
        return False
    start = max(scene.clause_of(cue).start, cue.start - _NEAREST)
    before = re.split(r"[,;:]\s", plain[start : cue.start])[-1]
    negations = phrases(language, "clauses", "negations")
    denied = negations.search(before)
    if denied is None or cue.says["side"] == "before":
        return denied is None
    joined = phrases_at_end(language, "clauses", "joiners").search(before)
    if joined is not None and not negations.search(joined[0]):
        return True  # "It has no legal force and bears the signatures of Chile and Peru."
    # "Peru did not sign the text adopted by Chile": what is denied has its own verb.
    between = Extent(cue.start - len(before) + denied.end(), cue.start)
    return bool(find_triggers(scene.found.text, TOPIC, "roles", between))


def _is_in_office(scene: Scene, cue: Trigger) -> bool:
    """Tell whether somebody presides over a state: "a measure taken under the presidency of Donald Trump"."""
    presides = phrases(scene.found.text.language, TOPIC, "in_office").search(scene.words(cue))
    after = next((one for one in scene.actors() if one.start >= cue.end), None)
    return presides is not None and after is not None and after.type in PERSONS


def _repeats(every: Sequence[Scene], scene: Scene, cue: Trigger) -> bool:
    """Tell whether words such as "Spain followed" repeat a role of this sentence or the one before."""
    before = every[max(scene.number - 1, 0)].sentence.start
    cues = find_triggers(scene.found.text, TOPIC, "roles", Extent(before, cue.start))
    return any(one.says["role"] == cue.says["role"] and not one.says.get("echo") for one in cues)


def _object(
    scene: Scene, cue: Trigger, met: Gatherings, written: Instruments
) -> tuple[str | None, bool]:  # fmt: skip
    """Return what a cue speaks of, an instrument or a gathering, and whether that was still to come."""
    if cue.says.get("closing"):
        own = written.at_hand(scene)
        return (own.id if own else None), False
    if cue.says["role"] == "signatory":
        here = written.signed_in(scene, cue)
        if here is None and (cue.says.get("side") == "after" or not cue.says.get("word")):
            here = written.meant(scene)
        return (here.id if here else None), False
    ahead = bool(cue.says.get("ahead"))
    gathering = met.meant(scene, cue, ahead)
    if gathering is None and cue.says["role"] == "not_invited":
        # Where a text tells of no meeting, who was not asked was not asked to sign.
        text = written.at_hand(scene)
        return (text.id if text else None), False
    return (gathering.id, gathering.ahead) if gathering else (None, False)


def _is_neither(scene: Scene, names: Sequence[Mention]) -> bool:
    """Tell whether a list of names is one of those who did not: "neither Chile nor Peru signed"."""
    if not names:
        return False
    before = scene.found.text.plain[max(scene.sentence.start, names[0].start - _SMALL) : names[0].start]
    return phrases(scene.found.text.language, TOPIC, "neither").search(before) is not None


def _told_state(scene: Scene, cue: Trigger, name: Mention) -> str | None:
    """Return the state for which words such as "represented Spain" say that a person was there."""
    inside = [one.entity for one in scene.mentions if cue.holds(one) and one.entity.startswith("cty:")]
    return inside[0] if inside and name.type in PERSONS else None


def _replaced(scene: Scene, cue: Trigger, name: Mention) -> Mention | None:
    """Return whom somebody stands in for: who is represented, or is named after "in place of"."""
    if cue.says["role"] != "attended_as_replacement":
        return None
    away = represented(scene, cue)
    if away is not None and away.entity != name.entity:
        return away
    pattern = phrases(scene.found.text.language, TOPIC, "replaces")
    for match in pattern.finditer(scene.found.text.plain, scene.sentence.start, scene.sentence.end):
        after = [
            one
            for one in scene.actors()
            if one.type in PERSONS and 0 <= one.start - match.end() <= _NEAREST and one.entity != name.entity
        ]
        if after:
            return after[0]
    return None


def _kept_away(scene: Scene, away: Mention | None) -> Trigger | None:
    """Return the words beside somebody who is represented that tell what kept him: ", held up in Lima,"."""
    if away is None:
        return None
    plain, end = scene.found.text.plain, scene.sentence.end
    awaited = phrases(scene.found.text.language, TOPIC, "awaited").search(plain, away.end, end)
    if awaited is not None and awaited.start() - away.end <= _NEAREST:
        return Trigger(awaited.start(), awaited.end(), {"role": "boycotted", "side": "before"})
    pattern = phrases(scene.found.text.language, TOPIC, "hindered")
    match = pattern.search(plain, away.end, min(end, away.end + _NEAREST))
    if match is None or not re.fullmatch(r",\s+(?:\w+\s+)?", plain[away.end : match.start()]):
        return None
    stop = re.compile(r"[,;.](?!\d)").search(plain, match.end(), end)
    reach = stop.start() if stop else end
    return Trigger(match.start(), reach, {"role": "boycotted", "side": "before", "why": True})
