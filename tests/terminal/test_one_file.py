"""`erptui.pyz`, the program in one file, made from the packages that are installed here: nothing is fetched."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import build_pyz

PYTHONS = ("3.10", "3.11", "3.12", "3.13")
# Neither the packages of this machine nor what its user set: only the archive.
ALONE = ("-I", "-S")


def locked() -> set[str]:
    lines = (build_pyz.ROOT / "requirements.lock").read_text("utf-8").splitlines()
    pins = [Requirement(line.removesuffix(" \\")) for line in lines if line and not line.startswith(" ")]
    # One file serves every Python: no package is there twice, and none for some Pythons only.
    assert not [pin.name for pin in pins if pin.marker]
    assert len({pin.name for pin in pins}) == len(pins)
    return {canonicalize_name(pin.name) for pin in pins}


def needed(name: str, extra: str, python: str) -> set[str]:
    """The packages that a package stands on, by what is installed here."""
    found = {canonicalize_name(name)}
    surroundings = {"python_version": python, "python_full_version": f"{python}.0", "extra": extra}
    for line in metadata.requires(name) or ():
        asked = Requirement(line)
        if asked.marker is None or asked.marker.evaluate(surroundings):
            for more in asked.extras or {""}:
                found |= needed(asked.name, more, python)
    return found


def wheel_of(name: str, folder: Path) -> Path:
    """What is installed of a package, as a wheel again."""
    installed = metadata.distribution(name)
    path = folder / f"{name}-{installed.version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for file in installed.files or ():
            if ".." not in file.parts and "__pycache__" not in file.parts:
                wheel.write(installed.locate_file(file), str(file))
    return path


def packed(folder: Path, packages: set[str]) -> Path:
    build_pyz.own_wheel(folder)
    for name in packages:
        wheel_of(name, folder)
    build_pyz.pack(folder.glob("*.whl"), folder / "erptui.pyz")
    return folder / "erptui.pyz"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program with the packages of its command line."""
    return packed(tmp_path_factory.mktemp("wheels"), {"click", "peewee", "rich"})


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """A user whose home is empty."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ERPTUI_", "LC_"))}
    (tmp_path / "tmp").mkdir()
    return kept | {"HOME": str(tmp_path), "TMPDIR": str(tmp_path / "tmp"), "LANG": "C.UTF-8", "ERPTUI_ME": "Chen"}


def run(archive: Path, home: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *ALONE, str(archive), *arguments]
    return subprocess.run(command, env=home, cwd=home["HOME"], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("python", PYTHONS)
def test_every_package_that_the_program_stands_on_is_locked_for_the_one_file(python: str):
    assert needed("erptui", "", python) - {"erptui"} <= locked()


def test_the_one_file_unpacks_once_and_finds_all_that_it_reads(archive: Path, home: dict[str, str]):
    """Catalogue, template, holidays and demo are files of their own."""
    new = ("--name", "Huaxin", "--code", "HX26", "--start", "2026-11-24", "--calendar", "cn", "--language", "zh")
    first = run(archive, home, "new", "--lang", "zh", *new)
    assert (first.returncode, "HX26" in first.stderr) == (0, True), first.stderr
    (kept,) = Path(home["HOME"], ".cache", "erptui").iterdir()
    before = kept.parent.stat().st_mtime_ns
    assert any(
        "客户" in package["name"] for package in json.loads(run(archive, home, "list", "tasks", "--json").stdout)
    )
    assert run(archive, home, "init", "demo.db", "--demo", "--lang", "zh").stderr.startswith("已")
    assert kept.parent.stat().st_mtime_ns == before


@pytest.mark.long
def test_the_screens_open_from_the_one_file(tmp_path: Path, home: dict[str, str], terminal):
    folder = tmp_path / "wheels"
    folder.mkdir()
    archive = packed(folder, needed("erptui", "", "{}.{}".format(*sys.version_info)) - {"erptui"})
    assert run(archive, home, "init", "demo.db", "--demo").returncode == 0
    terminal(*ALONE, str(archive), "--store", str(tmp_path / "demo.db"), **home).shows("HX26", seconds=60)


def test_two_first_starts_at_once_unpack_one_program(archive: Path, home: dict[str, str]):
    command = [sys.executable, *ALONE, str(archive), "--version"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    ended = [one.communicate() for one in [subprocess.Popen(command, env=home, **pipes) for _ in range(2)]]
    assert [(out[:7], err) for out, err in ended] == [(b"erptui ", b"")] * 2
    assert len(list(Path(home["HOME"], ".cache", "erptui").iterdir())) == 1


def test_a_folder_that_others_can_write_is_not_trusted(archive: Path, home: dict[str, str]):
    folder = Path(home["HOME"], ".cache", "erptui")
    folder.mkdir(parents=True)
    folder.chmod(0o777)
    ended = run(archive, home, "--version")
    assert ended.stdout.startswith("erptui ")
    assert f"others can write {folder}" in ended.stderr
    assert "XDG_CACHE_HOME" in ended.stderr
    assert list(folder.iterdir()) == []
    assert os.listdir(home["TMPDIR"]) == []


def test_a_home_that_cannot_be_written_still_starts_and_nothing_is_left(archive: Path, home: dict[str, str]):
    ended = run(archive, home | {"XDG_CACHE_HOME": os.devnull + "/cache"}, "--version")
    assert (ended.returncode, ended.stdout.startswith("erptui ")) == (0, True)
    assert "each start takes longer" in ended.stderr
    assert os.listdir(home["TMPDIR"]) == []


def test_a_copy_that_went_wrong_is_told(archive: Path, home: dict[str, str], tmp_path: Path):
    content = bytearray(archive.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 400] = bytes(400)
    broken = tmp_path / "broken.pyz"
    broken.write_bytes(content)
    ended = run(broken, home, "--version")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith(f"{broken} is damaged.")
    assert list(Path(home["HOME"], ".cache", "erptui").iterdir()) == []


def test_a_python_of_2016_can_read_that_it_is_too_old():
    ast.parse(build_pyz.START.read_text("utf-8"), feature_version=(3, 6))
    assert "__future__" not in build_pyz.START.read_text("utf-8")


def test_a_wheel_that_is_not_pure_python_is_refused(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "fast-1-cp311-cp311-linux_x86_64.whl", "w") as wheel:
        wheel.writestr("fast-1.dist-info/WHEEL", "Root-Is-Purelib: false\n")
    with pytest.raises(build_pyz.NotPure, match="fast-1"):
        build_pyz.pack(tmp_path.glob("*.whl"), tmp_path / "erptui.pyz")
