"""A Zalo bot's account: token, names, whom it may serve, and what is left of its month."""

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from simulator.zalo.queue import EventQueue, Habit
from simulator.zalo.refusals import QUOTA
from simulator.zalo.webhook import Pushing, ZaloWebhook

_VIETNAM = timezone(timedelta(hours=7))


@dataclass(slots=True)
class Limits:
    """The free plan. Whether incoming messages count is disputed among those who read the plan."""

    people: int = 50
    messages: int = 3000
    groups: int = 3
    incoming_counts: bool = False


@dataclass(slots=True)
class ZaloBot:
    """`served` maps the chat ids this bot knows to the people (or groups) behind them."""

    token: str
    display_name: str
    now: Callable[[], datetime]
    limits: Limits = field(default_factory=Limits)
    pushing: Pushing = field(default_factory=Pushing)
    habit: Habit = "consume"
    served: dict[str, Any] = field(default_factory=dict)
    counted: Counter[str] = field(default_factory=Counter)
    queue: EventQueue = field(init=False)
    webhook: ZaloWebhook = field(init=False)

    def __post_init__(self) -> None:
        if not self.display_name.startswith("Bot"):
            raise ValueError('the name of a Zalo bot must begin with "Bot"')
        self.queue = EventQueue(self.habit)
        self.webhook = ZaloWebhook(self.pushing)

    @property
    def id(self) -> str:
        return self.token.split(":", 1)[0]

    @property
    def link(self) -> str:
        """What people open to find the bot; it carries no start parameter."""
        return f"https://bot.zaloplatforms.com/bots/{self.id}"

    def me(self) -> dict[str, Any]:
        name = hashlib.sha256(self.token.encode()).hexdigest()[:9]
        return {
            "id": self.id,
            "account_name": f"bot.{name}",
            "account_type": "BASIC",
            "can_join_groups": False,
            "display_name": self.display_name,
        }

    def chat_id_of(self, person_id: str) -> str:
        """Ids are taken to be scoped to the bot: 20 hex letters made of both."""
        return hashlib.sha256(f"{self.id}/{person_id}".encode()).hexdigest()[:20]

    def admits(self, chat_id: str, whose: Any, most: int) -> bool:
        """Whether this chat is served: those who came first are, up to the plan's limit."""
        if chat_id in self.served:
            return True
        if sum(type(other) is type(whose) for other in self.served.values()) >= most:
            return False
        self.served[chat_id] = whose
        return True

    def gets(self, event: dict[str, Any]) -> None:
        """An event for this bot: to its webhook if one is set, else to whoever polls."""
        if self.limits.incoming_counts:
            self.counted[self._month()] += 1
        if self.webhook.url:
            self.webhook.push(event)
        else:
            self.queue.add(event)

    def spend(self) -> None:
        """Counts one outgoing message. Raises ZaloRefused (429) when the month's are used up."""
        if self.counted[self._month()] >= self.limits.messages:
            raise QUOTA
        self.counted[self._month()] += 1

    @property
    def left(self) -> int:
        """How many messages are left this month."""
        return max(self.limits.messages - self.counted[self._month()], 0)

    def _month(self) -> str:
        return f"{self.now().astimezone(_VIETNAM):%Y-%m}"
