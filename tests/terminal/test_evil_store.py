"""Every screen and every verb over a store full of hostile text: the terminal is commanded nothing by it.

The text is written past the program into every column that takes text, as another program could do it.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import datetime, timezone
from importlib import util
from pathlib import Path

import pytest

from db.fields import BirthdayField, TextField
from db.models import MODELS
from db.opening import create
from db.store import Store

PROGRAM = ("-c", "import sys; from erptui.cli import main; sys.exit(main())")
MARK = "Qx7f3"
# None of these is a command that the program itself sends.
COMMANDS = (
    "\x1b]52;c;ZXZpbA==\x07 \x1b[2J \x9b2J \x1b]0;evil\x07 \x1bP+q\x1b\\ \x90q\x9c \x1b[6n \x1bc \x08\r\n\t\x0e\x7f"
    "\u202eB\u2066C\u2069\u200f\u061c [/x] [b] [SD \U0001f468\u200d\U0001f469\u200d\U0001f467 \U00020bb7 e\u0301 \ufeff"
    "\u200b\u2060\u2028\U000e0041 物料 "
)
EVIL = f"{MARK}{COMMANDS}"
LONG = f"{EVIL}{'长' * 10_000}"
OURS = re.compile(
    rb"\x1b\[[0-9]+;[0-9]+H|\x1b\[[0-9;]*m|\x1b\[K(?=\x1b\[[0-9;]+[Hm])|\x1b\[\?[0-9;]+[hl]|\x1b\[[<>=][0-9;]*u"
    rb"|\x1b\[\?[0-9]+\$p|\x1b\]22;[a-z]*\x07"
)
UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\U000e0000-\U000e007f].{0,9}"
)
COMMANDING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069].{0,9}")
NAMED = {
    "enter": "\r",
    "escape": "\x1b[27u",
    "end": "\x1b[F",
    "home": "\x1b[H",
    "right": "\x1b[C",
    "up": "\x1b[A",
    "space": " ",
    "tab": "\t",
    "down": "\x1b[B",
}
NOW = {"ERPTUI_ME": "Anna", "ERPTUI_NOW": "2026-03-16T09:00:00+00:00"}
WITHOUT_TEXT = {"SettingsScreen", "RulesScreen", "help"}
"""Screens that show nothing of the store."""
BESIDE = {
    "help": "?",
    "today of a row": "1 enter",
    "sorted and filtered": "4 / Qx enter",
    "filter of the board": "/ Qx enter",
    "history of a package": "enter i",
    "form of a package": "enter e",
    "form of an engagement": "0 e",
    "form of a promise": "5 v p v a e",
    "touch": "4 t",
    "a round": "4 ;",
    "undo": "u",
    "columns": "4 v c",
}


def the_screens() -> dict[str, str]:
    """The keys that open every screen there is: a new one must be added there."""
    path = Path(__file__).parents[1] / "screens" / "test_client_view.py"
    spec = util.spec_from_file_location("erptui_tests_client_view", path)
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.OPEN


def commands(raw: bytes) -> list[str]:
    return UNSAFE.findall(OURS.sub(b"", raw).decode("utf-8").replace("\r\n", ""))


@pytest.fixture(scope="session")
def _evil(marks, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("evil") / "store.db"
    create(path)
    with Store(path, who="Anna", now=lambda: datetime(2026, 3, 16, 9, tzinfo=timezone.utc)) as store:
        marks.fill(store)
    with closing(sqlite3.connect(path)) as connection:
        for model in MODELS:
            for name, kind in model._meta.fields.items():
                if isinstance(kind, TextField) and not isinstance(kind, BirthdayField) and name not in marks.NO_TEXT:
                    poison(connection, model._meta.table_name, kind.column_name)
        texts = [name for model in MODELS for name, kind in model._meta.fields.items() if isinstance(kind, TextField)]
        named = f"field IN ({', '.join(repr(name) for name in texts)})"
        for column in ("old", "new"):
            connection.execute(f"UPDATE change SET {column} = ? || {column} WHERE {named}", (EVIL,))
        connection.execute("UPDATE step SET label = ? || label, about = ?", (EVIL, EVIL))
        # The last one stays mine, so that it can be taken back.
        connection.execute("UPDATE step SET who = ? WHERE id < (SELECT max(id) FROM step)", (EVIL,))
        connection.commit()
    return path


def poison(connection: sqlite3.Connection, table: str, column: str) -> None:
    """Put the text before what stands in a column, which keeps it unique."""
    connection.execute(f"UPDATE {table} SET {column} = ? || {column} WHERE {column} IS NOT NULL", (EVIL,))


@pytest.fixture
def evil(_evil, tmp_path) -> Path:
    path = tmp_path / "store.db"
    path.write_bytes(_evil.read_bytes())
    return path


@pytest.fixture
def longer(evil) -> Path:
    """The same store with ten thousand characters more in every fortieth row."""
    with closing(sqlite3.connect(evil)) as connection:
        for model in MODELS:
            for kind in model._meta.fields.values():
                if isinstance(kind, TextField) and not isinstance(kind, BirthdayField):
                    table, column = model._meta.table_name, kind.column_name
                    where = f"{column} LIKE '{MARK}%' AND rowid % 40 = 1"
                    connection.execute(f"UPDATE {table} SET {column} = ? || {column} WHERE {where}", (LONG,))
        connection.commit()
    return evil


def keys_of(keys: str, folder: Path) -> str:
    """What is typed for these keys."""
    typed = []
    for key in keys.split():
        if key == "PASTE":
            typed.append(f"\x1b[200~{EVIL}\nmore\x1b[201~")
        elif key == "FILE":
            file = folder / "people.vcf"
            name = EVIL.replace("\r\n", "")
            file.write_text(f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nEND:VCARD\r\n")
            typed.append(f"{file}\r")
        elif key != "O":
            typed.append(NAMED.get(key, key))
    return "".join(typed)


DIFFERENT = [
    ((160, 50), {}),
    ((60, 20), {"LANG": "zh_CN.UTF-8"}),
    ((100, 30), {"TERM": "linux", "NO_COLOR": "1"}),
    ((80, 24), {"LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
]


def test_no_screen_over_a_store_full_of_evil_text_commands_the_terminal(terminal, evil, tmp_path):
    walk(terminal, evil, tmp_path, (80, 24), {})


@pytest.mark.long
@pytest.mark.parametrize(("size", "environ"), DIFFERENT)
def test_nor_with_ten_thousand_characters_in_other_terminals(terminal, longer, tmp_path, size, environ):
    walk(terminal, longer, tmp_path, size, environ)


def walk(terminal, store: Path, tmp_path: Path, size: tuple[int, int], environ: dict[str, str]) -> None:
    """Open every screen in one program and move on it; then look at all that was sent."""
    folders = {f"XDG_{what}_HOME": str(tmp_path / what) for what in ("STATE", "CONFIG")}
    environ = {**NOW, **folders, **environ}
    shown = terminal(*PROGRAM, "--store", str(store), size=size, **environ)
    shown.shows("?", seconds=60)
    shown.type("2")
    shown.shows(" A1 ")
    pictures: list[str] = []
    for name, keys in {**the_screens(), **BESIDE}.items():
        pictures.append(another_picture(shown, keys, pictures, name, tmp_path))
        if name != "SettingsScreen":
            shown.type(keys_of("down right down", tmp_path))
    shown.quiet(0.5)
    assert commands(shown.raw) == []
    assert b"ZXZpbA==\x07" not in shown.raw


def another_picture(shown, keys: str, pictures: list[str], name: str, folder: Path) -> str:
    """What the keys lead to: a picture that was not there yet, with the text where the screen shows any.

    A key that comes while a screen is made may find nothing on it to act on: the keys are pressed again then.
    """
    for patience in (2, 5, 20):
        for key in ("escape escape escape 2 home", *keys.split()):
            shown.type(keys_of(key, folder))
            shown.quiet(patience / 40)
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if (MARK in shown.text or name in WITHOUT_TEXT) and shown.text not in pictures and not shown.read(0.05):
                return shown.text
            shown.read(0.1)
    assert commands(shown.raw) == []
    pytest.fail(f"{name} did not come:\n{shown.text}")


VERBS = (
    "today",
    "today --all",
    *(
        f"list {register}"
        for register in ("tasks", "people", "touches", "notes", "promises", "decisions", "engagements")
    ),
    "list milestones",
    "list gates",
    "list people --json",
    "history",
    "check",
    "undo",
    "redo",
    "export csv --register people -o -",
    "export vcf -o -",
    "export ics -o -",
    f"note {EVIL} --on {EVIL}",
    f"touch {EVIL} {EVIL}",
    f"list tasks --project {EVIL}",
    f"list {EVIL}",
    f"history {EVIL}",
    f"--{EVIL}",
    f"{EVIL}",
    f"check {EVIL}",
    f"import vcf {EVIL}",
)


def test_no_verb_over_it_and_no_refusal_of_evil_words_commands_the_terminal(evil, tmp_path):
    folders = {f"XDG_{what}_HOME": str(tmp_path / what) for what in ("STATE", "CONFIG")}
    environ = {**os.environ, **NOW, **folders, "LANG": "C.UTF-8"}
    said = tell_all(evil, environ)
    for verb, raw in said.items():
        # Signs without a width command nothing, and what is given away is as it is in the store.
        assert not COMMANDING.findall(raw.decode().replace("\r\n", "\n")), verb
    assert sum(MARK.encode() in raw for raw in said.values()) > len(VERBS) - 6


def tell_all(store: Path, environ: dict[str, str]) -> dict[str, bytes]:
    """What every verb says on both of its outputs, in one process: a start takes longer than a verb."""
    script = (
        "import json, sys; from erptui.cli import main\n"
        "for words in json.loads(sys.argv[1]):\n"
        "    print('\\x1e', end='', flush=True)\n"
        "    main([*words, '--store', sys.argv[2]])\n"
        "    sys.stdout.flush()"
    )
    words = [[EVIL if word == "EVIL" else word for word in verb.replace(EVIL, "EVIL").split()] for verb in VERBS]
    words = [[word.replace("\0", "") for word in verb] for verb in words]
    run = subprocess.run(
        [sys.executable, "-c", script, json.dumps(words), str(store)],
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=True,
        timeout=120,
    )
    parts = run.stdout.split(b"\x1e")[1:]
    assert len(parts) == len(VERBS)
    return dict(zip(VERBS, parts, strict=True))
