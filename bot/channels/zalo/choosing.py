"""What is answered to a number that chooses nothing, to "more", and to what Zalo did not carry over."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.types import CallbackQuery, TelegramObject

from bot.channels.zalo import menus
from rules.reply import Choice, Reply
from storage.tables import Chat
from texts import zalo as texts

UNSUPPORTED = "z|unsupported"
_AGAIN = ((Choice("Ghi", "w|ghi"), Choice("Menu", "w|menu")),)


async def explain(handler: Callable[..., Awaitable[Any]], event: TelegramObject, data: dict[str, Any]) -> Any:
    """An outer middleware of the dispatcher's callback queries: `z|…` is answered here, whoever asks."""
    said = event.data if isinstance(event, CallbackQuery) else None
    if not said or not said.startswith("z|"):
        return await handler(event, data)
    chat: Chat = data["chat"]
    menu = chat.menu or {}
    return _answer(said, menu, joined=data.get("me") is not None, stands=menus.is_of(menu, chat.state))


def _answer(said: str, menu: menus.Menu, *, joined: bool, stands: bool) -> Reply:
    """`stands`: the question that the menu belongs to still waits for its answer."""
    kind, number = said.rsplit("|", 1) if said.count("|") > 1 else (said, "0")
    match kind:
        case menus.MORE:
            return Reply(texts.MORE, _choices(menu.get("more", [])))
        case menus.NONE:
            return Reply(texts.no_such_number(int(number)), _choices(_all(menu)))
        case menus.OLD if stands:
            return Reply(texts.OLD_QUESTION, _choices(_all(menu)))
        case menus.OLD:
            return Reply(texts.old_number(int(number)), _AGAIN if joined else ())
        case _:
            return Reply(texts.UNSUPPORTED)


def _all(menu: menus.Menu) -> list[dict[str, Any]]:
    return [one for one in menu.get("options", []) if one["data"] != menus.MORE] + list(menu.get("more", []))


def _choices(kept: list[dict[str, Any]]) -> tuple[tuple[Choice, ...], ...]:
    return tuple((Choice(one["label"], one["data"]),) for one in kept)
