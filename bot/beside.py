"""What waited for somebody's next answer, put behind that answer's words: it costs no message of its own."""

from dataclasses import replace
from datetime import date

from rules.reply import Reply
from storage import asides
from storage.tables import Chat

MOST = 1500  # letters of both together: a longer answer would break in two, and two messages are counted


def with_aside(reply: Reply, chat: Chat, today: date) -> Reply:
    """The reply and what waited in the chat; it waits on where it would not go well with what is said."""
    said = asides.waits(chat)
    if not said or not reply.text or reply.picture or reply.document or len(reply.text) + len(said) > MOST:
        return reply
    said = asides.take(chat, today)
    return replace(reply, text=f"{reply.text}\n\n{said}") if said else reply
