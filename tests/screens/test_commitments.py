"""The promises and decisions on the screen: added by a line, kept, put off, decided, of one engagement or of all."""

from __future__ import annotations

from datetime import date

import pytest

from db.choices import PromiseSide
from db.models import Decision, DecisionWait, Note, Person, Promise
from erptui import clock


@pytest.fixture
def store_of(store_with, opened):
    """A store with HX26, 赵敏 and Wang Lei: `store_of(fill)`; `fill(edit, ids)` may make more in one step."""

    def make(fill=None, *engagements):
        path = store_with(*engagements)
        with opened(path) as store, store.edit("Fill", undoable=False) as edit:
            ids = {name: edit.create(Person, name=name).id for name in ("赵敏", "Wang Lei")}
            ids |= dict(store.rows("SELECT code, id FROM engagement"))
            if fill:
                fill(edit, ids)
            if "HX26" in ids:
                packages = "SELECT code, id FROM work_package WHERE engagement_id = ?"
                ids |= dict(store.rows(packages, (ids["HX26"],)))
        return path

    return make


def promises(*wanted):
    """Fill with promises of HX26: text, day of March (None: no day), and more."""

    def fill(edit, ids):
        for text, day, more in wanted:
            due = date(2026, 3, day) if day else None
            values = {"engagement": ids["HX26"], **more}
            values = {name: ids.get(value, value) for name, value in values.items()}
            edit.create(Promise, text=text, due=due, **values)

    return fill


THREE = promises(
    ("Send the quote", 20, {"person": "Wang Lei"}),
    ("BOM list", 13, {"person": "赵敏", "side": PromiseSide.THEIRS}),
    ("Room for the training", None, {}),
)


async def test_without_promises_one_line_says_how_to_add_one(board, store_of):
    async with board(store_of()) as b:
        await b.press("5")
        b.shows("HX26 › Promises  0", "No promises yet. a adds one: send the BOM list @zm fri.")
        for key in ("m", "z", "d", "e", "i", "y", "c", "enter", "space"):
            await b.press(key)
            b.shows("No promises yet")


# Looking.


async def test_what_is_open_stands_first_by_its_day_with_how_late_it_is(board, store_of):
    async with board(store_of(THREE)) as b:
        await b.press("5")
        b.shows("HX26 › Promises  3")
        rows = [line for line in b.lines if any(name in line for name in ("BOM list", "quote", "Room"))][:3]
        assert [row.split("  ")[0].strip() for row in rows] == ["BOM list", "Send the quote", "Room for the training"]
        assert "■ 3 d late" in rows[0]
        assert "20.03" in rows[1]
        assert b.here.startswith("BOM list")
        b.shows("Theirs · With: 赵敏", "Due: ■ 3 d late · 13.03")


@pytest.mark.parametrize(
    ("wanted", "there", "gone"),
    [
        ("overdue>2", "BOM list", "Send the quote"),
        ("whose:theirs", "BOM list", "Send the quote"),
        ("with:zm", "BOM list", "Send the quote"),
        ("state:open due:", "Room for the training", "BOM list"),
        ("due<wed", "BOM list", "Send the quote"),
    ],
)
async def test_promises_are_filtered_by_what_is_known_of_them(board, store_of, wanted, there, gone):
    async with board(store_of(THREE)) as b:
        await b.press("5", "/")
        await b.type(wanted)
        await b.press("enter")
        b.shows("1 of 3", there)
        await b.until(lambda: gone not in b.text)


async def test_all_of_a_long_promise_stands_below_with_its_line_in_the_notebook_and_what_became_of_it(board, store_of):
    def fill(edit, ids):
        note = edit.create(Note, engagement=ids["HX26"], text="! " + "list " * 20, at=clock.now(), rank="V").id
        edit.create(Promise, engagement=ids["HX26"], text="list " * 20, note=note)

    async with board(store_of(fill), size=(80, 40)) as b:
        await b.press("5", "m")
        below = b.text[b.text.index("─" * 60) :]
        assert below.count("list") >= 20
        b.shows("Notebook: 16.03  ! list", "✓ Kept 16.03", "State: Open → Kept")


# Adding.


