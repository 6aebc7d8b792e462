"""Plain tables on stdout: columns in line, no frame, no cutting, so that they also pipe well."""

from __future__ import annotations

from collections.abc import Sequence

from travesia.cli.output import say


def show_table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[str] = ()) -> None:
    """Write a table; columns named in `right` are set flush right, columns without content left out."""
    kept = [at for at in range(len(columns)) if any(row[at] for row in rows)]
    cells = [[line[at] for at in kept] for line in (columns, *rows)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(kept))]
    flush_right = [columns[at] in right for at in kept]
    for line in cells:
        parts = (
            cell.rjust(width) if flush else cell.ljust(width)
            for cell, width, flush in zip(line, widths, flush_right, strict=True)
        )
        say("  ".join(parts).rstrip())
