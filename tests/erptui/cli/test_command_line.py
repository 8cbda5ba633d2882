"""What holds for every verb: options, streams, exit codes, languages, start-up."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from erptui.cli.verbs import VERBS
from erptui.stores import open_store

ERPTUI = [sys.executable, "-c", "import sys; from erptui.cli import main; sys.exit(main())"]


def modules_after(*arguments: str) -> set[str]:
    """The top packages that a fresh process has imported once the command line has answered."""
    program = (
        "import sys; from erptui.cli import main; main(sys.argv[1:]);"
        "print('\\nMODULES', *sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    return set(done.stdout.split("MODULES")[1].split())


def test_every_verb_explains_itself(run):
    for verb in VERBS:
        ended = run(verb, "--help")
        assert ended.code == 0
        assert "--store PATH" in ended.out
        assert ended.err == ""


def test_the_help_lists_the_verbs_without_importing_them():
    imported = modules_after("--help")
    assert "click" in imported
    assert not imported & {"textual", "rich", "peewee", "sqlite3", "openpyxl", "icalendar"}


def test_list_answers_without_textual_openpyxl_or_icalendar(store):
    assert not modules_after("list", "tasks", "--store", store) & {"textual", "openpyxl", "icalendar"}


def test_export_imports_icalendar_but_neither_textual_nor_openpyxl(store):
    imported = modules_after("export", "ics", "--store", store, "-o", "a.ics")
    assert "icalendar" in imported
    assert not imported & {"textual", "openpyxl"}


def test_the_way_to_the_screens_waits_for_neither_click_nor_peewee(store):
    assert not modules_after("--store", store, "--ascii") & {"click", "peewee", "platformdirs", "icalendar"}


def test_without_a_terminal_the_screens_do_not_open(store):
    done = subprocess.run([*ERPTUI, "--store", store], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == "The screens need a terminal. For scripts there are verbs: erptui --help\n"


def test_options_stand_before_or_after_the_verb(run, store):
    before, after = run("--store", store, "list", "gates"), run("list", "gates", "--store", store)
    assert before == after
    assert before.code == 0


def test_the_option_behind_the_verb_counts_more(run, store):
    assert run("--store", "nowhere.db", "list", "gates", "--store", store).code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--lang", "fr"], "--lang: “fr” is not one of: en, zh."),
        (["--lang"], "--lang needs a value."),
        (["--ascii=1"], "--ascii takes no value."),
        (["--bogus"], "There is no option --bogus."),
        (["--versio"], "Did you mean --version?"),
        (["plot"], "There is no “plot”. There are: demo, init, new,"),
        (["export"], "erptui export needs one of: ics, csv, vcf."),
        (["export", "pdf"], "There is no “export pdf”. There are: ics, csv, vcf."),
        (["list"], "REGISTER is missing."),
        (["list", "risk"], "REGISTER: “risk” is not one of: tasks, milestones, gates, people, touches,"),
        (["list", "tasks", "more"], "“more” is one argument too many."),
        (["new", "--name", "n"], "--code is missing."),
        (["new", "--name", "n", "--code", "c", "--start", "soon"], "--start: “soon” is not a day. Type 2026-11-24"),
        (["new", "--name", "n", "--code", "c", "--start", "fri", "--calendar", "us"], "--calendar: “us” is not one of"),
        (["undo", "--store", "postgresql://me:secret@host/db"], "--store postgresql://… is a server."),
        (["undo", "--store", ""], "--store needs the name of a file."),
        (["undo", "--as", " "], "--as needs a name"),
        (["undo", "--store", "none.db"], "There is no store at"),
    ],
)
def test_wrong_usage_is_one_readable_line_and_ends_with_2(run, arguments, said):
    ended = run(*arguments)
    assert ended.code == 2
    assert said in ended.err
    assert ended.err.count("\n") == 1
    assert ended.out == ""


def test_the_password_in_a_server_address_is_not_repeated(run):
    assert "secret" not in run("list", "tasks", "--store", "mysql://me:secret@host/db").err


def test_control_characters_of_an_argument_do_not_reach_the_terminal(run):
    ended = run("list", "tasks", "--store", "a\x1b[2J\x9b\u202eb.db")
    assert ended.code == 2
    assert not set(ended.err) & set("\x1b\x9b\u202e")


def test_an_unknown_failure_is_one_sentence_and_its_place_is_in_the_log(run, store, monkeypatch, surroundings):
    import erptui.registers.context

    def fail(*_: object) -> None:
        raise ZeroDivisionError("the client's secret")

    monkeypatch.setattr(erptui.registers.context.Context, "codes", property(fail))
    ended = run("list", "tasks", "--store", store)
    log = surroundings / "state" / "erptui" / "erptui.log"
    assert ended == (3, "", f"erptui failed. Where it happened stands in {log}\n")
    assert "secret" not in log.read_text()
    assert "ZeroDivisionError" in log.read_text()
    assert "test_command_line.py" in log.read_text()


def test_a_reader_that_goes_away_is_no_failure(store):
    with subprocess.Popen(
        [*ERPTUI, "list", "tasks", "--json", "--store", store], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk_behind_standard_output_is_told(store):
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*ERPTUI, "list", "gates", "--store", store], stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 2
    assert done.stderr == "Standard output can't be written: No space left on device\n"


def test_a_locked_store_ends_with_3(run, store, monkeypatch):
    monkeypatch.setitem(open_store.__kwdefaults__, "wait", 0.05)
    other = sqlite3.connect(store, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    ended = run("list", "tasks", "--store", store)
    other.close()
    assert ended.code == 3
    assert store in ended.err


def test_nothing_is_changed_with_read_only(run, store):
    before = Path(store).read_bytes()
    ended = run("new", "--read-only", "--store", store, "--name", "n", "--code", "c", "--start", "fri")
    assert ended.code == 3
    assert "read-only" in ended.err
    assert Path(store).read_bytes() == before


def test_who_is_working_comes_from_the_option_then_the_environment_then_the_settings(
    run, store, monkeypatch, surroundings
):
    def last_person() -> str:
        return str(json.loads(run("history", "--store", store, "--json").out)[0]["who"])

    def open_one(code: str, *more: str) -> None:
        assert run("new", "--store", store, "--name", "n", "--code", code, "--start", "fri", *more).code == 0

    (surroundings / "config" / "erptui").mkdir(parents=True)
    (surroundings / "config" / "erptui" / "config.json").write_text('{"me": "Zhao"}')
    open_one("A")
    assert last_person() == "Zhao"
    monkeypatch.setenv("ERPTUI_ME", "Li")
    open_one("B")
    assert last_person() == "Li"
    open_one("C", "--as", "Wang")
    assert last_person() == "Wang"


def test_settings_that_can_not_be_read_cost_a_message_and_nothing_else(run, store, surroundings):
    (surroundings / "config" / "erptui").mkdir(parents=True)
    (surroundings / "config" / "erptui" / "config.json").write_text("{\n'me'")
    ended = run("list", "gates", "--store", store)
    assert ended.code == 0
    assert "config.json can't be read: Line 2 is not JSON." in ended.err
    assert "Pursuit" in ended.out


@pytest.mark.parametrize("how", [["--lang", "zh"], ["--lang=zh"]])
def test_help_and_refusals_are_in_chinese(run, how):
    assert "显示" in run(*how, "--help").out or "用法" in run(*how, "--help").out
    ended = run(*how, "list", "risk")
    assert ended.code == 2
    assert not ended.err.startswith("REGISTER: “risk” is not one of")


def test_the_locale_chooses_the_language_and_the_option_another(run, store, monkeypatch):
    english = run("list", "gates", "--store", store).out
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert run("list", "gates", "--store", store).out != english
    assert run("list", "gates", "--store", store, "--lang", "en").out == english


def test_a_terminal_without_unicode_gets_marks_and_ascii_json(store):
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    new = ["new", "--store", store, "--name", "华信", "--code", "华信", "--start", "fri", "--language", "en"]
    subprocess.run([*ERPTUI, *new], check=True, capture_output=True)
    listing = [*ERPTUI, "list", "gates", "--store", store]
    assert b"??" in subprocess.run(listing, env=environment, capture_output=True, check=True).stdout
    rows = subprocess.run([*listing, "--json"], env=environment, capture_output=True, check=True).stdout
    assert {row["project"] for row in json.loads(rows)} == {"HX26", "华信"}


@pytest.mark.parametrize("name", ["db", "screens"])
def test_a_package_of_another_program_in_the_way_is_named(surroundings, name):
    (surroundings / name).mkdir()
    (surroundings / name / "__init__.py").touch()
    environment = {**os.environ, "PYTHONPATH": str(surroundings)}
    done = subprocess.run([*ERPTUI, "--help"], env=environment, capture_output=True, text=True)
    assert done.returncode == 3
    assert (
        done.stderr == f"erptui: another package stands in the way of its own: {surroundings / name / '__init__.py'}\n"
    )
