"""Readers of saved files: what each row becomes, and what is refused in one line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from travesia.region import load_region
from travesia.terms import InputError
from travesia.tracking import READERS, Imported, StateCodes, state_codes

SAVED = Path(__file__).parent / "saved_files"


@pytest.fixture(scope="module")
def states() -> StateCodes:
    return state_codes(load_region("americas").countries)


def rows(found: Imported, *columns: str) -> list[tuple]:
    return found.rows.select(*columns).rows()


def test_flows_of_the_api(states: StateCodes) -> None:
    found = READERS["fts"](SAVED / "fts-flows.json", states)
    assert rows(found, "id", "country", "stage", "value", "row") == [
        ("900001", "USA", "disbursed", 4e6, 1),
        ("900002", "CAN", "committed", 5e6, 2),
        ("900003", None, "pledged", 2e6, 3),
    ]
    first = found.rows.row(0, named=True)
    assert (first["series"], first["file"], first["unit"]) == ("fts-flows", "fts-flows.json", "USD")
    assert (first["provider"], first["receiver"]) == (
        "United States of America, Government of",
        "Invented Relief Agency",
    )
    assert (first["to_country"], first["channel"]) == ("COL", "plan 1063")
    assert first["first_day"] == first["last_day"] == date(2022, 6, 24)
    assert (first["reported"], first["original_value"], first["original_currency"]) == (
        date(2022, 6, 28), 3.8e6, "EUR",
    )  # fmt: skip
    # A flow to two states is of neither.
    assert found.rows["to_country"].to_list() == ["COL", None, None]
    assert sum(found.left_out.values()) == 4
    assert {reason.split()[0] for reason in found.left_out} == {"money", "flows", "contributions", "internal"}


def test_flows_of_hdx(states: StateCodes) -> None:
    found = READERS["fts"](SAVED / "fts_incoming_funding_col.csv", states)
    assert rows(found, "id", "country", "to_country", "stage", "value", "row", "channel") == [
        ("900001", "USA", "COL", "disbursed", 4e6, 3, "plan 1063"),
        ("900008", "ESP", None, "committed", 250000.5, 4, None),
    ]


def test_a_page_of_several_is_told(states: StateCodes, tmp_path: Path) -> None:
    whole = json.loads((SAVED / "fts-flows.json").read_text(encoding="utf-8"))
    whole["meta"]["nextLink"] = "https://example.org/2"
    found = READERS["fts"](written(tmp_path, whole), states)
    assert any("one page of several" in reason for reason in found.left_out)


def test_transactions_of_iati(states: StateCodes) -> None:
    found = READERS["iati"](SAVED / "iati-activities.xml", states)
    assert rows(found, "stage", "direction", "country", "to_country", "unit", "value") == [
        ("committed", "out", "USA", "COL", "USD", 5e6),
        ("disbursed", "out", "USA", "PER", "USD", 1250000.75),
        ("disbursed", "out", "USA", "COL", "USD", -250000.0),
        ("spent", "out", "USA", "COL", "EUR", 1000.0),
        ("pledged", "out", "USA", "COL", "USD", 9e6),
        ("disbursed", "in", "CAN", None, "USD", 1250000.75),
        ("committed", "in", "CAN", None, "USD", 7.0),
        ("pledged", "in", None, None, "USD", 8.0),
    ]
    first, second = found.rows.row(0, named=True), found.rows.row(1, named=True)
    assert (first["id"], second["id"]) == ("US-GOV-99-INVENTED-1:1", "US-GOV-99-INVENTED-1:2")
    assert (first["provider"], first["receiver"]) == ("Invented Bureau", "Invented Relief Agency")
    assert (first["channel"], first["row"], second["row"]) == ("72010", 11, 17)
    assert second["first_day"] == date(2022, 7, 20)
    assert sum(found.left_out.values()) == 1


def test_solutions_of_the_download(states: StateCodes) -> None:
    found = READERS["unhcr"](SAVED / "unhcr-solutions-download.csv", states)
    assert set(found.rows["series"]) == {"unhcr-solutions"}
    arrivals = found.rows.filter(pl.col("channel") == "resettlement")
    assert arrivals.select("country", "nationality", "value", "row", "measure").rows() == [
        ("USA", "VEN", 120.0, 5, "flow"),
        ("USA", "VEN", 345.0, 6, "flow"),
        ("CAN", "HTI", 20.0, 7, "flow"),
    ]
    assert arrivals["first_day"].to_list()[0] == date(2021, 1, 1)
    assert arrivals["last_day"].to_list()[0] == date(2021, 12, 31)
    assert found.left_out == {"cells without a number, which are not zero": 2}


def test_population_of_the_api_is_a_stock(states: StateCodes) -> None:
    found = READERS["unhcr"](SAVED / "unhcr-population-api.json", states)
    people = dict(found.rows.select("channel", "value").rows())
    assert (people["oip"], people["asylum_seekers"], people["refugees"]) == (2_450_000, 25, 1)
    assert "hst" not in people
    measures = dict(found.rows.select("channel", "measure").rows())
    assert (measures["oip"], measures["returned_refugees"]) == ("stock", "flow")


def test_the_tables_of_the_pack_s_own_sources_are_read(states: StateCodes, tmp_path: Path) -> None:
    path = tmp_path / "solutions.csv"
    path.write_text("year,origin,asylum,returned_refugees,resettlement\n2022,VEN,USA,0,9\n", encoding="utf-8")
    found = READERS["unhcr"](path, states)
    assert rows(found, "channel", "value") == [("returned_refugees", 0.0), ("resettlement", 9.0)]


def test_funding_of_hapi_is_of_a_plan_and_of_no_state(states: StateCodes) -> None:
    found = READERS["hapi"](SAVED / "hapi-funding.json", states)
    assert rows(found, "stage", "value", "country", "to_country", "channel", "direction") == [
        ("needed", 1e6, None, "COL", "plan RVEN22", "in"),
        ("committed", 4e5, None, "COL", "plan RVEN22", "in"),
    ]
    assert found.rows["last_day"].to_list() == [date(2022, 12, 31)] * 2
    assert found.left_out == {"money outside any plan": 1}


def test_people_of_hapi_without_their_parts(states: StateCodes) -> None:
    found = READERS["hapi"](SAVED / "hdx_hapi_refugees.csv", states)
    assert rows(found, "channel", "measure", "nationality", "country", "value", "row") == [
        ("REF", "stock", "VEN", "COL", 300.0, 3),
        ("RET", "flow", "COL", "COL", 12.0, 5),
    ]
    assert sum(found.left_out.values()) == 2


def test_states_by_code_name_and_government(states: StateCodes) -> None:
    for name in ("US", "usa", "United States", "Estados Unidos", "United States of America"):
        assert states.find(name) == "USA"
    for name in ("Brazil, Government of", "Government of Brazil", "Government of the Netherlands"):
        assert states.government(name) in ("BRA", "NLD")
    assert states.find("Venezuela, Bolivarian Republic of") == "VEN"
    for name in ("", None, "Invented", "Brazil", "European Commission"):
        assert states.government(name) is None
    assert states.agency("GB-GOV-1") == "GBR"
    assert states.agency("US-EIN-123") is None


def written(folder: Path, content: Any, name: str = "saved") -> Path:
    path = folder / name
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_text(text, encoding="utf-8")
    return path


FLOW = {
    "id": "1", "status": "paid", "date": "2022-01-02T00:00:00Z", "amountUSD": 5, "sourceObjects": [],
    "destinationObjects": [],
}  # fmt: skip


SOLUTIONS = "year,origin,asylum,resettlement\n"


def flows(*changes: dict) -> dict:
    return {"data": {"flows": [FLOW | change for change in changes]}}


def activity(transaction: str, head: str = "", version: str = "2.03") -> str:
    return (
        f'{head}<iati-activities version="{version}"><iati-activity default-currency="USD">'
        f"<iati-identifier>X-1</iati-identifier>{transaction}</iati-activity></iati-activities>"
    )


DAY, VALUE = '<transaction-date iso-date="2022-01-02"/>', '<value value-date="2022-01-02">5</value>'
DATED = DAY + VALUE


def paying(inside: str, code: str = "3") -> str:
    return f"<transaction><transaction-type code='{code}'/>{inside}</transaction>"


@pytest.mark.parametrize(
    ("publisher", "content", "says"),
    [
        ("fts", flows({"status": "promised"}), ":1: status promised: is none of pledge, commitment, paid"),
        ("fts", flows({}, {"id": "2", "amountUSD": "much"}), ":2: amountUSD much: is not a number"),
        ("fts", flows({"amountUSD": True}), "amountUSD True: is not a number"),
        ("fts", flows({"amountUSD": "1_0"}), "amountUSD 1_0: is not a number"),
        ("fts", flows({"date": "2022-02-30"}), ":1: date 2022-02-30: is not a day"),
        ("fts", flows({}, {}), ":2: id 1: stands in row 1 already"),
        ("fts", flows({"id": None}), ":1: id: is missing"),
        ("fts", flows({"sourceObjects": "x"}), ":1: sourceObjects: is no list of objects"),
        ("fts", {"data": {}}, "has no list data.flows"),
        ("fts", [], "has no list data.flows"),
        ("fts", {"data": {"flows": [3]}}, ":1: is no object"),
        ("fts", '{"data": {"flows": [', ":1: is no JSON"),
        ("fts", '{"data": NaN}', "is no JSON (NaN is no number of JSON)"),
        ("fts", "[" * 100_000, "is nested too deeply"),
        ("fts", "date,amountUSD\n2022-01-01,5\n", "has no header with id, status, date, amountUSD"),
        ("iati", activity("", version="1.05"), ":1: version 1.05: is none of 2.01, 2.02, 2.03"),
        ("iati", "<rss/>", ":1: rss: is no file of IATI activities"),
        ("iati", "<iati-activities", "is no XML"),
        ("iati", "no XML at all", ":1: is no XML"),
        ("iati", activity(paying(DATED, code="99")), "transaction-type 99: is none of 1, 2, 3, 4, 11,"),
        ("iati", activity("<transaction/>"), "transaction-type: has no code"),
        ("iati", activity(paying(DAY)), "value: is missing"),
        ("iati", activity(paying(DAY + VALUE.replace(">5<", ">1,000<"))), "value 1,000: is not a number"),
        ("iati", activity(paying(DAY + VALUE.replace("2022", "22"))), "value-date 22-01-02: is not a day"),
        ("iati", activity(paying(DAY.replace("2022-01-02", "soon") + VALUE)), "-date soon: is not a day"),
        ("iati", activity(paying(DATED)).replace(' default-currency="USD"', ""), ": names no currency"),
        ("unhcr", "year,origin,asylum\n2022,VEN,USA\n", "has not the columns of population or solutions"),
        ("unhcr", SOLUTIONS + "2022,VEN,USA,some\n", ":2: resettlement some: is not a number"),
        ("unhcr", SOLUTIONS + "2022,VEN,USA,-5\n", ":2: resettlement -5: is below 0"),
        ("unhcr", SOLUTIONS + "22.5,VEN,USA,5\n", ":2: year 22.5: is no year"),
        ("unhcr", SOLUTIONS + "2022,VEN,United States,5\n", "asylum United States: is no code"),
        ("unhcr", SOLUTIONS + "2022,VEN,USA\n", ":2: row has 3 cells, the header has 4"),
        ("unhcr", SOLUTIONS + "2022,VEN,USA,1\n2022,VEN,USA,2\n", ":3: id 2022:VEN:USA:resettlement: stands"),
        ("unhcr", {"items": []}, "has no row"),
        ("unhcr", "\n" * 40, "file is empty"),
        ("unhcr", "a,b\n" * 60, "has no header with Year"),
        ("hapi", {"data": [{"admin1_code": "X"}]}, "holds neither funding nor refugees nor returnees"),
        ("hapi", "a,b\n1,2\n", "has no header with reference_period_start"),
    ],
)  # fmt: skip
def test_another_form_is_refused_in_one_line(
    publisher: str, content: Any, says: str, states: StateCodes, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as error:
        READERS[publisher](written(tmp_path, content), states)
    assert says in str(error.value)
    assert "\n" not in str(error.value)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "head",
    [
        f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">',
        "<!DOCTYPE x>",
    ],
)
def test_no_document_type_is_ever_expanded(head: str, states: StateCodes, tmp_path: Path) -> None:
    told = "<transaction><transaction-type code='3'/>&l9;&e;</transaction>"
    path = written(tmp_path, activity(told, head))
    with pytest.raises(InputError, match="declares a document type or entities"):
        READERS["iati"](path, states)


def test_hostile_files_end_in_one_line(
    states: StateCodes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = activity("<transaction>" * 1000)
    with pytest.raises(InputError, match="nested too deeply"):
        READERS["iati"](written(tmp_path, deep), states)
    wide = activity("<value/>" * 500)
    monkeypatch.setattr("travesia.tracking.readers.iati._MOST_PARTS", 400)
    with pytest.raises(InputError, match="an activity of more than 400 elements"):
        READERS["iati"](written(tmp_path, wide), states)
    monkeypatch.setattr("travesia.tracking.readers.rows.MOST_BYTES", 100)
    for reader in READERS.values():
        with pytest.raises(InputError, match="is larger than"):
            reader(written(tmp_path, "x" * 101), states)
    for reader in READERS.values():
        with pytest.raises(InputError, match="cannot be read"):
            reader(tmp_path / "nothing", states)
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00junk\n")
    for reader in READERS.values():
        with pytest.raises(InputError):
            reader(tmp_path / "bytes", states)


def test_a_long_line_does_not_stall(states: StateCodes, tmp_path: Path) -> None:
    line = "x" * 5_000_000
    for publisher, content in (
        ("iati", activity(f"<title><narrative>{line}</narrative></title>")),
        ("fts", flows({"description": line})),
    ):
        READERS[publisher](written(tmp_path, content), states)
    with pytest.raises(InputError, match="is no CSV"):
        READERS["unhcr"](written(tmp_path, f"year,origin,asylum,resettlement\n{line}"), states)


PUBLISHERS = {
    "fts-flows.json": "fts",
    "fts_incoming_funding_col.csv": "fts",
    "iati-activities.xml": "iati",
    "unhcr-solutions-download.csv": "unhcr",
    "unhcr-population-api.json": "unhcr",
    "hapi-funding.json": "hapi",
    "hdx_hapi_refugees.csv": "hapi",
}


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted(PUBLISHERS)),
    st.sampled_from(sorted(READERS)),
    st.lists(st.tuples(st.integers(0, 1_000_000), st.binary(max_size=4), st.integers(0, 40)), max_size=4),
    st.booleans(),
)
def test_a_damaged_file_is_read_or_refused_and_never_breaks(
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    reader: str,
    damage: list[tuple[int, bytes, int]],
    own: bool,
) -> None:
    raw = (SAVED / name).read_bytes()
    for at, put, taken in damage:
        place = at % (len(raw) + 1)
        raw = raw[:place] + put + raw[place + taken :]
    path = tmp_path_factory.getbasetemp() / "damaged"
    path.write_bytes(raw)
    codes = state_codes(load_region("toy").countries)
    try:
        found = READERS[PUBLISHERS[name] if own else reader](path, codes)
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017
    else:
        assert set(found.rows["file"]) <= {"damaged"}
