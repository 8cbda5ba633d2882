"""The people on the screen: added by a line, touched from anywhere, moved to the trash and back."""

from __future__ import annotations

from datetime import date

import pytest

from db.choices import ContactKind, Side
from db.models import ContactPoint, FormerPost, Person, Role
from erptui.touches import log_touch


@pytest.fixture
def store_of(store_with, opened):
    """A store with HX26 and these people: `store_of("Wang Lei", "赵敏")`; `fill` may do more with it."""

    def make(*names: str, fill=None, **more):
        path = store_with()
        with opened(path) as store:
            with store.edit("Fill", undoable=False) as edit:
                ids = {name: edit.create(Person, name=name, **more).id for name in names}
            if fill:
                fill(store, ids)
        return path

    return make


# Adding.


async def test_without_people_one_line_says_how_to_add_one(board, store_with):
    async with board(store_with()) as b:
        await b.press("4")
        b.shows("No people yet. a adds one: name, organisation, post, phone, mail.")
        for key in ("d", "y", "i", "space"):
            await b.press(key)
            b.shows("No people yet")


async def test_a_person_is_added_by_one_line_and_the_cursor_is_there(board, store_of):
    async with board(store_of("Anna Berg", "Zoe")) as b:
        await b.press("4", "a")
        await b.type("张伟，华信精密，采购经理 13800138000 zw@huaxin.cn")
        await b.press("enter")
        assert b.here.startswith("张伟")
        b.shows("张伟 added", "采购经理 · 华信精密", "13800138000 · zw@huaxin.cn")
        await b.press("u")
        b.hides("张伟  ")


async def test_a_namesake_is_added_only_when_asked_twice(board, store_of):
    async with board(store_of("Wang Lei", organisation="Huaxin")) as b:
        await b.press("4", "a")
        await b.type("Wang Lei, Dongyue")
        await b.press("enter")
        assert "Wang Lei (Huaxin) is there already." in b.said
        b.shows("People  1")
        await b.press("enter")
        b.shows("People  2")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", "A name is missing"),
        (", Huaxin", "A name is missing"),
        ("Li Na, Huaxin, Buyer, blue", "“blue” has no place here"),
        ("Li Na a@b.cn c@d.cn", "two mail addresses"),
        ("x" * 200, "can't be used"),
    ],
)
async def test_a_line_that_names_nobody_rightly_is_refused_and_stays(board, store_of, line, why):
    async with board(store_of("Anna")) as b:
        await b.press("4", "a")
        await b.type(line)
        await b.press("enter")
        assert why in b.said
        assert b.field == line
        b.shows("People  1")


# Touches.


async def test_a_touch_on_the_row_shows_at_once_as_last_and_next(board, store_of):
    async with board(store_of("Wang Lei")) as b:
        await b.press("4")
        await b.press("t")
        await b.type("wx 周五给BOM >2w")
        assert "Channel: WeChat · Next: Mon 30.03" in b.said
        await b.press("enter")
        assert "Touch with Wang Lei logged, next 30.03 · u takes back" in b.said
        assert "today WeChat" in b.here
        assert "30.03" in b.here
        b.shows("16.03  WeChat", "周五给BOM")
        await b.press("u")
        assert "today" not in b.here


async def test_a_touch_from_the_board_begins_with_who(board, store_of):
    async with board(store_of("Wang Lei", "赵敏")) as b:
        await b.press("t")
        await b.type("zm tel wants to replace U8 >fri")
        await b.press("enter")
        assert "Touch with 赵敏 logged, next 20.03" in b.said
        await b.press("4", "G")
        await b.until("wants to replace U8")


async def test_somebody_new_is_asked_about_once_and_made_with_the_touch(board, store_of):
    async with board(store_of("Wang Lei")) as b:
        await b.press("t")
        await b.type("Chen Hui, Huaxin tel wants the list")
        await b.press("enter")
        assert "Chen Hui (Huaxin) is new and will be added. Enter again logs it, esc goes back." in b.said
        await b.press("enter", "4")
        b.shows("People  2", "Chen Hui", "Huaxin", "wants the list")
        await b.press("u")
        b.shows("People  1")


