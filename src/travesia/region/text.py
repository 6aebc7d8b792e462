"""Reading a text file of a pack."""

from __future__ import annotations

from pathlib import Path

from travesia.terms import PackError


def read_text(path: Path) -> str:
    """Return the text of a file; raises `PackError` for one that is missing, unreadable or not UTF-8."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise PackError(path, "file is missing", "add it, or take the file from a working pack") from None
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        raise PackError(path, "is not UTF-8", "save it as UTF-8", row=row) from None
    except OSError as error:
        raise PackError(path, f"cannot be read ({error.strerror})", "check the path and its rights") from None
