"""The board of a phase as plain text, for a mail or a chat. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from db.choices import PackageStatus, PhaseId
from erptui.i18n import _, bracketed, labelled
from erptui.method.board import PackageLine
from screens.board_detail import when_of
from screens.glyphs import UNICODE as SIGNS
from screens.status_board_layout import Facts, waited_for


def board_text(engagement: str, phase: str, columns: Sequence[tuple[str, Sequence[PackageLine]]], facts: Facts) -> str:
    """The packages of a phase under their statuses, a line each; a status without packages is left out."""
    lines = [f"{engagement} {_(PhaseId(phase).label)}"]
    for status, packages in columns:
        if packages:
            lines += ["", bracketed(_(PackageStatus(status).label), len(packages))]
            lines += [f"- {_package_text(package, facts)}" for package in packages]
    return "\n".join(lines) + "\n"


def _package_text(package: PackageLine, facts: Facts) -> str:
    when, _role = when_of(package, facts.dates, facts.opened, facts.today)
    waits = waited_for(package, facts)
    awaited = labelled(_("Waits for"), waits) if waits else ""
    about = (package.owner or package.role, when, awaited)
    return f" {SIGNS.bullet} ".join((f"{package.code} {package.name}", *filter(None, about)))
