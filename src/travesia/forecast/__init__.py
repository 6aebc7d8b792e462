"""From observations to demand: worked back, carried forward, scored."""

from travesia.forecast.departures import fit_demand, targets
from travesia.forecast.response import Response, counted, responses, updated
from travesia.forecast.scores import fit_table, score_as_of, wape

__all__ = [
    "Response",
    "counted",
    "fit_demand",
    "fit_table",
    "responses",
    "score_as_of",
    "targets",
    "updated",
    "wape",
]
