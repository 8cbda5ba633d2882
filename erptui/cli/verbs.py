"""How verbs are declared and found: help in the language in use, the common options before and after the verb.

A verb is a module with a `command`. Its first help line stands here, so that the list of verbs imports none of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from db.labels import N_
from erptui import __version__
from erptui.cli.output import give, tell
from erptui.cli.session import Session, WrongUsage
from erptui.i18n import LANGUAGES, _, labelled, language, listed, say

VERBS: dict[str, tuple[str, str]] = {
    "demo": ("demo", N_("Open a filled demo portfolio in a throw-away store.")),
    "init": ("init", N_("Make a store.")),
    "new": ("new", N_("Open an engagement from the template of the method.")),
    "today": ("today", N_("Show what needs you now, over all engagements.")),
    "list": ("list_rows", N_("List tasks, gates, people, touches, promises and more.")),
    "note": ("note", N_("Save a line in the notebook.")),
    "touch": ("touch", N_("Log a touch: who, channel, what was said, when next.")),
    "import": ("import_", N_("Import what other programs wrote.")),
    "export": ("export", N_("Write a file for other programs.")),
    "undo": ("undo", N_("Take back your last step.")),
    "redo": ("redo", N_("Do again what was taken back last.")),
    "history": ("history", N_("Show who changed what, and when.")),
    "check": ("check", N_("Check a store for damage and for rules that are broken.")),
    "backup": ("backup", N_("Copy a store while it is in use.")),
    "restore": ("restore", N_("Put a backup in the place of a store.")),
    "doctor": ("doctor", N_("Say whether erptui can work here, and what to do.")),
}


if TYPE_CHECKING:
    _Choice = click.Choice[str]
else:
    # Generic only in later versions of click.
    _Choice = click.Choice


class OneOf(_Choice):
    """A choice whose refusal is said in the language in use."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value in self.choices:
            return value
        return self.fail(
            _("“{value}” is not one of: {choices}.").format(value=value, choices=listed(self.choices)), param, ctx
        )


class _Named:
    """What stands for a value in a help page (`PATH`), in the language in use."""

    @property
    def metavar(self) -> str | None:
        return self._metavar and _(self._metavar)

    @metavar.setter
    def metavar(self, name: str | None) -> None:
        self._metavar = name


class Argument(_Named, click.Argument):
    """An argument whose name is translated where it is shown."""


class Option(_Named, click.Option):
    """An option whose help is translated where it is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        record = super().get_help_record(ctx)
        return record and (record[0], _(self.help) if self.help else "")


def option(*names: str, help: str, **more: Any) -> Callable[[Any], Any]:
    """`click.option` with a translated help."""
    return click.option(*names, cls=Option, help=help, **more)


def argument(name: str, metavar: str, **more: Any) -> Callable[[Any], Any]:
    """`click.argument` with a translated name."""
    return click.argument(name, cls=Argument, metavar=metavar, **more)


def _note(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value is not None and value is not False:
        session: Session = ctx.obj
        session.ask(**{str(param.name): value})


def common_options() -> list[click.Parameter]:
    """The options that every verb takes."""
    noted: dict[str, Any] = {"expose_value": False, "callback": _note}
    return [
        Option(["--store", "store"], metavar=N_("PATH"), help=N_("The store; the usual one when left out."), **noted),
        Option(["--lang", "lang"], type=OneOf(LANGUAGES), help=N_("The language of the program."), **noted),
        Option(["--as", "who"], metavar=N_("NAME"), help=N_("Who is working."), **noted),
        Option(["--ascii", "ascii"], is_flag=True, help=N_("Draw with ASCII only."), **noted),
        Option(["--mouse", "mouse"], is_flag=True, help=N_("Use the mouse."), **noted),
        Option(["--read-only", "read_only"], is_flag=True, help=N_("Change nothing."), **noted),
    ]


CLICKS_OWN = (N_("[OPTIONS]"),)
"""Words of a help page that click brings."""


class _Spoken(click.Command):
    """A command whose help speaks the language in use and that takes the common options."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        if not hasattr(self, "_common"):
            own = {name for param in self.params for name in param.opts}
            self._common = [param for param in common_options() if not own & set(param.opts)]
        params = [*self.params, *self._common]
        help_option = self.get_help_option(ctx)
        return params if help_option is None else [*params, help_option]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = _("Show this help and exit.")
        return found

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [_(piece) for piece in super().collect_usage_pieces(ctx)]

    def get_help(self, ctx: click.Context) -> str:
        if language() == "en":
            return super().get_help(ctx)
        from erptui.cli.wide_help import WideHelp

        formatter = WideHelp(width=ctx.terminal_width, max_width=ctx.max_content_width)
        self.format_help(ctx, formatter)
        return formatter.getvalue().rstrip("\n")

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=_("Usage:") + " ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.help:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(_(self.help))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [param.get_help_record(ctx) for param in self.get_params(ctx) if isinstance(param, click.Option)]
        with formatter.section(_("Options")):
            formatter.write_dl([record for record in records if record is not None])


