"""``travesia ledger verify`` and ``lint``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from travesia.cli.ledger_files import LedgerPack, ledger_files
from travesia.cli.options import Json
from travesia.cli.output import emit_json, say

if TYPE_CHECKING:
    from travesia.terms import InputError


def verify(pack: LedgerPack = "americas", json: Json = False) -> int:
    """Look for lines that were changed, removed, put in or swapped, and name them all.

    Prints the hash of the last line of each file: compare it with one that you trust, for a ledger written
    anew from its first line would be in order too. Exits with 1 if anything is found.
    """
    from travesia.record import verify_files

    files, acceptances = ledger_files(pack)
    verified = verify_files(*files, acceptances=acceptances)
    if json:
        rows = [
            {
                "file": file.path, "lines": file.rows, "sha256": file.sha256, "half_line": file.torn,
                "faults": [_fault(fault) for fault in file.faults],
            }
            for file in verified
        ]  # fmt: skip
        emit_json({"rows": rows})
    else:
        for file in verified:
            for fault in file.faults:
                say(str(fault))
            if not file.faults:
                say(f"{file.path}: {file.rows} lines in order, the last is {file.sha256}")
    return 1 if any(file.faults for file in verified) else 0


def lint(pack: LedgerPack = "americas", json: Json = False) -> int:
    """Look for records that contradict one another or themselves; nothing is corrected.

    Exits with 1 on an error; a warning is worth a look.
    """
    from travesia.record import lint as findings_of
    from travesia.record import load_ledger

    files, acceptances = ledger_files(pack)
    findings = findings_of(load_ledger(*files, acceptances=acceptances))
    if json:
        emit_json({"rows": [vars(finding) for finding in findings]})
    else:
        for finding in findings:
            say(f"{finding.level}: {finding.id}: {finding.text}")
        say(f"{len(findings)} found")
    return 1 if any(finding.level == "error" for finding in findings) else 0


def _fault(fault: InputError) -> dict[str, object]:
    return {"row": fault.row, "problem": fault.problem, "text": str(fault)}
