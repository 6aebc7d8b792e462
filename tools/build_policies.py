"""Make the policies of the Americas pack (`policies/*.toml`) from the raw tables, byte for byte reproducibly.

    python tools/build_policies.py --raw DIR [--out PACK]

Last days of the raw table become half-open ends. Groups stay groups, written once in `policies/groups.toml`,
so that a policy can still be edited by hand. A link id reads as the passage from its first place to its
second: a group member marked `reverse` is written with its ends exchanged.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

Row = dict[str, str]

PACK = Path(__file__).parents[1] / "src" / "travesia" / "packs" / "americas"
FILES = {
    "gate": "gates", "gate or link": "gates", "link": "links", "place or link": "places", "place": "places",
    "origin": "origins", "belief": "beliefs", "none": "beliefs",
}  # fmt: skip
TITLES = {
    "gates": "Policies at gates: expulsion, return, exemption, deterrence, appointments, capacity, closure.",
    "links": "Policies on links: visas, lawful pathways, resettlement.",
    "places": "Policies at places or on the way: status, reception, enforcement, facilitation, cost.",
    "origins": "Policies and shocks at origins.",
    "beliefs": "Announcements, campaigns and instruments.",
}
LEGAL_BASES = {
    "public-health-order": "expulsion under the public-health order, 42 U.S.C. 265",
    "ordinary-law": "removal or return under ordinary law, Title 8 of the U.S. Code",
    "wait-for-hearing": "return to wait for hearings, 8 U.S.C. 1225(b)(2)(C)",
    "asylum-cooperative-agreement": "transfer to claim asylum elsewhere, 8 U.S.C. 1158(a)(2)(A)",
}
RETURNS = {
    "t8-chnv-returns-mexico": "ordinary-law",
    "aca-guatemala": "asylum-cooperative-agreement",
}
RECORDS = {"t42-original": "pol:title-42", "la-declaration": "ins:la-declaration"}
"""Records that are not named as their policy; a shock at an origin is an event."""

PLANS: tuple[tuple[str, str, str | None], ...] = (
    ("t42-original", "t42-planned-end-1", "2022-05-23"),
    ("t42-original", "t42-louisiana-injunction", None),
    ("t42-original", "t42-dc-ruling", "2022-12-21"),
    ("t42-original", "t42-admin-stay", None),
    ("t42-original", "t42-scotus-stay", None),
    ("t42-original", "t42-end-announced", "2023-05-12"),
)
"""What each announcement fixed: the policy, the record that says so, the end from then on (half-open)."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Write `policies/*.toml` of the pack."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--raw", type=Path, required=True, help="folder of policies.csv and policy-*.csv")
    parser.add_argument("--out", type=Path, default=PACK, help="pack folder")
    chosen = parser.parse_args(arguments)
    for name, text in policy_files(chosen.raw).items():
        target = chosen.out / "policies" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")


