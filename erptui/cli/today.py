"""`erptui today`: what needs you now and what lies ahead, over all engagements."""

from __future__ import annotations

import click

from db.labels import N_
from erptui.cli import output
from erptui.cli.session import Session
from erptui.cli.verbs import Verb, option
from erptui.i18n import _, labelled, ngettext, say


@click.command(
    "today",
    cls=Verb,
    help=N_("Show what needs you now and what lies ahead, over all engagements. Nothing is changed."),
)
@option("--project", metavar=N_("CODE"), help=N_("Only this engagement."))
@option("--all", "everything", is_flag=True, help=N_("Every matter on a line of its own, none folded by rule."))
@option("--json", "as_json", is_flag=True, help=N_("As JSON."))
@click.pass_obj
def command(session: Session, project: str | None, everything: bool, as_json: bool) -> None:
    """Print the page of Today."""
    from erptui import clock
    from erptui.attention.agenda import agenda_in
    from erptui.attention.matters import findings_in, fold
    from erptui.attention.page import Today, page
    from erptui.attention.scene import Scene
    from erptui.engagements import find_engagement

    day = clock.today()
    with session.open_store(read_only=True) as store:
        engagement = find_engagement(store, project).id if project else None
        scene = Scene(store, day, engagement)
        matters = findings_in(scene)
        ahead = agenda_in(scene)
    for unplanned, problem in scene.unplanned.items():
        output.tell(labelled(scene.codes.get(unplanned, unplanned), say(problem)))
    if as_json:
        output.give_json(
            {"needs": [_as_json(matter) for matter in matters], "ahead": [_as_json(line) for line in ahead]}
        )
        return
    first, folds = (matters, []) if everything else fold(matters)
    width = output.width()
    for line in page(Today(first, folds, ahead), width, day, wrap=True):
        output.give("".join(text for text, _style in line.spans).rstrip() + "\n")
    if matters:
        count = ngettext("{count} matter", "{count} matters", len(matters)).format(count=len(matters))
        output.tell(_("{count}. The screens settle them: erptui").format(count=count))


def _as_json(line: object) -> dict[str, object]:
    from dataclasses import asdict
    from datetime import date

    found: dict[str, object] = asdict(line)  # type: ignore[call-overload]
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in found.items()}
