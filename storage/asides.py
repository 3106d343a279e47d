"""What waits in a chat for its owner's next answer, because the bot's month has no message to spare for it.

One a chat, the latest: who hears from us every evening worked every day, and so had an answer in between.
"""

from datetime import date, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Chat

_NAME = "aside"
LASTS = timedelta(days=7)  # older than a week it is no news of one's work any more


async def keep(session: AsyncSession, chat: Chat, said: str, day: date) -> None:
    """Keep this for the chat's next answer, instead of what waited there."""
    held = await session.get(Chat, chat.id, populate_existing=True, with_for_update=True)
    if held is not None:
        held.menu = (held.menu or {}) | {_NAME: {"said": said, "day": day.isoformat(), "to": chat.person_id}}
        session.add(held)
        await session.flush()


def waits(chat: Chat) -> str:
    """What waits for whoever has the chat now; "" when nothing does."""
    kept = (chat.menu or {}).get(_NAME)
    return str(kept["said"]) if kept and kept["to"] == chat.person_id else ""


def take(chat: Chat, today: date) -> str:
    """What waited and is still worth saying; it waits no longer."""
    kept = (chat.menu or {}).get(_NAME)
    if not kept:
        return ""
    chat.menu = {name: value for name, value in (chat.menu or {}).items() if name != _NAME} or None
    return str(kept["said"]) if today - date.fromisoformat(kept["day"]) <= LASTS else ""
