"""The demo shows something true on each screen, whenever and in whichever language it is opened."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from db import opening
from db.checks import check
from db.models import TABLES
from db.store import Store
from erptui import i18n
from erptui.attention.agenda import agenda
from erptui.attention.matters import findings, fold
from erptui.demo import content, fill_demo
from erptui.demo.content import told
from erptui.engagements import engagements, to_begin_in
from erptui.method.checks import method_findings
from erptui.planning.holidays import calendar_of
from erptui.stores import is_demo, open_store
from erptui.trash import deleted_rows

WEDNESDAY = date(2026, 11, 25)
ODD_DAYS = {
    "a Sunday": (date(2026, 11, 29), "zh"),
    "the first of seven days off in China": (date(2026, 10, 1), "zh"),
    "the last day of a year": (date(2026, 12, 31), "en"),
    "a leap day of a year whose holidays nobody knows": (date(2028, 2, 29), "en"),
}
Opened = Callable[..., "contextmanager[Store]"]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """Open the demo as it is filled on a day and in a language: `with filled(day, "zh") as store`."""
    made: dict[tuple[date, str, str], Path] = {}
    with pytest.MonkeyPatch.context() as patch:

        @contextmanager
        def opened(day: date, language: str, who: str = "Visitor") -> Iterator[Store]:
            patch.setenv("ERPTUI_NOW", f"{day}T09:30:00+08:00")
            patch.setenv("ERPTUI_SEED", "demo")
            i18n.set_language(language)
            try:
                fresh = (day, language, who) not in made
                path = made.setdefault((day, language, who), tmp_path_factory.mktemp("demo") / "demo.db")
                if fresh:
                    opening.create(path)
                with open_store(path, who=who) as store:
                    if fresh:
                        fill_demo(store)
                    yield store
            finally:
                i18n.set_language("en")

        yield opened


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_list_has_something_to_show_and_the_store_is_in_order(filled, language):
    with filled(WEDNESDAY, language) as store:
        counted = {
            table: store.rows(f"SELECT count(*) FROM {table}")[0][0]
            for table in ("person", "touch", "note", "promise", "decision", "snooze", "wip_limit", "former_post")
        }
        assert counted["person"] >= 55
        assert counted["touch"] >= 30
        assert all(counted.values())
        assert {state for (state,) in store.rows("SELECT state FROM promise")} == {
            "open", "kept", "moved", "withdrawn", "broken",
        }  # fmt: skip
        assert len({mark for (mark,) in store.rows("SELECT mark FROM note")}) == 9
        assert {table for (table,) in store.rows("SELECT DISTINCT became_table FROM note")} == {
            None, "promise", "decision", "touch", "work_package",
        }  # fmt: skip
        lines = engagements(store)
        assert {line.status for line in lines} == {"lead", "won", "lost", "postponed"}
        assert {line.phase for line in lines if line.status == "won"} >= {"B", "C", "D"}
        assert len(deleted_rows(store)) == 2
        assert len({who for (who,) in store.rows("SELECT who FROM step")}) >= 4
        assert is_demo(store)
        assert check(store.path) == []
        assert method_findings(store) == []
        assert store.undoable() is None


@pytest.mark.parametrize(("language", "code"), [("en", "NB26"), ("zh", "HX26")])
def test_one_begins_in_a_project_of_ones_own_language(filled, language, code):
    with filled(WEDNESDAY, language) as store:
        lines = engagements(store)
        assert to_begin_in(lines, language).code == code
        other = "HX26" if language == "en" else "NB26"
        assert {line.code for line in lines if line.language != language} == {other}


@pytest.mark.parametrize(("day", "language"), [(WEDNESDAY, "en"), *ODD_DAYS.values()], ids=["a Wednesday", *ODD_DAYS])
def test_today_is_full_on_any_day(filled, day, language):
    with filled(day, language) as store:
        matters = findings(store, day)
        assert len(matters) >= 25
        assert len({matter.rule for matter in matters}) >= 12
        assert len({matter.code for matter in matters}) >= 5
        assert fold(matters)[1]
        days = {line.day for line in agenda(store, day)}
        assert day in days
        assert len(days) > 1


@pytest.mark.parametrize(("day", "language"), ODD_DAYS.values(), ids=ODD_DAYS)
def test_nobody_worked_on_a_free_day_or_in_the_future(filled, day, language):
    with filled(day, language) as store:
        working = {
            engagement: calendar_of(base)
            for engagement, base in store.rows(
                "SELECT e.id, c.base FROM engagement e JOIN working_calendar c ON c.id = e.calendar_id"
            )
        }
        touched = store.rows("SELECT engagement_id, day FROM touch UNION SELECT engagement_id, settled_on FROM promise")
        for engagement, on in touched:
            assert on is None or (
                date.fromisoformat(on) < day and working[engagement].is_working(date.fromisoformat(on))
            )
        for engagement, due in store.rows(
            "SELECT engagement_id, due FROM promise UNION SELECT engagement_id, due FROM decision"
        ):
            assert working[engagement].is_working(date.fromisoformat(due))
        assert max(store.rows("SELECT at FROM step"))[0][:10] <= day.isoformat()
        assert max(store.rows("SELECT at FROM note"))[0][:10] <= day.isoformat()


def test_it_is_the_same_whenever_it_is_filled_with_the_same_seed(filled, tmp_path):
    with filled(WEDNESDAY, "zh") as store:
        again = tmp_path / "again.db"
        opening.create(again)
        with open_store(again, who="Visitor") as second:
            fill_demo(second)
            for table in (*TABLES, "change"):
                assert second.rows(f"SELECT * FROM {table}") == store.rows(f"SELECT * FROM {table}")


def test_one_who_is_called_as_a_colleague_of_the_demo_has_nothing_to_undo_either(filled):
    with filled(WEDNESDAY, "zh", "刘洋") as store:
        assert store.undoable() is None


def test_addresses_and_numbers_reach_nobody():
    for language in ("en", "zh"):
        people = [
            told("team", language)["people"],
            *(told(name, language)["people"] for name in ("hx26", "nb26", "ty24")),
        ]
        people += [lead["people"] for lead in told("leads", language)]
        for person in (person for group in people for person in group.values()):
            assert person.get("mail", ".example").endswith(".example")
            # Ranges of Ofcom for drama, and numbers that begin as none in China does.
            assert person.get("phone", "100-0000-").startswith(("0113 496 0", "01632 960", "07700 900", "100-0000-"))
    assert "@" not in json.dumps(told("team", "en")["roles"])


def test_what_the_demo_says_in_chinese_is_set_as_chinese():
    han, latin = "[\u4e00-\u9fff]", "[A-Za-z0-9]"
    parted = re.compile(f"{han} {latin}|{latin} {han}|{han}[,;:?()]|[,;:()]{han}")
    files = sorted(Path(content.__file__).parent.glob("*.json"))
    assert [line for file in files for line in file.read_text("utf-8").splitlines() if parted.search(line)] == []
