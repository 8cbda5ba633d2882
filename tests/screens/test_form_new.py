"""New rows and new people made in a form; what a client does not see; candidates while typing."""

from __future__ import annotations

from datetime import date

import pytest

from db.models import Person, Promise, WorkPackage
from erptui import drafts
from erptui.forms import DECISION, PERSON, PROMISE
from screens.form import FormScreen


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def people(b):
    return {person.name: person for person in b.app.store.select(Person)}


def promises(b):
    return list(b.app.store.select(Promise))


async def new_promise(b, given=None):
    """A form for a promise that is not there yet; gives a list that gets what the form is dismissed with."""
    dismissed = []
    fixed = {"engagement": b.app.engagement.id}
    await b.app.push_screen(FormScreen(PROMISE, None, "New promise", given, fixed), dismissed.append)
    await b.settled()
    return dismissed


async def leave_unsaved(board, path, text):
    """End the program with a new promise half typed, once its draft is kept."""
    async with board(path) as b:
        store = b.app.store.meta("store")
        await new_promise(b)
        await b.type(text)
        await b.until(lambda: drafts.kept(store, "promise", "new") is not None)


async def open_package(b, *, owner=None):
    """The form of A1.1 with the cursor in the field of its owner."""
    if owner:
        with b.app.store.edit("Add") as edit:
            for name, *mail in owner:
                edit.create(Person, name=name, mail=mail[0] if mail else None)
    await b.press("enter", "e", *["down"] * 10)
    assert b.app.screen._current.field_name == "owner"


async def test_a_new_row_is_made_with_what_was_given_and_typed(board, store_with):
    async with board(store_with()) as b:
        dismissed = await new_promise(b, {"text": "Send the offer", "due": "fri"})
        b.shows("Promise  ›  New promise", "Send the offer", "fri", "Whose")
        await b.press("f2")
        (saved,) = promises(b)
        assert dismissed == [saved.id]
        assert (saved.text, saved.due, saved.state.id) == ("Send the offer", date(2026, 3, 20), "open")
        assert saved.engagement == b.app.engagement.id
        b.shows("Send the offer saved · u takes back")
        await b.press("u")
        assert promises(b) == []


async def test_a_new_row_without_what_it_needs_is_refused_under_its_field(board, store_with):
    async with board(store_with()) as b:
        dismissed = await new_promise(b)
        await b.press("f2")
        b.shows("It must be filled in.")
        assert (promises(b), dismissed) == ([], [])
        await b.press("escape")
        assert dismissed == [None]


async def test_a_new_row_that_was_not_saved_is_offered_again(board, store_with):
    path = store_with()
    await leave_unsaved(board, path, "Send the offer")
    async with board(path) as b:
        await new_promise(b)
        b.shows("Back again", "Send the offer")
        await b.press("f2")
        assert [promise.text for promise in promises(b)] == ["Send the offer"]
        await new_promise(b)
        b.hides("Back again")


async def test_two_new_rows_that_were_not_saved_do_not_mix(board, store_with):
    path = store_with()
    await leave_unsaved(board, path, "The first")
    async with board(path) as b:
        await new_promise(b, {"text": "The second"})
        b.hides("The first", "Back again")
        await b.type(" of them")
        await b.press("f2")
        await new_promise(b)
        b.shows("The first", "Back again")


async def test_what_was_typed_in_a_line_counts_more_than_an_older_draft_and_is_kept_as_one(board, store_with):
    async with board(store_with()) as b:
        with b.app.store.edit("Add") as edit:
            person = edit.create(Person, name="Zhao Min")
        store = b.app.store.meta("store")
        drafts.keep(store, "person", person.id, {"post": "Clerk", "family": "Zhao"})
        await b.app.push_screen(FormScreen(PERSON, person.id, "Zhao Min", {"post": "Head"}))
        await b.settled()
        b.shows("Head", "Back again")
        await b.until(lambda: drafts.kept(store, "person", person.id).texts["post"] == "Head")
        await b.press("f2")
        saved = b.app.store.get(Person, person.id)
        assert (saved.post, saved.family) == ("Head", "Zhao")


