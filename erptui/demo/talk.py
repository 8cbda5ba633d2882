"""What is said in the demo: touches, lines of the notebook, promises, decisions, what was put off."""

from __future__ import annotations

from db.choices import Channel, NoteMark, PromiseSide, PromiseState
from db.models import Decision, DecisionWait, Note, Promise, Snooze, Touch, TouchPerson
from db.rank import spread
from erptui.demo.filling import Filling
from erptui.note_line import read_note

_TABLES = {"touches": "touch", "promises": "promise", "decisions": "decision"}


def tell(filling: Filling) -> None:
    """Write everything that was said in an engagement."""
    for kind, table in _TABLES.items():
        for told in filling.content.get(kind, ()):
            if "key" in told:
                filling.made[told["key"]] = (table, filling.edit.new_id())
    sources = _notes(filling)
    _touches(filling)
    _promises(filling, sources)
    _decisions(filling, sources)
    filling.edit.add_many(
        Snooze,
        [
            {
                "rule": told["rule"],
                "about_table": filling.row(told["about"])[0],
                "about_row": filling.row(told["about"])[1],
                "until": filling.days.day(told["until"]),
                "reason": told["reason"],
                "by": filling.colleague(told.get("by")),
            }
            for told in filling.content.get("put_off_lines", ())
        ],
    )


def _notes(filling: Filling) -> dict[str, str]:
    """Write the lines of the notebooks, and give the line from which a row came by the key of the row."""
    lines = [
        (notebook, at, *(line if isinstance(line, list) else (line, None)))
        for notebook in filling.content.get("notebooks", ())
        for at, line in enumerate(notebook["lines"])
    ]
    sources: dict[str, str] = {}
    rows = []
    for (notebook, at, text, key), rank in zip(lines, spread(len(lines)), strict=True):
        about = filling.row(notebook["on"]) if "on" in notebook else (None, None)
        became = filling.made[key] if key else (None, None)
        line = filling.edit.new_id()
        if key:
            sources.setdefault(key, line)
        hour, minute = map(int, notebook["at"].split(":"))
        rows.append(
            {
                "id": line,
                "engagement": filling.engagement,
                "person": about[1] if about[0] == "person" else None,
                "about_table": about[0],
                "about_row": about[1],
                "mark": NoteMark(read_note(text).mark),
                "text": text,
                "at": filling.days.moment(notebook["day"], f"{hour:02}:{min(59, minute + 2 * at):02}"),
                "rank": rank,
                "became_table": became[0],
                "became_row": became[1],
            }
        )
    filling.edit.add_many(Note, rows)
    return sources


def _touches(filling: Filling) -> None:
    rows, parts = [], []
    for told in filling.content.get("touches", ()):
        touch = filling.made[told["key"]][1] if "key" in told else filling.edit.new_id()
        rows.append(
            {
                "id": touch,
                "engagement": filling.engagement,
                "day": filling.days.day(told["day"]),
                "channel": Channel(told["channel"]),
                "text": told["text"],
                "next_on": filling.days.maybe(told.get("next")),
                "by": filling.colleague(told.get("by")),
            }
        )
        parts += [{"touch": touch, "person": filling.known[person]} for person in told["with"]]
    filling.edit.add_many(Touch, rows)
    filling.edit.add_many(TouchPerson, parts)


def _promises(filling: Filling, sources: dict[str, str]) -> None:
    filling.edit.add_many(
        Promise,
        [
            {
                "id": filling.made[told["key"]][1] if "key" in told else None,
                "engagement": filling.engagement,
                "text": told["text"],
                "side": PromiseSide(told["side"]),
                "person": filling.person(told.get("with")),
                "owner": filling.person(told.get("owner")),
                "due": filling.days.maybe(told.get("due")),
                "state": PromiseState(told.get("state", PromiseState.OPEN.id)),
                "settled_on": filling.days.maybe(told.get("settled")),
                "note": sources.get(told.get("key", "")),
            }
            for told in filling.content.get("promises", ())
        ],
    )


def _decisions(filling: Filling, sources: dict[str, str]) -> None:
    rows, waits = [], []
    for told in filling.content.get("decisions", ()):
        decision = filling.made[told["key"]][1] if "key" in told else filling.edit.new_id()
        rows.append(
            {
                "id": decision,
                "engagement": filling.engagement,
                "text": told["text"],
                "options": "\n".join(told.get("options", ())) or None,
                "decider": filling.person(told.get("decider")),
                "due": filling.days.maybe(told.get("due")),
                "decided_on": filling.days.maybe(told.get("decided")),
                "outcome": told.get("outcome"),
                "note": sources.get(told.get("key", "")),
            }
        )
        waits += [{"decision": decision, "package": filling.row(code)[1]} for code in told.get("waits", ())]
    filling.edit.add_many(Decision, rows)
    filling.edit.add_many(DecisionWait, waits)
