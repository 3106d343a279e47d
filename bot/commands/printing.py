"""`units print`: the houses still to do on paper, a page per alley, whose numbers are typed back."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.ground import Stop, chosen_plan, opened, read_settings, unit_called
from texts import commands as words

if TYPE_CHECKING:
    from bot.settings import Settings
    from guides.work_sheet import Door
    from rules.plan import Plan
    from storage.tables import House


def print_(
    unit: Annotated[str, typer.Option("--unit", metavar="NAME", help=words.UNIT_OPTION)],
    out: Annotated[Path, typer.Option("--out", metavar="FILE.pdf", help=words.PDF_OUT)],
    campaign: Annotated[str | None, typer.Option("--campaign", metavar="SLUG", help=words.CAMPAIGN_OPTION)] = None,
) -> None:
    from guides.work_sheet import pdf

    settings = read_settings()
    title, doors = asyncio.run(_doors(settings, chosen_plan(settings, campaign), unit))
    out.write_bytes(pdf(title, doors))
    typer.echo(words.printed(out, sum(len(found) for _, found in doors), len(doors)))


async def _doors(settings: Settings, plan: Plan, name: str) -> tuple[str, list[tuple[str, list[Door]]]]:
    """The unit's name, and its doors by alley. Raises Stop when there is none."""
    from storage.alley_list import open_by_alley

    async with opened(settings) as database, database.reading() as session:
        unit = await unit_called(session, plan, name)
        alleys = await open_by_alley(session, unit, plan.done_codes | plan.left_out_codes)
        if not alleys:
            raise Stop(words.nothing_to_print(unit.name))
        doors = [(alley or words.NO_ALLEY, [_door(house) for house in found]) for alley, found in alleys]
        return unit.name, doors


def _door(house: House) -> Door:
    from guides.work_sheet import door_of

    return door_of(house.label, house.head_name or "", house.list_number)
