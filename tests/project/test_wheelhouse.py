"""The wheelhouse installs without a package registry, and both forms start on every Python that this machine has.

Only what builds them (`tools/build_pyz.py`) fetches packages.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from glob import glob
from pathlib import Path

import pytest

from tools import build_pyz

pytestmark = pytest.mark.long
PYTHONS = ("3.10", "3.11", "3.12", "3.13")
TOO_OLD = ("3.6", "3.7", "3.8", "3.9")
PLACES = (
    "/usr/bin",
    "/usr/local/bin",
    "/opt/*/bin",
    "~/.pyenv/versions/{}.*/bin",
    "~/.local/share/uv/python/*-{}.*/bin",
)
WHICH = "import sys, venv, ensurepip; print('{}.{}'.format(*sys.version_info))"


def pythons(version: str) -> Iterator[str]:
    """Those of this version that this machine has, with what makes an environment."""
    for place in (os.path.dirname(sys.executable), *PLACES):
        for found in sorted(glob(os.path.join(os.path.expanduser(place.format(version)), f"python{version}"))):
            asked = subprocess.run([found, "-c", WHICH], capture_output=True, text=True, check=False)
            if asked.stdout.strip() == version:
                yield found


@pytest.fixture
def python(request: pytest.FixtureRequest) -> str:
    found = next(pythons(request.param), None)
    if found is None:
        pytest.skip(f"this machine has no Python {request.param}")
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_pyz.build(tmp_path_factory.mktemp("dist"))


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """A user whose home is empty and whose pip knows no place to fetch from."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "TMPDIR") if name in os.environ}
    return kept | {"HOME": str(tmp_path), "LANG": "C.UTF-8", "TERM": "xterm-256color", "PIP_CONFIG_FILE": os.devnull}


def answers(command: list[str], home: dict[str, str]) -> None:
    """The program starts, finds what it reads, and finds nothing that keeps it from working here."""

    def run(*arguments: str) -> str:
        ended = subprocess.run([*command, *arguments], env=home, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout

    assert run("--version").startswith("erptui ")
    assert json.loads(run("doctor", "--json"))["fit"] is True
    assert "用法" in run("--help", "--lang", "zh")


@pytest.mark.parametrize("python", PYTHONS, indirect=True)
def test_the_wheelhouse_installs_without_a_registry(made: Path, home: dict[str, str], python: str, tmp_path: Path):
    subprocess.run([python, "-m", "venv", str(tmp_path / "v")], env=home, check=True)
    pip = [str(tmp_path / "v" / "bin" / "python"), "-m", "pip", "--isolated", "install", "--quiet"]
    wheels = str(made.with_name("wheelhouse"))
    subprocess.run([*pip, "--no-index", "--find-links", wheels, "erptui"], env=home, check=True)
    answers([str(tmp_path / "v" / "bin" / "erptui")], home)


@pytest.mark.parametrize("python", PYTHONS, indirect=True)
def test_the_one_file_starts(made: Path, home: dict[str, str], python: str):
    answers([python, str(made)], home)


@pytest.mark.parametrize("version", TOO_OLD)
def test_an_older_python_is_refused_in_words(made: Path, home: dict[str, str], version: str):
    found = next(pythons(version), None)
    if found is None:
        pytest.skip(f"this machine has no Python {version}")
    ended = subprocess.run([found, str(made)], env=home, stderr=subprocess.PIPE, check=False)
    assert ended.returncode == 2
    assert ended.stderr.decode().startswith(f"erptui needs Python 3.10 or later; this is {version}.")


def test_the_same_packages_give_the_same_bytes(made: Path, tmp_path: Path):
    build_pyz.pack(made.with_name("wheelhouse").glob("*.whl"), tmp_path / "again.pyz")
    assert (tmp_path / "again.pyz").read_bytes() == made.read_bytes()
