"""Lists in a form: further ways, former posts, consent, deliverables, predecessors, what waits for a decision."""

from __future__ import annotations

from datetime import date

import pytest

from db.models import (
    Consent,
    ContactPoint,
    Decision,
    DecisionWait,
    Deliverable,
    Dependency,
    FormerPost,
    Person,
    WorkPackage,
)
from erptui import drafts


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def rows(b, model):
    return list(b.app.store.select(model).order_by(model.id))


async def fill(b, *texts):
    """Type into one field after the other; a key in angle brackets is pressed."""
    for text in texts:
        if text:
            await b.type(text)
        await b.press("tab")


async def person_form(b, **values):
    """The form of a person with two further ways, the cursor in the first line of them."""
    with b.app.store.edit("Add") as edit:
        person = edit.create(Person, name="Zhao Min", **values)
        edit.create(ContactPoint, person=person, kind="wechat", label="private", value="zhaomin77", rank="a")
        edit.create(ContactPoint, person=person, kind="mobile", value="13800138000", rank="b")
    await b.press("4", "e", *["tab"] * 10)
    return person.id


async def open_package(b, code):
    """The form of a package of the first card."""
    await b.press("enter", *["j"] * (int(code.split(".")[1]) - 1), "e")


async def to_line(b, text):
    """Go down until the cursor is in the line that holds a text."""
    for _line in range(40):
        current = b.app.screen._current
        if text in b.lines[current.region.y]:
            return
        await b.press("down")
    raise AssertionError(f"No such line: {text}\n{b.text}")


async def test_every_field_of_a_person_is_set_by_keys_alone_and_taken_back_in_one_step(board, store_with):
    async with board(store_with()) as b:
        with b.app.store.edit("Add") as edit:
            person = edit.create(Person, name="Zhao Min")
        await b.press("4", "e")
        await fill(b, " 敏", "Zhao", "Min", "Huaxin", "Plant / Planning", "Head", "cli")
        await fill(b, "+86 138 0013 8000", "zm@hx.cn", "y")
        await fill(b, "weco", "private", "zhaomin77", "mob", "", "13900139000", "")
        await fill(b, "04-15", "likes tea")
        await fill(b, "Old Works", "Stores", "Clerk", "2015", "28.2.2020", "")
        await fill(b, "y", "16.3", "mailings", "Yes, please.")
        b.shows("new answer…")
        await b.press("enter")
        saved = b.app.store.get(Person, person.id)
        assert (saved.name, saved.family, saved.given, saved.organisation) == ("Zhao Min 敏", "Zhao", "Min", "Huaxin")
        assert (saved.unit, saved.post, saved.side.id) == ("Plant / Planning", "Head", "client")
        assert (saved.phone, saved.mail, saved.do_not_contact) == ("+86 138 0013 8000", "zm@hx.cn", True)
        assert (saved.birthday, saved.note) == ("--04-15", "likes tea")
        ways = sorted(rows(b, ContactPoint), key=lambda way: way.rank)
        assert [(way.kind.id, way.label, way.value) for way in ways] == [
            ("wecom", "private", "zhaomin77"),
            ("mobile", None, "13900139000"),
        ]
        (post,) = rows(b, FormerPost)
        assert (post.organisation, post.unit, post.post) == ("Old Works", "Stores", "Clerk")
        assert (post.since, post.until) == ("2015", "2020-02-28")
        (answer,) = rows(b, Consent)
        assert (answer.given, answer.day, answer.purpose, answer.wording) == (
            True,
            date(2026, 3, 16),
            "mailings",
            "Yes, please.",
        )
        assert b.app.store.undoable().step.label == "Edit"
        await b.press("u")
        assert b.app.store.get(Person, person.id).family is None
        assert (rows(b, ContactPoint), rows(b, FormerPost), rows(b, Consent)) == ([], [], [])


async def test_a_field_of_a_line_is_changed_and_the_others_stay(board, store_with):
    async with board(store_with()) as b:
        await person_form(b)
        b.shows("Further ways", "Kind", "WeChat     private", "Mobile")
        await b.press("tab", "tab")
        await b.type("x")
        await b.press("f2")
        b.shows("Zhao Min saved · u takes back")
        assert {way.value for way in rows(b, ContactPoint)} == {"zhaomin77x", "13800138000"}


