"""What must hold in a template: every finding is told at once, with its file, line or place, and what to do.

The builder of the shipped template and the loader of a person's own use the same checks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from db.choices import ActivityId, Alignment, Choice, KnowledgeArea, LinkKind, PhaseId, Recurrence, Side, Tier
from db.labels import N_, Label
from erptui.method.template_file import BadTemplate, Document, Finding, Spot
from erptui.method.template_references import unknown_references, values
from erptui.planning.network import Cycle, Link, Task, schedule

LONGEST = 10_000
"""Days that a package or a lag may have."""

# The fields that opening an engagement reads: name -> (kind, must be there).
_FIELDS: dict[str, dict[str, tuple[str, bool]]] = {
    "phases": {"id": ("id", True), "name": ("words", True)},
    "activities": {"id": ("id", True), "name": ("words", True), "phase": ("text", True)},
    "knowledge_areas": {"id": ("id", True), "name": ("words", True)},
    "roles": {
        "id": ("id", True),
        "name": ("words", True),
        "side": ("text", True),
        "tier": ("text", False),
        "duty": ("words", False),
    },
    "gates": {
        "id": ("id", True),
        "phase": ("text", True),
        "name": ("words", True),
        "needs_proof": ("flag", False),
        "criteria": ("list", True),
    },
    "work_packages": {
        "id": ("id", True),
        "activity": ("text", True),
        "name": ("words", True),
        "days": ("days", True),
        "predecessors": ("list", False),
        "owner": ("text", True),
        "area": ("text", True),
        "deliverable": ("words", False),
        "done_when": ("words", False),
        "note": ("words", False),
        "with": ("texts", False),
        "data_sets": ("texts", False),
        "optional": ("flag", False),
        "milestone": ("flag", False),
        "buffer": ("flag", False),
        "recurring": ("text", False),
        "align": ("text", False),
        "hammock": ("mapping", False),
    },
}
_CRITERION = {"id": ("id", True), "en": ("text", True), "zh": ("text", True)}
_LINK = {"id": ("text", True), "type": ("text", False), "lag": ("lag", False)}
_HAMMOCK = {"from": ("text", True), "to": ("text", True)}

# What the program itself names: a template may leave some of them out but can't add to them.
_FIXED: dict[str, type[Choice]] = {
    "phases.id": PhaseId,
    "activities.id": ActivityId,
    "knowledge_areas.id": KnowledgeArea,
    "roles.side": Side,
    "roles.tier": Tier,
    "work_packages.predecessors.type": LinkKind,
    "work_packages.recurring": Recurrence,
    "work_packages.align": Alignment,
}

_REASONS: dict[str, Label] = {
    "id": N_("this must be an id of letters, digits and - _ . / with at most 20 characters; put it in quotes."),
    "text": N_("this must be text; put a number in quotes."),
    "words": N_("this must be a text in two languages: en and zh."),
    "days": N_("this must be a whole number of working days from 0 to 10000."),
    "lag": N_("this must be a whole number of working days, negative for a lead."),
    "flag": N_("this must be true or false."),
    "list": N_("this must be a list."),
    "texts": N_("this must be a list of ids."),
    "mapping": N_("this must be a mapping."),
}


def check(document: Document) -> None:
    """Raise `BadTemplate` with all that is wrong in a template."""
    for look in (_languages, _shape, _meaning, _circle):
        # The later ones stand on what the earlier ones found to be there.
        if findings := list(look(document)):
            raise BadTemplate(findings)


def _finding(document: Document, spot: Spot, sentence: str, **gaps: object) -> Finding:
    return Finding(document.where(spot), sentence, gaps)


def _short(value: object) -> str:
    shown = str(value)
    return shown if len(shown) <= 60 else shown[:59] + "…"


def _languages(document: Document) -> Iterator[Finding]:
    """Every text in one language of the template has the other beside it."""
    to_see: list[tuple[Spot, Any]] = [((), document.content)]
    while to_see:
        spot, value = to_see.pop()
        if isinstance(value, list):
            to_see += [((*spot, place), child) for place, child in reversed(list(enumerate(value)))]
        elif isinstance(value, dict):
            if "en" in value or "zh" in value:
                yield from _both(document, spot, value)
            to_see += [((*spot, key), child) for key, child in reversed(value.items())]


def _both(document: Document, spot: Spot, words: Mapping[str, Any]) -> Iterator[Finding]:
    for language in ("en", "zh"):
        text = words.get(language)
        # Words for the search may be several.
        texts: list[Any] = text if isinstance(text, list) and text else [text]
        if language not in words:
            yield _finding(document, (*spot, language), N_("this is missing: write the text in this language, too."))
        elif not all(isinstance(each, str) for each in texts):
            yield _finding(document, (*spot, language), _REASONS["text"])
        elif not all(each.strip() for each in texts):
            yield _finding(document, (*spot, language), N_("this is empty: write the text in this language, too."))


def _shape(document: Document) -> Iterator[Finding]:
    """What opening needs is there and of the right kind."""
    head = document.content.get("template")
    if not isinstance(head, dict):
        yield _finding(document, ("template",), N_("this is missing: give the template an id and a name."))
    else:
        yield from _fields(document, ("template",), head, {"id": ("text", True), "name": ("words", True)})
    for section, fields in _FIELDS.items():
        rows = document.content.get(section)
        if not isinstance(rows, list):
            yield _finding(document, (section,), N_("this section must be there, as a list."))
            continue
        for place, row in enumerate(rows):
            yield from _fields(document, (section, place), row, fields)
            if isinstance(row, dict):
                yield from _nested(document, (section, place), row)


def _nested(document: Document, spot: Spot, row: Mapping[str, Any]) -> Iterator[Finding]:
    for name, fields in (("criteria", _CRITERION), ("predecessors", _LINK)):
        lines = row.get(name)
        if isinstance(lines, list):
            for place, line in enumerate(lines):
                yield from _fields(document, (*spot, name, place), line, fields)
    if isinstance(row.get("hammock"), dict):
        yield from _fields(document, (*spot, "hammock"), row["hammock"], _HAMMOCK)


def _fields(document: Document, spot: Spot, row: Any, fields: Mapping[str, tuple[str, bool]]) -> Iterator[Finding]:
    if not isinstance(row, dict):
        yield _finding(document, spot, _REASONS["mapping"])
        return
    for name, (kind, needed) in fields.items():
        if name not in row:
            if needed:
                yield _finding(document, (*spot, name), N_("this is missing: add it."))
        elif not _fits(row[name], kind):
            yield _finding(
                document, (*spot, name), N_("“{value}”: {reason}"), value=_short(row[name]), reason=_REASONS[kind]
            )


def _fits(value: Any, kind: str) -> bool:
    number = isinstance(value, int) and not isinstance(value, bool)
    match kind:
        case "id":
            return isinstance(value, str) and 0 < len(value) <= 20 and all(c.isalnum() or c in "-_./" for c in value)
        case "text":
            return isinstance(value, str) and bool(value.strip())
        case "words":
            return isinstance(value, dict) and "en" in value
        case "days":
            return number and 0 <= value <= LONGEST
        case "lag":
            return number and -LONGEST <= value <= LONGEST
        case "flag":
            return isinstance(value, bool)
        case "texts":
            return isinstance(value, list) and all(isinstance(text, str) for text in value)
        case "list":
            return isinstance(value, list)
        case _:
            return isinstance(value, dict)


def _meaning(document: Document) -> Iterator[Finding]:
    """Ids are unique, references are known, and words that the program fixes are its own."""
    yield from _doubles(document)
    for pattern, options in _FIXED.items():
        known = [option.id for option in options]
        for spot, value in values(document.content, pattern):
            if value not in known:
                sentence = N_("“{value}” is unknown. Choose one of: {options}.")
                yield _finding(document, spot, sentence, value=_short(value), options=tuple(known))
    for spot, id, section in unknown_references(document.content):
        sentence = N_("there is no “{id}” in {section}. Name one that is there, or remove this.")
        yield _finding(document, spot, sentence, id=_short(id), section=section)
    yield from _places(document)


def _doubles(document: Document) -> Iterator[Finding]:
    """Ids that stand twice in a section; criteria count over all gates, a phase has one gate."""
    sections = [(section, "id") for section, rows in document.content.items() if isinstance(rows, list)]
    choices = document.content.get("choices")
    sections += [(f"choices.{name}", "id") for name in (choices if isinstance(choices, dict) else ())]
    for section, name in [*sections, ("gates.criteria", "id"), ("gates", "phase")]:
        seen: dict[str, Spot] = {}
        for spot, id in values(document.content, f"{section}.{name}"):
            if isinstance(id, str) and id in seen:
                sentence = N_("“{id}” stands twice; the other is at {first}. Each needs an id of its own.")
                yield _finding(document, spot, sentence, id=_short(id), first=document.where(seen[id]))
            elif isinstance(id, str):
                seen[id] = spot


def _places(document: Document) -> Iterator[Finding]:
    """An activity lies in its phase, and what others last to is always there."""
    for place, row in enumerate(document.content["activities"]):
        if not row["id"].startswith(row["phase"]):
            sentence = N_("activity {id} belongs to phase {phase}. Name that phase.")
            spot: Spot = ("activities", place, "phase")
            yield _finding(document, spot, sentence, id=row["id"], phase=row["id"][:1])
    rows = document.content["work_packages"]
    optional = {row["id"] for row in rows if row.get("optional")}
    for place, row in enumerate(rows):
        for end, id in row.get("hammock", {}).items():
            if id in optional:
                sentence = N_("{id} is optional, so nothing can last from or to it. Name a package that always stays.")
                yield _finding(document, ("work_packages", place, "hammock", end), sentence, id=id)


def _circle(document: Document) -> Iterator[Finding]:
    """No packages wait for each other in a circle."""
    rows = document.content["work_packages"]
    tasks = [Task(row["id"], row["days"]) for row in rows]
    links = [
        Link(link["id"], row["id"], link.get("type", "FS"), link.get("lag", 0))
        for row in rows
        for link in row.get("predecessors", ())
    ]
    try:
        schedule(tasks, links)
    except Cycle as cycle:
        place = next(place for place, row in enumerate(rows) if row["id"] == cycle.ids[0])
        loop = " → ".join((*cycle.ids[:12], *("…",) * (len(cycle.ids) > 12), cycle.ids[0]))
        sentence = N_("these wait for each other in a circle: {loop}. Remove one of the links.")
        yield Finding(document.where(("work_packages", place, "predecessors")), sentence, {"loop": loop})
