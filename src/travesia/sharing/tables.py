"""Tables of this room: what it reads from a file, and what it hands on."""

from __future__ import annotations

import dataframely as dy


class KeyIndicators(dy.Schema):
    """Indicators of states in a file of one's own; only ratios between states count, so units are free."""

    iso3 = dy.String(primary_key=True, regex=r"^[A-Z]{3}$", description="ISO 3166 alpha-3")
    population = dy.Float64(nullable=True, min=0, description="inhabitants")
    gdp = dy.Float64(nullable=True, min=0, description="gross domestic product")
    unemployment_pct = dy.Float64(
        nullable=True, min=0, max=100, description="unemployment, % of labour force"
    )
    asylum_per_million = dy.Float64(
        nullable=True, min=0, description="asylum applications per million inhabitants, mean of five years"
    )
    tax_revenue = dy.Float64(nullable=True, min=0, description="tax revenue after equalisation")
    area_km2 = dy.Float64(nullable=True, min=0, description="area, square kilometres")
    gdp_per_head_ppp = dy.Float64(
        nullable=True, min=0, description="GDP for each inhabitant, at purchasing power parities"
    )
    job_vacancy_pct = dy.Float64(nullable=True, min=0, max=100, description="vacant jobs, % of all jobs")
    old_age_pct = dy.Float64(
        nullable=True, min=0, description="people of 65 and more, % of those of working age"
    )


class PeopleBounds(dy.Schema):
    """Least and most people whom states take; empty where there is no such bound."""

    iso3 = dy.String(primary_key=True, regex=r"^[A-Z]{3}$", description="member state")
    least_people = dy.Int64(nullable=True, min=0, description="fewest people, whole and not below 0")
    most_people = dy.Int64(nullable=True, min=0, description="most people, whole and not below 0")


class PeopleByState(dy.Schema):
    """People whom states host, or have taken; an empty cell is not reported."""

    iso3 = dy.String(primary_key=True, regex=r"^[A-Z]{3}$", description="member state")
    people = dy.Int64(nullable=True, min=0, description="people, whole and not below 0")


class PeopleByOrigin(dy.Schema):
    """People to share by where they come from; a further column a member may weigh who takes whom."""

    origin = dy.String(primary_key=True, min_length=1, description="where they come from")
    people = dy.Int64(min=0, description="people, whole and not below 0")


class ResponsibilityTable(dy.Schema):
    """Fair share beside what each member hosts. Missing is null: not reported, never zero."""

    iso3 = dy.String(primary_key=True, regex=r"^[A-Z]{3}$", description="member state")
    name_en = dy.String(description="name in English")
    name_es = dy.String(description="name in Spanish")
    name_fr = dy.String(description="name in French")
    name_pt = dy.String(description="name in Portuguese")
    population = dy.Int64(nullable=True, min=0, description="inhabitants in the year of the key, people")
    gdp_usd = dy.Float64(nullable=True, min=0, description="GDP in the year of the key, current US dollars")
    score = dy.Float64(min=0, max=1, description="score of the key among all members, fraction of 1")
    share = dy.Float64(min=0, max=1, description="share after exemptions, fraction of 1")
    fair_people = dy.Int64(min=0, description="fair share of the people hosted by all members, people")
    hosted_people = dy.Float64(nullable=True, min=0, description="people of the pool hosted, people")
    gap_people = dy.Float64(
        nullable=True, description="fair share less hosted, people; above 0: hosts fewer than its share"
    )
    hosted_all_origins_people = dy.Float64(
        nullable=True, min=0, description="people of all origins hosted, nationals left out, people"
    )
    share_without_exemption = dy.Float64(min=0, max=1, description="share if no state were exempted")
    fair_need_usd = dy.Float64(nullable=True, min=0, description="fair share of the money needed, US dollars")
    bound = dy.String(nullable=True, description="upper or lower where a bound holds the share")
    why = dy.String(description="where the share comes from")
    caveat = dy.String(nullable=True, description="what the hosted figure leaves out")
    pool = dy.String(description="who hosts the people that are shared: members, or a wider group")
    pool_origin = dy.String(description="state from which the people are displaced")
    pool_year = dy.Int64(description="calendar year at whose end they were counted")


class KeyShares(dy.Schema):
    """What each member would take of the same people under each key that its indicators allow."""

    key = dy.String(
        primary_key=True, description="id of the key, with its cap where that can be read in two ways"
    )
    iso3 = dy.String(primary_key=True, regex=r"^[A-Z]{3}$", description="member state")
    title = dy.String(description="title of the key")
    in_use = dy.Bool(description="whether this is the key of the study")
    share = dy.Float64(min=0, max=1, description="share after exemptions, fraction of 1")
    people = dy.Int64(min=0, description="share of the people hosted by all members, people")


class KeysRefused(dy.Schema):
    """Keys that could not be computed, for nothing stands in for what is missing."""

    key = dy.String(
        primary_key=True, description="id of the key, with its cap where that can be read in two ways"
    )
    title = dy.String(description="title of the key")
    lacking = dy.String(description="indicators that are missing, and for how many members")
