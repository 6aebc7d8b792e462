"""``travesia ledger review`` as a script drives it, line by line, and as a person does, key by key."""

from __future__ import annotations

import io
import os
import re
import select
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from invented_records import PACKS, entry, propose
from invented_review import DOCUMENT, ONE, THREE, TWO, cited, commitment, keep, proposals

import travesia
from travesia.cli import call
from travesia.cli.review_shown import FIELD_KEYS, bracketed
from travesia.record import Accept, Ledger, Passage, Reject, append, load_ledger, open_ledger
from travesia.record.review.view import Mark
from travesia.record.schema import FIELDS
from travesia.terms import Cite

Review = Callable[..., tuple[int, str, str]]
BELOW = PACKS / "toy" / "ledger.jsonl"


@pytest.fixture
def project(mine: Path) -> Path:
    """A project over the toy pack in the working folder, with three proposals and their document."""
    append(open_ledger(BELOW, path=mine / "ledger.jsonl"), *proposals())
    keep(mine)
    return mine


@pytest.fixture
def review(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    def review(*lines: str, by: str = "Ana", words: tuple[str, ...] = ()) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        code = call(["ledger", "review", "--by", by, *words])
        return code, *capsys.readouterr()

    return review


def ledger_of(project: Path) -> Ledger:
    return load_ledger(BELOW, project / "ledger.jsonl")


def statuses(project: Path) -> list[str]:
    return [one.status for one in ledger_of(project).proposals()]


def test_a_proposal_is_shown_with_all_that_decides_it(review: Review) -> None:
    code, out, err = review("q")
    assert (code, err) == (0, "")
    assert out.splitlines()[1:] == [
        f"1 of 3, 0 accepted  commitment com:admit  {DOCUMENT}, A pledge, A ministry, 2022-06-10",
        "  [actor: The United States] will admit [quantity: 20,000 refugees] from the Americas"
        " [period: by Friday].",
        "  1 actor               cty:USA",
        "  2 action              admit",
        "  3 quantity            20000",
        "  4 unit                person",
        "  5 period              2022-06-17",
        "      1 2022-06-17  the next Friday, for the verb tells what is to come",
        "      2 2022-06-10  the day of the document is a Friday",
        "  6 beneficiary         left open by the reader",
        "  H certainty           asserted",
        "  I modality            intended",
        "  empty: 7 bound, 8 origin, 9 binding, A condition, B target, C under, D measurable,"
        " E status_at_document, F polarity, G base, J attribution",
        "a accept, 1-9 A-Z field, e words, r reject, m merge, x split, n note, s skip, u undo, q quit, ? > ",
        "0 of 3 accepted; 3 proposals are open: they reach no model",
    ]


def test_a_whole_review_is_written_decision_by_decision(review: Review, project: Path) -> None:
    code, out, _ = review(
        "5", "2", "3", "30000", "6", "VEN", "n", "a Friday itself?", "a", "r", "= no pledge", "s", "q"
    )
    assert code == 0
    ledger = ledger_of(project)
    assert statuses(project) == ["accepted", "rejected", "proposed"]
    record = ledger.accepted()[-1]
    assert [record.fields[name] for name in ("period", "quantity", "beneficiary")] == [
        "2022-06-10", 30000, "cty:VEN",
    ]  # fmt: skip
    assert {one.by for one in ledger.entries[-3:]} == {"Ana"}
    assert ledger.proposal(TWO).why == "no pledge"
    assert ledger.notes(ONE) == (("Ana", "a Friday itself?"),)
    assert " *3 quantity            30000\n" in out
    assert out.endswith("1 of 3 accepted; 1 proposals are open: they reach no model\n")


def test_a_review_goes_on_where_it_ended_and_takes_back_what_was_decided_before(
    review: Review, project: Path
) -> None:
    review("a")
    _, out, _ = review("a", "u", "u", "r", "1")
    assert "\n1 of 2, 0 accepted  figure fig:hosted" in out
    assert statuses(project) == ["rejected", "proposed", "proposed"]
    assert [one.op for one in ledger_of(project).entries[-5:]] == [
        "accept", "accept", "retract", "retract", "reject",
    ]  # fmt: skip


def test_the_end_of_a_review_still_undoes(review: Review, project: Path) -> None:
    _, out, _ = review("a", "a", "a", "u", "s", "")
    assert statuses(project) == ["accepted", "accepted", "proposed"]
    assert out.count("nothing is left to decide here") == 2
    assert review("a", "")[0] == 0
    assert "nothing is left" in review()[1]
    assert review(by="Bea")[1].endswith(
        "nothing is left to decide here\n0 of 0 accepted; 0 proposals are open: they reach no model\n"
    )


@pytest.mark.parametrize("ways", [["a", "3"], ["3", "40000"], ["r"], ["m"], ["x"], ["n"], []])
def test_whoever_stops_answering_loses_nothing_that_was_decided(
    review: Review, project: Path, ways: list[str]
) -> None:
    before = len(ledger_of(project).entries)
    assert review(*ways)[0] == 0
    assert len(ledger_of(project).entries) == before + (1 if "a" in ways else 0)


def test_faults_are_told_and_asked_again(review: Review, project: Path) -> None:
    _, out, _ = review(
        "3", "many", "5", "7", "z", "Z", "r", "", "m", "", "m", "com:none", "x", "quantity", "5", "", "n", "",
        "a",
    )  # fmt: skip
    assert "  quantity many: is no number; write it in digits: 20000, 1.5, -0.25\n" in out
    assert "  period 7: is no date; write YYYY" in out
    assert "z: no such key; ? lists them\n" in out
    assert "Z: no field has this key\n" in out
    assert out.count("  nothing changed\n") == 2
    assert "  com:none: is no record that stands and no proposal; correct the id\n" in out
    assert "  a split needs a field with two values or more" in out
    assert statuses(project) == ["accepted", "proposed", "proposed"]


def test_evidence_is_other_words_of_the_text_or_more_of_them(review: Review, project: Path) -> None:
    """The text has a no-break space where a reviewer types a blank; the cite holds the text's own words."""
    _, out, _ = review(
        "e", "will not admit", "e", "The United States will admit", "e", "+ by Friday", "a", "q"
    )
    assert "  evidence: the document does not hold these words; copy them as they stand\n" in out
    record = ledger_of(project).accepted()[-1]
    assert record.cites == (cited("The\u00a0United States will admit"), cited("by Friday"))
    assert ledger_of(project).entries[-1].operation == Accept(of=ONE, record=record, edited=("cites",))
    assert ledger_of(project).proposal(ONE).record.cites == (cited("will admit 20,000 refugees"),)


def test_evidence_is_taken_back_and_not_looked_up_in_a_text_that_is_gone(
    review: Review, project: Path
) -> None:
    review("e", "by Friday", "u", "a", "q")
    assert ledger_of(project).accepted()[-1].cites == (cited("will admit 20,000 refugees"),)
    (project / "documents" / f"{DOCUMENT.removeprefix('doc:')}.txt").unlink()
    assert "the text is withheld or not kept here" in review("e", "q")[1]


def test_merging_and_splitting(review: Review, project: Path) -> None:
    _, out, _ = review("x", "3", "15000 | 5000", "period", "2023|2024", "", "m", "com:xc-places", "q")
    assert "  split as com:admit-1, com:admit-2\n" in out
    assert "  com:xc-places: is a commitment, not a figure; merge what says the same\n" in out
    assert [one.fields["period"] for one in ledger_of(project).accepted()[-2:]] == ["2023", "2024"]


def test_edits_that_nobody_accepted_are_not_dropped_without_a_word(review: Review, project: Path) -> None:
    _, out, _ = review("3", "5", "q", "a", "q")
    assert "  the edits are not accepted yet: a accepts with them, q again drops them\n" in out
    assert ledger_of(project).accepted()[-1].fields["quantity"] == 5
    _, out, _ = review("1", "5", "q", "q", "a")
    assert statuses(project)[1] == "proposed"


def test_a_field_is_emptied_by_a_dash_and_left_by_nothing(review: Review, project: Path) -> None:
    _, out, _ = review("5", "", "4", "-", "", "a")
    assert " *4 unit                empty\n" in out
    record = ledger_of(project).accepted()[-1]
    assert ("unit" in record.fields, record.fields["period"]) == (False, "2022-06-17")


def test_type_document_and_limit_choose_what_is_shown(review: Review) -> None:
    assert "1 of 1, 0 accepted  figure" in review("q", words=("--type", "figure"))[1]
    assert "1 of 2, 0" in review("q", words=("--limit", "2"))[1]
    assert "1 of 3, 0" in review("q", words=("--document", "pledge.txt"))[1]
    assert "1 of 3, 0" in review("q", words=("--document", DOCUMENT))[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--document", "no.txt"), "--document no.txt: no proposal cites it; see documents/index.csv"),
        (("--type", "promise"), "Invalid value for '--type'"),
        (("--limit", "0"), "Invalid value for '--limit'"),
        (("--project", "americas"), "--project americas: is a pack, which stays as it is"),
        (("--by", " "), "--by: is empty"),
    ],
)
def test_bad_input_is_one_line(review: Review, words: tuple[str, ...], said: str) -> None:
    code, out, err = review("a", words=words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"error: {said}"), err


