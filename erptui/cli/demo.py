"""`erptui demo`: the screens on a filled demo portfolio that is gone afterwards."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import click

from db.labels import N_
from erptui.cli.session import Session
from erptui.cli.verbs import Verb


@click.command(
    "demo",
    cls=Verb,
    help=N_("Open a filled demo portfolio. Change what you like: it is thrown away when the program ends."),
)
@click.pass_obj
def command(session: Session) -> int:
    """Open the demo."""
    from erptui.cli.open_screens import need_terminal, open_screens

    need_terminal()
    folder = Path(tempfile.mkdtemp(prefix="erptui-demo-"))
    try:
        return open_screens(session, make_demo_store(session, folder), throw_away=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_demo_store(session: Session, folder: Path) -> Path:
    """A filled demo store in `folder`."""
    from db.opening import create
    from erptui.demo import fill_demo
    from erptui.stores import open_store

    path = Path(folder).resolve() / "demo.db"
    create(path)
    with open_store(path, who=session.who) as store:
        fill_demo(store)
    return path
