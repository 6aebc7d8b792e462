"""Whether `--rules flee` gives the peer engine's law: one line a case, exit 1 where a bound is broken.

Compares repeated runs with statistics of the peer's repeated runs: `spawn` people who set out, equal on every
day; `rms z` of differences of means over their standard error, over all places and days where that error is
above 0.3 (`n`), and over camps alone; `variance` ours over the peer's, summed; `difference` the largest of
two means over all agents, with where it stands; `counts` whether the camp counts read are the same.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from displaced.agreement import Agreement, compare
from displaced.cases import SHARED, Case, cases_of
from displaced.commands import Asked, import_flee, simulate

HEAD = (
    f"{'case':<26} {'spawn':>5} {'counts':>6} {'n':>6} {'rms z':>6} {'camps':>6} {'variance':>8} "
    f"{'difference':>10}  {'':<6} where"
)


def agreement_of(case: Case, asked: Asked, folder: Path) -> Agreement:
    """Read, simulate and compare one case; what is written goes into `folder`."""
    pack = import_flee(case.inputs, case.settings, folder / f"{case.name}-pack")
    ours = simulate(pack, asked, folder / case.name)
    peer = case.peer_stock(), case.peer_spawned()
    return compare((ours.stock, ours.spawned), peer, asked.runs, int(case.peer_summary()["runs"]))


def line(case: str, found: Agreement) -> str:
    """Return the line of a case."""
    yes = {True: "equal", False: "NO"}
    camps = "-" if found.rms_z_camps is None else f"{found.rms_z_camps:.2f}"
    failures = found.failures(case)
    verdict = f"FAIL: {', '.join(failures)};" if failures else "pass"
    return (
        f"{case:<26} {yes[found.spawn_equal]:>5} {yes[found.counts_equal]:>6} {found.compared:>6} "
        f"{found.rms_z:>6.2f} {camps:>6} {found.variance_ratio:>8.2f} {found.largest_share:>10.2%}  "
        f"{verdict:<6} {found.largest_at}"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="default: ../shared/flee, where it exists")
    parser.add_argument("--case", action="append", help="only this case; may be given again")
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    asked = parser.parse_args()
    if asked.folder is None and not SHARED.is_dir():
        print("skipped: no folder of measured displacements was given")
        return
    failed = 0
    print(HEAD)
    with tempfile.TemporaryDirectory() as name:
        for case in cases_of(asked.folder or SHARED, asked.case):
            how = Asked("flee", asked.runs, asked.seed, asked.threads)
            found = agreement_of(case, how, Path(name))
            failed += bool(found.failures(case.name))
            print(line(case.name, found), flush=True)
    print(
        f"{asked.runs} runs a case; {failed} cases fail" if failed else f"{asked.runs} runs a case; all pass"
    )
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
