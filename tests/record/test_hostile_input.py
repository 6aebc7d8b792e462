"""Whatever file is given, reading ends: with what it says, each cite valid, or with a line on its fault."""

from __future__ import annotations

import json
import signal
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pdf_files import nested_forms, one_page

from travesia.record import Described, as_json, citations, load_document, read_document
from travesia.record.documents.formats import LONGEST_TEXT, MOST_ELEMENTS
from travesia.terms import InputError

TEXTS = {
    "prose": "The United States will resettle 20,000 refugees in 2023, President Biden said on June 10. ",
    "ones": "1 ",
    "per cents": "3% ",
    "brackets": "(",
    "stops": ". ",
    "quotes": '"a ',
    "digits": "1234567890",
    "thousands": "1,",
    "amounts": "$5, ",
    "number words": "one million two hundred thousand ",
    "dates": "10 June 2022 ",
    "weekdays": "Monday, June 5, ",
    "years": "2022 ",
    "names": "President of the United States ",
    "countries": "Mexico and Chile ",
    "abbreviations": "U.S. ",
    "measures": "Title 42 ",
    "verbs": "will provide ",
    "sayings": "said ",
    "summits": "IX Summit ",
    "articles": "a the new ",
    "letters": "A ",
    "hyphens": "a-",
    "accents": "e\u0301",
    "meetings": "The leaders met in Lima and signed a declaration. Chile hosted it.\n",
    "tiny lines": "Hi 5.\n",
    "blanks": "a" + " " * 500,
}
"""What a text is made of, again and again, in one line but for the last ones."""


class StalledError(Exception):
    """A reading took more of the processor than any could need."""


@pytest.fixture
def no_stall() -> Iterator[None]:
    """Fail what takes a minute of the processor, many times what it should."""

    def stop(*_: object) -> None:
        raise StalledError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, 60)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


def _text(kind: str, length: int) -> str:
    return (TEXTS[kind] * (length // len(TEXTS[kind]) + 1))[:length].rstrip() + "x"


def _read(path: Path, **said: str) -> tuple[dict[str, Any], str]:
    document = load_document(path, Described(**said))
    return as_json(read_document(document)), document.text


@pytest.mark.usefixtures("no_stall")
@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_line_of_anything_is_read_and_its_cites_hold(tmp_path: Path, kind: str, language: str) -> None:
    path = tmp_path / "line.txt"
    path.write_text(_text(kind, 10_000), encoding="utf-8")
    signal.setitimer(signal.ITIMER_VIRTUAL, 10)
    reading, text = _read(path, language=language, published="2022-06-10")
    valid, every = citations(reading, text)
    assert valid == every
    assert reading["document"]["chars"] == len(_text(kind, 10_000))


@pytest.mark.slow
@pytest.mark.usefixtures("no_stall")
@pytest.mark.parametrize("kind", TEXTS)
def test_eight_times_the_length_takes_about_eight_times_the_work(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "line.txt"

    def seconds(length: int) -> float:
        path.write_text(_text(kind, length), encoding="utf-8")
        begun = time.process_time()
        _read(path, language="en", published="2022-06-10")
        return time.process_time() - begun

    seconds(1_000)
    # Were it the square of the length, it would be 64 times as long.
    assert seconds(80_000) < 32 * max(seconds(10_000), 0.02)


def test_a_line_of_ten_megabytes_is_refused_at_once_and_told_to_be_split(
    tmp_path: Path, travesia: Callable[..., Any]
) -> None:
    path = tmp_path / "line.txt"
    path.write_bytes(b"1 " * 5_000_000)
    done = travesia("read", path, "--json")
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        f"error: {path}: holds 10,000,000 characters, more than {LONGEST_TEXT:,}; "
        "split it into its documents or chapters\n"
    )


@pytest.mark.slow
@pytest.mark.usefixtures("no_stall")
def test_thirty_thousand_tiny_lines_are_read(tmp_path: Path) -> None:
    path = tmp_path / "lines.txt"
    path.write_text("Chile signed.\n" * 30_000, encoding="utf-8")
    reading, _ = _read(path, language="en")
    assert len(reading["mentions"]) == 30_000


@pytest.mark.parametrize("content", ["x", "Mexico", "\ufeff\n5", "¡", "2022", "…"])
def test_a_file_of_one_word_is_read(tmp_path: Path, travesia: Callable[..., Any], content: str) -> None:
    path = tmp_path / "word.txt"
    path.write_text(content, encoding="utf-8")
    done = travesia("read", path, "--json")
    assert done.code == 0
    assert json.loads(done.out)["document"]["chars"] == len(content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (bytes(range(256)) * 40, "is no text (it holds zero bytes)"),
        ("El acuerdo de migración\n".encode() + "años\n".encode("latin-1"), "2: is not UTF-8 (byte 0xF1"),
        ("Mexico\nsaid \u202eno\u202c".encode(), "2: holds U+202E"),
        ("\u2066Mexico\u2069".encode(), "1: holds U+2066"),
        ("\u200b\n".encode() + b"\x07" * 200, "control characters"),
    ],
)
def test_what_cannot_be_cited_gets_one_line(
    tmp_path: Path, travesia: Callable[..., Any], content: bytes, said: str
) -> None:
    path = tmp_path / "given.txt"
    path.write_bytes(content)
    done = travesia("read", path)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert said in done.err


def test_an_empty_index_gets_one_line(tmp_path: Path, travesia: Callable[..., Any]) -> None:
    (tmp_path / "word.txt").write_text("Mexico", encoding="utf-8")
    (tmp_path / "index.csv").write_text("", encoding="utf-8")
    done = travesia("read", tmp_path / "word.txt", "--index", tmp_path / "index.csv")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert "index.csv" in done.err


@pytest.mark.usefixtures("no_stall")
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (one_page(zlib.compress(b" " * 70_000_000)), "unpacks to more than"),
        (one_page(zlib.compress(b"A" * 300_000_000)), "cannot be read as PDF"),
        (one_page(zlib.compress(zlib.compress(b"A" * 300_000_000)), packed=2), "cannot be read as PDF"),
        (one_page(zlib.compress(b"BT ET")), "holds no text on its 1 pages"),
    ],
)
def test_a_pdf_that_unpacks_without_measure_gets_one_line(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "given.pdf"
    path.write_bytes(content)
    with pytest.raises(InputError, match=said):
        load_document(path)


@pytest.mark.usefixtures("no_stall")
def test_a_pdf_of_forms_within_forms_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "given.pdf"
    path.write_bytes(nested_forms(depth=6, width=10))
    assert load_document(path).text.strip()
    monkeypatch.setattr("travesia.record.documents.formats.MOST_OPERATORS", 100)
    with pytest.raises(InputError, match="draws more than 100 times"):
        load_document(path)


@pytest.mark.usefixtures("no_stall")
@pytest.mark.parametrize("piece", ["<ul><li>a</li></ul>", "<p>a", "<font>a</font>", "<table><tr><td>a"])
def test_a_page_of_countless_elements_gets_one_line(tmp_path: Path, piece: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<html><body>{piece * (MOST_ELEMENTS + 1)}", encoding="utf-8")
    with pytest.raises(InputError, match="elements"):
        load_document(path)
