"""A small app on the frame, for its tests and to look at: `python tests/screens/frame_demo.py [--paper] [--zh] [N]`."""

from __future__ import annotations

import sys

from screens import terminal

terminal.prepare()

from textual.app import ComposeResult  # noqa: E402

from db.labels import N_  # noqa: E402
from erptui import cells  # noqa: E402
from screens.actions import Action, common, grouped  # noqa: E402
from screens.frame import FrameApp, FrameScreen  # noqa: E402
from screens.text import Line  # noqa: E402
from screens.widgets.bars import Part  # noqa: E402
from screens.widgets.edit_line import Question  # noqa: E402
from screens.widgets.line_view import LineView  # noqa: E402

TITLES = (
    "Bills of material",
    "物料主数据清洗（BOM）",
    "Routings [draft] [/x]",
    "Kick-off é “quoted” 24.11",
    "家族 👨‍👩‍👧 ❤️ 🇨🇳 emoji",
)
SIGNS = (("■", "bold red"), ("▸", "accent"), ("○", "dim"), ("✓", "green"), ("▲", "amber"))
COLUMNS = (
    cells.Column("code", 6, 6, 1),
    cells.Column("title", 12, 30, 1, grows=True),
    cells.Column("share", 4, 4, 3, "right"),
    cells.Column("who", 6, 10, 4),
    cells.Column("due", 5, 9, 2),
)


class Packages(LineView):
    """Rows made up on the spot."""

    def __init__(self, titles: list[str]) -> None:
        super().__init__(id="packages")
        self.titles = titles
        self.painted = 0

    @property
    def row_count(self) -> int:
        return len(self.titles)

    def row_key(self, row: int) -> str:
        return self.titles[row]

    def line(self, row: int, width: int) -> Line:
        self.painted += 1
        sign, role = SIGNS[row % len(SIGNS)]
        who, due = ("王磊" if row % 2 else "Li Na"), ("5 d late" if row % 5 == 0 else "24.11")
        texts = (f"C{row}", self.titles[row], f"{row % 101}%", who, due)
        spots = cells.fit_columns(COLUMNS, width - 2)
        line = [(f"{sign} ", role)]
        for text, spot in zip(texts_of(texts, spots), spots, strict=True):
            line.append((text, {"title": "plain", "due": "red" if row % 5 == 0 else "dim"}.get(spot.column.id, "dim")))
        return line

    def hint(self) -> Line:
        return [("No packages yet. ", "dim"), ("a", "bold accent"), (" adds one.", "dim")]


def texts_of(texts: tuple[str, ...], spots: list[cells.Placed]) -> list[str]:
    by_id = dict(zip((column.id for column in COLUMNS), texts, strict=True))
    return [cells.place(by_id[spot.column.id], spot.width, spot.column.align) + " " for spot in spots]


class PackagesScreen(FrameScreen):
    """A register on the frame."""

    ACTIONS = (
        *common.COMMON,
        *grouped(
            N_("What is shown"),
            Action("view-grid", ("v g",), N_("Grid"), N_("The grid."), rank=23),
            Action("view-matrix", ("v m",), N_("Matrix"), N_("The matrix."), rank=23),
        ),
    )

    def __init__(self, titles: list[str]) -> None:
        super().__init__()
        self.packages = Packages(titles)
        self.done: list[str] = []

    def body(self) -> ComposeResult:
        yield self.packages

    def on_mount(self) -> None:
        left = [("HX26 ", "bold accent"), ("Huaxin 华信精密", "bold"), (" › ", "faint"), ("Implementation", "dim")]
        chain = [("chain ", "dim"), ("62%", "plain"), (" buffer ", "dim"), ("40% ", "plain"), ("●", "green")]
        self.set_title(left, [Part(chain, 3), Part([("■", "red"), ("7", "bold")], 1), Part([("24 Nov", "dim")], 2)])

    def action_add(self) -> None:
        self.ask(Question("Package", self._add))

    def _add(self, text: str) -> str | None:
        if not text.strip():
            return "A package needs a title."
        self.packages.titles.append(text)
        self.packages.rows_changed()
        self.done.append(text)
        self.say(f"finish 12.01 → 15.01 · buffer 40 → 55 % · u takes back {text}", "effect")
        return None

    def action_undo(self) -> None:
        self.packages.titles.remove(self.done.pop())
        self.packages.rows_changed()

    def why_not_undo(self) -> str | None:
        return None if self.done else "Nothing to undo."

    def label_undo(self) -> str:
        return f"Undo “{cells.cut(self.done[-1], 12)}”"

    def action_change(self) -> None:
        self.ask(Question("Title", lambda text: None, value=self.packages.titles[self.packages.cursor]))

    def action_mark(self) -> None:
        reason = "Load 3 of HX26 rejected 214 rows: row 17, field 计量单位, value “箱”."
        self.say(f"{reason} Correct the file and read it again.", "error")

    def action_move_left(self) -> None:
        self.say("moved left")

    def action_move_right(self) -> None:
        self.say("moved right")

    def action_view_grid(self) -> None:
        self.say("the grid")

    def action_filter(self) -> None:
        self.ask(Question("/", lambda text: None))

    def typed_elsewhere(self, text: str) -> bool:
        self.ask(Question("/", lambda text: None, value=text))
        return True

    def action_day_later(self) -> None:
        self.app.set_look("paper" if self.app.look == "ink" else "ink")

    def on_line_view_opened(self, event: LineView.Opened) -> None:
        self.say(f"opened {self.packages.titles[event.row]}")


class DemoApp(FrameApp):
    """The app around it."""

    def __init__(self, titles: list[str] | None = None, look: str = "ink", **more: object) -> None:
        self.titles = list(TITLES) if titles is None else titles
        super().__init__(look=look, **more)

    def get_default_screen(self) -> PackagesScreen:
        return PackagesScreen(self.titles)


def main() -> None:
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    titles = [f"{TITLES[row % len(TITLES)]} {row}" for row in range(numbers[0] if numbers else 60)]
    DemoApp(titles, look="paper" if "--paper" in sys.argv else "ink").run(mouse=False)


if __name__ == "__main__":
    main()
