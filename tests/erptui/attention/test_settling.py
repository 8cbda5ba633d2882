"""What settles a matter takes it away, in one step that can be undone."""

from __future__ import annotations

from datetime import date

import pytest

from erptui.attention.settings import mute, reset, set_threshold
from erptui.attention.settling import NothingTyped, attach_proof, hand_over, own_packages, own_promises, take_off

LATER = date(2026, 3, 17)


def rows_of(matter) -> list[str]:
    return [row for _table, row in matter.rows]


def test_packages_without_an_owner_get_one_and_nobody_is_asked_for_any_more(store, hx26, matters, make, today):
    wang = make("person", name="Wang Lei")
    matter = next(matter for matter in matters("Q67") if matter.activity == "A1")
    assert own_packages(store, rows_of(matter), wang)[0] == "A1.1"
    assert not [left for left in matters("Q67") if left.activity == "A1"]
    store.undo()
    assert matter in matters("Q67")


def test_a_promise_of_ours_gets_an_owner(store, hx26, matters, make):
    make("promise", engagement=hx26, text="send the list", due=date(2026, 4, 1))
    (matter,) = matters("Q55")
    assert matter.klass == "no_owner"
    assert own_promises(store, rows_of(matter), make("person", name="Wang Lei")) == ["send the list"]
    assert not matters("Q55")


def test_what_is_missing_is_handed_over_and_where_it_is_stays_noted(store, hx26, matters, change):
    ((package,),) = store.rows(
        "SELECT w.id FROM work_package w JOIN deliverable d ON d.package_id = w.id WHERE w.phase = 'A' LIMIT 1"
    )
    change("work_package", f"id = '{package}'", status="done", finished_on=date(2026, 3, 10))
    (matter,) = matters("Q68", day=LATER)
    names = hand_over(store, rows_of(matter), " in the archive ")
    assert names
    assert not matters("Q68", day=LATER)
    found = store.rows("SELECT done, reference FROM deliverable WHERE package_id = ?", (package,))
    assert set(found) == {(1, "in the archive")}


def test_who_must_not_be_contacted_is_planned_no_more_and_older_touches_stay_as_they_were(
    store, hx26, matters, seat, touched
):
    wang = seat(hx26, "SPO", "Wang Lei", do_not_contact=True)
    touched(wang, date(2026, 3, 1), next_on=date(2026, 3, 8))
    touched(wang, date(2026, 3, 10), next_on=date(2026, 3, 30))
    (matter,) = matters("Q05")
    assert take_off(store, rows_of(matter)) == ["Wang Lei"]
    assert not matters("Q05")
    assert store.rows("SELECT next_on FROM touch ORDER BY day") == [("2026-03-08",), (None,)]


def test_a_gate_gets_its_proof_and_is_refused_none(store, hx26, matters, change):
    change("gate", "phase = 'A'", passed_on=date(2026, 3, 9), signed_by="Wang Lei", recorded_by="Anna")
    (matter,) = matters("Q59", day=LATER)
    with pytest.raises(NothingTyped):
        attach_proof(store, rows_of(matter)[0], "  ")
    assert attach_proof(store, rows_of(matter)[0], "minutes.pdf") == "Pursuit gate"
    assert not matters("Q59", day=LATER)


def test_a_rule_goes_back_to_what_counts_for_all_and_then_to_the_template(store, hx26, matters, make):
    make("promise", engagement=hx26, text="send the list", due=date(2026, 3, 10))
    mute(store, "Q55", None)
    set_threshold(store, "Q55", "due", 2, hx26)
    mute(store, "Q55", hx26, muted=False)
    assert matters("Q55")
    reset(store, "Q55", hx26)
    assert not matters("Q55")
    reset(store, "Q55", None)
    assert matters("Q55")