async def test_a_promise_is_added_by_one_line_that_says_how_it_reads(board, store_of):
    async with board(store_of()) as b:
        await b.press("5", "a")
        await b.type("send the BOM list @zm fri")
        assert "Ours · With: 赵敏 · Due: Fri 20.03" in b.said
        await b.press("enter")
        assert "send the BOM list added · u takes back" in b.said
        assert "赵敏" in b.here
        assert "20.03" in b.here
        await b.press("u")
        b.shows("Promises  0")


async def test_a_promise_is_theirs_where_they_are_named_first(board, store_of):
    async with board(store_of()) as b:
        await b.press("5", "a")
        await b.type("@zm sends the BOM list >2w")
        assert "Theirs · With: 赵敏 · Due: Mon 30.03" in b.said
        await b.press("enter")
        assert "Theirs" in b.here


async def test_what_is_not_understood_stays_in_the_line_and_nothing_is_saved(board, store_of):
    async with board(store_of()) as b:
        await b.press("5", "a")
        await b.type("send it @nobody fri")
        assert "Nobody is called “nobody”" in b.said
        await b.press("enter")
        assert b.field == "send it @nobody fri"
        b.shows("Promises  0")


async def test_tab_opens_the_form_with_what_was_typed_and_what_is_saved_there_is_a_row_of_the_engagement(
    board, store_of
):
    async with board(store_of()) as b:
        await b.press("5", "a")
        await b.type("@zm sends the BOM list fri")
        await b.press("tab")
        b.shows("Promise", "sends the BOM list", "Theirs", "赵敏", "2026-03-20")
        await b.press("f2")
        b.shows("HX26 › Promises  1")
        assert b.here.startswith("sends the BOM list")


# What becomes of them.


async def test_m_keeps_a_promise_u_opens_it_again_and_a_kept_one_says_so(board, store_of):
    async with board(store_of(THREE)) as b:
        await b.press("5", "m")
        assert "BOM list: Kept · u takes back" in b.said
        assert "✓ Kept" in b.here
        await b.press("m")
        assert "Kept already. c on the state changes it." in b.said
        await b.press("u")
        assert "■ 3 d late" in b.here
        b.hides("✓ Kept")


async def test_m_keeps_all_selected_in_one_step(board, store_of):
    async with board(store_of(THREE)) as b:
        await b.press("5", "space", "space", "m")
        assert "2 promises: Kept · u takes back" in b.said
        assert b.text.count("✓ Kept") >= 2
        b.hides("selected")
        await b.press("u")
        b.hides("✓ Kept")


@pytest.mark.parametrize(("typed", "words"), [("b", "× Broken"), ("w", "− Withdr"), ("k", "✓ Kept")])
async def test_c_on_the_state_says_what_became_of_it_and_on_which_day(board, store_of, typed, words):
    async with board(store_of(THREE), size=(120, 24)) as b:
        await b.press("5", "l", "l", "l", "l", "c")
        await b.type(typed)
        await b.press("enter")
        assert words in b.here
        b.shows(f"{words[2:]}", "16.03")


async def test_z_puts_off_with_the_reason_which_stays_in_the_history(board, store_of):
    async with board(store_of(THREE)) as b:
        await b.press("5", "z")
        await b.type("+2d")
        assert "Type why" in b.said
        await b.press("enter")
        assert b.field == "+2d"
        await b.type(" waits for IT")
        assert "New day: Wed 18.03" in b.said
        await b.press("enter")
        assert "put off to 18.03 · u takes back" in b.said
        assert "18.03" in b.here
        assert "→ New" in b.here
        b.shows("Due: 13.03 → 18.03  waits for IT")
        await b.press("i")
        b.shows("Put off:")
        await b.press("escape", "u")
        assert "■ 3 d late" in b.here


async def test_what_is_settled_is_not_put_off(board, store_of):
    async with board(store_of(THREE)) as b:
        await b.press("5", "m", "z")
        assert "It is settled: there is nothing to put off." in b.said
        assert b.field is None


async def test_a_promise_goes_to_the_trash_and_back(board, store_of):
    async with board(store_of(THREE)) as b:
        await b.press("5", "d")
        assert "moved to trash: BOM list · u brings it back" in b.said
        b.shows("Promises  2")
        await b.press("u")
        b.shows("Promises  3", "BOM list")


async def test_a_form_shows_all_of_a_promise(board, store_of):
    async with board(store_of(THREE)) as b:
        await b.press("5", "e")
        b.shows("Promise", "BOM list", "Theirs", "赵敏", "2026-03-13")
        await b.press("escape", "enter")
        b.shows("BOM list", "2026-03-13")


