"""What stands between the person and the screens: locale, terminal, colours, tmux, a shell that ends by itself."""

from __future__ import annotations

import locale
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence

from db.labels import N_
from erptui.charset import locale_is_missing, locale_named
from erptui.doctor.finding import Finding, Verdict

Environ = Mapping[str, str]
SMALLEST = (40, 12)
IN_TMUX = "tmux new -A -s erptui erptui"
QUICK_ESCAPE = 50
"""Milliseconds that nobody feels."""


def charset(environ: Environ, *, missing: bool | None = None, encoding: str | None = None) -> Finding:
    """The locale; `missing` is whether this machine does not have it, `encoding` that of its letters."""
    name = locale_named(environ)
    missing = locale_is_missing(name) if missing is None else missing
    found = (encoding or _encoding(name)).upper().replace("UTF8", "UTF-8")
    gaps = {"name": name, "charset": found}
    said, verdict, advice, command = N_("{name}, {charset}"), Verdict.FINE, "", "export LANG=C.UTF-8"
    if missing:
        verdict, command = Verdict.REMARK, "locale -a"
        advice = N_("This machine does not have that locale. Set LANG to one of those that it lists, ending with utf8:")
    elif name in ("C", "POSIX"):
        verdict = Verdict.REMARK
        advice = N_(
            "It does not say what your terminal speaks: signs are drawn in ASCII, Chinese is sent in UTF-8. For both:"
        )
    elif found != "UTF-8":
        verdict = Verdict.REMARK
        advice = N_(
            "Signs are drawn in ASCII, and what {charset} does not have is shown as “?”. If your terminal speaks UTF-8:"
        )
    else:
        command = ""
    return Finding("locale", N_("Locale"), verdict, f"{name} {found}", said, advice, command, gaps)


def _encoding(name: str) -> str:
    named = name.partition(".")[2].partition("@")[0]
    return named or ("ASCII" if name in ("C", "POSIX") else locale.getpreferredencoding(False))


def term(environ: Environ, size: tuple[int, int] | None) -> Finding:
    """What TERM says; `size` in cells, 0x0 where the terminal does not tell, None where there is no terminal."""
    name = environ.get("TERM", "")
    columns, lines = size or (0, 0)
    gaps = {"term": name or "-", "columns": columns, "lines": lines, "smallest": "{}x{}".format(*SMALLEST)}
    said = N_("{term}, {columns}x{lines}") if columns else N_("{term}")
    verdict, advice, command = Verdict.REMARK, "", ""
    if size is None:
        said, command = N_("{term}; this output goes to no terminal"), "ssh -t"
        advice = N_("Ask again in the terminal in which you work. Over SSH it needs:")
    elif name in ("", "dumb", "unknown"):
        verdict, command = Verdict.FAULT, "export TERM=xterm-256color"
        advice = N_("The screens can't be drawn. If your terminal can place a cursor:")
    elif environ.get("TMUX") and not name.startswith(("tmux", "screen")):
        advice = N_("In tmux it should be tmux-256color. Do not set TERM in the shell's start-up files.")
    elif name == "linux":
        advice = N_("The console of the machine draws no Chinese. Work over SSH from a terminal that does.")
    elif 0 < columns < SMALLEST[0] or 0 < lines < SMALLEST[1]:
        advice = N_("The screens need {smallest} cells at least; 80x24 are good.")
    else:
        verdict = Verdict.FINE
    return Finding("terminal", N_("Terminal"), verdict, name, said, advice, command, gaps)


def terminal_size() -> tuple[int, int] | None:
    """Columns and lines of the terminal that the output goes to; None where there is none."""
    try:
        size = os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1)
    except (OSError, ValueError):
        return None
    return size.columns, size.lines


def colours(environ: Environ) -> Finding:
    """How many colours the screens are drawn in; no meaning is in colour alone."""
    value = how_many_colours(environ)
    said, advice, command = {
        "none": (N_("none, because NO_COLOR is set"), N_("With colours:"), "unset NO_COLOR"),
        "16": (N_("the 16 of the terminal"), N_("If your terminal has more:"), "export TERM=xterm-256color"),
        "256": ("256", N_("If your terminal has true colour:"), "export COLORTERM=truecolor"),
        "truecolor": (N_("true colour"), "", ""),
    }[value]
    return Finding("colours", N_("Colours"), Verdict.FINE, value, said, advice, command)


def how_many_colours(environ: Environ) -> str:
    """`none`, `16`, `256` or `truecolor`, as the screens decide it."""
    if "NO_COLOR" in environ:
        return "none"
    if environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return "truecolor"
    term = environ.get("TERM", "").strip().lower()
    if term.endswith(("direct", "kitty")):
        return "truecolor"
    return "256" if term.endswith("256color") else "16"


def time_out(environ: Environ) -> Finding | None:
    """A shell that ends when nobody types at its prompt; None where none is handed on."""
    seconds = environ.get("TMOUT", "").strip()
    if not seconds.isdigit() or int(seconds) == 0:
        return None
    said = N_("the shell ends after {seconds} s without a key at its prompt (TMOUT)")
    advice = N_("erptui itself goes on. In tmux start it without a shell in between:")
    gaps = {"seconds": seconds}
    return Finding("tmout", N_("Time-out"), Verdict.REMARK, int(seconds), said, advice, IN_TMUX, gaps)


Ask = Callable[[Sequence[str]], str]


def ask_tmux(command: Sequence[str]) -> str:
    """What tmux answers, empty where it does not."""
    try:
        asked = subprocess.run(command, capture_output=True, text=True, timeout=2, check=False)
    except (OSError, subprocess.SubprocessError, UnicodeError):
        return ""
    return asked.stdout.strip()


def tmux(environ: Environ, ask: Ask = ask_tmux, *, installed: bool | None = None) -> Finding:
    """Whether a lost connection leaves erptui running, and whether Esc answers at once in tmux."""
    if environ.get("TMUX"):
        return _inside_tmux(ask(("tmux", "show", "-sv", "escape-time")))
    over_ssh = bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))
    if environ.get("STY"):
        return Finding("tmux", "tmux", Verdict.FINE, None, N_("screen keeps erptui running when the line is lost"))
    installed = shutil.which("tmux") is not None if installed is None else installed
    if not over_ssh:
        return Finding("tmux", "tmux", Verdict.FINE, None, N_("not needed here: this is no SSH connection"))
    said = N_("a lost line ends erptui; nothing that was saved is lost")
    if not installed:
        advice = N_("With tmux it would go on running, but this machine has none. Ask its administrator for tmux.")
        return Finding("tmux", "tmux", Verdict.REMARK, None, said, advice)
    advice = N_("To find it again as it was, start it with:")
    return Finding("tmux", "tmux", Verdict.REMARK, None, said, advice, IN_TMUX)


def _inside_tmux(escape_time: str) -> Finding:
    if not escape_time.isdigit():
        return Finding("tmux", "tmux", Verdict.FINE, None, N_("it keeps erptui running when the line is lost"))
    wait = int(escape_time)
    said = N_("it waits {wait} ms after Esc")
    if wait <= QUICK_ESCAPE:
        return Finding("tmux", "tmux", Verdict.FINE, wait, said, gaps={"wait": wait})
    advice = N_("For good write “set -sg escape-time 10” into ~/.tmux.conf, for now:")
    return Finding("tmux", "tmux", Verdict.REMARK, wait, said, advice, "tmux set -s escape-time 10", {"wait": wait})
