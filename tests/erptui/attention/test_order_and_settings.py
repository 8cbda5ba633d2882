"""How matters are ranked, folded, put off, silenced; what lies ahead."""

from __future__ import annotations

from datetime import date

import pytest

from db.choices import PackageStatus
from erptui import cells
from erptui.attention.agenda import agenda, agenda_in
from erptui.attention.matters import findings, findings_in, fold
from erptui.attention.page import Today, page
from erptui.attention.rules import RANKS, BadThreshold, NoSuchRule
from erptui.attention.scene import Scene
from erptui.attention.settings import mute, set_threshold, snooze
from erptui.trash import deleted_rows

SOON = date(2026, 3, 23)


def test_matters_come_by_rank_and_then_by_days(hx26, matters, make, seat, touched):
    touched(seat(hx26, "SPO", "Wang Lei"), date(2026, 1, 1))
    make("promise", engagement=hx26, text="Older", due=date(2026, 3, 2))
    make("promise", engagement=hx26, text="Newer", due=date(2026, 3, 13))
    found = [matter for matter in matters(day=SOON) if matter.severity != "note"]
    assert [RANKS.index(m.rank) for m in found] == sorted(RANKS.index(m.rank) for m in found)
    promises = [matter.text for matter in found if matter.rule == "Q55" and matter.days]
    assert ["Older" in promises[0], "Newer" in promises[1]] == [True, True]


def test_a_line_put_off_is_quiet_until_its_day_and_comes_back(store, hx26, matters, make):
    make("promise", engagement=hx26, text="Send it", due=date(2026, 3, 13))
    snooze(store, matters("Q55"), date(2026, 3, 18), "waits for the printer")
    assert not matters("Q55")
    assert not matters("Q55", day=date(2026, 3, 17))
    assert matters("Q55", day=date(2026, 3, 18))
    store.undo()
    assert matters("Q55")


def test_what_is_new_of_the_same_rule_shows_beside_what_was_put_off(store, hx26, matters, make):
    make("promise", engagement=hx26, text="Send it", due=date(2026, 3, 13))
    snooze(store, matters("Q55"), date(2026, 4, 1), "waits")
    make("promise", engagement=hx26, text="Call back", due=date(2026, 3, 13))
    assert [matter.text for matter in matters("Q55")] == ["Promise 3 days overdue: Call back"]


def test_a_line_put_off_twice_keeps_the_later_word_only(store, hx26, matters, make):
    make("promise", engagement=hx26, text="Send it", due=date(2026, 3, 13))
    line = matters("Q55")
    snooze(store, line, date(2026, 4, 1), "first")
    snooze(store, line, date(2026, 3, 18), "second")
    assert store.rows("SELECT until, reason, by FROM snooze") == [("2026-03-18", "second", "Anna")]


def test_a_rule_is_muted_in_one_engagement_and_speaks_in_the_other(store, hx26, open_new, matters, make):
    other = open_new(code="DY25")
    for engagement in (hx26, other):
        make("promise", engagement=engagement, text="Send it", due=date(2026, 3, 13))
    mute(store, "Q55", hx26)
    assert [matter.code for matter in matters("Q55")] == ["DY25"]
    mute(store, "Q55", hx26, muted=False)
    assert len(matters("Q55")) == 2


def test_a_rule_muted_for_all_can_speak_in_one(store, hx26, open_new, matters, make):
    other = open_new(code="DY25")
    for engagement in (hx26, other):
        make("promise", engagement=engagement, text="Send it", due=date(2026, 3, 13))
    mute(store, "Q55", None)
    assert not matters("Q55")
    mute(store, "Q55", other, muted=False)
    assert [matter.code for matter in matters("Q55")] == ["DY25"]


def test_a_threshold_of_ones_own_goes_before_that_of_the_template(store, hx26, matters, seat, touched):
    touched(seat(hx26, "SPO", "Wang Lei"), date(2026, 3, 9), next_on=date(2026, 3, 30))
    assert not matters("Q01")
    set_threshold(store, "Q01", "high_power", 5, hx26)
    assert matters("Q01")[0].why == "days since the last touch 7 > 5 days"
    set_threshold(store, "Q01", "high_power", None, hx26)
    assert not matters("Q01")


@pytest.mark.parametrize("value", [-1, 100_001])
def test_a_threshold_that_makes_no_sense_is_refused_and_nothing_is_written(store, hx26, value, everything):
    before = everything()
    with pytest.raises(BadThreshold, match=r"Q01: .* can't be a threshold\. Type a whole number from 0 to 100000\."):
        set_threshold(store, "Q01", "high_power", value, hx26)
    assert everything() == before


@pytest.mark.parametrize(("rule", "klass"), [("Q99", ""), ("Q01", "nobody")])
def test_a_rule_that_is_not_there_is_refused(store, rule, klass):
    with pytest.raises(NoSuchRule, match="There is no rule"):
        set_threshold(store, rule, klass, 3, None)


def test_a_setting_for_a_rule_of_another_version_is_left_aside(store, hx26, matters, make):
    make("rule_setting", rule="Q999", muted=True)
    make("promise", engagement=hx26, text="Send it", due=date(2026, 3, 13))
    assert matters("Q55")


