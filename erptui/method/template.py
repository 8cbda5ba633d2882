"""The template of the method: what an engagement is opened from.

Only what opening needs becomes objects; the rest (risks, tests, letters …) stays as it was read, by `Template.section`.
Days and lags are working days of the engagement's calendar.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

from db.labels import N_
from erptui.i18n import language
from erptui.method.template_file import Document, TemplateError, read_document

SHIPPED = Path(__file__).parent / "content" / "template.json"

LinkKind = Literal["FS", "SS", "FF", "SF"]


class NotOptional(TemplateError):
    """A package that is to be left out must stay."""

    sentence = N_("{id} ({name}) can't be left out. These can: {optional}.")


@dataclass(frozen=True)
class Bilingual:
    """One text in the two languages of the method."""

    en: str
    zh: str

    def in_language(self, language: str) -> str:
        """The text in `zh`, or in English for any other language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class PhaseTemplate:
    """One of the four phases, or the band of what goes on through all of them."""

    id: str
    name: Bilingual


@dataclass(frozen=True)
class ActivityTemplate:
    """A group of packages within a phase."""

    id: str
    phase: str
    name: Bilingual


@dataclass(frozen=True)
class RoleTemplate:
    """Who does something in the plan; `side` and `tier` are ids of `db.choices`."""

    id: str
    name: Bilingual
    side: str
    tier: str | None
    duty: Bilingual | None


@dataclass(frozen=True)
class CriterionTemplate:
    """One line of a gate's checklist."""

    id: str
    text: Bilingual


@dataclass(frozen=True)
class GateTemplate:
    """The checklist at the end of a phase."""

    id: str
    phase: str
    name: Bilingual
    needs_proof: bool
    criteria: tuple[CriterionTemplate, ...]


@dataclass(frozen=True)
class LinkTemplate:
    """What a package waits for; a negative `lag` is a lead."""

    predecessor: str
    kind: LinkKind = "FS"
    lag: int = 0


@dataclass(frozen=True)
class HammockTemplate:
    """A package that lasts from the finish of one package to the start of another."""

    starts_after: str
    ends_before: str


@dataclass(frozen=True)
class PackageTemplate:
    """A work package. The finish of a `milestone` is an event, also where it takes days; `recurring` and `align` are
    ids of `db.choices`; `supported_by` are roles beside the owner."""

    id: str
    activity: str
    phase: str
    name: Bilingual
    days: int
    predecessors: tuple[LinkTemplate, ...]
    owner: str
    area: str
    deliverable: Bilingual | None
    done_when: Bilingual | None
    note: Bilingual | None
    supported_by: tuple[str, ...]
    data_sets: tuple[str, ...]
    optional: bool
    milestone: bool
    buffer: bool
    recurring: str | None
    align: str | None
    hammock: HammockTemplate | None


@dataclass(frozen=True)
class Template:
    """A whole template, checked: every reference within it is known and its links make no circle."""

    id: str
    name: Bilingual
    phases: tuple[PhaseTemplate, ...]
    activities: tuple[ActivityTemplate, ...]
    roles: tuple[RoleTemplate, ...]
    gates: tuple[GateTemplate, ...]
    packages: tuple[PackageTemplate, ...]
    _content: Mapping[str, Any] = field(repr=False, compare=False)

    def section(self, name: str) -> Any:
        """A section as it stands in the file, such as `risks`; an empty list when the template has none.

        It is shared: read it, do not change it.
        """
        return self._content.get(name, [])

    def package(self, id: str) -> PackageTemplate:
        """The package with an id; KeyError when there is none."""
        for package in self.packages:
            if package.id == id:
                return package
        raise KeyError(id)


def load_template(name_or_path: str | Path | None = None) -> Template:
    """The shipped template, or one of the same form from a `.json` file (`.yaml` where PyYAML is installed).

    Nothing, an empty name and the id of the shipped template mean the shipped one. Raises `TemplateError`.
    """
    shipped = _shipped()
    if not name_or_path or str(name_or_path) == shipped.id:
        return shipped
    document = read_document(Path(name_or_path))
    # Imported here: the shipped template was checked when it was built.
    from erptui.method.template_check import check

    check(document)
    return template_of(document)


@cache
def _shipped() -> Template:
    return template_of(read_document(SHIPPED, own=True))


def without(template: Template, ids: Iterable[str]) -> Template:
    """The template without some of its optional packages; their predecessors are handed on to their successors.

    A package that is left out counts as taking no time. So of the two links P → X → S the new link P → S takes the end
    of P from the first and the end of S from the second (FS and FF make FF), and the lags add up. A lead is not handed
    on: it overlapped with work that is no longer there. Of two links between the same packages the one that the other
    implies is dropped.

    Raises `NotOptional`, and `TemplateError` for an id that is not there.
    """
    left_out = _optional(template, ids)
    if not left_out:
        return template
    waits_for = _handed_on({package.id: package.predecessors for package in template.packages}, left_out)
    packages = tuple(
        package
        if waits_for[package.id] is package.predecessors
        else replace(package, predecessors=waits_for[package.id])
        for package in template.packages
        if package.id in waits_for
    )
    return replace(template, packages=packages)


