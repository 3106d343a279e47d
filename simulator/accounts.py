"""A bot's account: its token and name, its queue of updates, its webhook and its command list."""

import json
from dataclasses import dataclass, field
from typing import Any

from simulator.updates import UpdateQueue
from simulator.webhook import Answered, Retrying, Webhook

Commands = list[dict[str, str]]


@dataclass(slots=True)
class Bot:
    token: str
    username: str
    name: str
    retrying: Retrying
    answered: Answered
    reads_groups: bool = True
    id: int = field(init=False)
    queue: UpdateQueue = field(init=False)
    webhook: Webhook = field(init=False)
    commands: dict[str, Commands] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.id = int(self.token.split(":", 1)[0])
        self.queue = UpdateQueue(first_id=100_000_001)
        self.webhook = Webhook(self.queue, self.retrying, self.answered)

    def user(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}

    def me(self) -> dict[str, Any]:
        return self.user() | {
            "can_join_groups": True,
            "can_read_all_group_messages": self.reads_groups,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    def gets(self, kind: str, content: dict[str, Any]) -> None:
        """An update for this bot, if it wants that kind at all."""
        if self.queue.welcomes(kind):
            self.gets_raw({kind: content})

    def gets_raw(self, content: dict[str, Any]) -> dict[str, Any]:
        update = self.queue.add(content)
        if self.webhook.url:
            self.webhook.push(update)
        return update

    def commands_for(self, scope: Any, language: str) -> Commands:
        return self.commands.get(command_key(scope, language), [])

    def shown_commands(self) -> Commands:
        """The "/" list of a private chat in Vietnamese: the nearest scope and language that has one."""
        for scope in ({"type": "all_private_chats"}, {"type": "default"}):
            for language in ("vi", ""):
                if found := self.commands_for(scope, language):
                    return found
        return []


def command_key(scope: Any, language: str) -> str:
    return json.dumps([scope or {"type": "default"}, language], sort_keys=True)
