"""Keyed random numbers: a number is a pure function of a seed and of what it decides.

Nothing is drawn "next", so two scenarios with one seed use the same number for the same decision and
differ only by policy (common random numbers keyed by event; Klein et al. 2024, arXiv 2409.02086).
The mixer is the finaliser of SplitMix64 (Steele, Lea, Flood 2014); the compiled kernel has the same
mixer, and a test holds the two together bit for bit.
"""

from __future__ import annotations

import hashlib
from functools import reduce

import numpy as np
import numpy.typing as npt

_MASK = 0xFFFFFFFFFFFFFFFF


def mix(state: int, word: int) -> int:
    """Fold one 64-bit word into a 64-bit state."""
    z = (state ^ word) + 0x9E3779B97F4A7C15 & _MASK
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & _MASK
    z = (z ^ z >> 27) * 0x94D049BB133111EB & _MASK
    return z ^ z >> 31


def word(name: str) -> int:
    """Return the 64-bit word of a name; stable across machines and versions of Python."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little")


def uniform(seed: int, *key: int | str) -> float:
    """Return the uniform number in (0, 1) that belongs to a key.

    Parameters
    ----------
    seed
        Seed of the study, any integer.
    key
        What is decided: names and counters such as the parameter and the run.
    """
    words = (word(part) if isinstance(part, str) else int(part) & _MASK for part in key)
    bits = reduce(mix, words, mix(0, int(seed) & _MASK))
    # 52 bits and a half: with 53 the largest would round to 1.0.
    return ((bits >> 12) + 0.5) * 2.0**-52


def triangular_quantile(
    u: npt.NDArray[np.float64], low: float, mode: float, high: float
) -> npt.NDArray[np.float64]:
    """Return the quantiles of a triangular law, monotone in `u`; a range of no width gives its value.

    Parameters
    ----------
    u
        Uniform numbers in (0, 1), any shape.
    low, mode, high
        Range and most likely value, in the unit of the parameter.

    Raises
    ------
    ValueError
        Unless ``low <= mode <= high``.
    """
    if not low <= mode <= high:
        raise ValueError(f"need low <= mode <= high, got {low}, {mode}, {high}")
    if high == low:
        return np.full_like(u, mode)
    cut = (mode - low) / (high - low)
    left = low + np.sqrt(u * (high - low) * (mode - low))
    right = high - np.sqrt((1.0 - u) * (high - low) * (high - mode))
    # Rounding at the mode must not break the order.
    return np.where(u < cut, np.minimum(left, mode), np.maximum(right, mode))
