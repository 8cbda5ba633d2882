"""The rules of Today: which threshold each has, what is muted and where; of one engagement or for all."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from textual.app import ComposeResult

from db.labels import N_, NP_
from erptui import cells
from erptui.attention.rule_lines import RuleLine, limit_text, rule_lines
from erptui.attention.rules import settle_words
from erptui.i18n import _, labelled, language, listed, ngettext
from screens.actions import Action, common
from screens.alerts import alert_parts
from screens.board_detail import rule, wrapped
from screens.detailed import DetailedScreen
from screens.glyphs import UNICODE as SIGNS
from screens.rooms import go_to
from screens.text import Line, Span, ends, line_width
from screens.today import VIEWS
from screens.today_rule_asked import RuleAsked
from screens.widgets.bars import Part
from screens.widgets.detail import Detail
from screens.widgets.line_view import LineView

_LIMIT, _NARROW_LIMIT, _NARROW = 17, 12, 76
"""Cells of a threshold in the list, and in one that is narrower than the last."""
_LEAST = 12
"""Cells that are left to the sentence of a rule, whatever else is told of it."""


def _here(action: Action) -> Action:
    """An action of the common table as the list of rules means it."""
    from dataclasses import replace

    words = {
        "open": (NP_("key", "Change"), N_("Mute the rule, or set its threshold."), 1),
        "edit": (NP_("rule", "Limit"), N_("Another threshold."), 2),
        "mark": (N_("Mute"), N_("Mute the rule, or let it speak again."), 3),
    }
    if action.id in words:
        label, help, rank = words[action.id]
        return replace(action, label=label, help=help, rank=rank)
    return replace(action, rank=4) if action.id == "back" else action


class RulesView(LineView):
    """A line for each threshold of each rule."""

    def __init__(self) -> None:
        super().__init__(id="rules")
        self.rules: Sequence[RuleLine] = ()
        self.counts: Mapping[str, int] = {}

    def show(self, rules: Sequence[RuleLine], counts: Mapping[str, int]) -> None:
        """Put these in it; the cursor stays where it is. `counts` are the matters of each rule."""
        self.rules, self.counts = rules, counts
        self.rows_changed()

    @property
    def current(self) -> RuleLine | None:
        """The line under the cursor."""
        return self.rules[self.cursor] if self.cursor < len(self.rules) else None

    @property
    def row_count(self) -> int:
        return len(self.rules)

    def row_key(self, row: int) -> Hashable:
        return self.rules[row].key

    def why_not_select(self) -> str | None:
        """One at a time."""
        return _("Rules are changed one at a time.")

    def why_not_open(self) -> str | None:
        """There is always one."""
        return None

    def line(self, row: int, width: int) -> Line:
        one = self.rules[row]
        again = row > 0 and self.rules[row - 1].rule.id == one.rule.id
        text = f"  {one.measure}" if again else one.rule.says.in_language(language())
        sign: Span = (f"{SIGNS.dash} ", "dim") if one.muted else (f"{SIGNS.done} ", "green")
        left: list[Span] = [("  ", "plain") if again else sign, (f"{'' if again else one.rule.id:4}", "accent")]
        own = f" {SIGNS.bullet} {own_text(one)}" if one.elsewhere else ""
        count = self.counts.get(one.rule.id, 0)
        told = _("muted") if one.muted else str(count) if count and not again else ""
        right: list[Span] = [
            (
                cells.right(one.limit, _LIMIT if width >= _NARROW else _NARROW_LIMIT),
                "bold" if one.own and one.now != one.shipped else "dim",
            ),
            (cells.right(told, 7), "amber" if one.muted else "dim"),
        ]
        # Where it is another is what one looks for here: the sentence gives way.
        text = cells.cut(text, max(_LEAST, width - line_width([*left, *right]) - cells.width(own) - 1))
        return ends([*left, (text, "dim" if one.muted else "plain"), (own, "amber")], right, width, gap=1)


def own_text(one: RuleLine) -> str:
    """In which engagements a rule is another, and how: `HX26: muted, NB26: > 20 d`."""
    return listed(
        labelled(own.code, _("muted") if own.muted else _("speaks") if one.muted else limit_text(own.now))
        for own in one.elsewhere
    )


class RulesScreen(DetailedScreen):
    """`1` `v m`: the rules. `e` sets a threshold, `m` mutes, `v a` is for all engagements or for the current one."""

    TITLE = N_("Rules")
    INTERNAL = True
    ACTIONS = (*map(_here, common.COMMON), *VIEWS)
    CSS = """
    RulesScreen #rules { height: 1fr; }
    RulesScreen #detail { height: 6; max-height: 50%; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._view = RulesView()
        self._for_all = True

    def body(self) -> ComposeResult:
        yield self._view
        yield Detail(id="detail")

    @property
    def view(self) -> RulesView:
        """The list."""
        return self._view

    def on_mount(self) -> None:
        # Whoever comes back to Today wants what needs them, not this.
        self.erp.views["today"] = "matters"
        self.reload()

    @property
    def _engagement(self) -> tuple[str | None, str]:
        """Id and code of the engagement whose rules are shown; None for all."""
        engagement = None if self._for_all else self.erp.engagement
        return (engagement.id, engagement.code) if engagement else (None, "")

    def read_store(self) -> None:
        engagement, code = self._engagement
        counts: dict[str, int] = {}
        for matter in self.erp.attention.matters if self.erp.attention else ():
            if engagement in (None, matter.engagement):
                counts[matter.rule] = counts.get(matter.rule, 0) + 1
        rules = rule_lines(self.store, engagement)
        self._view.show(rules, counts)
        muted = len({line.rule.id for line in rules if line.muted or any(own.muted for own in line.elsewhere)})
        said = ngettext("{count} muted", "{count} muted", muted).format(count=muted)
        self.set_title(
            [(code or _("ALL"), "bold accent"), (f" {_(self.TITLE)}", "bold")],
            [Part([(said, "amber")])] if muted else (),
        )
        self.show_detail()

    def title_marks(self) -> Sequence[Part]:
        """The alerts of the engagements whose rules are shown."""
        return [*self.erp.title_marks(), *alert_parts(self.erp.attention, self._engagement[0])]

    def attention_changed(self) -> None:
        """The app has looked again: other rules speak."""
        self.reload()

    def show_detail(self) -> None:
        if not self.is_mounted or not self.detail.size.width:
            return
        width, one = self.detail.size.width, self._view.current
        if one is None:
            return
        template, hint = _("template: {limit}").format(limit=one.template), one.rule.hint.in_language(language())
        rest = [own_text(one), template, hint]
        settle = settle_words()[one.rule.settle].in_language(language())
        lines: list[Line] = [
            rule(width),
            *wrapped(one.rule.says.in_language(language()), width, "bold", lines=1),
            *wrapped(f"{one.measure} {one.limit}", width, "plain", (labelled(_("Speaks when"), ""), "dim"), lines=1),
            *wrapped(f" {SIGNS.bullet} ".join(filter(None, rest)), width, "dim", lines=2),
            *wrapped(settle, width, "plain", (labelled(_("Settled by"), ""), "dim"), lines=1),
        ]
        self.detail.show(lines)

    # Changing.

    def _asked(self) -> RuleAsked | None:
        one = self._view.current
        return RuleAsked(self, one.rule.id, *self._engagement, one.now.klass) if one else None

    def why_not_edit(self) -> str | None:
        """Nothing can be changed."""
        return self.why_read_only()

    why_not_mark = why_not_edit

    def label_mark(self) -> str | None:
        """A muted rule can speak again."""
        one = self._view.current
        return _("Speak") if one and one.muted else None

    def action_edit(self) -> None:
        """Another threshold."""
        if asked := self._asked():
            asked.ask_threshold(self._engagement[0])

    def action_mark(self) -> None:
        """Mute the rule, or let it speak again."""
        asked, one = self._asked(), self._view.current
        if asked and one:
            asked.mute(not one.muted, self._engagement[0])

    async def on_line_view_opened(self) -> None:
        """Enter asks what to do."""
        if reason := self.why_not_edit():
            self.say(reason)
        elif asked := self._asked():
            await asked.choose()

    # Views.

    async def action_view_matters(self) -> None:
        """Back to what needs somebody."""
        await go_to(self.erp, "today", "matters")

    action_next_view = action_view_matters

    def why_not_view_all(self) -> str | None:
        """There is nothing to choose from."""
        return None if self.erp.engagement else _("There is no engagement yet.")

    def action_view_all(self) -> None:
        """The rules for all engagements, or those of the current one."""
        self._for_all = not self._for_all
        self.reload()

    async def action_back(self) -> None:
        """Back to what needs somebody."""
        await self.action_view_matters()

    def place_now(self) -> dict[str, str]:
        one = self._view.current
        return {"row": "|".join(one.key) if one else "", "scope": "" if self._for_all else "current"}

    def take_place(self, place: Mapping[str, str]) -> None:
        self._for_all = place.get("scope") != "current"
        self.read_store()
        keys = ["|".join(line.key) for line in self._view.rules]
        if place.get("row") in keys:
            self._view.move_cursor(keys.index(place["row"]))