def _optional(template: Template, ids: Iterable[str]) -> frozenset[str]:
    known = {package.id: package for package in template.packages}
    optional = tuple(package.id for package in template.packages if package.optional)
    left_out = frozenset(ids)
    for id in sorted(left_out):
        if id not in known:
            sentence = N_("There is no work package “{id}” in the template. These can be left out: {optional}.")
            raise TemplateError(sentence, id=id, optional=optional or "–")
        if not known[id].optional:
            raise NotOptional(id=id, name=known[id].name.in_language(language()), optional=optional or "–")
    return left_out


def _handed_on(
    waits_for: dict[str, tuple[LinkTemplate, ...]], left_out: Iterable[str]
) -> dict[str, tuple[LinkTemplate, ...]]:
    """What each kept package waits for when others are left out one by one; `waits_for` is used up."""
    successors: dict[str, set[str]] = {id: set() for id in waits_for}
    for id, links in waits_for.items():
        for link in links:
            successors[link.predecessor].add(id)
    for gone in sorted(left_out):
        earlier = waits_for.pop(gone)
        for successor in successors.pop(gone) & waits_for.keys():
            waits_for[successor] = _strongest(
                new
                for link in waits_for[successor]
                for new in ([_joined(before, link) for before in earlier] if link.predecessor == gone else [link])
            )
            for before in earlier:
                successors.get(before.predecessor, set()).add(successor)
    return waits_for


def _joined(before: LinkTemplate, after: LinkTemplate) -> LinkTemplate:
    """One link in place of two with a left-out package between them."""
    kind: Any = before.kind[0] + after.kind[1]
    return LinkTemplate(before.predecessor, kind, max(0, before.lag) + max(0, after.lag))


def _strongest(links: Iterable[LinkTemplate]) -> tuple[LinkTemplate, ...]:
    """Links in their order without doubles and without those that another implies."""
    each = tuple(dict.fromkeys(links))
    return tuple(link for link in each if not any(_implies(other, link) for other in each if other is not link))


def _implies(other: LinkTemplate, link: LinkTemplate) -> bool:
    """Whether `other` asks for at least what `link` asks for, however long the packages take."""
    return (
        other.predecessor == link.predecessor
        and (other.kind[0] == link.kind[0] or other.kind[0] == "F")
        and (other.kind[1] == link.kind[1] or other.kind[1] == "S")
        and other.lag >= link.lag
    )


def template_of(document: Document) -> Template:
    """The objects of a document that has been checked."""
    content = document.content
    phase_of = {activity["id"]: activity["phase"] for activity in content["activities"]}
    return Template(
        id=content["template"]["id"],
        name=_text(content["template"]["name"]),
        phases=tuple(PhaseTemplate(row["id"], _text(row["name"])) for row in content["phases"]),
        activities=tuple(
            ActivityTemplate(row["id"], row["phase"], _text(row["name"])) for row in content["activities"]
        ),
        roles=tuple(
            RoleTemplate(row["id"], _text(row["name"]), row["side"], row.get("tier"), _maybe(row.get("duty")))
            for row in content["roles"]
        ),
        gates=tuple(_gate(row) for row in content["gates"]),
        packages=tuple(_package(row, phase_of[row["activity"]]) for row in content["work_packages"]),
        _content=content,
    )


def _gate(row: Mapping[str, Any]) -> GateTemplate:
    criteria = tuple(CriterionTemplate(line["id"], _text(line)) for line in row["criteria"])
    return GateTemplate(row["id"], row["phase"], _text(row["name"]), row.get("needs_proof", False), criteria)


def _package(row: Mapping[str, Any], phase: str) -> PackageTemplate:
    hammock = row.get("hammock")
    return PackageTemplate(
        id=row["id"],
        activity=row["activity"],
        phase=phase,
        name=_text(row["name"]),
        days=row["days"],
        predecessors=tuple(
            LinkTemplate(link["id"], link.get("type", "FS"), link.get("lag", 0)) for link in row.get("predecessors", ())
        ),
        owner=row["owner"],
        area=row["area"],
        deliverable=_maybe(row.get("deliverable")),
        done_when=_maybe(row.get("done_when")),
        note=_maybe(row.get("note")),
        supported_by=tuple(row.get("with", ())),
        data_sets=tuple(row.get("data_sets", ())),
        optional=row.get("optional", False),
        milestone=row.get("milestone", False),
        buffer=row.get("buffer", False),
        recurring=row.get("recurring"),
        align=row.get("align"),
        hammock=HammockTemplate(hammock["from"], hammock["to"]) if hammock else None,
    )


def _text(row: Mapping[str, str]) -> Bilingual:
    return Bilingual(row["en"], row["zh"])


def _maybe(row: Mapping[str, str] | None) -> Bilingual | None:
    return _text(row) if row else None
