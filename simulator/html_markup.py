"""parse_mode HTML: Telegram's few tags into text and entities, with Telegram's complaints about the rest."""

import re
from dataclasses import dataclass
from typing import Any

from simulator.entities import Entity, units
from simulator.refusals import Refused, bad_request

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_TAG = re.compile(r"<(/?)([^\s>]*)([^>]*)(>?)")
_ATTRIBUTE = re.compile(r"\s*([a-zA-Z-]+)\s*(?:=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_CHARACTER = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


@dataclass(slots=True)
class _Open:
    name: str
    attributes: dict[str, str]
    offset: int
    start: int


def cannot_parse(why: str) -> Refused:
    return bad_request(f"can't parse entities: {why}")


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """The shown text and its entities (UTF-16 offsets).

    Raises Refused in Telegram's words, byte offsets counted in UTF-8.
    """
    parts: list[str] = []
    entities: list[Entity] = []
    nested: list[_Open] = []
    position = offset = 0
    while (begin := source.find("<", position)) >= 0:
        plain = unescaped(source[position:begin])
        parts.append(plain)
        offset += units(plain)
        tag = _tag_at(source, begin)
        if tag[1]:
            entities += _closed(source, tag, nested, "".join(parts), offset)
        else:
            nested.append(_opened(source, tag, offset, sum(map(len, parts))))
        position = tag.end()
    parts.append(unescaped(source[position:]))
    if nested:
        raise cannot_parse(f'Can\'t find end tag corresponding to start tag "{nested[-1].name}"')
    return "".join(parts), sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _tag_at(source: str, begin: int) -> re.Match[str]:
    tag = _TAG.match(source, begin)
    if tag is None:
        raise ValueError(f"no < at {begin}")
    return tag


def unescaped(text: str) -> str:
    """`&lt; &gt; &amp; &quot;` and numeric references; other names stay as typed, as on Telegram."""
    return _CHARACTER.sub(_character, text) if "&" in text else text


def _character(found: re.Match[str]) -> str:
    if found[3]:
        return _NAMED[found[3]]
    code = int(found[1]) if found[1] else int(found[2], 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else found[0]


def _bytes_before(source: str, position: int) -> int:
    return len(source[:position].encode("utf-8", "surrogatepass"))


def _opened(source: str, tag: re.Match[str], offset: int, start: int) -> _Open:
    at = _bytes_before(source, tag.start())
    name = tag[2].lower()
    if not tag[4]:
        raise cannot_parse(f"Unclosed start tag at byte offset {at}")
    if name not in _KINDS:
        raise cannot_parse(f'Unsupported start tag "{name}" at byte offset {at}')
    attributes = {found[1].lower(): unescaped(found[2] or found[3] or found[4] or "") for found in _read(tag[3])}
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise cannot_parse(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
    return _Open(name, attributes, offset, start)


def _read(attributes: str) -> list[re.Match[str]]:
    return list(_ATTRIBUTE.finditer(attributes))


def _closed(source: str, tag: re.Match[str], nested: list[_Open], text: str, offset: int) -> list[Entity]:
    at = _bytes_before(source, tag.start())
    if not nested:
        raise cannot_parse(f"Unexpected end tag at byte offset {at}")
    if not tag[4]:
        raise cannot_parse(f"Unclosed end tag at byte offset {at}")
    opened, name = nested.pop(), tag[2].lower()
    if name and name != opened.name:
        raise cannot_parse(
            f'Unmatched end tag at byte offset {at}, expected "</{opened.name}>", found "</{name}>"',
        )
    if offset == opened.offset:
        return []
    return _entity(opened, offset - opened.offset, text[opened.start :])


def _entity(opened: _Open, length: int, text: str) -> list[Entity]:
    entity: dict[str, Any] = {"type": _KINDS[opened.name], "offset": opened.offset, "length": length}
    if opened.name == "a":
        return _link(entity, opened.attributes.get("href") or text)
    if opened.name == "tg-emoji":
        entity["custom_emoji_id"] = opened.attributes.get("emoji-id", "")
    if opened.name == "blockquote" and "expandable" in opened.attributes:
        entity["type"] = "expandable_blockquote"
    return [entity]


def _link(entity: Entity, url: str) -> list[Entity]:
    if url.startswith("tg://user?id="):
        return [entity | {"type": "text_mention", "user": {"id": int(url[13:]), "is_bot": False, "first_name": "?"}}]
    if not re.match(r"(https?|tg|tel|mailto|ton):", url) and "." not in url:
        return []  # Telegram drops a link that leads nowhere
    return [entity | {"url": url if ":" in url else f"http://{url}/"}]
