"""Statements: who says what about what, and with which stance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from travesia.record.reading.families.statements.candidates import candidates
from travesia.record.reading.families.statements.guards import is_cited, is_no_saying, is_ruling
from travesia.record.reading.families.statements.quotes import is_all_quote, own_words, quoting
from travesia.record.reading.families.statements.speakers import (
    after_source,
    inverted,
    speaker,
    subject,
)
from travesia.record.reading.families.statements.stages import Stage, stage_of
from travesia.record.reading.families.statements.stances import (
    denies_or_assures,
    own_stance,
    stance_of,
    state_of,
    told_by_source,
    tone_of,
)
from travesia.record.reading.families.statements.topics import topic_around, topic_of, trimmed
from travesia.record.reading.families.statements.unlisted import fuller
from travesia.record.reading.families.ties import criticism
from travesia.record.reading.families.when import date_near
from travesia.record.reading.families.who import NOBODY, Who
from travesia.record.reading.naming import record_id
from travesia.record.reading.nouns import Extent, Found, Proposal
from travesia.record.reading.quotes import quoted_in
from travesia.record.reading.scenes import Scene, scenes
from travesia.record.reading.triggers import Trigger, find_triggers, phrases

_TOPIC = "statements"
_FARTHEST = 100
"""How far its subject may stand before a verb of saying, in code points; `_BESIDE` for doubtful ones."""

_BESIDE = 12
_FEW = 4
"""Most words between a verb and the subject that follows it: "said the foreign minister, Ana Ruiz"."""


@dataclass(frozen=True)
class _Said:
    """A verb of saying with who says it and what; `relay` is who passes it on, `source` an "according to".

    `carried` marks one that has its subject from the verb before: "praised the text and asked for more".
    """

    verb: Trigger
    who: Who
    topic: Extent | None
    stance: str
    source: bool = False
    relay: Who = NOBODY
    carried: bool = False


def statements(found: Found) -> Iterator[Proposal]:
    """Propose what speakers say, in order; what nobody in particular says is left out."""
    every = scenes(found)
    told = stage_of(found)
    quoted = NOBODY
    for scene in every:
        if scene.sentence.kind in {"heading", "dateline", "speaker"} or scene.is_too_long:
            continue
        every_said = [*_verbs(told, scene), *_sources(told, scene), *_nominal(told, scene)]
        if not every_said and quoted != NOBODY and is_all_quote(scene):
            every_said = [*_in_own_words(scene, own_words(scene), quoted)]
        quoted = _having_spoken(scene, every_said) or (quoted if is_all_quote(scene) else NOBODY)
        for said in _relayed(scene, _for_states(told, scene, every_said) or [*_answers(told, scene)]):
            yield _proposal(told, scene, said)
            blamed = said.verb if said.stance in {"accuse", "oppose"} and len(said.who.ids) == 1 else None
            if blamed is not None and (tie := criticism(scene, blamed, said.who.ids[0])) is not None:
                yield tie


def _for_states(told: Stage, scene: Scene, said: Sequence[_Said]) -> list[_Said]:
    """Let who speaks for a state have its stance: a minister says that his country supports something.

    The state itself says nothing there that he would pass on.
    """
    left = list(said)
    for outer in said:
        for inner in said:
            if outer is inner or inner not in left or not _passes_on(outer, inner):
                continue
            if inner.who.ids == (state_of(scene, outer.who) or told.home,):
                given = replace(outer, stance=own_stance(scene, outer.who, inner.verb, inner.stance))
                left = [given if one is outer else one for one in left if one is not inner]
                break
    return left


def _having_spoken(scene: Scene, said: Sequence[_Said]) -> Who | None:
    """Return who was quoted last in a sentence, whose words may go on in the next."""
    quotes = quoted_in(scene)
    spoken = [one.who for one in said if quotes and (one.verb.says.get("says") or one.carried)]
    return spoken[-1] if spoken else None


def _verbs(told: Stage, scene: Scene) -> Iterator[_Said]:
    """Yield what verbs of saying tell, each up to where the next with the same subject goes on."""
    seen: list[_Said] = []
    found = [*_spoken(told, scene)]
    firsts = own_words(scene)
    if firsts:
        found = [one for one in found if not any(first.overlaps(one.verb) for first in firsts)]
    for number, one in enumerate(found):
        inside = [first for first in firsts if _quotes(scene, one, first)]
        if inside:
            yield from _in_own_words(scene, inside, one.who)
            continue
        after = found[number + 1] if number + 1 < len(found) else None
        until = after.verb.start if after is not None and after.carried else scene.sentence.end
        topic = one.topic
        if topic is not None and topic.start < until < topic.end:
            topic = trimmed(scene, Extent(topic.start, until), joined=True)
        stance = stance_of(scene, one.verb, one.who, topic, until)
        if stance is None or (one.carried and _only_promises(scene, one.verb, one.who)):
            continue
        said = replace(one, topic=topic, stance=stance)
        if not any(_is_again(said, before) for before in seen):
            seen.append(said)
            yield said


def _quotes(scene: Scene, one: _Said, first: Extent) -> bool:
    """Tell whether some words stand in the quote of which a verb tells who says it."""
    if one.topic is None or not one.verb.says.get("says"):
        return False
    return any(quote.holds(first) and quote.overlaps(one.topic) for quote in quoted_in(scene))


def _in_own_words(scene: Scene, firsts: Sequence[Trigger], who: Who) -> Iterator[_Said]:
    """Yield where a speaker says in a quote that he stands: "we thank the state and we urge the others"."""
    for number, first in enumerate(firsts):
        after = firsts[number + 1] if number + 1 < len(firsts) else None
        quote = next(one for one in quoted_in(scene) if one.holds(first))
        end = after.start if after is not None and quote.holds(after) else quote.end
        topic = trimmed(scene, Extent(first.end, end), joined=True)
        yield _Said(first, Who(who.ids), topic, str(first.says["stance"]), carried=True)


def _is_again(one: _Said, before: _Said) -> bool:
    """Tell whether a statement only repeats one: the same stance of the same speaker on the same words."""
    if (one.who.ids, one.stance) != (before.who.ids, before.stance):
        return False
    return one.topic is None or before.topic is None or one.topic.overlaps(before.topic)


def _spoken(told: Stage, scene: Scene) -> Iterator[_Said]:
    """Yield who says something with which verb; the stance is left open."""
    taken = [*scene.mentions, *scene.nested]
    last: _Said | None = None
    sources = scene.stretches(_TOPIC, "sources")
    for verb in (*find_triggers(scene.found.text, _TOPIC, "verbs", scene.sentence), *quoting(scene)):
        if any(one.overlaps(verb) for one in (*sources, *taken)):
            continue
        if is_no_saying(scene, verb):
            continue
        goes_on = last is not None and _goes_on(scene, last, verb) and not _is_turned(told, scene, verb)
        who = last.who if last is not None and goes_on else _speaker(told, scene, verb)
        if last is not None and (
            _adds_to(scene, last, verb) or (who == NOBODY and _trails(scene, last, verb))
        ):
            who, goes_on = last.who, True
        if who == NOBODY or is_ruling(scene, verb, who) or is_cited(scene, verb, who):
            continue
        last = _Said(verb, who, topic_of(scene, verb, who, goes_on), "", carried=goes_on)
        yield last


def _answers(told: Stage, scene: Scene) -> Iterator[_Said]:
    """Yield what an answer rules out or denies without a verb of saying: "No. We will not close it"."""
    voice = told.voice(scene)
    if not told.has_turns or voice == NOBODY or scene.is_question:
        return
    found = denies_or_assures(scene, told.home)
    if found is not None:
        cue, stance = found
        topic = trimmed(scene, Extent(cue.end, scene.sentence.end))
        yield _Said(Trigger(cue.start, cue.end, {"stance": stance}), voice, topic, stance)


def _goes_on(scene: Scene, last: _Said, verb: Trigger) -> bool:
    """Tell whether a verb has the subject of the one before it: "... and called on the states"."""
    if verb.start <= last.verb.end or (last.who.extent is not None and last.who.extent.start > last.verb.end):
        return False
    language = scene.found.text.language
    between = scene.words(Extent(last.verb.end, verb.start))
    joiners, but, small = (
        phrases(language, topic, group).pattern
        for topic, group in (("clauses", "joiners"), (_TOPIC, "but"), (_TOPIC, "between"))
    )
    joint = rf"(?:{joiners}|{but}|[,;])\s+(?:{small}\s*){{0,2}}$"
    return re.search(joint, between, re.I) is not None


def _is_turned(told: Stage, scene: Scene, verb: Trigger) -> bool:
    """Tell whether the subject stands right after a verb of saying: '..., said the minister, Ana Ruiz'."""
    who = inverted(told, scene, verb, True) if verb.says.get("says") else NOBODY
    between = scene.words(Extent(verb.end, who.extent.start)) if who.extent else ""
    return who.extent is not None and verb.end < who.extent.start and len(between.split()) <= _FEW


def _adds_to(scene: Scene, last: _Said, verb: Trigger) -> bool:
    """Tell whether a verb is of who spoke before it, with an aside: "said X, of the union, who asked"."""
    if last.who.extent is None or last.who.extent.start < last.verb.end:
        return False
    relatives = phrases(scene.found.text.language, _TOPIC, "relatives").pattern
    between = scene.words(Extent(last.who.extent.end, max(last.who.extent.end, verb.start)))
    return re.fullmatch(rf',\s[^,;.:"]+,\s{relatives}\s(?:\w+\s)?', between, re.I) is not None


def _trails(scene: Scene, last: _Said, verb: Trigger) -> bool:
    """Tell whether a verb after a comma has no subject of its own: "..., while pressing the state"."""
    between = Extent(last.verb.end, verb.start)
    named = any(between.holds(one) and not scene.is_hidden(one) for one in candidates(scene))
    return verb.start > last.verb.end and "," in scene.words(between)[-25:] and not named


def _speaker(told: Stage, scene: Scene, verb: Trigger) -> Who:
    if verb.says.get("voice"):
        return told.byline if told.voice(scene) == told.byline else NOBODY
    says = bool(verb.says.get("says"))
    way = subject if verb.says.get("colon") else inverted if verb.says.get("inverted") else speaker
    who = way(told, scene, verb, says)
    if who == NOBODY and verb.says.get("inverted") and _has_subject_before(scene, verb):
        who = subject(told, scene, verb, says)
    if who == NOBODY and verb.says.get("feels"):  # "appalled by the ruling" is no passive
        who = subject(told, scene, verb, says)
    if who == NOBODY and verb.says.get("inverted") and verb.says["stance"] == "assurance":
        who = _promising(told, scene, verb)
    farthest = _BESIDE if verb.says.get("near") else _FARTHEST
    if who.extent is not None and verb.start - who.extent.end > farthest:
        return NOBODY
    if who.extent is not None and len(who.ids) == 1 and who.ids[0][3:4] != ":":
        who = fuller(scene, who, verb)
    if verb.says.get("near") and not scene.is_author(verb):
        known = who.extent is not None and any(one.overlaps(who.extent) for one in candidates(scene))
        return who if known else NOBODY
    return who


def _has_subject_before(scene: Scene, verb: Extent) -> bool:
    """Tell whether "that" follows a verb, or it stands alone after a quote, as without a pronoun."""
    rest = scene.words(Extent(verb.end, scene.sentence.end)).lstrip()
    if phrases(scene.found.text.language, _TOPIC, "that").match(rest):
        return True
    return scene.before(verb, 4).rstrip(" ,").endswith('"') and not rest[:1].isalpha()


def _promising(told: Stage, scene: Scene, verb: Trigger) -> Who:
    """Return who promises something, right before the verb; what a state promises to do is a commitment."""
    who = speaker(told, scene, verb, says=True)
    if who.extent is None or not 0 <= verb.start - who.extent.end <= _BESIDE:
        return NOBODY
    return NOBODY if _only_promises(scene, verb, who) else who


def _only_promises(scene: Scene, verb: Trigger, who: Who) -> bool:
    """Tell whether a state or body promises to do something, which is a commitment and no statement."""
    if not verb.says.get("inverted") or verb.says["stance"] != "assurance" or who == NOBODY:
        return False
    words = scene.words(Extent(verb.end, min(scene.sentence.end, verb.end + _BESIDE)))
    that = phrases(scene.found.text.language, _TOPIC, "that").match(words.lstrip())
    return that is None and not who.ids[0].startswith("per:")


def _sources(told: Stage, scene: Scene) -> Iterator[_Said]:
    for cue in scene.stretches(_TOPIC, "sources"):
        who = after_source(told, scene, cue)
        if who.extent is None or who.extent.start - cue.end > 30:
            continue
        topic = topic_around(scene, cue, who.extent)
        yield _Said(_report(cue), who, topic, told_by_source(scene, topic), source=True)
    shown = scene.stretches(_TOPIC, "figures_show")[:1] if told.home else ()
    if shown and told.home:
        cue = _report(shown[0])
        yield _Said(cue, Who((told.home,), cue), topic_around(scene, cue, cue), "report", source=True)
    view = phrases(scene.found.text.language, _TOPIC, "in_view").match(
        scene.found.text.plain, scene.sentence.start
    )
    who = after_source(told, scene, Extent(view.start(), view.end())) if view else NOBODY
    if view is None or who.extent is None or who.extent.start - view.end() > _BESIDE:
        return
    rest = Extent(who.extent.end, scene.sentence.end)
    stance = tone_of(scene, rest) if scene.words(rest).startswith(",") else None
    if stance is None and any(rest.holds(one) for one in quoted_in(scene)):
        stance = "oppose"
    if stance is not None:
        yield _Said(Trigger(view.start(), view.end(), {"stance": stance}), who, trimmed(scene, rest), stance)


def _report(cue: Extent) -> Trigger:
    return Trigger(cue.start, cue.end, {"stance": "report"})


def _nominal(told: Stage, scene: Scene) -> Iterator[_Said]:
    """Yield where a noun tells what somebody thinks of it: "amid criticism from", "a petición de"."""
    for cue in find_triggers(scene.found.text, _TOPIC, "nominal", scene.sentence):
        who = after_source(told, scene, cue)
        if who.extent is not None and who.extent.start - cue.end <= _BESIDE:
            yield _Said(cue, who, None, str(cue.says["stance"]))


def _relayed(scene: Scene, said: Sequence[_Said]) -> Iterator[_Said]:
    """Join what one speaker passes on from another: "Kirby said that Biden demanded"."""
    ordered = sorted(said, key=lambda one: one.verb.start)
    for outer in ordered:
        inner = [one for one in ordered if one is not outer and _passes_on(outer, one)]
        passed = [one for one in ordered if one is not outer and _passes_on(one, outer)]
        if not inner:
            relay = passed[0].who if passed else NOBODY
            yield replace(outer, relay=relay)


def _passes_on(outer: _Said, inner: _Said) -> bool:
    """Tell whether one statement is what another speaker says, and not the same speaker going on."""
    if outer.topic is None or inner.who.extent is None or inner.who.ids == outer.who.ids:
        return False
    if not (outer.source or outer.verb.says.get("says")):
        return False
    return outer.topic.holds(inner.who.extent) and outer.topic.overlaps(inner.verb) and not inner.source


def _proposal(told: Stage, scene: Scene, said: _Said) -> Proposal:
    topic, who = said.topic, said.who
    fields: dict[str, Any] = {"speaker": _one_or_many(who), "stance": said.stance}
    slots: dict[str, Extent] = {"stance": Extent(said.verb.start, said.verb.end)}
    if who.extent is not None:
        slots["speaker"] = who.extent
    if topic is not None:
        fields["topic"] = scene.found.text.original[topic.start : topic.end]
        slots["topic"] = topic
    if said.relay != NOBODY:
        fields["relayed_by"] = _one_or_many(said.relay)
    date = _date(told, scene, said)
    if date is not None:
        fields["date"] = date
    speakers = [who.extent] if who.extent and not said.carried else []
    ends = [said.verb, *speakers, *([topic] if topic else [])]
    evidence = Extent(min(one.start for one in ends), max(one.end for one in ends))
    certainty = _certainty(scene, said, evidence)
    chain = tuple(one for one in (*said.relay.ids, *who.ids) if re.fullmatch(r"[a-z]{3}:\S+", one))
    return Proposal(
        id=record_id(scene.found, "statement", evidence, said.stance), type="statement", fields=fields,
        evidence=(evidence,), certainty=certainty, slots=slots,
        attribution=chain if certainty != "asserted" else said.relay.ids,
        abstained=() if topic else ("topic",),
    )  # fmt: skip


def _one_or_many(who: Who) -> Any:
    return who.ids[0] if len(who.ids) == 1 else list(who.ids)


def _certainty(scene: Scene, said: _Said, evidence: Extent) -> str:
    """Return whether it is quoted, reported of somebody, or the own word of who writes: "we call on"."""
    if any(evidence.overlaps(one) for one in quoted_in(scene)):
        return "quoted"
    return "reported" if said.who.extent is not None or said.relay != NOBODY else "asserted"


def _date(told: Stage, scene: Scene, said: _Said) -> str | None:
    """Return the date beside the verb, or that of a speech; a date in what is said is not its date."""
    date = date_near(scene, said.verb)
    if date is not None and not (said.topic is not None and said.topic.overlaps(date)):
        return date.value
    spoken = said.who.extent is None and said.who == told.voice(scene) != NOBODY
    return scene.found.published if spoken else None
