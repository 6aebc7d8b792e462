"""The command line: one table of commands, one place where errors become one line.

A command's module is imported only when that command is called, so that ``travesia --help`` is quick.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Annotated, Any

import typer

from travesia.terms import TravesiaError
from travesia.version import __version__

INTERRUPTED = 130


@dataclass(frozen=True)
class Command:
    """A command: its name, the module and function (or group of commands) behind it, its one line of help."""

    name: str
    module: str
    attribute: str
    help: str

    def load(self) -> Any:
        """Import the module and return the command function or the group."""
        return getattr(import_module(self.module), self.attribute)


COMMANDS = (
    Command("run", "travesia.cli.run", "run", "Answer a question from a pack: a study with its report."),
    Command("check", "travesia.cli.check", "check", "Check a pack and list every finding."),
    Command(
        "simulate",
        "travesia.cli.simulate",
        "simulate",
        "Run one scenario and write who is where, day by day.",
    ),
    Command("share", "travesia.cli.share", "share", "Divide people or money among states by a key."),
    Command(
        "assign", "travesia.cli.assign", "assign", "Recommend a place for every case, with a certificate."
    ),
    Command("award", "travesia.cli.award", "award", "Divide money among states by what they need."),
    Command("read", "travesia.cli.read", "read", "Read documents and propose records, each cited."),
    Command("track", "travesia.cli.track", "track", "Compare what was pledged, needed and delivered."),
    Command("ledger", "travesia.cli.ledger", "group", "Read, check and decide what a ledger holds."),
    Command(
        "import",
        "travesia.cli.import_",
        "group",
        "Make a pack of what another program reads, or keep deliveries.",
    ),
    Command("init", "travesia.cli.init", "init", "Start a project folder of your own over a pack."),
)
"""Every command that works, in the order of ``travesia --help``."""


def build_app(*names: str) -> typer.Typer:
    """Build the application; only the commands in `names` are imported, the others just listed."""
    app = typer.Typer(
        name="travesia",
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_front)
    for command in COMMANDS:
        target = command.load() if command.name in names else _listed
        if isinstance(target, typer.Typer):
            app.add_typer(target, name=command.name, short_help=command.help)
        else:
            app.command(command.name, short_help=command.help)(target)
    return app


def call(words: Sequence[str]) -> int:
    """Run a command line and return its exit code; what a user can mend is one line on stderr."""
    try:
        return _call(list(words) or ["--help"])
    except BaseException as error:
        if _was_interrupted(error):
            return INTERRUPTED
        raise


def _call(words: list[str]) -> int:
    try:
        result = build_app(words[0])(words, prog_name="travesia", standalone_mode=False)
    except TravesiaError as error:
        return _fail(str(error), error.exit_code)
    except typer.TyperException as error:
        asked = [command.name for command in COMMANDS if command.name == words[0]]
        page = " ".join(["travesia", *asked, "--help"])
        return _fail(f"{error.format_message().rstrip('.')}; see `{page}`", 2)
    except BrokenPipeError:
        return _hang_up()
    except OSError as error:
        if error.errno == errno.ENOSPC:
            return _fail("the disk is full; make room or choose another --out", 2)
        if error.filename is None:
            raise
        return _fail(f"{error.filename}: {error.strerror}; check the path and its rights", 2)
    return result if isinstance(result, int) else 0


def _was_interrupted(error: BaseException | None) -> bool:
    """Whether somebody gave up; what fails meanwhile, as an archive that is half written, is part of it."""
    while error is not None:
        if isinstance(error, (KeyboardInterrupt, typer.Abort)):
            return True
        error = error.__cause__ or error.__context__
    return False


def main() -> None:
    """Entry point of the console script."""
    # Being told to end is the same as Ctrl-C: nothing half-written stays.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    code = call(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        code = _hang_up()
    if code == INTERRUPTED and _threads_at_work():
        # They may be deep in compiled code; leaving the usual way would wait for them.
        os._exit(INTERRUPTED)
    sys.exit(code)


def _threads_at_work() -> bool:
    return any(not thread.daemon for thread in threading.enumerate() if thread is not threading.main_thread())


def _print_version(asked: bool) -> None:
    if asked:
        sys.stdout.write(f"travesia {__version__}\n")
        raise typer.Exit


def _front(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    """Who moves, where do they arrive, who takes responsibility, and were the promises kept."""


def _listed() -> None:
    raise AssertionError("a command that is only listed was called")


def _fail(text: str, code: int) -> int:
    sys.stderr.write(f"error: {' '.join(text.split())}\n")
    return code


def _hang_up() -> int:
    # The reader has gone (`travesia ... | head`): nothing more to say, and no complaint at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1