def test_a_text_that_was_changed_is_refused_and_one_that_is_gone_is_not_needed(
    review: Review, project: Path
) -> None:
    (text,) = (project / "documents").glob("*.txt")
    text.write_text("other words", encoding="utf-8")
    code, _, err = review("a")
    assert (code, "was changed after it was read" in err) == (2, True)
    text.unlink()
    assert "\n  will admit 20,000 refugees\n" in review("q")[1]


def test_a_text_of_the_pack_below_is_at_hand(review: Review, project: Path) -> None:
    assert call(["init", str(project / "over"), "--pack", "americas"]) == 0
    americas = PACKS / "americas"
    (name,) = [path.stem for path in (americas / "documents").glob("en-dhs-2022*.txt")]
    record = commitment(cites=(Cite(f"doc:{name}", 0, 9),))
    opened = open_ledger(americas / "ledger.jsonl", path=project / "over" / "ledger.jsonl")
    append(opened, propose(99, record))
    _, out, _ = review("q", words=("--project", "over", "--document", "en-dhs-2022-10-22.txt"))
    assert "[evidence: Statement] from the Department of Homeland Security" in out


def test_two_people_review_one_after_the_other(review: Review, project: Path) -> None:
    (project / "overrides" / "pack.toml").write_text(
        (PACKS / "toy" / "pack.toml").read_text(encoding="utf-8") + "\n[ledger]\nacceptances = 2\n",
        encoding="utf-8",
    )
    _, out, _ = review("3", "7", "a", "q")
    assert "  waits for another name after Ana\n" in out
    assert "com:admit" not in review("q", by="ana")[1]
    _, out, _ = review("a", "q", by="Bea")
    assert " *3 quantity            7\n" in out
    assert "  waits for another name after Ana\n" in out
    assert "  accepted as com:admit\n" in out
    ledger = load_ledger(BELOW, project / "ledger.jsonl", acceptances={"*": 2})
    assert ledger.accepted()[-1].fields["quantity"] == 7


