"""Colours of every figure and page, with the contrast that makes them legible.

A and B differ little in lightness, so no figure may tell them apart by colour alone: B is always dashed
and both are labelled where they are drawn. No red: red arrows read as an invasion.
"""

from __future__ import annotations

BASELINE = "#0b5a9c"
VARIANT = "#b3470f"
MORE = "#6a3d9a"
LESS = "#0f7f6d"
OPEN = "#4c5763"
INK = "#17212b"
MUTED = "#55616d"
PAPER = "#ffffff"
GRID = "#dfe3e8"
LAND = "#e9e6df"
LAND_LINE = "#ffffff"
SEA = "#f6f8fa"
PLEDGED = "#a9c6df"
FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', Arial, sans-serif"


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two ``#rrggbb`` colours, 1 to 21.

    Source: WCAG 2.2, definitions of relative luminance and contrast ratio.
    """
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
