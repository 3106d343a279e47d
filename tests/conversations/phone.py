"""A Telegram phone: what it shows of our messages, and what its owner types, taps and sends."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from bot.channels import SendFailure
from bot.channels.telegram.failures import refused
from bot.channels.telegram.render import MOST_CAPTION, MOST_UNITS, Call, units
from bot.paper_desk import Made
from rules.clock import Clock
from rules.reply import Picture
from simulator import attachments
from simulator.files import Cabinet
from simulator.keyboards import checked
from simulator.refusals import Refused
from tests.conversations.listening import Listener, Post, Update

_UPDATE_IDS = count(7_000_001)
_KICKED = {"status": "kicked", "until_date": 0}
_FILES = Cabinet()


@dataclass
class Shown:
    """One of the bot's messages as it stands on the screen now."""

    id: int
    date: int
    text: str = ""
    buttons: list[list[dict[str, str]]] = field(default_factory=list)
    picture: Picture | None = None
    document: Made | None = None


class Phone(Listener):
    """One person's private chat with the bot. `person_id` is who they joined as, None for a stranger."""

    messenger = "telegram"

    def __init__(self, post: Post, clock: Clock, bot_id: int, name: str, account: int) -> None:
        super().__init__(name)
        self._post, self._clock, self._bot_id = post, clock, bot_id
        self.account, self.person_id = account, None
        self.screen: list[Shown] = []
        self.is_blocking = False
        self._ids = count(1)
        self._seen_buttons: list[tuple[Shown, dict[str, str]]] = []
        self._own: Update = {}
        self.last_update: Update = {}

    # What its owner does

    async def says(self, *texts: str) -> None:
        """One message, or several that reach the bot together."""
        await self._post(*(self._message({"text": text} | _commands(text)) for text in texts))

    async def taps(self, label: str, *, times: int = 1) -> None:
        """A button by its label, on the newest message that carries it; twice is a double tap, arriving together."""
        shown, button = self._button(label)
        await self._post(*(self._tap(shown, button["callback_data"]) for _ in range(times)))

    async def taps_word(self, word: str) -> None:
        """The word's button as every menu carries it."""
        await self.presses(f"w|{word}")

    async def taps_old(self, label: str) -> None:
        """The same label where it stood before: on an older message, or on one that has turned into another since."""
        newest = next(((shown, button) for shown, button in self._live() if button["text"] == label), None)
        earlier = [seen for seen in self._seen_buttons if seen[1]["text"] == label and seen != newest]
        if not earlier:
            raise AssertionError(f"{self.name} never saw an older “{label}”")
        await self._post(self._tap(earlier[-1][0], earlier[-1][1]["callback_data"]))

    async def presses(self, data: str) -> None:
        """A button with this callback data, whether or not we ever sent it, under the newest message."""
        shown = self.screen[-1] if self.screen else Shown(next(self._ids), self._date())
        await self._post(self._tap(shown, data))

    async def sends(self, kind: str, **details: Any) -> None:
        """A photo, document, sticker, voice, video_note, location, contact, poll or dice."""
        await self._post(self._message(attachments.KINDS[kind](_FILES, **details)))

    async def sends_album(self, pictures: int = 3) -> None:
        album = str(next(self._ids))
        photos = [attachments.photo(_FILES) | {"media_group_id": album} for _ in range(pictures)]
        await self._post(*(self._message(photo) for photo in photos))

    async def edits(self, text: str) -> None:
        """Changes the text of their own latest message."""
        changed = self._own | {"text": text, "edit_date": self._date()}
        await self._post({"update_id": next(_UPDATE_IDS), "edited_message": changed})

    async def replies(self, text: str, to: Shown) -> None:
        """Answers one of the bot's messages, as Telegram shows it above the words."""
        bot = {"id": self._bot_id, "is_bot": True, "first_name": "Gõ Từng Nhà"}
        above = {"message_id": to.id, "date": to.date, "chat": self._chat(), "from": bot, "text": to.text}
        above |= {"reply_markup": {"inline_keyboard": to.buttons}} if to.buttons else {}
        await self._post(self._message({"text": text, "reply_to_message": above}))

    async def forwards(self, text: str, *, from_name: str = "Ai đó") -> None:
        origin = {"type": "hidden_user", "date": self._date() - 60, "sender_user_name": from_name}
        await self._post(self._message({"text": text, "forward_origin": origin, "forward_date": origin["date"]}))

    async def leaves(self) -> None:
        """Blocks the bot; it hears of it, and from now on nothing gets through."""
        self.is_blocking = True
        who = {"user": {"id": self._bot_id, "is_bot": True, "first_name": "Gõ Từng Nhà"}}
        change = {"old_chat_member": who | {"status": "member"}, "new_chat_member": who | _KICKED}
        await self.brings(
            {"my_chat_member": change | {"chat": self._chat(), "from": self._who(), "date": self._date()}}
        )

    async def brings(self, content: Update) -> None:
        """Any other update of this chat, such as {"my_chat_member": …}."""
        await self._post({"update_id": next(_UPDATE_IDS)} | content)

    # What its owner sees

    @property
    def labels(self) -> list[str]:
        """The buttons under the newest message."""
        return [button["text"] for row in (self.screen[-1].buttons if self.screen else []) for button in row]

    @property
    def ever_seen(self) -> list[str]:
        """The callback data of every button there ever was, gone from the screen or not."""
        return [button["callback_data"] for _, button in self._seen_buttons if "callback_data" in button]

    @property
    def picture(self) -> Picture | None:
        """What the newest message shows."""
        return self.screen[-1].picture if self.screen else None

    @property
    def document(self) -> Made | None:
        """The newest file."""
        return next((shown.document for shown in reversed(self.screen) if shown.document), None)

    # What the bot's calls do to the screen

    def apply(self, call: Call, document: Made | None = None) -> None:
        """One Bot API call, with Telegram's refusals. Raises SendFailure."""
        if self.is_blocking:
            raise refused(403, "Forbidden: bot was blocked by the user")
        if document:
            shown = Shown(next(self._ids), self._date(), document=document)
            self._show(shown, call, call.params.get("caption", ""), MOST_CAPTION)
        else:
            _METHODS[call.method](self, call)

    def _answered(self, call: Call) -> None:
        if call.params.get("text"):
            self.unheard.append(call.params["text"])

    def _sent(self, call: Call) -> None:
        self._show(Shown(next(self._ids), self._date()), call, call.params["text"], MOST_UNITS)

    def _pictured(self, call: Call) -> None:
        shown = Shown(next(self._ids), self._date(), picture=call.picture)
        self._show(shown, call, call.params.get("caption", ""), MOST_CAPTION)

    def _show(self, shown: Shown, call: Call, text: str, most: int) -> None:
        if units(text) > most or not (text.strip() or shown.picture or shown.document):
            raise refused(400, "Bad Request: message is too long or empty")
        shown.text, shown.buttons = text, _keyboard(call)
        self.screen.append(shown)
        self._seen_buttons += [(shown, button) for row in shown.buttons for button in row]
        self.unheard.append(text)

    def _edited(self, call: Call) -> None:
        shown = next((shown for shown in self.screen if shown.id == call.params["message_id"]), None)
        if shown is None:
            raise refused(400, "Bad Request: message to edit not found")
        if shown.picture:
            raise refused(400, "Bad Request: there is no text in the message to edit")
        if (shown.text, shown.buttons) == (call.params["text"], _keyboard(call)):
            raise refused(400, "Bad Request: message is not modified")
        self.screen.remove(shown)
        self._show(shown, call, call.params["text"], MOST_UNITS)
        self.screen.sort(key=lambda message: message.id)

    def _live(self) -> list[tuple[Shown, dict[str, str]]]:
        return [(shown, button) for shown in reversed(self.screen) for row in shown.buttons for button in row]

    def _button(self, label: str) -> tuple[Shown, dict[str, str]]:
        for shown, button in self._live():
            if button["text"] == label:
                return shown, button
        raise AssertionError(f"{self.name} sees no “{label}”, only {[button['text'] for _, button in self._live()]}")

    # What Telegram makes of what its owner does

    def _date(self) -> int:
        return int(self._clock.now().timestamp())

    def _who(self) -> Update:
        return {"id": self.account, "is_bot": False, "first_name": self.name, "language_code": "vi"}

    def _chat(self) -> Update:
        return {"id": self.account, "type": "private", "first_name": self.name}

    def _message(self, content: Update) -> Update:
        about = {"message_id": next(self._ids), "date": self._date(), "chat": self._chat(), "from": self._who()}
        self._own = about | content
        self.last_update = {"update_id": next(_UPDATE_IDS), "message": self._own}
        return self.last_update

    def _tap(self, shown: Shown, data: str) -> Update:
        about = {"message_id": shown.id, "date": shown.date, "chat": self._chat(), "text": shown.text}
        bot = {"id": self._bot_id, "is_bot": True, "first_name": "Gõ Từng Nhà"}
        query_id = str(next(_UPDATE_IDS))
        query = {"id": query_id, "from": self._who(), "message": about | {"from": bot}, "chat_instance": "1"}
        self.last_update = {"update_id": next(_UPDATE_IDS), "callback_query": query | {"data": data}}
        return self.last_update


_METHODS: dict[str, Callable[[Phone, Call], None]] = {
    "answerCallbackQuery": Phone._answered,
    "sendMessage": Phone._sent,
    "sendPhoto": Phone._pictured,
    "editMessageText": Phone._edited,
}


def sent_file(file_id: str) -> bytes:
    """What Telegram keeps of a file somebody sent."""
    return _FILES.find(file_id).content


def _keyboard(call: Call) -> list[list[dict[str, str]]]:
    """The inline keyboard as Telegram accepts it. Raises SendFailure in its words."""
    try:
        markup = checked(call.params.get("reply_markup"))
    except Refused as refusal:
        raise SendFailure(str(refusal)) from None
    return (markup or {}).get("inline_keyboard", [])


def _commands(text: str) -> Update:
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    is_command = first.startswith("/") and len(first) > 1
    return {"entities": [{"type": "bot_command", "offset": 0, "length": len(first)}]} if is_command else {}
