"""A group on Zalo: the bot hears only what mentions it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulator.zalo.accounts import ZaloBot
    from simulator.zalo.people import ZaloPerson


@dataclass(slots=True, eq=False)
class ZaloGroup:
    id: str
    members: list["ZaloPerson"] = field(default_factory=list)

    def about(self) -> dict[str, Any]:
        return {"id": self.id, "chat_type": "GROUP"}

    def mentions(self, text: str, bot: "ZaloBot") -> bool:
        return f"@{bot.display_name}" in text
