"""Colours: readable at every depth, and never alone."""

from __future__ import annotations

import pytest
from rich.color import Color, ColorSystem

from screens.theme import INK, INK_16, INK_256, MONO, PALETTES, PAPER, PAPER_256, ROLES, TERMINAL, palette_for

GROUNDS = ("ground", "bars", "selection")
READ = [role for role in ROLES if role != "faint"]


def luminance(color: Color) -> float:
    parts = [part / 255 for part in color.get_truecolor()]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(style, system: ColorSystem) -> float:
    bright, dark = sorted((luminance(part.downgrade(system)) for part in (style.color, style.bgcolor)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("palette", "system"),
    [
        (INK, ColorSystem.TRUECOLOR),
        (PAPER, ColorSystem.TRUECOLOR),
        (INK_256, ColorSystem.EIGHT_BIT),
        (PAPER_256, ColorSystem.EIGHT_BIT),
    ],
    ids=lambda value: getattr(value, "name", None),
)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("role", READ)
def test_every_text_role_has_a_contrast_of_at_least_4_5_on_every_ground(palette, system, ground, role):
    assert contrast(palette.style(role, ground), system) >= 4.5


@pytest.mark.parametrize("palette", [INK_256, PAPER_256], ids=lambda palette: palette.name)
def test_the_grounds_stay_apart_in_256_colours(palette):
    grounds = {palette.style("plain", ground).bgcolor.downgrade(ColorSystem.EIGHT_BIT).number for ground in GROUNDS}
    assert len(grounds) == 3


@pytest.mark.parametrize("palette", PALETTES.values(), ids=lambda palette: palette.name)
def test_selection_and_bold_are_seen_at_every_depth(palette):
    assert palette.style("plain", "selection") != palette.style("plain")
    assert palette.style("bold").bold


def test_without_colours_no_colour_is_sent_and_selection_is_reverse():
    for role in ROLES:
        style = MONO.style(role)
        assert style.color.is_default
        assert style.bgcolor.is_default
    assert MONO.style("plain", "selection").reverse
    assert MONO.style("red").bold


def test_sixteen_colours_keep_the_ground_of_the_terminal():
    assert INK_16.style("red").bgcolor.is_default
    assert INK_16.style("accent").color.name == "bright_blue"
    assert INK_16.style("dim").dim


def test_faint_is_never_used_on_a_tinted_ground():
    assert INK.style("faint", "bars") == INK.style("dim", "bars")


def test_a_word_that_is_no_role_is_refused():
    with pytest.raises(KeyError):
        INK.style("pink")
    with pytest.raises(KeyError):
        INK.style("red green")


def test_the_palette_follows_the_terminal():
    assert palette_for("paper", "truecolor") is PAPER
    assert palette_for("ink", "256") is INK_256
    assert palette_for("ink", "standard") is INK_16
    assert palette_for("ink", None) is INK_16
    assert palette_for("paper", "truecolor", no_color=True) is MONO
    assert palette_for("terminal", "truecolor") is palette_for("terminal", "256") is TERMINAL


async def test_textuals_own_text_field_lies_on_our_ground(frame):
    for look, palette in (("ink", INK), ("paper", PAPER)):
        async with frame(look=look) as shown:
            await shown.press("a")
            field = shown.app.focused
            assert field.styles.background.hex.lower() == palette.bars
            assert field.styles.color.hex.lower() == palette.text
