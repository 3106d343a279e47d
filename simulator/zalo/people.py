"""People on Zalo: what they send, and what their phones show."""

import asyncio
from collections import deque
from time import monotonic
from typing import TYPE_CHECKING, Any

from simulator.attachments import plain_picture
from simulator.zalo.groups import ZaloGroup
from simulator.zalo.screen import ZaloBubble

if TYPE_CHECKING:
    from simulator.zalo.accounts import ZaloBot
    from simulator.zalo.world import ZaloWorld

_UNSUPPORTED = "message.unsupported.received"


class ZaloPerson:
    """One person. `id` is ours, for tests and the page; a bot sees `bot.chat_id_of(id)`. `bot`: not their own one.

    `home` is the bot they talk to unless another is named (the first one), `place` the commune they are shown with.

    Every `sends…` and `says` returns the message id.
    """

    kind = "zalo"

    def __init__(
        self,
        world: "ZaloWorld",
        id: str,
        display_name: str,
        role_label: str = "",
        home: "ZaloBot | None" = None,
        place: str = "",
    ) -> None:
        self.world, self.id, self.display_name, self.role_label = world, id, display_name, role_label
        self.home, self.place = home, place
        self.bubbles: dict[str, list[ZaloBubble]] = {}
        self._unheard: deque[ZaloBubble] = deque(maxlen=10_000)
        self._stirred = asyncio.Event()

    async def says(self, text: str, *, group: ZaloGroup | None = None, bot: "ZaloBot | None" = None) -> str:
        return self._sends("text", {"text": text}, text, group, bot)

    async def picks(self, label: str, *, bot: "ZaloBot | None" = None) -> str:
        """Types the number in front of this label, in the newest message that has it. Raises LookupError."""
        for shown in reversed(self.screen_of(bot or self.my_bot)):
            if shown.from_bot and label in shown.choices:
                return await self.says(shown.choices[label], bot=bot)
        raise LookupError(f"{self.display_name} sees no “{label}”")

    async def sends_photo(
        self,
        content: bytes | None = None,
        caption: str = "",
        *,
        group: ZaloGroup | None = None,
        bot: "ZaloBot | None" = None,
    ) -> str:
        stored = self.world.files.keep(content or plain_picture(), "photo")
        about = {"photo_url": self.world.media_url(stored.path), "message_type": "CHAT_PHOTO"}
        content_of = about | ({"caption": caption} if caption else {})
        return self._sends("image", content_of, caption, group, bot, photo=stored.content, file_id=stored.file_id)

    async def sends_sticker(self, *, bot: "ZaloBot | None" = None) -> str:
        about = {"sticker": "0e078a2fb66a5f34067b", "url": "https://stickers.zaloapp.example/0e07.png"}
        return self._sends("sticker", about, "", None, bot)

    async def sends_voice(self, *, bot: "ZaloBot | None" = None) -> str:
        stored = self.world.files.keep(b"\xff\xf1" + bytes(600), "voice", "tin.aac")
        about = {"voice_url": self.world.media_url(stored.path), "message_type": "CHAT_VOICE"}
        return self._sends("voice", about, "", None, bot)

    async def sends_unsupported(self, with_message: bool = True, *, bot: "ZaloBot | None" = None) -> str:
        """A file, a contact card, a location…: the bot learns no more than that, and perhaps not even from whom."""
        if with_message:
            return self._sends("unsupported", {}, "", None, bot)
        chosen = bot or self.my_bot
        chosen.gets({"event_name": _UNSUPPORTED})
        return ""

    def pushes_raw(self, event: dict[str, Any], *, bot: "ZaloBot | None" = None) -> None:
        """Any event as it is: for what no well-meaning phone sends."""
        (bot or self.my_bot).gets(event)

    def event(self, name: str, content: dict[str, Any], group: ZaloGroup | None, bot: "ZaloBot") -> dict[str, Any]:
        """The event a bot gets for something this person sends."""
        mine = bot.chat_id_of(self.id)
        message = {
            "message_id": self.world.new_id(),
            "from": {"id": mine, "display_name": self.display_name, "is_bot": False},
            "chat": group.about() if group else {"id": mine, "chat_type": "PRIVATE"},
            "date": self.world.millis(),
        }
        return {"event_name": f"message.{name}.received", "message": message | content}

    def _sends(
        self,
        name: str,
        content: dict[str, Any],
        text: str,
        group: ZaloGroup | None,
        bot: "ZaloBot | None",
        *,
        photo: bytes | None = None,
        file_id: str = "",
    ) -> str:
        chosen = bot or self.my_bot
        event = self.event(name, content, group, chosen)
        message_id = str(event["message"]["message_id"])
        kind = "photo" if name == "image" else name
        chat_id = group.id if group else self.id
        millis = event["message"]["date"]
        bubble = ZaloBubble(message_id, chat_id, self.display_name, False, kind, text, millis, photo, file_id)
        self.world.show(self, chosen, bubble)
        if self._reaches(chosen, event, text, group):
            chosen.gets(event)
        return message_id

    def _reaches(self, bot: "ZaloBot", event: dict[str, Any], text: str, group: ZaloGroup | None) -> bool:
        """The 51st person is not served, and a group is heard only where the bot is mentioned."""
        chat_id = event["message"]["chat"]["id"]
        if group:
            return group.mentions(text, bot) and bot.admits(chat_id, group, bot.limits.groups)
        return bot.admits(chat_id, self, bot.limits.people)

    @property
    def my_bot(self) -> "ZaloBot":
        return self.home or self.world.bot

    @property
    def screen(self) -> list[ZaloBubble]:
        return self.screen_of(self.my_bot)

    def screen_of(self, bot: "ZaloBot") -> list[ZaloBubble]:
        return list(self.bubbles.get(bot.id, []))

    async def hears(self, timeout: float = 10.0, count: int = 1) -> list[ZaloBubble]:  # noqa: ASYNC109
        """The bots' messages since the last call; waits up to `timeout` seconds for `count` of them."""
        until = monotonic() + timeout
        while len(self._unheard) < count and (left := until - monotonic()) > 0:
            self._stirred.clear()
            try:
                await asyncio.wait_for(self._stirred.wait(), left)
            except TimeoutError:
                break
        heard = list(self._unheard)
        self._unheard.clear()
        return heard

    def notices(self, bot: "ZaloBot", bubble: ZaloBubble) -> None:
        """Called by the world for every message that appears on this phone."""
        self.bubbles.setdefault(bot.id, []).append(bubble)
        if bubble.from_bot:
            self._unheard.append(bubble)
            self._stirred.set()

    def forgets(self) -> None:
        self.bubbles.clear()
        self._unheard.clear()

    def as_json(self) -> dict[str, Any]:
        about = {"id": self.id, "first_name": self.display_name, "role_label": self.role_label, "kind": self.kind}
        return about | {"place": self.place}
