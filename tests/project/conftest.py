from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

PACKAGES = ("db", "erptui", "screens")


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return Path(__file__).parents[2]


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """What the wheel is built from, in a folder where it may be changed."""
    for package in PACKAGES:
        shutil.copytree(root / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(root / name, tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def tracked(root: Path) -> list[Path]:
    """The files that are part of the project, as git knows them."""
    asked = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=False)
    if asked.returncode:
        pytest.skip("only a clone knows which files belong to the project")
    files = [root / name for name in asked.stdout.split("\0") if name]
    # One that is deleted but not yet committed is still in git's list.
    return [file for file in files if file.is_file()]
