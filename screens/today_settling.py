"""What `m` does about a matter: one class for each thing that settles one, asked for by `m` and by the round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from db.choices import PromiseState
from db.errors import NoSuchRow
from db.labels import N_, NP_, Label
from erptui.attention.lines import AgendaLine, Matter
from erptui.attention.settling import (
    attach_proof,
    hand_over,
    missing_deliverables,
    own_packages,
    own_promises,
    take_off,
)
from erptui.commitments import decide, settle_promises
from erptui.entry import NotUnderstood, parse_choice
from erptui.entry.people import parse_person
from erptui.i18n import _, labelled, listed, ngettext
from erptui.line_marks import LineContext
from erptui.method.board import PackageLine, mark_done, package_lines
from erptui.notebook import cut_name
from erptui.outcomes import reopen
from erptui.progress import read_progress, report_progress
from erptui.row_names import RowNames
from screens.glyphs import UNICODE as SIGNS

if TYPE_CHECKING:
    from screens.store_screen import StoreScreen

SETTLED = (PromiseState.KEPT, PromiseState.BROKEN, PromiseState.WITHDRAWN)
_MOST = 3
"""Names in a sentence."""


class Settling:
    """What settles a matter by one line. Override the words, `take`, and `meaning` where a line is read."""

    WORD: ClassVar[Label]
    """The footer's word."""
    SAYS: ClassVar[str] = ""
    """What it does, in a sentence of the lower part."""
    LABEL: ClassVar[str] = N_("{name}:")
    """The question."""
    EXAMPLE: ClassVar[str] = ""
    """What can be typed."""
    IN_ROUND: ClassVar[str] = ""
    """The same in the round, where enter alone goes on; empty where it is the same."""
    AT_ONCE: ClassVar[bool] = False
    """Whether nothing needs to be asked."""
    EACH: ClassVar[bool] = False
    """Whether each row of a matter is asked for by itself."""

    def __init__(self, screen: StoreScreen, matter: Matter) -> None:
        self.screen, self.matter = screen, matter

    @property
    def ids(self) -> list[str]:
        """The ids of the rows."""
        return [row for _table, row in self.matter.rows]

    @property
    def name(self) -> str:
        """What the rows are called in a question."""
        names = names_of_rows(self.screen, self.matter, 1)
        if len(self.matter.rows) > 1:
            return ngettext("{count} row", "{count} rows", len(self.matter.rows)).format(count=len(self.matter.rows))
        return cut_name(names[0]) if names else ""

    def prepare(self) -> None:
        """Before it is asked."""

    def meaning(self, text: str) -> str:
        """How the line reads so far, in words."""
        return ""

    def take(self, text: str) -> str:
        """Do it as one step, and say what was done. Raises `NotUnderstood` or `Problem`; nothing was written then."""
        raise NotImplementedError


class Touching(Settling):
    """A touch with somebody."""

    WORD = N_("Touch")
    SAYS = N_("logs a touch with them; >2w sets the next one.")
    LABEL = N_("Touch {name}:")
    EXAMPLE = N_("tel what was said >2w")
    EACH = True

    def __init__(self, screen: StoreScreen, matter: Matter) -> None:
        from screens.touch import TouchAsked

        super().__init__(screen, matter)
        people = tuple(row for table, row in matter.rows if table == "person")
        self._touch = TouchAsked(screen, people)

    @property
    def name(self) -> str:
        return super().name if self.matter.rows[0][0] == "person" else self.matter.code

    def prepare(self) -> None:
        self.screen.erp.known_people.prepare(self.screen)

    def meaning(self, text: str) -> str:
        return self._touch.meaning(text)

    def take(self, text: str) -> str:
        return self._touch.log(text)


