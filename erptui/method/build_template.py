"""Builds the shipped template from its YAML: `python -m erptui.method.build_template [--check]`.

The YAML in `content/` is what people edit; the JSON beside it is what the program reads, as PyYAML is no part of it.
The order is that of the YAML and each row has a line, so that the same YAML always gives the same bytes and a change is
easy to see.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from erptui.method.template import SHIPPED
from erptui.method.template_check import check
from erptui.method.template_file import TemplateError, read_document

SOURCE = SHIPPED.with_suffix(".yaml")


def built(source: Path = SOURCE) -> str:
    """The JSON of a template written in YAML. Raises `TemplateError` naming file, line, id and field."""
    document = read_document(source)
    check(document)
    return json_text(document.content)


def json_text(content: dict[str, Any]) -> str:
    """A template as JSON: compact, a line for each row of a section."""
    sections = ",\n".join(f"{_compact(name)}:{_section(section)}" for name, section in content.items())
    return f"{{{sections}}}\n"


def _section(section: Any) -> str:
    if not isinstance(section, list) or not section:
        return _compact(section)
    return "[\n{}\n]".format(",\n".join(map(_compact, section)))


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the JSON, or with `--check` only say whether it is fresh. 0 done or fresh, 1 stale or refused."""
    parser = argparse.ArgumentParser(prog="python -m erptui.method.build_template", description="Build the template.")
    parser.add_argument("--check", action="store_true", help="say whether the JSON is fresh; write nothing")
    parser.add_argument("source", nargs="?", type=Path, default=SOURCE, help="the YAML; the shipped one if left out")
    options = parser.parse_args(arguments)
    target = options.source.with_suffix(".json")
    try:
        text = built(options.source)
    except TemplateError as error:
        print(error, file=sys.stderr)
        return 1
    fresh = target.is_file() and target.read_bytes() == text.encode()
    if options.check:
        print(f"{target}: {'fresh' if fresh else 'stale: run python -m erptui.method.build_template'}")
        return 0 if fresh else 1
    if not fresh:
        target.write_bytes(text.encode())
    print(f"{target}: {'was fresh' if fresh else 'written'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
