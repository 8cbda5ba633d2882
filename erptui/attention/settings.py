"""Putting a matter off, silencing a rule, giving it a threshold of one's own: each one step that can be undone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from db.labels import N_
from db.models import RuleSetting, Snooze
from erptui.attention.rules import BadThreshold, NoSuchRule, shipped_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.edit import Edit
    from db.store import Reader, Store
    from erptui.attention.lines import Matter

LARGEST = 100_000
"""The largest threshold: more than anybody waits for or counts."""


def snooze(store: Store, matters: Sequence[Matter], until: date, reason: str) -> None:
    """Keep the rows of these matters quiet before the day `until`; what is new of the same rule still shows.

    The reason stays in the history. Raises what `Store.edit` raises.
    """
    rows = [(matter.rule, table, row) for matter in matters for table, row in matter.rows]
    before = _kept(store, "snooze", ("rule", "about_table", "about_row"))
    with store.edit(N_("Put off"), about=reason) as edit:
        told = {"until": until, "reason": reason, "by": store.who}
        for rule, table, row in dict.fromkeys(rows):
            kept = before.get((rule, table, row), ())
            for one in kept:
                # Changed, not deleted and made anew: what nobody deleted has no place in the trash.
                edit.change(Snooze, one, None, **told)
            if not kept:
                edit.create(Snooze, rule=rule, about_table=table, about_row=row, **told)


def bring_back(store: Store, matters: Sequence[Matter], today: date) -> None:
    """Let what was put off speak again from today on. Raises what `Store.edit` raises."""
    before = _kept(store, "snooze", ("rule", "about_table", "about_row"))
    with store.edit(N_("Bring back"), about=matters[0].text) as edit:
        for matter in matters:
            for table, row in matter.rows:
                for one in before.get((matter.rule, table, row), ()):
                    edit.change(Snooze, one, None, until=today)


def mute(store: Store, rule: str, engagement: str | None, muted: bool = True) -> None:
    """Silence a rule in an engagement, or in all (None); `muted=False` lets it speak again. Raises `NoSuchRule`.

    In all means also in those that have settings of their own; afterwards one of them can be set apart again.
    """
    _known(rule)
    label = N_("Mute rule") if muted else N_("Unmute rule")
    with store.edit(label, about=rule) as edit:
        _set(store, edit, rule, engagement, "", muted=muted)
        if engagement is None:
            for (setting,) in store.rows(
                "SELECT id FROM rule_setting WHERE rule = ? AND engagement IS NOT NULL AND threshold_class IS NULL",
                (rule,),
            ):
                edit.change(RuleSetting, setting, None, muted=muted)


def set_threshold(store: Store, rule: str, klass: str, value: int | None, engagement: str | None) -> None:
    """Give a rule another threshold in an engagement, or in all; `klass` of those it tells apart, empty for each.

    None takes it back to what the template says. Raises `NoSuchRule`, `BadThreshold`.
    """
    _known(rule, klass)
    if value is not None and not 0 <= value <= LARGEST:
        raise BadThreshold(rule=rule, value=value, least=0, most=LARGEST)
    with store.edit(N_("Set threshold"), about=rule) as edit:
        _set(store, edit, rule, engagement, klass, threshold=value)


def reset(store: Store, rule: str, engagement: str | None) -> None:
    """Take a rule back to the template in all engagements (None), or in one to what counts for all.

    Raises `NoSuchRule`.
    """
    _known(rule)
    muted = _muted_for_all(store, rule) if engagement else False
    where = "AND engagement = ?" if engagement else ""
    kept = store.rows(
        f"SELECT id, threshold_class FROM rule_setting WHERE rule = ? {where} ORDER BY rowid",
        (rule, engagement) if engagement else (rule,),
    )
    with store.edit(N_("Reset rule"), about=rule) as edit:
        for setting, klass in kept:
            edit.change(RuleSetting, setting, None, threshold=None, **({} if klass else {"muted": muted}))


def _known(rule: str, klass: str = "") -> None:
    known = shipped_rules().get(rule)
    if known is None or (klass and klass not in {threshold.klass for threshold in known.thresholds}):
        raise NoSuchRule(rule=f"{rule} {klass}".strip()[:60], rules=", ".join(shipped_rules()))


def _set(store: Store, edit: Edit, rule: str, engagement: str | None, klass: str, **values: object) -> None:
    """Change the setting where there is one, or make it."""
    kept = _kept(store, "rule_setting", ("engagement", "rule", "coalesce(threshold_class, '')"))
    found = kept.get((engagement, rule, klass), ())
    if found:
        edit.change(RuleSetting, found[-1], None, **values)
    else:
        if engagement and not klass:
            # What is muted for all stays so where an engagement only sets a threshold.
            values = {"muted": _muted_for_all(store, rule), **values}
        edit.create(RuleSetting, engagement=engagement, rule=rule, threshold_class=klass or None, **values)


def _muted_for_all(reader: Reader, rule: str) -> bool:
    sql = "SELECT muted FROM rule_setting WHERE engagement IS NULL AND threshold_class IS NULL AND rule = ?"
    found = reader.rows(f"{sql} ORDER BY rowid", (rule,))
    return bool(found and found[-1][0])


def _kept(reader: Reader, table: str, columns: Sequence[str]) -> dict[tuple[str | None, ...], list[str]]:
    """The ids of what is kept, by these columns."""
    found: dict[tuple[str | None, ...], list[str]] = {}
    for row, *key in reader.rows(f"SELECT id, {', '.join(columns)} FROM {table} ORDER BY rowid"):
        found.setdefault(tuple(key), []).append(row)
    return found
