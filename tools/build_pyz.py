"""Makes what a server without internet needs: `erptui.pyz`, the program in one file, and a folder of its wheels.

    .venv/bin/python tools/build_pyz.py [FOLDER]

The folder (`dist` when none is named) then holds `erptui.pyz` and `wheelhouse/`. The packages are those of
`requirements.lock`, fetched from the package registry and compared with their hashes; all of them must be pure Python,
so that one file serves every Python from 3.10 on. The same wheels give the same bytes.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
START = ROOT / "tools" / "pyz_start.py"
SOURCES = ("db", "erptui", "screens", "pyproject.toml", "README.md", "LICENSE", "NOTICE")
INTERPRETER = b"#!/usr/bin/env python3\n"
BUILD_WHEEL = "import sys, setuptools.build_meta as build; build.build_wheel(sys.argv[1])"
PURE = ("--only-binary", ":all:", "--platform", "any", "--implementation", "py", "--abi", "none")
OLDEST_PYTHON = "3.10"


class NotPure(Exception):
    """A wheel does not run on every machine."""


def build(folder: Path) -> Path:
    """Fill `folder` with the wheelhouse and the one file; gives the latter."""
    wheelhouse = folder / "wheelhouse"
    shutil.rmtree(wheelhouse, ignore_errors=True)
    wheelhouse.mkdir(parents=True)
    own_wheel(wheelhouse)
    fetch(wheelhouse)
    target = folder / "erptui.pyz"
    pack(wheelhouse.glob("*.whl"), target)
    return target


def own_wheel(wheelhouse: Path) -> None:
    """Build the wheel of erptui, from a copy: a build leaves its traces where it is made."""
    with tempfile.TemporaryDirectory() as folder:
        for name in SOURCES:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, Path(folder, name), ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, folder)
        command = [sys.executable, "-c", BUILD_WHEEL, str(wheelhouse.resolve())]
        subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=True)


def fetch(wheelhouse: Path) -> None:
    """Fetch the wheels of the packages that erptui stands on."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes", *PURE]
    command += ["--python-version", OLDEST_PYTHON, "-r", str(ROOT / "requirements.lock"), "-d", str(wheelhouse)]
    subprocess.run(command, check=True)


def pack(wheels: Iterable[Path], target: Path) -> None:
    """Put wheels and the start into one file that Python runs. Raises `NotPure`."""
    program = {f"program/{name}": content for wheel in sorted(wheels) for name, content in inside(wheel)}
    digest = hashlib.sha256()
    for name, content in sorted(program.items()):
        digest.update(f"{name}\n{len(content)}\n".encode() + content)
    start = START.read_text("utf-8").replace('BUILD = "0"', f'BUILD = "{digest.hexdigest()[:16]}"')
    with target.open("wb") as file:
        file.write(INTERPRETER)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in sorted({"__main__.py": start.encode(), **program}.items()):
                # With a day of its own instead of now.
                entry = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
                entry.external_attr = 0o100644 << 16
                archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    target.chmod(0o755)


def inside(wheel: Path) -> Iterator[tuple[str, bytes]]:
    """What is installed from a wheel: name and content. Raises `NotPure`."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (marks,) = (name for name in names if name.endswith(".dist-info/WHEEL"))
        if b"Root-Is-Purelib: true" not in archive.read(marks) or any(".data/" in name for name in names):
            raise NotPure(f"{wheel.name} holds more than Python")
        for name in names:
            if not name.endswith("/"):
                yield name, archive.read(name)


if __name__ == "__main__":
    made = build(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("dist"))
    print(f"{made} and {made.parent / 'wheelhouse'} are ready.")
