"""What `erptui doctor` says of the colours is what the screens do."""

from __future__ import annotations

from itertools import product

from erptui.doctor.terminal import how_many_colours
from screens.terminal import without_own_colours

TERMS = (
    "",
    "xterm",
    "xterm-256color",
    "tmux-256color",
    "screen",
    "linux",
    "vt100",
    "xterm-kitty",
    "xterm-direct",
    "dumb",
)


def test_the_doctor_and_the_screens_count_the_same_colours():
    for term, colorterm, no_color in product(TERMS, ("", "truecolor", "24bit", "yes"), (False, True)):
        environ = {"TERM": term, "COLORTERM": colorterm} | ({"NO_COLOR": "1"} if no_color else {})
        few = without_own_colours(environ) is True
        assert few == (how_many_colours(environ) in ("none", "16")), environ
