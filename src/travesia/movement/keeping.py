"""A folder in which an ensemble keeps the chunks that are done, to go on from there after a stop.

Runs do not depend on how many there are: more of them may be asked for later. What they do depend on is
written down when the folder is made, and compared before anything in it is used.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from travesia.movement.paths import put
from travesia.movement.sums import Ints, Sums, Whole, narrow
from travesia.terms import InputError

FACTS_FILE = "ensemble.json"
_FORMAT = "1"
Paths = Mapping[tuple[int, int], bytes]


@dataclass(frozen=True)
class Kept:
    """Chunks in a folder, a file each; opened by `Kept.open`."""

    folder: Path

    @classmethod
    def open(cls, folder: Path, facts: Mapping[str, str]) -> Kept:
        """Make the folder, or go on with it.

        Parameters
        ----------
        folder
            New, empty, or of the same ensemble.
        facts
            What the numbers depend on, by name.

        Raises
        ------
        InputError
            If the folder is of another ensemble, of another version, or holds something else.
        """
        facts = {"format": _FORMAT, **_versions(), **facts}
        path = folder / FACTS_FILE
        if folder.exists() and (not folder.is_dir() or (not path.exists() and any(folder.iterdir()))):
            raise InputError(folder, "keeps no ensemble", "choose a folder that does not exist yet")
        if path.exists():
            _compare(folder, _read_facts(path), facts)
        else:
            folder.mkdir(parents=True, exist_ok=True)
            put(path, (json.dumps(facts, indent=2) + "\n").encode())
        return cls(folder)

    def chunks(self, wanted: set[int]) -> Iterator[tuple[range, tuple[Sums, ...], Paths]]:
        """Read the chunks all of whose runs are wanted, no run twice."""
        left = set(wanted)
        for path in sorted(self.folder.glob("runs-*.npz")):
            try:
                first, last = (int(word) for word in path.stem.split("-")[1:])
                numbers = range(first, last + 1)
                if left.issuperset(numbers):
                    with np.load(io.BytesIO(path.read_bytes())) as arrays:
                        sums, paths = _from_arrays(numbers, arrays)
                    left -= set(numbers)
                    yield numbers, sums, paths
            except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
                raise InputError(path, f"cannot be read as a chunk ({error})", "remove it") from None

    def save(self, numbers: range, sums: Sequence[Sums], paths: Paths) -> None:
        """Write one chunk, whole or not at all."""
        into = io.BytesIO()
        # NumPy's own writer packs harder, at five times the time: a fifth of that of the runs.
        with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, array in _to_arrays(sums, paths).items():
                with archive.open(f"{name}.npy", "w") as entry:
                    np.lib.format.write_array(entry, array, allow_pickle=False)
        put(self.folder / f"runs-{numbers[0]:05d}-{numbers[-1]:05d}.npz", into.getvalue())


def _read_facts(path: Path) -> Mapping[str, str]:
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        facts = None
    if not isinstance(facts, dict):
        raise InputError(path, "cannot be read", "remove the folder and begin anew")
    return facts


def _compare(folder: Path, was: Mapping[str, str], now: Mapping[str, str]) -> None:
    for name, value in now.items():
        if was.get(name) != value:
            long = len(value) > 60
            what = f"another {name}" if long else f"{name} {was.get(name)}, not {value}"
            raise InputError(
                folder, f"keeps an ensemble of {what}", "choose another folder or remove this one"
            )


def _versions() -> dict[str, str]:
    """Return versions that numbers depend on, and a digest of this room's own code."""
    code = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        code.update(path.read_bytes())
    names = ("travesia", "numpy", "numba")
    return {**{f"version of {name}": version(name) for name in names}, "code": code.hexdigest()}


def _to_arrays(sums: Sequence[Sums], paths: Paths) -> dict[str, npt.NDArray[Any]]:
    out: dict[str, npt.NDArray[Any]] = {"scenarios": np.array(len(sums))}
    for s, part in enumerate(sums):
        for name, rows in part.by_run.items():
            out[f"{s}/run/{name}"] = rows
        for name, whole in part.daily.items():
            for field in fields(whole):
                out[f"{s}/day/{name}/{field.name}"] = narrow(getattr(whole, field.name))
    for (number, s), content in paths.items():
        out[f"{s}/path/{number}"] = np.frombuffer(content, dtype=np.uint8)
    return out


def _from_arrays(numbers: range, arrays: Mapping[str, npt.NDArray[Any]]) -> tuple[tuple[Sums, ...], Paths]:
    sums = tuple(Sums(numbers) for _ in range(int(arrays["scenarios"])))
    paths: dict[tuple[int, int], bytes] = {}
    daily: dict[tuple[int, str], dict[str, Ints]] = {}
    for key in arrays:
        s, kind, *names = key.split("/") if "/" in key else ("0", "")
        if kind == "run":
            sums[int(s)].by_run[names[0]] = arrays[key]
        elif kind == "path":
            paths[int(names[0]), int(s)] = arrays[key].tobytes()
        elif kind == "day":
            daily.setdefault((int(s), names[0]), {})[names[1]] = arrays[key].astype(np.int64)
    for (number, name), parts in daily.items():
        sums[number].daily[name] = Whole(**parts)
    for part in sums:
        part.done[:] = True
    return sums, paths
