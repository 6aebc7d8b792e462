from __future__ import annotations

import json
from pathlib import Path

import pytest

from travesia.cli import call


def test_shape_of_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["track", "toy", "--as-of", "2022-03-31", "--json"]) == 0
    said = capsys.readouterr()
    answer = json.loads(said.out)
    assert said.err == ""
    assert answer["as_of"] == "2022-03-31"
    (row,) = answer["rows"]
    wanted = {"commitment", "iso3", "unit", "pledged", "needed", "delivered", "gap", "state", "cites"}
    assert wanted <= set(row)
    # Four, five and six people in the first three months of the invented pledge of sixty.
    assert (row["commitment"], row["iso3"], row["pledged"]) == ("xc-places", "XCC", 60)
    assert (row["delivered"], row["gap"], row["state"]) == (15, 45, "in_progress")
    assert row["needed"] is None
    assert row["cites"] == [{"source": "invented"}]


def test_known_before_the_pledge_was_made(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["track", "toy", "--as-of", "2022-03-31", "--known", "2022-02-28", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"] == []


def test_a_table_for_people_tells_not_reported_from_zero(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["track", "--as-of", "2023-09-30", "--lang", "fr"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "As of 2023-09-30; - is not reported, which is not zero"
    refugees = next(line for line in lines if line.startswith("us-2022-refugees"))
    assert refugees.split() == [
        "us-2022-refugees",
        "États-Unis",
        "person",
        "≤20,000",
        "-",
        "6,312",
        "-",
        "in_progress",
        "63%",
    ]


def test_today_is_the_default(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["track", "toy", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"][0]["state"] not in {"pledged", "in_progress"}


def test_a_pack_without_a_ledger_has_nothing_to_track(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import shutil

    from travesia.region import find_pack

    folder = tmp_path / "mine"
    shutil.copytree(find_pack("toy").folder, folder)
    (folder / "ledger.jsonl").unlink()
    assert call(["track", str(folder), "--as-of", "2022-03-31", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"] == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("--as-of 2023-13-01", "--as-of 2023-13-01: is no day; write it as YYYY-MM-DD"),
        ("--as-of yesterday", "--as-of yesterday: is no day"),
        ("--known 2023-9-1", "--known 2023-9-1: is no day"),
        ("nowhere --as-of 2023-09-30", "nowhere: "),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], words: str, says: str
) -> None:
    assert call(["track", *words.split()]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("error: ")
    assert said.err.count("\n") == 1
    assert says in said.err
