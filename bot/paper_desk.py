"""Where files are made: in a thread with a reader of its own, one after the other, so that nobody's answer waits."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from guides import work_sheet
from guides.printed import printed
from papers import makers
from papers.order import CONTENT_TYPES, Kind, Order, TooLongForWord
from rules.guide_codes import scan_link
from rules.plan import Plan
from storage import settings, units
from storage.alley_list import open_by_alley
from storage.database import Database
from storage.tables import House, Person
from texts.work_sheets import NO_ALLEY

Step = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Made:
    """A file as it goes out. `rows` is how much stands in it, for the audit."""

    name: str
    content_type: str
    content: bytes
    rows: int


@dataclass(frozen=True, slots=True)
class Task:
    """What a maker is told: the recipe, whose plan, for whom, and when it was ordered."""

    recipe: dict[str, Any]
    plan: Plan
    person: Person
    who: str
    name: str
    ordered_at: datetime


Maker = Callable[[AsyncSession, Task, Step], Awaitable[Made]]


class Closing(Exception):
    """The bot stops: the file is made after the next start."""


class PaperDesk:
    """Makes what is ordered, by the recipe's kind. `close` leaves a long paper at its next row."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="papers")
        self._closing = threading.Event()

    async def make(self, task: Task) -> Made:
        """Raises NotFound for a unit out of the person's reach, Closing, and what the database raises."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._in_thread, task)

    def _in_thread(self, task: Task) -> Made:
        return asyncio.run(self._make(task))

    async def _make(self, task: Task) -> Made:
        database = Database(self._url)
        try:
            async with database.reading() as session:
                return await MAKERS[task.recipe["kind"]](session, task, self._step)
        finally:
            await database.close()

    def _step(self) -> None:
        if self._closing.is_set():
            raise Closing

    def close(self) -> None:
        self._closing.set()
        self._thread.shutdown(wait=False, cancel_futures=True)


async def paper(session: AsyncSession, task: Task, step: Step) -> Made:
    """One of the office's forms. A list too long for Word comes in Excel."""
    recipe = task.recipe
    unit = await units.by_id(session, await units.scope_of(session, task.person), recipe["unit_id"])

    async def written(kind: Kind) -> Made:
        day = datetime.fromisoformat(recipe["day"]).date()
        order, out = Order(recipe["form"], kind, unit, day, task.ordered_at, task.who), BytesIO()
        rows = await makers.write(session, task.plan, order, out, step)
        return Made(f"{task.name}.{kind}", CONTENT_TYPES[kind], out.getvalue(), rows)

    try:
        return await written(recipe["as"])
    except TooLongForWord:
        return await written("xlsx")


async def guide(session: AsyncSession, task: Task, step: Step) -> Made:
    """A resident's guide to print. Its codes open our page for whoever asked, where there is one; else the stores."""
    recipe, address = task.recipe, await settings.get(session, settings.PUBLIC_URL)
    await units.by_id(session, await units.scope_of(session, task.person), recipe["unit_id"])
    page = scan_link(address, recipe["code"]) if address and recipe["code"] else ""
    drawn = printed(task.plan, recipe["place"], recipe["form"], (lambda _: page) if page else None)
    return Made(f"{task.name}.pdf", "application/pdf", drawn.pdf, 1)


async def doors(session: AsyncSession, task: Task, step: Step) -> Made:
    """The houses still to do, a page per alley; whose they are only for whoever answers for the unit."""
    recipe, plan = task.recipe, task.plan
    unit = await units.by_id(session, await units.scope_of(session, task.person), recipe["unit_id"])
    found = await open_by_alley(session, unit, plan.done_codes | plan.left_out_codes, key=recipe["alley"])
    sheets = [(alley or NO_ALLEY, [_door(house, recipe["named"]) for house in houses]) for alley, houses in found]
    drawn = work_sheet.pdf(unit.name, sheets or [(NO_ALLEY, [work_sheet.Door("–")])])
    return Made(f"{task.name}.pdf", "application/pdf", drawn, sum(len(houses) for _, houses in sheets))


def _door(house: House, named: bool) -> work_sheet.Door:
    return work_sheet.door_of(house.label, (house.head_name or "") if named else "", house.list_number)


MAKERS: dict[str, Maker] = {"paper": paper, "guide": guide, "doors": doors}
