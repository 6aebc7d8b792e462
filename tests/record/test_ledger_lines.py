"""The ledger's file: what is written is read back, what is broken or tampered with is named by its row."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_records import AT, PACKS, accept, amend, entry, invented, propose

from travesia.record import (
    Accept,
    Entry,
    Merge,
    Note,
    Propose,
    Reject,
    Retract,
    Split,
    Supersede,
    chain_text,
    load_ledger,
)
from travesia.record.ledger.content import digest
from travesia.record.reading.nouns import Candidate, Doubt, Extent
from travesia.terms import Cite, InputError

Write = Callable[..., Path]
GOOD = accept(invented())
ROOT = Path(__file__).parents[2]


def rehashed(entries: list[Entry], change: dict[str, Any], record: dict[str, Any] | None = None) -> str:
    """Return lines, the last one changed, with hashes that fit again."""
    lines = chain_text(entries)[0].splitlines()
    content = json.loads(lines.pop())
    content.pop("sha256")
    content.get("record", {}).update(record or {})
    content |= change
    return "\n".join([*lines, json.dumps(content | {"sha256": digest(content)}, ensure_ascii=False)]) + "\n"


def changed(**record: Any) -> str:
    return rehashed([accept(invented("com:first")), GOOD], {}, record)


def fault(path: Path) -> str:
    with pytest.raises(InputError) as raised:
        load_ledger(path)
    assert "\n" not in str(raised.value)
    return str(raised.value).removeprefix(f"{path}")


def test_every_operation_is_read_back_as_it_was_written(written: Write) -> None:
    full = Propose(
        "pro:00000000000000aa",
        invented("com:c9", cites=(Cite("doc", 3, 9, None, "ab" * 32),)),
        doubts=(Doubt("period", (Candidate("2023", "calendar year"), Candidate(None, "open"))),),
        abstained=("unit",),
        slots={"quantity": Extent(3, 5)},
        dated=False,
    )
    entries = [
        entry(full, "rules@1"), propose(1), propose(2), propose(3), propose(4),
        entry(Accept("pro:00000000000000aa")),
        entry(
            Accept("pro:0000000000000001", invented("com:c1", fields={}), ("fields.quantity", "fields.unit"))
        ),
        entry(Reject("pro:0000000000000002", "no promise")),
        amend(invented("com:c1", fields={"quantity": 1.5}, valid_to=None)),
        entry(Supersede(invented("com:new", supersedes="com:c1"), ("quantity",), "a later text")),
        entry(Merge(("com:c1", "pro:0000000000000003"), invented("com:c1"), "the same pledge")),
        entry(Split("pro:0000000000000004", (invented("com:p1"), invented("com:p2")))),
        entry(Retract("com:p1", date(2024, 1, 1), "misread")),
        entry(Retract("pro:0000000000000002", None, "an error")),
        entry(Note("com:p2", "ask the ministry")),
    ]  # fmt: skip
    found = load_ledger(written(*entries))
    assert found.entries == tuple(entries)
    assert {one.op for one in entries} == {
        "propose", "accept", "reject", "amend", "supersede", "retract", "merge", "split", "note",
    }  # fmt: skip
    assert chain_text(found.entries) == chain_text(entries)


def test_a_line_names_its_keys_in_order_and_keeps_letters() -> None:
    line = chain_text([GOOD])[0]
    assert line.startswith(
        f'{{"op": "accept", "at": "{AT}", "by": "aa", "record": {{"id": "com:places", "type": "commitment", '
    )
    assert "réfugiés" in line
    assert '"prev": null, "sha256": "' in line


def test_each_line_names_the_one_before() -> None:
    lines = [json.loads(line) for line in chain_text([GOOD, amend(invented())])[0].splitlines()]
    assert [line["prev"] for line in lines] == [None, lines[0]["sha256"]]


VALUES = st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8"), max_size=9)


@given(st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=5), VALUES, max_size=4))
def test_the_hash_is_a_function_of_the_content(fields: dict[str, Any]) -> None:
    content = json.loads(chain_text([accept(invented(fields=fields))])[0])
    written = content.pop("sha256")
    assert digest(content) == written
    assert digest(dict(reversed(content.items()))) == written
    assert digest(content | {"by": "bb"}) != written


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "{\n",
            ":1: is no JSON (Expecting property name enclosed in double quotes); write one object a line",
        ),
        ("nonsense\n", ":1: is no JSON (Expecting value)"),
        ("\n", ":1: is no JSON (Expecting value)"),
        ("[" * 100_000 + "\n", ":1: is no JSON (nested too deep)"),
        ("[]\n", ":1: is no JSON object"),
        ('{"op": "accept"}\n', ":1: sha256: key is missing; correct the line"),
        (rehashed([GOOD], {"op": "approve"}), ":1: op approve: is none of 'propose', 'accept', 'reject'"),
        (rehashed([GOOD], {"at": "2024-01-01"}), ":1: at 2024-01-01: string should match pattern"),
        (rehashed([GOOD], {"by": ""}), ":1: by: string should have at least 1 character"),
        (rehashed([GOOD], {"colour": "red"}), ":1: colour: key is unknown; correct the line"),
        (rehashed([propose(1), entry(Note("pro:0000000000000001", "x"))], {"of": "x"}), ":2: of x: string"),
        (changed(type="promise"), ":2: record.type promise: is none of actor, event"),
        (changed(type="policy"), ":2: com:places: the id is not that of a record of type policy"),
        (changed(id="com:Places"), ":2: record.id com:Places: string should match pattern"),
        (changed(certainty="sure"), ":2: record.certainty sure: is none of asserted"),
        (changed(modality="maybe"), ":2: record.modality maybe: is none of actual"),
        (changed(valid_from="2022-13-01"), ":2: record.valid_from 2022-13-01: input should be a valid date"),
        (changed(known_from=None), ":2: record.known_from: input should be a valid date"),
        (changed(valid_to="2022-06-01"), ":2: com:places: ends on 2022-06-01, before its start 2022-06-10"),
        (changed(cites=[]), ":2: record.cites: list should have at least 1 item"),
        (changed(note="x"), ":2: record.note: key is unknown"),
        (chain_text([GOOD])[0].replace(", ", ",", 1), ":1: is not in the form that is written"),
        (chain_text([GOOD])[0].replace('"op"', '"by": "eve", "op"', 1), ":1: is not in the form that is w"),
        (chain_text([GOOD])[0].replace("20 000 r", "\\ud800"), ":1: sha256 "),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_text(text, encoding="utf-8")
    found = fault(path)
    assert found.startswith(said), found
    assert "; " in found


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([amend(invented("com:other"))], "com:other: was never accepted; accept it first"),
        ([GOOD], "com:places: is accepted twice; amend it"),
        ([propose(1), propose(1)], "pro:0000000000000001: is proposed twice"),
        ([entry(Accept("pro:0000000000000001"))], "pro:0000000000000001: was never proposed"),
        (
            [propose(1), entry(Accept("pro:0000000000000001")), entry(Reject("pro:0000000000000001", "no"))],
            "pro:0000000000000001: is accepted already",
        ),
        ([entry(Retract("com:other"))], "com:other: was never accepted"),
        ([entry(Note("com:other", "?"))], "com:other: is neither proposed nor accepted"),
        ([entry(Supersede(invented("com:new")))], "com:new: supersedes no other record"),
        ([entry(Supersede(invented("com:new", supersedes="com:x")))], "com:x: was never accepted"),
        ([entry(Merge(("com:places",), invented("com:both")))], "com:both: merges fewer than two"),
        ([entry(Split("com:places", (invented("com:one"),)))], "com:places: is split into fewer than two"),
        (
            [
                accept(invented("com:two")),
                entry(Merge(("com:places", "com:two"), invented())),
                amend(invented("com:two")),
            ],
            "com:two: was closed in favour of com:places; name that record",
        ),
        (
            [propose(1), entry(Accept("pro:0000000000000001", invented("com:c1", fields={}), ()))],
            "pro:0000000000000001: differs in other fields than `edited` names",
        ),
        ([entry(Accept(of="com:places", content="0" * 64))], "com:places: has no version of this content"),
    ],
)
def test_an_operation_that_does_not_fit_is_named(written: Write, entries: list[Entry], said: str) -> None:
    found = fault(written(GOOD, *entries))
    assert found.startswith(f":{1 + len(entries)}: id {said}"), found


LINES = chain_text([accept(invented(f"com:c{n}")) for n in range(6)])[0].splitlines()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            [line.replace("20000", "30000") if n == 3 else line for n, line in enumerate(LINES)],
            (4, "does not fit the content: the line was changed"),
        ),
        (LINES[:3] + LINES[4:], (4, "names a line that is not there")),
        (LINES[1:], (1, "names a line that is not there")),
        ([*LINES[:2], LINES[3], LINES[2], *LINES[4:]], (3, "names row 4, which stands after it")),
        ([*LINES[:4], LINES[2], *LINES[4:]], (5, "stands twice, first in row 3")),
        ([*LINES[:3], chain_text([GOOD])[0].strip(), *LINES[3:]], (4, "names no line as the one before it")),
        ([*LINES[:3], "", *LINES[3:]], (4, "is no JSON")),
        ([*LINES[:3], LINES[3][:50], *LINES[4:]], (4, "is no JSON")),
    ],
)
def test_tampering_is_found_and_named(tmp_path: Path, lines: list[str], said: tuple[int, str]) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = fault(path)
    assert found.startswith(f":{said[0]}: "), found
    assert said[1] in found


def test_a_line_put_in_with_a_hash_and_a_chain_that_fit_breaks_the_chain_after_it(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    forged = chain_text([GOOD], json.loads(LINES[2])["sha256"])[0].strip()
    path.write_text("\n".join([*LINES[:3], forged, *LINES[3:]]) + "\n", encoding="utf-8")
    assert fault(path).startswith(":5: prev ")


@given(st.data())
def test_one_changed_character_is_always_found(data: st.DataObject) -> None:
    from travesia.record.ledger.lines import examine, split_lines

    row = data.draw(st.integers(0, len(LINES) - 1))
    at = data.draw(st.integers(0, len(LINES[row]) - 1))
    new = data.draw(st.characters(codec="ascii", exclude_characters=LINES[row][at] + "\n"))
    lines = [*LINES[:row], LINES[row][:at] + new + LINES[row][at + 1 :], *LINES[row + 1 :]]
    split, _ = split_lines(("\n".join(lines) + "\n").encode())
    found = [one for one in examine(Path("x"), split) if isinstance(one, InputError)]
    assert found
    # A hash that was changed is seen on its line; whether the next is seen as well depends on the place.
    assert found[0].row == row + 1


def test_a_missing_file_and_one_in_latin_1(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    assert fault(path) == ": file is missing; add it, or take the file from a working pack"
    path.write_bytes(chain_text([GOOD])[0].encode() + "réfugiés\n".encode("latin-1"))
    assert fault(path).startswith(":2: is not UTF-8; ")
    path.unlink()
    path.mkdir()
    assert fault(path).startswith(": cannot be read (")


def test_line_ends_of_windows_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(chain_text([GOOD, amend(invented())])[0].replace("\n", "\r\n").encode())
    assert len(load_ledger(path).entries) == 2


@pytest.mark.parametrize("pack", ["americas", "toy"])
def test_the_shipped_ledgers_are_what_the_build_script_makes(
    pack: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    raw = ROOT.parent / "shared" / "data"
    if pack == "americas" and not raw.is_dir():
        pytest.skip("the raw tables are not here")
    spec = importlib.util.spec_from_file_location("build_ledger", ROOT / "tools" / "build_ledger.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    chosen = ["--toy"] if pack == "toy" else ["--raw", str(raw)]
    tool.main([*chosen, "--out", str(tmp_path)])
    assert (tmp_path / "ledger.jsonl").read_bytes() == (PACKS / pack / "ledger.jsonl").read_bytes()


@pytest.mark.parametrize("pack", ["americas", "toy"])
def test_the_shipped_ledgers_are_in_the_form_that_is_written(pack: str) -> None:
    path = PACKS / pack / "ledger.jsonl"
    assert chain_text(load_ledger(path).entries)[0].encode() == path.read_bytes()
