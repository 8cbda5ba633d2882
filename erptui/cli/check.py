"""`erptui check`: what is wrong with a store, damage and broken rules of the method."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from db.labels import N_
from erptui.cli import DONE, FINDINGS, output
from erptui.cli.session import Session
from erptui.cli.verbs import Verb, argument
from erptui.i18n import _, labelled, ngettext

if TYPE_CHECKING:
    from db.checks import Finding


@click.command(
    "check",
    cls=Verb,
    help=N_("Check a store for damage, lost references and broken rules of the method. Nothing is changed."),
)
@argument("path", N_("[STORE]"), required=False)
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
    findings = check(store) or _rules_broken(session, store)
    for finding in findings:
        said = labelled(_(finding.severity.label), labelled(finding.where, finding.text(_)))
        output.give(output.line(said) + "\n")
    if findings:
        count = ngettext("{count} finding", "{count} findings", len(findings)).format(count=len(findings))
        output.tell(_("{path}: {count}.").format(path=store, count=count))
        return FINDINGS
    output.tell(_("{path} is in order.").format(path=store))
    return DONE


def _rules_broken(session: Session, path: Path) -> list[Finding]:
    """What stands against the method; only a sound store is asked."""
    from erptui.method.checks import method_findings

    with session.open_store(path, read_only=True) as store:
        return method_findings(store)
