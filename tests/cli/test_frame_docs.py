"""The documents are held to the code, and the tool that does it finds what it should."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tools():
    """Give the two document tools, imported as the scripts see each other."""
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        import build_reference
        import check_docs
    finally:
        sys.path.pop(0)
    return build_reference, check_docs


@pytest.fixture
def check(tools, tmp_path, monkeypatch):
    monkeypatch.setattr(tools[1], "ROOT", tmp_path)
    (tmp_path / "docs").mkdir()
    return tools[1]


def page(check, text, name="docs/page.md"):
    path = check.ROOT / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_documents_of_this_project_are_in_order(tools):
    check = tools[1]
    wrong = [*check.stale_pages(), *check.unlisted_pages(), *check.day_faults()]
    for path in check.documents():
        wrong += [*check.broken_links(path), *check.unkind_words(path), *check.missing_tests(path)]
    assert wrong == []


def test_the_reference_names_every_command_table_column_and_public_name(tools):
    import travesia
    from travesia.cli import COMMANDS
    from travesia.terms import schemas

    texts = {path.name: text for path, text in tools[0].pages().items()}
    for command in COMMANDS:
        assert f"## travesia {command.name}\n" in texts["commands.md"]
    for name, schema in tools[0]._schemas():
        section = texts["tables.md"].split(f"## {name}\n")[1].split("\n## ")[0]
        assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(schema.columns())
        assert getattr(schemas, name) is schema
    rows = re.findall(r"^\| `(\w+)` \| `travesia\.\w+` \| \S.* \|$", texts["python.md"], re.MULTILINE)
    assert rows == travesia.__all__[1:]
    assert not [line for text in texts.values() for line in text.splitlines() if line != line.rstrip()]


def test_links_to_nowhere_are_found(check):
    page(check, "# Title\n\n## A `b`, (c)!\n", "docs/there.md")
    good = (
        "[a](there.md) [b](there.md#a-b-c) [c](#here) [d](https://a.org) ![e](../docs/there.md)\n\n# Here\n"
    )
    assert list(check.broken_links(page(check, good))) == []
    bad = "[a](gone.md) [b](there.md#gone) [c](#gone) ![d](gone.png)\n"
    assert [said.split(": ", 1)[1] for said in check.broken_links(page(check, bad))] == [
        "link to gone.md leads nowhere",
        "link to there.md#gone: no such heading",
        "link to #gone: no such heading",
        "link to gone.png leads nowhere",
    ]


def test_links_in_examples_and_remarks_are_not_links(check):
    assert (
        list(check.broken_links(page(check, "```text\n[a](gone.md)\n```\n<!-- ![p](gone.png) -->\n"))) == []
    )


def test_a_page_that_the_index_does_not_name_is_found(check):
    page(check, "[a](listed.md)", "docs/README.md")
    page(check, "x", "docs/listed.md")
    page(check, "x", "docs/lost.md")
    assert list(check.unlisted_pages()) == ["docs/lost.md: is not listed in docs/README.md"]


@pytest.mark.parametrize("change", [lambda text: text + "x", lambda text: text[:-1], None])
def test_a_stale_or_missing_reference_page_is_found(tools, tmp_path, monkeypatch, change):
    path = tmp_path / "commands.md"
    monkeypatch.setattr(tools[1], "ROOT", tmp_path)
    monkeypatch.setattr(tools[1].build_reference, "pages", lambda: {path: "text\n"})
    if change:
        path.write_text(change("text\n"), encoding="utf-8")
    assert list(tools[1].stale_pages()) == ["commands.md: is out of date; run `make docs`"]
    path.write_text("text\n", encoding="utf-8")
    assert list(tools[1].stale_pages()) == []


def test_a_test_that_does_not_exist_is_found(check):
    good = "`test_a_test_that_does_not_exist_is_found` and test_prose"
    assert list(check.missing_tests(page(check, good))) == []
    wrong = list(check.missing_tests(page(check, "`test_" + "of_nothing`")))
    assert wrong == ["docs/page.md: names test_of_nothing, which is no test"]


@pytest.mark.parametrize(
    "words", ["a flood of people", "Waves of arrivals", "illegal crossings", "surged? a surge"]
)
def test_words_that_we_do_not_use_of_people_are_found(check, words):
    assert len(list(check.unkind_words(page(check, words)))) == 1
    assert list(check.unkind_words(page(check, "people on the move; wavelength"))) == []
    assert list(check.unkind_words(page(check, words, "CONTRIBUTING.md"))) == []


def test_marked_examples_run_in_order_in_one_folder(check):
    write = "<!-- run -->\n```bash\necho 1 > a\n```\n"
    read = "<!-- run -->\n```python\nfrom pathlib import Path\nassert Path('a').read_text() == '1\\n'\n```\n"
    good = f"{write}\n{read}"
    assert list(check.failed_examples(page(check, good))) == []
    assert list(check.failed_examples(page(check, "```bash\nfalse\n```\n"))) == [], (
        "what is not marked is not run"
    )


@pytest.mark.parametrize(
    ("language", "code", "said"),
    [
        ("bash", "false | true", "example fails: false | true: "),
        ("bash", "travesia nonsense", "example fails: travesia nonsense: error: No such command 'nonsense'"),
        ("python", "assert False", "example fails: assert False: AssertionError"),
        ("python", "import warnings; warnings.warn('old')", "UserWarning: old"),
    ],
)
def test_an_example_that_fails_is_found(check, language, code, said):
    wrong = list(check.failed_examples(page(check, f"<!-- run -->\n```{language}\n{code}\n```\n")))
    assert len(wrong) == 1
    assert said in wrong[0]


def test_the_index_of_decisions_names_each_of_them():
    index = (ROOT / "decisions" / "README.md").read_text(encoding="utf-8")
    for path in sorted((ROOT / "decisions").glob("0*.md")):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert f"[{lines[0].removeprefix('# ')}]({path.name})" in index
        assert len(lines) <= 14