def test_the_first_ten_stand_alone_and_the_rest_is_folded_by_rule(hx26, matters, make):
    for number in range(14):
        make("promise", engagement=hx26, text=f"Promise {number}", due=date(2026, 3, 13))
    found = matters("Q55")
    first, folds = fold(found)
    assert (len(first), [(each.rule, len(each.matters)) for each in folds]) == (10, [("Q55", 4)])


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_no_line_of_the_page_is_wider_than_the_terminal(store, hx26, matters, make, today, width):
    make("promise", engagement=hx26, text="把" * 300, due=date(2026, 3, 13))
    make("promise", engagement=hx26, text="Later " * 50, due=date(2026, 3, 20))
    first, folds = fold(matters(), 3)
    for wrap in (False, True):
        lines = page(Today(first, folds, agenda(store, today)), width, today, {"Q55", "Q64"}, wrap=wrap)
        assert max(cells.width("".join(text for text, _style in line.spans)) for line in lines) <= width


def test_ahead_lie_touches_promises_decisions_and_milestones_of_the_week(
    store, hx26, make, seat, touched, change, today
):
    touched(seat(hx26, "SPO", "Wang Lei"), date(2026, 3, 12), engagement=hx26, text="asks for a visit", next_on=today)
    make("promise", engagement=hx26, text="Send it", due=date(2026, 3, 20))
    make("decision", engagement=hx26, text="One plant or two", due=date(2026, 3, 22))
    make("promise", engagement=hx26, text="Next week", due=date(2026, 3, 23))
    ahead = [(line.day.day, line.kind, line.text) for line in agenda(store, today) if line.kind != "milestone"]
    assert ahead == [
        (16, "touch", "Touch Wang Lei"),
        (20, "promise", "Send it"),
        (22, "decision", "One plant or two"),
    ]


def test_no_touch_is_proposed_with_who_must_not_be_contacted(store, hx26, seat, touched, today):
    wang = seat(hx26, "SPO", "Wang Lei", do_not_contact=True)
    touched(wang, date(2026, 3, 12), engagement=hx26, next_on=today)
    assert not [line for line in agenda(store, today) if line.kind == "touch"]


def test_a_threshold_of_an_engagement_does_not_wake_what_is_muted_for_all(store, hx26, open_new, matters, make):
    make("promise", engagement=hx26, text="Send it", due=date(2026, 3, 13))
    mute(store, "Q55", None)
    set_threshold(store, "Q55", "", 1, hx26)
    assert not matters("Q55")
    mute(store, "Q55", hx26, muted=False)
    assert matters("Q55")


def test_who_is_put_off_does_not_come_back_with_a_lesser_word(store, hx26, matters, seat, touched):
    touched(seat(hx26, "SPO", "Wang Lei"), date(2026, 1, 12))
    snooze(store, matters("Q01"), date(2026, 4, 1), "on leave")
    assert not [matter for matter in matters() if matter.rule in ("Q01", "Q02")]


def test_what_is_put_off_anew_lies_in_no_trash(store, hx26, matters, make):
    make("promise", engagement=hx26, text="Send it", due=date(2026, 3, 13))
    line = matters("Q55")
    snooze(store, line, date(2026, 4, 1), "first")
    snooze(store, line, date(2026, 3, 18), "second")
    assert deleted_rows(store) == []
    store.undo()
    assert store.rows("SELECT until, reason FROM snooze") == [("2026-04-01", "first")]


def test_the_same_scene_gives_what_needs_attention_and_what_lies_ahead(store, hx26, make, today):
    make("promise", engagement=hx26, text="Send it", due=date(2026, 3, 20))
    scene = Scene(store, today)
    assert findings_in(scene) == findings(store, today)
    assert agenda_in(scene) == agenda(store, today)


def test_a_threshold_of_one_class_leaves_the_others(store, hx26, matters, seat, touched):
    touched(seat(hx26, "SPO", "Wang Lei"), date(2026, 3, 9), next_on=date(2026, 3, 30))
    set_threshold(store, "Q01", "others", 5, hx26)
    assert not matters("Q01")


@pytest.mark.parametrize(("day", "seen"), [(date(2026, 3, 20), False), (date(2026, 3, 21), True)])
def test_on_a_weekend_the_week_after_lies_ahead_too(store, hx26, make, day, seen):
    make("promise", engagement=hx26, text="Send it", due=date(2026, 3, 27))
    assert ("Send it" in [line.text for line in agenda(store, day)]) == seen


def test_a_milestone_ahead_is_told_until_it_is_done(store, hx26, change, today):
    change("work_package", "code = 'A1.3'", milestone=True, not_before=today)
    ahead = [line.row for line in agenda(store, today) if line.kind == "milestone"]
    ((package,),) = store.rows("SELECT id FROM work_package WHERE code = 'A1.3'")
    assert ("work_package", package) in ahead
    change("work_package", "code = 'A1.3'", status=PackageStatus.DONE, finished_on=date(2026, 3, 18))
    assert ("work_package", package) not in [line.row for line in agenda(store, today)]