class _Interfering(io.StringIO):
    """Lines before the second of which somebody else writes to the ledger."""

    def __init__(self, lines: str, meanwhile: Callable[[], Any]) -> None:
        super().__init__(lines)
        self.meanwhile, self.read = meanwhile, 0

    def readline(self, *size: int) -> str:  # type: ignore[override]
        self.read += 1
        if self.read == 2:
            self.meanwhile()
        return super().readline(*size)


def test_nobody_decides_on_what_changed_before_their_eyes(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def meanwhile() -> None:
        opened = open_ledger(BELOW, path=project / "ledger.jsonl")
        append(opened, entry(Reject(TWO, "no"), "Bea"), entry(Accept(THREE), "Bea"))

    monkeypatch.setattr(sys, "stdin", _Interfering("a\na\na\n", meanwhile))
    assert call(["ledger", "review", "--by", "Ana"]) == 0
    out = capsys.readouterr().out
    assert "  somebody has decided here meanwhile; nothing was done\n" in out
    assert statuses(project) == ["accepted", "rejected", "accepted"]
    assert ledger_of(project).proposal(TWO).why == "no"


def test_no_type_has_more_fields_than_there_are_keys() -> None:
    assert all(len(fields.split()) + 5 <= len(FIELD_KEYS) for fields in FIELDS.values())
    assert not set(FIELD_KEYS) & set("armxnsuqh?")


def test_marks_within_marks_are_brackets_within_brackets() -> None:
    text = "more than 3 people came"
    marks = (Mark(0, 18, "evidence"), Mark(0, 18, "measures"), Mark(10, 11, "value"))
    assert bracketed(Passage(text, marks)) == "[measures: more than [value: 3] people] came"
    assert bracketed(Passage(text, marks[:1])) == "[evidence: more than 3 people] came"
    assert bracketed(Passage(text)) == text


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a terminal of its own")
@pytest.mark.parametrize("plain", [False, True])
def test_on_a_terminal_one_key_is_enough_and_slots_are_coloured(project: Path, plain: bool) -> None:
    keys = [b"5", b"2", b"a", b"r", b"=", b"no pledge\r", b"q"]
    code, out = _at_a_terminal(keys, {"NO_COLOR": "1"} if plain else {})
    assert code == 0
    assert statuses(project) == ["accepted", "rejected", "proposed"]
    ledger = ledger_of(project)
    assert ledger.accepted()[-1].fields["period"] == "2022-06-10"
    assert ledger.proposal(TWO).why == "no pledge"
    assert ("\x1b[" in out, "[period: by Friday]" in out) == (not plain, plain)


def _at_a_terminal(keys: list[bytes], environment: dict[str, str]) -> tuple[int, str]:
    """Run a review in a process with a terminal of its own, which presses a key at each question."""
    import pty

    child, terminal = pty.fork()
    if child == 0:
        os.environ.pop("NO_COLOR", None)
        package = str(Path(travesia.__file__).parents[1])
        os.environ.update({"TERM": "xterm", "COLUMNS": "200", "PYTHONPATH": package, **environment})
        code = f"from travesia.cli import call; raise SystemExit(call({['ledger', 'review', '--by', 'Ana']}))"
        os.execv(sys.executable, [sys.executable, "-c", code])
    out, seen, silent, last = b"", 0, 0, b""
    while silent < 60:
        if not select.select([terminal], [], [], 1)[0]:
            # A key that was pressed before it was waited for is lost, as it is to a person: press it again.
            silent += 1
            os.write(terminal, last)
            continue
        try:
            data = os.read(terminal, 65536)
        except OSError:
            break
        if not data:
            break
        silent, out = 0, out + data
        if keys and re.sub(rb"\x1b\[[?0-9;]*[a-zA-Z]", b"", out[seen:]).rstrip().endswith(b">"):
            seen, last = len(out), keys.pop(0)
            os.write(terminal, last)
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), out.decode()
