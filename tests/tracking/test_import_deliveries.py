"""``travesia import fts|iati|unhcr|hapi``: from a saved file into a project, and from there into `track`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from travesia.cli import call

SAVED = Path(__file__).parent / "saved_files"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    assert call(["init", str(folder)]) == 0
    return folder


def said(capsys: pytest.CaptureFixture[str], *words: object) -> Any:
    capsys.readouterr()
    assert call([*map(str, words), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def row_of(capsys: pytest.CaptureFixture[str], project: Path, commitment: str, day: str) -> dict:
    rows = said(capsys, "track", project, "--as-of", day)["rows"]
    return next(row for row in rows if row["commitment"] == commitment)


def test_money_is_kept_linked_and_tracked(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = (
        "import",
        "fts",
        SAVED / "fts-flows.json",
        "--project",
        project,
        "--commitment",
        "us-2022-ven-jun",
    )
    done = said(capsys, *words)
    assert (done["read"], done["new"], done["linked"]) == (3, 3, 1)
    assert done["not_linked"] == [{"reason": "not by the state that promised", "rows": 2}]
    assert sum(each["rows"] for each in done["left_out"]) == 4
    row = row_of(capsys, project, "us-2022-ven-jun", "2022-12-31")
    assert (row["pledged"], row["delivered"], row["disbursed"]) == (314_000_000, 4_000_000, 4_000_000)
    assert (row["committed"], row["spent"], row["state"]) == (None, None, "in_progress")
    assert row_of(capsys, project, "us-2022-ven-sep", "2022-12-31")["delivered"] is None
    again = said(capsys, *words)
    assert (again["read"], again["new"], again["renewed"], again["linked"]) == (3, 0, 0, 1)
    states = said(capsys, "track", project, "--as-of", "2022-12-31", "--by", "state")["rows"]
    assert {row["iso3"]: row["paid"] for row in states if row["paid"]} == {"USA": 4_000_000}
    assert call(["check", str(project)]) == 0


def test_people_of_calendar_years_show_what_does_not_fit(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = SAVED / "unhcr-solutions-download.csv"
    done = said(capsys, "import", "unhcr", saved, "--project", project, "--channel", "resettlement",
                "--commitment", "us-2022-refugees")  # fmt: skip
    assert (done["read"], done["linked"]) == (3, 1)
    row = row_of(capsys, project, "us-2022-refugees", "2023-09-30")
    # The monthly series that the commitment names goes on counting.
    assert (row["delivered"], row["state"]) == (6312, "in_progress")
    assert {"kind": "period", "text": "345 people of unhcr-solutions for periods not wholly in its window, "
            "2022-10-01 to 2024-09-30: not split"} in row["mismatches"]  # fmt: skip


def test_every_publisher_s_file_goes_in_and_the_project_still_checks(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for publisher, name in (
        ("iati", "iati-activities.xml"),
        ("hapi", "hapi-funding.json"),
        ("hapi", "hdx_hapi_refugees.csv"),
        ("unhcr", "unhcr-population-api.json"),
        ("fts", "fts_incoming_funding_col.csv"),
    ):
        assert (
            call(
                [
                    "import",
                    publisher,
                    str(SAVED / name),
                    "--project",
                    str(project),
                    "--covers-to",
                    "2023-01-01",
                ]
            )
            == 0
        )
    assert "left out" in capsys.readouterr().out
    assert call(["check", str(project)]) == 0
    table = (project / "overrides" / "deliveries.csv").read_text(encoding="utf-8")
    assert table.count("2023-01-01") >= table.count("\n") - 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--project", "americas"], "no folder lies here"),
        (["--commitment", "nothing"], "--commitment nothing: is not in the ledger"),
        (["--channel", "nothing"], "--channel nothing: is not in"),
        (["--covers-to", "soon"], "--covers-to soon: is no day"),
    ],
)
def test_wrong_words_are_refused_and_nothing_is_written(
    words: list[str], says: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = SAVED / "fts-flows.json"
    assert call(["import", "fts", str(file), "--project", str(project), *words]) == 2
    error = capsys.readouterr().err
    assert says in error
    assert error.count("\n") == 1
    assert not (project / "overrides" / "deliveries.csv").exists()


def test_a_pack_is_read_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from travesia.region import find_pack

    folder = find_pack("toy").folder
    assert call(["import", "fts", str(SAVED / "fts-flows.json"), "--project", str(folder)]) == 2
    assert "is a pack; start a project over it" in capsys.readouterr().err


def test_a_wrong_file_is_named_with_its_row(
    project: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("year,origin,asylum,resettlement\n2022,VEN,USA,many\n", encoding="utf-8")
    assert call(["import", "unhcr", str(wrong), "--project", str(project)]) == 2
    assert capsys.readouterr().err.startswith(f"error: {wrong}:2: resettlement many: is not a number;")


def test_a_row_edited_by_hand_is_checked(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["import", "fts", str(SAVED / "fts-flows.json"), "--project", str(project)]) == 0
    path = project / "overrides" / "deliveries.csv"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("fts-flows,900001,,", "fts-flows,900001,unknown,"), encoding="utf-8")
    capsys.readouterr()
    assert call(["track", str(project), "--as-of", "2022-12-31"]) == 2
    assert "unknown commitments unknown" in capsys.readouterr().err
    path.write_text(whole.replace("2022-06-24,2022-06-24", "2022-06-24,2022-06-01"), encoding="utf-8")
    assert call(["track", str(project), "--as-of", "2022-12-31"]) == 2
    assert "deliveries.csv:2" in capsys.readouterr().err