async def test_f8_takes_a_line_away_when_the_form_is_saved_and_keeps_it_when_pressed_again(board, store_with):
    async with board(store_with()) as b:
        await person_form(b)
        assert "F8 Remove line" in b.bottom
        await b.press("f8")
        b.shows("Goes when you save. F8 keeps it.")
        await b.press("f8")
        b.hides("Goes when you save")
        await b.press("down", "f8", "f2")
        assert [way.value for way in rows(b, ContactPoint)] == ["zhaomin77"]
        await b.press("u")
        assert len(rows(b, ContactPoint)) == 2


async def test_an_emptied_line_goes_too_and_says_so(board, store_with):
    async with board(store_with()) as b:
        await person_form(b)
        for _field in range(3):
            await b.press("home", "ctrl+k", "tab")
        b.shows("Empty: the line goes when you save.")
        await b.press("f2")
        assert [way.value for way in rows(b, ContactPoint)] == ["13800138000"]


async def test_f8_on_a_field_of_its_own_says_what_it_is_for(board, store_with):
    async with board(store_with()) as b:
        await person_form(b)
        await b.press("up", "f8")
        b.shows("F8 takes away a line of a list")
        await b.press("down")
        b.hides("F8 takes away a line of a list")
        # What was typed in the empty line and deleted leaves one empty line.
        await to_line(b, "new way…")
        for _time in range(3):
            await b.type("x")
            await b.press("backspace")
        assert b.text.count("new way…") == 1
        # In the help stands what works in a text, with the keys that are not typed there.
        await b.press("f1")
        b.shows("F1 Help", "Remove line")
        b.hides("?", "Projector")


async def test_down_goes_to_the_same_field_of_the_next_line(board, store_with):
    async with board(store_with()) as b:
        await person_form(b)
        await b.press("tab", "tab", "down")
        await b.type("9")
        await b.press("f2")
        assert {way.value for way in rows(b, ContactPoint)} == {"zhaomin77", "138001380009"}


async def test_what_is_no_value_is_refused_under_its_line_by_the_name_of_the_field(board, store_with):
    async with board(store_with()) as b:
        await person_form(b)
        await to_line(b, "new post…")
        await b.type("Works")
        await b.press("tab", "tab", "tab")
        await b.type("soon")
        await b.press("f2")
        b.shows("Since: “soon” is not a day")
        line = next(place for place, line in enumerate(b.lines) if "soon" in line)
        assert "Since: “soon” is not a day" in b.lines[line + 1]
        assert rows(b, FormerPost) == []
        await b.press("home", "ctrl+k")
        await b.type("2020-01-01")
        b.hides("is not a day")
        await b.press("f2")
        assert rows(b, FormerPost)[0].since == "2020-01-01"


async def test_a_new_line_without_what_it_needs_is_refused(board, store_with):
    async with board(store_with()) as b:
        await person_form(b)
        await to_line(b, "new way…")
        await fill(b, "mail", "home")
        await b.press("f2")
        b.shows("It must be filled in.")
        assert len(rows(b, ContactPoint)) == 2


async def test_both_values_of_a_line_are_shown_when_somebody_else_changed_it(board, store_with, opened):
    path = store_with()
    async with board(path) as b:
        await person_form(b)
        await b.press("tab", "tab")
        await b.type("x")
        wechat = next(way for way in rows(b, ContactPoint) if way.kind.id == "wechat")
        with opened(path, "Bo") as other, other.edit("Correct") as edit:
            edit.change(ContactPoint, wechat.id, None, value="theirs", label="office")
        await b.press("f2")
        b.shows("theirs “theirs”", "zhaomin77x", "F2 again")
        await b.press("f2")
        saved = b.app.store.get(ContactPoint, wechat.id)
        assert (saved.value, saved.label) == ("zhaomin77x", "office")