async def test_a_touch_is_with_the_person_and_the_notebook_on_the_promise(board, store_of):
    async with board(store_of(THREE)) as b:
        await b.press("5", "t")
        assert "Touch 赵敏" in b.said
        await b.press("escape", "n")
        b.shows("BOM list")
        await b.type("asked again")
        await b.press("enter", "escape", "escape")
        b.shows("HX26 › Promises  3")
        ((about,),) = b.app.store.rows("SELECT about_table FROM note")
        assert about == "promise"


async def test_the_round_asks_what_became_of_those_that_are_open(board, store_of):
    async with board(store_of(THREE)) as b:
        await b.press("5", ";")
        assert "1/3 BOM list" in b.said
        await b.type("+2d waits for IT")
        assert "New day: Wed 18.03" in b.said
        await b.press("enter")
        await b.type("kept")
        await b.press("enter", "enter")
        assert "Round: 2 rows changed" in b.said
        states = dict(b.app.store.rows("SELECT text, state FROM promise"))
        assert states == {"BOM list": "moved", "Send the quote": "kept", "Room for the training": "open"}


async def test_the_last_change_is_repeated_on_another_row(board, store_of):
    async with board(store_of(THREE)) as b:
        await b.press("5", "m", "g", "g", ".")
        assert "Send the quote: Kept" in b.said


# Decisions.


def one_decision(edit, ids):
    """A decision of Wang Lei's, due last Friday, with options."""
    made = edit.create(
        Decision,
        engagement=ids["HX26"],
        text="Which printer?",
        decider=ids["Wang Lei"],
        due=date(2026, 3, 13),
        options="Zebra\nTSC",
    )
    package = edit._connection.execute("SELECT id FROM work_package WHERE code = 'A1.1'").fetchone()[0]
    edit.create(DecisionWait, decision=made.id, package=package)


async def test_a_decision_is_added_with_who_decides_and_what_waits_for_it(board, store_of):
    async with board(store_of()) as b:
        await b.press("5", "v", "d")
        b.shows("HX26 › Decisions  0", "No decisions yet. a adds one: which printer? @wl >2w.")
        await b.press("a")
        await b.type("which printer? @wl >fri #A1.2")
        assert "Decides: Wang Lei · Due: Fri 20.03 · Waiting:" in b.said
        await b.press("enter")
        assert b.here.startswith("which printer?")
        b.shows("‖ A1.2")


async def test_a_decision_shows_its_options_and_the_packages_that_wait(board, store_of):
    async with board(store_of(one_decision)) as b:
        await b.press("5", "v", "d")
        assert "■ 3 d late" in b.here
        b.shows("Decides: Wang Lei", "Options: Zebra · TSC", "‖ A1.1", "To do")


async def test_m_asks_for_the_outcome_and_records_today(board, store_of):
    async with board(store_of(one_decision)) as b:
        await b.press("5", "v", "d", "m")
        assert "Outcome of Which printer?:" in b.said
        await b.press("enter")
        assert "Type what was decided." in b.said
        await b.type("Zebra")
        await b.press("enter")
        assert "Which printer? decided · u takes back" in b.said
        b.shows("✓ 16.03 Zebra")
        await b.press("m")
        assert "It is decided already. c on the outcome changes it." in b.said
        await b.press("u")
        b.hides("✓ 16.03")


async def test_an_outcome_typed_into_its_cell_decides_too(board, store_of):
    def fill(edit, ids):
        one_decision(edit, ids)
        edit.create(Decision, engagement=ids["HX26"], text="Which server?", decided_on=date(2026, 3, 2), outcome="own")

    async with board(store_of(fill)) as b:
        await b.press("5", "v", "d", *"llll", "c")
        assert "Which printer? Outcome:" in b.said
        await b.type("TSC")
        await b.press("enter")
        assert "TSC" in b.here
        b.shows("✓ 16.03 TSC")


# Views, engagements, who looks on.


async def test_the_view_looked_at_last_comes_again(board, store_of):
    async with board(store_of()) as b:
        await b.press("5", "v", "v")
        b.shows("› Decisions")
        await b.press("g", "b", "g", "r")
        b.shows("› Decisions")
        await b.press("v", "v", "4", "5")
        b.shows("› Promises")
        await b.press("escape")
        b.shows("Pursuit")


