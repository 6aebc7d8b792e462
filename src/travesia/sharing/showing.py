"""How results show themselves in a notebook: as whole tables."""

from __future__ import annotations

from dataclasses import fields
from fractions import Fraction
from html import escape
from typing import Any, TypeVar

import polars as pl

Row = TypeVar("Row")


def shown(table: pl.DataFrame, head: str = "") -> str:
    """Return a table as HTML, with every row and column, under a line of its own."""
    with pl.Config(tbl_rows=-1, tbl_cols=-1, fmt_str_lengths=200, tbl_hide_dataframe_shape=True):
        return f"{f'<p>{escape(head)}</p>' if head else ''}{table._repr_html_()}"


class Listed(tuple[Row, ...]):
    """Rows of a result, one after the other, that a notebook shows as a table."""

    __slots__ = ()

    @property
    def table(self) -> pl.DataFrame:
        """One row each, its fields as columns; fractions as decimals."""
        names = [each.name for each in fields(self[0])] if self else []  # type: ignore[arg-type]
        return pl.DataFrame(
            {name: [_plain(getattr(row, name)) for row in self] for name in names}, strict=False
        )

    def _repr_html_(self) -> str:
        return shown(self.table)


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Fraction) else value
