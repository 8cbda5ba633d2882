"""People from files and into files: what is asked, read and written on the People screen."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import Busy, Problem
from db.labels import NP_
from erptui.contacts.reading import newest_file, read_people
from erptui.contacts.told import taken_text
from erptui.i18n import _, ngettext, say
from screens.export import ask_for_file
from screens.widgets.edit_line import Question

if TYPE_CHECKING:
    from collections.abc import Collection

    from db.store import Store
    from erptui.contacts.bring_in import BroughtIn
    from erptui.exchange.contact import Contacts
    from erptui.export_register import Exported
    from screens.people import PeopleScreen
    from screens.people_import import Taking
    from screens.store_screen import StoreScreen

DOWNLOADS = ("Downloads", "下载")


def folders() -> list[Path]:
    """Where files to be imported lie: the current folder, and what was downloaded."""
    return [Path.cwd(), *(Path.home() / name for name in DOWNLOADS)]


# In.


def ask_for_import(screen: PeopleScreen) -> None:
    """Ask for a file, the newest one preselected, and show what it would bring."""
    newest = newest_file(folders())

    def save(text: str) -> str | None:
        path = Path(os.path.expanduser(text.strip()))
        if not text.strip() or not path.is_file():
            return _("{path} is not a file. Type the name of a .vcf or .csv file.").format(path=text.strip() or "…")
        screen.say(_("Reading {file} …").format(file=path.name))
        _work(screen, partial(_look_through, screen, path))
        return None

    screen.ask(
        Question(
            _("Import people from:"),
            save,
            value=str(newest or ""),
            placeholder=_("a .vcf or .csv file"),
            anew=True,
            passing=True,
            verb=NP_("key", "Open"),
        )
    )


def _work(screen: StoreScreen, act: partial[None]) -> None:
    screen.run_worker(act, name="import", group="import", thread=True, exclusive=True, exit_on_error=False)


def _look_through(screen: PeopleScreen, path: Path) -> None:
    """Read the file and say what would become of it, writing nothing."""
    from erptui.contacts.bring_in import Wishes, bring_in

    try:
        contacts = read_people(path)
        snapshot = screen.store.snapshot()
        try:
            outcome = bring_in(snapshot, contacts, Wishes(dry=True))  # type: ignore[arg-type]  # a dry run only reads
        finally:
            snapshot.close()
    except Problem as problem:
        screen.app.call_from_thread(screen.say, say(problem), "error")
        return
    screen.app.call_from_thread(_show, screen, path, contacts, outcome)


def _show(screen: PeopleScreen, path: Path, contacts: Contacts, outcome: BroughtIn) -> None:
    from screens.people_import import ImportScreen

    def take(taking: Taking | None) -> None:
        if taking is not None:
            screen.say(_("Importing {file} …").format(file=path.name))
            _work(screen, partial(_take, screen, path, contacts, taking))

    screen.footer.clear()
    screen.app.push_screen(ImportScreen(path.name, contacts, outcome), take)


def _take(screen: PeopleScreen, path: Path, contacts: Contacts, taking: Taking) -> None:
    """Take the people in as one step, through a store of the worker's own."""
    from erptui.contacts.bring_in import bring_in, wishes_for
    from erptui.stores import open_store

    own = screen.store
    try:
        with open_store(own.path, who=own.who) as store:
            store.on_busy = partial(_tell_who_is_waited_for, screen)
            wishes = wishes_for(store, taking.project, None, update=taking.update, strict=False, dry=False)
            outcome = bring_in(store, contacts, wishes, path.name)
    except Problem as problem:
        screen.app.call_from_thread(screen.say, say(problem), "error")
        return
    screen.app.call_from_thread(_taken, screen, path, outcome)


def _tell_who_is_waited_for(screen: PeopleScreen, busy: Busy, rest: float) -> None:
    # Without a rest it is refused, and that names them.
    if rest and busy.who:
        screen.app.call_from_thread(screen.say, _("Waiting for {who} …").format(who=busy.who))


def _taken(screen: PeopleScreen, path: Path, outcome: BroughtIn) -> None:
    screen.erp.see_others()
    screen.say_done(_("{count} from {file}").format(count=taken_text(outcome), file=path.name))


# Out.


def ask_for_csv(screen: PeopleScreen) -> None:
    """Ask for a file and write who is shown, or selected, as a list for a spreadsheet."""
    from erptui.export_register import export_csv

    audience, project, only = _whose(screen)
    ask_for_file(
        screen,
        _("CSV file:"),
        "people.csv",
        lambda store, path, replace: _write(path, replace, export_csv(store, "people", project, audience, only)),
    )


def ask_for_vcards(screen: PeopleScreen) -> None:
    """Ask for a file and write who is shown, or selected, as vCards."""
    from erptui.export_register import export_vcards

    audience, project, only = _whose(screen)

    def write(store: Store, path: Path, replace: bool) -> str:
        return _write(path, replace, export_vcards(store, project, audience, only))

    ask_for_file(screen, _("vCard file:"), "people.vcf", write)


def _whose(screen: PeopleScreen) -> tuple[str, str | None, Collection[str]]:
    """Who will read the file, the engagement whose people a client may have, and who was chosen."""
    engagement = screen.erp.engagement
    audience = screen.erp.audience
    project = engagement.code if engagement and audience != "internal" else None
    return audience, project, frozenset(str(row[0]) for row in screen.view.copied_rows)


def _write(path: Path, replace: bool, exported: Exported) -> str:
    from erptui.files import write_file

    write_file(path, exported.content, replace=replace)
    count = ngettext("{count} person", "{count} people", exported.rows).format(count=exported.rows)
    text = _("{count} written to {path}.").format(count=count, path=path)
    if exported.held_back:
        left = _("Left out, because they are not to be contacted: {count}.").format(count=exported.held_back)
        return f"{text} {left}"
    return text
