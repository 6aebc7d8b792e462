from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from travesia.region import find_pack, load_region, pack_names
from travesia.region import paths as paths_module
from travesia.terms import InputError, PackError


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "overrides").mkdir(parents=True)
    (folder / "project.toml").write_text('format = 1\npack = "toy"\n')
    return folder


def test_shipped_packs_are_found_by_name() -> None:
    assert {"americas", "toy"} <= set(pack_names())
    found = find_pack("toy")
    assert found.name == "toy"
    assert found.project is None
    assert found.base == found.folder
    assert (found.base / "pack.toml").is_file()


def test_a_folder_is_found_as_text_or_path(pack: Path) -> None:
    assert find_pack(pack).base == pack
    assert find_pack(str(pack)).base == pack


def test_a_name_that_is_none_names_those_that_are() -> None:
    with pytest.raises(InputError, match=r"^nowhere: no pack has this name.*americas, toy"):
        find_pack("nowhere")


def test_a_folder_without_a_manifest_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"pack\.toml: file is missing"):
        find_pack(tmp_path)


def test_an_override_replaces_a_file_and_leaves_the_pack_alone(project: Path) -> None:
    below = find_pack("toy")
    places = below.file("places.csv").read_text(encoding="utf-8")
    (project / "overrides" / "places.csv").write_text(places.replace("Alba (invented)", "Alba Nova"))
    found = find_pack(project)
    assert found.name == "toy"
    assert found.file("places.csv") == project / "overrides" / "places.csv"
    assert found.file("routes.csv") == below.file("routes.csv")
    region = load_region(project)
    assert region.name == "toy"
    assert region.folder == project
    assert "Alba Nova" in region.places["name"].to_list()
    assert "Alba (invented)" in load_region("toy").places["name"].to_list()
    assert region.digest != load_region("toy").digest


def test_what_a_project_adds_is_read_after_the_pack(project: Path) -> None:
    found = find_pack(project)
    base = find_pack("toy").file("scenarios.toml")
    assert found.layers("scenarios.toml") == (base,)
    (project / "scenarios.toml").write_text("[scenarios]\n")
    assert found.layers("scenarios.toml") == (base, project / "scenarios.toml")
    (project / "overrides" / "scenarios.toml").write_text("[scenarios]\n")
    assert found.layers("scenarios.toml")[0] == project / "overrides" / "scenarios.toml"


def test_the_digest_counts_what_a_project_adds_but_not_what_it_wrote(project: Path) -> None:
    plain = load_region(project).digest
    assert plain == load_region("toy").digest
    (project / "studies" / "one").mkdir(parents=True)
    (project / "studies" / "one" / "report.html").write_text("<p>")
    assert load_region(project).digest == plain
    (project / "ledger.jsonl").write_text("{}\n")
    assert load_region(project).digest != plain


def test_a_project_names_a_folder_as_seen_from_itself(tmp_path: Path, pack: Path) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "project.toml").write_text(f'format = 1\npack = "../{pack.name}"\n')
    assert find_pack(folder).base.resolve() == pack.resolve()


def test_a_project_over_a_project_is_refused(project: Path, tmp_path: Path) -> None:
    upper = tmp_path / "upper"
    upper.mkdir()
    (upper / "project.toml").write_text(f'format = 1\npack = "{project.as_posix()}"\n')
    with pytest.raises(PackError, match=r"project\.toml: pack .*names another project"):
        find_pack(upper)


def test_a_project_over_itself_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "ring"
    folder.mkdir()
    (folder / "project.toml").write_text('format = 1\npack = "."\n')
    with pytest.raises(PackError, match="names another project"):
        find_pack(folder)


def test_an_installed_pack_that_cannot_be_imported_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint(name="lost", value="no_such_module_here", group="travesia.packs")
    monkeypatch.setattr(paths_module, "entry_points", lambda group: [point])
    with pytest.raises(InputError, match=r"^no_such_module_here: installed pack cannot be loaded"):
        find_pack("lost")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("format = 1\n", "pack: key is missing"),
        ('format = 2\npack = "toy"\n', "project.toml:1: format 2: this version reads formats up to 1"),
        ('format = 1\npack = "toy"\ncolour = "red"\n', "project.toml:3: colour: key is unknown"),
        ("format = 1\npack = toy\n", "project.toml:2: pack toy: is no TOML"),
    ],
)
def test_a_wrong_project_file_is_one_clear_line(project: Path, text: str, problem: str) -> None:
    (project / "project.toml").write_text(text)
    with pytest.raises(PackError) as caught:
        find_pack(project)
    assert problem in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_installed_pack_is_found_by_its_entry_point(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (pack / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(str(pack.parent))
    point = EntryPoint(name="sahel", value=pack.name, group="travesia.packs")
    monkeypatch.setattr(
        paths_module, "entry_points", lambda group: [point] if group == "travesia.packs" else []
    )
    assert "sahel" in pack_names()
    found = find_pack("sahel")
    assert (found.name, found.base) == ("sahel", pack)
    assert load_region("sahel").places.height == 5
