"""What the imports of people share: their options, the way from a file to the store, and what is said about it."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.choices import Side
from db.labels import N_
from erptui.cli import DONE, FINDINGS, output
from erptui.cli.session import Session, WrongUsage
from erptui.cli.verbs import OneOf, option
from erptui.i18n import _

if TYPE_CHECKING:
    from erptui.contacts.bring_in import BroughtIn
    from erptui.exchange.contact import Contacts

STANDARD_INPUT = "-"


@dataclass(frozen=True)
class Asked:
    """What the command line asks of an import."""

    source: str
    project: str | None
    side: Side | None
    encoding: str | None
    dry_run: bool
    strict: bool
    update: bool
    as_json: bool

    @classmethod
    def of(cls, source: str, options: Mapping[str, Any]) -> Asked:
        """The values of `import_options`."""
        side = options["side"]
        return cls(source, **{**options, "side": Side(side) if side else None})

    @property
    def name(self) -> str:
        """What the file is called in messages and in the history."""
        return _("standard input") if self.source == STANDARD_INPUT else Path(self.source).name


def import_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every import of people takes."""
    for add in reversed(
        (
            option("--project", metavar=N_("CODE"), help=N_("New people are the client's of this engagement.")),
            option("--side", type=OneOf([side.id for side in Side]), help=N_("Whose the new people are.")),
            option("--encoding", metavar=N_("NAME"), help=N_("Its character encoding, where the guess is wrong.")),
            option("--dry-run", is_flag=True, help=N_("Say what would happen and write nothing.")),
            option("--strict", is_flag=True, help=N_("Import nothing when something would be left out.")),
            option("--update", is_flag=True, help=N_("Change people who are there already.")),
            option("--json", "as_json", is_flag=True, help=N_("Report it as JSON.")),
        )
    ):
        command = add(command)
    return command


def bring_people_in(session: Session, asked: Asked, read: Callable[[bytes], Contacts]) -> int:
    """Read the file, take its people into the store, say what became of them, and give the exit code."""
    from erptui.cli.import_report import as_json, tell_outcome

    # Thousands of contacts are made and none is dropped: looking for rubbish would only take time.
    gc.disable()
    try:
        # What can't be read is said before a store is opened.
        contacts, outcome = _brought_in(session, asked, read)
    finally:
        gc.enable()
    if asked.as_json:
        output.give_json(as_json(outcome, asked.source))
    else:
        tell_outcome(contacts, outcome, asked)
    return FINDINGS if outcome.refused else DONE


def _brought_in(session: Session, asked: Asked, read: Callable[[bytes], Contacts]) -> tuple[Contacts, BroughtIn]:
    from erptui.contacts.bring_in import bring_in, wishes_for

    contacts = read(_content(asked))
    with session.open_store(read_only=asked.dry_run) as store:
        wishes = wishes_for(
            store, asked.project, asked.side, update=asked.update, strict=asked.strict, dry=asked.dry_run
        )
        return contacts, bring_in(store, contacts, wishes, "" if asked.source == STANDARD_INPUT else asked.name)


def _content(asked: Asked) -> bytes:
    from erptui.exchange.encoding import MOST_BYTES
    from erptui.files import UnreadableFile, read_file

    if asked.source != STANDARD_INPUT:
        if not asked.source.strip() or "\0" in asked.source:
            raise WrongUsage(N_("import needs the name of a file, or - for standard input."))
        return read_file(Path(asked.source), MOST_BYTES)
    try:
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    except (OSError, ValueError, AttributeError):
        raise UnreadableFile(path=asked.name, why=N_("It is closed.")) from None
