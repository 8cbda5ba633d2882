"""Promises and decisions: read from a line, made, kept, put off, decided; what is open, and what became of each."""

from __future__ import annotations

from datetime import date

import pytest

from db.choices import PromiseSide, PromiseState
from db.errors import InvalidValue
from db.models import Decision, DecisionWait, Note, Person, Promise
from erptui import clock
from erptui.commitment_lines import package_rows, put_off_said, read_decision, read_promise, read_put_off
from erptui.commitments import (
    NothingDecided,
    add_decision,
    add_promise,
    decide,
    dues_of,
    open_promises_of,
    people_of,
    put_off,
    rows_of_history,
    settle_promises,
    source_of,
    trash_commitments,
    turnings_of,
    waiting_for,
)
from erptui.entry import Candidate, NotUnderstood, People
from erptui.line_marks import LineContext
from erptui.registers import register_named
from erptui.registers.context import Context

MONDAY = date(2026, 3, 16)
FRIDAY = date(2026, 3, 20)
PEOPLE = People(
    [Candidate("z", "赵敏"), Candidate("w", "Wang Lei"), Candidate("l", "Liu Yang"), Candidate("m", "Zhou Ming")]
)
CONTEXT = LineContext(MONDAY, PEOPLE, {"hx26:c1.2": "p1", "nb26:c1.2": "p2"}, "HX26")


@pytest.fixture
def zhao(store):
    """The id of 赵敏."""
    with store.edit("Fill") as edit:
        return edit.create(Person, name="赵敏").id


@pytest.fixture
def promise(store, hx26, zhao):
    """Make a promise of HX26 to 赵敏 that is due on Friday, or as is wanted; gives the id."""

    def make(**wanted):
        values = {"engagement": hx26, "text": "BOM list", "person": zhao, "due": FRIDAY, **wanted}
        with store.edit("Fill") as edit:
            return edit.create(Promise, **values).id

    return make


@pytest.fixture
def decision(store, hx26):
    """Make a decision of HX26 that is due on Friday, or as is wanted; gives the id."""

    def make(**wanted):
        values = {"engagement": hx26, "text": "Which printer?", "due": FRIDAY, **wanted}
        with store.edit("Fill") as edit:
            return edit.create(Decision, **values).id

    return make


def of(store, model, row, *fields):
    """Fields of a row as they are stored."""
    found = store.get(model, row)
    return tuple(getattr(found, field) for field in fields)


# The line of a promise.


@pytest.mark.parametrize(
    ("line", "text", "side", "person", "owner", "due"),
    [
        ("send the BOM list", "send the BOM list", "ours", None, None, None),
        ("send the BOM list @wl fri", "send the BOM list", "ours", "w", None, FRIDAY),
        ("send the BOM list @wl @ly >2w", "send the BOM list", "ours", "w", "l", date(2026, 3, 30)),
        ("@wl sends the BOM list 24.07", "sends the BOM list", "theirs", "w", None, date(2026, 7, 24)),
        ("＠wl sends the BOM list", "sends the BOM list", "theirs", "w", None, None),
        ("theirs BOM list @wl", "BOM list", "theirs", "w", None, None),
        ("ours @wl gets the BOM list", "gets the BOM list", "ours", "w", None, None),
        ("they send the BOM list fri", "they send the BOM list", "theirs", None, None, FRIDAY),
        ("对方 周五给BOM @wl", "周五给BOM", "theirs", "w", None, None),
        ("他们给BOM清单 周五", "他们给BOM清单", "theirs", None, None, FRIDAY),
        ("call back @wl @ly @zhou", "call back @Zhou Ming", "ours", "w", "l", None),
    ],
)
def test_a_line_says_who_promised_what_to_whom_by_when(line, text, side, person, owner, due):
    read = read_promise(line, CONTEXT)
    assert (read.text, read.side, read.person, read.owner, read.due) == (text, PromiseSide(side), person, owner, due)
    assert not read.unclear


