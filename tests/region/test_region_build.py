"""The build of the Americas pack: repeatable, and loud about what it does not know."""

from __future__ import annotations

import gzip
import shutil
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import polars as pl
import pytest

from travesia.region import find_pack

ROOT = Path(__file__).parents[2]
RAW = ROOT.parent / "shared" / "data"
HAND_WRITTEN = (
    "policies", "dangers.csv", "documents", "scenarios.toml", "parameters.toml", "ledger.jsonl",
    "systems.toml", "fits",
)  # fmt: skip

needs_raw = pytest.mark.skipif(not RAW.is_dir(), reason="the raw files are not here")


@pytest.fixture(autouse=True)
def _tools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))


def tool(name: str) -> ModuleType:
    __import__(name)
    return sys.modules[name]


def content(path: Path) -> bytes:
    """The bytes of a file; those of a gzip file unpacked, since compressors differ between platforms."""
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


@needs_raw
def test_the_shipped_pack_is_what_the_raw_files_give(tmp_path: Path) -> None:
    tool("build_americas").build(RAW, tmp_path)
    shipped = find_pack("americas")
    names = [name for name in shipped.files() if not name.startswith(HAND_WRITTEN)]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    for name in names:
        assert content(tmp_path / name) == content(shipped.file(name)), name


@needs_raw
def test_two_builds_are_equal_to_the_byte(tmp_path: Path) -> None:
    for name in ("one", "two"):
        tool("build_americas").build(RAW, tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


@needs_raw
def test_hand_written_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "scenarios.toml").write_text("# mine")
    tool("build_americas").build(RAW, tmp_path)
    assert (tmp_path / "scenarios.toml").read_text() == "# mine"


@needs_raw
def test_the_manifest_names_the_digest_of_every_raw_file(tmp_path: Path) -> None:
    import hashlib

    tool("build_americas").build(RAW, tmp_path)
    manifest = tomllib.loads((tmp_path / "pack.toml").read_text(encoding="utf-8"))
    assert len(manifest["sources"]) > 20
    for source in manifest["sources"]:
        assert source["sha256"] == hashlib.sha256((RAW / source["file"]).read_bytes()).hexdigest()


@needs_raw
def test_deaths_add_up_to_the_incidents(americas: object) -> None:
    raw = pl.read_csv(RAW / "missing-migrants-americas.csv.gz", infer_schema_length=None)
    found = americas.series("missing-migrants")["value"].sum()  # type: ignore[attr-defined]
    assert found == raw["dead_or_missing"].sum()


@needs_raw
def test_a_raw_area_without_a_gate_stops_the_build(tmp_path: Path) -> None:
    raw = Path(shutil.copytree(RAW, tmp_path / "raw"))
    areas = raw / "cbp-areas.csv"
    raw.chmod(0o755)
    areas.chmod(0o644)
    areas.write_text(areas.read_text().replace("Yuma Sector", "Yuma Station"))
    with pytest.raises(SystemExit, match="has no gate"):
        tool("build_series").us_border(raw)


def test_names_without_a_code_stop_the_build() -> None:
    names = tool("build_names")
    states = pl.DataFrame({"name_en": ["Peru"], "iso3": ["PER"]})
    codes = names.codes_of(pl.Series(["Peru", "Burma", "Turkey"]), states)
    assert codes.to_list() == ["PER", "MMR", "TUR"]
    with pytest.raises(SystemExit, match="no code for Atlantis, Utopia"):
        names.codes_of(pl.Series(["Utopia", "Peru", "Atlantis"]), states)


def test_sums_leave_missing_cells_out_and_never_make_them_zero() -> None:
    frame = pl.DataFrame(
        {"period": ["2020", "2020", "2021"], "country": ["PER"] * 3, "value": ["3", None, None]}
    )
    found = tool("build_series").tidy(frame, "s", "source")
    assert found.select("period", "value", "unit").rows() == [("2020", 3.0, "people")]


def test_toml_is_read_back_as_it_was() -> None:
    values = {
        "name": 'a "quoted" \\ name',
        "format": 1,
        "open": True,
        "list": ["é", "ü"],
        "missing": None,
        "table": {"OTHER": "x", "with space": "y"},
        "rows": [{"id": "a", "faults": None}, {"id": "b", "faults": "two\nlines"}],
    }
    read = tomllib.loads(tool("build_sources").write_toml(values))
    assert "missing" not in read
    assert read["rows"] == [{"id": "a"}, {"id": "b", "faults": "two\nlines"}]
    assert {key: read[key] for key in ("name", "format", "open", "list", "table")} == {
        key: values[key] for key in ("name", "format", "open", "list", "table")
    }


def test_as_above_takes_the_row_above() -> None:
    sources = tool("build_sources")
    text = "| file | licence | known faults |\n|---|---|---|\n| a | CC0 | none |\n| b | as above | late |\n"
    assert sources._table(text) == {
        "a": {"file": "a", "licence": "CC0", "known faults": None},
        "b": {"file": "b", "licence": "CC0", "known faults": "late"},
    }


def test_simplifying_keeps_corners_and_shared_lines() -> None:
    shapes = tool("build_shapes")
    # Two squares side by side; the border between them bulges by 40 km, and on the way there by 3 km.
    middle = [(100, 0), (83, 50), (60, 100), (80, 150), (100, 200)]
    left = [(0, 0), *middle, (0, 200)]
    right = [(200, 200), *middle[::-1], (200, 0)]
    thin = shapes._thinned({"AAA": [left], "BBB": [right]})
    border = [point for point in thin["AAA"][0] if point in thin["BBB"][0]]
    assert border == [[100, 0], [60, 100], [100, 200]]
    assert [0, 0] in thin["AAA"][0]
    assert [200, 0] in thin["BBB"][0]


def test_clipping_cuts_along_a_straight_line() -> None:
    clipped = tool("build_shapes")._clipped([(0, -10), (10, -10), (10, 10), (0, 10)], 0)
    assert sorted(clipped) == [(0, 0), (0, 10), (10, 0), (10, 10)]
    assert tool("build_shapes")._area(clipped) == 100
