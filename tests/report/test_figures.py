"""Figures: valid definitions, tables of exactly the drawn numbers, pictures that say what they show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import altair as alt
import polars as pl
import pytest
from invented import ACCEPTS, STAYS, invented_study, with_tables

from travesia.report.charts import arrivals_chart, effects_chart, nationality_chart
from travesia.report.flow_maps import MapSet, map_set
from travesia.report.picture import Figure, write_cell
from travesia.report.pledges import pledge_figures, pledges_table
from travesia.report.reading import main_variant, state_names
from travesia.report.standing import fit_chart, keys_chart, level_line, shares_chart
from travesia.report.state_pledges import state_pledge_figures, state_pledges_table
from travesia.report.words import Words, load_words
from travesia.study import Study

ENGLISH = load_words("en")


def drawn_maps(study: Study) -> MapSet:
    found = map_set(study, ENGLISH)
    assert found is not None
    return found


def every_figure() -> dict[str, Figure]:
    study = invented_study()
    main = main_variant(study)
    assert main is not None
    maps = drawn_maps(study)
    figures = [
        effects_chart(study, ENGLISH),
        *(
            arrivals_chart(study, note, m, ENGLISH)
            for note in study.scenarios[1:3]
            for m in ("encounters", "people")
        ),
        nationality_chart(study, "encounters", ENGLISH),
        nationality_chart(study, "people", ENGLISH),
        shares_chart(study, ENGLISH),
        keys_chart(study, ENGLISH),
        fit_chart(study, ENGLISH),
        *pledge_figures(study, ENGLISH),
        *maps.large,
        *maps.close,
        *maps.small,
    ]
    return {figure.id: figure for figure in figures if figure is not None}


FIGURES = every_figure()
CHARTS = [name for name in FIGURES if not name.startswith("map-")]
MAPS = [name for name in FIGURES if name.startswith("map-")]


def numbers_in(definition: Any) -> Iterator[float]:
    """Return every number that the layers of a chart carry as data, but for positions in pixels."""
    pixels = {"y", "top", "bottom", "inner_top", "inner_bottom", "over", "under", "zero", "x", "months"}
    for layer in definition["layer"]:
        for row in layer["data"]["values"]:
            for name, value in row.items():
                if isinstance(value, (int, float)) and name not in pixels:
                    yield float(value)


def test_there_are_figures_of_every_kind() -> None:
    assert len(FIGURES) > 14
    assert len(set(FIGURES)) == len(FIGURES)


@pytest.mark.parametrize("name", FIGURES)
def test_definitions_are_valid_vega_lite(name: str) -> None:
    chart = alt.LayerChart.from_dict(dict(FIGURES[name].definition), validate=True)
    assert len(chart.layer) == len(FIGURES[name].definition["layer"])


@pytest.mark.parametrize("name", CHARTS)
def test_the_table_carries_every_drawn_number(name: str) -> None:
    figure = FIGURES[name]
    shown = {column.name for column in figure.table.columns}
    told = {
        float(v)
        for row in figure.table.rows
        for k, v in row.items()
        if k in shown and isinstance(v, (int, float))
    }
    drawn = set(numbers_in(figure.definition))
    assert drawn
    assert drawn <= told


@pytest.mark.parametrize("name", MAPS)
def test_the_table_of_a_map_has_one_row_a_drawn_flow(name: str) -> None:
    figure = FIGURES[name]
    features = figure.definition["layer"][1]["data"]["values"]
    assert len(features) == len(figure.table.rows) > 0
    signs = ["less" if row["people"] < 0 else "more" for row in figure.table.rows]
    assert signs == [feature["properties"]["sign"] for feature in features]


@pytest.mark.parametrize("name", FIGURES)
def test_pictures_have_a_name_and_a_description_and_no_link(name: str) -> None:
    svg = FIGURES[name].svg
    assert svg.startswith("<svg")
    assert 'role="img"' in svg
    assert f'<title id="{name}-title">' in svg
    assert f'<desc id="{name}-desc">' in svg
    assert "http" not in svg
    assert "xlink" not in svg
    assert all(link.startswith(f"#{name}-") for link in re.findall(r"url\(([^)]+)\)", svg))
    assert "NaN" not in svg


@pytest.mark.parametrize("name", FIGURES)
def test_captions_say_the_source(name: str) -> None:
    assert "Source" in FIGURES[name].caption
    assert FIGURES[name].title


def test_a_change_map_dashes_losses_and_never_uses_the_colours_of_a_full_map() -> None:
    maps = [FIGURES[name] for name in MAPS]
    change = next(figure for figure in maps if figure.id.startswith("map-changes-whole"))
    full = next(figure for figure in maps if figure.id.startswith("map-flows-whole"))
    losses = [f for f in change.definition["layer"][1]["data"]["values"] if f["properties"]["sign"] == "less"]
    assert losses
    assert max(len(feature["geometry"]["coordinates"]) for feature in losses) > 2
    assert "#6a3d9a" in change.svg
    assert "#0f7f6d" in change.svg
    assert "#0b5a9c" in full.svg
    assert "#6a3d9a" not in full.svg


def test_maps_of_a_kind_share_one_scale() -> None:
    legends = {}
    for name in MAPS:
        widths = re.findall(
            r'stroke-width="([0-9.]+)"[^>]*|>([0-9,]+(?: more| fewer)?)</text>', FIGURES[name].svg
        )
        legends.setdefault(name.split("-")[1], set()).add(tuple(text for _, text in widths if text))
    assert all(len(found) == 1 for found in legends.values())


def test_names_on_a_map_do_not_overlap() -> None:
    for name in MAPS:
        layers = FIGURES[name].definition["layer"]
        fields = [layer.get("encoding", {}).get("text", {}).get("field") for layer in layers]
        labels = layers[fields.index("name")]["data"]["values"]
        assert len(labels) > 3
        boxes = [(row["x"], row["y"] - 8, row["x"] + 6 * len(row["name"]), row["y"] + 8) for row in labels]
        for i, one in enumerate(boxes):
            for other in boxes[i + 1 :]:
                apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
                assert apart, name


def test_a_variant_without_change_has_no_map(study: Study) -> None:
    flows = study.tables["link_flows"]
    still = flows.filter(pl.col("scenario") == STAYS).with_columns(scenario=pl.lit(ACCEPTS))
    changed = pl.concat([flows.filter(pl.col("scenario") != ACCEPTS), still])
    found = drawn_maps(with_tables(study, {"link_flows": changed}))
    assert [note.name for note in found.still] == [ACCEPTS]
    assert len(found.small) == 2


def test_nothing_moves_no_map(study: Study) -> None:
    assert map_set(with_tables(study, {"link_flows": study.tables["link_flows"].clear()}), ENGLISH) is None


def test_gateways_of_other_continents_do_not_stretch_the_map(study: Study) -> None:
    far = study.tables["link_flows"].head(1).with_columns(
        pl.lit("ae-dubai").alias("from"), pl.lit("br-sao-paulo").alias("to"),
        pl.lit(60_000.0).alias("people_per_month"),
        pl.lit(STAYS).alias("scenario"), pl.lit("ae-dubai--br-sao-paulo--air").alias("link"),
    )  # fmt: skip
    near = drawn_maps(study).large[0].definition
    wide = (
        drawn_maps(with_tables(study, {"link_flows": pl.concat([study.tables["link_flows"], far])}))
        .large[0]
        .definition
    )
    assert wide["layer"][0]["projection"]["scale"] == pytest.approx(
        near["layer"][0]["projection"]["scale"], rel=0.05
    )


def test_a_hosting_state_that_reports_nothing_is_told_and_gets_no_dot(study: Study) -> None:
    figure = FIGURES["shares-chart"]
    silent = [row["line"] for row in figure.table.rows if row["hosted"] is None]
    dots = [row["line"] for row in figure.definition["layer"][2]["data"]["values"]]
    assert len(silent) == 1
    assert silent[0] not in dots
    assert "not reported" in figure.svg


def test_every_state_has_a_mark_for_each_key_and_a_line_over_all(study: Study) -> None:
    shares = study.tables["key_shares"]
    figure = FIGURES["keys-chart"]
    names = state_names(study)
    assert [c.name for c in figure.table.columns] == ["line", "population-gdp", "equal", "svr-swp"]
    assert len(figure.table.rows) == 20
    for (state,), rows in shares.group_by("iso3"):
        shown = next(row for row in figure.table.rows if row["line"] == names[state])
        assert {key: shown[key] for key in rows["key"]} == dict(rows.select("key", "people").iter_rows())
    lines, equal, others, own = (
        {r["line"]: r for r in la["data"]["values"]} for la in figure.definition["layer"]
    )
    for row in figure.table.rows[:-1]:
        assert own[row["line"]]["people"] == row["population-gdp"]
        assert (equal[row["line"]]["people"], others[row["line"]]["people"]) == (row["equal"], row["svr-swp"])
        people = [row[key] for key in ("population-gdp", "equal", "svr-swp")]
        assert (lines[row["line"]]["low"], lines[row["line"]]["high"]) == (min(people), max(people))
    assert [row["population-gdp"] for row in figure.table.rows] == sorted(
        (row["population-gdp"] for row in figure.table.rows), reverse=True
    )


def test_an_exempted_state_has_no_line_but_a_row(study: Study) -> None:
    figure = FIGURES["keys-chart"]
    nobody = [row["line"] for row in figure.table.rows if not row["equal"]]
    assert len(nobody) == 1
    for layer in figure.definition["layer"]:
        assert nobody[0] not in [row["line"] for row in layer["data"]["values"]]


def test_a_study_without_shares_has_no_range_over_keys(study: Study) -> None:
    empty = with_tables(study, {"key_shares": study.tables["key_shares"].clear()})
    assert keys_chart(empty, ENGLISH) is None


def test_hosting_more_than_the_share_is_violet_and_solid(study: Study) -> None:
    for row in FIGURES["shares-chart"].table.rows:
        if row["hosted"] is not None:
            assert row["direction"] == ("more" if row["hosted"] >= row["fair"] else "less")


def test_units_never_share_an_axis_and_every_commitment_is_in_a_table(study: Study) -> None:
    people, usd = pledge_figures(study, ENGLISH)
    assert {row["unit"] for row in people.table.rows} == {"people"}
    assert {row["unit"] for row in usd.table.rows} == {"usd"}
    assert len(pledges_table(study, ENGLISH).rows) == 2
    assert "needed not reported" in people.svg
    assert "delivered not reported" in usd.svg


def test_states_show_share_pledges_and_deliveries_and_no_sum(study: Study) -> None:
    usd, people = state_pledge_figures(study, ENGLISH)
    assert {row["iso3"] for row in usd.table.rows} == {"USA"}
    assert "fair share 1,015 million · paid out 120 million" in usd.svg
    assert "pledged 314 million · delivered not reported" in usd.svg
    assert "pledged 376 million · delivered 100 million" in usd.svg
    assert "690" not in usd.svg, "two pledges are never added up"
    assert "fair share not reported · paid out not reported" in people.svg
    assert [row["iso3"] for row in state_pledges_table(study, ENGLISH).rows] == ["COL", "USA", "USA", "USA"]


def test_without_states_no_figure_of_them_is_drawn(study: Study) -> None:
    empty = with_tables(study, {"state_pledges": study.tables["state_pledges"].clear()})
    assert state_pledge_figures(empty, ENGLISH) == []


@pytest.mark.parametrize(
    ("low", "high", "told"), [(0.6, 0.6, "60 %"), (0.5, 0.6, "50 % – 60 %"), (None, None, None)]
)
def test_pace_is_told_as_a_band(
    study: Study, low: float | None, high: float | None, told: str | None
) -> None:
    ends = {name: pl.lit(end, dtype=pl.Float64) for name, end in (("pace_low", low), ("pace_high", high))}
    paced = with_tables(study, {"balance": study.tables["balance"].with_columns(**ends)})
    assert {row["pace_told"] for row in pledges_table(paced, ENGLISH).rows} == {told}


def test_a_commitment_without_amount_is_listed_but_not_drawn(study: Study) -> None:
    balance = study.tables["balance"]
    promise = balance.head(1).with_columns(
        unit=pl.lit(None, dtype=pl.String),
        pledged=pl.lit(None, dtype=pl.Float64),
        title=pl.lit("Carry out the statute"),
    )
    added = with_tables(study, {"balance": pl.concat([balance, promise])})
    assert len(pledge_figures(added, ENGLISH)) == 2
    assert any("Carry out the statute" in row["name"] for row in pledges_table(added, ENGLISH).rows)


@pytest.mark.parametrize(
    ("value", "kind", "told"),
    [
        (None, "count", "not reported"), (None, "bound", "–"), (None, "text", ""), (0, "count", "0"),
        (0.0313, "percent", "3.1 %"), (0.00031, "percent", "0.03 %"), ("2022-12", "month", "Dec 2022"),
        (2.26, "rate", "2.3"),
    ],
)  # fmt: skip
def test_cells(value: Any, kind: str, told: str, words: Words) -> None:
    assert write_cell(value, kind, words) == told


def test_lines_of_fit_are_named(words: Words) -> None:
    names = {"VEN": "Venezuela"}
    assert level_line("nationality", "VEN", names, words) == "Nationality: Venezuela"
    assert level_line("nationality", "all", names, words) == "All nationalities, each apart"
    assert level_line("total", "total", names, words) == "Total"


def test_the_same_study_gives_the_same_pictures(study: Study) -> None:
    assert effects_chart(study, ENGLISH).svg == FIGURES["effects"].svg
    assert [figure.svg for figure in drawn_maps(study).large] == [FIGURES[name].svg for name in MAPS[:2]]
