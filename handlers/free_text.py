"""What answers a question put in words: any text but a word that calls another conversation."""

from typing import Any

from aiogram.filters import Filter
from aiogram.types import Message

from handlers.words import Spoken


class FreeText(Filter):
    """Hands over `text`. "tôi" or "ghi" alone calls its own conversation even while we wait for a sentence."""

    async def __call__(self, message: Message, heard: Spoken) -> bool | dict[str, Any]:
        calls_another = heard.word is not None and not heard.rest
        if not message.text or calls_another or message.forward_origin:
            return False
        return {"text": message.text}
