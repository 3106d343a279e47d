"""`plan FILE`: a campaign as prose, for the office to hold against its công văn."""

from pathlib import Path
from typing import Annotated

import typer

from texts import commands as words


def plan(file: Annotated[Path, typer.Argument(metavar="FILE", help=words.TOML)]) -> int:
    from rules.plan import UnreadablePlan, load
    from texts.plan import prose

    try:
        typer.echo(prose(load(file)))
    except UnreadablePlan as fault:
        typer.echo(str(fault), err=True)
        return 1
    return 0
