"""Stances: where somebody stands by what is said, beside the verb with which it is said.

Who says that something will not be done refuses what others want of him, and gives an assurance where it
would harm; who says that others should do something demands it; who names a condition supports with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from travesia.record.reading.families.statements.quotes import is_judging, is_recounted, side_of
from travesia.record.reading.families.who import Who
from travesia.record.reading.nouns import Extent
from travesia.record.reading.quotes import quoted_in
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import Trigger, phrases

_TOPIC = "statements"

_SAID = {"report", "announce", "assurance"}
"""Stances of verbs that leave open what is said."""

_ACT = 60
"""How far after "will not" the act stands that will not be done, in code points."""

_OBJECT = 45
"""How far after a verb the first words of its object reach, in code points."""

_AHEAD = 40
"""How far after a verb of calling the words begin that it calls something, in code points."""

_SHORT = 14
"""How far after another state "not" stands of what it does not do, in code points."""

_FIRST = 4
"""The number of the last sentence in which a body may open its own notice."""

_OWN = ((_TOPIC, "ours"), (_TOPIC, "first"), ("clauses", "we"))
"""Words in which a speaker speaks of himself and of his own."""

_FEW = 4
"""Most words up to "will not" where no subject of its own stands before it."""

_NAME = re.compile(r"[A-ZÀ-Þ][\w'-]+(?:\s[A-ZÀ-Þ][\w'-]+)*")
"""A name of a person that no list has."""

_WHO = 50
"""How far before "should" those stand who should, in code points."""


def stance_of(scene: Scene, verb: Trigger, who: Who, topic: Extent | None, until: int) -> str | None:
    """Return with which stance something is said, up to a place; ``None`` for a promise or no stance."""
    stance = str(verb.says["stance"])
    done = verb.says.get("pledge") or verb.says.get("counts")
    if done and all(one.startswith("cty:") for one in who.ids):
        return None  # what a state promises, or whom it registers, is what it does
    if verb.says.get("calls"):
        return _judged(scene, verb)
    if stance == "refuse" and verb.says.get("rejects"):
        return _rejecting(scene, verb)
    if stance == "oppose" and topic is not None:
        return _opposing(scene, verb, topic)
    if topic is None or stance not in _SAID:
        return stance
    return _by_content(scene, verb, who, _content(scene, verb, topic, until))


def _cue(scene: Scene, group: str) -> Callable[[str], re.Match[str] | None]:
    return phrases(scene.found.text.language, _TOPIC, group).search


def _content(scene: Scene, verb: Extent, topic: Extent, until: int) -> Extent:
    """Return all that is said: the quote around the topic, else up to the verb or the end of the sentence."""
    for quote in quoted_in(scene):
        if quote.overlaps(topic):
            return quote
    if topic.end <= verb.start:
        return Extent(topic.start, verb.start)
    told = Extent(topic.start, max(topic.end, until))
    comment = re.search(rf",\s{_pattern(scene, 'comments')}\b", scene.words(told), re.I)
    return Extent(told.start, told.start + comment.start()) if comment else told


def _judged(scene: Scene, verb: Extent) -> str | None:
    """Return how somebody calls something: support for words of praise, else opposition in a quote."""
    ahead = [one for one in quoted_in(scene) if 0 <= one.start - verb.end <= _AHEAD + _OBJECT]
    words = scene.words(
        ahead[0] if ahead else Extent(verb.end, min(scene.sentence.end, verb.end + 2 * _AHEAD))
    )
    good, bad = _cue(scene, "good")(words), _cue(scene, "bad")(words)
    if _cue(scene, "halves")(words):
        return "conditional_support"
    if good and (not bad or good.start() < bad.start()):
        return "support"
    return "oppose" if bad or ahead else None


def told_by_source(scene: Scene, topic: Extent | None) -> str:
    """Return where a source stands: by the words quoted, ready under a condition, else a report."""
    if topic is None:
        return "report"
    rest = Extent(topic.start, scene.sentence.end)
    words = scene.words(rest)
    ready = _cue(scene, "offers")(words)
    if (ready and _cue(scene, "ifs")(words[ready.end() :])) or _condition(scene, words):
        return "conditional_support"
    told = " ".join(scene.words(one) for one in quoted_in(scene) if rest.holds(one))
    return (side_of(scene, told) if told else None) or "report"


def tone_of(scene: Scene, stretch: Extent) -> str | None:
    """Return on which side some words stand by what they praise or blame; ``None`` where they do neither."""
    words = scene.words(stretch)
    if _cue(scene, "bad")(words):
        return "oppose"
    return "support" if _cue(scene, "good")(words) else None


def _rejecting(scene: Scene, verb: Extent) -> str:
    """Return opposition where a plan is rejected, else that somebody refuses: a charge, a request."""
    clause = scene.clause_of(verb)
    words = scene.words(Extent(verb.start, min(scene.sentence.end, verb.end + _OBJECT)))
    before = scene.before(clause, _OBJECT).rstrip(" ,")
    if clause.start > scene.sentence.start and re.search(
        rf"(?:^|,)\s*\S*\s*{_pattern(scene, 'plans')}$", before, re.I
    ):
        return "oppose"
    plan, charge = _cue(scene, "plans")(words), _cue(scene, "charges")(words)
    return "oppose" if plan and not (charge and charge.start() < plan.start()) else "refuse"


def _pattern(scene: Scene, group: str) -> str:
    return phrases(scene.found.text.language, _TOPIC, group).pattern


def _opposing(scene: Scene, verb: Trigger, topic: Extent) -> str:
    """Return an accusation where criticism says what somebody does wrong."""
    between = scene.words(Extent(verb.end, max(verb.end, topic.start)))
    quoted = [one for one in quoted_in(scene) if one.overlaps(topic)]
    told = re.split(r"[,.;]", scene.words(quoted[0]), maxsplit=1)[0] if quoted else ""
    if _cue(scene, "regrets")(scene.words(verb)):
        return "oppose"
    if topic.start >= verb.end and (_cue(scene, "that")(between) or _cue(scene, "relatives")(told)):
        return "accuse"
    wrong = verb.says.get("alleges") and _cue(scene, "wrongs")(scene.words(topic))
    return "accuse" if wrong else "oppose"


def _by_content(scene: Scene, verb: Trigger, who: Who, content: Extent) -> str | None:
    """Return the stance of what is said with a verb that leaves it open."""
    words, stance = scene.words(content), str(verb.says["stance"])
    quoted = any(one.overlaps(content) for one in quoted_in(scene))
    if not quoted and _cue(scene, "offers")(words[:_AHEAD]):
        return None
    if quoted and stance == "report" and is_recounted(scene, verb, words):
        return "report"
    if _contrasts(scene, who, content, quoted):
        return "accuse"
    warned = _cue(scene, "warns")(scene.words(verb)) is not None
    unless = _cue(scene, "unless")(words)
    threat = _cue(scene, "future")(words) and _cue(scene, "harms")(words[: unless.start()] if unless else "")
    if unless and (warned or (threat and _cue(scene, "reserves")(unless[0]))):
        return "demand"
    if _blames(scene, who, content):
        return "accuse"
    negated = _cue(scene, "refused")(words) or _unable(scene, who, content)
    opening = Extent(verb.end, max(verb.end, min(content.start, verb.end + _SHORT) + _SHORT))
    condition = _condition(scene, words) or _condition(scene, scene.words(opening))
    ought = _cue(scene, "oughts")(words)
    but = _cue(scene, "but")(words)
    if quoted and but and ought and but.end() <= ought.start():
        return "demand"
    if quoted and _cue(scene, "impersonal")(words):
        return "oppose"
    if negated is not None and not (condition and condition.start() < negated.start()):
        act = words[negated.start() : negated.end() + _ACT]
        if quoted and stance == "report" and _of_others(scene, who, content, words[: negated.end()]):
            return _by_tone(scene, verb, who, content, quoted, stance)
        if _cue(scene, "attends")(act) and not quoted:
            return None
        return _ruled_out(scene, act, stance)
    if _cue(scene, "falsehood")(words):
        return "refuse"
    no_meaning = _cue(scene, "means_no")(words)
    harmless = no_meaning and _cue(scene, "harms")(words[no_meaning.end() :][:_ACT])
    if harmless or _complies(scene, words, quoted) or _refrains(scene, who, content):
        return "assurance"
    promise = _cue(scene, "future")(words) and _is_own(scene, who, content)
    hinted = _cue(scene, "hints")(scene.words(verb)) is not None and _cue(scene, "future")(words)
    spoken = who.ids[0].startswith("per:") or (hinted and who.ids[0][3:4] != ":")
    if (promise or hinted) and spoken and _cue(scene, "ifs")(words):
        return "conditional_support"
    if promise and condition is not None and not quoted and who.ids[0].startswith("cty:"):
        return None
    if condition is not None and not (promise and _counts(scene, content)):
        return "conditional_support"
    if ought is not None and (quoted or _addressed(scene, content, ought)):
        return "demand"
    return _by_tone(scene, verb, who, content, quoted, stance)


def _refrains(scene: Scene, who: Who, content: Extent) -> bool:
    """Tell whether a speaker says of his own state or of "us" that no harm is done: "we do not expel"."""
    words = scene.words(content)
    found = _cue(scene, "refrains")(words[: 2 * _ACT])
    if found is None or found.start() > 2 * _SHORT or not _cue(scene, "harms")(words[found.start() :][:_ACT]):
        return False
    return _is_own(scene, who, content) or _cue(scene, "ours")(words[: found.end()]) is not None


def _complies(scene: Scene, words: str, quoted: bool) -> bool:
    """Tell whether somebody says that a ruling will be obeyed, and nothing against it."""
    found = _cue(scene, "complies")(words)
    return found is not None and not (quoted and _cue(scene, "but")(words))


def _of_others(scene: Scene, who: Who, content: Extent, opening: str) -> bool:
    """Tell whether it is others who will not do something, which nobody refuses in their place."""
    language = scene.found.text.language
    own = any(phrases(language, topic, group).search(opening) for topic, group in _OWN)
    return len(opening.split()) > _FEW and not own and not _is_own(scene, who, content)


def _condition(scene: Scene, words: str) -> re.Match[str] | None:
    """Find a condition that is set for a stance; none that only tells how bad things are: "as long as no"."""
    found = _cue(scene, "conditions")(words)
    if found is None or found.start() > _SHORT // 2:
        return found
    denied = phrases(scene.found.text.language, "clauses", "negations").search(words[found.end() :][:_SHORT])
    return None if denied else found


def _contrasts(scene: Scene, who: Who, content: Extent, quoted: bool) -> bool:
    """Tell whether somebody blames others by what "we" do meanwhile: "they count boats while we count"."""
    if not quoted:
        return False
    words = scene.words(content)
    found = _cue(scene, "while_we")(words)
    return found is not None and found.start() > _SHORT // 2


def _ruled_out(scene: Scene, act: str, stance: str = "report") -> str:
    """Return an assurance where what will not be done would harm, else that somebody refuses it.

    What somebody assures with a verb of assurance is one too, unless he is to take somebody in or to pay.
    """
    harm, taken = _cue(scene, "harms")(act), _cue(scene, "takes")(act)
    if taken and not (harm and harm.start() <= taken.start()):
        return "refuse"
    return "assurance" if harm or stance == "assurance" else "refuse"


def _unable(scene: Scene, who: Who, content: Extent) -> re.Match[str] | None:
    """Find that a state says of itself that it cannot."""
    words = scene.words(content)
    found = _cue(scene, "unable")(words)
    if found is None or found.start() > _ACT:
        return None
    ours = _cue(scene, "ours")(words[: found.end()])
    return found if ours or (_state(scene, who) and _is_own(scene, who, content)) else None


def _by_tone(scene: Scene, verb: Trigger, who: Who, content: Extent, quoted: bool, stance: str) -> str | None:
    words = scene.words(content)
    told = " ".join(scene.words(one) for one in quoted_in(scene) if one.overlaps(content))
    if stance != "assurance" and (side := side_of(scene, told)) is not None:
        return side
    money = _counts(scene, content)
    promised = _cue(scene, "future")(words)
    told_by_others = quoted and not _is_own(scene, who, content)
    if money and not told_by_others and (promised or stance in {"announce", "assurance"}):
        return None
    if promised and stance in {"report", "announce"} and quoted:
        ours = _is_own(scene, who, content) or _cue(scene, "ours")(words[:_ACT])
        return "announce" if ours else "oppose" if is_judging(scene, verb, told) else "report"
    own = stance == "announce" or _is_own(scene, who, content)
    if promised and stance in {"report", "announce"} and own:
        return stance if stance == "announce" and _is_private(scene, who) else None
    if stance in {"report", "announce"} and not quoted and _is_own_notice(scene, verb, who):
        return None
    if stance == "report" and not quoted and _is_record(scene, verb, who, content):
        return None
    return "oppose" if stance == "report" and is_judging(scene, verb, told) else stance


def _is_private(scene: Scene, who: Who) -> bool:
    """Tell whether a speaker acts for no state: what an association announces is no commitment of one."""
    return state_of(scene, who) is None and not any(one.startswith(("cty:", "plc:")) for one in who.ids)


def _is_own_notice(scene: Scene, verb: Extent, who: Who) -> bool:
    """Tell whether a body of a state only opens its own notice: "the ministry informs that"."""
    if scene.number > _FIRST or not all(one.startswith("org:") for one in who.ids):
        return False
    return _cue(scene, "informs")(scene.words(verb)) is not None and state_of(scene, who) is not None


def _is_record(scene: Scene, verb: Extent, who: Who, content: Extent) -> bool:
    """Tell whether no stance is told: a meeting takes note, a state informs of its own measure."""
    unlisted = [one for one in who.ids if one[3:4] != ":"]
    named = any(_NAME.fullmatch(one) and not _cue(scene, "speakers")(one) for one in unlisted)
    if (len(unlisted) == len(who.ids) and not named) or len(who.ids) > 2:
        return _cue(scene, "notes")(scene.words(verb)) is not None
    words = scene.words(Extent(content.start, min(content.end, content.start + _OBJECT)))
    state = all(one.startswith("cty:") for one in who.ids)
    return state and bool(_cue(scene, "ourselves")(words) and _cue(scene, "deeds")(words))


def _counts(scene: Scene, content: Extent) -> bool:
    told = Extent(content.start, scene.sentence.end)
    return any(told.holds(one) and one.kind != "RATIO" for one in scene.quantities)


def _addressed(scene: Scene, content: Extent, ought: re.Match[str]) -> bool:
    """Tell whether those who should do something can: states, bodies, "donors", "we"."""
    at = content.start + ought.start()
    before = Extent(max(content.start, at - _WHO), at)
    words = scene.words(Extent(before.start, at + len(ought[0])))
    named = any(before.holds(one) for one in scene.actors())
    return named or _cue(scene, "addressed")(words) is not None


def _state(scene: Scene, who: Who) -> str | None:
    known = {scene.country_of(one) for one in who.ids} - {None}
    return known.pop() if len(known) == 1 else None


def _state_beside(scene: Scene, who: Who) -> str | None:
    """Return the state of the office before a person's name: "el ministro panameno, Rodrigo Arosemena"."""
    if who.extent is None or not who.ids[0].startswith("per:"):
        return None
    near = [one for one in scene.mentions if 0 <= who.extent.start - one.end <= _AHEAD]
    return scene.country_of(near[-1].entity) if near else None


