"""`--rules flee` draws from the peer engine's law: the bounds of the measurement."""

from __future__ import annotations

import pytest

from displaced.cases import SHARED, cases_of
from displaced.commands import Asked
from parity import agreement_of, line

RUNS = 100
CASES = cases_of(SHARED) if SHARED.is_dir() else []
pytestmark = pytest.mark.skipif(not CASES, reason="the measured displacements are not beside the repository")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_peers_law(case, tmp_path):
    found = agreement_of(case, Asked("flee", RUNS, seed=1, threads=2), tmp_path)
    assert found.counts_equal
    assert not found.failures(case.name), line(case.name, found)
