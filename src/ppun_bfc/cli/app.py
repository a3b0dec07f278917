"""The application: its global options, its language, and what happens to errors."""

import os
import re
import sys
import warnings
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Any, cast

import typer
from typer.core import TyperGroup
from typer.main import get_command

from ..errors import DeprecatedIdWarning, PpunError, UnreadableFile
from . import aids, ask, author, count, see, use
from .session import Session, choose_language, silence, tell
from .texts import TEXTS

__all__ = ["run"]


class Lang(StrEnum):
    """Languages of the command line."""

    fr = "fr"
    en = "en"


class _Group(TyperGroup):
    """Ends quietly where a person presses Ctrl-C."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise SystemExit(130) from None


#: Options of the application, which may stand after the command too.
_GLOBAL = ("--lang", "--policy")
_COMPLETING = "_PPUN_BFC_COMPLETE"
_HELP = ["-h", "--help"]
#: What the parser of the command line says, as it says it, and the key of our text.
_USAGE = (
    (r"Missing (?:argument|option|parameter) '?(?P<name>[^']+?)'?\.", "usage.missing"),
    (r"No such command '(?P<name>.*?)'\.(?: Did you mean (?P<near>.*?)\?)?", "usage.command"),
    (
        r"No such option: ?(?P<name>\S+?)\.?(?: (?:Did you mean|\(Possible options:) (?P<near>.*?)[?)])?",
        "usage.option",
    ),
    (r"Got unexpected extra argument(?:s|\(s\))? \((?P<name>.*)\)", "usage.extra"),
    (r"Option '?(?P<name>\S+?)'? requires an? (?:argument|\d+ arguments)\.?", "usage.value"),
    (r"Option '?(?P<name>\S+?)'? does not take a value\.?", "usage.no-value"),
    (r"Missing command\.", "usage.no-command"),
    (r"Invalid value for '?(?P<name>[^']+?)'?: (?P<why>.*)", "usage.invalid"),
)
_PANELS = (
    "ARGUMENTS_PANEL_TITLE",
    "OPTIONS_PANEL_TITLE",
    "COMMANDS_PANEL_TITLE",
    "DEFAULT_STRING",
    "REQUIRED_LONG_STRING",
    "RANGE_STRING",
)


def _print_version(ctx: typer.Context, wanted: bool) -> None:  # noqa: FBT001 - typer calls it so
    if wanted:
        from ..published import load
        from ..release import release

        Session.of(ctx).lines(f"ppun-bfc {release()}, data {load().version}")
        raise typer.Exit


# The language is found before, since the help itself is in it; typer only checks the value.
def _options(
    ctx: typer.Context,
    policy: Annotated[str | None, typer.Option(help="app.policy")] = None,
    _lang: Annotated[Lang | None, typer.Option("--lang", help="app.lang")] = None,
    *,
    _version: Annotated[
        bool, typer.Option("--version", help="app.version", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    Session.of(ctx).policy_name = policy


def _warn(message: Warning | str, *_: object, **__: object) -> None:
    """A warning as one line, without a place in the code."""
    tell(f"{message}\n")


def run(arguments: Sequence[str]) -> None:
    """Run one command and exit; every failure of ours is one message and exit status 1."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="replace")  # help in French, on a console that has no accents
    session = Session(choose_language(arguments, os.environ))
    app = typer.Typer(
        cls=_Group,
        help="app",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": _HELP},
    )
    app.callback()(_options)
    for commands in (ask, see, aids, count, use, author):
        commands.register(app)
    group = cast("_Group", get_command(app))
    given = _global_first(arguments)
    if session.lang == "fr" and not {*_HELP}.isdisjoint(given):
        _speak_french()
    for command in (group, *group.commands.values()):
        command.help = _in_language(command.help, session)
        # `--help` is made when it is asked for; it is made here, to be told in the language.
        own = command.get_help_option(command.context_class(command, help_option_names=_HELP))
        for parameter in filter(None, (*command.params, own)):
            # In some releases of typer, `--help` itself is among them, and an argument has no help.
            key = _OPTIONS.get(
                str(getattr(parameter, "name", "")), getattr(parameter, "help", None)
            )
            setattr(parameter, "help", _in_language(key, session))  # noqa: B010
    with warnings.catch_warnings():
        warnings.simplefilter("always", DeprecatedIdWarning)
        setattr(warnings, "showwarning", _warn)  # noqa: B010 - as the module says to do
        try:
            done = group(
                args=given,
                prog_name="ppun-bfc",
                obj=session,
                standalone_mode=False,
            )
            raise SystemExit(done if isinstance(done, int) else 0)
        except _USAGE_ERROR as error:
            _tell_usage(error, session)
            raise SystemExit(_USAGE_STATUS) from None
        except PpunError as error:
            session.fail(error)
        except OSError as error:  # of the console itself: all else is ours
            silence(sys.stdout.fileno())
            session.fail(UnreadableFile("stdout", error.strerror or str(error)))


#: What the parser raises for a wrong use; its name differs between releases.
_USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[1]
_USAGE_STATUS = 2
#: The help of options that are not ours.
_OPTIONS = {
    "help": "app.help",
    "install_completion": "app.install_completion",
    "show_completion": "app.show_completion",
}


def _global_first(arguments: Sequence[str]) -> list[str]:
    """
    The arguments with the options of the application first, wherever they stood.

    While a shell completes, the arguments are its own, and there are none here.
    """
    if not arguments and _COMPLETING in os.environ:
        return []
    first: list[str] = []
    rest: list[str] = []
    left = iter(arguments)
    for argument in left:
        name = argument.partition("=")[0]
        if argument == "--":
            rest += [argument, *left]
        elif name in _GLOBAL:
            first.append(argument)
            if argument == name:  # its value stands apart
                first += [value for value in [next(left, None)] if value is not None]
        else:
            rest.append(argument)
    # Whoever asks nothing is told what can be asked.
    return [*first, *(rest or ["--help"])]


def _tell_usage(error: Exception, session: Session) -> None:
    """What was wrong with the use of the command line, in the language that was asked for."""
    context = getattr(error, "ctx", None)
    format_message = getattr(error, "format_message", None)
    said = str(format_message() if format_message else error)
    # What a later release words otherwise is told as it is.
    for pattern, key in _USAGE:  # pragma: no branch
        if found := re.fullmatch(pattern, said, re.DOTALL):
            given = {name: value for name, value in found.groupdict().items() if value}
            near = session.say("usage.near", near=given.pop("near")) if "near" in given else ""
            said = f"{session.say(key, **given)}{near}"
            break
    path = getattr(context, "command_path", "ppun-bfc")
    tell(f"{session.head('error')} {said}\n{session.say('usage.help', command=path)}\n")


def _speak_french() -> None:
    """
    Have typer head its help in French; its own words are constants of one of its modules.

    Importing that one costs as much as all that most commands do, so only help pays for it.
    """
    from typer import rich_utils

    for name in _PANELS:
        setattr(rich_utils, name, TEXTS[f"panel.{name}"].fr)


def _in_language(key: str | None, session: Session) -> str | None:
    return TEXTS[key].text(session.lang) if key is not None and key in TEXTS else key
