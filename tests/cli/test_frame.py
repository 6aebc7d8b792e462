"""The command line as a whole: what it lists, what it loads, and how it fails."""

from __future__ import annotations

import errno
import os
import re
import signal
import subprocess
import sys
import types
from pathlib import Path
from typing import Annotated, Literal

import pytest
import typer

import travesia.cli
from travesia.cli import COMMANDS, Command, build_app, call
from travesia.terms import PackError, TravesiaError
from travesia.version import __version__

ROOT = Path(__file__).parents[2]


@pytest.fixture
def command(monkeypatch):
    """Put one command of a test's own in the table."""

    def add(function, name="probe"):
        module = types.ModuleType("probe_commands")
        module.probe = function
        monkeypatch.setitem(sys.modules, "probe_commands", module)
        monkeypatch.setattr(
            travesia.cli, "COMMANDS", (*COMMANDS, Command(name, "probe_commands", "probe", "Probe."))
        )

    return add


def raiser(error):
    def fail() -> None:
        raise error

    return fail


def test_help_lists_every_command_with_its_line(travesia):
    shown = travesia("--help")
    assert shown.code == 0
    listed = re.findall(r"^  ([a-z]+)  +(.+)$", shown.out.split("Commands:")[1], re.MULTILINE)
    assert listed == [(command.name, command.help) for command in COMMANDS]
    assert travesia().out == shown.out, "without words, help is shown"
    assert travesia("-h").out == shown.out


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_listed_command_exists_and_explains_itself_and_each_option(travesia, command):
    shown = travesia(command.name, "--help")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith(f"Usage: travesia {command.name} ")
    group = typer.main.get_command(build_app(command.name))
    for option in group.commands[command.name].params:
        assert getattr(option, "help", None), f"{command.name} {option.name} has no help"


def test_the_version(travesia):
    assert travesia("--version").out == f"travesia {__version__}\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nonsense"], "error: No such command 'nonsense'; see `travesia --help`\n"),
        (["--nonsense"], "error: No such option: --nonsense; see `travesia --help`\n"),
        (["check", "--nonsense"], "error: No such option: --nonsense; see `travesia check --help`\n"),
    ],
)
def test_words_that_are_off_are_one_line_and_exit_2(travesia, words, said):
    shown = travesia(*words)
    assert (shown.code, shown.out, shown.err) == (2, "", said)


@pytest.mark.parametrize(
    "words",
    [
        ["--n", "x"],
        ["--n", "0"],
        ["--n"],
        ["--lang", "xx"],
        ["--flag=1"],
        ["a", "b"],
        ["--o=1"],
        ["--n", "1", "--n"],
    ],
    ids=" ".join,
)
def test_every_kind_of_wrong_option_is_one_line(travesia, command, words):
    def probe(
        n: Annotated[int, typer.Option(min=1)] = 1, lang: Literal["en", "es"] = "en", flag: bool = False
    ) -> None: ...

    command(probe)
    shown = travesia("probe", *words)
    assert (shown.code, shown.out) == (2, "")
    assert re.fullmatch(r"error: [^\n]+; see `travesia probe --help`\n", shown.err)


def test_a_missing_argument_is_one_line(travesia, command):
    def probe(kind: Annotated[Literal["a", "b"], typer.Argument()]) -> None: ...

    command(probe)
    shown = travesia("probe")
    assert shown.code == 2
    assert shown.err.startswith("error: Missing argument")
    assert shown.err.count("\n") == 1


def test_an_error_of_the_tree_is_its_one_line_and_its_exit_code(travesia, command):
    command(raiser(PackError("routes.csv", "is too\nsmall", "mend it", row=7, column="km", value="-4")))
    shown = travesia("probe")
    assert (shown.code, shown.out) == (2, "")
    assert shown.err == "error: routes.csv:7: km -4: is too small; mend it\n"


def test_a_long_error_is_not_wrapped(travesia, command, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    command(raiser(TravesiaError("word " * 100)))
    assert travesia("probe").err.count("\n") == 1


def test_a_file_that_the_system_refuses_is_one_line(travesia, command, tmp_path):
    command(lambda: (tmp_path / "none" / "x").write_text("x"))
    shown = travesia("probe")
    assert shown.code == 2
    assert (
        shown.err == f"error: {tmp_path}/none/x: No such file or directory; check the path and its rights\n"
    )


def test_a_full_disk_is_one_line(travesia, command):
    command(raiser(OSError(errno.ENOSPC, "No space left on device")))
    shown = travesia("probe")
    assert (shown.code, shown.err) == (2, "error: the disk is full; make room or choose another --out\n")


def test_a_defect_is_not_dressed_as_the_users_mistake(command):
    command(raiser(ZeroDivisionError("defect")))
    with pytest.raises(ZeroDivisionError):
        call(["probe"])
    command(raiser(OSError("no file named")))
    with pytest.raises(OSError, match="no file"):
        call(["probe"])


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), typer.Abort()], ids=lambda error: type(error).__name__
)
def test_ctrl_c_exits_with_130_and_says_nothing(travesia, command, error):
    command(raiser(error))
    assert vars(travesia("probe")) == {"code": 130, "out": "", "err": ""}


def test_what_fails_while_a_command_is_given_up_is_part_of_it(travesia, command):
    def half_written() -> None:
        try:
            raise KeyboardInterrupt
        finally:
            raise ValueError("an archive is still being written")

    command(half_written)
    assert vars(travesia("probe")) == {"code": 130, "out": "", "err": ""}


def test_a_command_sets_the_exit_code(travesia, command):
    command(raiser(typer.Exit(1)))
    assert travesia("probe").code == 1
    command(lambda: None)
    assert travesia("probe").code == 0


def test_a_group_of_commands_may_stand_in_the_table(travesia, command):
    group = typer.Typer()

    @group.command("one")
    def one() -> None:
        """Do one thing."""
        sys.stdout.write("one\n")

    group.command("two")(lambda: None)
    command(group)
    assert travesia("probe", "one").out == "one\n"
    assert "Do one thing." in travesia("probe", "--help").out
    assert travesia("probe", "three").err == "error: No such command 'three'; see `travesia probe --help`\n"


def loaded_by(*words):
    show = "sys.stderr.write(' '.join(sys.modules))"
    script = f"import sys\nfrom travesia.cli import call\ncall({list(words)!r})\n{show}"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(run.stderr.split())


def test_help_loads_no_command_and_no_heavy_library():
    modules = loaded_by("--help")
    assert not modules & {"numpy", "polars", "numba", "pydantic", "altair", "highspy", "rich"}
    rooms = {name for name in modules if name.startswith("travesia.")}
    assert {name.split(".")[1] for name in rooms} == {"cli", "terms", "version"}
    assert not rooms & {command.module for command in COMMANDS}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_at_once_and_leaves_nothing_even_with_a_busy_thread(tmp_path, number):
    script = Path(__file__).parent / "interrupted.py"
    out = tmp_path / "out"
    with subprocess.Popen(
        [sys.executable, script, out], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "ready\n"
        assert len(list(tmp_path.iterdir())) == 1
        process.send_signal(number)
        rest, said = process.communicate(timeout=60)
    assert (process.returncode, rest, said) == (130, "", "")
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_leaves_early_causes_no_complaint():
    read, write = os.pipe()
    os.close(read)
    script = "from travesia.cli import main; main()"
    try:
        run = subprocess.run(
            [sys.executable, "-c", script, "--help"], stdout=write, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(write)
    assert run.stderr == b""


def test_the_citation_names_this_version():
    assert f"version: {__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
