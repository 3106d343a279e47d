"""How a verb that could not go on ends: one line a person can act on, and an exit code."""

import typer

from bot.commands.ground import Stop
from texts import commands as words

USAGE = 2


def exit_code(error: Exception) -> int:
    """2 for a line that was typed wrongly, as shells have it; 1 for everything else."""
    return USAGE if isinstance(error, typer.TyperException) else 1


def sentence(error: Exception) -> str:
    """The one line to print on stderr for this error."""
    if isinstance(error, typer.Abort):
        return words.STOPPED
    if isinstance(error, typer.TyperException):
        return _usage(error)
    return _known(error) or words.unexpected(error)


def _usage(error: typer.TyperException) -> str:
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        return str(getattr(error, "message", ""))
    if kind == "MissingParameter":
        return words.missing(_typed_as(getattr(error, "param", None)))
    if kind == "NoSuchOption":
        return words.unknown_word(getattr(error, "option_name", ""), getattr(error, "possibilities", None) or [])
    param = getattr(error, "param", None)
    said = str(getattr(error, "message", error)).split("\n")[0].rstrip(".")
    return words.bad_value(_typed_as(param), said) if param else words.bad_argument(said)


def _typed_as(parameter: object) -> str:
    """How a person writes this parameter: "--role", or FILE for one that has no dashes."""
    options: list[str] = getattr(parameter, "opts", [])
    dashed = [name for name in options if name.startswith("-")]
    return dashed[0] if dashed else str(getattr(parameter, "metavar", None) or " ".join(options).upper())


def _known(error: Exception) -> str:
    from bot.settings import BadSettings
    from rules.plan import UnreadablePlan
    from storage.database import AnotherCopyRuns, is_passing
    from storage.sealing import WrongKey

    if isinstance(error, (Stop, BadSettings)):
        return str(error)
    if isinstance(error, UnreadablePlan):
        first, *more = str(error).splitlines() or [""]
        return words.and_more(first, len(more)) if more else first
    if isinstance(error, AnotherCopyRuns):
        return words.ANOTHER_COPY
    if isinstance(error, WrongKey):
        return words.WRONG_KEY
    if type(error).__module__ == "alembic.util.exc":
        return words.NEWER_DATABASE
    if isinstance(error, OSError) and error.filename:
        return words.no_access(error.filename, error.strerror or type(error).__name__)
    return words.BUSY if is_passing(error) else ""
