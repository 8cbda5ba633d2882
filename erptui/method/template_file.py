"""Reading a template file: its content, where each value of it stands, and how its errors are told."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from db.errors import Problem, translated
from db.labels import N_
from db.text import clean_text

LARGEST = 20_000_000
"""Bytes of a template file that are read; the shipped one has a quarter of a million."""

SHOWN = 20
"""Findings told at once."""

Spot = tuple[str | int, ...]
"""Where a value stands: `("work_packages", 12, "days")`."""


class TemplateError(Problem, ValueError):
    """A template that can't be used as it is."""

    sentence = N_("The template can't be used.")


class Finding(NamedTuple):
    """One thing that is wrong: `where` is file, line if known and place; `sentence` says what to do."""

    where: str
    sentence: str
    gaps: Mapping[str, object]


class BadTemplate(TemplateError):
    """What is wrong in a template file, a line for each finding, the first `SHOWN` of them."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__()

    def text(self, translate: Callable[[str], str]) -> str:
        lines = [
            f"{finding.where}: {translated(finding.sentence, finding.gaps, translate)}"
            for finding in self.findings[:SHOWN]
        ]
        if more := len(self.findings) - SHOWN:
            lines += [translated(N_("… and {count} more."), {"count": more}, translate)] if more > 0 else []
        return "\n".join(lines)


@dataclass(frozen=True)
class Document:
    """What a template file holds. `lines` knows the line of each value where the format has such (YAML)."""

    file: str
    content: dict[str, Any]
    lines: Mapping[Spot, int] = field(default_factory=dict)

    def where(self, spot: Spot) -> str:
        """File, line and place in words: `my.yaml:48: work_packages[12] (C1.4).predecessors[0].id`."""
        known = spot
        while known and known not in self.lines:
            known = known[:-1]
        line = self.lines.get(known)
        return ": ".join(filter(None, [f"{self.file}:{line}" if line else self.file, self._place(spot)]))

    def _place(self, spot: Spot) -> str:
        place = ""
        for depth, step in enumerate(spot):
            if isinstance(step, str):
                place += f".{step}" if place else step
                continue
            place += f"[{step}]"
            if depth == 1 and (id := self._id(spot[:2])):
                place += f" ({id})"
        return place

    def _id(self, spot: Spot) -> str | None:
        rows = self.content.get(str(spot[0]))
        row = rows[spot[1]] if isinstance(rows, list) and isinstance(spot[1], int) else None
        id = row.get("id") if isinstance(row, dict) else None
        return id[:40] if isinstance(id, str) else None


def read_document(path: Path, *, own: bool = False) -> Document:
    """The content of a template file; text is cleaned unless it is the product's `own`. Raises `TemplateError`."""
    name = clean_text(str(path))
    encoded = _read(path, name)
    if path.suffix.lower() in (".yaml", ".yml"):
        return _read_yaml(encoded, name)
    try:
        content = json.loads(encoded.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise TemplateError(
            N_("{file}:{line}: this is not JSON: {reason}, column {column}. Mend the file or choose another."),
            file=name,
            line=error.lineno,
            column=error.colno,
            reason=error.msg,
        ) from None
    except UnicodeDecodeError:
        raise TemplateError(N_("{file}: this is not text in UTF-8. Save it as UTF-8."), file=name) from None
    except (RecursionError, ValueError):
        raise TemplateError(N_("{file}: this is not a template. Choose another file."), file=name) from None
    return Document(name, _mapping(content if own else cleaned(content), name))


def _read_yaml(encoded: bytes, name: str) -> Document:
    try:
        from erptui.method.template_yaml import read_yaml
    except ImportError:
        sentence = N_("{file}: reading YAML needs the package PyYAML. Install it, or give the template as JSON.")
        raise TemplateError(sentence, file=name) from None
    content, lines = read_yaml(encoded, name)
    return Document(name, _mapping(cleaned(content), name), lines)


def _read(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            encoded = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        sentence = N_("{file}: the template can't be read: {reason}. Give the path of a .json file.")
        raise TemplateError(sentence, file=name, reason=reason) from None
    if len(encoded) > LARGEST:
        raise TemplateError(N_("{file}: this is too large for a template. Choose another file."), file=name)
    return encoded


def _mapping(content: Any, name: str) -> dict[str, Any]:
    if not isinstance(content, dict):
        raise TemplateError(
            N_("{file}: a template is a mapping of sections such as work_packages. Choose another file."), file=name
        )
    return content


def cleaned(content: Any) -> Any:
    """`content` with every text in it cleaned as the store does it."""
    if isinstance(content, str):
        return clean_text(content)
    if isinstance(content, dict):
        return {clean_text(key) if isinstance(key, str) else key: cleaned(value) for key, value in content.items()}
    if isinstance(content, list):
        return [cleaned(value) for value in content]
    return content
