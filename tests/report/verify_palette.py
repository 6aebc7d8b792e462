"""Contrast by hand: published WCAG values, and every colour that must be legible."""

from __future__ import annotations

import colorsys

import pytest

from travesia.report import palette
from travesia.report.palette import contrast


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
    ],
)
def test_contrast_agrees_with_published_values(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(one, other) == contrast(other, one)


@pytest.mark.parametrize("colour", ["INK", "MUTED", "BASELINE", "VARIANT", "MORE", "LESS", "OPEN"])
def test_text_colours_are_legible_on_paper_and_sea(colour: str) -> None:
    for ground in (palette.PAPER, palette.SEA):
        assert contrast(getattr(palette, colour), ground) >= 4.5


@pytest.mark.parametrize("colour", ["INK", "BASELINE", "MORE", "LESS"])
def test_marks_stand_out_from_the_land(colour: str) -> None:
    assert contrast(getattr(palette, colour), palette.LAND) >= 3


def test_no_flow_is_red() -> None:
    for colour in (palette.BASELINE, palette.MORE, palette.LESS):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        hue = colorsys.rgb_to_hls(*parts)[0] * 360
        assert 30 < hue < 330
