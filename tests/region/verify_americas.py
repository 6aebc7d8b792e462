"""The Americas pack against figures published or printed beside the raw files."""

from __future__ import annotations

import gzip

import polars as pl
import pytest

from travesia.region import Region, check_region
from travesia.terms import fiscal_year_span, months_in

NAMED = [
    "BRA", "CAN", "CHN", "COL", "CUB", "ECU", "GTM", "HND", "HTI", "IND", "MEX", "MMR", "NIC", "OTHER",
    "PER", "PHL", "ROU", "RUS", "SLV", "TUR", "UKR", "VEN",
]  # fmt: skip

AT_THE_BORDER = [
    # Nationality, month, encounters: as printed in the description of the data.
    ("ECU", "2021-08", 17_611), ("ECU", "2021-09", 7_353), ("ECU", "2021-10", 748),
    ("BRA", "2021-12", 7_926), ("BRA", "2022-01", 2_766), ("BRA", "2022-02", 1_402),
    ("BRA", "2022-08", 5_747), ("BRA", "2022-09", 1_732), ("BRA", "2022-10", 762),
    ("VEN", "2022-01", 22_779), ("VEN", "2022-02", 3_073),
    ("VEN", "2022-10", 22_060), ("VEN", "2022-11", 8_013),
    ("CUB", "2022-12", 42_654), ("CUB", "2023-01", 6_462),
    ("NIC", "2022-12", 35_381), ("NIC", "2023-01", 3_382),
    ("HTI", "2021-09", 17_638), ("HTI", "2021-10", 908), ("UKR", "2022-04", 20_118), ("UKR", "2022-05", 375),
]  # fmt: skip


def total(region: Region, series: str, *where: pl.Expr) -> float:
    return float(region.series(series).filter(*where)["value"].sum())


@pytest.mark.parametrize(("nationality", "month", "encounters"), AT_THE_BORDER)
def test_encounters_by_nationality(americas: Region, nationality: str, month: str, encounters: int) -> None:
    found = total(americas, "cbp-southwest", pl.col("nationality") == nationality, pl.col("period") == month)
    assert found == encounters


@pytest.mark.parametrize(("year", "people"), [(2021, 400), (2022, 2_485), (2023, 6_312), (2024, 25_358)])
def test_refugees_admitted_from_latin_america(americas: Region, year: int, people: int) -> None:
    months = months_in(fiscal_year_span(year))
    region = pl.col("channel") == "latin-america-caribbean"
    assert total(americas, "us-refugee-admissions", region, pl.col("period").is_in(months)) == people


@pytest.mark.parametrize(
    ("series", "period", "value"),
    [
        ("darien-transits", "2021", 133_726),
        ("darien-transits", "2022", 248_284),
        ("darien-transits", "2023", 408_972),
        ("mexico-irregular-encounters", "2021", 309_692),
        ("mexico-irregular-encounters", "2022", 441_409),
        ("mexico-irregular-encounters", "2023", 495_306),
    ],
)
def test_people_on_the_way(americas: Region, series: str, period: str, value: int) -> None:
    assert total(americas, series, pl.col("period").str.starts_with(period)) == value


@pytest.mark.parametrize(("year", "people"), [("2021", 5_576_740), ("2022", 6_585_011)])
def test_venezuelans_displaced_abroad(americas: Region, year: str, people: int) -> None:
    at_home = pl.col("country") == "VEN"
    found = total(
        americas, "unhcr-population", pl.col("nationality") == "VEN", pl.col("period") == year, ~at_home
    )
    assert found == people


def test_the_need_of_the_response_plan(americas: Region) -> None:
    plan = americas.series("rmrp-requirements").filter(pl.col("period") == "2022")
    assert plan.select("channel", "unit", "value").rows() == [("launch", "usd", 1_790_000_000.0)]


def test_every_nationality_counted_at_the_border_has_places(americas: Region) -> None:
    counted = sorted(americas.series("cbp-southwest")["nationality"].unique())
    assert counted == NAMED
    assert set(counted) <= set(americas.origins["nationality"])
    placed = americas.origins.join(americas.places, left_on="place", right_on="id", how="inner")
    assert set(placed["nationality"]) >= set(NAMED)


def test_two_files_of_the_border_agree_by_month_nationality_and_authority(americas: Region) -> None:
    keys = ["period", "nationality", "authority"]
    by_area = americas.series("cbp-southwest").group_by(keys).agg(pl.col("value").sum()).sort(keys)
    wide = americas.series("cbp-nationwide").filter(pl.col("channel") == "southwest").select(*keys, "value")
    assert by_area.height == 1_659
    assert by_area.equals(wide.sort(keys))


def test_groups_and_areas_add_up_to_the_same(americas: Region) -> None:
    keys = ["period", "authority"]
    sums = [
        americas.series(name).group_by(keys).agg(pl.col("value").sum()).sort(keys)
        for name in ("cbp-southwest", "cbp-southwest-demographic")
    ]
    assert sums[0].equals(sums[1])