def state_of(scene: Scene, who: Who) -> str | None:
    """Return for which state somebody speaks: the one known, or that of the office beside the name."""
    return _state(scene, who) or _state_beside(scene, who)


def own_stance(scene: Scene, who: Who, verb: Extent, stance: str) -> str:
    """Return the stance of what somebody says that his own state does: no support for a harm reassures."""
    act = scene.words(Extent(verb.start, min(scene.sentence.end, verb.end + _ACT)))
    negated = _cue(scene, "refused")(act) or _cue(scene, "refrains")(act)
    if stance not in {"oppose", "refuse"} or negated is None or negated.start() > _SHORT:
        return stance
    return "assurance" if _cue(scene, "harms")(act[negated.end() :]) else stance


def _is_own(scene: Scene, who: Who, content: Extent) -> bool:
    """Tell whether somebody speaks of what his own state does: it is the subject, or none is named."""
    first = next((one for one in scene.seen_actors() if content.holds(one)), None)
    words = scene.words(content)
    if _cue(scene, "ourselves")(words[:_AHEAD]):
        return True
    if first is None or first.start - content.start > _AHEAD:
        return False
    return first.entity in who.ids or scene.country_of(first.entity) == _state(scene, who)


def _blames(scene: Scene, who: Who, content: Extent) -> bool:
    """Tell whether a state says of another what it fails to do or does wrong."""
    first = next((one for one in scene.seen_actors() if content.holds(one)), None)
    if first is not None and first.entity not in who.ids and first.start - content.start <= _OBJECT:
        failed = _cue(scene, "failures")(scene.words(Extent(first.end, min(content.end, first.end + _ACT))))
        if failed is not None and failed.start() <= _SHORT:
            return True
    own = _state(scene, who) or _state_beside(scene, who)
    if own is None or any(one.startswith("org:") for one in who.ids):
        return False
    other = scene.country_of(first.entity) if first else None
    words = scene.words(Extent(content.start, min(content.end, content.start + 2 * _ACT)))
    if _cue(scene, "aggrieved")(words):
        return True
    if first is None or other in (None, own) or first.start - content.start > _OBJECT:
        return False
    act = scene.words(Extent(first.end, min(content.end, first.end + _ACT)))
    denied = phrases(scene.found.text.language, "clauses", "negations").search(act[:_SHORT])
    ahead = _cue(scene, "refused")(act[: _SHORT + _SHORT])
    return (denied is not None and ahead is None) or _cue(scene, "wrongs")(act) is not None


def denies_or_assures(scene: Scene, home: str | None) -> tuple[Extent, str] | None:
    """Find in an answer what it says is not so, or will not be done by who answers; with its stance."""
    words, start = scene.words(scene.sentence), scene.sentence.start
    found = _cue(scene, "falsehood")(words)
    negated = None if found else _cue(scene, "refused")(words)
    match = found or negated
    if match is None:
        return None
    place = Extent(start + match.start(), start + match.end())
    before = [one for one in scene.seen_actors() if one.end <= place.start]
    opening = words[: match.start()]
    if any(_cue(scene, group)(opening) for group in ("relatives", "conditions", "supposed")):
        return None
    if before and home not in {scene.country_of(one.entity) for one in before}:
        return None
    stance = "refuse" if found else _ruled_out(scene, words[match.start() : match.end() + _ACT])
    return place, stance