def test_how_a_promise_reads_is_said_while_it_is_typed():
    assert read_promise("send it @wl @ly fri", CONTEXT).said == (
        "Ours",
        "With: Wang Lei",
        "Owner: Liu Yang",
        "Due: Fri 20.03",
    )
    assert read_promise("@wl sends it", CONTEXT).said == ("Theirs", "With: Wang Lei")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", "Type what it is about"),
        ("@wl fri", "Type what it is about"),
        ("send it @nobody", "Nobody is called “nobody”"),
        ("send it @zm", "can be"),
        ("send it >never", "“>never” is"),
        ("send it fri >2w", "given twice"),
    ],
)
def test_a_line_that_is_not_wholly_understood_says_why(line, why):
    read = read_promise(line, CONTEXT)
    assert why in read.unclear[0]


# The line of a decision.


def test_a_line_says_who_decides_by_when_and_which_packages_wait():
    read = read_decision("which printer? @wl >fri #C1.2 nb26:c1.2", CONTEXT)
    assert (read.text, read.decider, read.due, read.waits) == ("which printer?", "w", FRIDAY, ("p1", "p2"))
    assert not read.unclear
    assert "Decides: Wang Lei" in read.said


@pytest.mark.parametrize(
    ("line", "why"), [("#C1.2", "Type what"), ("x #C9.9", "No row has the code"), ("x @who", "Nobody")]
)
def test_a_decision_that_is_not_wholly_understood_says_why(line, why):
    assert why in read_decision(line, CONTEXT).unclear[0]


def test_packages_are_named_by_code_and_those_of_others_with_their_engagement(store, hx26):
    rows = package_rows(store)
    read = read_decision("x #A1.1", LineContext(MONDAY, People(), rows, "HX26"))
    assert waits_code(store, read.waits[0]) == "A1.1"


def waits_code(store, package):
    return store.rows("SELECT code FROM work_package WHERE id = ?", (package,))[0][0]


# The line that puts off.


@pytest.mark.parametrize(
    ("line", "due", "day"),
    [
        ("+2d waits for IT", FRIDAY, date(2026, 3, 22)),
        ("+2d waits for IT", date(2026, 3, 2), date(2026, 3, 18)),
        ("2w waits for IT", None, date(2026, 3, 30)),
        (">2w waits for IT", FRIDAY, date(2026, 4, 3)),
        ("24.7 waits for IT", FRIDAY, date(2026, 7, 24)),
        ("7月24日 等IT", FRIDAY, date(2026, 7, 24)),
        ("2天 等IT", FRIDAY, date(2026, 3, 22)),
        ("＋2天，等IT", FRIDAY, date(2026, 3, 22)),
        ("下下周五：等总部批", FRIDAY, date(2026, 4, 3)),
        ("+++ waits", FRIDAY, date(2026, 3, 23)),
        ("下下周五等总部批", FRIDAY, date(2026, 4, 3)),
        ("7月24日等IT", FRIDAY, date(2026, 7, 24)),
    ],
)
def test_a_step_counts_from_the_day_it_is_due_or_from_today_where_that_is_over(line, due, day):
    assert read_put_off(line, MONDAY, due).day == day


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", "day"),
        ("waits for IT", "“waits” is"),
        ("+2d", "Type why"),
        ("yesterday for IT", "15.03 is over"),
        ("24.11 for IT", "24.11.2025 is over"),
        ("wed for IT", "18.03 is not later than 20.03"),
        ("-1d for IT", "19.03 is not later"),
    ],
)
def test_putting_off_wants_a_later_day_and_a_reason(line, why):
    with pytest.raises(NotUnderstood, match=why):
        read_put_off(line, MONDAY, FRIDAY)


@pytest.mark.parametrize(
    "line", ["+2d 等IT，再说", "+2d，等IT，再说", "+2d, 等IT，再说", "+2d等IT，再说", "2天等IT，再说", "＞2d等IT，再说"]
)
def test_the_first_sign_or_the_first_chinese_word_parts_day_and_reason(line):
    assert read_put_off(line, MONDAY, FRIDAY).reason == "等IT，再说"


