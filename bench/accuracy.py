"""How far each set of rules is from counted camps, at full scale, beside the peer engine's own figure.

The averaged relative difference of single runs: mean over seeds, and standard deviation. The peer's figure
is that of its runs with people divided by `hasten`; ours has everybody.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np

from displaced.accuracy import averaged_relative_difference
from displaced.cases import SHARED, Case, cases_of
from displaced.commands import Asked, import_flee, simulate

RULES = ("flee", "travesia")


def differences(pack: Path, rules: str, seeds: int, out: Path) -> list[float]:
    """Return the averaged relative difference of one full-scale run for each seed."""
    runs = (simulate(pack, Asked(rules, 1, seed, 1, True), out / f"{seed}") for seed in range(1, seeds + 1))
    return [averaged_relative_difference(run.stock) for run in runs]


def line(case: Case, seeds: int, folder: Path) -> str:
    """Return the line of a case."""
    pack = import_flee(case.inputs, case.settings, folder / f"{case.name}-pack")
    peer = case.peer_summary()
    cells = [f"{peer['ard_mean']:>8.3f} {peer['ard_sd']:>6.3f}"]
    for rules in RULES:
        found = differences(pack, rules, seeds, folder / case.name / rules)
        cells.append(f"{np.mean(found):>8.3f} {np.std(found, ddof=1) if seeds > 1 else 0.0:>6.3f}")
    return f"{case.name:<26} {peer['hasten']:>6.0f} " + "  ".join(cells)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="default: ../shared/flee, where it exists")
    parser.add_argument("--case", action="append", help="only this case; may be given again")
    parser.add_argument("--seeds", type=int, default=3)
    asked = parser.parse_args()
    if asked.folder is None and not SHARED.is_dir():
        print("skipped: no folder of measured displacements was given")
        return
    cases = [case for case in cases_of(asked.folder or SHARED, asked.case) if not case.invented]
    print(f"{'':<26} {'peer':>6} {'peer':>8} {'':>6}  {'flee':>8} {'':>6}  {'travesia':>8}")
    print(f"{'case':<26} {'hasten':>6} " + "  ".join([f"{'mean':>8} {'sd':>6}"] * 3))
    with tempfile.TemporaryDirectory() as name:
        for case in cases:
            print(line(case, asked.seeds, Path(name)), flush=True)


if __name__ == "__main__":
    main()
