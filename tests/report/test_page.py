"""The page: one file, no request, readable without seeing, complete in every section."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from invented import invented_study, with_tables

from travesia.report import render
from travesia.report.page import SECTIONS
from travesia.study import Study
from travesia.terms import UsageError

VOID = {"meta", "link", "br", "hr", "img", "input"}


class Page(HTMLParser):
    """Tags in order with their attributes, and the text outside style."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.broken: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.broken.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.fixture(scope="module")
def parsed(page: str) -> Page:
    return Page(page)


def test_tags_are_closed_in_order(parsed: Page) -> None:
    assert parsed.broken == []
    assert parsed.open == []


def test_it_asks_nothing_of_the_network_and_runs_nothing(page: str, parsed: Page) -> None:
    assert parsed.all("script") == []
    assert parsed.all("link") == []
    assert parsed.all("iframe") == []
    for tag, attrs in parsed.tags:
        for name in ("src", "srcset", "data", "action", "poster", "background"):
            assert name not in attrs, tag
        assert not any(name.startswith("on") for name in attrs), tag
        assert (attrs.get("href") or "#").startswith("#"), tag
    style = page[page.index("<style>") : page.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style
    assert all(target.startswith("#") for target in re.findall(r"url\(([^)]*)\)", page))


def test_it_is_sealed(parsed: Page) -> None:
    policy = next(
        m["content"] for m in parsed.all("meta") if m.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    assert "script-src" not in policy


def test_it_is_small(page: str) -> None:
    assert len(page.encode()) < 1_000_000


def test_structure_for_those_who_listen(parsed: Page) -> None:
    assert parsed.all("html")[0]["lang"] == "en"
    assert (
        len(parsed.all("h1"))
        == len(parsed.all("main"))
        == len(parsed.all("nav"))
        == len(parsed.all("footer"))
        == 1
    )
    levels = [int(tag[1]) for tag, _ in parsed.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), "no level is skipped"
    assert all(attrs.get("aria-labelledby") for attrs in parsed.all("section"))
    assert all(attrs.get("role") == "img" and attrs.get("aria-labelledby") for attrs in parsed.all("svg"))


def test_ids_are_unique_and_links_lead_somewhere(parsed: Page) -> None:
    ids = Counter(attrs["id"] for _, attrs in parsed.tags if attrs.get("id"))
    assert [name for name, count in ids.items() if count > 1] == []
    for attrs in parsed.all("a"):
        assert (attrs["href"] or "").removeprefix("#") in ids
    named = " ".join(attrs.get("aria-labelledby") or "" for _, attrs in parsed.tags).split()
    assert set(named) <= set(ids)
    assert {f"#{name}" for name in SECTIONS} <= {attrs["href"] for attrs in parsed.all("a")}


def test_every_figure_has_a_caption_and_its_numbers(parsed: Page) -> None:
    figures = len(parsed.all("figure"))
    assert figures > 15
    assert len(parsed.all("figcaption")) == figures
    assert len(parsed.all("summary")) >= figures
    assert len(parsed.all("caption")) == len(parsed.all("table")) > figures
    heads = parsed.all("th")
    assert all(attrs.get("scope") in ("col", "row") for attrs in heads)
    assert all("nan" not in (attrs.get("class") or "") for attrs in heads)


def test_the_answer_comes_first_and_says_what_it_is(parsed: Page) -> None:
    assert "A scenario is not a forecast" in parsed.text
    order = [
        parsed.text.index(part)
        for part in ("251 thousand fewer encounters", "People a month", "Show as table")
    ]
    assert order[0] == min(order)


@pytest.mark.parametrize(
    "part",
    [
        "travesia run americas --runs 200 --seed 1", "abababab", "UNHCR", "CC BY 4.0",
        "Natural Earth", "World Bank",
        "do not imply any opinion", "must not be used so", "not reported", "Move nobody in the model: 1",
        "no effect is cited",
        "no cited place of entry", "by construction", "Retry after expulsion", "6,312",
        "parole not counted",
        "In force and acting: 2", "11 May 2023",
    ],
)  # fmt: skip
def test_what_a_reader_may_look_for_is_there(parsed: Page, part: str) -> None:
    assert part in parsed.text


def test_twenty_states_are_listed(study: Study, parsed: Page) -> None:
    names = study.region.countries.filter(pl.col("la_declaration"))["name_en"].to_list()
    assert len(names) == 20
    assert all(name in parsed.text for name in names)


def test_texts_of_others_are_escaped(study: Study) -> None:
    hostile = '"><script>alert(1)</script>'
    page = render(replace(study, title=hostile, question=hostile, command=hostile))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "&lt;30,000 a month&gt;" in page, "a description of the pack"


def test_numbers_are_never_nan_or_none(parsed: Page) -> None:
    assert not re.search(r"\b(nan|None|null|inf)\b", parsed.text)


@pytest.mark.parametrize(
    "empty",
    [
        "balance",
        "drivers",
        "scores_as_of",
        "not_routed",
        "link_flows",
        "arrivals",
        "answers_by_nationality",
        "policies",
        "shares",
        "state_pledges",
    ],
)
def test_an_empty_table_leaves_the_rest_standing(study: Study, empty: str) -> None:
    page = Page(render(with_tables(study, {empty: study.tables[empty].clear()})))
    assert page.broken == []
    assert "251 thousand fewer encounters" in page.text
    assert len(page.all("section")) == len(SECTIONS)


def test_a_study_of_one_scenario_says_that_nothing_is_compared(study: Study) -> None:
    alone = replace(study, scenarios=study.scenarios[:1])
    alone = with_tables(
        alone, {name: study.tables[name].clear() for name in ("answers", "drivers", "answers_by_nationality")}
    )
    page = Page(render(alone))
    assert "no second scenario" in page.text
    assert page.broken == []


def test_two_alternatives_need_no_number(study: Study) -> None:
    pair = replace(study, scenarios=study.scenarios[:2])
    keep = pl.col("scenario").is_in([note.name for note in pair.scenarios])
    pair = with_tables(pair, {name: study.tables[name].filter(keep) for name in ("answers", "drivers")})
    text = Page(render(pair)).text
    assert "B brings" in text
    assert not re.search(r"\bB1\b", text)


def test_another_process_gives_the_same_page(page: str) -> None:
    code = "import invented as i, travesia.report as r; print(r.render(i.invented_study()), end='')"
    here = Path(__file__).parent
    made = subprocess.run(
        [sys.executable, "-c", code],
        cwd=here,
        env={"PYTHONHASHSEED": "77", "PATH": ""},
        capture_output=True,
        check=True,
    )
    assert made.stdout.decode() == page


def test_an_unknown_language_is_refused(study: Study) -> None:
    with pytest.raises(UsageError, match="language xx"):
        render(replace(study, lang="xx"))


@pytest.mark.parametrize("lang", ["es", "fr", "pt"])
def test_other_languages_are_whole_pages(lang: str) -> None:
    page = Page(render(invented_study(lang)))
    assert page.broken == []
    assert page.all("html")[0]["lang"] == lang
    for english in ("The answer", "Show as table", "not reported", "thousand", "fewer", "Paired differences"):
        assert english not in page.text
