"""Whatever is done to the bytes of a pack, reading ends in a region or in one clear line."""

from __future__ import annotations

import gzip
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from travesia.region import Region, check_pack, find_pack, load_region
from travesia.terms import TravesiaError

FILES = [
    "pack.toml", "places.csv", "routes.csv", "gates.csv", "origins.csv", "countries.csv", "indicators.csv",
    "observations.csv.gz", "published-totals.csv", "shapes.json",
]  # fmt: skip


def said(pack: Path) -> str | None:
    """What loading says of a pack; nothing if it loads."""
    try:
        assert isinstance(load_region(pack), Region)
    except TravesiaError as error:
        return str(error)
    return None


PIECES = st.one_of(
    st.binary(max_size=6),
    st.sampled_from(
        [b",", b'"', b"\n", b"\r\n", b"\x00", b"[", b"=", b"-", b"1e999", b"nan", b"|", b"\xef\xbb\xbf"]
    ),
    st.text(max_size=4).map(str.encode),
)


@settings(max_examples=150)
@given(name=st.sampled_from(FILES), place=st.floats(0, 1), length=st.integers(0, 12), piece=PIECES)
def test_noise_never_ends_in_a_crash(name: str, place: float, length: int, piece: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        pack = Path(shutil.copytree(find_pack("toy").base, Path(folder) / "pack"))
        path = pack / name
        raw = path.read_bytes()
        content = gzip.decompress(raw) if name.endswith(".gz") else raw
        at = round(place * len(content))
        spoilt = content[:at] + piece + content[at + length :]
        path.write_bytes(gzip.compress(spoilt) if name.endswith(".gz") else spoilt)
        text = said(pack)
        assert text is None or (str(pack) in text and "\n" not in text)
        findings = check_pack(pack)
        assert all(finding.message and finding.remedy for finding in findings)


@settings(max_examples=30)
@given(place=st.floats(0, 1), piece=st.binary(min_size=1, max_size=3))
def test_noise_in_the_packed_bytes(place: float, piece: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        pack = Path(shutil.copytree(find_pack("toy").base, Path(folder) / "pack"))
        path = pack / "observations.csv.gz"
        raw = path.read_bytes()
        at = round(place * len(raw))
        path.write_bytes(raw[:at] + piece + raw[at + len(piece) :])
        text = said(pack)
        assert text is None or "observations.csv.gz" in text


@pytest.mark.parametrize("name", FILES)
def test_a_folder_in_place_of_a_file(name: str, pack: Path) -> None:
    (pack / name).unlink()
    (pack / name).mkdir()
    text = said(pack)
    if name == "published-totals.csv":
        assert text is None
    else:
        assert text is not None
        assert name in text
        assert "\n" not in text