class Verb(_Spoken):
    """A verb of the command line."""


class VerbGroup(_Spoken, click.Group):
    """Verbs by name, each imported when it is called; `verbs` gives module and first help line."""

    def __init__(self, *, verbs: dict[str, tuple[str, str]], **more: Any) -> None:
        super().__init__(**more)
        self.verbs = verbs

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.verbs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.verbs:
            return None
        found: click.Command = import_module(f"erptui.cli.{self.verbs[cmd_name][0]}").command
        return found

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args and not self.invoke_without_command:
            raise self.verb_missing(ctx)
        return super().parse_args(ctx, args)

    def verb_missing(self, ctx: click.Context) -> WrongUsage:
        """The refusal of a group without one of its verbs."""
        sentence = N_("{command} needs one of: {verbs}. Help: {command} --help")
        return WrongUsage(sentence, command=ctx.command_path, verbs=listed(self.verbs))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        name = args[0]
        if name not in self.verbs:
            raise WrongUsage(
                N_("There is no “{command}”. There are: {verbs}. Help: erptui --help"),
                command=" ".join([*ctx.command_path.split()[1:], name]),
                verbs=listed(self.verbs),
            )
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        with formatter.section(_("Verbs")):
            formatter.write_dl([(name, _(help)) for name, (_module, help) in self.verbs.items()])


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value:
        give(f"erptui {__version__}\n")
        ctx.exit()


@click.group(
    cls=VerbGroup,
    verbs=VERBS,
    invoke_without_command=True,
    subcommand_metavar=N_("[VERB …]"),
    help=N_("Without a verb, the screens open. The options stand before or after the verb."),
)
@option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help=N_("Show the version."))
@click.pass_context
def erptui(ctx: click.Context) -> int | None:
    if ctx.invoked_subcommand is not None:
        return None
    from erptui.cli.open_screens import open_screens

    session: Session = ctx.obj
    return open_screens(session)


def run_verb(arguments: Sequence[str], session: Session) -> int:
    """Run what the arguments name and give the exit code."""
    # Not `erptui.main`: it has its own opinion of a reader that goes away.
    try:
        with erptui.make_context("erptui", list(arguments), obj=session) as context:
            code = erptui.invoke(context)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.exceptions.Abort:
        raise KeyboardInterrupt from None
    except click.UsageError as error:
        tell(_usage_sentence(error))
        return error.exit_code
    return code if isinstance(code, int) else 0


def _usage_sentence(error: click.UsageError) -> str:
    """What is wrong with the command line, as one sentence."""
    path = error.ctx.command_path if error.ctx else "erptui"
    param = getattr(error, "param", None)
    name = ""
    if isinstance(param, click.Parameter):
        name = param.opts[-1] if isinstance(param, click.Option) else param.human_readable_name
    if isinstance(error, click.MissingParameter):
        said = _("{name} is missing.").format(name=name)
    elif isinstance(error, click.NoSuchOption):
        said = _("There is no option {name}.").format(name=error.option_name)
        if error.possibilities:
            names = listed(sorted(error.possibilities))
            said = _("There is no option {name}. Did you mean {names}?").format(name=error.option_name, names=names)
    elif isinstance(error, click.BadParameter):
        said = labelled(name, error.message) if name else error.message
    elif isinstance(error, click.BadOptionUsage):
        takes_none = "not take a value" in error.message
        said = (_("{name} takes no value.") if takes_none else _("{name} needs a value.")).format(
            name=error.option_name
        )
    elif error.message == "Missing command." and error.ctx and isinstance(error.ctx.command, VerbGroup):
        return say(error.ctx.command.verb_missing(error.ctx))
    elif more := re.search(r"unexpected extra arguments? \((.+)\)", error.message):
        said = _("“{more}” is one argument too many.").format(more=more[1])
    else:
        said = error.message
    return _("{said} Help: {path} --help").format(said=said, path=path)
