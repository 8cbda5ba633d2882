"""`erptui doctor`: whether erptui can work on this machine, in this terminal, with this store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from db.labels import N_
from erptui.cli import DONE, FINDINGS, output
from erptui.cli.session import Session
from erptui.cli.verbs import Verb, option
from erptui.i18n import _, labelled, ngettext

if TYPE_CHECKING:
    from erptui.doctor.finding import Finding

INDENT = 2


@click.command(
    "doctor",
    cls=Verb,
    help=N_(
        "Look at Python, SQLite, the store, its folders, the locale and the terminal, and say what to do. Nothing is"
        " changed."
    ),
)
@option("--json", "as_json", is_flag=True, help=N_("As JSON."))
@click.pass_obj
def command(session: Session, as_json: bool) -> int:
    """Say what was found; 1 when something keeps erptui from working."""
    from erptui.doctor.examine import examine, fit

    found = examine(session.store_path, named=session.store_named)
    code = DONE if fit(found) else FINDINGS
    if as_json:
        output.give_json({"fit": code == DONE, "findings": [_as_json(finding) for finding in found]})
        return code
    for finding in found:
        _tell(finding)
    output.tell(_summary(found))
    return code


def _tell(finding: Finding) -> None:
    from erptui.cells import wrap
    from erptui.doctor.finding import Verdict

    said = labelled(_(finding.label), finding.told(_))
    if finding.verdict is not Verdict.FINE:
        said = labelled(_(finding.verdict.label), said)
    output.give(output.line(said) + "\n")
    for line in wrap(finding.advised(_), max(20, output.width() - INDENT)):
        output.give(" " * INDENT + output.line(line) + "\n")
    if finding.command:
        output.give(" " * 2 * INDENT + output.line(finding.typed()) + "\n")


def _summary(found: list[Finding]) -> str:
    from erptui.doctor.finding import Verdict

    faults, remarks = (
        sum(finding.verdict is verdict for finding in found) for verdict in (Verdict.FAULT, Verdict.REMARK)
    )
    if faults:
        sentence = ngettext(
            "{count} fault keeps erptui from working here.", "{count} faults keep erptui from working here.", faults
        )
        return sentence.format(count=faults)
    if remarks:
        return ngettext("erptui works here; {count} remark.", "erptui works here; {count} remarks.", remarks).format(
            count=remarks
        )
    return _("erptui works here.")


def _as_json(finding: Finding) -> dict[str, object]:
    return {
        "topic": finding.topic,
        "verdict": finding.verdict.id,
        "value": finding.value,
        "said": finding.told(_),
        "advice": finding.advised(_),
        "command": finding.typed(),
    }
