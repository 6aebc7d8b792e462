"""The 20,000: pledged in June 2022, restated in January 2023, exceeded by September 2024.

Figures: Refugee Admissions Report of the US State Department by month, in the pack (6,312 and 25,358), and
Department of Homeland Security statistics by fiscal year (6,320 and 25,360).
"""

from __future__ import annotations

from datetime import date

import pytest
from small_ledgers import admissions, kinds, ledger_of, record

from travesia.record import load_ledger
from travesia.region import find_pack, load_region
from travesia.tracking import Balance, commitments_of, track

HALF, END = date(2023, 9, 30), date(2024, 9, 30)


@pytest.fixture(scope="module")
def region():
    return load_region("americas")


@pytest.fixture(scope="module")
def beneficiaries() -> list[str]:
    ledger = load_ledger(*find_pack("americas").layers("ledger.jsonl"))
    return list(next(one for one in commitments_of(ledger) if one.id == "us-2022-refugees").beneficiaries)


def twenty_thousand(beneficiaries: list[str]):
    """The pledge as a report of June 2022 told it, and as it was restated on 5 January 2023."""
    said = {
        "actor": ["cty:USA"], "action": "resettle", "quantity": 20000, "unit": "person",
        "period": "2023/2024", "period_note": "calendar or fiscal years are not told apart",
        "beneficiaries": beneficiaries, "scope": "the Americas", "basis": "pledged",
        "measured_by": "us-refugee-admissions",
    }  # fmt: skip
    restated = {
        **said, "bound": "up_to", "period": "2022-10-01/2024-09-30", "period_note": None,
        "scope": "Latin America and the Caribbean",
    }  # fmt: skip
    return ledger_of(
        record("20000", "2022-06-10", fields=said), record("20000", "2023-01-05", fields=restated)
    )


def test_half_time_and_end_by_the_monthly_file(region, beneficiaries) -> None:
    ledger = twenty_thousand(beneficiaries)
    (half,) = track(region, ledger, as_of=HALF)
    assert (half.delivered, half.state, half.gap) == (6312, "in_progress", None)
    assert half.pace is not None
    # 32 % of the whole at half time: 63 % of what was to come by then.
    assert (half.pace.elapsed, round(half.reached, 2)) == (0.5, 0.32)
    assert half.pace.low == half.pace.high == 0.6312
    (end,) = track(region, ledger, as_of=END)
    assert (end.delivered, end.state, round(end.reached, 2)) == (31670, "exceeded", 1.58)
    assert "up to: a ceiling, no floor was promised" in end.why


def test_half_time_and_end_by_the_statistics_of_homeland_security() -> None:
    # Published by fiscal year: all of a year stands in its last month here.
    years = {f"{2022 + (8 + n) // 12}-{(8 + n) % 12 + 1:02d}": 0.0 for n in range(1, 25)}
    region = admissions(years | {"2023-09": 6320.0, "2024-09": 25360.0})
    fields = {"period_start": "2022-10-01", "period_end": "2024-09-30", "quantity": 20000}
    ledger = ledger_of(record(known="2022-06-10", **fields))
    (half,) = track(region, ledger, as_of=HALF)
    assert (half.delivered, half.reached, half.state) == (6320, 0.316, "in_progress")
    (end,) = track(region, ledger, as_of=END)
    assert (end.delivered, end.reached, end.state) == (31680, 1.584, "exceeded")


def test_three_fields_were_amended_and_both_readings_stay(region, beneficiaries) -> None:
    ledger = twenty_thousand(beneficiaries)

    def known(day: date) -> Balance:
        (found,) = track(region, ledger, as_of=HALF, known=day)
        return found

    before, after = known(date(2023, 1, 4)), known(HALF)
    assert (before.bound, before.first_day, before.last_day) == (
        "exact",
        date(2023, 1, 1),
        date(2024, 12, 31),
    )
    assert "period" in kinds(before.mismatches)
    assert (after.bound, after.first_day, after.last_day) == ("up_to", date(2022, 10, 1), END)
    (told,) = (each.text for each in after.mismatches if each.kind == "restated")
    assert told == (
        "restated on 2023-01-05: bound from none to up_to, period from 2023/2024 to 2022-10-01/2024-09-30, "
        "scope from the Americas to Latin America and the Caribbean"
    )
