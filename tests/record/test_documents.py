"""A file becomes text whose every code point can be cited, or one clear line says why not."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest

from travesia.record.documents import load_document, read_index
from travesia.record.reading.plain import plain_copy
from travesia.terms import InputError


def _file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_offsets_count_code_points_of_the_file_as_it_is(tmp_path: Path) -> None:
    content = "L’accord\u00a0: 20\u202f000 réfugiés.\r\nFin.\n"
    document = load_document(_file(tmp_path, "Accord (1).txt", content))
    assert document.text == content
    assert document.sha256 == hashlib.sha256(content.encode()).hexdigest() == document.text_sha256
    assert document.id == f"doc:accord-1-{document.sha256[:8]}"
    plain = plain_copy(content)
    assert len(plain) == len(content)
    assert plain.startswith("L'accord : 20 000 r")


def test_every_space_quote_and_dash_becomes_plain_in_its_place() -> None:
    odd = "«a»\u2009b\u2013c\u2014d “e” ‘f’ g\u2011h\u3000i\ufeff"
    assert plain_copy(odd) == '"a" b-c-d "e" \'f\' g-h i '


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b" \n ", "is empty"),
        (b"\x00\x01\x02" * 50, "is no text (it holds zero bytes)"),
        (b"\x1b\x07\x01\x02" * 50, "control characters"),
        (b"\xff\xfeh\x00i\x00", "is UTF-16"),
        ("línea uno\nañ".encode() + "o dos\n".encode("utf-16-le"), "zero bytes"),
        (b"uno\ndos\n" + "año\n".encode("latin-1"), ":3: is not UTF-8 (byte 0xF1 at 9)"),
        ("x\nsay \u202eevil\u202c".encode(), ":2: holds U+202E"),
    ],
)
def test_what_is_no_text_gets_one_line(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(InputError) as caught:
        load_document(_file(tmp_path, "given.txt", content))
    assert said in str(caught.value)
    assert "given.txt" in str(caught.value)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="file is missing"):
        load_document(tmp_path / "none.txt")
    with pytest.raises(InputError, match="is a folder"):
        load_document(tmp_path)


def test_a_page_gives_the_text_of_its_article(tmp_path: Path) -> None:
    story = "".join(
        f"<p>Paragraph {n} says that 20,000 refugees were admitted in 2023.</p>" for n in range(9)
    )
    page = (
        f"<!doctype html><html><head><title>T</title><script>var x=1</script></head><body><nav>menu</nav>"
        f"<article><h1>Title</h1>{story}</article></body></html>"
    )
    document = load_document(_file(tmp_path, "page.html", page))
    assert document.media == "html"
    assert "Paragraph 8 says that 20,000 refugees" in document.text
    assert "var x" not in document.text
    assert document.sha256 == hashlib.sha256(page.encode()).hexdigest() != document.text_sha256


@pytest.mark.parametrize("depth", [300, 200_000])
def test_a_page_nested_too_deeply_gets_one_line_at_once(tmp_path: Path, depth: int) -> None:
    page = "<html><body>" + "<div>" * depth + "text" + "</div>" * depth + "</body></html>"
    with pytest.raises(InputError, match="nested more than"):
        load_document(_file(tmp_path, "deep.html", page))


def test_a_page_without_text_gets_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no text"):
        load_document(_file(tmp_path, "bare.html", "<html><body><img src=x></body></html>"))


def _pdf(text: str | None) -> bytes:
    """Make a PDF of one page by hand: a page with one line of text, or with nothing on it."""
    stream = b"" if text is None else f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    file, places = io.BytesIO(), []
    file.write(b"%PDF-1.4\n")
    for number, part in enumerate(parts, start=1):
        places.append(file.tell())
        file.write(b"%d 0 obj\n%s\nendobj\n" % (number, part))
    table = file.tell()
    file.write(b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in places))
    file.write(b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table)
    return file.getvalue()


def test_a_pdf_gives_its_text(tmp_path: Path) -> None:
    document = load_document(_file(tmp_path, "plan.pdf", _pdf("Up to 20,000 refugees in 2023")))
    assert (document.media, document.text.strip()) == ("pdf", "Up to 20,000 refugees in 2023")


def test_a_pdf_without_text_and_a_damaged_one_get_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no text on its 1 pages"):
        load_document(_file(tmp_path, "scan.pdf", _pdf(None)))
    with pytest.raises(InputError, match="cannot be read as PDF"):
        load_document(_file(tmp_path, "broken.pdf", b"%PDF-1.4\nrubbish"))


def test_an_index_says_who_published_what_when(tmp_path: Path) -> None:
    index = read_index(
        _file(tmp_path, "index.csv", "file,language,date,publisher,own\na.txt,es,2022-06,OEA,x\nb.txt,,,,\n")
    )
    assert (index["a.txt"].language, index["a.txt"].published, index["a.txt"].publisher) == (
        "es",
        "2022-06",
        "OEA",
    )
    assert index["b.txt"].published is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("name\na\n", "index.csv:1: has no column file"),
        ("file\na\na\n", "index.csv:3: file a: is named twice"),
        ("file,language\na,de\n", "index.csv:2: language de: cannot be read"),
        ("file,date\na,2022-13\n", "index.csv:2: date 2022-13: is no date"),
        ("file,date\na,June 2022\n", "index.csv:2: date June 2022: is no date"),
    ],
)
def test_a_wrong_index_is_named_by_row_and_column(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read_index(_file(tmp_path, "index.csv", content))
    assert said in str(caught.value)
