"""What a bot wants to say, checked and put in order: texts, captions, photos and documents."""

import re
from typing import Any

from simulator import attachments
from simulator.entities import Entity, found_in, joined, trimmed, units
from simulator.files import DOCUMENT_LIMIT, PHOTO_LIMIT, StoredFile
from simulator.html_markup import parse_html
from simulator.markdown_markup import parse_markdown, parse_markdown_v2
from simulator.parameters import Parameters, Upload
from simulator.refusals import Refused, bad_request
from simulator.world import World

TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024  # UTF-16 code units after parsing
_PARSERS = {"html": parse_html, "markdown": parse_markdown, "markdownv2": parse_markdown_v2}

_HALVES = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f]")

Content = dict[str, Any]


def text_of(params: Parameters) -> Content:
    """`text` and `entities` of a text message. Raises Refused when empty, too long or badly marked up."""
    text, entities = _formatted(params, "text", "entities")
    if not text:
        raise bad_request("message text is empty")
    if units(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return {"text": text} | ({"entities": entities} if entities else {})


def caption_of(params: Parameters) -> Content:
    """`caption` and `caption_entities`, or nothing. Raises Refused when too long or badly marked up."""
    caption, entities = _formatted(params, "caption", "caption_entities")
    if units(caption) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    if not caption:
        return {}
    return {"caption": caption} | ({"caption_entities": entities} if entities else {})


def photo_of(world: World, params: Parameters) -> Content:
    given = _given(params, "photo", PHOTO_LIMIT)
    if isinstance(given, Upload):
        stored = world.files.keep(given.content, "photo")
        _check_dimensions(stored)
    else:
        stored = _known(world, given, "photo")
    return {"photo": world.files.photo_sizes(stored)}


def document_of(world: World, params: Parameters) -> Content:
    given = _given(params, "document", DOCUMENT_LIMIT)
    if isinstance(given, Upload):
        stored = world.files.keep(given.content, "document", given.name)
    else:
        stored = _known(world, given, "document")
    return {"document": attachments.described(stored)}


def _formatted(params: Parameters, name: str, entities_name: str) -> tuple[str, list[Entity]]:
    text, mode = _cleaned(params.text(name), name), params.text("parse_mode").lower()
    given: list[Entity] = []
    if mode and mode != "none":
        if mode not in _PARSERS:
            raise bad_request("unsupported parse_mode")
        text, given = _PARSERS[mode](text)
    elif params.json(entities_name):
        given = params.json(entities_name)
    return trimmed(text, joined(given, found_in(text)))


def _cleaned(text: str, name: str) -> str:
    """Without carriage returns, other control characters as blanks. Raises Refused for half a character."""
    if _HALVES.search(text):
        raise bad_request(f"{name} must be encoded in UTF-8")
    return _CONTROLS.sub(" ", text.replace("\r", ""))


def _given(params: Parameters, name: str, limit: int) -> Upload | str:
    given = params.file(name)
    if given is None:
        raise bad_request(f"there is no {name} in the request")
    if isinstance(given, str):
        return given
    if not given.content:
        raise bad_request("file must be non-empty")
    if len(given.content) > limit:
        raise _too_big(name)
    return given


def _too_big(name: str) -> Refused:
    return bad_request("file is too big") if name == "photo" else Refused(413, "Request Entity Too Large")


def _known(world: World, file_id: str, kind: str) -> StoredFile:
    if file_id.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    stored = world.files.find(file_id)
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind.capitalize()} as {kind.capitalize()}")
    return stored


def _check_dimensions(photo: StoredFile) -> None:
    if not photo.width or not photo.height:
        raise bad_request("IMAGE_PROCESS_FAILED")
    longer, shorter = max(photo.width, photo.height), min(photo.width, photo.height)
    if photo.width + photo.height > 10_000 or longer > 20 * shorter:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
