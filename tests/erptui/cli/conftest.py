from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from erptui.cli import main
from erptui.i18n import set_language


class Ended(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in ("LC_ALL", "LC_MESSAGES", "ERPTUI_ME", "ERPTUI_SEED"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {
        "ERPTUI_NOW": "2026-11-24T09:30:00+08:00",
        "LANG": "C.UTF-8",
        "COLUMNS": "80",
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    set_language("en")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line in this process, as a person calls it."""

    def call(*arguments: str) -> Ended:
        capsys.readouterr()
        code = main(arguments)
        out, err = capsys.readouterr()
        return Ended(code, out, err)

    return call


@pytest.fixture
def store(run: Run, surroundings: Path) -> str:
    """A store with one engagement, HX26."""
    path = str(surroundings / "s.db")
    assert run("init", path).code == 0
    new = ("new", "--store", path, "--name", "Huaxin Precision", "--code", "HX26", "--start", "2026-11-24")
    assert run(*new).code == 0
    return path
