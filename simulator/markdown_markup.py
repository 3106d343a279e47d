"""parse_mode Markdown and MarkdownV2: text and entities, with Telegram's complaints."""

import re

from simulator.entities import Entity, units
from simulator.html_markup import cannot_parse

_OLD = {"*": "bold", "_": "italic", "`": "code"}
_NEW = {"*": "bold", "_": "italic", "__": "underline", "~": "strikethrough", "||": "spoiler", "`": "code"}
_SHOWN = {"text_link": "TextUrl", "pre": "Pre"} | {kind: kind.capitalize() for kind in _NEW.values()}


def parse_markdown(source: str) -> tuple[str, list[Entity]]:
    """The old mode: no nesting, `*bold* _italic_ `code` [text](link)`. Raises Refused for what is left open."""
    return _parse(source, re.compile(r"\\([_*`\[])|(```|[*_`])|(\[)"), _OLD, nests=False)


def parse_markdown_v2(source: str) -> tuple[str, list[Entity]]:
    """The strict mode: every reserved character is markup or escaped. Raises Refused otherwise."""
    return _parse(source, re.compile(r"\\([\x01-\x7e])|(```|__|\|\||[*_~`])|([\[\](){}>#+\-=|.!])"), _NEW, nests=True)


def _parse(source: str, token: re.Pattern[str], kinds: dict[str, str], *, nests: bool) -> tuple[str, list[Entity]]:
    text, position = "", 0
    entities: list[Entity] = []
    opened: list[tuple[str, int, int]] = []
    while found := token.search(source, position):
        text, position = text + source[position : found.start()], found.end()
        mark = found[2]
        if found[1]:
            text += found[1]
        elif opened and opened[-1][0] in ("`", "```") and mark != opened[-1][0]:
            text += found[0]
        elif mark and opened and opened[-1][0] == mark:
            entities += _entity(kinds.get(mark, "pre"), opened.pop()[1], text)
        elif mark and (nests or not opened):
            opened.append((mark, units(text), found.start()))
        elif found[3] == "[" and (nests or not opened):
            text, position, link = _link(source, found.start(), text)
            entities += link
        elif nests:
            raise cannot_parse(f"Character '{found[0][0]}' is reserved and must be escaped with the preceding '\\'")
        else:
            text += found[0]
    if opened:
        raise cannot_parse(_left_open(kinds, opened[-1], source, nests))
    return text + source[position:], sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _entity(kind: str, start: int, text: str) -> list[Entity]:
    length = units(text) - start
    return [{"type": kind, "offset": start, "length": length}] if length else []


def _link(source: str, begin: int, text: str) -> tuple[str, int, list[Entity]]:
    found = re.compile(r"\[((?:\\.|[^\]\\])*)\]\(((?:\\.|[^)\\])*)\)").match(source, begin)
    if found is None:
        at = len(source[:begin].encode())
        raise cannot_parse(f"Can't find end of the entity starting at byte offset {at}")
    label, url = (re.sub(r"\\(.)", r"\1", part) for part in found.groups())
    start = units(text)
    entity: Entity = {"type": "text_link", "offset": start, "length": units(label), "url": url}
    return text + label, found.end(), [entity] if label and url else []


def _left_open(kinds: dict[str, str], last: tuple[str, int, int], source: str, nests: bool) -> str:
    at = len(source[: last[2]].encode())
    if not nests:
        return f"Can't find end of the entity starting at byte offset {at}"
    return f"Can't find end of {_SHOWN[kinds.get(last[0], 'pre')]} entity at byte offset {at}"
