"""Review in a spreadsheet: ``travesia ledger export`` and ``import``, there and back."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from invented_records import PACKS, entry, invented, propose
from invented_review import DOCUMENT, ONE, THREE, TWO, commitment, keep, proposals

from travesia.record import Ledger, Reject, append, load_ledger, now_utc, open_ledger, sheet_of
from travesia.record.review.sheet import COLUMNS, field_names
from travesia.record.review.sheet_back import guarded
from travesia.record.schema import FIELDS
from travesia.terms import Cite, read_rows

Run = Callable[..., tuple[int, str, str]]
BELOW = PACKS / "toy" / "ledger.jsonl"
TWIN = f"pro:{4:016x}"


@pytest.fixture
def project(mine: Path) -> Path:
    append(open_ledger(BELOW, path=mine / "ledger.jsonl"), *proposals())
    keep(mine)
    return mine


def ledger_of(project: Path, **options: dict[str, int]) -> Ledger:
    return load_ledger(BELOW, project / "ledger.jsonl", **options)


def filled(name: str, **rows: dict[str, str]) -> Path:
    """Fill in cells of an exported CSV file, by the record proposed in the row."""
    path = Path(name)
    header, found = read_rows(path)
    for _, row in found:
        row.update(rows.get(row["record"].replace(":", "_"), {}))
    header = list(dict.fromkeys((*header, *(column for _, row in found for column in row))))
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, header, restval="")
        table.writeheader()
        table.writerows(row for _, row in found)
    return path


def test_a_row_says_all_that_a_reviewer_needs(run: Run, project: Path) -> None:
    assert run("export", "a.csv") == (0, "a.csv: 3 rows; 3 proposals are open: they reach no model\n", "")
    header, rows = read_rows(Path("a.csv"))
    assert header == [
        *COLUMNS, "place", "actor", "role", "of", "action", "quantity", "unit", "beneficiary", "period",
        "value", "measures", "certainty", "modality", "attribution",
    ]  # fmt: skip
    row = rows[0][1]
    assert {name: row[name] for name in row if row[name]} == {
        "id": ONE, "type": "commitment", "state": "proposed", "record": "com:admit", "document": DOCUMENT,
        "sentence": "The United States will admit 20,000 refugees from the Americas by Friday.",
        "quote": "will admit 20,000 refugees",
        "doubts": "period: 2022-06-17 (the next Friday, for the verb tells what is to come)"
        " or 2022-06-10 (the day of the document is a Friday)",
        "left_open": "beneficiary", "actor": "cty:USA", "action": "admit", "quantity": "20000",
        "unit": "person", "period": "2022-06-17", "certainty": "asserted", "modality": "intended",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_what_is_exported_and_not_touched_changes_nothing(run: Run, project: Path, name: str) -> None:
    before = (project / "ledger.jsonl").read_bytes()
    assert run("export", name)[0] == 0
    code, out, _ = run("import", name, "--by", "Ana")
    told = "0 to accept, 0 to reject, 0 to merge; 0 known before; 3 proposals are open: they reach no model\n"
    assert (code, out) == (0, told)
    assert (project / "ledger.jsonl").read_bytes() == before


def test_a_filled_in_file_decides_once(run: Run, project: Path) -> None:
    run("export", "a.csv")
    filled(
        "a.csv",
        com_admit={"decision": "Accept", "period": "2022-06-10", "beneficiary": "VEN; HTI", "binding": "no"},
        fig_hosted={"decision": "reject", "why": "no source"},
        par_peru={"decision": "skip"},
    )
    code, out, _ = run("import", "a.csv", "--by", "Ana")
    assert code == 0
    assert out.startswith("1 to accept, 1 to reject, 0 to merge; 0 known before; 1 proposals are open")
    ledger = ledger_of(project)
    record = ledger.accepted()[-1]
    assert record.fields["beneficiary"] == ["cty:VEN", "cty:HTI"]
    assert (record.fields["binding"], record.valid_to) == (False, date(2022, 6, 11))
    assert ledger.entries[-2].operation.edited == (
        "fields.beneficiary", "fields.binding", "fields.period", "valid_to",
    )  # fmt: skip
    assert [one.status for one in ledger.proposals()] == ["accepted", "rejected", "proposed"]
    assert ledger.proposal(TWO).why == "no source"
    before = (project / "ledger.jsonl").read_bytes()
    for by in ("Ana", "Bea"):
        answer = json.loads(run("import", "a.csv", "--by", by, "--json")[1])
        assert answer == {"accept": 0, "reject": 0, "merge": 0, "known_before": 2, "proposed": 1}
    assert (project / "ledger.jsonl").read_bytes() == before


def test_a_workbook_has_a_list_to_choose_from_and_keeps_texts_as_typed(run: Run, project: Path) -> None:
    run("export", "a.xlsx")
    book = openpyxl.load_workbook("a.xlsx")
    sheet = book["review"]
    (listed,) = sheet.data_validations.dataValidation
    assert (listed.type, listed.formula1, str(listed.sqref)) == (
        "list",
        '"accept,reject,merge,skip"',
        "D2:D4",
    )
    header = [cell.value for cell in sheet[1]]
    assert header[3] == "decision"
    period = sheet.cell(2, header.index("period") + 1)
    assert (period.value, period.number_format) == ("2022-06-17", "@")
    sheet.cell(2, header.index("decision") + 1).value = "accept"
    sheet.cell(2, header.index("quantity") + 1).value = 30000
    sheet.cell(2, header.index("period") + 1).value = date(2022, 6, 10)
    book.save("a.xlsx")
    assert run("import", "a.xlsx", "--by", "Ana")[0] == 0
    fields = ledger_of(project).accepted()[-1].fields
    assert (fields["quantity"], fields["period"]) == (30000, "2022-06-10")
    assert run("import", "a.xlsx", "--by", "Ana")[1].startswith(
        "0 to accept, 0 to reject, 0 to merge; 1 known"
    )


def test_a_merge_names_the_other_and_may_be_said_in_both_rows(run: Run, project: Path) -> None:
    twin = commitment(cites=(Cite("second", 0, 3, "abc"),))
    twin = invented("com:twin", fields=twin.fields, cites=twin.cites)
    append(open_ledger(BELOW, path=project / "ledger.jsonl"), propose(4, twin))
    run("export", "a.csv")
    rows = {row["id"]: row for _, row in read_rows(Path("a.csv"))[1]}
    assert rows[TWIN]["same_as"].startswith(f"{ONE} admit (the same actor, action and unit")
    filled(
        "a.csv",
        com_admit={"decision": "merge", "merge_with": TWIN, "quantity": "25000"},
        com_twin={"decision": "merge", "merge_with": ONE},
    )
    assert run("import", "a.csv", "--by", "Ana")[1].startswith(
        "0 to accept, 0 to reject, 1 to merge; 1 known"
    )
    ledger = ledger_of(project)
    assert (ledger.accepted()[-1].id, ledger.accepted()[-1].fields["quantity"]) == ("com:admit", 25000)
    assert run("import", "a.csv", "--by", "Ana")[1].startswith(
        "0 to accept, 0 to reject, 0 to merge; 2 known"
    )


def test_records_are_exported_to_be_read(run: Run, project: Path) -> None:
    run("accept", ONE, "--by", "Ana")
    run("reject", TWO, "--by", "Bea", "--why", "late")
    assert run("export", "r.csv", "--status", "accepted")[0] == 0
    rows = [row for _, row in read_rows(Path("r.csv"))[1]]
    assert [(row["id"], row["state"], row["who"]) for row in rows][-2:] == [
        ("com:xc-places", "accepted", ""), ("com:admit", "accepted", "Ana"),
    ]  # fmt: skip
    run("export", "all.csv", "--status", "all")
    rows = [row for _, row in read_rows(Path("all.csv"))[1]]
    assert [(row["id"], row["state"], row["why"], row["who"]) for row in rows][-2:] == [
        (THREE, "proposed", "", ""), (TWO, "rejected", "late", "Bea"),
    ]  # fmt: skip
    assert run("import", "all.csv", "--by", "Ana")[1].startswith("0 to accept, 0 to reject, 0 to merge; 0")
    assert run("export", "toy.csv", "toy", "--status", "accepted")[0] == 0
    assert run("export", "am.xlsx", "americas", "--status", "all")[0] == 0
    filled("r.csv", com_xc_places={"decision": "accept"}, **{"com_xc-places": {"decision": "reject"}})
    code, _, err = run("import", "r.csv", "--by", "Ana")
    assert code == 2
    assert "decision reject: is about a record that stands, shown to be read; put it back\n" in err


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"decision": "yes"}, "decision yes: is no decision; write one of accept, reject, merge, skip"),
        ({"decision": "reject"}, "why: is missing; say why it is rejected"),
        ({"decision": "merge"}, "merge_with: is missing; write the id of a record or proposal"),
        ({"decision": "merge", "merge_with": "com:no"}, "merge_with com:no: is no record that stands and no"),
        ({"decision": "merge", "merge_with": TWO}, f"merge_with {TWO}: is a figure, not a commitment"),
        ({"decision": "merge", "merge_with": ONE}, "decision merge: com:admit merges fewer than two"),
        ({"merge_with": TWO}, f"merge_with {TWO}: goes with no decision to merge"),
        ({"quantity": "5"}, "quantity 5: was changed without a decision; write accept, or put it back"),
        ({"decision": "skip", "unit": ""}, "unit: was changed without a decision"),
        ({"decision": "accept", "quantity": "many"}, "quantity many: is no number; write it in digits"),
        ({"decision": "accept", "unit": "euro"}, "unit euro: is no unit; write one of person"),
        ({"decision": "accept", "period": "2022-13"}, "period 2022-13: is no date; write YYYY"),
        ({"decision": "accept", "actor": "Atlantis"}, "actor Atlantis: names nobody that is known"),
        ({"decision": "accept", "actor": "ZZZ"}, "actor ZZZ: is no state; write its code"),
        ({"decision": "accept", "value": "5"}, "value 5: is no field of a commitment; empty the cell"),
        ({"id": "pro:0"}, "id pro:0: was never proposed in this project"),
        ({"id": "com:no"}, "id com:no: is no proposal and no record"),
        ({"id": ""}, "id: is missing; put back what `export` wrote"),
        ({"id": TWO}, f"id {TWO}: stands in row 2 too; decide once on each"),
    ],
)
def test_a_fault_is_named_by_row_and_column_and_nothing_is_done(
    run: Run, project: Path, cells: dict[str, str], said: str
) -> None:
    run("export", "a.csv")
    row = 3 if cells.get("id") == TWO else 2
    filled("a.csv", com_admit=cells, par_peru={"decision": "accept"})
    before = (project / "ledger.jsonl").read_bytes()
    code, out, err = run("import", "a.csv", "--by", "Ana")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"error: a.csv:{row}: {said}"), err
    assert (project / "ledger.jsonl").read_bytes() == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("decision\naccept\n", "a.csv:1: id: column is missing; take a file that `export` wrote"),
        ("id,type\nx,y\n", "a.csv:1: decision: column is missing"),
        (
            "id,decision,actr\nx,y,z\n",
            "a.csv:1: actr: is no field of a record; name it as the",
        ),
        ("id,decision,id\nx,y,z\n", "a.csv:1: id: column stands twice"),
    ],
)
def test_a_header_that_is_no_review_is_refused(run: Run, project: Path, text: str, said: str) -> None:
    Path("a.csv").write_text(text, encoding="utf-8")
    assert run("import", "a.csv", "--by", "Ana")[2].startswith(f"error: {said}")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("export", "a.ods"), "a.ods: is no name for --as review"),
        (("export", "a.csv", "nowhere"), "nowhere: no pack has this name"),
        (("import", "none.csv", "--by", "Ana"), "none.csv: file is missing"),
        (("import", "none.csv", "--by", " "), "--by: is empty"),
        (("import", "none.csv", "--by", "Ana", "--project", "toy"), "--project toy: is a pack"),
    ],
)
def test_bad_words_are_one_line(run: Run, project: Path, words: tuple[str, ...], said: str) -> None:
    code, out, err = run(*words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"error: {said}"), err


def test_a_file_that_exists_stays_unless_forced(run: Run, project: Path) -> None:
    run("export", "a.csv")
    assert "exists already" in run("export", "a.csv")[2]
    assert run("export", "a.csv", "--force")[0] == 0


def test_what_was_decided_otherwise_meanwhile_is_a_fault(run: Run, project: Path) -> None:
    run("export", "a.csv")
    filled("a.csv", com_admit={"decision": "accept", "quantity": "7"})
    run("reject", ONE, "--by", "Bea", "--why", "late")
    said = "error: a.csv:2: decision accept: rejected: late already; take that back first"
    assert run("import", "a.csv", "--by", "Ana")[2].startswith(said)
    filled("a.csv", com_admit={"decision": "reject", "why": "another reason"})
    assert run("import", "a.csv", "--by", "Ana")[0] == 0
    run("accept", TWO, "--by", "Bea")
    filled("a.csv", com_admit={"decision": ""}, fig_hosted={"decision": "accept", "value": "1"})
    assert "a.csv:2: quantity 7: was changed without" in run("import", "a.csv", "--by", "Ana")[2]
    filled("a.csv", com_admit={"quantity": "20000"})
    assert "accepted as fig:hosted already, with other fields" in run("import", "a.csv", "--by", "Ana")[2]


def test_two_people_import_the_same_file(run: Run, project: Path) -> None:
    (project / "overrides" / "pack.toml").write_text(
        (PACKS / "toy" / "pack.toml").read_text(encoding="utf-8") + "\n[ledger]\nacceptances = 2\n",
        encoding="utf-8",
    )
    run("export", "a.csv")
    filled("a.csv", com_admit={"decision": "accept", "quantity": "7"})
    assert run("import", "a.csv", "--by", "Ana")[1].startswith("1 to accept, 0 to reject, 0 to merge; 0")
    assert run("import", "a.csv", "--by", "ANA")[1].startswith("0 to accept, 0 to reject, 0 to merge; 1")
    run("export", "b.csv")
    row = read_rows(Path("b.csv"))[1][0][1]
    assert (row["who"], row["quantity"]) == ("Ana", "7")
    assert run("import", "a.csv", "--by", "Bea")[1].startswith("1 to accept")
    assert ledger_of(project, acceptances={"*": 2}).accepted()[-1].fields["quantity"] == 7
    assert run("import", "a.csv", "--by", "Bea")[1].startswith("0 to accept, 0 to reject, 0 to merge; 1")


def test_what_was_seen_is_accepted_not_what_somebody_else_made_of_it(run: Run, project: Path) -> None:
    two = {"acceptances": {"*": 2}}
    (project / "overrides" / "pack.toml").write_text(
        (PACKS / "toy" / "pack.toml").read_text(encoding="utf-8") + "\n[ledger]\nacceptances = 2\n",
        encoding="utf-8",
    )
    run("export", "a.csv")
    run("export", "b.csv")
    filled("a.csv", com_admit={"decision": "accept", "quantity": "7"})
    filled("b.csv", com_admit={"decision": "accept"})
    run("import", "a.csv", "--by", "Ana")
    run("import", "b.csv", "--by", "Bea")
    ledger = ledger_of(project, **two)
    assert ledger.proposal(ONE).status == "proposed"
    assert [version.records[0].fields["quantity"] for version in ledger.waiting() if version.takes] == [
        7,
        20000,
    ]


def test_a_foreign_text_is_no_formula(run: Run, project: Path) -> None:
    record = invented(
        "sta:odd", type="statement", fields={"topic": "=HYPERLINK(1)", "speaker": "cty:USA"},
        cites=(Cite("odd", 0, 3, "@x"),), attribution=(),
    )  # fmt: skip
    append(open_ledger(BELOW, path=project / "ledger.jsonl"), propose(4, record))
    run("export", "a.csv")
    row = read_rows(Path("a.csv"))[1][3][1]
    assert (row["topic"], row["quote"]) == ("'=HYPERLINK(1)", "'@x")
    filled("a.csv", sta_odd={"decision": "accept"})
    run("import", "a.csv", "--by", "Ana")
    assert ledger_of(project).accepted()[-1].fields["topic"] == "=HYPERLINK(1)"
    assert (guarded("-0.25"), guarded("-x"), guarded("x=1"), guarded("")) == ("-0.25", "'-x", "x=1", "")


def test_no_field_is_called_as_a_column_of_the_review() -> None:
    assert not set(COLUMNS) & set(field_names())
    assert {name for fields in FIELDS.values() for name in fields.split()} <= set(field_names())


def test_what_is_rejected_tells_why(project: Path) -> None:
    ledger = ledger_of(project).with_entries(entry(Reject(ONE, "no"), "Bea", now_utc()))
    (row,) = sheet_of(ledger, "rejected", lambda name: None).rows
    assert (row["id"], row["why"], row["who"], row["sentence"]) == (
        ONE,
        "no",
        "Bea",
        "will admit 20,000 refugees",
    )
