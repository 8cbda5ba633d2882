"""The signs that carry a meaning, once in Unicode and once in ASCII, each one cell wide."""

from __future__ import annotations

from typing import NamedTuple


class Glyphs(NamedTuple):
    """One set of signs; the names say what they mean, not how they look."""

    done: str = "✓"
    doing: str = "▸"
    todo: str = "○"
    waiting: str = "‖"
    review: str = "◐"
    late: str = "■"
    soon: str = "▲"
    fine: str = "●"
    milestone: str = "◆"
    milestone_open: str = "◇"
    gate: str = "▣"
    rule: str = "─"
    rule_done: str = "━"
    upright: str = "│"
    step: str = "›"
    ellipsis: str = "…"
    enter: str = "⏎"
    left: str = "←"
    right: str = "→"
    up: str = "↑"
    down: str = "↓"
    bullet: str = "·"
    dash: str = "—"
    range: str = "–"
    minus: str = "−"
    times: str = "×"
    quote: str = "“"
    unquote: str = "”"
    fold: str = "▾"
    folded: str = "▸"
    buffer: str = "▒"
    bar: str = "█"
    today: str = "┊"
    corner: str = "└"
    corner_down: str = "┐"
    tee: str = "├"
    cross: str = "┼"
    chosen: str = "*"
    strange: str = "\ufffd"


UNICODE = Glyphs()
ASCII = Glyphs(
    done="v", doing=">", todo="o", waiting="|", review="%", late="#", soon="^", fine="+", milestone="@",
    milestone_open="O", gate="H", rule="-", rule_done="=", upright="|", step=">", ellipsis="~", enter="<",
    left="<", right=">", up="^", down="v", bullet=".", dash="-", range="-", minus="-", times="x", quote='"',
    unquote='"', fold="v", folded=">", buffer=":", bar="#", today=":", corner="`", corner_down=".", tee="|", cross="+",
    chosen="*", strange="?",
)  # fmt: skip
