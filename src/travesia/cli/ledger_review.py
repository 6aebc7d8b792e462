"""``travesia ledger review``: one proposal after the other, each decision written at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from travesia.cli.ledger_decisions import person
from travesia.cli.ledger_files import By, ProjectFolder, open_project
from travesia.cli.ledger_lists import RecordType
from travesia.cli.output import say
from travesia.cli.review_documents import Shelf
from travesia.cli.review_keys import OWN_WORDS, Answers, InputEndedError, answers
from travesia.cli.review_shown import FIELD_KEYS, HELP, show_candidates, show_fields, show_view
from travesia.terms import TravesiaError, UsageError

if TYPE_CHECKING:
    from travesia.record import Command, Ledger, OpenLedger, Review, View

PROMPT = "a accept, 1-9 A-Z field, e words, r reject, m merge, x split, n note, s skip, u undo, q quit, ? > "
ENDED = "u undoes the last decision, q ends > "


def review(
    by: By,
    project: ProjectFolder = ".",
    kind: Annotated[RecordType | None, typer.Option("--type", help="Only proposals of this type.")] = None,
    document: Annotated[
        str | None,
        typer.Option("--document", metavar="ID", help="Only this document, by id or name of its file."),
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="At most so many proposals.")
    ] = None,
) -> None:
    """Walk through open proposals, document by document: accept, edit, reject, merge, split, undo.

    Each decision is written at once, so that you may quit at any moment; the next review goes on with what is
    open. Answers are single keys on a terminal, and lines anywhere else.
    """
    from travesia.record import start_review

    who = person(by)
    opened = open_project(project)
    shelf = Shelf.of(project)
    chosen = None if document is None else _document(opened.ledger, shelf, document)
    state = start_review(opened.ledger, who, kind=kind, document=chosen, limit=limit)
    desk = Desk(opened, state, answers(), shelf)
    try:
        desk.work()
    except InputEndedError:
        say("")
    ledger = desk.opened.ledger
    told = f"{desk.state.accepted} of {len(desk.state.queue)} accepted"
    say(f"{told}; {len(ledger.proposed())} proposals are open: they reach no model")


@dataclass
class Desk:
    """A review at work: the ledger it writes to, where it stands, who answers."""

    opened: OpenLedger
    state: Review
    answers: Answers
    shelf: Shelf
    warned: bool = False

    def work(self) -> None:
        """Ask and do until the person quits; raises `InputEndedError` when nobody answers any more."""
        shown: str | None = None
        while True:
            present = self.state.present
            if present is None:
                say("")
                say("nothing is left to decide here")
                if not self._may_undo() or self.answers.key(ENDED) != "u":
                    return
                self._try(self._command("undo"))
                shown = None
                continue
            if present.id != shown:
                show_view(self.view())
                shown = present.id
            key = self.answers.key(PROMPT)
            if key == "q" and not self._must_warn():
                return
            if key == "":
                shown = None
            elif key != "q":
                shown = self._answer(key, shown)

    def view(self) -> View:
        """Return what is to be seen of the present proposal."""
        from travesia.record import view_of

        source = self.state.draft.cites[0].source
        return view_of(self.state, self.shelf.text(source), self.shelf.rows.get(source, {}))

    def _answer(self, key: str, shown: str | None) -> str | None:
        """Do what a key says; return what is on the screen then."""
        self.warned = False
        if key in ("?", "h"):
            say(HELP)
            return shown
        command = self._asked(key)
        if command is None:
            return shown
        if not self._try(command):
            return shown
        if command.do in ("set", "choose"):
            show_fields(self.view())
            return shown
        return shown if command.do == "note" else None

    def _asked(self, key: str) -> Command | None:
        """Return the command of a key, having asked for what it needs; nothing where it was called off."""
        simple = {"a": "accept", "s": "skip", "u": "undo"}
        if key in simple:
            return self._command(simple[key])
        if len(key) == 1 and key in FIELD_KEYS:
            return self._field(FIELD_KEYS.index(key))
        asking: Mapping[str, Callable[[], Command | None]] = {
            "e": self._evidence, "r": self._reject, "m": self._merge, "x": self._split, "n": self._note,
        }  # fmt: skip
        if key not in asking:
            say(f"{key}: no such key; ? lists them")
            return None
        return asking[key]()

    def _field(self, place: int) -> Command | None:
        fields = self.view().fields
        if place >= len(fields):
            say(f"{FIELD_KEYS[place]}: no field has this key")
            return None
        seen = fields[place]
        if seen.words:
            say(f"  one of {', '.join(seen.words)}")
        if seen.candidates:
            show_candidates(seen, "  ")
            found = self.answers.pick(f"  {seen.name}, number or = value > ", len(seen.candidates))
            if found and not found.startswith(OWN_WORDS):
                return self._command("choose", seen.name, found)
            found = found.removeprefix(OWN_WORDS).strip()
        else:
            found = self.answers.line(f"  {seen.name} {seen.text or '(empty)'} > ")
        if not found:
            say("  nothing changed")
            return None
        return self._command("set", seen.name, "" if found == "-" else found)

    def _evidence(self) -> Command | None:
        from travesia.record import Command, cite_of

        text = self.shelf.text(self.state.draft.cites[0].source)
        if text is None:
            say("  the text is withheld or not kept here; its words cannot be looked up")
            return None
        found = self.answers.line("  its words as they stand, + before them for more evidence > ")
        if not found:
            say("  nothing changed")
            return None
        beside, quote = found.startswith("+"), found.removeprefix("+").strip()
        try:
            return Command("cite", text="beside" * beside, evidence=cite_of(self.state.draft, text, quote))
        except UsageError as error:
            say(f"  {error}")
            return None

    def _reject(self) -> Command | None:
        from travesia.record import REASONS

        for place, reason in enumerate(REASONS, start=1):
            say(f"  {place} {reason}")
        return self._picked("reject", "  why, number or = words > ", len(REASONS))

    def _merge(self) -> Command | None:
        doubles = self.view().doubles
        for place, double in enumerate(doubles, start=1):
            say(f"  {place} {double.id} {double.name}: {double.reason}")
        return self._picked("merge", "  with, number or = id > ", len(doubles))

    def _picked(self, do: str, prompt: str, count: int) -> Command | None:
        found = self.answers.pick(prompt, count)
        if not found:
            say("  nothing changed")
            return None
        return self._command(do, text=found.removeprefix(OWN_WORDS).strip())

    def _split(self) -> Command | None:
        fields = [seen.name for seen in self.view().fields]
        parts: dict[str, tuple[str, ...]] = {}
        while name := self.answers.line("  field by key or name, Enter when done > "):
            if len(name) == 1 and name in FIELD_KEYS[: len(fields)]:
                name = fields[FIELD_KEYS.index(name)]
            values = self.answers.line(f"  {name} of each part, | between them > ")
            parts[name] = tuple(part.strip() for part in values.split("|"))
        return self._command("split", parts=parts) if parts else None

    def _note(self) -> Command | None:
        found = self.answers.line("  note > ")
        return self._command("note", text=found) if found else None

    def _command(
        self, do: str, slot: str = "", text: str = "", parts: Mapping[str, tuple[str, ...]] | None = None
    ) -> Command:
        from travesia.record import Command

        return Command(do, slot, text, parts or {})  # type: ignore[arg-type]

    def _try(self, command: Command) -> bool:
        """Do a command and write what comes of it; say why if it cannot be done."""
        from travesia.record import append, now_utc, refreshed, step

        before = self._seen()
        self._on(refreshed(self.opened))
        if self._seen() != before:
            say("  somebody has decided here meanwhile; nothing was done")
            return True
        try:
            outcome = step(self.state, command, now_utc())
        except TravesiaError as error:
            say(f"  {error}")
            return False
        self.state = outcome.review
        if outcome.entries:
            self._on(append(self.opened, *outcome.entries))
        if outcome.said:
            say(f"  {outcome.said}")
        return True

    def _on(self, opened: OpenLedger) -> None:
        from travesia.record import on_ledger

        self.opened = opened
        self.state = on_ledger(self.state, opened.ledger)

    def _seen(self) -> object:
        """Return what a decision rests on: which proposal, as it was shown."""
        if self.state.present is None:
            return None
        view = self.view()
        return view.id, view.fields, view.accepted_by

    def _must_warn(self) -> bool:
        if not self.state.drafts or self.warned:
            return False
        say("  the edits are not accepted yet: a accepts with them, q again drops them")
        self.warned = True
        return True

    def _may_undo(self) -> bool:
        from travesia.record import decided_by

        return bool(self.state.left or decided_by(self.state.ledger, self.state.by))


def _document(ledger: Ledger, shelf: Shelf, name: str) -> str:
    """Return the id of a document that proposals cite, given by it or by the name of its file."""
    cited = {one.record.cites[0].source for one in ledger.proposals()}
    by_file = {row.get("file"): key for key, row in shelf.rows.items() if key in cited}
    found = name if name in cited else by_file.get(name)
    if found is None:
        raise UsageError(f"--document {name}: no proposal cites it; see documents/index.csv")
    return found
