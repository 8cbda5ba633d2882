"""The checklist of a gate: ticked line by line, signed with its proof, or passed with a reason that stays on record."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from textual.app import ComposeResult

from db.errors import Problem
from db.labels import N_
from erptui.i18n import _, say
from erptui.method.gates import GateIncomplete, GateState, gates_of, pass_without, sign, tick
from screens.actions import Action, common, grouped
from screens.board_detail import criterion_spans, gate_state, rule, wrapped
from screens.detailed import DetailedScreen
from screens.glyphs import UNICODE as SIGNS
from screens.text import Line, cut_line
from screens.widgets.bars import Part
from screens.widgets.detail import Detail
from screens.widgets.edit_line import EditLine, Question
from screens.widgets.line_view import LineView

GATE = grouped(
    N_("The gate"),
    Action("tick", ("space", "enter"), N_("Tick"), N_("Tick the criterion, or take the tick away."), rank=1),
    Action("sign", ("m", "f2"), N_("Sign"), N_("Sign the gate: who signed, and the proof."), rank=2),
    Action("without", ("o",), N_("Go on without"), N_("Open the next phase unsigned; the reason is recorded."), rank=3),
)


class ChecklistView(LineView):
    """The criteria of a gate."""

    GUTTER = 1

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.gate: GateState | None = None

    def show(self, gate: GateState | None) -> None:
        """Put the criteria of this gate in the list."""
        self.gate = gate
        self.rows_changed()

    @property
    def row_count(self) -> int:
        return len(self.gate.criteria) if self.gate else 0

    def row_key(self, row: int) -> Hashable:
        return self.gate.criteria[row].id if self.gate else row

    def line(self, row: int, width: int) -> Line:
        assert self.gate is not None
        criterion = self.gate.criteria[row]
        return cut_line(criterion_spans(criterion.done, criterion.text), width)

    def hint(self) -> Line:
        return [(_("This gate has no criteria: m signs it."), "dim")]


class GateScreen(DetailedScreen):
    """A gate of the current engagement; dismissed with True once it is passed."""

    TITLE = N_("Gate")

    CSS = """
    GateScreen #checklist { height: 1fr; }
    GateScreen #detail { height: 7; }
    """

    ACTIONS = (
        *(action for action in common.MOVE if action.id not in ("select", "left", "right")),
        *GATE,
        *(action for action in common.ROW if action.id in ("notes", "history")),
        *(action for action in common.PROGRAM if action.id in ("undo", "redo", "redraw", "help")),
        *common.CLOSE,
    )

    def __init__(self, phase: str, waiting: str = "") -> None:
        """`waiting` is the activity whose card moves on once the gate is passed."""
        super().__init__()
        self._phase = phase
        self._waiting = waiting

    def body(self) -> ComposeResult:
        yield ChecklistView(id="checklist")
        yield Detail(id="detail")

    @property
    def view(self) -> ChecklistView:
        """The list of criteria."""
        return self.query_one("#checklist", ChecklistView)

    @property
    def gate(self) -> GateState | None:
        """The gate as it stands."""
        return self.view.gate

    def on_mount(self) -> None:
        self.reload()

    def read_store(self) -> None:
        engagement = self.erp.engagement
        gates = gates_of(self.store, engagement.id) if engagement else []
        gate = next((gate for gate in gates if gate.phase == self._phase), None)
        self.view.show(gate)
        if gate is None:
            self.dismiss(False)
            return
        code = engagement.code if engagement else ""
        state = Part([(gate_state(gate, self.today), "dim")])
        # How a passed gate was passed stands in full below.
        self.set_title(
            [(code, "bold accent"), (f"  {SIGNS.step}  {gate.name}", "bold")], () if gate.passed else [state]
        )
        self.show_detail()

    def show_detail(self) -> None:
        gate, detail = self.gate, self.detail
        if gate is None or not detail.size.width:
            return
        width = detail.size.width
        lines: list[Line] = [rule(width)]
        if gate.criteria:
            # In full here what the list may have had to cut.
            text = gate.criteria[min(self.view.cursor, len(gate.criteria) - 1)].text
            lines += wrapped(text, width, "bold", lines=4)
        if gate.passed:
            lines += wrapped(gate_state(gate, self.today), width, "plain", (f"{SIGNS.done} ", "green"))
        if gate.reason and not self.erp.for_client:
            lines += wrapped(gate.reason, width, "plain", (f"{SIGNS.soon} ", "amber"))
        if gate.proof:
            lines += wrapped(_("Proof: {proof}").format(proof=gate.proof), width, "dim", ("  ", "plain"))
        if gate.checksum:
            lines += wrapped(gate.checksum, width, "dim", ("  ", "plain"))
        if not gate.passed:
            if self._waiting:
                text = _("{activity} moves on when this gate is passed.").format(activity=self._waiting)
                lines += wrapped(text, width, "accent")
            lines += wrapped(_("When all are ticked: m signs it, with the signer and the proof."), width, "dim")
            lines += wrapped(
                _("Before that: o goes on without the signature; the reason stays on record."), width, "dim"
            )
        detail.show_whole(lines)

    def action_close(self) -> None:
        """Back to where the gate was opened from."""
        self.dismiss(False)

    # Ticking and signing.

    def why_not_tick(self) -> str | None:
        """A passed gate keeps its list."""
        gate = self.gate
        if self.store.read_only:
            return self.why_read_only()
        if gate and gate.passed:
            return _("This gate is passed: its list stays as it was.")
        return None if gate and gate.criteria else _("This gate has no criteria.")

    def action_tick(self) -> None:
        """Tick the criterion under the cursor and go one down."""
        gate, view = self.gate, self.view
        if gate is None:
            return
        criterion = gate.criteria[view.cursor]
        if self.attempt(lambda: tick(self.store, gate, criterion)) and not criterion.done:
            view.move_cursor(view.cursor + 1)

    def why_not_sign(self) -> str | None:
        """Passed already."""
        return _("This gate is passed.") if self.gate and self.gate.passed else self.why_read_only()

    why_not_without = why_not_sign

    def action_sign(self) -> None:
        """Ask who signed, then for the proof; then the next phase is open."""
        gate = self.gate
        if gate is None:
            return
        left = len(gate.criteria) - gate.ticked
        if left:
            text = _("{open} of {total} criteria are open: tick them with space, or go on with a reason (o).")
            self.say(text.format(open=left, total=len(gate.criteria)), "error")
            return
        self.ask(Question(_("Signed by:"), self._signer(gate)))

    def _signer(self, gate: GateState) -> Any:
        def save(text: str) -> str | None:
            if not text.strip():
                return _("Who signed it? Type the name.")
            self.ask(Question(_("Proof (file, mail, place):"), self._proof(gate, text)))
            return None

        return save

    def _proof(self, gate: GateState, signer: str) -> Any:
        return lambda text: self._pass(lambda: sign(self.store, gate, signer=signer, proof=text, today=self.today))

    def action_without(self) -> None:
        """Ask for the reason; then the next phase is open."""
        gate = self.gate
        if gate:
            self.ask(
                Question(
                    _("Reason:"),
                    lambda text: self._pass(lambda: pass_without(self.store, gate, reason=text, today=self.today)),
                )
            )

    def _pass(self, act: Any) -> str | None:
        gate, before = self.gate, self.erp.engagement
        try:
            act()
        except (GateIncomplete, Problem) as problem:
            return say(problem)
        after = self.erp.engagement
        if gate and before and after and before.status != after.status == "won":
            self.say_done(_("{code} is won: the phases after pursuit are open to plan").format(code=after.code))
        elif gate:
            self.say_done(_("{gate} passed").format(gate=gate.name))
        # Put away first, so that keys typed ahead go where the gate was opened from.
        self.query_one(EditLine).close()
        self.dismiss(True)
        return None

    def notes_about(self) -> tuple[str, str] | None:
        return ("gate", self.gate.id) if self.gate else None

    async def action_history(self) -> None:
        """Who ticked and signed what."""
        from screens.history import HistoryScreen

        if gate := self.gate:
            rows = [gate.id, *(criterion.id for criterion in gate.criteria)]
            await self.app.push_screen(HistoryScreen(gate.name, rows))
