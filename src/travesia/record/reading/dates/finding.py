"""Finds the dates of a text and settles, as far as the text allows, which they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from travesia.record.reading.cue_files import LANGUAGES, cues
from travesia.record.reading.dates import periods
from travesia.record.reading.dates import phrases as said
from travesia.record.reading.dates.around import Surroundings, admissible, surroundings
from travesia.record.reading.dates.grammar import NESTING, RULES
from travesia.record.reading.dates.parser import Item, Parser
from travesia.record.reading.dates.periods import Period
from travesia.record.reading.dates.resolving import choices
from travesia.record.reading.dates.tense import Tenses
from travesia.record.reading.dates.views import Choice, View
from travesia.record.reading.dates.words import Lexicon, Run, Token, lexicon, runs
from travesia.record.reading.nouns import Candidate, Extent, Text, When
from travesia.record.reading.once import once

# How far "that date" may stand from the date it means, and a year from the months it frames, in characters.
_ANAPHOR_REACH, _FRAME_REACH = 600, 160
_OPENING = 20
_LIST_JOIN = re.compile(r",?[,&|][aoU]{0,3}")
# How much of a text may show that the United States speak.
_ISSUER_REACH = 20_000


@dataclass(frozen=True)
class Dated:
    """A date as found, with what it says and which way its sentence looks."""

    when: When
    phrase: said.Phrase
    leaning: str | None


def find_dates(text: Text, published: str | None) -> tuple[When, ...]:
    """Find the dates and periods of a text, in its order; none overlap.

    Parameters
    ----------
    text
        The text; in a language that has no cue file, no date is found.
    published
        The document's date, ``YYYY-MM-DD`` (or ``YYYY-MM`` or ``YYYY``, with which only months or years
        can be counted); ``None`` leaves what depends on it without a value.

    Raises
    ------
    ValueError
        If `published` is no such date.
    """
    return tuple(found.when for found in dated(text, published))


def dated(text: Text, published: str | None, years: tuple[int, ...] = ()) -> Iterator[Dated]:
    """Find the dates of a text, each with what it says and which way its sentence looks.

    `years` are those that the text is known to name. A text in another language yields nothing.
    """
    if text.language not in LANGUAGES:
        return iter(())
    return _Search(text, periods.written(published) if published else None, years).found()


@cache
def _issuers(language: str) -> re.Pattern[str]:
    names = "|".join(map(re.escape, cues(language, "dates")["beside"]["us_issuer"]))
    return re.compile(rf"(?<!\w)(?:{names})")


def said_in(text: Text) -> Iterator[said.Phrase]:
    """Yield what reads like a date, in order; a text in another language yields nothing."""
    yield from (phrase for phrase, _ in once(text, _phrases))


def _phrases(text: Text) -> tuple[tuple[said.Phrase, Extent], ...]:
    """Return what reads like a date, in order; nothing of it depends on when the text was published."""
    reader = _Phrases(text.plain, lexicon(text.language), surroundings(text.language))
    return tuple(found for run in runs(text.plain, text.language) for found in reader.read(run))


@dataclass(frozen=True)
class _Phrases:
    """Reads the dates of runs of tokens."""

    plain: str
    words: Lexicon
    around: Surroundings

    def read(self, run: Run) -> Iterator[tuple[said.Phrase, Extent]]:
        """Yield what each date of a run says, and where it stands."""
        for item in self._shared_years(run, self._items(run)):
            yield item.phrase, Extent(run.tokens[item.start].start, run.tokens[item.end - 1].end)

    def _items(self, run: Run) -> list[Item]:
        parser = Parser(run, self.words, self._counts, RULES, NESTING)
        found: list[Item] = []
        position = 0
        while position < len(run.codes):
            items = parser.at(position)
            kept = [item for item in items if self._admissible(item, run)]
            found += kept
            # What is left of the name of a street is no date either.
            whole = kept or (items and isinstance(items[0].phrase, said.Calendar))
            position = items[-1].end if whole else position + 1
        return found

    def _counts(self, token: Token) -> bool:
        return self.around.counts(self.plain, token)

    def _admissible(self, item: Item, run: Run) -> bool:
        return admissible(item.phrase, self.plain, run.tokens[item.start : item.end], self.around)

    def _shared_years(self, run: Run, items: list[Item]) -> list[Item]:
        """Give "June 10" of "June 10 and July 15, 2022" the year that stands after the second."""
        shared = list(items)
        for at in range(len(shared) - 2, -1, -1):
            one, other = shared[at].phrase, shared[at + 1].phrase
            listed = _LIST_JOIN.fullmatch(run.codes, shared[at].end, shared[at + 1].start)
            if not (listed and isinstance(one, said.Calendar) and isinstance(other, said.Calendar)):
                continue
            if other.year is not None and (one.year, one.year_shift, one.side) == (None, None, None):
                year = other.year - (one.month > other.month)
                shared[at] = shared[at]._replace(phrase=replace(one, year=year))
        return shared


class _Search:
    """One pass over a text; it remembers the date named last and the years named so far."""

    def __init__(self, text: Text, published: Period | None, years: tuple[int, ...]) -> None:
        self.text = text
        self.published = published
        self.around: Surroundings = surroundings(text.language)
        self.tenses = once(text, Tenses)
        self.us = _issuers(text.language).search(text.plain, 0, _ISSUER_REACH) is not None
        self.before: tuple[int, Period] | None = None
        self.last: tuple[int, Period] | None = None
        self.frame: tuple[int, int] | None = None
        self.years = years

    def found(self) -> Iterator[Dated]:
        for phrase, extent in once(self.text, _phrases):
            yield self._settled(phrase, extent)

    def _settled(self, said_there: said.Phrase, extent: Extent) -> Dated:
        plain = self.text.plain
        relation = self.around.relation(plain, extent.start)
        if relation in {"since", "starting"} and _several(said_there):
            relation = None  # "from January to June", "desde 2019 hasta 2022"
        leaning = "past" if relation == "since" else self.tenses.leaning(extent, relation)
        # "By Wednesday, approvals began", but "announced a march for Saturday".
        opens = extent.start - self.tenses.sentence(extent).start < _OPENING
        weekday = isinstance(said_there, said.Weekday) and relation == "by" and not opens
        if weekday or (leaning is None and relation in {"until", "by", "starting"}):
            leaning = "future"
        if relation == "since" and self._may_begin(said_there, extent):
            relation, leaning = "starting", "future"
        known = self.published is not None and isinstance(said_there, said.Calendar)
        if known and self.tenses.was_to_come(extent):
            leaning = None  # it may have passed by now
        sure = relation == "since" or (leaning == "past" and self.tenses.is_right_after(extent))
        if self.tenses.is_put_off_to(extent):
            leaning, sure = "future", True
        phrase = self._framed(said_there, extent)
        near = self.before is not None and extent.start - self.before[0] <= _ANAPHOR_REACH
        view = View(
            self.published, leaning, sure, before=self.before[1] if self.before and near else None,
            years=self.years, us=self.us, last=self.last[1] if self.last else None,
        )  # fmt: skip
        readings = choices(phrase, view)
        self._remember(phrase, readings, extent)
        if relation == "since" and self.published is not None:
            early = isinstance(phrase, said.Part) and phrase.name == "early"
            readings = [_open_since(choice, self.published, early) for choice in readings]
        mention = _is_mention(phrase) and not self._is_nowadays(phrase, extent, relation)
        return Dated(_when(extent, readings, relation, mention), phrase, leaning)

    def _may_begin(self, phrase: said.Phrase, extent: Extent) -> bool:
        """Tell whether a day after a word for "since" or "from" is to come: "desde mayo se abrirá"."""
        if not isinstance(phrase, said.Calendar) or phrase.year is not None:
            return False
        starts = self.around.starts(self.text.plain, extent.start)
        return starts and self.tenses.leaning(extent, "starting") == "future"

    def _is_nowadays(self, phrase: said.Phrase, extent: Extent, relation: str | None) -> bool:
        """Tell whether "today" beside a verb of the present means these times: "hoy viven 400"."""
        if phrase != said.Shift("day", 0) or relation is not None or self.around.capitalised:
            return False
        opens = extent.start - self.tenses.sentence(extent).start <= len("«“")
        return not opens and not self.tenses.tells_beside(extent)

    def _framed(self, phrase: said.Phrase, extent: Extent) -> said.Phrase:
        """Give a month without a year the year that opens its sentence ("In 2022, from January to June")."""
        if isinstance(phrase, said.Range):
            return replace(phrase, end=self._framed(phrase.end, extent))
        if not isinstance(phrase, said.Calendar) or self.frame is None:
            return phrase
        if (
            phrase.year is not None
            or phrase.year_shift is not None
            or phrase.side
            or phrase.weekday is not None
        ):
            return phrase
        start, year = self.frame
        if extent.start - start > _FRAME_REACH or start < self.tenses.sentence(extent).start:
            return phrase
        return replace(phrase, year=year)

    def _remember(self, phrase: said.Phrase, readings: list[Choice], extent: Extent) -> None:
        if isinstance(phrase, said.Calendar | said.Years) and not getattr(phrase, "fiscal", False):
            year = phrase.year if isinstance(phrase, said.Calendar) else phrase.last
            if year is not None:
                self.years = (*self.years[-9:], year)
        if isinstance(phrase, said.Years) and phrase.first == phrase.last and not phrase.fiscal:
            before = self.text.plain[max(0, extent.start - 20) : extent.start]
            if self.around.frames.search(before):
                self.frame = extent.start, phrase.first
        if readings:
            self.last = extent.end, readings[0].period
            if readings[0].period.unit == "day":
                self.before = self.last


def _several(phrase: said.Phrase) -> bool:
    """Tell whether the words name a first and a last day, month or year."""
    if isinstance(phrase, said.Calendar):
        return phrase.last_month is not None or phrase.last_day is not None
    return isinstance(phrase, said.Range) or (isinstance(phrase, said.Years) and phrase.first < phrase.last)


def _open_since(choice: Choice, published: Period, early: bool = False) -> Choice:
    """Let a period that began before the document run up to the document's date.

    What began `early` in a year began in its first month.
    """
    if choice.period.first > published.last or choice.period.text.endswith("~"):
        return choice
    start = choice.period.text.split("/")[0]
    if early and start.isdigit():
        start += "-01"
    last = max(published.last, choice.period.first)
    return choice._replace(period=replace(choice.period, last=last, text=f"{start}/{published.text}~"))


def _is_mention(phrase: said.Phrase) -> bool:
    """Tell whether words name a date: "to date", "that day", "a week later", "the past two years" do not."""
    back = isinstance(phrase, said.Anaphor) and phrase.offset == 0
    later = isinstance(phrase, said.Apart) and phrase.count > 0
    return not back and not later and not isinstance(phrase, said.Now | said.Window)


def _when(extent: Extent, readings: list[Choice], relation: str | None, mention: bool) -> When:
    if not readings:
        return When(extent.start, extent.end, None, relation=_named(relation), mention=mention)
    chosen = readings[0]
    candidates = tuple(Candidate(choice.period.text, choice.reason) for choice in readings)
    return When(
        extent.start, extent.end, chosen.period.text,
        candidates=candidates if len(candidates) > 1 else (),
        first=chosen.period.first.isoformat(), last=chosen.period.last.isoformat(),
        fiscal=chosen.fiscal, relation=_named(relation), mention=mention,
    )  # fmt: skip


def _named(relation: str | None) -> str | None:
    """Return the relation as records name it: what starts on a day holds since then."""
    return "since" if relation == "starting" else relation
