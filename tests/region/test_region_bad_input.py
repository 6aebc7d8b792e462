"""Every way in which a pack can be wrong ends in one line that names file, row and what to do."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from travesia.region import check_pack, load_region
from travesia.terms import PackError, TravesiaError


@dataclass(frozen=True)
class Case:
    name: str
    spoil: Callable[[Path], None]
    file: str
    row: int | None
    says: str


def swap(name: str, old: str, new: str) -> Callable[[Path], None]:
    def spoil(pack: Path) -> None:
        path = pack / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return spoil


def remove(name: str) -> Callable[[Path], None]:
    return lambda pack: (pack / name).unlink()


def observed(old: str, new: str) -> Callable[[Path], None]:
    def spoil(pack: Path) -> None:
        path = pack / "observations.csv.gz"
        text = gzip.decompress(path.read_bytes()).decode()
        assert old in text
        path.write_bytes(gzip.compress(text.replace(old, new, 1).encode()))

    return spoil


def latin(pack: Path) -> None:
    path = pack / "countries.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1"))


def truncated(pack: Path) -> None:
    path = pack / "observations.csv.gz"
    path.write_bytes(path.read_bytes()[:-40])


def no_gzip(pack: Path) -> None:
    (pack / "observations.csv.gz").write_text("series,period\n")


CASES = [
    *(
        Case(f"{name} missing", remove(name), name, None, "file is missing")
        for name in (
            "pack.toml",
            "places.csv",
            "routes.csv",
            "gates.csv",
            "origins.csv",
            "countries.csv",
            "indicators.csv",
            "observations.csv.gz",
            "shapes.json",
        )
    ),
    Case(
        "wrong header",
        swap("routes.csv", "id,from,to,kind,km", "id,from,to,kind,miles"),
        "routes.csv",
        1,
        "km",
    ),
    Case(
        "unknown place",
        swap("routes.csv", "xb-cruce,xc-duna", "xb-cruce,xc-dune"),
        "routes.csv",
        7,
        "xc-dune",
    ),
    Case("negative distance", swap("routes.csv", "road,95.0", "road,-95.0"), "routes.csv", 2, "km -95"),
    Case(
        "distance as words",
        swap("routes.csv", "road,95.0", "road,far"),
        "routes.csv",
        2,
        "km far: is not a number",
    ),
    Case("distance not a number", swap("routes.csv", "road,95.0", "road,nan"), "routes.csv", 2, "km nan"),
    Case("month 13", observed("2022-12", "2022-13"), "observations.csv.gz", None, "period 2022-13"),
    Case(
        "day that is none",
        observed("2022-12", "2022-13-01"),
        "observations.csv.gz",
        None,
        "period 2022-13-01",
    ),
    Case(
        "span from a day that is none",
        swap("pack.toml", "2022-04-01", "2022-13-01"),
        "pack.toml",
        15,
        "2022-13-01",
    ),
    Case(
        "bare day that is none",
        swap("pack.toml", '"2022-04-01"', "2022-13-01"),
        "pack.toml",
        15,
        "start 2022-13-01",
    ),
    Case(
        "span that ends before",
        swap("pack.toml", "2022-10-01", "2022-04-01"),
        "pack.toml",
        16,
        "not after start",
    ),
    Case("Latin-1", latin, "countries.csv", 2, "is not UTF-8"),
    Case("truncated gzip", truncated, "observations.csv.gz", None, "cut off"),
    Case("no gzip at all", no_gzip, "observations.csv.gz", None, "cut off or damaged"),
    Case(
        "ragged row",
        swap("places.csv", "900000,approximate", "900000"),
        "places.csv",
        2,
        "7 cells, the header has 8",
    ),
    Case(
        "newer format",
        swap("pack.toml", "format = 1", "format = 2"),
        "pack.toml",
        3,
        "formats up to 1; update travesia",
    ),
    Case("format zero", swap("pack.toml", "format = 1", "format = 0"), "pack.toml", 3, "no such format"),
    Case("format as text", swap("pack.toml", "format = 1", 'format = "one"'), "pack.toml", 3, "format one"),
    Case(
        "unknown key",
        swap("pack.toml", "format = 1", 'format = 1\ncolour = "red"'),
        "pack.toml",
        4,
        "colour: key is unknown",
    ),
    Case(
        "missing key",
        swap("pack.toml", 'version = "1.0.0"\n', ""),
        "pack.toml",
        None,
        "version: key is missing",
    ),
    Case(
        "title missing", swap("pack.toml", "fr = ", "# fr = "), "pack.toml", None, "title.fr: key is missing"
    ),
    Case("no TOML", swap("pack.toml", "format = 1", "format = = 1"), "pack.toml", 3, "is no TOML"),
    Case(
        "unknown visibility", swap("pack.toml", '"public"', '"secret"'), "pack.toml", 4, "visibility secret"
    ),
    Case(
        "unknown gate place",
        swap("gates.csv", "XBB,xb-bosque,,", "XBB,xb-bosqe,,"),
        "gates.csv",
        3,
        "xb-bosqe",
    ),
    Case("unknown cover", swap("gates.csv", "xc-duna,,", "xc-duna,xc-a|xc-b,"), "gates.csv", 2, "xc-a, xc-b"),
    Case(
        "unknown near side", swap("gates.csv", "xa-alba|xa-mirador", "xa-alba|xa-m"), "gates.csv", 3, "xa-m"
    ),
    Case(
        "unknown series",
        swap("gates.csv", ",toy-border", ",toy-boarder"),
        "gates.csv",
        2,
        "unknown series toy-boarder",
    ),
    Case("unknown origin", swap("origins.csv", "XBB,xb-bosque", "XBB,xb-none"), "origins.csv", 4, "xb-none"),
    Case(
        "unknown nationality", swap("origins.csv", "XBB,xb-bosque", "XQQ,xb-bosque"), "origins.csv", 4, "XQQ"
    ),
    Case("unknown state", swap("indicators.csv", "XCC,2022", "XQQ,2022"), "indicators.csv", 7, "XQQ"),
    Case(
        "unknown gate observed",
        observed("gate-bosque", "gate-boske"),
        "observations.csv.gz",
        None,
        "gate-boske",
    ),
    Case(
        "unknown source", observed(",invented", ",rumour"), "observations.csv.gz", 2, "unknown source rumour"
    ),
    Case(
        "unknown measure",
        observed(",flow,", ",flux,"),
        "observations.csv.gz",
        2,
        "measure flux: is not one of",
    ),
    Case(
        "row twice",
        swap("routes.csv", "xa-alba--xb-bosque--jungle,", "xa-alba--xa-mirador--road,"),
        "routes.csv",
        3,
        "twice",
    ),
    Case(
        "latitude off the globe",
        swap("places.csv", "crossing,4.6", "crossing,94.6"),
        "places.csv",
        5,
        "lat 94.6",
    ),
    Case(
        "kind that is none",
        swap("routes.csv", ",sea,", ",boat,"),
        "routes.csv",
        4,
        "kind boat: is not one of",
    ),
    Case("flag that is none", swap("routes.csv", "45.0,1", "45.0,yes"), "routes.csv", 7, "one_way yes"),
    Case("no JSON", swap("shapes.json", '"countries"', "countries"), "shapes.json", 2, "is no JSON"),
    Case("no frame", swap("shapes.json", '"frame"', '"fame"'), "shapes.json", None, "no projection, frame"),
    Case(
        "empty file", lambda pack: (pack / "gates.csv").write_text("") and None, "gates.csv", None, "is empty"
    ),
]


def the_line(pack: Path, case: Case) -> str:
    with pytest.raises(TravesiaError) as caught:
        load_region(pack)
    return str(caught.value)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_loading_stops_with_one_line(pack: Path, case: Case) -> None:
    case.spoil(pack)
    text = the_line(pack, case)
    assert "\n" not in text
    assert case.says in text
    row = f":{case.row}: " if case.row else ":"
    assert text.startswith(f"{pack / case.file}{row}"), text
    problem, _, remedy = text.rpartition("; ")
    assert problem
    assert remedy


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_check_finds_the_same(pack: Path, case: Case) -> None:
    case.spoil(pack)
    if case.file == "pack.toml" and not (pack / "pack.toml").exists():
        with pytest.raises(PackError, match="file is missing"):
            check_pack(pack)
        return
    findings = check_pack(pack)
    assert any(
        finding.file == str(pack / case.file)
        and (case.row is None or finding.row == case.row)
        and finding.severity == "error"
        for finding in findings
    ), [str(finding) for finding in findings]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_command_ends_with_2_and_leaves_nothing(
    pack: Path, tmp_path: Path, case: Case, travesia: Callable[..., Any]
) -> None:
    case.spoil(pack)
    before = sorted(tmp_path.rglob("*"))
    outcome = travesia("init", tmp_path / "project", "--pack", pack)
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.startswith("error: ")
    assert outcome.err.count("\n") == 1
    assert case.says in outcome.err
    assert sorted(tmp_path.rglob("*")) == before


def test_the_row_of_a_month_that_is_none_is_named(pack: Path) -> None:
    text = gzip.decompress((pack / "observations.csv.gz").read_bytes()).decode().splitlines()
    row = next(number for number, line in enumerate(text, 1) if "2022-12" in line)
    observed("2022-12", "2022-13")(pack)
    with pytest.raises(PackError, match=rf"observations\.csv\.gz:{row}: period 2022-13: "):
        load_region(pack)


def test_check_lists_the_faults_of_every_file(pack: Path) -> None:
    swap("routes.csv", "road,95.0", "road,-95.0")(pack)
    swap("origins.csv", "XBB,xb-bosque", "XBB,xb-none")(pack)
    remove("shapes.json")(pack)
    found = {Path(finding.file).name: finding.check for finding in check_pack(pack)}
    assert found == {"routes.csv": "files", "origins.csv": "ids", "shapes.json": "files"}
