"""The buttons each chat was shown last, for who types what stands on one instead of tapping it.

Held in memory: after a restart, or in a second process, such a line is read as any other.
"""

from collections import OrderedDict

from rules.reply import Choice, Reply

MOST_CHATS = 2000


class Offered:
    """What each of the latest chats may type as a button: those of our latest answer, and of what came unprompted."""

    def __init__(self) -> None:
        self._answers: OrderedDict[str, Reply] = OrderedDict()
        self._pushes: OrderedDict[str, Reply] = OrderedDict()

    def answered(self, chat_key: str, reply: Reply) -> None:
        """This is the chat's latest answer."""
        _put(self._answers, chat_key, reply)

    def pushed(self, chat_key: str, reply: Reply) -> None:
        """This came unprompted; where it asks nothing, the one before may still be answered."""
        if _choices(reply):
            _put(self._pushes, chat_key, reply)

    def to(self, chat_key: str) -> list[Choice]:
        """The choices that come back when chosen, the latest answer's first."""
        return [*_choices(self._answers.get(chat_key)), *_choices(self._pushes.get(chat_key))]


def _put(replies: OrderedDict[str, Reply], chat_key: str, reply: Reply) -> None:
    replies[chat_key] = reply
    replies.move_to_end(chat_key)
    if len(replies) > MOST_CHATS:
        replies.popitem(last=False)


def _choices(reply: Reply | None) -> list[Choice]:
    found: list[Choice] = []
    while reply:
        found += [choice for row in reply.choices for choice in row if choice.data]
        reply = reply.then
    return found
