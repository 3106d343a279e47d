"""Small facts about this installation, by key."""

from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Setting

PUBLIC_URL = "public_url"  # where residents' pages are, kept at each start; empty where there is none

ALLOWANCE = "zalo_allowance"  # what Zalo's plan grants one bot, kept at each start


async def get(session: AsyncSession, key: str) -> str | None:
    setting = await session.get(Setting, key)
    return setting.value if setting else None


async def put(session: AsyncSession, key: str, value: str) -> None:
    await session.merge(Setting(key=key, value=value))


async def drop(session: AsyncSession, key: str) -> None:
    setting = await session.get(Setting, key)
    if setting:
        await session.delete(setting)
