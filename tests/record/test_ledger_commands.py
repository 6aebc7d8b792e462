"""``travesia ledger`` as its users see it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from invented_records import PACKS, entry, invented, propose

from travesia.cli import call
from travesia.cli.ledger_lists import RecordType
from travesia.record import Note, append, load_ledger, open_ledger
from travesia.record.record import TYPES
from travesia.region import acceptances_of
from travesia.region.manifest import RecordType as ManifestType
from travesia.terms import Cite, PackError

Run = Callable[..., tuple[int, str, str]]
PACT = ["ins:toy-pact", *(f"par:toy-pact-{state}" for state in ("xaa", "xbb", "xcc"))]
ONE, TWO = (f"pro:{n:016x}" for n in (1, 2))
AS_A = ["accept", ONE, "--by", "a"]


@pytest.fixture
def project(mine: Path) -> Path:
    """A project over the toy pack in the working folder, with two open proposals."""
    opened = open_ledger(PACKS / "toy" / "ledger.jsonl", path=mine / "ledger.jsonl")
    append(opened, propose(1), propose(2), entry(Note(TWO, "two readings"), "aa"))
    return mine


def test_check_names_a_line_that_was_changed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["check", "."]) == 0
    path = project / "ledger.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join((lines[0].replace("a", "e", 1), *lines[1:])), encoding="utf-8")
    capsys.readouterr()
    assert call(["check", "."]) == 1
    assert re.search(r"^error: .*ledger\.jsonl:1: .*\[ledger\]$", capsys.readouterr().out, re.MULTILINE)


def test_as_of_is_as_the_contract_says(run: Run) -> None:
    code, out, err = run("as-of", "--valid", "2022-12-20", "--known", "2022-12-20", "--json")
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert (answer["valid"], answer["known"]) == ("2022-12-20", "2022-12-20")
    wanted = {"id", "type", "in_force", "fields", "cites", "valid_from", "valid_to", "known_from"}
    assert all(wanted <= set(record) for record in answer["records"])
    assert all(record["known_from"] <= "2022-12-20" and record["cites"] for record in answer["records"])
    assert len({record["id"] for record in answer["records"]}) == len(answer["records"])
    assert {True, False} == {record["in_force"] for record in answer["records"]}


@pytest.mark.parametrize(
    ("valid", "known", "in_force", "valid_to", "known_from"),
    [
        ("2022-12-18", "2022-12-18", True, "2022-12-21", "2022-11-15"),
        ("2022-12-22", "2022-12-18", False, "2022-12-21", "2022-11-15"),
        ("2022-12-22", "2022-12-20", True, None, "2022-12-19"),
        ("2023-02-01", "2023-06-15", True, "2023-05-12", "2023-05-12"),
        ("2023-06-15", "2023-06-15", False, "2023-05-12", "2023-05-12"),
    ],
)
def test_title_42(
    run: Run, valid: str, known: str, in_force: bool, valid_to: str | None, known_from: str
) -> None:
    _, out, _ = run("as-of", "americas", "--valid", valid, "--known", known, "--json")
    (record,) = (one for one in json.loads(out)["records"] if one["id"] == "pol:title-42")
    assert (record["type"], record["in_force"]) == ("policy", in_force)
    assert (record["valid_from"], record["valid_to"], record["known_from"]) == (
        "2020-03-21", valid_to, known_from,
    )  # fmt: skip


def test_as_of_for_people_and_of_today(run: Run) -> None:
    code, out, _ = run("as-of", "toy", "--valid", "2023-01-01")
    assert code == 0
    assert out.splitlines()[0] == f"On 2023-01-01, as known at the end of {date.today()}"
    assert re.search(r"com:xc-places +no +2022-01-01 +2023-01-01 +2022-03-01 +Take in people", out)
    assert json.loads(run("as-of", "toy", "--json")[1])["valid"] == str(date.today())


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ([], [*PACT, "com:xc-places", ONE, TWO]),
        (["--type", "commitment"], ["com:xc-places", ONE, TWO]),
        (["--status", "proposed"], [ONE, TWO]),
        (["--status", "rejected"], []),
        (["--type", "participation", "--actor", "XBB"], ["par:toy-pact-xbb"]),
        (["--document", "report"], [ONE, TWO]),
        (["--words", "réfug"], [ONE, TWO]),
    ],
)  # fmt: skip
def test_show_lists_what_is_wanted(run: Run, project: Path, words: list[str], ids: list[str]) -> None:
    code, out, err = run("show", ".", *words, "--json")
    answer = json.loads(out)
    assert (code, err, answer["proposed"]) == (0, "", 2)
    assert [record["id"] for record in answer["records"]] == ids
    _, out, _ = run("show", ".", *words)
    assert [line.split()[0] for line in out.splitlines()[1 if ids else 0 : -1]] == ids
    assert out.splitlines()[-1] == f"{len(ids)} shown; 2 proposals are open: they reach no model"


def test_show_tells_what_a_reviewer_needs(run: Run, project: Path) -> None:
    run("reject", ONE, "--why", "no promise", "--by", "Ana")
    records = {one["id"]: one for one in json.loads(run("show", ".", "--json")[1])["records"]}
    assert (records[ONE]["status"], records[ONE]["why"]) == ("rejected", "no promise")
    assert (records[TWO]["record"], records[TWO]["doubts"], records[TWO]["accepted_by"]) == ("com:c2", [], [])
    assert records[TWO]["notes"] == [{"by": "aa", "text": "two readings"}]
    assert records[TWO]["cites"] == [
        {"source": "report", "start": 10, "end": 20, "quote": "20 000 réfugiés"}
    ]  # fmt: skip
    assert records["com:xc-places"]["notes"] == []


def test_a_record_without_a_name_shows_its_words_and_steers_no_terminal(run: Run, project: Path) -> None:
    cite = Cite("report", 1, 9, "una\n  ayuda\x1b[2J " + "larga " * 20)
    opened = open_ledger(PACKS / "toy" / "ledger.jsonl", path=project / "ledger.jsonl")
    append(opened, propose(7, invented("com:c7", fields={"action": "fund"}, cites=(cite,))))
    line = run("show", ".", "--words", "ayuda")[1].splitlines()[1]
    assert "fund: una ayuda [2J larga larga" in line
    assert line.endswith("...")
    assert "\x1b" not in line


def test_accepting_and_rejecting_in_a_project(run: Run, project: Path) -> None:
    code, out, _ = run("accept", ONE[:-1] + "1", TWO, "--by", "Ana")
    assert (code, out) == (0, f"{ONE}: accepted as com:c1\n{TWO}: accepted as com:c2\n")
    ledger = load_ledger(PACKS / "toy" / "ledger.jsonl", project / "ledger.jsonl")
    assert [record.id for record in ledger.accepted()][-2:] == ["com:c1", "com:c2"]
    assert {one.by for one in ledger.entries[-2:]} == {"Ana"}
    assert run("reject", ONE, "--why", "late", "--by", "Ana")[2] == (
        f"error: mine: id {ONE}: is accepted already; amend the record, or take the decision back\n"
    ).replace("mine", str(Path("ledger.jsonl")))


def test_all_or_none_are_accepted(run: Run, project: Path) -> None:
    before = (project / "ledger.jsonl").read_bytes()
    code, _, err = run("accept", ONE, "pro:00000000000000ff", "--by", "Ana")
    assert (code, err) == (2, "error: pro:00000000000000ff: was never proposed; correct the id\n")
    assert (project / "ledger.jsonl").read_bytes() == before


def test_two_people_where_the_pack_asks_for_them(run: Run, project: Path) -> None:
    (project / "overrides" / "pack.toml").write_text(
        (PACKS / "toy" / "pack.toml").read_text(encoding="utf-8")
        + "\n[ledger]\nby_type = { commitment = 2 }\n",
        encoding="utf-8",
    )
    assert acceptances_of(project) == {"*": 1, "commitment": 2}
    assert run("accept", ONE, "--by", "Ana")[1] == f"{ONE}: waits for others after Ana\n"
    row = json.loads(run("show", ".", "--status", "proposed", "--json")[1])["records"][0]
    assert row["accepted_by"] == ["Ana"]
    assert "was accepted by Ana already" in run("accept", ONE, "--by", "Ana")[2]
    code, out, _ = run("accept", ONE, "--by", "Bea", "--json")
    assert json.loads(out)["rows"] == [
        {"id": ONE, "accepted": True, "records": ["com:c1"], "accepted_by": []}
    ]  # fmt: skip
    assert code == 0
    assert "com:xc-places" not in run("as-of", ".", "--valid", "2022-05-01")[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([*AS_A, "--project", "americas"], "--project americas: is a pack, which stays as it is;"),
        ([*AS_A, "--project", ".."], "--project ..: is no project; name one, or make one with"),
        ([*AS_A, "--project", "no"], "no: no pack has this name and no folder lies here"),
        (["accept", "pro:", "--by", "a"], "pro:: begins 2 proposals; give more of the id"),
        (["accept", "com:x", "--by", "a"], "com:x: was never proposed"),
        (["accept", ONE, "--by", " "], "--by: is empty"),
        (["reject", ONE, "--by", "a", "--why", " "], "--why: is empty"),
        (["reject", ONE, "--by", "a"], "Missing option '--why'"),
        (["as-of", "--valid", "soon"], "--valid soon: is no day"),
        (["as-of", "--known", "2022-13-01"], "--known 2022-13-01: is no day"),
        (["show", "--type", "promise"], "Invalid value for '--type'"),
        (["show", "nowhere"], "nowhere: no pack has this name"),
    ],
)  # fmt: skip
def test_bad_input_is_one_line_and_changes_nothing(
    run: Run, project: Path, words: list[str], said: str
) -> None:
    before = (project / "ledger.jsonl").read_bytes()
    code, out, err = run(*words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"error: {said}"), err
    assert (project / "ledger.jsonl").read_bytes() == before


def test_verify_names_every_fault_and_ends_with_1(run: Run, project: Path) -> None:
    code, out, _ = run("verify", ".")
    assert (code, out.count("lines in order, the last is")) == (0, 2)
    own = project / "ledger.jsonl"
    text = own.read_text(encoding="utf-8")
    first, second, third = text.splitlines()
    swapped = "\n".join([second.replace("20000", "1"), first, third]) + "\n"
    own.write_text(swapped, encoding="utf-8")
    code, out, _ = run("verify", ".")
    assert code == 1
    assert re.findall(r"ledger\.jsonl:(\d): (?:sha256|prev)", out) == ["1", "2", "3"]
    found = json.loads(run("verify", ".", "--json")[1])["rows"]
    assert [(file["lines"], [fault["row"] for fault in file["faults"]][:3]) for file in found] == [
        (5, []), (3, [1, 2, 3])
    ]  # fmt: skip
    assert run("show", ".")[0] == 2
    own.write_text(first + "\n", encoding="utf-8")
    code, out, _ = run("verify", ".")
    assert code == 1
    assert "ledger.jsonl:1: ends without row 3 as it was written here" in out


def test_half_a_line_is_told_and_set_aside_at_the_next_writing(run: Run, project: Path) -> None:
    own = project / "ledger.jsonl"
    with own.open("a", encoding="utf-8") as stream:
        stream.write('{"op": "acc')
    code, out, err = run("show", ".", "--status", "proposed")
    assert (code, "2 shown" in out) == (0, True)
    assert err.endswith("ends in half a line, left by a writer that was stopped; it does not count\n")
    assert json.loads(run("verify", ".", "--json")[1])["rows"][1]["half_line"] is True
    assert run("accept", ONE, "--by", "Ana")[0] == 0
    assert (project / "ledger.jsonl.torn").read_text(encoding="utf-8").endswith('\n{"op": "acc\n')
    assert run("verify", ".")[0] == 0


def test_lint_ends_with_1_on_an_error_and_with_0_on_a_warning(run: Run, project: Path) -> None:
    assert run("lint", ".")[:2] == (0, "0 found\n")
    backwards = invented("evt:e", type="event", fields={"start": "2022-06-10", "end": "2022-06-06"})
    opened = open_ledger(PACKS / "toy" / "ledger.jsonl", path=project / "ledger.jsonl")
    append(opened, propose(9, invented("com:early", fields={"period": "2020"})), propose(8, backwards))
    code, out, _ = run("lint", ".")
    assert code == 1
    assert out.splitlines() == [
        "warning: com:early: its period ends on 2020-12-31, before its document of 2022-06-10",
        "error: evt:e: ends on 2022-06-06, before its start 2022-06-10",
        "2 found",
    ]
    row = json.loads(run("lint", ".", "--json")[1])["rows"][1]
    assert row == {"id": "evt:e", "check": "span", "level": "error", "text": out.splitlines()[1][14:]}
    assert run("lint", "americas")[0] == 0


def test_the_pack_stays_as_it_is(run: Run, project: Path) -> None:
    before = (PACKS / "toy" / "ledger.jsonl").read_bytes()
    run("accept", ONE, TWO, "--by", "Ana")
    assert (PACKS / "toy" / "ledger.jsonl").read_bytes() == before
    assert not (PACKS / "toy" / ".travesia").exists()


@pytest.mark.parametrize("rule", ["acceptances = 0", "by_type = { promise = 2 }", "acceptance = 2"])
def test_a_rule_of_acceptance_that_makes_no_sense_is_refused(project: Path, rule: str) -> None:
    pack: Any = (PACKS / "toy" / "pack.toml").read_text(encoding="utf-8")
    (project / "overrides" / "pack.toml").write_text(f"{pack}\n[ledger]\n{rule}\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"pack\.toml:\d+: ledger"):
        acceptances_of(project)


def test_the_lists_of_types_agree() -> None:
    assert set(get_args(RecordType)) == set(get_args(ManifestType)) == set(TYPES.values())
