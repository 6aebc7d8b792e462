"""``pack.toml`` and ``project.toml``: read, checked, and every fault with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from travesia.region.text import read_text
from travesia.terms import PackError, Source, Span, parse_day

MANIFEST, PROJECT = "pack.toml", "project.toml"
FORMAT = 1
"""The newest pack format that this version reads."""

MIGRATIONS: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = MappingProxyType({})
"""By format: the function that turns a manifest of that format into one of the next."""

LANGUAGES = ("en", "es", "fr", "pt")


def _day(value: object) -> object:
    return parse_day(value) if isinstance(value, str) else value


Day = Annotated[date, BeforeValidator(_day)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-+[a-z0-9]+)*$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Title(_Strict):
    """A title or question in four languages."""

    en: str
    es: str
    fr: str
    pt: str


class DefaultSpan(_Strict):
    """The days that a run covers when none are asked for; half-open."""

    start: Day
    end: Day


class SourceEntry(_Strict):
    """A source of observations or of the map, with its licence and known faults."""

    id: Id = Field(description="source id, as observations name it")
    title: str = Field(description="what it is")
    publisher: str = Field(description="who published it, and the name of the dataset")
    licence: str = Field(description="what one may do with it")
    published: str | None = Field(None, description="day of publication")
    lang: str | None = Field(None, description="language")
    stored_copy: str | None = Field(None, description="where the copy lay that was read")
    transformed: str | None = Field(None, description="what was done to it")
    faults: str | None = Field(None, description="known faults")
    file: str | None = Field(None, description="name of the raw file")
    sha256: str | None = Field(None, pattern=r"^[0-9a-f]{64}$", description="digest of the raw file")

    def source(self) -> Source:
        """Return the noun that other rooms use."""
        return Source(
            id=self.id,
            title=self.title,
            publisher=self.publisher,
            licence=self.licence,
            published=self.published,
            lang=self.lang,
            sha256=self.sha256,
            stored_copy=self.stored_copy,
            faults=self.faults,
        )


RecordType = Literal[
    "actor", "event", "participation", "instrument", "policy", "commitment", "figure", "statement", "relation"
]
Persons = Annotated[int, Field(ge=1)]


class LedgerRule(_Strict):
    """What a pack asks before a record of its ledger counts."""

    acceptances: Persons = Field(
        1, description="how many different people must accept the same content before a record counts"
    )
    by_type: dict[RecordType, Persons] = Field(
        {}, description="table: the same for single types of record, for example `commitment = 2`"
    )

    def by_type_of_record(self) -> dict[str, int]:
        """Return the number by type of record; ``*`` stands for all others."""
        return {"*": self.acceptances} | {str(kind): number for kind, number in self.by_type.items()}


class Manifest(_Strict):
    """What ``pack.toml`` says."""

    name: Id = Field(description="name of the pack")
    version: str = Field(description="version of its content")
    format: int = Field(description="version of the pack format")
    visibility: Literal["public", "restricted"] = Field(description="`public` or `restricted`")
    default_scenarios: tuple[str, ...] = Field((), description="scenarios that `travesia run` compares")
    data_end: Day | None = Field(None, description="first day of which series on movement know nothing")
    background: tuple[str, ...] = Field(
        (), description="series that go on after `data_end`; never predictors"
    )
    rounding: str | None = Field(None, description="which coordinates were rounded, and why")
    readme_sha256: str | None = Field(None, description="digest of the description of the raw files")
    title: Title = Field(description="table: title in `en`, `es`, `fr`, `pt`")
    question: Title | None = Field(None, description="table: what the default scenarios ask, likewise")
    default_span: DefaultSpan = Field(description="table: `start` and `end` of a run, half-open")
    codes: dict[str, str] = Field({}, description="table: nationalities of the sources that are no states")
    ledger: LedgerRule = Field(
        default_factory=lambda: LedgerRule.model_validate({}),
        description="table: who must accept records, see below",
    )
    sources: tuple[SourceEntry, ...] = Field((), description="tables: one a dataset, see below")

    def span(self) -> Span:
        """Return the default span."""
        return Span(self.default_span.start, self.default_span.end)


class Project(_Strict):
    """What ``project.toml`` says: the pack over which the project lies, by name or folder."""

    format: int
    pack: str


Model = TypeVar("Model", Manifest, Project)


def read_manifest(path: Path) -> Manifest:
    """Read ``pack.toml``.

    Raises
    ------
    PackError
        For a file that is missing or wrong, and for a format that this version does not know.
    """
    text, content = _read_toml(path)
    _refuse_newer(path, text, content)
    while isinstance(step := content.get("format"), int) and step in MIGRATIONS:
        content = MIGRATIONS[step](content)
    manifest = _validated(path, text, content, Manifest)
    if manifest.default_span.end <= manifest.default_span.start:
        raise _fault(
            path,
            text,
            ("default_span", "end"),
            "is not after start",
            "give the day after the last day",
            manifest.default_span.end,
        )
    names = [source.id for source in manifest.sources]
    if twice := next((at for at, name in enumerate(names) if name in names[:at]), 0):
        raise _fault(path, text, ("sources", twice, "id"), "source stands twice", "keep one", names[twice])
    return manifest


def read_project(path: Path) -> Project:
    """Read ``project.toml``; raises `PackError` as `read_manifest` does."""
    text, content = _read_toml(path)
    _refuse_newer(path, text, content)
    return _validated(path, text, content, Project)


def _refuse_newer(path: Path, text: str, content: dict[str, Any]) -> None:
    number = content.get("format")
    if isinstance(number, int) and number > FORMAT:
        problem = f"this version reads formats up to {FORMAT}"
        raise _fault(path, text, ("format",), problem, "update travesia", number)
    if isinstance(number, int) and number < FORMAT and number not in MIGRATIONS:
        raise _fault(path, text, ("format",), "there was no such format", f"write format = {FORMAT}", number)


def _read_toml(path: Path) -> tuple[str, dict[str, Any]]:
    text = read_text(path)
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"\(at line (\d+),", str(error))
        what = str(error).partition(" (at ")[0]
        what = f"is no TOML ({what[:1].lower()}{what[1:]})"
        row = int(at[1]) if at else len(text.splitlines())
        cell = text.splitlines()[row - 1].partition("=") if at else ("", "", "")
        key, value = (cell[0].strip() or None, cell[2].strip() or None) if cell[1] else (None, None)
        raise PackError(path, what, "correct the line", row=row, column=key, value=value) from None


def _validated(path: Path, text: str, content: dict[str, Any], model: type[Model]) -> Model:
    try:
        return model.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
    where = first["loc"]
    if first["type"] == "missing":
        raise _fault(path, text, where, "key is missing", "add it")
    if first["type"] == "extra_forbidden":
        raise _fault(path, text, where, "key is unknown", "remove it or correct its name")
    message = str(first["msg"]).removeprefix("Value error, ")
    value = first["input"] if isinstance(first["input"], str | int | float | date) else None
    raise _fault(path, text, where, message[:1].lower() + message[1:], "correct the line", value)


def _fault(
    path: Path, text: str, where: Sequence[str | int], problem: str, remedy: str, value: object = None
) -> PackError:
    """Make the error for a key, with the line on which it stands, or else that of its table."""
    names = ".".join(part for part in where if isinstance(part, str))
    return PackError(path, problem, remedy, row=_line_of(text, where), column=names, value=value)


def _line_of(text: str, where: Sequence[str | int]) -> int | None:
    lines = text.splitlines()
    header, start, end = None, 0, len(lines)
    if len(where) > 1:
        # The table that the path begins with: ``[name]``, or the n-th ``[[name]]``.
        name = rf"\s*{re.escape(str(where[0]))}\s*"
        many = isinstance(where[1], int)
        pattern = re.compile(rf"\s*\[\[{name}\]\]" if many else rf"\s*\[{name}\]")
        found = [number for number, line in enumerate(lines) if pattern.match(line)]
        nth = where[1] if isinstance(where[1], int) else 0
        if nth < len(found):
            header = start = found[nth] + 1
    after = (number for number in range(start, len(lines)) if lines[number].lstrip().startswith("["))
    end = next(after, end)
    entry = re.compile(rf'\s*"?{re.escape(str(where[-1]))}"?\s*=')
    return next((number + 1 for number in range(start, end) if entry.match(lines[number])), header)
