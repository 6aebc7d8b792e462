"""Writing to a ledger: nothing accepted is lost, no two write at a time, an end cut off is noticed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_records import accept, amend, entry, invented, propose

from travesia.record import Accept, Ledger, Reject, append, load_ledger, open_ledger
from travesia.record.ledger.appending import TORN, WORK
from travesia.record.ledger.lines import chain_text
from travesia.record.ledger.locking import only_writer
from travesia.terms import InputError

WRITERS = Path(__file__).with_name("writing_process.py")
KILLS = 500


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.jsonl"


def ids(ledger: Ledger) -> list[str]:
    return [record.id for record in ledger.accepted()]


def test_what_is_appended_is_read_back_and_the_text_is_that_of_one_writing(path: Path) -> None:
    opened = append(open_ledger(path=path), accept(invented()))
    opened = append(opened, amend(invented(fields={})), propose(1))
    assert load_ledger(path) == opened.ledger
    assert path.read_text(encoding="utf-8") == chain_text(opened.ledger.entries)[0]
    assert append(open_ledger(path=path), entry(Reject("pro:0000000000000001", "no"))).end.rows == 4


def test_a_ledger_lies_over_those_below_which_stay_as_they_are(path: Path, tmp_path: Path) -> None:
    below = tmp_path / "pack.jsonl"
    below.write_text(chain_text([accept(invented())])[0], encoding="utf-8")
    before = below.read_bytes()
    append(open_ledger(below, path=path), amend(invented(fields={"mine": 1})))
    assert below.read_bytes() == before
    assert [dict(record.fields) for record in load_ledger(below, path).accepted()] == [{"mine": 1}]


def test_what_does_not_fit_is_not_written(path: Path) -> None:
    opened = append(open_ledger(path=path), accept(invented()))
    before = path.read_bytes()
    with pytest.raises(InputError, match="id com:places: is accepted twice; amend it"):
        append(opened, accept(invented("com:good")), accept(invented()))
    assert path.read_bytes() == before


def test_what_could_not_be_read_again_is_not_written(path: Path) -> None:
    opened = append(open_ledger(path=path), accept(invented()))
    with pytest.raises(InputError, match=r"jsonl:2: record\.certainty sure: is none of asserted"):
        append(opened, accept(invented("com:other", certainty="sure")))
    assert len(load_ledger(path).entries) == 1


def test_what_another_process_wrote_meanwhile_is_read_first(path: Path) -> None:
    mine = open_ledger(path=path)
    append(open_ledger(path=path), accept(invented("com:theirs")))
    mine = append(mine, accept(invented("com:mine")))
    assert ids(mine.ledger) == ids(load_ledger(path)) == ["com:theirs", "com:mine"]
    late = open_ledger(path=path)
    append(open_ledger(path=path), propose(1), entry(Accept("pro:0000000000000001")))
    with pytest.raises(InputError, match="is accepted already"):
        append(late, entry(Reject("pro:0000000000000001", "no")))


@given(st.integers(1, 2000))
def test_half_a_line_is_set_aside_and_every_whole_one_kept(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    path = tmp_path_factory.mktemp("cut") / "ledger.jsonl"
    entries = [accept(invented(f"com:c{n}")) for n in range(3)]
    text = chain_text(entries)[0].encode()
    ends = [at for at, byte in enumerate(text) if byte == ord("\n")]
    path.write_bytes(text[: -min(cut, len(text))])
    kept = path.stat().st_size
    # A line that only lacks its line feed is whole.
    whole = sum(end <= kept for end in ends)
    assert len(load_ledger(path).entries) == whole
    opened = append(open_ledger(path=path), accept(invented("com:new")))
    assert ids(load_ledger(path)) == ids(opened.ledger) == [f"com:c{n}" for n in range(whole)] + ["com:new"]
    torn = path.with_name(path.name + TORN)
    half = kept - (ends[whole - 1] + 1 if whole else 0)
    assert torn.exists() == (half > 0)
    if half > 0:
        note, rest = torn.read_bytes().split(b"\n", 1)
        assert f"after row {whole} of ledger.jsonl" in note.decode()
        assert rest == text[kept - half : kept] + b"\n"


def test_half_a_letter_at_the_end_is_half_a_line(path: Path) -> None:
    text = chain_text([accept(invented()), amend(invented())])[0].encode()
    path.write_bytes(text[: text.rindex("é".encode()) + 1])
    assert len(load_ledger(path).entries) == 1


def test_lines_cut_off_at_the_end_are_missed_where_they_were_written(path: Path) -> None:
    opened = open_ledger(path=path)
    for n in range(4):
        opened = append(opened, accept(invented(f"com:c{n}")))
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:2]), encoding="utf-8")
    with pytest.raises(InputError, match="jsonl:2: ends without row 4 as it was written here"):
        open_ledger(path=path)
    with pytest.raises(InputError, match="became shorter while it was open"):
        append(opened, accept(invented("com:more")))
    path.unlink()
    with pytest.raises(InputError, match="was removed while it was open"):
        append(opened, accept(invented("com:more")))
    path.write_text("".join(lines), encoding="utf-8")
    assert len(append(opened, accept(invented("com:more"))).ledger.entries) == 5


def test_what_is_made_from_a_ledger_is_left_out_of_version_control(path: Path) -> None:
    append(open_ledger(path=path), accept(invented()))
    assert (path.parent / WORK / ".gitignore").read_text() == "*\n"


def test_a_full_disk_leaves_the_file_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = append(open_ledger(path=path), accept(invented()))
    before, write = path.read_bytes(), os.write

    def full(handle: int, data: bytes) -> int:
        if len(data) < 100:
            return write(handle, data)
        if os.fstat(handle).st_size > len(before):
            raise OSError(28, "No space left on device")
        return write(handle, data[:100])

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space"):
        append(opened, amend(invented(fields={})))
    assert path.read_bytes() == before


def test_a_held_lock_is_named_and_one_left_behind_stops_nobody(path: Path) -> None:
    lock = path.with_suffix(".lock")
    lock.write_text("999999\n")
    with only_writer(lock), pytest.raises(InputError) as raised, only_writer(lock, patience_s=0):
        pass
    assert str(raised.value) == (
        f"{lock}: process {os.getpid()} is writing to this ledger; wait until it has ended, and try again"
    )
    with only_writer(lock):
        assert lock.read_text() == f"{os.getpid()}\n"


def test_a_disk_that_cannot_lock_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr("fcntl.flock", refuse)
    with pytest.raises(InputError, match=r"ledger\.lock: this disk cannot keep two writers apart \(No locks"):
        append(open_ledger(path=path), accept(invented()))
    assert not path.exists()


def test_many_writers_at_once_never_interleave(path: Path) -> None:
    def write(which: int) -> None:
        opened = open_ledger(path=path)
        for n in range(10):
            opened = append(opened, accept(invented(f"com:w{which}-{n}")))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(6)))
    assert sorted(ids(load_ledger(path))) == sorted(f"com:w{w}-{n}" for w in range(6) for n in range(10))


@pytest.fixture
def writers() -> Iterator[subprocess.Popen[str]]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(WRITERS.parent), *sys.path])}
    words = [sys.executable, str(WRITERS)]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, env=environment
    ) as process:
        yield process
        process.stdin.close()


def until_grown(path: Path, before: int) -> None:
    deadline = time.monotonic() + 30
    while not (path.exists() and path.stat().st_size > before) and time.monotonic() < deadline:
        time.sleep(0.001)


@pytest.mark.slow
def test_killed_five_hundred_times_nothing_accepted_is_lost(
    tmp_path: Path, writers: subprocess.Popen[str]
) -> None:
    chance, killed_while_writing = random.Random(5), 0
    for kill in range(KILLS):
        if kill % 20 == 0:
            path = tmp_path / f"after-{kill}" / "ledger.jsonl"
            path.parent.mkdir()
        before = path.stat().st_size if path.exists() else 0
        writers.stdin.write(f"{path} {kill * 1_000_000}\n")
        child = int(writers.stdout.readline())
        if kill % 2:
            # On a busy machine a writer may take long to begin; half of them are killed after they did.
            until_grown(path, before)
        time.sleep(chance.random() * 0.03)
        os.kill(child, signal.SIGKILL)
        assert writers.stdout.readline() == "dead\n"
        told = path.with_name("ledger.jsonl.told")
        promised = {f"com:n{line}" for line in told.read_text().split()} if told.exists() else set()
        assert promised <= set(ids(load_ledger(path) if path.exists() else Ledger(())))
        killed_while_writing += path.exists() and path.stat().st_size > before
        append(open_ledger(path=path), accept(invented(f"com:after{kill}")))
        assert {f"com:after{kill}", *promised} <= set(ids(load_ledger(path)))
    # Else the test has shown nothing.
    assert killed_while_writing > KILLS / 4
