"""From records of the Americas to the model: what each becomes, and that nothing else does."""

from __future__ import annotations

import json
from datetime import date

import pytest

from travesia.cli import call
from travesia.record import Entry, Ledger, Propose
from travesia.region import Region, load_region
from travesia.scenario import load_policies, load_scenario
from travesia.study import Known, ModelInput, Request, ledger_of, model_inputs, prepare
from travesia.study.choosing import scenarios_to_run
from travesia.study.listing import policies_listed
from travesia.terms import UsageError
from travesia.tracking import commitments_of, track

STAYED = date(2022, 12, 20)


@pytest.fixture(scope="module")
def americas() -> Region:
    return load_region("americas")


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return ledger_of("americas")


def inputs(region: Region, ledger: Ledger, *day: int) -> dict[str, ModelInput]:
    return {one.record: one for one in model_inputs(region, ledger, date(*day))}


def test_each_type_becomes_what_the_documentation_says(americas: Region, ledger: Ledger) -> None:
    found = inputs(americas, ledger, 2023, 12, 31)
    becomes = {name: one.becomes for name, one in found.items()}
    assert becomes["pol:title-42"] == "instrument"
    assert becomes["com:us-2022-refugees"] == "ceiling"
    assert becomes["com:us-2023-ven-mar"] == "floor"
    assert becomes["com:us-2022-ven-jun"] == "level"
    assert becomes["com:la-humane-borders"] == "checklist"
    assert becomes["par:la-declaration-col"] == "coalition"
    assert becomes["par:la-implementation-launch-guy"] == "none"
    assert becomes["fig:six-million"] == "prior"
    assert becomes["fig:refugee-ceiling-africa"] == "constraint"
    assert becomes["fig:record-on-the-move-2021"] == "none"
    assert becomes["sta:shared-problem-2021"] == "stance"
    assert becomes["rel:us-2021-ven-prm"] == "none"
    assert becomes["evt:title-42-expiry-2022-12-21"] == "none"
    assert all(one.cites for one in found.values())


def test_every_policy_of_the_model_comes_from_a_record(americas: Region, ledger: Ledger) -> None:
    found = inputs(americas, ledger, 2026, 1, 1)
    instruments = {name for name, one in found.items() if one.becomes == "instrument"}
    assert instruments == {policy.record for policy in load_policies("americas") if policy.in_model}


def test_more_than_six_million_agree_with_the_stocks_by_host(americas: Region, ledger: Ledger) -> None:
    six = inputs(americas, ledger, 2022, 12, 31)["fig:six-million"]
    assert (six.low, six.high, six.agrees) == (6_000_000, 7_000_000, True)
    # UNHCR, refugees, asylum-seekers and others of Venezuela abroad, ends of 2021 and 2022.
    assert six.counted == (5_576_740, 6_585_011)
    # R4V counts people that UNHCR does not: that is told, not smoothed.
    assert inputs(americas, ledger, 2022, 12, 31)["fig:ven-abroad-2022-08"].agrees is False


def test_24_000_give_way_to_30_000_a_month(americas: Region, ledger: Ledger) -> None:
    before, after = inputs(americas, ledger, 2023, 1, 4), inputs(americas, ledger, 2023, 1, 9)
    old, new = "com:us-2022-ven-parole", "com:us-2023-chnv"
    assert (before[old].becomes, before[old].high, before[old].unit) == ("ceiling", 24_000, "person")
    assert "no end named" in before[old].value
    assert new not in before
    assert (after[new].becomes, after[new].high, after[new].unit) == ("ceiling", 30_000, "person per month")
    assert after[old].value.endswith("2022-10-18 to 2023-01-05")
    states = {one.commitment: one.state for one in track(americas, ledger, as_of=date(2023, 1, 9))}
    assert states["us-2022-ven-parole"] == "superseded"


