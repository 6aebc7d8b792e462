"""The answer in words: sentence templates whose words are chosen by the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from travesia.report.reading import (
    HEADLINE,
    READINGS,
    Effect,
    codes,
    deciding,
    effect_of,
    effects,
    group_of,
    variants,
)
from travesia.report.words import Words

if TYPE_CHECKING:
    from travesia.study import ScenarioNote, Study


@dataclass(frozen=True)
class KeyFigure:
    """One number of the answer: direction (more, less, same, open), size, range, and the share of runs."""

    direction: str
    measure: str
    size: str
    told: str
    span: str
    note: str


@dataclass(frozen=True)
class Card:
    """The key figures of one alternative under one reading."""

    code: str
    title: str
    reading: str
    figures: tuple[KeyFigure, ...]


def sentences(study: Study, words: Words) -> list[Markup]:
    """Return one sentence for each reading of the study: every alternative, encounters and people."""
    told = []
    for reading in READINGS:
        notes = [note for note in variants(study) if note.reading == reading]
        clauses = [clause for note in notes if (clause := _clause(study, note, words))]
        if clauses:
            told.append(words(f"answer.{reading}", {"clauses": words("word.semicolon").join(clauses)}))
    return told


def cards(study: Study, words: Words) -> list[Card]:
    """Return the key figures, one card for each alternative and reading, in the order of the study."""
    found = []
    for note in variants(study):
        figures = [effect_of(study, note, measure) for measure in HEADLINE]
        told = tuple(_key_figure(effect, words) for effect in figures if effect is not None)
        found.append(Card(codes(study)[note.name], note.title, note.reading, told))
    return found


def opposite(study: Study) -> bool:
    """Tell whether encounters and people surely move in opposite directions in some variant."""
    for note in variants(study):
        found = {e.direction for e in effects(study) if e.scenario == note.name}
        if {"more", "less"} <= found:
            return True
    return False


def sign_sentences(study: Study, words: Words) -> list[Markup]:
    """Say which assumption decides whether a measure rises or falls, or that none does."""
    decided: dict[tuple[str, ...], list[str]] = {}
    strongest: list[tuple[float, str]] = []
    for note in variants(study):
        for measure in HEADLINE:
            rows = deciding(study, note, measure)
            strongest += [(-abs(row["rank_correlation"] or 0.0), row["title"]) for row in rows]
            titles = tuple(row["title"] for row in rows if row["decides_sign"])
            if titles:
                decided.setdefault(titles, []).append(_where(study, note, measure, words))
    if decided:
        comma, semicolon = words("word.comma"), words("word.semicolon")
        return [
            words("sign.decides", {"title": semicolon.join(titles), "where": comma.join(wheres)})
            for titles, wheres in decided.items()
        ]
    if strongest:
        return [words("sign.none", {"title": min(strongest)[1]})]
    return [words("sign.unknown")]


def between_sentences(study: Study, words: Words) -> list[Markup]:
    """Say where a measure surely rises or falls in one alternative or reading, and not so in another."""
    told = []
    code = codes(study)
    for measure in HEADLINE:
        found = [effect for effect in effects(study) if effect.measure == measure]
        ways = {effect.direction for effect in found}
        if len(ways & {"less", "more", "open"}) < 2:
            continue
        parts = [
            words.plain(
                "effects.line", {"variant": code[e.scenario], "reading": words.plain(f"reading.{e.reading}")}
            )
            + f": {words.plain(f'sign.side_{e.direction}')}"
            for e in found
        ]
        values = {
            "measure": words.plain(f"measure.{measure}"),
            "told": words.plain("word.semicolon").join(parts),
        }
        told.append(words("sign.between", values))
    return told


def question(study: Study, words: Words) -> str:
    """Return what the study asks: the baseline, and the alternatives with departures held as they were."""
    held = [note for note in variants(study) if note.reading == "holding"] or variants(study)
    others = words.plain("page.question_or").join(note.title for note in held)
    return words.plain("page.question", {"base": study.scenarios[0].title, "others": others})


def alternatives(study: Study) -> list[tuple[str, str, Sequence[str]]]:
    """Return code, title and changes of the baseline and of each alternative, once each."""
    seen: dict[str, tuple[str, str, Sequence[str]]] = {}
    for note in study.scenarios:
        seen.setdefault(group_of(note), (codes(study)[note.name], note.title, note.changes))
    return list(seen.values())


def _clause(study: Study, note: ScenarioNote, words: Words) -> Markup | None:
    encounters, people = (effect_of(study, note, measure) for measure in HEADLINE)
    if encounters is None or people is None:
        return None
    opposed = {encounters.direction, people.direction} == {"more", "less"}
    values = {
        "variant": Markup("<b class='code'>{}</b>").format(codes(study)[note.name]),
        "encounters": _effect(encounters, words),
        "people": _effect(people, words),
    }
    return words("answer.clause_but" if opposed else "answer.clause", values)


def _effect(effect: Effect, words: Words) -> Markup:
    low, high = sorted((abs(effect.low), abs(effect.high)))
    values = {"measure": words(f"measure.{effect.measure}"), "n": words.compact(abs(effect.middle))}
    if effect.direction == "open":
        values |= {
            "low": words.compact(abs(min(effect.low, 0.0))),
            "high": words.compact(max(effect.high, 0.0)),
        }
    else:
        values |= {"range": words.between(low, high)}
    return words(f"effect.{effect.direction}", values)


def _key_figure(effect: Effect, words: Words) -> KeyFigure:
    measure = words.plain(f"measure.{effect.measure}")
    whole = words.between(effect.low, effect.high)
    values = {
        "measure": measure, "range": whole, "middle": words.compact(effect.middle),
        "change": words.percent(effect.change, 1), "runs": words.percent(effect.runs_higher),
    }  # fmt: skip
    sign = {"more": "+", "less": "−", "same": ""}.get(effect.direction)
    return KeyFigure(
        direction=effect.direction,
        measure=measure,
        size=f"{sign}{words.compact(abs(effect.middle))}" if sign is not None else whole,
        told=words.plain(f"card.{effect.direction}", values),
        span=words.plain("card.span" if sign is not None else "card.median", values),
        note=words.plain("card.note", values),
    )


def _where(study: Study, note: ScenarioNote, measure: str, words: Words) -> str:
    values = {
        "measure": words.plain(f"measure.{measure}"),
        "variant": codes(study)[note.name],
        "reading": words.plain(f"reading.{note.reading}"),
    }
    return words.plain("sign.where", values)