class Progressing(Settling):
    """How a package stands, as on its card."""

    WORD = NP_("key", "Progress")
    SAYS = N_("asks how it stands: percent, days left, what it waits for.")
    EXAMPLE = N_("60 3d waits for IT; 100 is done")
    EACH = True

    @property
    def name(self) -> str:
        package = self._package()
        return f"{package.code} {cut_name(package.name)}"

    def meaning(self, text: str) -> str:
        return f" {SIGNS.bullet} ".join(read_progress(text, LineContext(self.screen.today)).said)

    def take(self, text: str) -> str:
        read = read_progress(text, LineContext(self.screen.today))
        engagement = self.matter.engagement
        assert engagement is not None
        return report_progress(self.screen.store, engagement, self._package(), read, self.screen.today)

    def _package(self) -> PackageLine:
        found = package_lines(self.screen.store, self.ids)
        if not found:
            raise NoSuchRow(N_("This package is gone."))
        return found[0]


class Reaching(Progressing):
    """A milestone: reached."""

    WORD = NP_("key", "Reached")
    SAYS = N_("marks the milestone as reached today.")
    AT_ONCE = True
    EACH = False
    EXAMPLE = N_("100 is reached")

    def take(self, text: str) -> str:
        if text.strip():
            return super().take(text)
        packages = package_lines(self.screen.store, self.ids)
        mark_done(self.screen.store, packages, self.screen.today)
        return _("{code} reached").format(code=_some([package.code for package in packages]))


class Keeping(Settling):
    """A promise: kept."""

    WORD = NP_("key", "Kept")
    SAYS = N_("marks the promise as kept.")
    EXAMPLE = N_("kept, broken or withdrawn")
    AT_ONCE = True

    def take(self, text: str) -> str:
        state = parse_choice(text, SETTLED) if text.strip() else PromiseState.KEPT
        texts = settle_promises(self.screen.store, self.ids, state, self.screen.today)
        return labelled(_some(texts), _(state.label))


class Deciding(Settling):
    """A decision: what was decided."""

    WORD = NP_("key", "Decided")
    SAYS = N_("asks what was decided.")
    LABEL = N_("Outcome of {name}:")
    EXAMPLE = N_("what was decided, and why")

    def take(self, text: str) -> str:
        return _("{name} decided").format(name=_some(decide(self.screen.store, self.ids, text, self.screen.today)))


class Owning(Settling):
    """Who owns the packages, or the promise."""

    WORD = N_("Owner")
    SAYS = N_("asks who owns it.")
    LABEL = N_("Owner of {name}:")
    EXAMPLE = N_("name or initials")

    def prepare(self) -> None:
        self.screen.erp.known_people.prepare(self.screen)

    def meaning(self, text: str) -> str:
        people = self.screen.erp.known_people.ready
        if people is None:
            return ""
        try:
            return parse_person(text, people).name
        except NotUnderstood as problem:
            return str(problem)

    def take(self, text: str) -> str:
        person = parse_person(text, self.screen.erp.known_people.at_once())
        own = own_promises if self.matter.rows[0][0] == "promise" else own_packages
        what = own(self.screen.store, self.ids, person.id)
        return _("{name} owns {what}").format(name=person.name, what=_some(what))


class Proving(Settling):
    """The proof of a gate."""

    WORD = N_("Proof")
    SAYS = N_("asks for the proof.")
    LABEL = N_("Proof of {name}:")
    EACH = True
    EXAMPLE = N_("a file, a mail or where the paper is kept")

    def take(self, text: str) -> str:
        return _("Proof of {name} noted").format(name=attach_proof(self.screen.store, self.ids[0], text))


class HandingOver(Settling):
    """Deliverables: handed over, and where they are."""

    WORD = NP_("key", "Handed over")
    SAYS = N_("ticks what is missing, and asks where it is.")
    LABEL = N_("Where is {name}?")
    EXAMPLE = N_("a file, a mail, a place; enter alone only ticks it")
    IN_ROUND = N_("a file, a mail, a place; . alone only ticks it")

    @property
    def name(self) -> str:
        missing = missing_deliverables(self.screen.store, self.ids)
        return _some([name for _row, name, _code in missing]) or super().name

    def take(self, text: str) -> str:
        names = hand_over(self.screen.store, self.ids, "" if text.strip() in (".", "。") else text)
        return _("{name} handed over").format(name=_some(names))


