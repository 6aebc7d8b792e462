"""Write the reference page of keys and roundings from the keys' files and the roundings' properties."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from travesia.sharing import (
    CAPS,
    CUSTOM,
    PROPERTIES,
    SIZES,
    Factor,
    Key,
    KeyIndicators,
    keys,
)

SCALES = {
    ("part", "direct"): "part of the members' total",
    ("part", "inverse"): "part of the members' total of 1 / value",
    ("index", "direct"): "0 at the lowest, 1 at the highest",
    ("index", "inverse"): "0 at the highest, 1 at the lowest",
    ("mean", "direct"): "value / mean - 1",
    ("mean", "inverse"): "1 - value / mean",
}
KEPT = {
    "above_floor": "never below its exact share rounded down",
    "below_ceiling": "never above it rounded up",
    "house_monotone": "one more person takes nobody from any state",
    "population_monotone": "who grows faster loses nobody to who grows slower",
    "everyone_one": "everyone at least one",
    "bounds": "takes least and most people",
}
EXAMPLE = "grech"
OWN = f"""
## {CUSTOM}

A key in a TOML file of your own, given with `--key-file`. It has the form of those shipped, for example
`{EXAMPLE}.toml`:

```toml
{{text}}```

Weights are decimals or fractions in quotes and add up to 1. A factor takes `cap` and a key then
`cap_reading`: {{readings}}.
`fallback = "median"` on a factor lets the members' median stand in for a missing value; the share says so.
`floor` and `ceiling` bound every share, `excluded` lists states that carry nothing, `[[left_out]]` (`iso3`,
`reason`) those that `--as-enacted` leaves out.
"""
INDICATORS = """
## Indicators

Columns of `--indicators FILE`, beside `iso3`; a key of your own may name others. Only ratios between states
count, so units are free. Nothing stands in for a size that is missing.

| column | holds | a size |
| --- | --- | --- |
"""
ROUNDINGS = """
## Roundings

No rounding keeps all of it (Balinski and Young). The tests hold every yes and find a counterexample to
every no.

"""


def page() -> str:
    """Return the page."""
    return "".join(_parts())


def _parts() -> Iterator[str]:
    yield "# Keys and roundings\n\nWhat `travesia share` can divide by. "
    yield "[What a key is](../concepts/keys.md) says how a share comes about.\n"
    for key in keys().values():
        yield from _key(key)
    yield OWN.format(text=_text(EXAMPLE), readings=_readings())
    yield from _indicators()
    yield from _roundings()


def _key(key: Key) -> Iterator[str]:
    yield f"\n## {key.id}\n\n{key.title}.\n"
    if key.factors:
        yield "\n| indicator | weight | counts as | cap |\n| --- | --- | --- | --- |\n"
        yield from (_row(factor, "") for factor in key.factors)
        for number, each in enumerate(key.adjustments, start=1):
            start = f"adjustment {number}: {each.constant} + " if each.constant else f"adjustment {number}: "
            yield from (_row(factor, start) for factor in each.factors)
    if key.is_capped and key.cap_reading is None:
        yield f"\nThe cap can be read in two ways, by `--cap`: {_readings()}.\n"
    if key.years:
        yield "\nYears in the text: " + "; ".join(f"`{column}` {year}" for column, year in key.years) + ".\n"
    if key.left_out:
        told = "; ".join(f"{each.iso3} {each.reason}" for each in key.left_out)
        yield f"\nLeft out by the text: {told}.\n"
    for rule in key.solidarity:
        yield f"\nRule `{rule.id}`: {rule.title}.\n"
    for source in key.sources:
        date = f", {source.published}" if source.published else ""
        faults = f" Note: {source.faults}." if source.faults else ""
        yield f"\nSource: {source.title}. {source.publisher}{date}.{faults}\n"


def _readings() -> str:
    return "; ".join(f"`{name}`, a fraction of {what}" for name, what in CAPS.items())


def _row(factor: Factor, start: str) -> str:
    cap = "" if factor.cap is None else f"{float(factor.cap):.0%}"
    how = SCALES[factor.scale, factor.direction]
    return f"| `{factor.column}` | {start}{factor.weight} | {how} | {cap} |\n"


def _text(name: str) -> str:
    return files("travesia.sharing").joinpath(f"shipped/{name}.toml").read_text(encoding="utf-8")


def _indicators() -> Iterator[str]:
    yield INDICATORS
    for name, column in KeyIndicators.columns().items():
        if name != "iso3":
            yield f"| `{name}` | {column.description} | {'yes' if name in SIZES else 'no'} |\n"


def _roundings() -> Iterator[str]:
    yield ROUNDINGS
    yield f"| rounding | {' | '.join(KEPT.values())} |\n|{' --- |' * (len(KEPT) + 1)}\n"
    for name, kept in PROPERTIES.items():
        cells = ("yes" if getattr(kept, column) else "no" for column in KEPT)
        yield f"| `{name}` | {' | '.join(cells)} |\n"
