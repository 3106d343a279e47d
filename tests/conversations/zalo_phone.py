"""A Zalo phone: no buttons, no edits; what Telegram's owner taps, this one types by the number or word shown."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from bot.channels.zalo import menus
from rules.clock import Clock
from rules.reply import Choice, Picture, Reply
from tests.conversations.listening import Listener, Post, Update
from texts import zalo as texts

_IDS = count(1)
_KINDS = {"sticker": "sticker", "photo": "image", "voice": "voice"}
_SPACE = re.compile(r"\s+")


@dataclass
class Shown:
    """One answer or push on the screen: everything there is to read, and what can be chosen."""

    text: str
    choices: list[Choice]
    picture: Picture | None
    pushed: bool
    at: datetime

    def number_of(self, choice: Choice) -> str:
        """The number before this choice as it is printed; "" where it goes by its label."""
        lines = re.findall(r"^(\d+)\. (.+)$", self.text, re.MULTILINE)
        label = choice.label
        labelled = {label, f"số {label}"}
        return next((n for n, line in lines if line in labelled), "") or next(
            (n for n, line in reversed(lines) if re.search(rf"(?<!\w){re.escape(label)}(?!\w)", line)), ""
        )


class ZaloPhone(Listener):
    """One person's private chat with the bot on Zalo. `person_id` is who they joined as, None for a stranger.

    `hears` is told the answer's own words; the menu below them is read by `taps` and `labels`.
    """

    messenger = "zalo"

    def __init__(self, post: Post, clock: Clock, name: str, account: str) -> None:
        super().__init__(name)
        self._post, self._clock = post, clock
        self.account, self.person_id = account, None
        self.screen: list[Shown] = []
        self.is_blocking = False
        self.typed = 0
        self.last_update: Update = {}

    def worded(self, text: str) -> str:
        return unicodedata.normalize("NFC", texts.without_taps(text))

    # What its owner does

    async def says(self, *said: str) -> None:
        """One message, or several that reach the bot together."""
        await self._post(*(self._event("text", {"text": text}) for text in said))

    async def taps(self, label: str, *, times: int = 1) -> None:
        """The number that stands before this choice on the newest message that offers it, or its words."""
        shown, choice = self._offered(label)
        latest = self._menu()
        number = shown.number_of(choice) if shown is latest else ""
        if shown is latest and not number and texts.MORE_LABEL in shown.text:
            await self._opens_more()
            number = self.screen[-1].number_of(choice)
        await self.says(*[number or label] * times)

    async def _opens_more(self) -> None:
        await self.says(self.screen[-1].number_of(Choice(texts.MORE_LABEL)))
        assert self.unheard.pop() == texts.MORE

    async def presses(self, data: str) -> None:
        """The choice with this callback data, where it was offered last; what is not shown nobody can say."""
        offered = [choice for shown in reversed(self.screen) for choice in shown.choices if choice.data == data]
        assert offered, f"{self.name} is not offered {data}"
        await self.taps(offered[0].label)

    async def taps_word(self, word: str) -> None:
        await self.says(word)

    async def sends(self, kind: str, **details: Any) -> None:
        """A sticker, photo or voice; whatever else there is Zalo does not carry over."""
        told = {name: str(what) for name, what in details.items()}
        await self._post(self._event(_KINDS.get(kind, "unsupported"), told))

    async def leaves(self) -> None:
        """Nothing gets through any more; the bot hears of it only when it tries."""
        self.is_blocking = True

    def _menu(self) -> Shown | None:
        """The message whose numbers its owner takes to be good: the last that had any, of the last day."""
        now = self._clock.now()
        return next(
            (one for one in reversed(self.screen) if one.choices and not one.pushed and now - one.at < menus.LASTS),
            None,
        )

    # What its owner sees

    @property
    def labels(self) -> list[str]:
        """What the newest message offers, in reading order."""
        return [choice.label for choice in self.screen[-1].choices] if self.screen else []

    @property
    def picture(self) -> Picture | None:
        return self.screen[-1].picture if self.screen else None

    def shows(self, reply: Reply, messages: list[str], *, pushed: bool) -> None:
        """What one reply made on the screen. Its own words must all be there, and every choice be told how to make."""
        if not messages:
            return
        whole = "\n".join(messages)
        own = [self._own(said) for said in menus.chain(reply) if said.text or said.toast or said.picture]
        assert _bare(whole).startswith(_bare("".join(own))), f"{self.name} sees {whole!r} for {own!r}"
        choices, below = menus.choices(reply), _bare(whole)[len(_bare("".join(own))) :]
        self.unheard += own
        self.screen.append(Shown(whole, choices, reply.picture, pushed, self._clock.now()))
        for choice in choices:
            shown = _bare(choice.label).lower() in below.lower() or choice.label.isdecimal() or choice.data == "w|huỷ"
            is_listed = bool(self.screen[-1].number_of(choice))
            is_told = shown or is_listed or texts.MORE_LABEL in whole
            assert is_told, f"{self.name} is not told of {choice.label!r}: {whole!r}"

    def _own(self, said: Reply) -> str:
        return self.worded("\n".join(part for part in (said.toast, said.text) if part))

    def _offered(self, label: str) -> tuple[Shown, Choice]:
        for shown in reversed(self.screen):
            for choice in shown.choices:
                if choice.label == label:
                    return shown, choice
        raise AssertionError(f"{self.name} is not offered “{label}”, only {[shown.text for shown in self.screen[-3:]]}")

    # What Zalo makes of what its owner does

    def _event(self, kind: str, content: dict[str, Any]) -> Update:
        self.typed += 1
        who = {"id": self.account, "display_name": self.name, "is_bot": False}
        about = {"message_id": f"{next(_IDS):020x}", "date": int(self._clock.now().timestamp() * 1000)}
        place = {"id": self.account, "chat_type": "PRIVATE"}
        self.last_update = {
            "event_name": f"message.{kind}.received",
            "message": about | {"from": who, "chat": place} | content,
        }
        return self.last_update


def _bare(text: str) -> str:
    return _SPACE.sub("", text)