def test_sectors_agree_with_the_longer_series(americas: Region) -> None:
    """Border Patrol by sector, from another file, equals the sectors of the southwest file in every month."""
    keys = ["period", "place"]
    patrol = americas.series("cbp-southwest").filter(pl.col("channel") == "USBP")
    patrol = patrol.group_by(keys).agg(pl.col("value").sum()).sort(keys)
    longer = americas.series("usbp-sector").filter(
        pl.col("place").is_not_null(), pl.col("period") >= "2019-10"
    )
    assert patrol.equals(longer.select(*keys, "value").sort(keys))


def test_gates_stand_for_every_sector_office_and_port(americas: Region) -> None:
    gates = americas.gates
    assert gates.filter(pl.col("kind") == "sector").height == 9
    offices = gates.filter(pl.col("kind") == "port")
    assert offices.height == 4
    assert gates.filter(pl.col("kind") == "checkpoint")["id"].sort().to_list() == [
        "gate-darien", "gate-honduras", "gate-mexico",
    ]  # fmt: skip
    covered = {
        place for row in offices.iter_rows(named=True) for place in [row["place"], *row["covers"].split("|")]
    }
    ports = americas.places.filter(pl.col("kind") == "port")["id"]
    assert covered == set(ports)
    assert len(covered) == 11


def test_nobody_walks_past_the_darien_gate(americas: Region) -> None:
    """Without its places no way over land or water leads from Colombia into Panama's reception posts."""
    gate = americas.gates.filter(pl.col("id") == "gate-darien").row(0, named=True)
    closed = {gate["place"], *gate["covers"].split("|")}
    jungle = americas.routes.filter(pl.col("kind").cast(pl.String).is_in(["jungle", "sea", "river", "road"]))
    found, left = {"co-necocli"}, ["co-necocli"]
    while left:
        here = left.pop()
        ahead = set(jungle.filter(pl.col("from") == here)["to"])
        ahead |= set(jungle.filter((pl.col("to") == here) & ~pl.col("one_way"))["from"])
        new = ahead - found - closed
        found |= new
        left += new
    assert "pa-carreto" in found
    assert not found & {"pa-lajas-blancas", "pa-san-vicente"}


def test_all_named_checks_pass(americas: Region) -> None:
    assert check_region(americas) == []


def test_deaths_are_carried_without_place_or_person(americas: Region) -> None:
    deaths = americas.series("missing-migrants")
    assert deaths["place"].null_count() == deaths.height
    assert deaths["nationality"].null_count() == deaths.height
    assert deaths.select("period", "channel", "country").is_unique().all()
    text = gzip.decompress((americas.folder / "observations.csv.gz").read_bytes()).decode()
    assert "Drowning" not in text


def test_irregular_crossings_are_rounded(americas: Region) -> None:
    places = americas.places
    rounded = places.filter(pl.col("coordinates") == "district")
    assert "pa-bajo-chiquito" in rounded["id"].to_list()
    assert "mx-sasabe" in rounded["id"].to_list()
    assert "co-acandi" in rounded["id"].to_list()
    assert (rounded["kind"] == "crossing").all()
    tenths = rounded.select(pl.col("lat", "lon") * 10)
    assert ((tenths - tenths.select(pl.all().round(0))).select(pl.all().abs().max()).row(0)) < (1e-9, 1e-9)


def test_every_series_has_a_source_with_licence_and_copy(americas: Region) -> None:
    sources = {source.id: source for source in americas.sources}
    for name in americas.observations["source"].unique():
        source = sources[name]
        assert source.licence
        assert source.sha256
        assert source.title
    assert "events" not in (sources["darien-transits"].faults or "")
    assert "no rows for April" in (sources["darien-transits"].faults or "")
    # "as above" in the table of sources means the row above.
    assert sources["cbp-southwest-encounters-fy2018-2019"].licence.startswith("US federal government work")


def test_namibia_is_no_missing_value(americas: Region) -> None:
    assert americas.countries.filter(pl.col("iso3") == "NAM")["iso2"].to_list() == ["NA"]


def test_the_twenty_signatories_can_be_weighed(americas: Region) -> None:
    members = americas.countries.filter("la_declaration")["iso3"]
    assert members.len() == 20
    values = americas.indicators.filter(pl.col("iso3").is_in(members.to_list()), pl.col("year") == 2021)
    assert values.height == 20
    assert values.select("population", "gdp_usd", "unemployment_pct").null_count().row(0) == (0, 0, 0)


def test_missing_is_missing(americas: Region) -> None:
    gdp = americas.indicators.filter(pl.col("iso3") == "VEN", pl.col("year") > 2014)["gdp_usd"]
    assert gdp.len() > 0
    assert gdp.null_count() == gdp.len()
    # No rows for months in which Darién was closed: absent, not zero.
    assert "2020-04" not in americas.series("darien-transits")["period"].to_list()


def test_the_pack_stays_small(americas: Region) -> None:
    generated = [path for path in americas.folder.iterdir() if path.suffix in {".csv", ".gz", ".json"}]
    assert sum(path.stat().st_size for path in generated) < 2_500_000