def test_what_a_step_comes_to_is_said_while_it_is_typed():
    assert put_off_said("+3d IT", MONDAY, [FRIDAY]) == "New day: Mon 23.03"
    assert put_off_said("+3d IT", MONDAY, [FRIDAY, None]) == "New days, the first: Thu 19.03"
    assert "Type why" in put_off_said("+3d", MONDAY, [FRIDAY])


# Promises.


def test_a_promise_is_made_as_one_step_that_names_it(store, hx26, zhao):
    people = People([Candidate(zhao, "赵敏")])
    made = add_promise(store, read_promise("@zm sends the list fri", LineContext(MONDAY, people)), hx26)
    assert of(store, Promise, made, "text", "side", "due") == ("sends the list", PromiseSide.THEIRS, FRIDAY)
    assert store.undoable().step.about == "sends the list"
    store.undo()
    assert not store.rows("SELECT 1 FROM promise")


def test_a_promise_too_long_is_refused_and_nothing_is_written(store, hx26):
    with pytest.raises(InvalidValue):
        add_promise(store, read_promise("x" * 1001, CONTEXT), hx26)
    assert not store.rows("SELECT 1 FROM promise")


def test_a_kept_promise_knows_the_day_and_undo_opens_it_again(store, promise):
    row = promise()
    assert settle_promises(store, [row], PromiseState.KEPT, MONDAY) == ["BOM list"]
    assert of(store, Promise, row, "state", "settled_on") == (PromiseState.KEPT, MONDAY)
    store.undo()
    assert of(store, Promise, row, "state", "settled_on") == (PromiseState.OPEN, None)


def test_only_promises_that_are_not_kept_yet_are_kept(store, promise):
    done, open_one = promise(text="done", state=PromiseState.KEPT, settled_on=date(2026, 3, 1)), promise()
    assert settle_promises(store, [done, open_one], PromiseState.KEPT, MONDAY) == ["BOM list"]
    assert of(store, Promise, done, "settled_on") == (date(2026, 3, 1),)
    before = store.newest_change
    assert settle_promises(store, [done, open_one], PromiseState.KEPT, MONDAY) == []
    assert store.newest_change == before


def test_a_promise_that_is_open_again_has_no_day_on_which_it_was_settled(store, promise):
    row = promise(state=PromiseState.BROKEN, settled_on=MONDAY)
    settle_promises(store, [row], PromiseState.OPEN, MONDAY)
    assert of(store, Promise, row, "state", "settled_on") == (PromiseState.OPEN, None)


def test_a_promise_put_off_has_a_new_date_and_the_reason_in_its_history(store, promise):
    row = promise()
    assert put_off(store, Promise, [row], "+3d waits for IT", MONDAY) == [date(2026, 3, 23)]
    assert of(store, Promise, row, "due", "state") == (date(2026, 3, 23), PromiseState.MOVED)
    newest, *_rest = [turning for turning in turnings_of(store, row, ("due", "state")) if turning.field == "due"]
    assert (newest.old, newest.new, newest.reason) == ("2026-03-20", "2026-03-23", "waits for IT")
    store.undo()
    assert of(store, Promise, row, "due", "state") == (FRIDAY, PromiseState.OPEN)


def test_what_is_settled_is_not_put_off(store, promise, decision):
    kept, decided = promise(state=PromiseState.KEPT), decision(decided_on=MONDAY)
    assert put_off(store, Promise, [kept], "+3d x", MONDAY) == []
    assert put_off(store, Decision, [decided], "+3d x", MONDAY) == []
    assert of(store, Promise, kept, "due") == of(store, Decision, decided, "due") == (FRIDAY,)


def test_several_are_put_off_from_their_own_days_in_one_step(store, promise):
    rows = [promise(), promise(due=date(2026, 4, 1)), promise(due=None)]
    put_off(store, Promise, rows, "+1d IT", MONDAY)
    assert dues_of(store, "promise", rows) == [date(2026, 3, 21), date(2026, 4, 2), date(2026, 3, 17)]
    store.undo()
    assert dues_of(store, "promise", rows) == [FRIDAY, date(2026, 4, 1), None]


