"""A reply in Bot API terms: once, and for either library. Plain text only, so nothing a person typed can be markup."""

from dataclasses import dataclass, field
from typing import Any

from bot.channels import Letter
from rules.reply import Choice, Document, Picture, Reply

MOST_UNITS = 4096
MOST_CAPTION = 1024
MOST_LABEL = 60


@dataclass(slots=True)
class Call:
    """One Bot API call. `picture` or `document` is what to send with it; `optional` calls may fail without harm."""

    method: str
    params: dict[str, Any] = field(default_factory=dict)
    picture: Picture | None = None
    document: Document | None = None
    optional: bool = False
    instead: "Call | None" = None


def calls(letter: Letter) -> list[Call]:
    """The calls that say this reply: the tap's own answer first, then each part of the text."""
    made: list[Call] = []
    if letter.tap:
        made.append(_answer_tap(letter.tap, letter.reply))
    reply: Reply | None = letter.reply
    while reply:
        made += _say(letter, reply)
        reply = reply.then
    return made


def _answer_tap(tap: dict[str, Any], reply: Reply) -> Call:
    params = {"callback_query_id": tap["id"]}
    if reply.toast:
        params["text"] = reply.toast[:200]
    return Call("answerCallbackQuery", params, optional=True)


def _say(letter: Letter, reply: Reply) -> list[Call]:
    if reply.picture or reply.document:
        return [_with_file(letter, reply)]
    if not reply.text:
        return []
    parts = split(reply.text, MOST_UNITS)
    said = [Call("sendMessage", {"chat_id": letter.external_id, "text": part}) for part in parts]
    _keyboard(said[-1].params, reply)
    message_id = letter.tap.get("message_id") if letter.tap else None
    if reply.in_place and message_id and len(said) == 1:
        return [_edit(letter, message_id, said[0])]
    return said


def _edit(letter: Letter, message_id: int, instead: Call) -> Call:
    params = {"chat_id": letter.external_id, "message_id": message_id, "text": instead.params["text"]}
    if "reply_markup" in instead.params:
        params["reply_markup"] = instead.params["reply_markup"]
    return Call("editMessageText", params, instead=instead)


def _with_file(letter: Letter, reply: Reply) -> Call:
    params: dict[str, Any] = {"chat_id": letter.external_id}
    if reply.text:
        params["caption"] = split(reply.text, MOST_CAPTION)[0]
    _keyboard(params, reply)
    method = "sendPhoto" if reply.picture else "sendDocument"
    return Call(method, params, picture=reply.picture, document=reply.document)


def _keyboard(params: dict[str, Any], reply: Reply) -> None:
    if reply.choices:
        params["reply_markup"] = {"inline_keyboard": [[_button(choice) for choice in row] for row in reply.choices]}


def _button(choice: Choice) -> dict[str, str]:
    label = choice.label[:MOST_LABEL] or "·"
    return {"text": label, "url": choice.url} if choice.url else {"text": label, "callback_data": choice.data}


def units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, most: int) -> list[str]:
    """The text in parts of at most `most` UTF-16 units, cut at a paragraph, a line or a space where there is one."""
    parts = []
    while units(text) > most:
        cut = _cut(text, most)
        parts.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*parts, text]


def _cut(text: str, most: int) -> int:
    room = most
    while units(text[:room]) > most:
        room -= units(text[:room]) - most
    for gap in ("\n\n", "\n", " "):
        at = text.rfind(gap, room // 2, room)
        if at > 0:
            return at
    return max(room, 1)
