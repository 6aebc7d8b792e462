"""`travesia read` of several files: in their order, the same by however many processes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

TEXTS = {
    "b.txt": "On June 10, 2022, Chile pledged to admit 4,000 refugees in 2023.",
    "a.txt": "Le 10 juin 2022, le Canada s'est engagé à accueillir 4 000 réfugiés en 2023.",
    "c.txt": "Die Regierung kündigte am Montag Hilfen an.",
}


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [tmp_path / name for name in TEXTS]


def test_several_processes_read_the_same_in_the_order_asked(files, travesia) -> None:
    one, two = (
        travesia("read", *files, "--json", "--quiet", "--processes", processes) for processes in ("1", "2")
    )
    assert (two.code, two.out) == (0, one.out)
    read = json.loads(two.out)["documents"]
    assert [each["document"]["file"] for each in read] == list(TEXTS)
    assert any(each["type"] == "commitment" for each in read[0]["records"])


def test_no_processes_at_all_are_refused(files, travesia) -> None:
    done = travesia("read", *files, "--processes", "0")
    assert done.code == 2
    assert "--processes" in done.err
