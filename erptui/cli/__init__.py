"""The command line: `main` is the console script. A verb's module is imported when the verb is called.

Exit codes: 0 done; 1 findings of `check`, refused rows of `import`; 2 wrong usage, unreadable input, output that exists
without --force; 3 the store refused, or the program failed; 130 stopped by ctrl+c. Messages go to standard error, what
was asked for to standard output.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.util import find_spec

DONE, FINDINGS, WRONG_USAGE, FAILED, STOPPED = 0, 1, 2, 3, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program with `arguments` (those of the process when None) and give its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    if (astray := _package_astray()) is not None:
        print(f"erptui: another package stands in the way of its own: {astray}", file=sys.stderr)
        return FAILED
    from erptui import charset
    from erptui.cli import output

    output.be_lenient()
    arguments = [charset.as_typed(argument) for argument in given]
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:
        output.abandon()
        return DONE
    except Exception as error:
        return _failed(error)


def _run(arguments: Sequence[str]) -> int:
    from db.errors import Problem
    from erptui.cli import output
    from erptui.cli.session import Session, only_options

    session = Session()
    try:
        session.begin(arguments)
        if (asked := only_options(arguments)) is not None:
            from erptui.cli.open_screens import open_screens

            session.ask(**asked)
            return open_screens(session)
        from erptui.cli.verbs import run_verb

        code = run_verb(arguments, session)
        output.flush()
        return code
    except Problem as problem:
        output.tell_problem(problem)
        return problem.exit_code


def _failed(error: Exception) -> int:
    """One sentence for the person, the places of the failure for the log."""
    from erptui.cli import output
    from erptui.i18n import _
    from erptui.logbook import note_crash

    path = note_crash(error)
    if path is None:
        output.tell(_("erptui failed ({kind}); its log can't be written.").format(kind=type(error).__name__))
    else:
        output.tell(_("erptui failed. Where it happened stands in {path}").format(path=path))
    return FAILED


def _package_astray() -> str | None:
    """Where `db` or `screens` was found, when that is not beside this package: the names are common ones."""
    home = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    for name in ("db", "screens"):
        spec = find_spec(name)
        found = os.path.abspath(spec.origin) if spec is not None and spec.origin else name
        if os.path.dirname(os.path.dirname(found)) != home:
            return found
    return None
