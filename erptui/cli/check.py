"""`erptui check`: what is wrong with a store, damage and broken rules of the method."""

from __future__ import annotations

import os
from pathlib import Path

import click

from db.errors import Problem
from db.labels import N_
from erptui.cli import DONE, FINDINGS, output
from erptui.cli.session import Session
from erptui.cli.verbs import Verb
from erptui.i18n import _, ngettext, say


@click.command(
    "check",
    cls=Verb,
    help=N_("Check a store for damage, lost references and broken rules of the method. Nothing is changed."),
)
@click.argument("path", metavar="STORE", required=False)
@click.pass_obj
def command(session: Session, path: str | None) -> int:
    """Check a store."""
    from db.checks import check
    from db.opening import StoreMissing

    if path is not None:
        session.ask(store=path)
    store = session.store_path
    if not os.path.lexists(store):
        raise StoreMissing(path=store)
    findings = [
        f"{_(finding.severity.label)}: {finding.where}: {finding.text(_)}" for finding in check(store)
    ] or _rules_broken(session, store)
    for finding in findings:
        output.give(output.line(finding) + "\n")
    if findings:
        count = ngettext("{count} finding", "{count} findings", len(findings)).format(count=len(findings))
        output.tell(_("{path}: {count}.").format(path=store, count=count))
        return FINDINGS
    output.tell(_("{path} is in order.").format(path=store))
    return DONE


def _rules_broken(session: Session, path: Path) -> list[str]:
    """The plans that can't be computed."""
    from erptui.engagements import engagements
    from erptui.plan_dates import dates_of

    broken = []
    with session.open_store(path, read_only=True) as store:
        for engagement in engagements(store):
            try:
                dates_of(store, engagement.id)
            except Problem as problem:
                broken.append(f"{_('error')}: {engagement.code}: {say(problem)}")
    return broken