async def test_a_person_is_made_with_all_lists_at_once(board, store_with):
    async with board(store_with()) as b:
        dismissed = []
        await b.app.push_screen(FormScreen(PERSON, None, "New person", {"name": "Qian Yi"}), dismissed.append)
        await b.settled()
        await b.press(*["tab"] * 10)
        await b.type("mob")
        await b.press("tab", "tab")
        await b.type("13700137000")
        await b.press("f2")
        made = people(b)["Qian Yi"]
        assert dismissed == [made.id]
        assert b.app.store.rows("SELECT person_id, value FROM contact_point") == [(made.id, "13700137000")]


# People by typing.


async def test_a_name_that_is_nobody_yet_makes_a_person_in_the_same_step(board, store_with):
    async with board(store_with()) as b:
        await open_package(b)
        await b.type("Qian Yi, Huaxin, Planner")
        await b.press("enter")
        b.shows("Qian Yi is not known yet. Enter again adds this person.")
        assert b.app.screen._current.field_name == "owner"
        await b.press("enter")
        b.shows("Qian Yi is new and will be added.")
        assert "Qian Yi" not in people(b)
        await b.press("f2")
        made = people(b)["Qian Yi"]
        assert (made.organisation, made.post) == ("Huaxin", "Planner")
        package = next(p for p in b.app.store.select(WorkPackage) if p.code == "A1.1")
        assert package.owner == made.id
        await b.press("u")
        assert "Qian Yi" not in people(b)


async def test_f2_twice_makes_the_new_person_too_and_once_does_not(board, store_with):
    async with board(store_with()) as b:
        await open_package(b)
        await b.type("Qian Yi")
        await b.press("f2")
        b.shows("not known yet")
        assert "Qian Yi" not in people(b)
        await b.press("f2")
        assert "Qian Yi" in people(b)


async def test_another_name_is_asked_about_again(board, store_with):
    async with board(store_with()) as b:
        await open_package(b)
        await b.type("Qian Yi")
        await b.press("enter")
        await b.type("n")
        await b.press("f2")
        b.shows("Qian Yin is not known yet")


async def test_who_is_named_in_two_fields_is_made_once(board, store_with):
    async with board(store_with()) as b:
        await new_promise(b, {"text": "Send the offer"})
        await b.press("tab", "tab")
        for _field in range(2):
            await b.type("Qian Yi")
            await b.press("enter", "enter")
        await b.press("f2")
        (saved,) = promises(b)
        assert saved.person == saved.owner == people(b)["Qian Yi"].id
        assert b.app.store.rows("SELECT count(*) FROM person WHERE name = 'Qian Yi'") == [(1,)]


async def test_several_of_one_name_are_told_apart_by_their_address(board, store_with):
    async with board(store_with()) as b:
        await open_package(b, owner=[("Li Na", "ln@hx.cn"), ("Li Na", "na@other.cn")])
        await b.type("li na")
        b.shows("Li Na · Li Na")
        await b.press("f2")
        b.shows("Li Na <ln@hx.cn>", "Li Na <na@other.cn>")
        await b.press("home", "ctrl+k")
        await b.type("na@other.cn")
        await b.press("tab")
        b.shows("Owner          Li Na")
        await b.press("f2")
        package = next(p for p in b.app.store.select(WorkPackage) if p.code == "A1.1")
        assert b.app.store.get(Person, package.owner).mail == "na@other.cn"


async def test_those_who_could_be_meant_are_shown_while_one_types(board, store_with):
    async with board(store_with()) as b:
        await open_package(b, owner=[("Zhao Min",), ("赵敏",), ("Wang Lei",)])
        await b.type("z")
        b.shows("Zhao Min · 赵敏")
        await b.press("home", "ctrl+k")
        b.hides("Zhao Min")
        await b.press(*["up"] * 9)
        await b.type("w")
        b.shows("Waiting")