def test_a_line_that_puts_off_only_some_of_them_puts_off_none(store, promise):
    rows = [promise(), promise(due=date(2026, 11, 1))]
    with pytest.raises(NotUnderstood, match="not later"):
        put_off(store, Promise, rows, "1.4. IT", MONDAY)
    assert dues_of(store, "promise", rows) == [FRIDAY, date(2026, 11, 1)]


def test_promises_in_the_trash_come_back_with_all_they_said(store, promise, everything):
    rows = [promise(), promise(text="Quote")]
    before = store.rows("SELECT * FROM promise ORDER BY id")
    assert trash_commitments(store, Promise, rows) == "BOM list, Quote"
    assert not store.rows("SELECT 1 FROM promise")
    store.undo()
    assert store.rows("SELECT * FROM promise ORDER BY id") == before


def test_open_promises_of_a_person_are_those_with_and_those_owned_by_it_the_first_due_first(store, hx26, promise, zhao):
    late = promise(text="late", due=date(2026, 3, 1), side=PromiseSide.THEIRS)
    promise(text="kept", state=PromiseState.KEPT)
    promise(text="of another", person=None)
    undated = promise(text="undated", due=None)
    owned = promise(text="owned", person=None, owner=zhao, state=PromiseState.MOVED, engagement=None)
    found = open_promises_of(store, zhao)
    assert [one.id for one in found] == [late, owned, undated]
    assert [(one.ours, one.due, one.project) for one in found] == [
        (False, "2026-03-01", "HX26"),
        (True, "2026-03-20", ""),
        (True, None, "HX26"),
    ]


def test_a_promise_from_the_notebook_knows_its_line(store, promise, hx26):
    with store.edit("Fill") as edit:
        note = edit.create(Note, engagement=hx26, text="! BOM list", at=clock.now(), rank="V").id
    source = source_of(store, "promise", promise(note=note))
    assert (source.text, source.day) == ("! BOM list", MONDAY)
    assert source_of(store, "promise", promise()) is None


def test_touches_are_with_the_people_of_the_rows_each_once(store, promise, decision, zhao):
    assert people_of(store, "promise", [promise(), promise(), promise(person=None)]) == [zhao]
    assert people_of(store, "decision", [decision(decider=zhao)]) == [zhao]


# Decisions.


def test_a_decision_is_made_with_what_waits_for_it_and_its_history_tells_of_both(store, hx26, package):
    line = read_decision("which printer?  #A1.1", LineContext(MONDAY, People(), package_rows(store), "HX26"))
    made = add_decision(store, line, hx26)
    assert [waiting.code for waiting in waiting_for(store, made)] == ["A1.1"]
    ((part,),) = store.rows("SELECT id FROM decision_wait")
    assert rows_of_history(store, "decision", made) == [made, part]
    store.undo()
    assert not store.rows("SELECT 1 FROM decision UNION ALL SELECT 1 FROM decision_wait")


def test_a_decision_in_the_trash_takes_along_what_waits_and_brings_it_back(store, hx26, decision, package):
    row = decision()
    with store.edit("Fill") as edit:
        edit.create(DecisionWait, decision=row, package=package(hx26, "A1.1").id)
    trash_commitments(store, Decision, [row])
    assert not store.rows("SELECT 1 FROM decision_wait")
    store.undo()
    assert [waiting.code for waiting in waiting_for(store, row)] == ["A1.1"]


def test_deciding_records_the_outcome_and_today(store, decision):
    row, other = decision(), decision(decided_on=date(2026, 3, 2), outcome="TSC")
    assert decide(store, [row, other], "Zebra, it prints on film", MONDAY) == ["Which printer?"]
    assert of(store, Decision, row, "outcome", "decided_on") == ("Zebra, it prints on film", MONDAY)
    assert of(store, Decision, other, "outcome", "decided_on") == ("TSC", date(2026, 3, 2))
    store.undo()
    assert of(store, Decision, row, "outcome", "decided_on") == (None, None)


