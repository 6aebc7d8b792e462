"""Every result that a notebook may show, shows itself as a whole table."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

import numpy as np
import polars as pl
import pytest
from money import claims_of

from travesia.sharing import (
    KeyInputs,
    airport_costs,
    audit_key,
    award,
    award_properties,
    biproportional,
    bounded_shares,
    buy_out,
    compare_awards,
    corrective_allocation,
    fair_shares,
    find_key,
    find_solidarity,
    key_ranges,
    shapley_costs,
)

STATES = [f"A{first}{second}" for first in "ABCD" for second in "ABCDE"]
INPUTS = KeyInputs(
    "test",
    None,
    pl.DataFrame({"iso3": STATES, "population": range(1, 21), "gdp": range(2, 22)}),
    MappingProxyType({}),
)
KEY = find_key("population-gdp")
SHARES = fair_shares(KEY, INPUTS, people=1000)
AWARDS = award(claims_of(10, 20), "cea", Decimal(15))
HALF = Fraction(1, 2)
ALIKE = {"COL": 1, "PER": 1}


@pytest.mark.parametrize(
    ("result", "cells"),
    [
        (SHARES, STATES),
        (audit_key(KEY, INPUTS), ["population", "gdp"]),
        (key_ranges([KEY], INPUTS), STATES),
        (AWARDS, ["cea: 15.00 US dollars", *(row.iso3 for row in AWARDS.rows)]),
        (compare_awards(claims_of(10, 20), Decimal(15)), ["talmud"]),
        (award_properties(AWARDS), [each.says for each in award_properties(AWARDS)]),
        (
            corrective_allocation(SHARES, dict.fromkeys(STATES, 50), find_solidarity(KEY, "dublin-2016")),
            [*STATES, "gives"],
        ),
        (buy_out(SHARES, {"AAA": 1}, find_solidarity(KEY, "dublin-2016")), [*STATES, "eur"]),
        (bounded_shares({"AAA": HALF, "AAB": HALF}, {}, {"AAA": HALF / 2}), ["AAA", "0.75", "upper"]),
        (
            shapley_costs(list("abc"), lambda who: np.max(who * np.array([1.0, 2.0, 6.0]), axis=1)),
            [f"{cost:.6f}" for cost in airport_costs({"a": 1, "b": 2, "c": 6}).values()],
        ),
        (
            biproportional({"VEN": ALIKE, "HTI": ALIKE}, {"VEN": 3, "HTI": 5}, {"COL": 4, "PER": 4}),
            ["VEN", "HTI", "COL", "PER"],
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_result_shows_itself_whole(result, cells):
    shown = result._repr_html_()
    assert "<table" in shown
    for cell in cells:
        assert str(cell) in shown
