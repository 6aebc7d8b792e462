"""Who held which office when, and the names by which they are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from travesia.record.reading.names.words import words_of

_STANDS_IN = {"president": "prime-minister", "foreign-minister": "secretary-of-state"}
"""Where a state does not have the one office, the other is meant."""


@dataclass(frozen=True)
class Tenure:
    """That somebody held an office from a day until before another; an open end is none.

    `of` is a country's code or an organisation's id, `country` where that is; `words` are those of the
    holder's name, folded.
    """

    office: str
    of: str
    country: str | None
    holder: str
    words: tuple[str, ...]
    first: str
    last: str
    forms: tuple[str, ...]
    bare: tuple[str, ...]

    @property
    def person(self) -> str:
        """The id of the person."""
        return person_id(self.holder)

    @property
    def role(self) -> tuple[str, str]:
        """The office and the id of what it is the office of."""
        return self.office, self.of if ":" in self.of else f"cty:{self.of}"

    def is_of(self, of: str | None) -> bool:
        """Tell whether the office can be that of a state or organisation; any will do for none."""
        return of in (None, self.of, self.country)

    def covers(self, day: str) -> bool:
        """Tell whether the office was held on a day, or at some time of a month or year."""
        return self.first[: len(day)] <= day and (not self.last or day < self.last)


def person_id(name: str) -> str:
    """Return the id of a person: the name in lower case, without accents, with hyphens."""
    return f"per:{'-'.join(words_of(name).folds)}"


def fits(written: str | None, office: str) -> bool:
    """Tell whether what stands before a name can mean an office: "Secretary" is short for several."""
    return written in (None, "mister", office) or (written != "president" and str(written) in office)


def tenures(rows: Iterable[Mapping[str, str]], countries: Mapping[str, str | None]) -> tuple[Tenure, ...]:
    """Return the table of offices from its rows, with the countries of organisations by id."""
    return tuple(
        Tenure(
            office=row["office"],
            of=row["of"],
            country=countries.get(row["of"]),
            words=words_of(row["holder"]).folds,
            holder=row["holder"],
            first=row["from"],
            last=row["to"],
            forms=(row["holder"], *filter(None, row["aliases"].split("|"))),
            bare=tuple(filter(None, row["bare"].split("|"))),
        )
        for row in rows
    )


def holder(table: Iterable[Tenure], office: str, of: str | None, day: str | None) -> Tenure | None:
    """Return who held an office on a day; none where the table does not settle it.

    Without `of`, the office must be one that the table knows of one state or organisation only, such as
    the secretary of state.
    """
    if day is None:
        return None
    table = tuple(table)
    for name in filter(None, (office, _STANDS_IN.get(office))):
        rows = [row for row in table if row.office == name]
        if of is None and len({row.of for row in rows}) > 1:
            return None
        found = {row.person: row for row in rows if row.is_of(of) and row.covers(day)}
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
    return None