@pytest.mark.parametrize("outcome", ["", "   "])
def test_nothing_is_decided_without_an_outcome(store, decision, outcome):
    with pytest.raises(NothingDecided):
        decide(store, [decision()], outcome, MONDAY)


# The registers.


def read(store, name, audience="internal", **context):
    return register_named(name).read(Context(store, MONDAY, audience=audience, **context))


def test_overdue_are_the_days_since_it_was_due_while_it_is_still_to_be_done(store, promise, decision):
    promise(text="late", due=date(2026, 3, 13))
    promise(text="moved", due=date(2026, 3, 15), state=PromiseState.MOVED)
    promise(text="today", due=MONDAY)
    promise(text="later")
    promise(text="no day", due=None)
    promise(text="broken", due=date(2026, 3, 1), state=PromiseState.BROKEN)
    assert {row["text"]: row["overdue"] for row in read(store, "promises")} == {
        "late": 3,
        "moved": 1,
        "today": 0,
        "later": None,
        "no day": None,
        "broken": None,
    }
    decision(text="late", due=date(2026, 3, 13))
    decision(text="decided", due=date(2026, 3, 13), decided_on=MONDAY)
    assert {row["text"]: row["overdue"] for row in read(store, "decisions")} == {"late": 3, "decided": None}


def test_how_late_something_is_and_where_it_comes_from_is_for_nobody_but_us(store, promise, decision, hx26):
    promise()
    decision()
    for name in ("promises", "decisions"):
        (row,) = read(store, name, "client")
        assert not {"overdue", "note"} & set(row)


def test_what_waits_is_counted(store, hx26, decision, package):
    row = decision()
    decision(text="none waits", due=None)
    with store.edit("Fill") as edit:
        for code in ("A1.1", "A1.2"):
            edit.create(DecisionWait, decision=row, package=package(hx26, code).id)
    assert {row["text"]: row["waits"] for row in read(store, "decisions")} == {"Which printer?": 2, "none waits": 0}


def test_a_screen_lists_what_is_open_by_its_day_and_then_what_is_settled_the_last_first(store, promise, decision):
    for text, values in {
        "kept first": {"state": PromiseState.KEPT, "settled_on": date(2026, 3, 2), "due": date(2026, 3, 1)},
        "kept last": {"state": PromiseState.KEPT, "settled_on": date(2026, 3, 9)},
        "no day": {"due": None},
        "later": {"due": date(2026, 4, 1), "state": PromiseState.MOVED},
        "sooner": {},
    }.items():
        promise(text=text, **values)
    listed = register_named("promises").tuples(Context(store, MONDAY), ("id", "text"))
    assert [text for _id, text in listed] == ["sooner", "later", "no day", "kept last", "kept first"]
    for text, values in {
        "decided first": {"decided_on": date(2026, 3, 2)},
        "decided last": {"decided_on": date(2026, 3, 9)},
        "no day": {"due": None},
        "open": {},
    }.items():
        decision(text=text, **values)
    listed = register_named("decisions").tuples(Context(store, MONDAY), ("id", "text"))
    assert [text for _id, text in listed] == ["open", "no day", "decided last", "decided first"]


def test_what_belongs_to_no_engagement_is_read_with_that_of_one_where_that_is_asked_for(store, hx26, open_new, promise):
    from erptui.engagements import find_engagement

    other = open_new(code="NB26")
    promise(text="here")
    promise(text="nowhere", engagement=None)
    promise(text="there", engagement=other)
    line = find_engagement(store, "HX26")
    assert {row["text"] for row in read(store, "promises", engagement=line)} == {"here"}
    assert {row["text"] for row in read(store, "promises", engagement=line, with_none=True)} == {"here", "nowhere"}


def test_a_promise_that_was_deleted_and_brought_back_was_made_once(store, promise):
    row = promise()
    trash_commitments(store, Promise, [row])
    store.undo()
    assert [turning.field for turning in turnings_of(store, row, ("due", "state"))] == [""]
