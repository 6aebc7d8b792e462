"""Who issues a text: the state of its letterhead, title or dateline, which "the government" means.

A body of a letterhead comes first, then the state that is the subject of the title, then the place of the
dateline; a state that a title only names is its topic. What no head settles the state does that acts most.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from travesia.record.reading.families.commitments.offices import state_abroad
from travesia.record.reading.nouns import Mention
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import phrases, phrases_at_end

LETTERHEAD = 6
"""How many sentences may precede the text proper."""

_FORM = 12
"""How many sentences the head of a form has at most."""

_OF = 8
"""How far behind a body its state stands at most, in code points: "of the"."""

_BODY = 4
"""How many words the name of a body has before its nationality at most: "la Corte Suprema chilena"."""

_SHORT = 6
"""How many words the name of a body in a letterhead has at most."""

_ACTS = 3
"""How often a state acts at least that a text without head is taken to be of."""

_GOES_ON = re.compile(r"(?:'s)? [^\W\dA-Z_]")


def issuer(every: Sequence[Scene]) -> tuple[str, ...]:
    """Return the state that issues a text; empty where the text leaves it open."""
    for ids in _heads(every):
        if len(ids) == 1:
            return tuple(ids)
    return state_abroad(every)


def _heads(every: Sequence[Scene]) -> Iterator[set[str]]:
    """Yield the states that the parts of a text's head name, the surest first."""
    opening = [one for one in every[:LETTERHEAD] if one.sentence.kind in {"heading", "dateline"}]
    datelines = [one for one in opening if one.sentence.kind == "dateline"]
    headings = [one for one in opening if one.sentence.kind == "heading"]
    for scene in headings:
        yield _known(scene, _bodies(scene))
    for scene in headings:
        yield _known(scene, [one for one in scene.mentions if _is_subject(scene, one)])
        yield _known(scene, [one for one in (*scene.mentions, *scene.nested) if _is_body_of(scene, one)])
        yield _known(scene, [one for one in scene.mentions if one.type == "NORP" and _issues(scene)])
    for scene in datelines:
        yield _known(scene, scene.mentions)
    for scene in headings:
        yield _known(scene, [one for one in scene.mentions if one.type == "GPE" and not scene.is_hidden(one)])
    for scene in every[:LETTERHEAD]:
        # "Bogotá, D. C., 17 August. The ministry": a dateline in its line, or a body that presents itself.
        places = [one for one in scene.mentions if one.type == "GPE" and _opens_a_line(scene, one)]
        yield _known(scene, places or [one for one in _bodies(scene) if one.type == "ORG"][:1])
    for scene in every[:_FORM]:
        labels = phrases(scene.found.text.language, "commitments", "donor_labels")
        if labels.match(scene.found.text.plain, scene.sentence.start, scene.sentence.end):
            yield _known(scene, scene.actors()[:1])
    yield _acting_most(every)
    for scene in headings:
        yield _known(scene, [one for one in scene.mentions if one.type == "GPE" and _gives(scene, one)])
    for scene in headings:
        yield _known(scene, [one for one in scene.mentions if one.type == "GPE"])


def _known(scene: Scene, named: Sequence[Mention]) -> set[str]:
    return {one for one in (scene.country_of(each.entity) for each in named) if one}


def _bodies(scene: Scene) -> list[Mention]:
    """Return the bodies of a letterhead, or the states whose they are: "Institute of Migration of Chile"."""
    bodies = [one for one in scene.mentions if one.type in {"ORG", "DOC"}]
    if not bodies:
        return []
    behind = [
        one for one in scene.mentions
        if one.type == "GPE" and 0 <= one.start - bodies[0].end <= _OF and _gives(scene, one)
    ]  # fmt: skip
    inside = [one for one in scene.nested if one.type == "GPE" and bodies[0].holds(one)]
    # "British High Commission Dhaka": the adjective tells whose it is, the city where.
    whose = [one for one in scene.nested if one.type == "NORP" and one.start == bodies[0].start]
    return (
        behind
        or whose
        or [one for one in bodies if one.type == "ORG" and scene.country_of(one.entity)]
        or inside
    )


def _issues(scene: Scene) -> bool:
    """Tell whether a short line names whose ministry or aid issues a text: "Cooperación Española"."""
    words = scene.words(scene.sentence)
    named = phrases(scene.found.text.language, "commitments", "issuing").search(words)
    return named is not None and len(words.split()) <= _SHORT


def _is_subject(scene: Scene, named: Mention) -> bool:
    """Tell whether a title opens with a state that does something in it: "Spain sends", "Norway's aid"."""
    at_start = named.type == "GPE" and named.start - scene.sentence.start <= _OF // 2
    return at_start and _GOES_ON.match(scene.found.text.plain, named.end) is not None


def _is_body_of(scene: Scene, named: Mention) -> bool:
    """Tell whether a title opens with a body of a state that acts: "South African court upholds"."""
    language, plain = scene.found.text.language, scene.found.text.plain
    colon = plain.rfind(": ", scene.sentence.start, named.start)
    opening = plain[max(scene.sentence.start, colon + 1) : named.start].split()
    if named.type != "NORP" or len(opening) > (0 if language == "en" else _BODY):
        return False
    groups = (("clauses", "heads"), ("policies", "courts"))
    if language == "en":
        found = (phrases(language, *one).match(plain, named.end + 1, scene.sentence.end) for one in groups)
        return any(one and _GOES_ON.match(plain, one.end()) for one in found)
    words = " ".join(opening)
    beside = any(phrases(language, *one).search(words) for one in groups)
    return beside and _GOES_ON.match(plain, named.end) is not None


def _gives(scene: Scene, named: Mention) -> bool:
    """Tell whether a title names a state as whose something is: "Aid of Spain to Saharan refugees"."""
    before = scene.before(named, _OF)
    return phrases_at_end(scene.found.text.language, "commitments", "givers").search(before) is not None


def _opens_a_line(scene: Scene, named: Mention) -> bool:
    """Tell whether a place opens a line and a comma follows it, as in a dateline."""
    plain = scene.found.text.plain
    return plain[max(0, named.start - 1) : named.start] in {"", "\n"} and plain.startswith(",", named.end)


def _acting_most(every: Sequence[Scene]) -> set[str]:
    """Return the state that acts most often in a text without head, if one does clearly."""
    acting = Counter(
        state
        for scene in every
        for state in {scene.country_of(one.entity) for one in scene.seen_actors()[:1]}
        if state
    )
    ranked = acting.most_common(2)
    clear = ranked and ranked[0][1] >= _ACTS and (len(ranked) < 2 or ranked[0][1] >= 2 * ranked[1][1])
    return {ranked[0][0]} if clear else set()
