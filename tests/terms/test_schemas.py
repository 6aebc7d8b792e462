from __future__ import annotations

import re

import dataframely as dy
import polars as pl
import pytest

from travesia.terms import schemas, table_schema

SCHEMAS = [kind for kind in vars(schemas).values() if isinstance(kind, type) and issubclass(kind, dy.Schema)]
SCHEMAS = [kind for kind in SCHEMAS if kind is not dy.Schema]
columns = pytest.mark.parametrize(
    ("schema", "name"), [(schema, name) for schema in SCHEMAS for name in schema.columns()],
    ids=lambda part: part if isinstance(part, str) else part.__name__,
)  # fmt: skip


@columns
def test_every_column_says_what_it_holds(schema, name):
    assert schema.columns()[name].description


@columns
def test_units_stand_at_the_end_of_a_name_and_their_word_in_the_description(schema, name):
    words = {"km": "km", "usd": "dollars", "people": "people", "pct": "%", "km2": "km2", "days": "days"}
    unit = name.rsplit("_", 1)[-1]
    if unit in words:
        assert words[unit] in schema.columns()[name].description


@columns
def test_numbers_have_a_least_value_or_say_when_they_are_below_zero(schema, name):
    column = schema.columns()[name]
    if column.dtype.is_numeric():
        assert column.min is not None or "below 0" in column.description


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.__name__)
def test_every_table_has_a_key_of_its_own_columns_and_a_description_for_others(schema):
    keys = schemas.key_columns(schema)
    assert keys
    assert set(keys) <= set(schema.columns())
    described = table_schema(schema.create_empty(), schema)
    assert [field["name"] for field in described["fields"]] == list(schema.columns())
    assert described["primaryKey"] == keys


def test_null_stays_out_of_keys_unless_it_is_a_value_of_its_own():
    for schema in SCHEMAS:
        for name in schema.primary_key():
            assert not schema.columns()[name].nullable
    assert schemas.key_columns(schemas.Observations) == [
        "series", "period", "place", "country", "nationality", "channel", "authority",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["darien", "us-sector-rgv", "a--b--road", "1", "x2"])
def test_ids_are_lower_case_with_hyphens(text):
    assert re.fullmatch(schemas.ID, text)


@pytest.mark.parametrize("text", ["", "Darien", "a_b", "-a", "a-", "a b", "darién"])
def test_other_ids_are_refused(text):
    assert not re.fullmatch(schemas.ID, text)
    assert not pl.select(pl.lit(text).str.contains(schemas.ID)).item()


@pytest.mark.parametrize("text", ["VEN", "OTHER"])
def test_states_are_three_letters_or_other(text):
    assert re.search(schemas.ISO3, text)


@pytest.mark.parametrize("text", ["VE", "ven", "OTHERS", "XOTHER", ""])
def test_other_states_are_refused(text):
    assert not re.search(schemas.ISO3, text)
