"""Whether two engines give the same law: means and spreads of repeated runs, place by place and day by day.

With z the difference of two means over its standard error, the root mean square of z is about 1 where both
engines draw from one law; 0.98 to 1.09 for random halves of the peer's own runs. Days are strongly
correlated, so single large z mean nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

LEAST_ERROR = 0.3
"""Agents: where the pooled standard error is smaller, hardly anybody is there and z says nothing."""
MOST_Z, MOST_Z_FULL, MOST_Z_CAMPS = 1.3, 1.5, 1.5
LEAST_RATIO, MOST_RATIO = 0.7, 1.4
MOST_SHARE = 0.015
FULL_CAMPS = ("mali2012-classic", "mali2012-aware2")
"""Cases with camps at the threshold of refusal, where the order of people matters: a wider bound."""


@dataclass(frozen=True)
class Agreement:
    """How far two engines agree.

    `rms_z` over all places and days that tell, `rms_z_camps` over camps alone (``None`` where no camp
    tells); `variance_ratio` ours over the peer's, of summed variances; `largest_share` the largest
    difference of means over the agents of the last day.
    """

    spawn_equal: bool
    counts_equal: bool
    compared: int
    rms_z: float
    rms_z_camps: float | None
    variance_ratio: float
    largest_share: float
    largest_at: str

    def failures(self, case: str) -> list[str]:
        """Name the bounds that a case breaks."""
        most_z = MOST_Z_FULL if case in FULL_CAMPS else MOST_Z
        held = {
            "spawn": self.spawn_equal,
            "rms z": self.rms_z < most_z,
            "rms z of camps": self.rms_z_camps is None or self.rms_z_camps < MOST_Z_CAMPS,
            "variance": LEAST_RATIO <= self.variance_ratio <= MOST_RATIO,
            "difference": self.largest_share < MOST_SHARE,
        }
        return [name for name, holds in held.items() if not holds]


def joined(ours: pl.DataFrame, peer: pl.DataFrame) -> pl.DataFrame:
    """Return both stocks side by side, one row a place and day; every row must have its match."""
    keys = ["day", "place"]
    for left, right, words in ((peer, ours, "only the peer has"), (ours, peer, "only we have")):
        alone = left.join(right, on=keys, how="anti").select(keys).sort(keys)
        if alone.height:
            first = ", ".join(f"{place} on day {day}" for day, place in alone.head(5).rows())
            raise ValueError(f"{alone.height} places and days that {words}: {first}")
    return peer.join(ours.select(*keys, "mean", "sd", "data"), on=keys, suffix="_ours", validate="1:1")


def with_z(both: pl.DataFrame, runs: int, peer_runs: int) -> pl.DataFrame:
    """Add `difference` of means and, where the pooled standard error tells, `z`."""
    pooled = (pl.col("sd_ours") ** 2 + pl.col("sd") ** 2) / 2.0
    error = (pooled * (1.0 / runs + 1.0 / peer_runs)).sqrt()
    difference = pl.col("mean_ours") - pl.col("mean")
    z = pl.when(error > LEAST_ERROR).then(difference / error)
    return both.with_columns(difference.alias("difference"), z.alias("z"))


def root_mean_square(values: pl.Series) -> float | None:
    """Return the root mean square of what is not missing; ``None`` of nothing."""
    squares = (values.drop_nulls() ** 2).mean()
    return None if squares is None else float(squares) ** 0.5


def same_counts(both: pl.DataFrame) -> bool:
    """Whether the counts of the camps are the same, and missing at the same places and days."""
    one, other = both["data"], both["data_ours"]
    near = ((one - other).abs() < 0.01) | (one.is_null() & other.is_null())
    return bool(near.fill_null(False).all())


def compare(
    ours: tuple[pl.DataFrame, pl.DataFrame],
    peer: tuple[pl.DataFrame, pl.DataFrame],
    runs: int,
    peer_runs: int,
) -> Agreement:
    """Compare two engines, each given as stock (day, place, mean, sd, data) and spawned (day, new, total).

    Raises
    ------
    ValueError
        If the engines do not speak of the same places and days, or no place and day tells anything.
    """
    (our_stock, our_spawned), (peer_stock, peer_spawned) = ours, peer
    both = with_z(joined(our_stock, peer_stock), runs, peer_runs)
    rms_z = root_mean_square(both["z"])
    if rms_z is None:
        raise ValueError("no place and day has a standard error that tells; more people or fewer runs")
    worst = both.row(int(both["difference"].abs().arg_max() or 0), named=True)
    return Agreement(
        spawn_equal=our_spawned.sort("day").rows() == peer_spawned.sort("day").rows(),
        counts_equal=same_counts(both),
        compared=int(both["z"].count()),
        rms_z=rms_z,
        rms_z_camps=root_mean_square(both.filter("camp")["z"]),
        variance_ratio=float((both["sd_ours"] ** 2).sum()) / float((both["sd"] ** 2).sum()),
        largest_share=abs(worst["difference"]) / float(peer_spawned.sort("day")["total"][-1]),
        largest_at=f"{worst['place']} on day {worst['day']}",
    )
