"""Table definitions: one dataframely schema a table; reader, checker, docs and data packages use it.

Units stand in the names (`_km`, `_people`, `_usd`) or in the column ``unit``. Missing is null, never 0.
"""

from __future__ import annotations

import dataframely as dy
import polars as pl

ISO3 = r"^[A-Z]{3}$|^OTHER$"
ID = r"^[a-z0-9]+(-+[a-z0-9]+)*$"
LINK_ID = r"^[a-z0-9]+(-+[a-z0-9]+)*--[a-z_]+$"
PERIOD = r"^[0-9]{4}(-(0[1-9]|1[0-2]))?$"
_MONTH = "[0-9]{4}-(0[1-9]|1[0-2])"
TOTAL_PERIOD = rf"^((FY)?[0-9]{{4}}|{_MONTH}|{_MONTH}/{_MONTH})$"
PLACE_KINDS = ["origin", "transit", "crossing", "destination", "port", "abroad"]
ROUTE_KINDS = [
    "road", "bus_controlled", "rail", "river", "river_road", "sea", "jungle", "foot", "border",
    "border_river", "border_desert", "port", "air", "air_lawful",
]  # fmt: skip
COORDINATES = ["geonames", "approximate", "district", "unchecked"]
"""How exact coordinates are; ``unchecked`` ones stand as an imported folder gave them."""
FIRST_DAY = -1_000_000
"""The least number of a day of a displacement, far before any count; day 0 is its start."""
GATE_KINDS = ["sector", "port", "checkpoint"]
KEY = {"key": True}
"""Marks the columns of a key in which null is a value of its own."""
MEASURES = ["stock", "flow", "times_assisted"]
STAGES = ["needed", "pledged", "committed", "disbursed", "spent"]
"""What can be said of money, from what is asked for to what has been used up."""


class Places(dy.Schema):
    """Places of the routes. Crossings that are not ports are rounded to a district."""

    id = dy.String(primary_key=True, regex=ID, description="place id")
    name = dy.String(min_length=1, description="name as written there")
    country = dy.String(regex=r"^[A-Z]{3}$", description="ISO 3166 alpha-3")
    kind = dy.Enum(PLACE_KINDS, description="what people do there")
    lat = dy.Float64(min=-90, max=90, description="degrees north")
    lon = dy.Float64(min=-180, max=180, description="degrees east")
    population = dy.Int64(nullable=True, min=0, description="inhabitants, people")
    coordinates = dy.Enum(COORDINATES, description="how exact lat and lon are")


class Routes(dy.Schema):
    """Links between places."""

    id = dy.String(primary_key=True, regex=LINK_ID, description="link id, from--to--kind")
    from_ = dy.String(alias="from", regex=ID, description="place id")
    to = dy.String(regex=ID, description="place id")
    kind = dy.Enum(ROUTE_KINDS, description="way of travel")
    km = dy.Float64(min=0, description="length on the ground, km")
    one_way = dy.Bool(description="1: only from -> to")


class Dangers(dy.Schema):
    """Links on which people are known to die or go missing, and who counted it. A count, never a rate."""

    id = dy.String(primary_key=True, regex=ID, description="danger id")
    title = dy.String(min_length=1, description="what the links have in common")
    links = dy.String(min_length=1, description="link ids, | between; no link has two dangers")
    dead_or_missing_people = dy.Int64(min=1, description="people counted dead or missing, at least")
    counted = dy.String(min_length=1, description="which incidents were counted: states, causes, months")
    source = dy.String(regex=ID, description="source id of the count")


class Gates(dy.Schema):
    """Gates: where an authority meets a traveller."""

    id = dy.String(primary_key=True, regex=ID, description="gate id")
    name = dy.String(min_length=1, description="name of the sector, field office or checkpoint")
    kind = dy.Enum(GATE_KINDS, description="sector between ports, port of entry, checkpoint on the way")
    country = dy.String(regex=r"^[A-Z]{3}$", description="state whose authority acts")
    place = dy.String(regex=ID, description="place id at which people are met")
    covers = dy.String(nullable=True, description="further place ids that the gate stands for, | between")
    approach = dy.String(
        nullable=True,
        description="place ids on the near side, | between; expelled people return to the first",
    )
    series = dy.String(nullable=True, description="observation series that counts here")


class Origins(dy.Schema):
    """Where people of a nationality start."""

    nationality = dy.String(primary_key=True, regex=ISO3, description="ISO 3166 alpha-3, or OTHER")
    place = dy.String(primary_key=True, regex=ID, description="place id")
    role = dy.Enum(
        ["home", "second", "gateway"], description="home; second country; gateway of people without a place"
    )


