from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _tools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))


def test_the_page_of_the_pack_format_is_fresh() -> None:
    import build_pack_format

    for path, text in build_pack_format.pages().items():
        assert path.read_text(encoding="utf-8") == text, "run tools/build_pack_format.py"


def test_a_part_that_is_gone_is_missed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import build_pack_format

    page = tmp_path / "page.md"
    page.write_text("<!-- begin manifest -->\n<!-- end manifest -->\n")
    monkeypatch.setattr(build_pack_format, "PAGE", page)
    with pytest.raises(SystemExit, match="needs one part sources"):
        build_pack_format.pages()


def test_every_file_of_the_shipped_packs_is_described() -> None:
    from travesia.region import find_pack

    text = (ROOT / "docs" / "reference" / "pack-format.md").read_text(encoding="utf-8")
    for pack in ("americas", "toy"):
        for name in find_pack(pack).files():
            folder = next(
                (each for each in ("policies/*.toml", "documents/*.txt") if fnmatch(name, each)), None
            )
            shown = folder or name
            assert f"`{shown}`" in text, name
