"""A matter in one sentence, by rule: what is so, of what, since when. The worst row stands first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from erptui.attention.rules import Rule
from erptui.attention.sight import Sight
from erptui.i18n import _, bracketed, language, listed, ngettext

Sentence = Callable[[Sequence[Sight]], str]
_NAMED = 3


def sentence(rule: Rule, sights: Sequence[Sight]) -> str:
    """What a rule says of the rows of a matter, in the language in use."""
    told = _SENTENCES.get(rule.id)
    return told(sights) if told else f"{rule.says.in_language(language())}: {_names(sights)}"


def _names(sights: Sequence[Sight]) -> str:
    names = [sight.name for sight in sights]
    return listed(names if len(names) <= _NAMED else [*names[: _NAMED - 1], "…"])


def _days(count: int) -> str:
    return ngettext("{count} day", "{count} days", count).format(count=count)


def _late(sights: Sequence[Sight]) -> str:
    first = sights[0]
    if len(sights) == 1:
        return _("{name}: {days} late").format(name=first.name, days=_days(first.days))
    said = ngettext(
        "{count} package late, at most {days}: {names}", "{count} packages late, at most {days}: {names}", len(sights)
    )
    return said.format(count=len(sights), days=_days(first.days), names=_names(sights))


def _critical(sights: Sequence[Sight]) -> str:
    return _("Critical: {late}").format(late=_late(sights))


def _milestone(sights: Sequence[Sight]) -> str:
    first = sights[0]
    return _("Milestone {name}: {days} late").format(name=first.name, days=_days(first.days))


def _due(sights: Sequence[Sight]) -> str:
    said = ngettext("Due shortly: {names}", "{count} packages due shortly: {names}", len(sights))
    return said.format(count=len(sights), names=_names(sights))


def _unowned(sights: Sequence[Sight]) -> str:
    said = ngettext("No owner: {names}", "{count} packages without an owner: {names}", len(sights))
    return said.format(count=len(sights), names=_names(sights))


def _deliverable(sights: Sequence[Sight]) -> str:
    said = ngettext(
        "Done, deliverable missing: {names}", "{count} packages done, deliverables missing: {names}", len(sights)
    )
    return said.format(count=len(sights), names=_names(sights))


def _unsigned(sights: Sequence[Sight]) -> str:
    return _("{gate}: all work done, not signed").format(gate=sights[0].name)


def _beyond(sights: Sequence[Sight]) -> str:
    count = int(sights[0].values["gate.packages_started_beyond"])
    said = ngettext(
        "{count} package begun beyond the unsigned {gate}", "{count} packages begun beyond the unsigned {gate}", count
    )
    return said.format(count=count, gate=sights[0].name)


def _proof(sights: Sequence[Sight]) -> str:
    return _("{gate} is signed, the proof is missing").format(gate=sights[0].name)


def _holidays(sights: Sequence[Sight]) -> str:
    count = int(sights[0].values["holiday.tasks_in_unconfirmed_years"])
    said = ngettext(
        "Holidays of {years} are not announced, {count} package lies there",
        "Holidays of {years} are not announced, {count} packages lie there",
        count,
    )
    return said.format(years=sights[0].name, count=count)


def _silent(sights: Sequence[Sight]) -> str:
    first = sights[0]
    if first.who:
        said = ngettext("Not spoken to yet: {names}", "{count} people not spoken to yet: {names}", len(sights))
        return said.format(count=len(sights), names=_names(sights))
    return _("{name}: no touch for {days}").format(name=first.name, days=_days(first.days))


def _no_next(sights: Sequence[Sight]) -> str:
    return _("{name}: no next touch is set").format(name=sights[0].name)


def _refused(sights: Sequence[Sight]) -> str:
    return _("{name} asked not to be contacted, and a touch is planned").format(name=sights[0].name)


def _visit(sights: Sequence[Sight]) -> str:
    if sights[0].who:
        return _("No visit is planned")
    days = int(sights[0].values["visit.days_to_next"])
    return _("The next visit is {days} away").format(days=_days(days))


def _promise(sights: Sequence[Sight]) -> str:
    first, text = sights[0], sights[0].name
    if not first.days:
        return _("Promise without an owner: {text}").format(text=text)
    who = bracketed("", first.who)
    return _("Promise {days} overdue: {text}{who}").format(days=_days(first.days), text=text, who=who)


def _decision(sights: Sequence[Sight]) -> str:
    first, text = sights[0], sights[0].name
    who = bracketed("", first.who)
    said = _("Decision {days} overdue: {text}{who}").format(days=_days(first.days), text=text, who=who)
    if first.waiting:
        wait = ngettext("{said}; {codes} waits", "{said}; {codes} wait", len(first.waiting))
        return wait.format(said=said, codes=listed(first.waiting))
    return said


def _ask_again(sights: Sequence[Sight]) -> str:
    first = sights[0]
    if not first.days:
        return _("Ask {name} again today").format(name=first.name)
    return _("Ask {name} again: {days} overdue").format(name=first.name, days=_days(first.days))


_SENTENCES: dict[str, Sentence] = {
    "Q01": _silent,
    "Q02": _no_next,
    "Q05": _refused,
    "Q15": _critical,
    "Q40": _visit,
    "Q45": _holidays,
    "Q48": _beyond,
    "Q54": _decision,
    "Q55": _promise,
    "Q59": _proof,
    "Q64": _late,
    "Q65": _milestone,
    "Q66": _due,
    "Q67": _unowned,
    "Q68": _deliverable,
    "Q69": _unsigned,
    "Q70": _ask_again,
}