def test_the_314_million_stay_apart(americas: Region, ledger: Ledger) -> None:
    for day in ((2022, 6, 10), (2022, 12, 31), (2024, 9, 30), (2026, 1, 1)):
        pledge = inputs(americas, ledger, *day)["com:us-2022-ven-jun"]
        assert (pledge.becomes, pledge.low, pledge.high) == ("level", 314_000_000, 314_000_000)
    one = next(each for each in commitments_of(ledger) if each.id == "us-2022-ven-jun")
    assert one.related_to is None
    totals = {each.related_to for each in commitments_of(ledger) if each.relation in ("total_of", "part_of")}
    assert "us-2022-ven-jun" not in totals


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ((2022, 12, 18), "2020-03-21 to 2022-12-20"),
        (
            (2022, 12, 20),
            "2020-03-21; holds or ends, and hangs on Chief Justice of the United States (2022-12-21)",
        ),
        ((2023, 6, 15), "2020-03-21 to 2023-05-11"),
    ],
)
def test_title_42_as_three_days_knew_it(
    americas: Region, ledger: Ledger, day: tuple[int, int, int], says: str
) -> None:
    assert inputs(americas, ledger, *day)["pol:title-42"].value == f"t42-original, expulsion: {says}"


def test_a_proposal_becomes_nothing_and_is_counted(
    americas: Region, ledger: Ledger, capsys: pytest.CaptureFixture[str]
) -> None:
    record = next(one for one in ledger.accepted() if one.id == "fig:six-million")
    proposed = record.__class__(**{**vars(record), "id": "fig:other"})
    waiting = Entry(Propose("pro:0123456789abcdef", proposed), "rules@1", "2026-01-01T00:00:00Z")
    assert "fig:other" not in inputs(americas, ledger.with_entries(waiting), 2026, 1, 1)
    assert call(["ledger", "model", "--known", "2022-12-20", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["known"], answer["proposals_left_out"]) == ("2022-12-20", 0)
    six = next(row for row in answer["rows"] if row["record"] == "fig:six-million")
    assert six["cites"][0]["quote"] == "more than six million refugees and migrants"


def test_branches_are_run_over_the_departures_of_what_happened() -> None:
    ready = prepare(Request("americas", known=Known(STAYED)), least=2)
    assert [one.known for one in ready.scenarios] == [STAYED, STAYED]
    assert ready.happened.scenario.name == "title-42-stays"
    assert ready.window.start == date(2022, 12, 21)
    alone = prepare(Request("americas", known=Known(STAYED, (("t42-original", date(2022, 12, 21)),))))
    assert [one.first_difference for one in alone.scenarios] == [date(2022, 12, 21)]
    assert alone.happened.scenario.name == "title-42-stays"


def test_simulate_takes_one_branch_with_the_ends_asked_for(americas: Region) -> None:
    span = americas.default_span
    (alone,) = scenarios_to_run(americas, ["title-42-stays"], Known(STAYED), span, 1)
    end = date(2022, 12, 21)
    (ended,) = scenarios_to_run(
        americas, ["title-42-stays"], Known(STAYED, (("t42-original", end),)), span, 1
    )
    ends = [{policy.id: policy.span.end for policy in one.policies}["t42-original"] for one in (alone, ended)]
    assert ends == [None, end]
    with pytest.raises(UsageError, match="too few to run"):
        scenarios_to_run(americas, [], Known(STAYED), span, 1)


def test_the_command_of_a_study_repeats_what_was_known() -> None:
    request = Request("americas", known=Known(STAYED, (("t42-original", date(2023, 1, 9)),)))
    assert "--known 2022-12-20 --end t42-original=2023-01-09" in request.command


def test_the_table_of_policies_leads_back_to_the_record(americas: Region, ledger: Ledger) -> None:
    scenario = load_scenario(americas, "title-42-ends-mexico-accepts")
    table = policies_listed([scenario], [_NoTimetable()], ledger)  # type: ignore[list-item]
    rows = {row["id"]: row for row in table.iter_rows(named=True)}
    assert rows["t42-original"]["record"] == "pol:title-42"
    assert "doc:en-fedreg-2022-10-19-7c1ac557 [" in rows["ven-parole"]["cites"]
    assert (rows["t8-returns-mexico"]["record"], rows["t8-returns-mexico"]["cites"]) == (None, None)
    assert {row["id"] for row in rows.values() if row["record"] is None} == {"t8-returns-mexico"}


class _NoTimetable:
    not_modelled = ()
    acting = ()