async def test_somebody_new_who_is_not_wanted_is_left_out_with_esc(board, store_of):
    async with board(store_of("Wang Lei")) as b:
        await b.press("t")
        await b.type("Chne tel x")
        await b.press("enter", "escape", "escape", "4")
        b.shows("People  1", "Not touched yet")


async def test_a_name_that_several_have_is_refused_naming_them(board, store_of):
    async with board(store_of("张明", "赵敏")) as b:
        await b.press("t")
        await b.type("zm tel x")
        await b.press("enter")
        assert "“zm” can be: 张明, 赵敏" in b.said
        assert b.field == "zm tel x"


async def test_on_a_row_somebody_named_first_stands_in_its_place(board, store_of):
    async with board(store_of("Anna Berg", "Wang Lei")) as b:
        await b.press("4", "t")
        await b.type("wl tel x")
        await b.press("enter")
        assert "Touch with Wang Lei logged" in b.said


async def test_a_touch_with_all_selected_is_one_step(board, store_of):
    async with board(store_of("Anna Berg", "Bo", "Wang Lei")) as b:
        await b.press("4", "space", "space", "t")
        await b.type("visit line 3")
        await b.press("enter")
        assert "Touch with Anna Berg, Bo logged" in b.said
        assert sum("today Visit" in line for line in b.lines) == 2
        await b.press("u")
        assert sum("today Visit" in line for line in b.lines) == 0


async def test_a_next_day_for_somebody_not_to_be_contacted_is_asked_about_and_never_shown(board, store_of):
    async with board(store_of("Wang Lei", do_not_contact=True)) as b:
        await b.press("4")
        b.shows("× no contact", "× do not contact")
        await b.press("t")
        await b.type("tel asked for the bill >2w")
        await b.press("enter")
        assert "Wang Lei asked not to be contacted." in b.said
        await b.press("enter")
        b.shows("today Phone", "× no contact")
        assert "30.03" not in b.here


async def test_nothing_is_logged_from_an_empty_line(board, store_of):
    async with board(store_of("Wang Lei")) as b:
        await b.press("4", "t", "enter")
        assert "Type what was said" in b.said
        await b.press("escape")
        b.shows("Not touched yet")


async def test_a_touch_belongs_to_the_engagement_of_the_role(board, store_of, opened):
    def staff(store, ids):
        role = next(iter(store.select(Role)))
        with store.edit("Staff") as edit:
            edit.update(role, person=ids["Wang Lei"])

    path = store_of("Wang Lei", fill=staff)
    async with board(path) as b:
        await b.press("4", "t")
        await b.type("tel x")
        await b.press("enter")
        assert b.app.store.rows("SELECT e.code FROM touch t JOIN engagement e ON e.id = t.engagement_id") == [("HX26",)]


# What is shown.


async def test_a_next_touch_that_is_overdue_says_by_how_much(board, store_of):
    def touched(store, ids):
        log_touch(store, [ids["Late"]], day=date(2026, 3, 1), channel="phone", next_on=date(2026, 3, 13))
        log_touch(store, [ids["Now"]], day=date(2026, 3, 1), next_on=date(2026, 3, 16))

    async with board(store_of("Late", "Now", fill=touched)) as b:
        await b.press("4")
        assert "15 d Phone" in b.here
        assert "■ 3 d late" in b.here
        await b.press("j")
        assert "▲ today" in b.here


async def test_who_was_silent_too_long_is_found_by_the_filter(board, store_of):
    def touched(store, ids):
        log_touch(store, [ids["Long"]], day=date(2026, 3, 1))
        log_touch(store, [ids["Short"]], day=date(2026, 3, 10))

    async with board(store_of("Long", "Never", "Short", fill=touched)) as b:
        await b.press("4", "/")
        await b.type("silent>14")
        b.shows("1 of 3")
        assert b.here.startswith("Long")


