"""Saying a reply: its messages in order, none of them twice because a later one failed."""

import asyncio
import json
import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import TypeVar

from bot.channels import Letter
from bot.channels.zalo.client import Passing, Refused, Unsure, ZaloClient, ZaloError
from bot.channels.zalo.failures import failure
from bot.channels.zalo.render import PictureUrl, Send, parts, sends, together
from rules.reply import to_json

log = logging.getLogger(__name__)
_KEPT = 2000
_PAUSE = 1.0
Kept = TypeVar("Kept")


class Speaker:
    """Says replies through the client, and remembers how far it came with those that failed half-way."""

    def __init__(self, client: ZaloClient, picture_url: PictureUrl | None, sent: Callable[[], None]) -> None:
        self._client, self._picture_url, self._sent = client, picture_url, sent
        self._said: OrderedDict[str, int] = OrderedDict()
        self._latest: OrderedDict[str, str] = OrderedDict()

    async def say(self, letter: Letter, *, pushed: bool = False) -> None:
        """Every message of the reply that was not said before. Raises SendFailure."""
        messages = sends(letter.reply, self._picture_url, pushed=pushed)
        if letter.reply.in_place and self._latest.get(letter.chat_key) == _print(messages):
            return  # what Telegram would edit into the same: nothing to say
        await self._all([letter], messages)

    async def say_together(self, letters: Sequence[Letter]) -> None:
        """The answers to one chat's burst, in as few messages as they fit in. Raises SendFailure."""
        replies = [letter.reply for letter in letters]
        await self._all(letters, together(replies, self._picture_url))

    async def _all(self, letters: Sequence[Letter], messages: list[Send]) -> None:
        chat_key, chat_id = letters[0].chat_key, letters[0].external_id
        key = sha256(json.dumps([chat_key, *(to_json(letter.reply) for letter in letters)]).encode()).hexdigest()
        for number in range(self._said.pop(key, 0), len(messages)):
            try:
                await self._one(chat_id, messages[number])
            except ZaloError as error:
                _keep(self._said, key, number)
                failed = failure(error)
            else:
                continue
            raise failed
        _keep(self._latest, chat_key, _print(messages))

    async def _one(self, chat_id: str, message: Send) -> None:
        """One message; a second time when the first may not have arrived. Raises ZaloError."""
        try:
            await self._send(chat_id, message)
        except Unsure as unsure:
            log.warning("a message may not have arrived (%s), once more", unsure.why)
            await asyncio.sleep(_PAUSE)
            await self._send(chat_id, message)

    async def _send(self, chat_id: str, message: Send) -> None:
        if message.photo and await self._picture_sent(chat_id, message):
            return
        for text in parts(message.instead or message.text, ""):
            await self._client.send_message(chat_id, text)
            self._sent()

    async def _picture_sent(self, chat_id: str, message: Send) -> bool:
        """False when Zalo would not take the picture (it could not fetch it, mostly): its text is said instead."""
        try:
            await self._client.send_photo(chat_id, message.photo, message.text)
        except (Refused, Passing) as error:
            if isinstance(error, Passing) and error.code == 0:
                raise
            log.warning("a picture was not taken: %s", error)
            return False
        self._sent()
        return True


def _print(messages: list[Send]) -> str:
    return sha256(repr([message.text for message in messages]).encode()).hexdigest()


def _keep(kept: "OrderedDict[str, Kept]", key: str, value: Kept) -> None:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > _KEPT:
        kept.popitem(last=False)
