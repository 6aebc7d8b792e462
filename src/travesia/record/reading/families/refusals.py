"""Refusals: what somebody says not to do, which binds as a promise does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from travesia.record.reading.families.amounts import TAKES_IN
from travesia.record.reading.families.binding import TOPIC, Case, Promise
from travesia.record.reading.families.who import NOBODY
from travesia.record.reading.nouns import Extent
from travesia.record.reading.scenes import quoted_in
from travesia.record.reading.triggers import phrases

_HEAD = re.compile(r"\s*(?:[^\W\d_]+ly\s+)?([^\W\d_]+)")


def refusals(case: Case) -> Iterator[Promise]:
    """Yield what somebody says not to do: the deed must be one of doing, not of being or knowing."""
    after = case.plain[case.binder.end : min(case.scene.sentence.end, case.binder.end + 30)]
    head = _HEAD.match(after)
    inside = case.binder.says.get("inside", False)
    verb = case.scene.words(case.binder) if inside else (head[1] if head else "")
    nobody = case.binder.says.get("nobody", False)
    if not verb or (not nobody and phrases(case.language, TOPIC, "stative").search(verb)):
        return
    told = any(one.holds(case.binder) for one in quoted_in(case.scene)) or case.is_attributed
    if case.subject() == NOBODY and not (told or nobody or _is_measure(case)):
        return
    end = case.binder.end if inside or head is None else case.binder.end + head.end()
    actions = [one for one in case.actions(Extent(case.binder.start, end)) if one.says["action"] in TAKES_IN]
    made = case.promise(Extent(case.binder.start, max(end, case.reach.end)), None, next(iter(actions), None))
    yield replace(made, negative=True)


def _is_measure(case: Case) -> bool:
    """Tell whether it is a measure that will not be ended, closed or taken up, where a state speaks."""
    clause = case.scene.clause_of(case.binder)
    speaks = case.voices.ours or case.voices.host
    return bool(speaks) and case.has("measures", clause.start, case.binder.start)
