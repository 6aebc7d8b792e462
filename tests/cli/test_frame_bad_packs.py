"""A pack that is broken in any way: one clear line, exit 2, nothing left behind, whatever the command."""

from __future__ import annotations

import gzip
import re
import shutil
from pathlib import Path

import pytest

import travesia as package

TOY = Path(package.__file__).parent / "packs" / "toy"


@pytest.fixture
def pack(tmp_path):
    shutil.copytree(TOY, tmp_path / "pack")
    return tmp_path / "pack"


def edit(path, change):
    """Change the lines of a file, compressed or not."""
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode()
    lines = change(text.split("\n"))
    data = "\n".join(lines).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)


def cell(name, row, column, value):
    def break_pack(pack):
        def change(lines):
            header, cells = lines[0].split(","), lines[row - 1].split(",")
            cells[header.index(column)] = value
            return [*lines[: row - 1], ",".join(cells), *lines[row:]]

        edit(pack / name, change)

    return break_pack


def lines_of(name, change):
    return lambda pack: edit(pack / name, change)


def text_of(name, old, new):
    def break_pack(pack):
        text = (pack / name).read_text(encoding="utf-8")
        assert old in text
        (pack / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return break_pack


def cut(name, keep):
    return lambda pack: (pack / name).write_bytes((pack / name).read_bytes()[:keep])


def latin_1(pack):
    path = pack / "countries.csv"
    text = path.read_text(encoding="utf-8")
    path.write_bytes(text.replace("a", "é", 1).encode("latin-1", "replace"))


FAULTS = {
    "missing file": (lambda pack: (pack / "routes.csv").unlink(), r"routes\.csv: file is missing"),
    "missing manifest": (lambda pack: (pack / "pack.toml").unlink(), r"pack\.toml"),
    "broken manifest": (lambda pack: (pack / "pack.toml").write_text('name = "toy'), r"pack\.toml"),
    "newer format": (text_of("pack.toml", "format = 1", "format = 99"), r"pack\.toml:\d+: format.*99"),
    "wrong header": (lines_of("places.csv", lambda lines: ["id,label", *lines[1:]]), r"places\.csv:\d+: "),
    "renamed column": (
        lines_of("routes.csv", lambda lines: [lines[0].replace("km", "miles"), *lines[1:]]),
        r"routes\.csv:1: km: column is missing",
    ),
    "unknown place": (cell("routes.csv", 3, "to", "atlantis"), r"routes\.csv.*atlantis"),
    "negative distance": (cell("routes.csv", 2, "km", "-95"), r"routes\.csv:2: km -95: is too small"),
    "no number": (cell("routes.csv", 2, "km", "far"), r"routes\.csv:2: km far: is not a number"),
    "impossible month": (
        cell("observations.csv.gz", 2, "period", "2022-13"),
        r"observations\.csv\.gz:2: period 2022-13: ",
    ),
    "latin-1": (latin_1, r"countries\.csv:1: is not UTF-8"),
    "truncated gzip": (cut("observations.csv.gz", 60), r"observations\.csv\.gz: gzip file is cut off"),
    "ragged row": (
        lines_of("routes.csv", lambda lines: [*lines[:2], lines[2] + ",", *lines[3:]]),
        r"routes\.csv:3: row has 7 cells, the header has 6",
    ),
    "empty file": (cut("gates.csv", 0), r"gates\.csv: file is empty"),
    "row twice": (
        lines_of("places.csv", lambda lines: [*lines[:2], lines[1], *lines[2:]]),
        r"places\.csv:3: id ",
    ),
}
POLICY_FAULTS = {
    "impossible day": (text_of("policies.toml", "2022-02-01", '"2022-13-01"'), r"policies\.toml.*2022-13-01"),
    "impossible bare day": (text_of("policies.toml", "2022-02-01", "2022-13-01"), r"policies\.toml"),
    "unknown kind": (text_of("policies.toml", '"expulsion"', '"teleport"'), r"policies\.toml.*teleport"),
    "unknown where": (text_of("policies.toml", '["xc-duna"]', '["atlantis"]'), r"polic.*atlantis"),
}
WRITERS = {
    "simulate": ["simulate", "PACK", "--runs", "2", "--out", "OUT"],
    "run": ["run", "PACK", "--runs", "2", "--out", "OUT"],
}
READERS = {"init": ["init", "OUT", "--pack", "PACK"], "track": ["track", "PACK"]}


def assert_refused(outcome, said, tmp_path):
    assert outcome.code == 2
    assert outcome.out == ""
    lines = outcome.err.splitlines()
    assert len(lines) == 1, outcome.err
    assert lines[0].startswith("error: ")
    assert "; " in lines[0], "it says what to do"
    assert re.search(said, lines[0]), lines[0]
    assert [path.name for path in tmp_path.iterdir()] == ["pack"], "nothing is left behind"


def words_of(command, tmp_path):
    places = {"PACK": tmp_path / "pack", "OUT": tmp_path / "out"}
    return [places.get(word, word) for word in (WRITERS | READERS)[command]]


@pytest.mark.parametrize("command", [*WRITERS, *READERS])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_pack_is_one_line_and_nothing_is_left(travesia, pack, tmp_path, command, fault):
    break_pack, said = FAULTS[fault]
    break_pack(pack)
    assert_refused(travesia(*words_of(command, tmp_path)), said, tmp_path)


@pytest.mark.parametrize("command", WRITERS)
@pytest.mark.parametrize("fault", POLICY_FAULTS)
def test_a_broken_policy_is_one_line_and_nothing_is_left(travesia, pack, tmp_path, command, fault):
    break_pack, said = POLICY_FAULTS[fault]
    break_pack(pack)
    assert_refused(travesia(*words_of(command, tmp_path)), said, tmp_path)


@pytest.mark.parametrize("fault", sorted({*FAULTS, *POLICY_FAULTS} - {"missing manifest"}))
def test_check_lists_the_fault_and_ends_with_1(travesia, pack, fault):
    break_pack, said = (FAULTS | POLICY_FAULTS)[fault]
    break_pack(pack)
    outcome = travesia("check", pack)
    assert (outcome.code, outcome.err) == (1, "")
    # A finding names file and row as an error does; its columns stand a little apart.
    assert re.search(said.split(": ")[0], outcome.out)


def test_the_pack_is_sound_before_it_is_broken(travesia, pack):
    assert travesia("check", pack).code == 0


@pytest.mark.parametrize("command", [*WRITERS, *READERS])
def test_a_pack_that_is_not_there(travesia, tmp_path, command):
    outcome = travesia(*words_of(command, tmp_path))
    assert outcome.code == 2
    assert outcome.err.count("\n") == 1
    assert "pack" in outcome.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", WRITERS)
def test_an_output_that_exists_is_refused_and_kept(travesia, pack, tmp_path, command):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    outcome = travesia(*words_of(command, tmp_path))
    assert outcome.code == 2
    assert re.fullmatch(r"error: \S+/out: exists already; choose another --out or add --force\n", outcome.err)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]
