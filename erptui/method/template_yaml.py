"""Reading YAML with the line of every value. Needs PyYAML, which the product does not ship with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from db.labels import N_
from erptui.method.template_file import Spot, TemplateError

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(encoded: bytes, name: str) -> tuple[Any, dict[Spot, int]]:
    """The content of a YAML text and the line of each value. Raises `TemplateError` naming `name` and the line.

    Refused are keys that stand twice in a mapping, which YAML would silently let the last win, and aliases.
    """
    try:
        loader = _Loader(encoded)
        try:
            node = loader.get_single_node()
            lines: dict[Spot, int] = {}
            content = _Reader(loader, name, lines).value(node, ()) if node is not None else None
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        sentence = N_("{file}:{line}: this is not YAML: {reason}. Mend the file or choose another.")
        raise TemplateError(sentence, file=name, line=line, reason=error.problem) from None
    except yaml.YAMLError as error:
        sentence = N_("{file}: this is not YAML: {reason}. Mend the file or choose another.")
        raise TemplateError(sentence, file=name, reason=str(error).splitlines()[0]) from None
    except (RecursionError, ValueError) as error:
        if isinstance(error, TemplateError):
            raise
        raise TemplateError(N_("{file}: this is not a template. Choose another file."), file=name) from None
    return content, lines


class _Reader:
    """Turns nodes into values, noting the line of each."""

    def __init__(self, loader: Any, name: str, lines: dict[Spot, int]) -> None:
        self._loader, self._name, self._lines = loader, name, lines
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, spot: Spot) -> Any:
        """The value of a node that stands at `spot`."""
        self._lines[spot] = node.start_mark.line + 1
        if isinstance(node, yaml.ScalarNode):
            return self._loader.construct_object(node)
        if id(node) in self._seen:
            raise self._refused(node, N_("{file}:{line}: write this out; a template has no YAML aliases."))
        self._seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*spot, place)) for place, child in enumerate(node.value)]
        return dict(self._pairs(node, spot))

    def _pairs(self, node: Any, spot: Spot) -> Iterator[tuple[str, Any]]:
        keys: set[str] = set()
        for key_node, child in node.value:
            key = key_node.value
            if not isinstance(key, str) or key == "<<":
                raise self._refused(key_node, N_("{file}:{line}: a key must be plain text."))
            if key in keys:
                sentence = N_("{file}:{line}: “{key}” stands twice in this mapping. Remove one.")
                raise self._refused(key_node, sentence, key=key)
            keys.add(key)
            yield key, self.value(child, (*spot, key))

    def _refused(self, node: Any, sentence: str, **gaps: object) -> TemplateError:
        return TemplateError(sentence, file=self._name, line=node.start_mark.line + 1, **gaps)
