"""The command line: `gotungnha VERB`, the same as `python -m bot VERB`.

Verbs import what they need when they are called: `--help` must not wait for a messenger's library.
"""

import gc
import os
import sys
from typing import Annotated

import typer

from bot.commands import (
    backups,
    checking,
    dead,
    digest,
    examples,
    export,
    forgetting,
    guide,
    households,
    invite,
    merging,
    plans,
    printing,
    quota,
    register,
    running,
    units,
)
from bot.commands.ending import exit_code, sentence
from texts import commands as words
from texts import exporting as exporting_words
from texts import forgetting as forgetting_words
from texts import merging as merging_words
from texts import printing as printing_words
from texts import quota as quota_words
from texts import register as register_words

_QUIET = {"add_completion": False, "rich_markup_mode": None, "pretty_exceptions_enable": False}

app = typer.Typer(help=words.APP, no_args_is_help=True, **_QUIET)  # type: ignore[arg-type]


@app.callback()
def _options(debug: Annotated[bool, typer.Option("--debug", help=words.DEBUG)] = False) -> None:
    """`--debug` is read in `answer`; it stands here so that help names it."""


def _group(help_text: str, **verbs: tuple[object, str]) -> typer.Typer:
    group = typer.Typer(help=help_text, no_args_is_help=True, **_QUIET)  # type: ignore[arg-type]
    for name, (function, about) in verbs.items():
        group.command(name, help=about)(function)  # type: ignore[type-var]
    return group


app.command("run", help=words.RUN)(running.run)
app.command("check", help=words.CHECK)(checking.check)
app.command("plan", help=words.PLAN)(plans.plan)
app.add_typer(
    _group(
        words.UNITS,
        **{"import": (units.import_, words.UNITS_IMPORT), "list": (units.list_, words.UNITS_LIST)},
        households=(households.households, words.UNITS_HOUSEHOLDS),
        print=(printing.print_, words.UNITS_PRINT),
        merge=(merging.merge, merging_words.ABOUT),
    ),
    name="units",
)
app.command("invite", help=words.INVITE)(invite.invite)
app.command("guide", help=printing_words.ABOUT)(guide.guide)
app.command("export", help=exporting_words.ABOUT)(export.export)
app.command("register", help=register_words.ABOUT)(register.register)
app.command("digest", help=words.DIGEST)(digest.digest)
app.add_typer(
    _group(words.DEAD, list=(dead.list_, words.DEAD_LIST), replay=(dead.replay, words.DEAD_REPLAY)), name="dead"
)
app.command("quota", help=quota_words.ABOUT)(quota.quota)
app.command("backup", help=words.BACKUP)(backups.backup)
app.command("restore", help=words.RESTORE)(backups.restore)
app.add_typer(
    _group(
        forgetting_words.ABOUT,
        phone=(forgetting.phone, forgetting_words.ABOUT_PHONE),
        house=(forgetting.house, forgetting_words.ABOUT_HOUSE),
        campaign=(forgetting.campaign, forgetting_words.ABOUT_CAMPAIGN),
    ),
    name="forget",
)
app.command("demo", help=words.DEMO)(examples.demo)


def answer(arguments: list[str]) -> int:
    """Run one command line and return its exit code. With `--debug` an error is raised, not told in a line."""
    try:
        return int(app(args=arguments, prog_name="gotungnha", standalone_mode=False) or 0)
    except Exception as error:
        if arguments[:1] == ["--debug"]:
            raise
        typer.echo(sentence(error), err=True)
        return exit_code(error)


def main() -> None:
    os.umask(0o077)  # what we write holds personal data, sealed or not: our own account reads it, and no other
    gc.set_threshold(20_000, 20, 20)  # a sixth of a start went into looking over libraries that never die
    sys.exit(answer(sys.argv[1:]))


if __name__ == "__main__":
    main()
