"""``travesia ledger export``: a sheet to review in, or what the ledger holds in forms that others read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

import typer

from travesia.cli.ledger_files import ledger_files
from travesia.cli.ledger_sheets import export_review, write_sheet_file
from travesia.cli.options import Force, day_of
from travesia.cli.output import say, write_file
from travesia.cli.review_documents import Shelf
from travesia.terms import UsageError

Form = Literal["review", "records", "web-annotation", "prov", "iati"]
Status = Literal["proposed", "accepted", "rejected", "merged", "split", "all"]
_ENDINGS: Mapping[Form, tuple[str, ...]] = MappingProxyType(
    {
        "review": (".csv", ".xlsx"), "records": (".csv", ".xlsx"), "web-annotation": (".jsonld", ".json"),
        "prov": (".json",), "iati": (".xml",),
    }
)  # fmt: skip


def export(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="File to write: .csv or .xlsx; .jsonld, .json or .xml."),
    ],
    pack: Annotated[
        str, typer.Argument(metavar="[PACK]", help="Project, pack or its name; default: the working folder.")
    ] = ".",
    form: Annotated[
        Form, typer.Option("--as", help="review is what `import` takes back; the others hold records.")
    ] = "review",
    status: Annotated[
        Status | None, typer.Option("--status", help="For review: which; by default open proposals.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="D", help="For iati: state on this day; default: today.")
    ] = None,
    reporter: Annotated[
        str | None,
        typer.Option("--reporter", metavar="TEXT", help="For iati: your identifier, type code and name."),
    ] = None,
    force: Force = False,
) -> None:
    """Write proposals, one a row, for people who review in a spreadsheet; or records, for other programs.

    Fill in `decision` (accept, reject, merge, skip), with `why` for a rejection and `merge_with` for a merge,
    correct what is wrong in the fields, and give the file to `travesia ledger import`.

    Accepted records, each in its newest version: `records` is a table to read, `web-annotation` one W3C Web
    Annotation a cite, `prov` where each record comes from and what it becomes in the model, `iati` activities
    of IATI 2.03 for promises of money, in which a promise is never a disbursement.
    """
    if file.suffix.lower() not in _ENDINGS[form]:
        remedy = f"name a file that ends in {' or '.join(_ENDINGS[form])}"
        raise UsageError(f"{file}: is no name for --as {form}; {remedy}")
    for option, given, of in (("--status", status, "review"), ("--as-of", as_of, "iati"),
                              ("--reporter", reporter, "iati")):  # fmt: skip
        if given is not None and form != of:
            raise UsageError(f"{option} {given}: is for --as {of}; leave it out")
    if form == "review":
        export_review(file, pack, status or "proposed", force=force)
    elif form == "records":
        _records(file, pack, force=force)
    elif form == "iati":
        _iati(file, pack, day_of("--as-of", as_of) or date.today(), reporter, force=force)
    else:
        _linked(file, pack, _annotations if form == "web-annotation" else _provenance, force=force)


def _records(file: Path, pack: str, *, force: bool) -> None:
    from travesia.record import load_ledger, records_table

    files, acceptances = ledger_files(pack)
    table = records_table(load_ledger(*files, acceptances=acceptances))
    with write_file(file, force=force) as fresh:
        write_sheet_file(table, fresh, "records", {})
    say(f"{file}: {len(table.rows)} records")


def _linked(file: Path, pack: str, make: Callable[[str], tuple[dict[str, Any], str]], *, force: bool) -> None:
    content, told = make(pack)
    with write_file(file, force=force) as fresh:
        fresh.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    say(f"{file}: {told}")


def _annotations(pack: str) -> tuple[dict[str, Any], str]:
    from travesia.record import load_ledger, web_annotations

    files, acceptances = ledger_files(pack)
    shelf = Shelf.of(pack)

    def text_of(name: str) -> str | None:
        text = shelf.text(name)
        return None if text is None else text.original

    content = web_annotations(load_ledger(*files, acceptances=acceptances), shelf.rows, text_of)
    return content, f"{content['total']} annotations, one a cite"


def _provenance(pack: str) -> tuple[dict[str, Any], str]:
    from travesia.record import ledger_provenance
    from travesia.region import load_region
    from travesia.study import ledger_of, model_inputs

    ledger = ledger_of(pack)
    known = max((record.known_from for record in ledger.accepted()), default=date.max)
    inputs = {
        one.record: {"becomes": one.becomes, "value": one.value}
        for one in model_inputs(load_region(pack), ledger, known)
        if one.becomes != "none"
    }
    content = ledger_provenance(ledger, Shelf.of(pack).rows, inputs)
    return content, f"{len(content['entity'])} things, {len(content['activity'])} activities"


def _iati(file: Path, pack: str, day: date, reporter: str | None, *, force: bool) -> None:
    from travesia.region import load_region
    from travesia.study import ledger_of
    from travesia.tracking import Reporter, iati_activities, track

    if reporter is None:
        raise UsageError(
            "--reporter: is missing; name who publishes, like 'XI-IATI-EXAMPLE 80 Example University'"
        )
    who = Reporter.of(reporter)
    region, ledger = load_region(pack), ledger_of(pack)
    states = {one.commitment: one.state for one in track(region, ledger, as_of=day)}
    made = iati_activities(ledger, states, region.deliveries, region.countries, who)
    with write_file(file, force=force) as fresh:
        fresh.write_bytes(made.xml)
    say(f"{file}: {made.written} activities")
    for reason, names in made.left_out.items():
        say(f"  left out, {reason}: {len(names)}")
