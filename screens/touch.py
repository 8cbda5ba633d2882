"""Logging a touch from any screen in one line, with somebody new made on the spot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from db.errors import Problem, Refused
from erptui.days import short_day
from erptui.entry import NotUnderstood, People
from erptui.i18n import _, say
from erptui.line_marks import LineContext
from erptui.people import candidates, newest_person
from erptui.step_names import few_names
from erptui.touch_line import ReadTouch, called, read_touch
from erptui.touches import engagement_of, log_touch, names_of, not_to_be_contacted
from screens.glyphs import UNICODE as SIGNS
from screens.widgets.edit_line import EditLine, Question

if TYPE_CHECKING:
    from db.store import Store
    from screens.store_screen import StoreScreen

FEW = 300
"""People who are made ready to be found at once; more of them in a worker while one types."""
PIECE = 200


class KnownPeople:
    """Who can be meant by what is typed, ready to be found; made anew when somebody came, went or changed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: tuple[int, People] | None = None

    @property
    def ready(self) -> People | None:
        """Everybody as known last, None before that; somebody may have come since."""
        return self._known[1] if self._known else None

    def prepare(self, screen: StoreScreen) -> None:
        """Make them ready: at once where they are few, else in a worker of the screen."""
        ((count,),) = self._store.rows("SELECT count(*) FROM person")
        if self._known and self._known[0] == newest_person(self._store):
            return
        if count <= FEW:
            self.at_once()
        else:
            screen.run_worker(self._in_worker, group="known-people", thread=True, exit_on_error=False)

    def _in_worker(self) -> None:
        snapshot = self._store.snapshot()
        try:
            self._known = newest_person(snapshot), People(candidates(snapshot), self._store.who)
        except Refused:
            # Asked again when the line is saved.
            return
        finally:
            snapshot.close()

    def at_once(self) -> People:
        """Everybody as of now; waits for it. Raises `Refused` while somebody else holds the store."""
        newest = newest_person(self._store)
        if self._known is None or self._known[0] != newest:
            self._known = newest, People(candidates(self._store), self._store.who)
        return self._known[1]


def ask_for_touch(screen: StoreScreen, row: Sequence[str]) -> None:
    """Ask for a touch in one line; with the people of `row` unless somebody else is named."""
    with screen.reading():
        screen.erp.known_people.prepare(screen)
        names = names_of(screen.store, row)
        whom = few_names(names[person] for person in row if person in names)
        touch = TouchAsked(screen, tuple(names))
        screen.ask(
            Question(
                _("Touch {names}:").format(names=whom) if whom else _("Touch:"),
                touch.save,
                placeholder=_("tel what was said >2w") if whom else _("wl tel what was said >2w"),
                changed=touch.say_meaning,
                no_form=_("A touch has no form: who, channel, what was said and >2w all stand in this line."),
            )
        )


class TouchAsked:
    """A touch while it is asked for, with the people of a row; who was confirmed already."""

    def __init__(self, screen: StoreScreen, row: Sequence[str]) -> None:
        self._screen, self._row = screen, row
        self._confirmed = ""

    def meaning(self, text: str) -> str:
        """How the line reads so far; empty until it is known who there is."""
        people = self._screen.erp.known_people.ready
        if people is None or not text.strip():
            return ""
        return f" {SIGNS.bullet} ".join(read_touch(text, self._context(people), self._row).said)

    def say_meaning(self, text: str) -> None:
        """Say above the line how it reads."""
        self._screen.query_one(EditLine).remark(self.meaning(text))

    def _context(self, people: People) -> LineContext:
        return LineContext(self._screen.today, people)

    def save(self, text: str) -> str | None:
        """Log what the line says, or give the reason why not."""
        try:
            done = self.log(text)
        except NotUnderstood as refused:
            return str(refused)
        except Problem as problem:
            return say(problem)
        self._screen.say_done(done)
        return None

    def log(self, text: str) -> str:
        """Log what the line says as one step, and say with whom.

        Raises `NotUnderstood` for what is unclear and, once, for what is to be confirmed, else what `Store.edit` does.
        """
        read = read_touch(text, self._context(self._screen.erp.known_people.at_once()), self._row)
        if read.unclear:
            raise NotUnderstood(read.unclear[0])
        reasons = self._to_confirm(read)
        if reasons and self._confirmed != text:
            self._confirmed = text
            raise NotUnderstood(" ".join([*reasons, _("Enter again logs it, esc goes back.")]))
        return self._said(read, self._log(read))

    def _to_confirm(self, read: ReadTouch) -> list[str]:
        """What a person should know before it is logged: somebody new, somebody not to be contacted."""
        reasons = [_("{name} is new and will be added.").format(name=called(person)) for person in read.new]
        if read.next_on:
            names = not_to_be_contacted(self._screen.store, read.people)
            reasons += [_("{name} asked not to be contacted.").format(name=name) for name in names]
        return reasons

    def _log(self, read: ReadTouch) -> list[str]:
        screen = self._screen
        current = screen.erp.engagement
        engagement = engagement_of(screen.store, read.people, current.id if current else None)
        return log_touch(
            screen.store,
            read.people,
            day=read.day,
            channel=read.channel,
            text=read.text,
            next_on=read.next_on,
            engagement=engagement,
            new=read.new,
        )

    def _said(self, read: ReadTouch, everybody: Sequence[str]) -> str:
        names = names_of(self._screen.store, everybody)
        whom = few_names(names[person] for person in everybody)
        if read.next_on:
            next_on = short_day(read.next_on, self._screen.today)
            return _("Touch with {names} logged, next {day}").format(names=whom, day=next_on)
        return _("Touch with {names} logged").format(names=whom)
