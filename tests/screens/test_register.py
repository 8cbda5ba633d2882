"""A register on the screen, by the people: filter, sort, select, copy; what stays where when rows come and go."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest

from db.choices import Side
from db.models import Person

PEOPLE = (
    ("赵敏", "Huaxin", "PM", Side.CLIENT, "13800138000", "zm@huaxin.cn"),
    ("Wang Lei", "Huaxin", "Sponsor", Side.CLIENT, None, "wl@huaxin.cn"),
    ("陈辉", "东岳", "Finance", Side.CLIENT, "13900139000", None),
    ("Anna Berg", None, "Consultant", Side.VENDOR, None, "anna@example.com"),
    ("张明", None, "Consultant", Side.VENDOR, None, None),
)


@pytest.fixture
def people(store_with, opened, board):
    """The screen of the people above: `async with people() as p`."""

    @asynccontextmanager
    async def run(*more, size=(80, 24), path=None, **options):
        if path is None:
            path = store_with()
            with opened(path) as store, store.edit("Add") as edit:
                for name, organisation, post, side, phone, mail in (*PEOPLE, *more):
                    edit.create(
                        Person, name=name, organisation=organisation, post=post, side=side, phone=phone, mail=mail
                    )
        async with board(path, size=size, **options) as walked:
            await walked.press("4")
            yield walked

    return run


def rows(walked) -> list[str]:
    """The first cells of the rows that are shown."""
    view = walked.app.screen.view
    return [view.row_at(row)[1] for row in range(view.row_count)]


async def test_rows_come_by_name_chinese_as_it_is_said(people):
    async with people() as p:
        assert rows(p) == ["Anna Berg", "陈辉", "Wang Lei", "张明", "赵敏"]
        p.shows("People  5", "Name↑")
        assert p.here.startswith("Anna Berg")


async def test_the_filter_narrows_with_every_letter_and_says_how_many_fit(people):
    async with people() as p:
        await p.press("/")
        await p.type("hua")
        assert rows(p) == ["Wang Lei", "赵敏"]
        p.shows("2 of 5")
        await p.press("enter")
        assert p.field is None
        p.shows("2 of 5", "hua")
        await p.press("escape")
        assert len(rows(p)) == 5


async def test_chinese_is_found_by_its_initials_and_conditions_on_fields_count(people):
    async with people() as p:
        await p.press("/")
        await p.type("zm")
        assert rows(p) == ["张明", "赵敏"]
        await p.type(" side:client")
        assert rows(p) == ["赵敏"]


async def test_esc_while_typing_clears_the_filter_at_once(people):
    async with people() as p:
        await p.press("/")
        await p.type("zm")
        await p.press("escape")
        assert (p.field, len(rows(p))) == (None, 5)


async def test_a_part_that_is_not_understood_is_said_above_the_line_and_hides_nothing(people):
    async with people() as p:
        await p.press("/")
        await p.type("huaxin colour:red")
        assert rows(p) == ["Wang Lei", "赵敏"]
        assert "There is no field “colour”" in p.said
        # Nor does it stand in the title as if it hid something.
        await p.press("enter")
        assert p.field == "huaxin colour:red"
        assert "There is no field “colour”" in p.said
        await p.press(*["backspace"] * 10)
        assert "no field" not in p.text


async def test_chinese_typed_outside_a_field_opens_the_filter_with_it(people):
    async with people() as p:
        await p.press("东")
        assert p.field == "东"
        assert rows(p) == ["陈辉"]
        await p.type("岳")
        assert p.field == "东岳"


async def test_when_nothing_fits_one_line_says_so(people):
    async with people() as p:
        await p.press("/")
        await p.type("nobody at all")
        p.shows("0 of 5", "No row fits the filter. esc clears it.")


async def test_arrows_walk_while_the_filter_is_typed_and_the_row_is_kept(people):
    async with people() as p:
        await p.press("/")
        await p.type("a")
        await p.press("down", "enter")
        chosen = p.here.split()[0]
        await p.press("escape")
        assert p.here.split()[0] == chosen


async def test_sorting_asks_for_the_column_and_the_same_again_turns_it_round(people):
    async with people() as p:
        await p.press("s")
        await p.type("post")
        await p.press("enter")
        p.shows("Post↑")
        assert [name for name in rows(p) if name != "x"][:2] == ["Anna Berg", "张明"]
        await p.press("s", "enter")
        p.shows("Post↓", "Sorted by Post, falling.")
        assert rows(p)[0] == "Wang Lei"


async def test_rows_without_a_value_stand_last_either_way(people):
    async with people() as p:
        for _ in range(2):
            await p.press("s")
            await p.type("phone")
            await p.press("enter")
            assert set(rows(p)[2:]) == {"Wang Lei", "Anna Berg", "张明"}


async def test_a_column_that_does_not_exist_is_refused_with_those_that_do(people):
    async with people() as p:
        await p.press("s")
        await p.type("colour")
        await p.press("enter")
        assert "There is no field “colour”" in p.said
        assert p.field == "colour"


async def test_the_selection_stays_through_filter_and_sort_and_esc_ends_it(people):
    async with people() as p:
        await p.press("space", "space")
        p.shows("* 2 selected")
        await p.press("/")
        await p.type("zm")
        await p.press("enter")
        p.shows("* 2 selected")
        await p.press("escape", "s")
        await p.type("post")
        await p.press("enter")
        assert sum(line.startswith("*") for line in p.lines) == 2
        await p.press("escape")
        p.hides("selected")


async def test_copying_sends_the_shown_rows_as_an_aligned_table(people):
    async with people() as p:
        await p.press("/")
        await p.type("side:client")
        await p.press("enter", "y")
        assert "3 rows copied as text" in p.said
        lines = p.app.clipboard.splitlines()
        assert lines[0].split()[:2] == ["Name", "Organisation"]
        assert [line.split()[0] for line in lines[1:]] == ["陈辉", "Wang", "赵敏"]
        from erptui import cells

        assert {cells.width(line[: line.index("Client")]) for line in lines[1:]} == {
            cells.width(lines[0][: lines[0].index("Side")])
        }


async def test_copying_takes_the_selected_rows_only(people):
    async with people() as p:
        await p.press("space", "y")
        assert "1 row copied" in p.said
        assert p.app.clipboard.splitlines()[1].startswith("Anna Berg")


async def test_the_cursor_stays_on_its_row_when_others_add_and_delete(people, opened, tmp_path):
    async with people() as p:
        await p.press("j", "j")
        assert p.here.startswith("Wang Lei")
        with opened(p.app.store.path, who="Bob") as store, store.edit("Change") as edit:
            edit.create(Person, name="Aaron")
            edit.delete(next(row for row in store.select(Person) if row.name == "Anna Berg"))
            edit.create(Person, name="Bo")
        await p.look_again()
        assert rows(p)[:2] == ["Aaron", "Bo"]
        assert p.here.startswith("Wang Lei")


async def test_the_lower_part_is_about_the_row_under_the_cursor(people):
    async with people() as p:
        await p.press("G")
        await p.until("zm@huaxin.cn")
        p.shows("赵敏  PM · Huaxin · Client", "13800138000")


async def test_with_ten_screens_of_rows_the_last_one_is_reached(people):
    async with people(*((f"Person {n:03}", None, None, None, None, None) for n in range(600))) as p:
        p.shows("People  605")
        await p.press("G")
        assert p.here.startswith("赵敏")
        await p.press("home")
        assert p.here.startswith("Anna Berg")


@pytest.mark.parametrize("size", [(170, 40), (120, 40), (80, 24), (60, 20), (40, 12)], ids=str)
async def test_columns_follow_the_width_and_no_line_is_wider(people, size):
    async with people(size=size) as p:
        assert max(len(line) for line in p.lines) <= size[0]
        p.shows("Name↑", "Anna Berg", "Last touch")
        assert ("Mail" in p.lines[1]) == (size[0] >= 170)
        assert ("Post" in p.lines[1]) == (size[0] >= 60)


async def test_columns_that_are_empty_in_all_rows_leave_their_place_to_others(people):
    async with people(size=(160, 24)) as p:
        p.hides("Unit")
        p.shows("Phone", "Mail")


async def test_back_and_the_board_key_leave_and_the_screen_key_comes_back(people):
    async with people() as p:
        await p.press("escape")
        p.shows("Pursuit 0/29")
        await p.press("g", "s")
        p.shows("People  5")
        await p.press("4", "2")
        p.shows("Pursuit 0/29")


async def test_a_column_is_hidden_and_another_shown_by_typing_its_name(people):
    async with people() as p:
        p.hides("Mail", "Phone")
        for column in ("side", "mail"):
            await p.press("v", "c")
            await p.type(column)
            await p.press("enter")
        assert "Mail is shown." in p.said
        assert "Side" not in p.lines[1]
        assert "wl@huaxin.cn" in "".join(p.lines[2:8])
        await p.press("escape", "4")
        assert "Mail" in p.lines[1]


async def test_a_column_without_room_says_so(people):
    async with people(size=(40, 12)) as p:
        for column in ("organisation", "phone", "mail"):
            await p.press("v", "c")
            await p.type(column)
            await p.press("enter")
        p.shows("Mail has no room here.")


async def test_keys_typed_ahead_find_the_rows_in_their_place(people, store_with, opened, board):
    path = store_with()
    with opened(path) as store, store.edit("Add") as edit:
        for name, *_ in PEOPLE:
            edit.create(Person, name=name)
    async with board(path) as b:
        await b.ahead("4", "j")
        assert b.here.startswith("陈辉")


async def test_a_large_register_shows_rows_at_once_and_all_of_them_a_moment_later(people):
    async with people(*((f"Person {n:03}", "Dongyue", None, None, None, None) for n in range(600))) as p:
        await p.press("/")
        await p.type("person 599")
        assert rows(p) == ["Person 599"]
        p.shows("1 of 605")
        await p.press("escape", "G", "space", "d")
        assert "moved to trash: 赵敏" in p.said
        p.shows("People  604")
        assert p.here.startswith("张明")


async def test_a_filter_typed_while_all_rows_are_still_read_counts_when_they_are(people, store_with, opened, board):
    path = store_with()
    with opened(path) as store, store.edit("Add") as edit:
        edit.create_many(Person, [{"name": f"Person {n:03}"} for n in range(600)])
    async with board(path) as b:
        await b.ahead("4", "/", *"599")
        await b.until("1 of 600")
        assert b.field == "599"
        assert b.here.startswith("Person 599")


@pytest.mark.parametrize("texts", [("z", "m", " side:client"), ("-hua", "xin"), ("a", "n", "zz", "")])
async def test_while_the_filter_is_typed_each_line_shows_the_row_that_belongs_there(people, texts):
    async with people(*((f"Person {n:03}", None, None, None, None, None) for n in range(60))) as p:
        await p.press("G", "/")
        for text in texts:
            await p.type(text)
            before = p.lines
            p.app.screen.view.rows_changed()
            await p.settled()
            assert p.lines == before
        await p.press("escape")
        before = p.lines
        p.app.screen.view.rows_changed()
        await p.settled()
        assert p.lines == before
