"""The lock file holds what pyproject.toml asks for, each release with its hash and no word of where it came from."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PYTHONS = ("3.10", "3.11", "3.12", "3.13")


@pytest.fixture(scope="module")
def lock(root: Path) -> str:
    return (root / "requirements-dev.lock").read_text("utf-8")


@pytest.fixture(scope="module")
def pins(lock: str) -> list[Requirement]:
    return [Requirement(line.removesuffix(" \\")) for line in lock.splitlines() if line and not line.startswith(" ")]


@pytest.mark.parametrize("python", PYTHONS)
def test_every_dependency_is_pinned_within_its_range(root: Path, pins: list[Requirement], python: str):
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    surroundings = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": "linux"}
    chosen = {canonicalize_name(p.name): p for p in pins if p.marker is None or p.marker.evaluate(surroundings)}
    for line in (*project["dependencies"], *project["optional-dependencies"]["dev"]):
        asked = Requirement(line)
        pin = chosen[canonicalize_name(asked.name)]
        (version,) = (part.version for part in pin.specifier)
        assert asked.specifier.contains(version), line


def test_every_release_has_its_hash(lock: str, pins: list[Requirement]):
    assert len(re.findall(r"^[a-z0-9].*\\\n    --hash=sha256:[0-9a-f]{64}", lock, re.MULTILINE)) == len(pins)
    assert all(str(pin.specifier).startswith("==") for pin in pins)


def test_no_place_of_download_is_named(lock: str):
    assert "://" not in lock
    assert not re.search(r"^--|^#", lock, re.MULTILINE)
