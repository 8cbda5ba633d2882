"""Files made from others are as fresh as what they are made from."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("maker", ["erptui.method.build_template", "screens.actions.docs"])
def test_what_is_committed_is_what_would_be_made(root: Path, maker: str):
    done = subprocess.run(
        [sys.executable, "-m", maker, "--check"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_pictures_of_the_readme_show_the_program_as_it_is(root: Path):
    made = subprocess.run(
        [sys.executable, root / "docs" / "screenshots" / "make.py", "--check"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    readme = (root / "README.md").read_text("utf-8")
    pictures = list((root / "docs" / "screenshots").glob("*.svg"))
    assert len(pictures) >= 6
    assert all(f"docs/screenshots/{picture.name}" in readme for picture in pictures)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_keys_are_written_down_in_both_languages(root: Path, language: str):
    assert (root / "docs" / f"keys.{language}.md").read_text("utf-8").count("\n| `") > 20