def policy_files(raw: Path) -> dict[str, str]:
    """Return the text of each file of `policies/`, by name."""
    rows = _read(raw / "policies.csv")
    acts_on = {row["kind"]: row["acts_on"] for row in _read(raw / "policy-kinds.csv")}
    files = {"groups.toml": _groups(raw, rows)}
    for name, title in TITLES.items():
        mine = [row for row in rows if FILES[acts_on[row["kind"]]] == name]
        blocks = [_policy(row) for row in mine]
        files[f"{name}.toml"] = f"# {title}\n# An end is the first day no longer in force.\n\n" + "\n".join(
            blocks
        )
    return files


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _policy(row: Row) -> str:
    lines = ["[[policies]]", f'id = "{row["id"]}"', f'kind = "{row["kind"]}"']
    lines.append(f"description = {_text(row['description'])}")
    lines.append(f"authority = {_list(row['authority'].split('|'))}")
    lines.append(f"start = {date.fromisoformat(row['start'])}")
    lines += [f"{key} = {_after(row[key])}" for key in ("end", "planned_end") if row[key]]
    lines += [f"{key} = {date.fromisoformat(row[key])}" for key in ("announced", "end_known") if row[key]]
    lines.append(f"nationalities = {_list(row['nationalities'].split('|'))}")
    if row["except"]:
        lines.append(f"except = {_list(row['except'].split('|'))}")
    if row["demographics"] != "*":
        lines.append(f"demographics = {_list(row['demographics'].split('|'))}")
    lines.append(f"where = {_list(row['where'].split('|'))}")
    if row["amount"]:
        value = f'{{ value = {row["amount"]}, unit = {_text(row["unit"])}, basis = "cited" }}'
        lines.append(f"effect = {{ amount = {value} }}")
    if row["part_of"]:
        lines.append(f'part_of = "{row["part_of"]}"')
    if basis := _legal_basis(row):
        lines.append(f'legal_basis = "{basis}"')
    lines.append(f"in_model = {'true' if row['in_model'] == '1' else 'false'}")
    lines.append(f"certainty = {_text(row['certainty'])}")
    lines.append(f"source = {_text(row['source'])}")
    if record := RECORDS.get(row["id"]) or ("evt:" + row["id"] if row["kind"] == "origin-shock" else None):
        lines.append(f'record = "{record}"')
    return "\n".join(lines) + "\n"


def _legal_basis(row: Row) -> str | None:
    if row["kind"] == "expulsion":
        return "public-health-order"
    if row["kind"] == "return":
        return RETURNS.get(row["id"], "wait-for-hearing")
    return None


def _groups(raw: Path, policies: list[Row]) -> str:
    nationalities: dict[str, list[str]] = {}
    for row in _read(raw / "policy-nationalities.csv"):
        nationalities.setdefault(row["group"], []).append(row["iso3"])
    places: dict[str, list[str]] = {}
    for row in _read(raw / "policy-places.csv"):
        places.setdefault(row["group"], []).extend(_directed(row["member"], row["direction"]))
    out = ["# Groups that policies name with @, and ends that were fixed and moved again.\n#"]
    out.append("# Legal bases:")
    out += [f"# {name}: {meaning}" for name, meaning in LEGAL_BASES.items()]
    out.append("\n[groups.nationalities]")
    out += [f"{name} = {_list(members)}" for name, members in nationalities.items()]
    out.append("\n# A link reads as the passage from its first place to its second.\n[groups.places]")
    out += [f"{name} = {_list(members)}" for name, members in places.items()]
    return "\n".join(out) + "\n" + _plans({row["id"]: row for row in policies})


def _plans(policies: dict[str, Row]) -> str:
    out = [
        "",
        "# Ends fixed and moved again: from `known` on, `policy` was to end on `end` (absent: no end).",
    ]
    for policy, said_by, end in PLANS:
        row = policies[said_by]
        out += ["[[plans]]", f'policy = "{policy}"', f'said_by = "{said_by}"']
        out.append(f"known = {date.fromisoformat(row['announced'] or row['start'])}")
        out += [f"end = {end}"] if end else []
        out.append(f"source = {_text(row['source'])}\n")
    return "\n".join(out)


def _directed(member: str, direction: str) -> list[str]:
    if direction in ("", "forward"):
        return [member]
    start, end, kind = member.split("--")
    back = f"{end}--{start}--{kind}"
    return [back] if direction == "reverse" else [member, back]


def _after(last_day: str) -> date:
    return date.fromisoformat(last_day) + timedelta(days=1)


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _list(values: Iterable[str]) -> str:
    items = [_text(value) for value in values]
    line = f"[{', '.join(items)}]"
    if len(line) <= 90:
        return line
    rows, row = [], ""
    for item in items:
        if len(row) + len(item) > 90:
            rows.append(row.rstrip())
            row = ""
        row += f"{item}, "
    return "[\n  " + "\n  ".join([*rows, row.rstrip()]) + "\n]"


if __name__ == "__main__":
    main()