async def test_a_line_that_somebody_deleted_meanwhile_is_made_anew_or_dropped(board, store_with, opened):
    path = store_with()
    async with board(path) as b:
        await person_form(b)
        await b.press("tab", "tab")
        await b.type("x")
        with opened(path, "Bo") as other, other.edit("Delete") as edit:
            edit.delete(next(way for way in other.select(ContactPoint) if way.kind.id == "wechat"))
        await b.press("f2")
        b.shows("Somebody deleted this line meanwhile")
        await b.press("f2")
        assert {way.value for way in rows(b, ContactPoint)} == {"zhaomin77x", "13800138000"}


async def test_a_line_that_somebody_changed_is_not_taken_away_unseen(board, store_with, opened):
    path = store_with()
    async with board(path) as b:
        await person_form(b)
        await b.press("f8")
        wechat = next(way for way in rows(b, ContactPoint) if way.kind.id == "wechat")
        with opened(path, "Bo") as other, other.edit("Correct") as edit:
            edit.change(ContactPoint, wechat.id, None, value="new number")
        await b.press("f2")
        b.shows("new number")
        assert len(rows(b, ContactPoint)) == 2
        await b.press("f2")
        assert len(rows(b, ContactPoint)) == 1


async def test_lines_come_back_after_the_program_was_killed(board, store_with):
    path = store_with()
    async with board(path) as b:
        person, store = await person_form(b), b.app.store.meta("store")
        await b.press("f8", "down", "tab", "tab")
        await b.type("7")
        await b.press("tab")
        await fill(b, "fei", "", "zm7", "web", "", "hx.cn")
        await b.until(lambda: "hx.cn" in str(drafts.kept(store, "person", person)))
    async with board(path) as b:
        await b.press("4", "e")
        b.shows("Back again", "Goes when you save", "138001380007", "Feishu", "hx.cn")
        await b.press("f2")
        ways = sorted(rows(b, ContactPoint), key=lambda way: way.rank)
        assert [way.value for way in ways] == ["138001380007", "zm7", "hx.cn"]
        assert drafts.kept(store, "person", person) is None


async def test_a_wording_of_many_lines_survives_the_form_and_is_written_in_the_editor(
    board, store_with, monkeypatch, tmp_path
):
    script = tmp_path / "editor"
    script.write_text("#!/bin/sh\nprintf 'one\\ntwo\\n\\nfour\\n' > \"$1\"\n")
    script.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(script))
    monkeypatch.delenv("VISUAL", raising=False)
    async with board(store_with()) as b:
        with b.app.store.edit("Add") as edit:
            person = edit.create(Person, name="Zhao Min")
            edit.create(Consent, person=person, given=True, day=date(2026, 1, 5), wording="first\nsecond")
        await b.press("4", "e")
        await to_line(b, "2026-01-05")
        b.shows("first⏎second")
        await b.press("tab", "tab")
        await b.type("mail")
        await b.press("f2")
        assert rows(b, Consent)[0].wording == "first\nsecond"
        await b.press("e")
        await to_line(b, "2026-01-05")
        await b.press("tab", "tab", "tab")
        assert "F4 Editor" in b.bottom
        with monkeypatch.context() as patch:
            patch.setattr(type(b.app), "suspend", _no_terminal_to_hand_over)
            await b.press("f4")
        await b.press("f2")
        assert rows(b, Consent)[0].wording == "one\ntwo\n\nfour"


def _no_terminal_to_hand_over(_app):
    from contextlib import nullcontext

    return nullcontext()


async def test_all_lines_of_a_paste_are_kept(board, store_with):
    from textual.events import Paste

    async with board(store_with()) as b:
        await open_package(b, "A1.1")
        await to_line(b, " Note")
        b.app._driver.send_message(Paste("first\r\nsecond\nthird"))
        await b.settled()
        b.shows("first⏎second⏎third")
        await b.press("f2")
        assert next(p for p in rows(b, WorkPackage) if p.code == "A1.1").note == "first\nsecond\nthird"


async def test_deliverables_are_ticked_and_added_in_the_form_of_a_package(board, store_with):
    async with board(store_with()) as b:
        await open_package(b, "A1.1")
        await to_line(b, "Opportunity file")
        await b.press("tab")
        await b.type("y")
        await b.press("tab")
        await b.type("share:/a.docx")
        await b.press("tab")
        await fill(b, "Criteria sheet")
        await b.press("f2")
        package = next(p for p in rows(b, WorkPackage) if p.code == "A1.1")
        mine = [d for d in rows(b, Deliverable) if d.package == package.id]
        assert {(d.name, d.done, d.reference) for d in mine} == {
            ("Opportunity file", True, "share:/a.docx"),
            ("Criteria sheet", False, None),
        }


