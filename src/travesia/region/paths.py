"""Finding a pack: by its name, as a folder, or through a project folder that lies over one."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from importlib.resources import files
from pathlib import Path

from travesia.region.manifest import MANIFEST, PROJECT, read_project
from travesia.terms import InputError, PackError

ENTRY_POINTS = "travesia.packs"
OVERRIDES = "overrides"
OWN = ("scenarios.toml", "ledger.jsonl", "fits")
"""What a project adds to its pack rather than replaces."""


@dataclass(frozen=True)
class PackPaths:
    """Where the files of a pack lie.

    `folder` is what the user named. In a project, `project` is that folder and `base` the pack below it;
    a file in the project's ``overrides`` replaces the file of the same name in the pack.
    """

    name: str
    folder: Path
    base: Path
    project: Path | None = None

    def file(self, name: str) -> Path:
        """Return the file (or folder) that counts: the override if there is one, else the pack's."""
        if self.project is not None and (override := self.project / OVERRIDES / name).exists():
            return override
        return self.base / name

    def layers(self, name: str) -> tuple[Path, ...]:
        """Return every existing file read under a name: the pack's (or its override), then the project's."""
        own = () if self.project is None else (self.project / name,)
        return tuple(path for path in (self.file(name), *own) if path.exists())

    def files(self) -> dict[str, Path]:
        """Return every file that counts, by its name within the pack; hidden files and code are left out."""
        found = {name: self.file(name) for name in _names(self.base)}
        if self.project is not None:
            overrides = self.project / OVERRIDES
            found |= {name: overrides / name for name in _names(overrides)}
            own = [name for name in _names(self.project) if name.split("/")[0] in OWN]
            found |= {f"project/{name}": self.project / name for name in own}
        return dict(sorted(found.items()))


def find_pack(pack: str | Path) -> PackPaths:
    """Find a pack by the name of a shipped or installed one, or by a pack folder or project folder.

    Raises
    ------
    InputError
        If there is no such pack, naming those that there are.
    PackError
        If a folder holds neither ``pack.toml`` nor ``project.toml``.
    """
    if isinstance(pack, str) and (folder := _named(pack)) is not None:
        return PackPaths(pack, folder, folder)
    folder = Path(pack)
    if not folder.is_dir():
        names = ", ".join(pack_names())
        raise InputError(folder, "no pack has this name and no folder lies here", f"use {names}, or a folder")
    if (folder / PROJECT).is_file():
        return _project(folder)
    if not (folder / MANIFEST).is_file():
        raise PackError(
            folder / MANIFEST, "file is missing", "name a pack folder, or start one with `travesia init`"
        )
    return PackPaths(folder.resolve().name, folder, folder)


def pack_names() -> list[str]:
    """Return the names of all shipped and installed packs."""
    return sorted({*_shipped(), *(point.name for point in _installed())})


def _project(folder: Path) -> PackPaths:
    named = read_project(folder / PROJECT).pack
    inside = folder / named
    if (inside / PROJECT).is_file():
        raise PackError(folder / PROJECT, "names another project", "name a pack", column="pack", value=named)
    below = find_pack(inside if inside.is_dir() else named)
    return PackPaths(below.name, folder, below.base, folder)


def _named(name: str) -> Path | None:
    if (folder := _shipped().get(name)) is not None:
        return folder
    return next((_folder_of(point) for point in _installed() if point.name == name), None)


def _shipped() -> dict[str, Path]:
    root = Path(str(files("travesia.packs")))
    return {folder.name: folder for folder in sorted(root.iterdir()) if (folder / MANIFEST).is_file()}


def _installed() -> list[EntryPoint]:
    return list(entry_points(group=ENTRY_POINTS))


def _folder_of(point: EntryPoint) -> Path:
    """Return the folder of an installed pack: its entry point names a package, or a path."""
    try:
        target = point.load()
    except (ImportError, AttributeError) as error:
        raise InputError(
            point.value, f"installed pack cannot be loaded ({error})", "install it again"
        ) from None
    return Path(target) if isinstance(target, str | Path) else Path(str(files(target)))


def _names(folder: Path) -> list[str]:
    if not folder.is_dir():
        return []
    names = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    plain = [name for name in names if not any(part.startswith((".", "__")) for part in name.parts)]
    return sorted(name.as_posix() for name in plain)