class Countries(dy.Schema):
    """States: names in four languages and memberships."""

    iso3 = dy.String(primary_key=True, regex=r"^[A-Z]{3}$", description="ISO 3166 alpha-3")
    iso2 = dy.String(nullable=True, regex=r"^[A-Z]{2}$", description="ISO 3166 alpha-2")
    name_en = dy.String(min_length=1, description="name in English")
    name_es = dy.String(min_length=1, description="name in Spanish")
    name_fr = dy.String(min_length=1, description="name in French")
    name_pt = dy.String(min_length=1, description="name in Portuguese")
    subregion = dy.String(nullable=True, description="UN subregion")
    americas = dy.Bool(description="1: in the Americas")
    la_declaration = dy.Bool(description="1: endorsed the Los Angeles Declaration on 10 June 2022")
    r4v_platform = dy.Bool(description="1: in the response plan for Venezuelans")
    area_km2 = dy.Float64(nullable=True, min=0, description="area, km2")


class Indicators(dy.Schema):
    """Yearly indicators of states."""

    iso3 = dy.String(primary_key=True, regex=r"^[A-Z]{3}$", description="ISO 3166 alpha-3")
    year = dy.Int64(primary_key=True, min=1900, max=2100, description="calendar year")
    population = dy.Int64(nullable=True, min=0, description="inhabitants, people")
    gdp_usd = dy.Float64(nullable=True, min=0, description="gross domestic product, current US dollars")
    unemployment_pct = dy.Float64(
        nullable=True, min=0, max=100, description="unemployment, % of labour force"
    )


class Observations(dy.Schema):
    """Everything counted, in one tidy form. A series says what its rows are; absent columns are null."""

    series = dy.String(metadata=KEY, regex=ID, description="series id")
    period = dy.String(metadata=KEY, regex=PERIOD, description="month YYYY-MM or year YYYY")
    place = dy.String(nullable=True, metadata=KEY, regex=ID, description="place or gate id")
    country = dy.String(
        nullable=True, metadata=KEY, regex=ISO3, description="state that counts, hosts or admits"
    )
    nationality = dy.String(
        nullable=True, metadata=KEY, description="nationality or origin; OTHER, or a code of the source"
    )
    channel = dy.String(
        nullable=True, metadata=KEY, description="component, population group or kind within the series"
    )
    authority = dy.String(nullable=True, metadata=KEY, description="T8 or T42 at the US border")
    measure = dy.Enum(MEASURES, description="stock at an instant, flow in a period, times assisted")
    unit = dy.String(description="people, encounters (events), usd, ...")
    value = dy.Float64(min=0, description="the count, in the unit")
    source = dy.String(regex=ID, description="source id of pack.toml")


class Deliveries(dy.Schema):
    """What was paid or done, row by row as a saved file of a publisher reports it, with file and row.

    Stages of money are kept apart and never added. A row counts for the commitment that it names, and for
    no other.
    """

    series = dy.String(primary_key=True, regex=ID, description="publisher and kind, as unhcr-solutions")
    id = dy.String(primary_key=True, min_length=1, description="id of the row within the series")
    commitment = dy.String(nullable=True, description="commitment it counts for; empty: for none")
    country = dy.String(nullable=True, regex=ISO3, description="state that pays, hosts or admits")
    provider = dy.String(nullable=True, description="who pays, as the file names it")
    to_country = dy.String(nullable=True, regex=ISO3, description="state in which the money is spent")
    receiver = dy.String(nullable=True, description="who is paid, as the file names it")
    nationality = dy.String(nullable=True, description="nationality or origin of people, code of the source")
    channel = dy.String(nullable=True, description="plan, sector or population group")
    stage = dy.Enum(STAGES, nullable=True, description="stage of money; empty for people")
    direction = dy.Enum(
        ["out", "in"], nullable=True, description="out: told by who pays; in: by who is paid, never added"
    )
    measure = dy.Enum(MEASURES, description="stock at an instant, or flow in a period")
    unit = dy.String(min_length=1, description="people, or the currency (ISO 4217)")
    value = dy.Float64(description="in the unit; below 0 where money came back")
    first_day = dy.Date(description="first day of the period, or the day of the payment")
    last_day = dy.Date(description="last day of the period")
    reported = dy.Date(nullable=True, description="day on which it was first reported")
    covers_to = dy.Date(nullable=True, description="day up to which the file holds everything of its kind")
    original_value = dy.Float64(
        nullable=True, description="amount before it was changed into the unit; below 0 as above"
    )
    original_currency = dy.String(nullable=True, description="currency of that amount")
    file = dy.String(min_length=1, description="name of the file that was read")
    row = dy.Int64(min=1, description="row of a table, number of an item, or line of an XML file")

    @dy.rule()
    def days_in_order(cls) -> pl.Expr:  # noqa: N805
        """Tell rows whose period does not end before it begins."""
        return cls.last_day.col >= cls.first_day.col