def links_of(b, code):
    codes = {package.id: package.code for package in rows(b, WorkPackage)}
    return {
        (codes[link.predecessor], link.kind.id, link.lag)
        for link in rows(b, Dependency)
        if codes[link.successor] == code
    }


async def test_a_predecessor_is_typed_by_its_code_and_moves_the_plan(board, store_with):
    async with board(store_with()) as b:
        await open_package(b, "A1.2")
        await to_line(b, "finish to start")
        b.shows("Predecessors", "A1.1 ")
        await b.press("down")
        await fill(b, "A1.1", "ss", "-2d")
        await b.press("f2")
        assert ("A1.1", "SS", -960) in links_of(b, "A1.2")
        await b.press("e")
        await to_line(b, "start to start")
        b.shows("-2 d")


async def test_packages_that_would_wait_for_each_other_are_refused_under_the_list(board, store_with):
    async with board(store_with()) as b:
        before = links_of(b, "A1.1")
        await open_package(b, "A1.1")
        await to_line(b, "new predecessor…")
        await fill(b, "A1.2")
        await b.press("f2")
        b.shows("wait for each other in a circle", "A1.1 → A1.2 → A1.1")
        assert links_of(b, "A1.1") == before
        await b.press("home", "ctrl+k")
        await b.type("A1.1")
        await b.press("f2")
        b.shows("A1.1 → A1.1")
        assert links_of(b, "A1.1") == before


async def test_a_decision_says_which_packages_wait_for_it(board, store_with):
    from erptui.forms import DECISION
    from screens.form import FormScreen

    async with board(store_with()) as b:
        with b.app.store.edit("Add") as edit:
            decision = edit.create(Decision, engagement=b.app.engagement.id, text="Lot sizes")
        await b.app.push_screen(FormScreen(DECISION, decision.id, "Lot sizes"))
        await b.settled()
        await to_line(b, "new package…")
        await fill(b, "A1.2", "A1.2")
        await b.press("f2")
        b.shows("A1.2 stands here twice")
        await b.press("f8", "f2")
        codes = {package.id: package.code for package in rows(b, WorkPackage)}
        assert [codes[wait.package] for wait in rows(b, DecisionWait)] == ["A1.2"]


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)], ids=["60", "80", "120"])
async def test_lists_are_whole_and_lie_in_columns_at_every_width(board, store_with, size):
    async with board(store_with(), size=size) as b:
        with b.app.store.edit("Add") as edit:
            person = edit.create(Person, name="Zhao Min")
            for since, where in ((date(2015, 3, 1), "Old"), (date(2018, 3, 1), "物料")):
                edit.create(FormerPost, person=person, organisation=where, since=since)
        await b.press("4", "e")
        await to_line(b, "new post…")
        from erptui import cells

        heads = next(line for line in b.lines if "Organisation" in line and "Until" in line)
        assert all(word in heads for word in ("Organisation", "Unit", "Post", "Since", "Until"))
        at = cells.width(heads[: heads.index("Since")])
        for day in ("2015-03-01", "2018-03-01"):
            line = next(line for line in b.lines if day in line)
            assert cells.width(line[: line.index(day)]) == at


async def test_labels_are_whole_and_fields_begin_in_one_column_in_chinese(board, store_with):
    from erptui import cells, i18n

    before = i18n.language()
    i18n.set_language("zh")
    try:
        async with board(store_with(), size=(60, 20)) as b:
            with b.app.store.edit("Add") as edit:
                edit.create(Person, name="赵敏", family="赵", given="敏", organisation="华信")
            await b.press("4", "e")
            starts = {
                cells.width(line[: line.index(text)])
                for label, text in (("姓名", "赵敏"), ("单位", "华信"))
                for line in b.lines
                if line.strip().startswith(label)
            }
            assert len(starts) == 1
    finally:
        i18n.set_language(before)