class TakingOff(Settling):
    """Somebody who asked not to be contacted: no next touch."""

    WORD = NP_("key", "Take off")
    SAYS = N_("takes the planned touch away.")
    EXAMPLE = N_("off")
    AT_ONCE = True

    def take(self, text: str) -> str:
        names = take_off(self.screen.store, self.ids)
        return _("No touch is planned with {names} any more").format(names=_some(names))


class TakingUp(Settling):
    """A client who was to be asked again."""

    WORD = NP_("key", "Take up")
    SAYS = N_("takes it up again: it is under way as before. ⏎ goes to it, where z names another day.")
    EXAMPLE = N_("again")
    AT_ONCE = True

    def take(self, text: str) -> str:
        for row in self.ids:
            reopen(self.screen.store, row, self.screen.today)
        return _("{code} is taken up again").format(code=self.matter.code)


class Going(Settling):
    """What is settled where it stands: a gate."""

    WORD = N_("Gate")
    SAYS = N_("opens the gate with its checklist.")
    EXAMPLE = ""

    def take(self, text: str) -> str:
        raise NotUnderstood(_("A gate is signed on its checklist: leave the round with esc, then m opens it."))


class Waiting(Settling):
    """What nobody can settle yet."""

    WORD = N_("Settle")
    SAYS = N_("can't settle it: the official notice is awaited. z puts it off.")

    def take(self, text: str) -> str:
        raise NotUnderstood(_("The holidays come with the official notice. Put it off: +4w waits for the notice."))


_BY_ACTION: Mapping[str, type[Settling]] = {
    "log_touch": Touching,
    "plan_touch": Touching,
    "remove_recipient": TakingOff,
    "update_progress": Progressing,
    "load_holidays": Waiting,
    "open_gate": Going,
    "chase_decision": Deciding,
    "settle_promise": Keeping,
    "attach_proof": Proving,
    "name_owner": Owning,
    "hand_over": HandingOver,
    "take_up_again": TakingUp,
}


_AHEAD = {
    "touch": "log_touch",
    "promise": "settle_promise",
    "decision": "chase_decision",
    "milestone": "update_progress",
    "engagement": "take_up_again",
}


def matter_of(line: AgendaLine) -> Matter:
    """What lies ahead as a matter, so that it is settled by the same keys before it is one."""
    return Matter(
        rule="Q65" if line.kind == "milestone" else "",
        severity="note",
        rank="",
        engagement=line.engagement,
        code=line.code,
        activity="",
        text=line.text,
        why="",
        hint="",
        rows=(line.row,),
        days=0,
        settle=_AHEAD[line.kind],
        when=line.day,
    )


def kind_of(matter: Matter) -> type[Settling]:
    """What settles a matter: what the template proposes, where the same action means two things by its row."""
    if matter.rule == "Q65":
        return Reaching
    if matter.settle == "settle_promise" and matter.klass == "no_owner":
        return Owning
    return _BY_ACTION.get(matter.settle, Going)


def settling_of(screen: StoreScreen, matter: Matter) -> list[Settling]:
    """What settles a matter: one for all its rows, or one for each."""
    kind = kind_of(matter)
    if kind.EACH and len(matter.rows) > 1:
        return [kind(screen, replace(matter, rows=(row,))) for row in matter.rows]
    return [kind(screen, matter)]


def settling_together(screen: StoreScreen, matters: Sequence[Matter]) -> list[Settling]:
    """What settles several matters of one kind: one step for all where that is possible, else one for each."""
    if kind_of(matters[0]).EACH:
        return [one for matter in matters for one in settling_of(screen, matter)]
    rows = dict.fromkeys(row for matter in matters for row in matter.rows)
    return settling_of(screen, replace(matters[0], rows=tuple(rows)))


def names_of_rows(screen: StoreScreen, matter: Matter, most: int) -> list[str]:
    """What the first rows of a matter are called."""
    names = RowNames(screen.store)
    return [names.full(table, row) for table, row in matter.rows[:most]]


def _some(names: Sequence[str]) -> str:
    """A few names by name, many by their number."""
    if len(names) <= _MOST:
        return listed(map(cut_name, names))
    return ngettext("{count} row", "{count} rows", len(names)).format(count=len(names))