async def test_the_lower_part_tells_contacts_touches_and_former_posts(board, store_of):
    def told(store, ids):
        with store.edit("More") as edit:
            edit.create(ContactPoint, person=ids["Wang Lei"], kind=ContactKind.WECHAT, value="wl-66", rank="a")
            edit.create(FormerPost, person=ids["Wang Lei"], organisation="Dongyue", post="Buyer")
        for day in range(1, 13):
            log_touch(store, [ids["Wang Lei"]], day=date(2026, 3, day), channel="mail", text=f"Mail {day}")

    path = store_of("Wang Lei", fill=told, phone="13800138000", side=Side.CLIENT)
    async with board(path, size=(80, 40)) as b:
        await b.press("4")
        b.shows("13800138000 · WeChat: wl-66", "12.03  Mail", "Mail 12", "more touches", "Before: Buyer · Dongyue")
        b.hides("Mail 1\n")


# Trash.


async def test_the_trash_takes_all_selected_in_one_step_and_undo_brings_them_back(board, store_of):
    def touched(store, ids):
        log_touch(store, [ids["Anna"]], day=date(2026, 3, 1), text="alone")
        log_touch(store, [ids["Anna"], ids["Wang Lei"]], day=date(2026, 3, 2), text="together")

    async with board(store_of("Anna", "Bo", "Wang Lei", fill=touched)) as b:
        await b.press("4", "space", "space", "d")
        assert "moved to trash: Anna, Bo · u brings it back" in b.said
        b.shows("People  1")
        assert b.app.store.rows("SELECT text FROM touch") == [("together",)]
        await b.press("u")
        b.shows("People  3")
        assert b.app.store.rows("SELECT count(*) FROM touch_person") == [(3,)]


async def test_the_history_tells_what_happened_to_the_person(board, store_of):
    async with board(store_of("Wang Lei")) as b:
        await b.press("4", "t")
        await b.type("tel x")
        await b.press("enter", "i")
        b.shows("History", "Wang Lei", "Log touch Wang Lei")
        await b.press("escape")
        b.shows("People  1")


async def test_what_is_open_for_reading_only_says_so(board, store_of):
    async with board(store_of("Wang Lei"), read_only=True) as b:
        await b.press("4")
        for key in ("a", "t", "d"):
            await b.press(key)
            assert "nothing can be changed" in b.said
            assert b.field is None


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20), (40, 12)], ids=str)
async def test_the_screen_stays_within_its_size(board, store_of, size):
    async with board(store_of("Wang Lei", "赵敏", do_not_contact=True), size=size) as b:
        await b.press("4")
        assert max(len(line) for line in b.lines) <= size[0]
        b.shows("Wang Lei", "× no cont")


async def test_enter_opens_the_form_of_the_person_and_esc_comes_back_to_the_row(board, store_of):
    async with board(store_of("Anna", "Wang Lei")) as b:
        await b.press("4", "j", "enter")
        b.shows("Wang Lei", "Organisation")
        await b.press("escape")
        assert b.here.startswith("Wang Lei")


async def test_without_people_enter_says_that_there_is_no_row(board, store_with):
    async with board(store_with()) as b:
        await b.press("4", "enter")
        assert b.said == "There is no row here."


async def test_somebody_added_under_a_filter_is_shown_all_the_same(board, store_of):
    async with board(store_of("Anna", "Wang Lei")) as b:
        await b.press("4", "/")
        await b.type("anna")
        await b.press("enter", "a")
        await b.type("Zoe")
        await b.press("enter")
        assert b.here.startswith("Zoe")
        b.shows("People  3")


async def test_among_many_the_one_added_is_found_when_all_are_read(board, store_of):
    async with board(store_of(*(f"Person {n:03}" for n in range(500)))) as b:
        await b.press("4", "a")
        await b.type("Person 250b")
        await b.press("enter")
        assert b.here.startswith("Person 250b")
        await b.press("t")
        await b.type("person 499 tel x")
        await b.press("enter")
        assert "Touch with Person 499 logged" in b.said
        assert b.here.startswith("Person 250b")


async def test_beside_what_is_told_of_one_the_names_and_touches_have_room(board, store_of):
    async with board(
        store_of("Wang Lei", organisation="Huaxin Precision", unit="Sales", post="Buyer"), size=(120, 30)
    ) as b:
        await b.press("4")
        assert "Wang Lei       Huaxin Precision" in b.lines[2]
        await b.resize(80, 24)
        b.shows("Huaxin Precision", "Sales", "Buyer")
