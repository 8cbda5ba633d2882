"""The themes *ink* and *paper*, the terminal's own colours, and how roles of text look at every depth of colour.

A role is bold, dim, faint, accent or one of four colours; a ground is what lies under it. Over ssh a terminal has 256
colours: those palettes are chosen from the 256 themselves, so that nothing is rounded to a colour nobody picked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rich.color import Color
from rich.style import Style
from textual.theme import Theme

Look = Literal["ink", "paper", "terminal"]
Depth = Literal["full", "256", "16", "mono"]
Ground = Literal["ground", "bars", "selection"]


@dataclass(frozen=True)
class Palette:
    """The colours of one theme at one depth; an empty colour is the terminal's own, and `16` names ANSI colours."""

    name: str
    depth: Depth
    dark: bool
    ground: str
    bars: str
    selection: str
    text: str
    dim: str
    faint: str
    accent: str
    red: str
    amber: str
    green: str
    violet: str

    def style(self, role: str, ground: Ground = "ground") -> Style:
        """How a role looks on a ground. Raises `KeyError` for a word that is no role."""
        return _style(self, role, ground)

    def __hash__(self) -> int:
        return hash(self.name)


INK = Palette(
    "ink", "full", True, "#12161d", "#1b222c", "#263a57", "#d6dbe4", "#9aa4b6", "#3d4553", "#82b4ff",
    "#ff7b72", "#e3b341", "#7ee787", "#d2a8ff",
)  # fmt: skip
PAPER = Palette(
    "paper", "full", False, "#fbfaf6", "#eeece4", "#d7e5fa", "#23272e", "#5f6673", "#c9c6bc", "#1f5fbf",
    "#b42318", "#8a5a00", "#18713a", "#7a3fb5",
)  # fmt: skip
INK_256 = Palette(
    "ink-256", "256", True, "#080808", "#1c1c1c", "#303030", "#d7d7d7", "#a0a0a0", "#444444", "#87afff",
    "#ff8787", "#d7af5f", "#87d787", "#d7afff",
)  # fmt: skip
PAPER_256 = Palette(
    "paper-256", "256", False, "#ffffff", "#f0f0f0", "#d7d7ff", "#262626", "#585858", "#c2c2c2", "#005faf",
    "#af0000", "#5f5f00", "#005f00", "#5f00af",
)  # fmt: skip
_ANSI = ("", "", "", "", "", "", "bright_blue", "red", "yellow", "green", "magenta")
INK_16 = Palette("ink-16", "16", True, *_ANSI)
PAPER_16 = Palette("paper-16", "16", False, *_ANSI)
TERMINAL = Palette("terminal", "16", True, *_ANSI)
MONO = Palette("mono", "mono", True, *("",) * 11)

PALETTES = {palette.name: palette for palette in (INK, PAPER, INK_256, PAPER_256, INK_16, PAPER_16, TERMINAL, MONO)}
ROLES = ("plain", "dim", "faint", "accent", "red", "amber", "green", "violet")


def palette_for(look: Look, color_system: str | None, no_color: bool = False) -> Palette:
    """The palette for a theme on a terminal whose colour system Rich has named (`truecolor`, `256`, `standard`)."""
    if no_color:
        return MONO
    if look == "terminal" or color_system == "truecolor":
        return PALETTES[look]
    if color_system == "256":
        return PALETTES[f"{look}-256"]
    return PALETTES[f"{look}-16"]


@lru_cache(maxsize=1024)
def _style(palette: Palette, role: str, ground: Ground) -> Style:
    words = role.split()
    bold, inverse = "bold" in words, "inverse" in words
    colours = [word for word in words if word not in ("bold", "inverse")]
    name = colours[0] if colours else "plain"
    if len(colours) > 1 or name not in ROLES:
        raise KeyError(role)
    if palette.depth in ("16", "mono"):
        return _plain_style(palette, name, bold, ground, inverse)
    # Faint is too weak for a tinted ground.
    if name == "faint" and ground != "ground":
        name = "dim"
    colour = palette.text if name == "plain" else getattr(palette, name)
    if inverse:
        return Style(color=palette.ground, bgcolor=colour, bold=bold or None)
    return Style(color=colour, bgcolor=getattr(palette, ground), bold=bold or None)


def _plain_style(palette: Palette, name: str, bold: bool, ground: Ground, inverse: bool = False) -> Style:
    """Roles without a palette of one's own: 16 colours by name, or none at all; selection is reverse video."""
    selected = ground == "selection"
    weak = name in ("dim", "faint") and not selected
    colour = "" if name in ("plain", "dim", "faint") or palette.depth == "mono" or selected else getattr(palette, name)
    if name in ("accent", "red") and palette.depth == "mono":
        bold = True
    default = Color.default()
    return Style(
        color=Color.parse(colour) if colour else default,
        bgcolor=default,
        bold=bold or None,
        dim=weak or None,
        reverse=selected or inverse or None,
    )


def textual_theme(palette: Palette) -> Theme:
    """The same colours for Textual's own widgets (Input, TextArea)."""
    if palette.depth in ("16", "mono"):
        return _ansi_theme(palette)
    return Theme(
        name=palette.name,
        primary=palette.accent,
        secondary=palette.violet,
        accent=palette.accent,
        warning=palette.amber,
        error=palette.red,
        success=palette.green,
        foreground=palette.text,
        background=palette.ground,
        surface=palette.ground,
        panel=palette.bars,
        boost=palette.bars,
        dark=palette.dark,
        text_alpha=1.0,
        variables={
            "bars": palette.bars,
            "selection": palette.selection,
            "dim": palette.dim,
            "faint": palette.faint,
            "input-cursor-background": palette.accent,
            "input-cursor-foreground": palette.ground,
            "input-selection-background": palette.selection,
            "border": palette.accent,
            "border-blurred": palette.faint,
        },
    )


def _ansi_theme(palette: Palette) -> Theme:
    return Theme(
        name=palette.name,
        ansi=True,
        primary="ansi_bright_blue",
        secondary="ansi_magenta",
        accent="ansi_bright_blue",
        warning="ansi_yellow",
        error="ansi_red",
        success="ansi_green",
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        boost="ansi_default",
        dark=palette.dark,
        variables={
            "bars": "ansi_default",
            "selection": "ansi_default",
            "dim": "ansi_default",
            "faint": "ansi_default",
            "ansi-background": "ansi_black" if palette.dark else "ansi_white",
            "ansi-foreground": "ansi_white" if palette.dark else "ansi_black",
            "input-cursor-background": "ansi_default",
            "input-cursor-foreground": "ansi_default",
            "input-cursor-text-style": "reverse",
        },
    )