class PublishedTotals(dy.Schema):
    """Totals published elsewhere, to which the observations must add up."""

    series = dy.String(metadata=KEY, regex=ID, description="series id")
    period = dy.String(
        metadata=KEY,
        regex=TOTAL_PERIOD,
        description="month, year, US fiscal year FY2021, or first/last month",
    )
    channel = dy.String(nullable=True, metadata=KEY, description="channel summed over; empty: all")
    value = dy.Float64(min=0, description="the total, in the unit")
    unit = dy.String(description="people, encounters, ...")
    note = dy.String(nullable=True, description="who published it")


class HostedPool(dy.Schema):
    """People hosted by each member; what `sharing` divides."""

    iso3 = dy.String(primary_key=True, regex=r"^[A-Z]{3}$", description="host state")
    hosted_people = dy.Float64(nullable=True, min=0, description="people of the pool hosted, people")
    hosted_all_origins_people = dy.Float64(
        nullable=True, min=0, description="the same for all origins, people"
    )


class Sites(dy.Schema):
    """Sites of a displacement, in the order in which the folder named them."""

    id = dy.String(primary_key=True, regex=ID, description="place id")
    name = dy.String(min_length=1, description="name as the folder writes it")
    region = dy.String(nullable=True, description="part of the country")
    country = dy.String(min_length=1, description="country as the folder writes it")
    lat = dy.Float64(min=-90, max=90, description="degrees north")
    lon = dy.Float64(min=-180, max=180, description="degrees east")
    kind = dy.String(min_length=1, description="kind as the folder writes it")
    conflict_day = dy.Int64(min=FIRST_DAY, description="day on which a zone of conflict becomes one")
    people = dy.Int64(
        min=-1, description="inhabitants, or the capacity of a camp (below 1: no limit), people"
    )


class SiteLinks(dy.Schema):
    """Links of a displacement, both ways; two may join the same sites."""

    link = dy.Int64(primary_key=True, min=1, description="number of the link")
    one = dy.String(min_length=1, description="name of a site")
    other = dy.String(min_length=1, description="name of a site")
    km = dy.Float64(min=0, description="length, km")
    forced = dy.Int64(min=0, max=2, description="1: all go from one to other; 2: the other way; 0: neither")


class SiteColumns(dy.Schema):
    """Further columns of sites or links, as the folder gives them."""

    of = dy.String(primary_key=True, description="name of a site, or number of a link")
    column = dy.String(primary_key=True, description="name of the column")
    value = dy.String(nullable=True, description="the cell")


class SiteClosures(dy.Schema):
    """Dated changes of a displacement, from the first day to the day before the last."""

    closure = dy.Int64(primary_key=True, min=1, description="number of the change")
    kind = dy.String(description="country, location, link, camp, idpcamp or remove_forced_redirection")
    one = dy.String(nullable=True, description="name of a site or country")
    other = dy.String(nullable=True, description="name of a site or country")
    first = dy.Int64(min=FIRST_DAY, description="day on which it begins")
    last = dy.Int64(min=FIRST_DAY, description="day on which it holds no longer; before the first: never")


class SiteConflicts(dy.Schema):
    """Intensity of conflict at sites; each row holds until the next of its site."""

    site = dy.String(primary_key=True, description="name of a site")
    day = dy.Int64(primary_key=True, min=0, description="first day")
    intensity = dy.Float64(min=0, description="0: no conflict")


class SiteCounts(dy.Schema):
    """What was counted, file by file, uncorrected; the first series is the total."""

    series = dy.String(primary_key=True, min_length=1, description="name of a site, or of another series")
    part = dy.Int64(
        primary_key=True, min=1, description="number of the file within the series; all are added up"
    )
    point = dy.Int64(primary_key=True, min=1, description="number of the count within the file")
    file = dy.String(min_length=1, description="name of the file")
    day = dy.Int64(min=FIRST_DAY, description="day of the count; below 0 before the start")
    people = dy.Float64(min=0, max=2**53, description="people counted")


class SiteCorrections(dy.Schema):
    """Days on which a registration was corrected, in the order in which they act."""

    correction = dy.Int64(primary_key=True, min=1, description="number of the correction")
    series = dy.String(min_length=1, description="name of the series")
    day = dy.Int64(min=0, description="day; earlier counts are scaled by its count over the one before")


class SiteShares(dy.Schema):
    """Make-up of the people who set out: values of an attribute by weight."""

    attribute = dy.String(primary_key=True, min_length=1, description="age, gender, ...")
    column = dy.String(primary_key=True, min_length=1, description="name of a site, or Default")
    row = dy.Int64(primary_key=True, min=1, description="number of the value within the column")
    value = dy.String(min_length=1, description="value of the attribute")
    weight = dy.Float64(min=0, description="weight among the values of the column")


def key_columns(schema: type[dy.Schema]) -> list[str]:
    """Return the columns that together name a row of a table."""
    marked = [name for name, column in schema.columns().items() if (column.metadata or {}).get("key")]
    return list(schema.primary_key()) or marked
