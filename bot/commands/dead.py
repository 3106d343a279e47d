"""`dead list` and `dead replay`: what was set aside, and letting it be tried anew. Works while the bot runs."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.ground import Stop, now, opened, read_settings
from texts import commands as words

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from bot.settings import Settings
    from storage.dead import Aside

_OUT = "g"


def list_() -> None:
    received, to_send = asyncio.run(_set_aside(read_settings()))
    for line in words.dead_table(received, to_send):
        typer.echo(line)


async def _set_aside(settings: Settings) -> tuple[list[Aside], list[Aside]]:
    from storage import dead

    async with opened(settings) as database, database.reading() as session:
        return await dead.updates(session), await dead.messages(session)


def replay(
    numbers: Annotated[list[str] | None, typer.Argument(metavar="[SEQ]...", help=words.SEQ)] = None,
    everything: Annotated[bool, typer.Option("--all", help=words.ALL_OPTION)] = False,
) -> None:
    if bool(numbers) == everything:
        raise Stop(words.WHICH_DEAD)
    received, to_send = _read_numbers(numbers or [])
    again = asyncio.run(_replay(read_settings(), received, to_send, everything))
    if numbers and again < len(set(numbers)):
        raise Stop(words.replayed_some(again, len(set(numbers))))
    typer.echo(words.replayed(again))


def _read_numbers(said: list[str]) -> tuple[list[int], list[int]]:
    """The numbers of updates (12) and of messages to send (g7). Raises Stop for anything else."""
    received: list[int] = []
    to_send: list[int] = []
    for word in said:
        number = word.lower().removeprefix(_OUT)
        if not (number.isascii() and number.isdigit() and len(number) < 16):
            raise Stop(words.no_such_number(word))
        (to_send if word.lower().startswith(_OUT) else received).append(int(number))
    return received, to_send


async def _replay(settings: Settings, received: list[int], to_send: list[int], everything: bool) -> int:
    from storage import audit, dead

    async def job(session: AsyncSession) -> int:
        updates, messages = received, to_send
        if everything:
            updates = [row.number for row in await dead.updates(session)]
            messages = [row.number for row in await dead.messages(session)]
        again = await dead.replay_updates(session, updates) + await dead.replay_messages(session, messages)
        audit.note(session, "dead.replayed", "inbox", now=now(settings), detail={"in": updates, "out": messages})
        return again

    async with opened(settings) as database:
        return await database.write(job)
