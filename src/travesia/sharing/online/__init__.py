"""Assignment online: places for cases as they arrive, at prices from sampled futures."""

from travesia.sharing.online.answer import (
    Greedy,
    Missed,
    Online,
    OnlinePlacement,
    OnlinePlacements,
    place_online,
)
from travesia.sharing.online.arrivals import Arrivals, OnlineRule, Pool
from travesia.sharing.online.placing import Decision, Pricing, Run, place_arrivals

__all__ = [
    "Arrivals",
    "Decision",
    "Greedy",
    "Missed",
    "Online",
    "OnlinePlacement",
    "OnlinePlacements",
    "OnlineRule",
    "Pool",
    "Pricing",
    "Run",
    "place_arrivals",
    "place_online",
]
