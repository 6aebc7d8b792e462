"""``travesia award``: divide money among states by what they need."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from travesia.cli.options import Force, Json, Lang, OutTable, Quiet
from travesia.cli.output import check_table_file, emit_json, say, write_table_file
from travesia.terms import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from travesia.sharing import AwardOptions, AwardRule, Awards, Comparison, Finding

    _Kept = Mapping[AwardRule, Sequence[Finding]]

_PLAIN_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]+)?|\.[0-9]+")


def award(
    needs: Annotated[
        Path,
        typer.Argument(
            metavar="NEEDS",
            help="CSV or XLSX (FILE.xlsx#SHEET): iso3, need_usd, received_usd; optional severity, cap_usd.",
        ),
    ],
    rule: Annotated[
        Literal["proportional-gap", "equal-coverage", "severity", "cerf-like", "cea", "cel", "talmud"] | None,
        typer.Option("--rule", help="By what to divide; needed unless --compare is given."),
    ] = None,
    budget_usd: Annotated[
        str | None, typer.Option("--budget-usd", metavar="B", help="How many US dollars to divide.")
    ] = None,
    compare: Annotated[
        bool, typer.Option("--compare", help="All rules side by side, with each state's range.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say why of each award, and what the rule keeps.")
    ] = False,
    severity_power: Annotated[
        str | None, typer.Option("--severity-power", metavar="K", help="severity: counts as v^K; default 1.")
    ] = None,
    severity_form: Annotated[
        Literal["gap", "coverage"] | None,
        typer.Option("--severity-form", help="severity: what it weighs; default gap."),
    ] = None,
    threshold: Annotated[
        str | None,
        typer.Option(
            "--threshold",
            metavar="X",
            help="cerf-like: coverage at or below which a state is kept; default: that of all together.",
        ),
    ] = None,
    most_states: Annotated[
        int | None,
        typer.Option("--most-states", metavar="N", min=1, help="cerf-like: how many states; default 10."),
    ] = None,
    floor: Annotated[
        str | None,
        typer.Option(
            "--floor", metavar="X", help="cerf-like: least of a chosen state, part of the budget; default 0."
        ),
    ] = None,
    cap: Annotated[
        str | None,
        typer.Option("--cap", metavar="X", help="cerf-like: most of a state, part of the budget; default 1."),
    ] = None,
    out: OutTable = None,
    force: Force = False,
    json: Json = False,
    quiet: Quiet = False,
    lang: Lang = "en",
) -> None:
    """Divide money among states by what they need, have received and can absorb.

    Awards are exact to the cent, never above the gap or the cap. What nobody can take is unallocated.
    Missing is not zero: a figure that the rule needs and a state lacks is refused.
    """
    from travesia.region import country_names
    from travesia.sharing import award as award_by
    from travesia.sharing import award_properties, compare_awards, read_needs

    given = {
        "severity_power": _number("--severity-power", severity_power),
        "severity_form": severity_form,
        "threshold": _number("--threshold", threshold),
        "most_states": most_states,
        "floor": _number("--floor", floor),
        "cap": _number("--cap", cap),
    }
    options = _options(rule, compare, {name: value for name, value in given.items() if value is not None})
    budget = _budget(budget_usd)
    check_table_file(out)
    read = read_needs(needs)
    if rule is None:
        compared = compare_awards(read, budget, options)
        write_table_file(compared.table(), out, force=force)
        kept = {name: award_properties(one) for name, one in compared.awards.items()} if explain else None
        if json:
            emit_json(_plain_comparison(compared, kept))
        else:
            _show_comparison(compared, kept, country_names(lang))
        return
    awards = award_by(read, rule, budget, options)
    findings = award_properties(awards) if explain else None
    write_table_file(awards.table(), out, force=force)
    if json:
        emit_json(_plain(awards, findings))
    else:
        _show(awards, findings, country_names(lang))


def _options(rule: str | None, compare: bool, given: dict[str, Any]) -> AwardOptions:
    """Check which options belong to the rule; an option that changes nothing is refused."""
    from travesia.sharing import OPTIONS_OF, AwardOptions

    if (rule is None) != compare:
        problem = "says which rule, and --compare shows all" if compare else "is missing"
        raise UsageError(f"--rule: {problem}; give either --rule RULE or --compare")
    heeded = {name for one, names in OPTIONS_OF.items() if rule in (None, one) for name in names}
    if strange := [name for name in given if name not in heeded]:
        option = "--" + strange[0].replace("_", "-")
        owner = next(one for one, names in OPTIONS_OF.items() if strange[0] in names)
        raise UsageError(f"{option}: is for --rule {owner}; leave it out")
    return AwardOptions(**given)


def _number(option: str, text: str | None) -> Fraction | None:
    if text is None:
        return None
    if not _PLAIN_NUMBER.fullmatch(text):
        raise UsageError(f"{option} {text}: is no number from 0 up; give for example 0.25")
    return Fraction(text)


def _budget(text: str | None) -> Decimal:
    if text is None:
        raise UsageError("--budget-usd: is missing; give how many US dollars to divide")
    if not _PLAIN_NUMBER.fullmatch(text):
        raise UsageError(f"--budget-usd {text}: is no amount of US dollars; give for example 250000000")
    return Decimal(text)


def _plain(awards: Awards, findings: Sequence[Finding] | None) -> dict[str, Any]:
    plain = {
        "rule": awards.rule,
        "budget_usd": float(awards.budget_usd),
        "unallocated_usd": float(awards.unallocated_usd),
        "options": {
            name: float(value) if isinstance(value, Fraction) else value
            for name, value in awards.settings().items()
        },
        "rows": [
            {
                "iso3": row.iso3,
                "usd": float(row.usd),
                "coverage": None if row.coverage is None else float(row.coverage),
                "why": row.why,
            }
            for row in awards.rows
        ],
    }
    if findings is not None:
        plain["properties"] = [vars(finding) for finding in findings]
    return plain


def _plain_comparison(compared: Comparison, kept: _Kept | None) -> dict[str, Any]:
    plain = {
        "budget_usd": float(compared.budget_usd),
        "unallocated_usd": {rule: float(one.unallocated_usd) for rule, one in compared.awards.items()},
        "left_out": compared.left_out,
        "rows": compared.table(),
    }
    if kept is not None:
        plain["properties"] = {rule: [vars(one) for one in findings] for rule, findings in kept.items()}
    return plain


def _show(awards: Awards, findings: Sequence[Finding] | None, names: Mapping[str, str]) -> None:
    from travesia.cli.tables import show_table

    options = "".join(
        f", {name.replace('_', ' ')} {value if isinstance(value, str) else format(float(value), '.4g')}"
        for name, value in awards.settings().items()
    )
    say(f"{awards.rule}{options}: {awards.budget_usd:,.2f} US dollars")
    columns = ["state", "name", "gap", "award", "coverage before", "after", "why"]
    rows = [
        [
            row.iso3,
            names.get(row.iso3, ""),
            f"{float(need.gap / 100):,.2f}",
            f"{row.usd:,.2f}",
            _percent(row.before),
            _percent(row.coverage),
            row.why if findings is not None else "",
        ]
        for row, need in zip(awards.rows, awards.needs.rows, strict=True)
    ]
    show_table(columns, rows, right=columns[2:6])
    say(f"unallocated: {awards.unallocated_usd:,.2f}")
    if findings is not None:
        say("")
        table = [
            [one.says, "yes" if one.general else "no", "no exception found" if one.here else str(one.against)]
            for one in findings
        ]
        show_table(["what the rule keeps", "always", "on these needs"], table)


def _percent(part: Fraction | None) -> str:
    return "nothing needed" if part is None else f"{float(part):.1%}"


def _show_comparison(compared: Comparison, kept: _Kept | None, names: Mapping[str, str]) -> None:
    from travesia.cli.tables import show_table

    say(f"{compared.budget_usd:,.2f} US dollars under each rule")
    table = compared.table()
    columns = ["state", "name", *(name.removesuffix("_usd") for name in table.columns[1:])]
    rows = [[row[0], names.get(row[0], ""), *(f"{usd:,.2f}" for usd in row[1:])] for row in table.iter_rows()]
    left = [f"{one.unallocated_usd:,.2f}" for one in compared.awards.values()]
    show_table(columns, [*rows, ["unallocated", "", *left, "", "", ""]], right=columns[2:])
    for rule, reason in compared.left_out.items():
        say(f"{rule} is left out: {reason}")
    if kept is not None:
        _show_kept(kept)


def _show_kept(kept: _Kept) -> None:
    """Write a table of properties by rules: kept always, kept as far as was tried here, or broken here."""
    from travesia.cli.tables import show_table

    says = {one.id: one.says for findings in kept.values() for one in findings}
    words: dict[tuple[str, str], str] = {
        (rule, one.id): "no" if not one.here else "always" if one.general else "here"
        for rule, findings in kept.items()
        for one in findings
    }
    say("")
    rows = [[text, *(words.get((rule, name), "") for rule in kept)] for name, text in says.items()]
    show_table(["what each rule keeps", *kept], rows)
