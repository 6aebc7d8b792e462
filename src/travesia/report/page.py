"""The page: everything of a study bound into one HTML file that needs no network and no script."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from travesia.report import palette
from travesia.report.answer import (
    alternatives,
    between_sentences,
    cards,
    opposite,
    question,
    sentences,
    sign_sentences,
)
from travesia.report.charts import arrivals_chart, effects_chart, nationality_chart
from travesia.report.flow_maps import MapSet, map_set
from travesia.report.journeys import elsewhere, gates_chart, journeys_chart, journeys_table
from travesia.report.picture import Figure, Table, cells, is_number
from travesia.report.pledges import pledge_figures, pledges_table
from travesia.report.reading import HEADLINE, codes, effects, main_variant, state_names, variants
from travesia.report.standing import fit_chart, keys_chart, shares_chart
from travesia.report.state_pledges import state_pledge_figures, state_pledges_table
from travesia.report.tables import (
    POLICY_STATES,
    WEAKEST_CORRELATION,
    assumptions_table,
    drivers_table,
    fit_past_table,
    keys_refused_table,
    measures_table,
    not_routed_table,
    policies_table,
    reasons_table,
    scores_table,
    sources_table,
    states_table,
)
from travesia.report.words import Words, load_words

if TYPE_CHECKING:
    from travesia.study import Study

SECTIONS = (
    "answer", "maps", "arrivals", "nationalities", "journeys", "shares", "promises", "fit", "assumptions",
    "policies", "sources", "repeat", "glossary", "responsibility",
)  # fmt: skip
GLOSSARY = (
    "encounter",
    "person",
    "expulsion",
    "return",
    "asylum_seeker",
    "refugee",
    "pledge",
    "share",
    "range",
    "paired",
)


@dataclass(frozen=True)
class _Figures:
    effects: Figure | None
    maps: MapSet | None
    arrivals: tuple[Figure, ...]
    arrivals_small: tuple[Figure, ...]
    nationalities: tuple[Figure, ...]
    journeys: tuple[Figure, ...]
    shares: Figure | None
    keys: Figure | None
    pledges: tuple[Figure, ...]
    state_pledges: tuple[Figure, ...]
    fit: Figure | None


def render(study: Study) -> str:
    """Return the report of a study as one HTML page, in the language of the study.

    The page loads nothing, runs no script, and shows under every figure the numbers that it draws. The
    same study gives the same text.

    Raises
    ------
    UsageError
        For a language whose catalogue is not complete.
    """
    words = load_words(study.lang)
    environment = Environment(
        loader=PackageLoader("travesia.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(t=words, words=words)
    environment.tests["number_column"] = is_number
    environment.filters["cells"] = lambda table: cells(table, words)
    return environment.get_template("report.html.j2").render(**_context(study, words)) + "\n"


def _context(study: Study, words: Words) -> dict[str, Any]:
    return {
        "study": study,
        "css": _css(),
        "weakest": WEAKEST_CORRELATION,
        "sections": SECTIONS,
        "codes": codes(study),
        "glossary": GLOSSARY,
        "region_title": study.region.title.get(study.lang, study.region.name),
        "question": question(study, words),
        "sentences": sentences(study, words),
        "opposite": opposite(study),
        "sign": [*between_sentences(study, words), *sign_sentences(study, words)],
        "cards": cards(study, words),
        "alternatives": alternatives(study),
        "figures": _figures(study, words),
        "tables": _tables(study, words),
        "elsewhere": elsewhere(study, words),
        "shares_lead": _shares_lead(study, words),
        "past_lead": _past_lead(study, words),
        "publishers": _publishers(study),
        "last_day": _last_day(study),
        "caveats": _caveats(study, words),
    }


def _shares_lead(study: Study, words: Words) -> Markup | None:
    """Say what is shared: whose people, hosted by whom and when, and what money was asked for."""
    shares = study.tables["shares"]
    if shares.is_empty():
        return None
    first = shares.row(0, named=True)
    group = words.plain("shares.whom_group", {"group": first["pool"]})
    values = {
        "people": words.number(float(shares["fair_people"].sum())),
        "origin": state_names(study).get(first["pool_origin"], first["pool_origin"]),
        "whom": words.plain("shares.whom_members") if first["pool"] == "members" else group,
        "year": first["pool_year"],
        "usd": words.compact(float(shares["fair_need_usd"].sum())),
    }
    return words("shares.lead", values)


def _past_lead(study: Study, words: Words) -> Markup | None:
    past = study.tables["fit_past"]
    return words("fit.past_lead", past.select("first", "last").row(0, named=True)) if past.height else None


def _figures(study: Study, words: Words) -> _Figures:
    main = main_variant(study)
    others = [note for note in variants(study) if main is not None and note.name != main.name]
    has_arrivals = study.tables["arrivals"].height > 0
    return _Figures(
        effects=effects_chart(study, words) if effects(study) else None,
        maps=map_set(study, words),
        arrivals=tuple(arrivals_chart(study, main, m, words) for m in HEADLINE)
        if main and has_arrivals
        else (),
        arrivals_small=tuple(
            arrivals_chart(study, note, measure, words)
            for note in others
            for measure in HEADLINE
            if has_arrivals
        ),
        nationalities=tuple(
            figure for measure in HEADLINE if (figure := nationality_chart(study, measure, words)) is not None
        ),
        journeys=tuple(fig for fig in (journeys_chart(study, words), gates_chart(study, words)) if fig),
        shares=shares_chart(study, words) if study.tables["shares"].height else None,
        keys=keys_chart(study, words),
        pledges=tuple(pledge_figures(study, words)),
        state_pledges=tuple(state_pledge_figures(study, words)),
        fit=fit_chart(study, words),
    )


def _tables(study: Study, words: Words) -> dict[str, Table]:
    found = {
        "states": states_table(study, words),
        "reasons": reasons_table(study, words),
        "keys_refused": keys_refused_table(study, words),
        "measures": measures_table(study, words),
        "journeys": journeys_table(study, words),
        "pledges": pledges_table(study, words),
        "state_pledges": state_pledges_table(study, words),
        "drivers": drivers_table(study, words),
        "assumptions": assumptions_table(study, words),
        "fit_past": fit_past_table(study, words),
        "scores": scores_table(study, words),
        "not_routed": not_routed_table(study, words),
        "sources": sources_table(study, words),
    }
    policies = {state.replace(" ", "_"): policies_table(study, state, words) for state in POLICY_STATES}
    return found | policies


def _css() -> Markup:
    text = files("travesia.report").joinpath("templates/report.css").read_text(encoding="utf-8")
    names = (name for name in dir(palette) if name.isupper())
    tokens = "".join(f"--{name.lower().replace('_', '-')}:{getattr(palette, name)};" for name in names)
    return Markup(f":root{{{tokens}}}\n{text}")  # noqa: S704 - our own file


def _publishers(study: Study) -> list[str]:
    """Return the publishers of the pack's sources, each once: the attributions that the licences ask for."""
    told = {f"{source.publisher} ({source.licence})" for source in study.region.sources}
    return sorted(told)


def _caveats(study: Study, words: Words) -> dict[str, list[str]]:
    """Return what the statistics leave out, each caveat with the states that it concerns."""
    found: dict[str, list[str]] = {}
    for row in reasons_table(study, words).rows:
        for caveat in (row["caveat"] or "").split("; "):
            found.setdefault(caveat, []).append(row["state"])
    found.pop("", None)
    return found


def _last_day(study: Study) -> date | None:
    return None if study.window.end is None else study.window.end - timedelta(days=1)
