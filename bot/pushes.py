"""What the outbox has due, said by the bot it is for."""

import logging
from collections.abc import Mapping

from bot.answers import Answer
from bot.channels import Channel, SendFailure
from bot.offered import Offered
from storage.tables import Outbox

log = logging.getLogger(__name__)


async def push(channels: Mapping[str, Channel], offered: Offered, row: Outbox) -> SendFailure | None:
    """Say one unprompted message; its failure is an answer here, not an exception."""
    channel = channels.get(row.bot_key)
    if channel is None:
        return SendFailure("no such bot any more")
    try:
        letter = Answer.of(row).letter
        await channel.push(letter)
        offered.pushed(letter.chat_key, letter.reply)
    except SendFailure as failure:
        return failure
    except Exception as error:
        log.exception("a push failed")
        return SendFailure(type(error).__name__)
    return None
