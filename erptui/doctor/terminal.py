"""What stands between the person and the screens: locale, terminal, colours, tmux, a shell that ends by itself."""

from __future__ import annotations

import locale
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence

from db.labels import N_
from erptui.doctor.finding import Finding, Verdict

Environ = Mapping[str, str]
SMALLEST = (40, 12)
QUICK_ESCAPE = 50
"""Milliseconds that nobody feels."""


def charset(environ: Environ, *, missing: bool | None = None, encoding: str | None = None) -> Finding:
    """The locale; `missing` is whether this machine does not have it, `encoding` that of its letters."""
    names = ("LC_ALL", "LC_CTYPE", "LANG")
    name = next((environ[variable] for variable in names if environ.get(variable)), "")
    missing = locale_is_missing() if missing is None else missing
    found = (encoding or _encoding(name)).upper().replace("UTF8", "UTF-8")
    gaps = {"name": name or "C", "charset": found}
    said, verdict, advice = N_("{name}, {charset}"), Verdict.FINE, N_("")
    if missing:
        verdict = Verdict.REMARK
        advice = N_("This machine does not have that locale. Choose one of those that locale -a lists: export LANG=…")
    elif name in ("", "C", "POSIX"):
        verdict = Verdict.REMARK
        advice = N_("Signs are drawn in ASCII and Chinese can't be shown. For both: export LANG=C.UTF-8")
    elif found != "UTF-8":
        verdict = Verdict.REMARK
        advice = N_(
            "Signs are drawn in ASCII, and what {charset} does not have is shown as “?”. If your terminal speaks UTF-8:"
            " export LANG=C.UTF-8"
        )
    return Finding("locale", N_("Locale"), verdict, f"{gaps['name']} {found}", said, advice, gaps)


def locale_is_missing() -> bool:
    """Whether the locale of the environment is not on this machine."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "")
    except locale.Error:
        return True
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return False


def _encoding(name: str) -> str:
    named = name.partition(".")[2].partition("@")[0]
    return named or ("ASCII" if name in ("", "C", "POSIX") else locale.getpreferredencoding(False))


def term(environ: Environ, size: tuple[int, int] | None) -> Finding:
    """What TERM says; `size` in cells, None where the output goes to no terminal."""
    name = environ.get("TERM", "")
    columns, lines = size or (0, 0)
    gaps = {"term": name or "-", "columns": columns, "lines": lines, "smallest": "{}x{}".format(*SMALLEST)}
    said, verdict, advice = N_("{term}, {columns}x{lines}"), Verdict.FINE, N_("")
    if size is None:
        said, verdict = N_("{term}; this output goes to no terminal"), Verdict.REMARK
        advice = N_("Ask again in the terminal in which you work, over SSH with: ssh -t")
    elif name in ("", "dumb", "unknown"):
        verdict = Verdict.FAULT
        advice = N_("The screens can't be drawn. If your terminal can place a cursor: export TERM=xterm-256color")
    elif environ.get("TMUX") and not name.startswith(("tmux", "screen")):
        verdict = Verdict.REMARK
        advice = N_("In tmux it should be tmux-256color. Do not set TERM in the shell's start-up files.")
    elif name == "linux":
        verdict = Verdict.REMARK
        advice = N_("The console of the machine draws no Chinese. Work over SSH from a terminal that does.")
    elif columns < SMALLEST[0] or lines < SMALLEST[1]:
        verdict = Verdict.REMARK
        advice = N_("The screens need {smallest} cells at least, 80x24 are good.")
    return Finding("terminal", N_("Terminal"), verdict, name, said, advice, gaps)


def terminal_size() -> tuple[int, int] | None:
    """Columns and lines of the terminal that the output goes to; None where there is none."""
    try:
        size = os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1)
    except (OSError, ValueError):
        return None
    return size.columns, size.lines


def colours(environ: Environ) -> Finding:
    """How many colours the screens are drawn in; no meaning is in colour alone."""
    value, said, advice = how_many_colours(environ), N_(""), N_("")
    if value == "none":
        said, advice = N_("none, because NO_COLOR is set"), N_("With colours: unset NO_COLOR")
    elif value == "16":
        said = N_("the 16 of the terminal")
        advice = N_("If your terminal has more, TERM should end with -256color: export TERM=xterm-256color")
    elif value == "256":
        said = N_("256")
        advice = N_("If your terminal has true colour: export COLORTERM=truecolor")
    else:
        said = N_("true colour")
    return Finding("colours", N_("Colours"), Verdict.FINE, value, said, advice)


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
    advice = N_("erptui itself goes on. In tmux start it without a shell in between: tmux new -A -s erptui erptui")
    return Finding("tmout", N_("Time-out"), Verdict.REMARK, int(seconds), said, advice, {"seconds": seconds})


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
    advice = N_("To find it again as it was, start it with: tmux new -A -s erptui erptui")
    if not installed:
        advice = N_("With tmux it would go on running, but this machine has none. Ask its administrator for tmux.")
    return Finding("tmux", "tmux", Verdict.REMARK, None, said, advice)


def _inside_tmux(escape_time: str) -> Finding:
    if not escape_time.isdigit():
        return Finding("tmux", "tmux", Verdict.FINE, None, N_("it keeps erptui running when the line is lost"))
    wait = int(escape_time)
    slow = wait > QUICK_ESCAPE
    said = N_("it waits {wait} ms after Esc")
    advice = N_("Write into ~/.tmux.conf: set -sg escape-time 10. For now: tmux set -s escape-time 10")
    verdict = Verdict.REMARK if slow else Verdict.FINE
    return Finding("tmux", "tmux", verdict, wait, said, advice if slow else N_(""), {"wait": wait})
