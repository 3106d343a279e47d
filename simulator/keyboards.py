"""Keyboards under a message: what Telegram accepts, and what it gives back."""

from typing import Any

from simulator.refusals import bad_request

Markup = dict[str, Any]

_ACTIONS = {
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
}
_LINKS = ("http://", "https://", "tg://", "tel:", "ton://")


def checked(markup: Any) -> Markup | None:
    """The markup with every button checked; None for none. Raises Refused as Telegram words it."""
    if markup in (None, "", {}):
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = [[_button(button) for button in row] for row in _rows(markup["inline_keyboard"], "inline_keyboard")]
        if sum(map(len, rows)) > 100:
            raise bad_request("reply markup is too long")
        return {"inline_keyboard": [row for row in rows if row]}
    if "keyboard" in markup:
        rows = [[_key(button) for button in row] for row in _rows(markup["keyboard"], "keyboard")]
        return markup | {"keyboard": rows}
    return markup


def inline(markup: Markup | None) -> Markup | None:
    """The part of a markup that a sent message carries in its own object; an empty keyboard carries nothing."""
    return markup if markup and markup.get("inline_keyboard") else None


def _rows(value: Any, field: str) -> list[list[Any]]:
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        kind = "inline keyboard" if field == "inline_keyboard" else "reply keyboard"
        raise bad_request(f'can\'t parse {kind} markup JSON object: Field "{field}" must be an Array of Arrays')
    return value


def _key(button: Any) -> dict[str, Any]:
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
    return button


def _button(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if not any(button.get(action) not in (None, "") for action in _ACTIONS):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    _check_data(button.get("callback_data"))
    return _with_checked_link(button)


def _check_data(data: Any) -> None:
    if data is None:
        return
    if not isinstance(data, str) or not 1 <= len(data.encode("utf-8", "surrogatepass")) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")


def _with_checked_link(button: dict[str, Any]) -> dict[str, Any]:
    url = button.get("url")
    if not url:
        return button
    if "://" in url and not url.lower().startswith(_LINKS):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    address = url.split("://", 1)[-1]
    host = address.split("/", 1)[0]
    if " " in url or not host or ("." not in host and not url.startswith(("tg:", "tel:", "ton:")) and ":" not in host):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return button if ":" in url else button | {"url": f"http://{url}/"}
