"""How far camps of a simulation are from what was counted: the averaged relative difference.

For each day the sum over camps of |simulated - counted| over the sum of the counts, averaged over days; the
measure of Suleimenova, Bell and Groen 2017 (Scientific Reports 7:13377), before they halve it.
"""

from __future__ import annotations

import polars as pl


def averaged_relative_difference(stock: pl.DataFrame, column: str = "mean") -> float:
    """Return the difference of a stock (day, `column`, data); rows without data do not count.

    Raises
    ------
    ValueError
        If no row has a count.
    """
    counted = stock.filter(pl.col("data").is_not_null())
    if not counted.height:
        raise ValueError("no camp has a count")
    off = (pl.col(column) - pl.col("data")).abs().sum()
    days = counted.group_by("day").agg((off / pl.max_horizontal(pl.col("data").sum(), 1.0)).alias("off"))
    return float(days["off"].mean())
