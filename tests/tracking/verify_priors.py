"""What figures let a number be, by hand from the words of the public texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travesia.record import Record, load_ledger
from travesia.region import find_pack
from travesia.tracking import prior_of

DAY = date(2023, 1, 1)


def figure(modality: str = "actual", kind: str = "figure", **fields: Any) -> Record:
    return Record(
        id="fig:x", type=kind, fields={"measures": "people", **fields}, cites=(), certainty="asserted",
        modality=modality, attribution=(), valid_from=DAY, valid_to=None, known_from=DAY, origin="hand:test",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "qualifier", "becomes", "low", "high"),
    [
        (6_000_000, "more_than", "prior", 6_000_000, 7_000_000),
        (6_800_000, "exact", "prior", 6_750_000, 6_850_000),
        (3_453, "exact", "prior", 3_452.5, 3_453.5),
        (160_000, "almost", "prior", 150_000, 160_000),
        (407_000_000, "almost", "prior", 406_000_000, 407_000_000),
        (31_000_000, "approximate", "prior", 30_000_000, 32_000_000),
        (18.5, "about", "prior", 18.4, 18.6),
        (30_000, "up_to", "constraint", None, 30_000),
        (15_000, "limit", "constraint", None, 15_000),
        # More than 85 % less, and 89 % less.
        (-0.85, "more_than", "prior", -0.86, -0.85),
        (-0.89, "exact", "prior", -0.895, -0.885),
        (0, "exact", "prior", -0.5, 0.5),
    ],
)
def test_the_range_of_a_figure(
    value: float, qualifier: str, becomes: str, low: float | None, high: float
) -> None:
    prior = prior_of(figure(value=value, qualifier=qualifier, unit="person"))
    assert prior is not None
    assert (prior.becomes, prior.low, prior.high) == (becomes, low, high)
    assert prior.value == value


@pytest.mark.parametrize(
    "record",
    [
        figure(qualifier="vague", unit="person"),
        figure(value=3, qualifier="vague", unit="person"),
        figure(value=3, qualifier="exact"),
        figure(value=None, qualifier="exact", unit="person"),
        figure(value=True, qualifier="exact", unit="person"),
        figure("did_not_happen", value=3, qualifier="exact", unit="person"),
        figure(kind="event", value=3, qualifier="exact", unit="person"),
    ],
)
def test_what_is_only_to_be_shown(record: Record) -> None:
    assert prior_of(record) is None


@given(
    value=st.integers(1, 10**12),
    qualifier=st.sampled_from(["exact", "about", "more_than", "less_than", "almost"]),
)
def test_a_range_holds_its_number_and_is_no_wider_than_its_last_digit_allows(value: int, qualifier: str):
    prior = prior_of(figure(value=value, qualifier=qualifier, unit="person"))
    assert prior is not None
    assert prior.low is not None
    assert prior.low <= value <= prior.high
    unit = 10 ** (len(str(value)) - len(str(value).rstrip("0")))
    assert prior.high - prior.low == pytest.approx(2 * unit if qualifier == "about" else unit)


def test_more_than_six_million_in_the_pack() -> None:
    ledger = load_ledger(*find_pack("americas").layers("ledger.jsonl"))
    record = next(one for one in ledger.accepted() if one.id == "fig:six-million")
    prior = prior_of(record)
    assert prior is not None
    assert (prior.record, prior.low, prior.high, prior.unit) == (record.id, 6_000_000, 7_000_000, "person")
    assert prior.cites[0].quote == "more than six million refugees and migrants"
    assert prior_of(replace(record, type="statement")) is None
