"""What is installed from the wheel is the whole program, and no more."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from erptui.method.template import load_template

BUILD = "import setuptools.build_meta as build; build.build_wheel('dist')"


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as an installer builds it, from a copy of the tree."""
    folder = tmp_path_factory.mktemp("source")
    for package in ("db", "erptui", "screens", "tests/project"):
        shutil.copytree(root / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(root / name, folder)
    subprocess.run([sys.executable, "-c", BUILD], cwd=folder, capture_output=True, check=True)
    (built,) = (folder / "dist").glob("*.whl")
    return built


def test_the_wheel_holds_every_module_and_all_that_the_program_reads(root: Path, wheel: Path):
    kinds = (".py", ".mo", ".json", ".csv", ".tcss")
    wanted = {
        file.relative_to(root).as_posix()
        for package in ("db", "erptui", "screens")
        for file in (root / package).rglob("*")
        if file.suffix in kinds
    }
    assert {Path(name).suffix for name in wanted} == set(kinds)
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert held == wanted


def test_the_wheel_brings_licence_and_notice(wheel: Path):
    names = {name.rpartition("/")[2] for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" in name}
    assert {"LICENSE", "NOTICE", "entry_points.txt"} <= names


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_engagement_is_opened_by_what_is_in_the_wheel(wheel: Path, tmp_path: Path, language: str):
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    surroundings = os.environ | {"PYTHONPATH": str(tmp_path / "site"), "XDG_DATA_HOME": str(tmp_path / "data")}
    surroundings |= {"XDG_CONFIG_HOME": str(tmp_path / "config"), "LC_ALL": "C.UTF-8"}
    program = "import sys, erptui.cli; print(erptui.cli.__file__); sys.exit(erptui.cli.main(sys.argv[1:]))"

    def run(*arguments: str) -> str:
        command = [sys.executable, "-c", program, "--lang", language, *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        place, _newline, said = done.stdout.partition("\n")
        assert place.startswith(str(tmp_path / "site"))
        return said

    run("new", "--name", "Huaxin", "--code", "HX26", "--start", "2026-11-24", "--calendar", "cn")
    listed = {package["name"] for package in json.loads(run("list", "tasks", "--json"))}
    assert listed == {package.name.in_language(language) for package in load_template().packages}
