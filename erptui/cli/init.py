"""`erptui init`: make a store, empty or filled with the demo portfolio, for oneself or for a group."""

from __future__ import annotations

import os
import shlex
import stat
from contextlib import suppress
from pathlib import Path

import click

from db.errors import Refused
from db.labels import N_
from erptui.cli import output
from erptui.cli.session import Session, WrongUsage
from erptui.cli.verbs import Verb, argument, option
from erptui.i18n import _

OWN, SHARED, SHARED_FOLDER = 0o600, 0o660, 0o2770


@click.command(
    "init",
    cls=Verb,
    help=N_("Make a store: one file that only you can read, or with --group a file that a group of users shares."),
)
@argument("path", N_("STORE"))
@option("--demo", is_flag=True, help=N_("Fill it with the demo portfolio."))
@option("--group", metavar=N_("GROUP"), help=N_("Share it with this group of users."))
@click.pass_obj
def command(session: Session, path: str, demo: bool, group: str | None) -> None:
    """Make a store."""
    session.ask(store=path)
    target = Path(os.path.realpath(session.store_path))
    if session.read_only:
        raise WrongUsage(N_("--read-only and init do not go together: nothing was made."))
    members = _group(group) if group is not None else None
    made_folder = not target.parent.exists()
    from db.opening import create

    create(target, mode=OWN if members is None else SHARED)
    try:
        if members is not None:
            _share(target, members, made_folder)
        if demo:
            from erptui.demo import fill_demo

            with session.open_store(target) as store:
                fill_demo(store)
    except BaseException:
        target.unlink(missing_ok=True)
        if made_folder:
            _remove_if_empty(target.parent)
        raise
    output.tell(_("Made {path}.").format(path=target))
    if members is not None and not made_folder and not _shares(target.parent, members):
        folder = shlex.quote(str(target.parent))
        commands = f"chgrp {shlex.quote(str(group))} {folder} && chmod 2770 {folder}"
        output.tell(
            _("Its folder is not shared: nobody else can write the store before this is done: {commands}").format(
                commands=commands
            )
        )
    step = "" if demo else " new --name … --code … --start …"
    output.tell(_("Go on with: {command}").format(command=f"erptui --store {shlex.quote(str(target))}{step}"))


def _group(name: str) -> int:
    import grp

    try:
        return grp.getgrnam(name).gr_gid
    except KeyError:
        raise WrongUsage(N_("--group: there is no group “{group}” on this machine."), group=name) from None


def _share(path: Path, group: int, made_folder: bool) -> None:
    try:
        os.chown(path, -1, group)
        os.chmod(path, SHARED)
        if made_folder:
            os.chown(path.parent, -1, group)
            os.chmod(path.parent, SHARED_FOLDER)
    except OSError as error:
        raise Refused(
            N_("{path} can't be shared: {why}. Are you a member of the group? Nothing was made."),
            path=path,
            why=error.strerror,
        ) from None


def _shares(folder: Path, group: int) -> bool:
    """Whether the group may make files in the folder: SQLite keeps its journal beside the store."""
    status = os.stat(folder)
    return status.st_gid == group and bool(status.st_mode & stat.S_IWGRP)


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()
