"""The ledger's file: what is written is read back, and what is broken is named with its line."""

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
from invented_records import PACKS, invented

from travesia.record import Entry, entry_line, load_ledger
from travesia.record.lines import content_hash
from travesia.terms import InputError

Write = Callable[..., Path]
GOOD = Entry("accept", "aa", invented())


def changed(**record: Any) -> str:
    """Return a good line with fields of the record changed and the hash made to fit again."""
    content = json.loads(entry_line(GOOD))
    content.pop("sha256")
    content["record"] |= record
    return json.dumps({**content, "sha256": content_hash(content)})


def fault(path: Path) -> str:
    with pytest.raises(InputError) as raised:
        load_ledger(path)
    assert "\n" not in str(raised.value)
    return str(raised.value).removeprefix(f"{path}")


def test_what_is_written_is_read_back(written: Write) -> None:
    assert load_ledger(written(GOOD)).entries == (GOOD,)


def test_a_line_names_its_keys_in_order_and_keeps_letters(written: Write) -> None:
    line = entry_line(GOOD)
    assert line.startswith(
        '{"op": "accept", "by": "aa", "record": {"id": "com:places", "type": "commitment", '
    )
    assert "réfugiés" in line


VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=9)


@given(
    st.dictionaries(st.text(max_size=5), VALUES, max_size=4),
    st.none() | st.dates(),
    st.sampled_from(["accept", "amend", "retract"]),
)
def test_the_hash_is_a_function_of_the_content(fields: dict[str, Any], end: date | None, op: str) -> None:
    content = json.loads(entry_line(Entry(op, "aa", invented(fields=fields, valid_to=end))))
    written = content.pop("sha256")
    assert content_hash(content) == written
    assert content_hash(dict(reversed(content.items()))) == written
    assert content_hash(content | {"by": "bb"}) != written


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "is no JSON (Expecting property name enclosed in double quotes); write one object a line"),
        ("nonsense", "is no JSON (Expecting value)"),
        ("[]", "input should be"),
        ('{"op": "accept"}', "by: key is missing; correct the line"),
        (changed(type="promise"), "record.type promise: is none of actor, event"),
        (changed(type="policy"), "id com:places: the id is not that of a record of type policy"),
        (changed(id="com:Places"), "record.id com:Places: string should match pattern"),
        (changed(certainty="sure"), "record.certainty sure: is none of asserted"),
        (changed(modality="maybe"), "record.modality maybe: is none of actual"),
        (changed(valid_from="2022-13-01"), "record.valid_from 2022-13-01: input should be a valid date"),
        (changed(known_from=None), "record.known_from: input should be a valid date"),
        (changed(valid_to="2022-06-01"), "id com:places: ends on 2022-06-01, before its start 2022-06-10"),
        (changed(cites=[]), "record.cites: list should have at least 1 item"),
        (changed(note="x"), "record.note: key is unknown"),
        (
            entry_line(GOOD).replace('"accept"', '"propose"'),
            "op propose: input should be 'accept', 'amend' or",
        ),
        (entry_line(GOOD).replace("20000", "30000"), "sha256 "),
        (entry_line(Entry("amend", "aa", invented("com:other"))), "id com:other: was never accepted"),
        (entry_line(GOOD), "id com:places: is accepted twice; amend it instead"),
    ],
)
def test_a_broken_line_is_named(written: Write, line: str, said: str) -> None:
    text = fault(written(GOOD, "", line))
    assert text.startswith(f":3: {said}"), text
    assert "; " in text


def test_a_line_changed_by_hand_is_refused(written: Write) -> None:
    text = fault(written(entry_line(GOOD).replace("20000", "30000")))
    assert text.endswith("does not fit the content: the line was changed by hand; enter an amendment instead")


def test_a_missing_file_and_one_in_latin_1(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    assert fault(path) == ": file is missing; add it, or take the file from a working pack"
    path.write_bytes(entry_line(GOOD).encode() + b"\n" + "réfugiés".encode("latin-1"))
    assert fault(path) == ":2: is not UTF-8; save it as UTF-8"
    path.unlink()
    path.mkdir()
    assert fault(path).startswith(": cannot be read (")


def test_the_shipped_ledgers_are_in_the_form_that_is_written() -> None:
    for pack in ("americas", "toy"):
        path = PACKS / pack / "ledger.jsonl"
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines == [entry_line(entry) for entry in load_ledger(path).entries]


def test_the_toy_ledger_is_what_the_build_script_makes(tmp_path: Path) -> None:
    path = Path(__file__).parents[2] / "tools" / "build_ledger.py"
    spec = importlib.util.spec_from_file_location("build_ledger", path)
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    tool.main(["--toy", "--out", str(tmp_path)])
    assert (tmp_path / "ledger.jsonl").read_bytes() == (PACKS / "toy" / "ledger.jsonl").read_bytes()
