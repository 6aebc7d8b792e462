"""The timetable of the shipped scenarios from October 2021 to September 2023, counted by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from travesia.region import Region
from travesia.scenario import load_scenario, timetable

GATES, PORTS = 13, 4
UKRAINIAN_DAYS = 45  # 11 March to 24 April 2022, at the ports only
TO_MAY_2023, TO_DECEMBER_2022, DAYS = 588, 446, 730  # days from 1 October 2021
STEPS = 20 * 1000 + 29 * 1250 + 93 * 1450  # 12-31 May, 1-29 June, 30 June to 30 September 2023
ENDS = ["title-42-ends-mexico-accepts", "title-42-ends-mexico-refuses"]


@pytest.mark.parametrize("variant", ["", "-responding"])
@pytest.mark.parametrize("name", ENDS)
def test_gate_days_when_title_42_ends(americas: Region, name: str, variant: str) -> None:
    made = timetable(load_scenario(americas, name + variant), americas, date(2021, 10, 1), DAYS)
    everyone = len(made.nationalities)
    taken_back = everyone if name == ENDS[0] else everyone - 4
    assert made.expulsion.sum() == TO_DECEMBER_2022 * everyone * GATES - UKRAINIAN_DAYS * PORTS
    assert made.returns.sum() == (DAYS - TO_DECEMBER_2022) * taken_back * GATES


def test_gate_days_as_it_happened(americas: Region) -> None:
    made = timetable(load_scenario(americas, "title-42-stays"), americas, date(2021, 10, 1), DAYS)
    everyone = len(made.nationalities)
    assert made.expulsion.sum() == TO_MAY_2023 * everyone * GATES - UKRAINIAN_DAYS * PORTS
    assert made.returns.sum() == (DAYS - TO_MAY_2023) * 4 * GATES
    numbered = made.appointments_people[np.isfinite(made.appointments_people)]
    assert numbered.sum() == STEPS
