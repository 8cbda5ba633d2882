"""The project stands by itself: no file of it names the machine it was made on or where its packages were fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

# Written so that no pattern finds itself.
FORBIDDEN = re.compile(
    r"(?<![\w.~])/(?:work|root|opt/pypi|opt/wheels)(?:/|\b)"
    r"|(?<![\w.~])/home/(?!me\b|you\b)\w"
    r"|/tmp/(?:brief|bash_jobs)"
    r"|\bshared/(?:design|style|method|screens|research|look|corpus|tools|content|hooks)"
    r"|py[p]i\.org|python[h]osted|np[m]js\.org|debian\.[o]rg|--(?:extra-)?index-[u]rl[= ]"
    r"|an[t]hropic|\bcl[a]ude|\bissues\s+sho[w]\b|\bsub[-]?a[g]ents?\b|\bAI as[s]istant\b|Co-Aut[h]ored",
    re.IGNORECASE,
)


def found_in(text: str) -> Iterator[str]:
    """The places of a text that speak of the workplace."""
    for number, line in enumerate(text.splitlines(), 1):
        if match := FORBIDDEN.search(line):
            yield f"line {number}: {match.group()}"


def test_no_tracked_file_speaks_of_the_workplace(root: Path, tracked: list[Path]):
    found = {}
    for file in tracked:
        try:
            places = list(found_in(file.read_text("utf-8")))
        except UnicodeDecodeError:
            continue
        if places:
            found[str(file.relative_to(root))] = places
    assert len(tracked) > 100
    assert found == {}


@pytest.mark.parametrize(
    "line",
    [
        "see " + "/wo" + "rk/main",
        "pip install --index-" + "url x",
        "https://py" + "pi.org/simple",
        "from sha" + "red/method.md",
        "/ro" + "ot/.cache",
        "/ho" + "me/mike/erp",
    ],
)
def test_what_must_not_stand_is_found(line: str):
    assert list(found_in(line))


@pytest.mark.parametrize("line", ["a framework/engine", "https://example.org/work/1", "~/work/hx26", "/home/me/erp"])
def test_what_may_stand_is_not_found(line: str):
    assert list(found_in(line)) == []
