from __future__ import annotations

from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest

from travesia.region import find_pack, manifest
from travesia.region.manifest import read_manifest
from travesia.terms import PackError, Span

HEAD = """\
name = "small"
version = "0.1"
format = 1
visibility = "public"
{more}
[title]
en = "Small"
es = "Pequeño"
fr = "Petit"
pt = "Pequeno"

[default_span]
start = 2022-01-01
end = "2022-02-01"
"""

SOURCE = """
[[sources]]
id = "{id}"
title = "t"
publisher = "p"
licence = "l"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "pack.toml"


def line(path: Path) -> str:
    with pytest.raises(PackError) as caught:
        read_manifest(path)
    text = str(caught.value)
    assert "\n" not in text
    assert text.startswith(str(path))
    return text.removeprefix(str(path))


def test_days_may_be_written_bare_or_as_text(file: Path) -> None:
    file.write_text(HEAD.format(more=""), encoding="utf-8")
    assert read_manifest(file).span() == Span(date(2022, 1, 1), date(2022, 2, 1))


def test_a_byte_order_mark_does_no_harm(file: Path) -> None:
    file.write_text(HEAD.format(more=""), encoding="utf-8-sig")
    assert read_manifest(file).name == "small"


def test_a_fault_in_the_second_source_is_found_there(file: Path) -> None:
    text = (
        HEAD.format(more="")
        + SOURCE.format(id="one")
        + SOURCE.format(id="two").replace('licence = "l"\n', "")
    )
    file.write_text(text, encoding="utf-8")
    row = text.splitlines().index('id = "two"')
    assert line(file) == f":{row}: sources.licence: key is missing; add it"


def test_a_source_that_stands_twice_is_found_where_it_stands_again(file: Path) -> None:
    text = HEAD.format(more="") + SOURCE.format(id="one") + SOURCE.format(id="two") + SOURCE.format(id="one")
    file.write_text(text, encoding="utf-8")
    row = len(text.splitlines()) - 3
    assert line(file) == f":{row}: sources.id one: source stands twice; keep one"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('name = "small"', "", ": name: key is missing"),
        ('name = "small"', 'name = "Small Pack"', ":1: name Small Pack: "),
        ("format = 1", "format = 7", ":3: format 7: this version reads formats up to 1; update travesia"),
        ("format = 1", "format = [1]", ":3: format: "),
        ("format = 1", "format = 1.5", ":3: format 1.5: "),
        ('fr = "Petit"\n', "", ":6: title.fr: key is missing"),
        ("start = 2022-01-01", 'start = "2022-02-30"', ":13: default_span.start 2022-02-30: "),
        ("start = 2022-01-01", 'start = "1 January 2022"', ":13: default_span.start 1 January 2022: "),
        ("start = 2022-01-01", "start = 2022-03-01", ":14: default_span.end 2022-02-01: is not after start"),
        ("start = 2022-01-01", "start = 2022-13-01", ":13: start 2022-13-01: is no TOML"),
        ("[title]", "[title", ":6: is no TOML"),
        ("[default_span]", "[defaults]", ": default_span: key is missing"),
    ],
)
def test_a_fault_names_its_line(file: Path, old: str, new: str, says: str) -> None:
    text = HEAD.format(more="")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    assert line(file).startswith(says)


def test_a_file_in_latin_1_names_its_line(file: Path) -> None:
    file.write_bytes(HEAD.format(more="").encode("latin-1"))
    assert line(file) == ":8: is not UTF-8; save it as UTF-8"


def test_a_cut_file_is_one_line(file: Path) -> None:
    file.write_text(HEAD.format(more="")[:-4], encoding="utf-8")
    assert "is no TOML" in line(file)


def test_an_older_format_is_migrated_by_a_named_function(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def rename_title(content: dict[str, object]) -> dict[str, object]:
        return {**content, "format": 1, "visibility": "restricted"}

    monkeypatch.setattr(manifest, "MIGRATIONS", MappingProxyType({0: rename_title}))
    file.write_text(HEAD.format(more="").replace("format = 1", "format = 0"), encoding="utf-8")
    assert read_manifest(file).visibility == "restricted"


@pytest.mark.parametrize("pack", ["americas", "toy"])
def test_shipped_manifests_use_the_newest_format(pack: str) -> None:
    assert read_manifest(find_pack(pack).file("pack.toml")).format == manifest.FORMAT
