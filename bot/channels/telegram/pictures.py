"""Pictures on their way: drawn when first asked for, sent again by the file id Telegram gave them."""

from collections.abc import Awaitable, Callable

from rules.reply import Picture
from storage import settings
from storage.database import Database

Maker = Callable[[str], Awaitable[bytes]]


class Pictures:
    """Finds a picture's file id or draws it; remembers the id Telegram answers with, per bot.

    `edition` changes with whatever the makers draw from; ids of an earlier edition are not used again.
    """

    def __init__(self, database: Database, bot_key: str, makers: dict[str, Maker], edition: str = "") -> None:
        self._database, self._bot_key, self._makers = database, bot_key, makers
        self._edition = edition
        self._known: dict[Picture, str] = {}

    async def known(self, picture: Picture) -> str | None:
        """The file id of a picture sent before; None when it must be uploaded."""
        if picture not in self._known:
            async with self._database.reading() as session:
                kept = await settings.get(session, self._key(picture))
            if kept is None:
                return None
            self._known[picture] = kept
        return self._known[picture]

    async def draw(self, picture: Picture) -> bytes:
        return await self._makers[picture.kind](picture.key)

    async def remember(self, picture: Picture, file_id: str) -> None:
        self._known[picture] = file_id
        key = self._key(picture)
        await self._database.write(lambda session: settings.put(session, key, file_id))

    async def forget(self, picture: Picture) -> None:
        """Telegram no longer knows the id: draw and upload anew."""
        self._known.pop(picture, None)
        key = self._key(picture)
        await self._database.write(lambda session: settings.drop(session, key))

    def _key(self, picture: Picture) -> str:
        return f"file:{self._bot_key}:{self._edition}:{picture.kind}:{picture.key}"
