from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from travesia.region import Region, load_region
from travesia.terms import PackError, Span, UnknownIdsError, schemas


def test_a_region_carries_what_its_pack_says(pack: Path) -> None:
    region = load_region(pack)
    assert (region.name, region.version, region.restricted) == ("toy", "1.0.0", False)
    assert region.default_span == Span(date(2022, 4, 1), date(2022, 10, 1))
    assert region.default_scenarios == ("expulsion-stays", "expulsion-ends")
    assert set(region.title) == {"en", "es", "fr", "pt"}
    assert region.folder == pack
    assert [source.id for source in region.sources] == ["invented"]
    assert region.sources[0].licence == "CC0-1.0"
    assert region.places.height == 5
    assert region.routes.height == 6
    assert sorted(region.gates["id"]) == ["gate-bosque", "gate-sector-duna"]


@pytest.mark.parametrize(
    "name", ["places", "routes", "gates", "origins", "countries", "indicators", "observations"]
)
def test_tables_have_their_schema(americas: Region, name: str) -> None:
    schema = getattr(schemas, name.capitalize())
    table = getattr(americas, name)
    assert schema.validate(table).equals(table)
    assert table.height > 0


def test_series_are_rows_of_one_series_and_empty_where_there_is_none(pack: Path) -> None:
    region = load_region(pack)
    assert region.series("toy-checkpoint")["series"].unique().to_list() == ["toy-checkpoint"]
    assert region.series("toy-checkpoint").height == 24
    assert region.series("no-such-series").height == 0


def test_a_restricted_pack_says_so(pack: Path, edit: Callable[..., Path]) -> None:
    edit("pack.toml", 'visibility = "public"', 'visibility = "restricted"')
    assert load_region(pack).restricted


def test_observations_may_stand_unzipped(pack: Path) -> None:
    import gzip

    zipped = pack / "observations.csv.gz"
    before = load_region(pack).observations
    (pack / "observations.csv").write_bytes(gzip.decompress(zipped.read_bytes()))
    zipped.unlink()
    assert load_region(pack).observations.equals(before)


def test_observations_stand_one_way_only(pack: Path) -> None:
    (pack / "observations.csv").write_text("series\n")
    with pytest.raises(PackError, match=r"observations\.csv: stands beside"):
        load_region(pack)


@pytest.mark.parametrize("zipped_below", [True, False])
def test_observations_of_a_project_count_first(pack: Path, tmp_path: Path, zipped_below: bool) -> None:
    import gzip

    overrides = tmp_path / "project" / "overrides"
    overrides.mkdir(parents=True)
    (tmp_path / "project" / "project.toml").write_text(f'format = 1\npack = "{pack.as_posix()}"\n')
    zipped = pack / "observations.csv.gz"
    text = gzip.decompress(zipped.read_bytes()).decode()
    fewer = "\n".join(text.splitlines()[:-1]) + "\n"
    if zipped_below:
        (overrides / "observations.csv").write_text(fewer)
    else:
        zipped.unlink()
        (pack / "observations.csv").write_text(text)
        (overrides / "observations.csv.gz").write_bytes(gzip.compress(fewer.encode()))
    assert load_region(tmp_path / "project").observations.height == load_region(pack).observations.height - 1


def test_an_absent_month_stays_absent_and_an_empty_cell_null(pack: Path) -> None:
    region = load_region(pack)
    admitted = region.series("toy-admissions")
    assert "2022-07" not in admitted["period"].to_list()
    cruce = region.places.filter(pl.col("id") == "xb-cruce")
    assert cruce["population"].to_list() == [None]


def test_the_digest_names_the_content_and_not_the_place(pack: Path, tmp_path: Path) -> None:
    elsewhere = Path(shutil.copytree(pack, tmp_path / "elsewhere"))
    (elsewhere / "__pycache__").mkdir()
    (elsewhere / "__pycache__" / "x.pyc").write_bytes(b"1")
    (elsewhere / ".hidden").write_text("1")
    assert load_region(elsewhere).digest == load_region(pack).digest


@pytest.mark.parametrize("name", ["policies.toml", "routes.csv", "shapes.json", "observations.csv.gz"])
def test_the_digest_changes_with_any_file(pack: Path, name: str) -> None:
    before = load_region(pack).digest
    path = pack / name
    if name.endswith(".gz"):
        import gzip

        path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()), compresslevel=1))
    else:
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert load_region(pack).digest != before


def test_the_digest_changes_with_a_name(pack: Path) -> None:
    before = load_region(pack).digest
    (pack / "published-totals.csv").rename(pack / "renamed.csv")
    assert load_region(pack).digest != before


def test_unknown_ids_are_named_up_to_five_with_the_row_of_the_first(pack: Path) -> None:
    path = pack / "origins.csv"
    path.write_text(path.read_text() + "".join(f"XAA,nowhere-{i},home\n" for i in range(7)))
    with pytest.raises(UnknownIdsError) as caught:
        load_region(pack)
    text = str(caught.value)
    assert text.startswith(f"{path}:6: place: unknown place nowhere-0, ")
    assert "nowhere-4 and 2 more" in text
    assert "nowhere-5" not in text
    assert text.endswith("use an id of places.csv")


def test_rows_count_as_in_a_spreadsheet_even_after_an_empty_line(pack: Path) -> None:
    path = pack / "origins.csv"
    lines = path.read_text().splitlines()
    path.write_text("\n".join([*lines[:2], "", *lines[2:], "XAA,nowhere,home"]) + "\n")
    with pytest.raises(UnknownIdsError, match=r"origins\.csv:7: "):
        load_region(pack)