def two_engagements(edit, ids):
    for code in ("HX26", "NB26"):
        edit.create(Promise, engagement=ids[code], text=f"of {code}")
    edit.create(Promise, text="of nobody")


TWO = ({"code": "HX26"}, {"code": "NB26"})


async def test_the_current_engagement_is_shown_with_what_belongs_to_none_and_all_with_v_a(board, store_of):
    async with board(store_of(two_engagements, *TWO)) as b:
        await b.press("5")
        b.shows("HX26 › Promises  2", "of HX26", "of nobody")
        b.hides("of NB26", "Project")
        await b.press("v", "a")
        b.shows("All engagements › Promises  3", "of NB26", "Project")
        await b.press("/")
        await b.type("project:nb")
        await b.press("enter")
        # What is below follows when the keys rest.
        await b.until(lambda: "of HX26" not in b.text)
        await b.press("escape", "v", "a")
        b.hides("of NB26")


async def test_one_engagement_is_all_there_is(board, store_of):
    async with board(store_of(THREE)) as b:
        await b.press("5", "v", "a")
        assert "There is one engagement only." in b.said


async def test_a_client_sees_the_promises_of_the_engagement_but_neither_how_late_nor_where_from(board, store_of):
    def fill(edit, ids):
        two_engagements(edit, ids)
        note = edit.create(Note, engagement=ids["HX26"], text="! secret line", at=clock.now(), rank="V").id
        edit.create(Promise, engagement=ids["HX26"], text="late", due=date(2026, 3, 13), note=note)

    async with board(store_of(fill, *TWO)) as b:
        await b.press("5", "v", "a", "P")
        b.shows("HX26 › Promises  2", "13.03")
        b.hides("of NB26", "of nobody", "3 d", "■", "secret line", "made")
        await b.press("a")
        assert "Rows are added outside the client view. P leaves it." in b.said
        await b.press("v", "a")
        assert "A client sees one engagement. P leaves the client view." in b.said
        await b.press("P")
        b.shows("All engagements › Promises  4", "secret line")


async def test_nothing_is_changed_in_a_store_open_for_reading(board, store_of):
    async with board(store_of(THREE), read_only=True) as b:
        await b.press("5")
        for key in ("a", "m", "z", "d", "e", ";"):
            await b.press(key)
            assert "This store is open read-only" in b.said
            assert b.field is None


@pytest.mark.parametrize("size", [(60, 20), (40, 12), (120, 40)])
async def test_promises_fit_every_size(board, store_of, size):
    async with board(store_of(THREE), size=size) as b:
        await b.press("5")
        b.shows("BOM list", "■ 3 d late")
        assert all(len(line) <= size[0] for line in b.lines)


async def test_promises_go_out_as_a_list_with_their_days(board, store_of, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with board(store_of(THREE)) as b:
        await b.press("5", "x", "c", "enter")
        await b.until("3 rows written to")
    text = (tmp_path / "promises.csv").read_text("utf-8-sig")
    assert '"Theirs","BOM list","赵敏","2026-03-13","Open"' in text


async def test_the_open_promises_of_a_person_stand_below_the_person(board, store_of):
    def fill(edit, ids):
        for day, text in ((13, "BOM list"), (20, "Quote")):
            edit.create(Promise, engagement=ids["HX26"], text=text, person=ids["赵敏"], due=date(2026, 3, day))

    async with board(store_of(fill)) as b:
        await b.press("4", "G")
        await b.until("■ Promise: BOM list")
        b.shows("Ours · 13.03 · 1 more")
        await b.resize(80, 48)
        b.shows("■ Promise: BOM list", "○ Promise: Quote")
        await b.press("P")
        b.hides("Promise: ")


async def test_what_waits_for_a_decision_is_not_lost_on_the_way_to_the_form(board, store_of):
    async with board(store_of()) as b:
        await b.press("5", "v", "d", "a")
        await b.type("which printer? @wl #A1.2")
        await b.press("tab")
        b.shows("which printer? #A1.2", "Wang Lei")


async def test_a_wide_terminal_says_in_full_whose_a_promise_is(board, store_of):
    fill = promises(("BOM list", 13, {"person": "赵敏", "owner": "Wang Lei", "side": PromiseSide.THEIRS}))
    async with board(store_of(fill), size=(120, 40)) as b:
        await b.press("5")
        b.shows("Theirs · With: 赵敏 · Owner: Wang Lei", "Due: ■ 3 d late · 13.03")
