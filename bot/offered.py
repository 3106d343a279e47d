"""The buttons under the latest answer of each chat, for who types what stands on one instead of tapping it.

Held in memory: after a restart, or in a second process, such a line is one we did not understand, as any other.
"""

from collections import OrderedDict

from rules.reply import Choice, Reply

MOST_CHATS = 2000


class Offered:
    """What each of the latest chats may type as a button."""

    def __init__(self) -> None:
        self._replies: OrderedDict[str, Reply] = OrderedDict()

    def keep(self, chat_key: str, reply: Reply) -> None:
        """This is the chat's latest answer."""
        self._replies[chat_key] = reply
        self._replies.move_to_end(chat_key)
        if len(self._replies) > MOST_CHATS:
            self._replies.popitem(last=False)

    def to(self, chat_key: str) -> tuple[Choice, ...]:
        """The choices under that answer that come back when chosen."""
        reply: Reply | None = self._replies.get(chat_key)
        found: list[Choice] = []
        while reply:
            found += [choice for row in reply.choices for choice in row if choice.data]
            reply = reply.then
        return tuple(found)
