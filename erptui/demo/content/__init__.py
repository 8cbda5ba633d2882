"""What the demo tells, as files: one for each engagement, the people of the vendor, the leads.

Texts that stand in both languages, as `{"en": …, "zh": …}`, are read in the one in which the demo is filled.
"""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

Told = dict[str, Any]
"""What a file says of an engagement or a person, by name."""


def told(name: str, language: str) -> Any:
    """What a file of the demo says, in a language."""
    text = resources.files(__name__).joinpath(f"{name}.json").read_text(encoding="utf-8")
    return _spoken(json.loads(text), language)


def _spoken(value: Any, language: str) -> Any:
    if isinstance(value, list):
        return [_spoken(part, language) for part in value]
    if isinstance(value, dict):
        if value.keys() == {"en", "zh"}:
            return value[language]
        return {name: _spoken(part, language) for name, part in value.items()}
    return value