async def test_a_package_is_found_by_its_whole_code_though_others_start_alike(board, store_with):
    async with board(store_with()) as b:
        with b.app.store.edit("Add") as edit:
            first = next(p for p in b.app.store.select(WorkPackage) if p.code == "A1.1")
            from db.models import Decision

            decision = edit.create(Decision, engagement=first.engagement, text="Lot sizes")
        await b.app.push_screen(FormScreen(DECISION, decision.id, "Lot sizes"))
        await b.settled()
        await b.press(*["down"] * 6)
        await b.type("B2.1")
        await b.press("f2")
        ((code,),) = b.app.store.rows("SELECT p.code FROM decision_wait w JOIN work_package p ON p.id = w.package_id")
        assert code == "B2.1"


async def test_known_organisations_are_shown_while_one_types(board, store_with):
    async with board(store_with()) as b:
        with b.app.store.edit("Add") as edit:
            edit.create(Person, name="Zhao Min", organisation="Huaxin Precision Ltd")
        await b.app.push_screen(FormScreen(PERSON, None, "New person", {"name": "Qian Yi"}))
        await b.settled()
        await b.press("tab", "tab", "tab")
        await b.type("hua")
        b.shows("Huaxin Precision Ltd")


# What a client does not see.


async def test_internal_fields_are_left_out_while_a_client_looks_on_and_stay_as_they_are(board, store_with):
    async with board(store_with()) as b:
        with b.app.store.edit("Add") as edit:
            person = edit.create(Person, name="Zhao Min", note="drinks", organisation="Huaxin Precision")
        b.app.audience = "client"
        await b.app.push_screen(FormScreen(PERSON, person.id, "Zhao Min"))
        await b.settled()
        b.hides("Private note", "drinks")
        await b.type("g")
        await b.press("f2")
        saved = b.app.store.get(Person, person.id)
        assert (saved.name, saved.note) == ("Zhao Ming", "drinks")


async def test_a_draft_of_an_internal_field_waits_for_whoever_may_see_it(board, store_with):
    path = store_with()
    async with board(path) as b:
        with b.app.store.edit("Add") as edit:
            person = edit.create(Person, name="Zhao Min")
        drafts.keep(b.app.store.meta("store"), "person", person.id, {"note": "drinks", "family": "Zhao"})
        b.app.audience = "client"
        await b.app.push_screen(FormScreen(PERSON, person.id, "Zhao Min"))
        await b.settled()
        b.hides("drinks")
        await b.press("f2")
        assert b.app.store.get(Person, person.id).family == "Zhao"
        b.app.audience = "internal"
        await b.app.push_screen(FormScreen(PERSON, person.id, "Zhao Min"))
        await b.settled()
        b.shows("drinks")


async def test_people_of_other_engagements_are_not_offered_while_a_client_looks_on(board, store_with):
    async with board(store_with()) as b:
        with b.app.store.edit("Add") as edit:
            edit.create(Person, name="Zhao Min", organisation="Huaxin Precision")
            edit.create(Person, name="Zhang Secret", organisation="Somebody else")
        b.app.audience = "client"
        package = next(p for p in b.app.store.select(WorkPackage) if p.code == "A1.1")
        from erptui.forms import PACKAGE

        await b.app.push_screen(FormScreen(PACKAGE, package.id, "A1.1"))
        await b.settled()
        while b.app.screen._current.field_name != "owner":
            await b.press("down")
        await b.type("zh")
        b.shows("Zhao Min")
        b.hides("Secret")
        # Typed in full it is that person and no second one.
        await b.press("home", "ctrl+k")
        await b.type("Zhang Secret")
        await b.press("f2")
        assert b.app.store.rows("SELECT count(*) FROM person WHERE name = 'Zhang Secret'") == [(1,)]
