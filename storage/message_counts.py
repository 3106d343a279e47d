"""How many messages a bot has received and sent in a month: a plan that counts messages is watched by this."""

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Setting

_PREFIX = "messages:"


@dataclass(frozen=True, slots=True)
class Counts:
    """Messages of one bot in one month, each way."""

    incoming: int = 0
    outgoing: int = 0

    def used(self, *, incoming_counts: bool) -> int:
        """What the plan takes off, by either reading of it."""
        return self.outgoing + (self.incoming if incoming_counts else 0)


async def add(session: AsyncSession, bot_key: str, day: date, *, incoming: int = 0, outgoing: int = 0) -> Counts:
    """Count messages on the month of `day` (a day in Vietnam). Returns the month's counts with them."""
    key = _key(bot_key, day)
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    await session.exec(insert(Setting).values(key=key, value="[0, 0]").on_conflict_do_nothing(index_elements=["key"]))
    row = await session.get_one(Setting, key, with_for_update=True, populate_existing=True)
    before = _read(row)
    counts = Counts(before.incoming + incoming, before.outgoing + outgoing)
    row.value = json.dumps([counts.incoming, counts.outgoing])
    await session.flush()
    return counts


async def of_month(session: AsyncSession, bot_key: str, day: date) -> Counts:
    return _read(await session.get(Setting, _key(bot_key, day)))


async def bots_of_month(session: AsyncSession, day: date) -> dict[str, Counts]:
    """Every bot that was counted in the month of `day`."""
    ending = f":{day:%Y-%m}"
    query = select(Setting).where(col(Setting.key).startswith(_PREFIX), col(Setting.key).endswith(ending))
    rows = await session.exec(query)
    return {row.key.removeprefix(_PREFIX).removesuffix(ending): _read(row) for row in rows}


def _key(bot_key: str, day: date) -> str:
    return f"{_PREFIX}{bot_key}:{day:%Y-%m}"


def _read(row: Setting | None) -> Counts:
    return Counts(*json.loads(row.value)) if row else Counts()
