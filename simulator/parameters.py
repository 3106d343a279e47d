"""What a call carries, whichever way it was sent: query string, JSON, urlencoded or multipart."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

from simulator.files import DOCUMENT_LIMIT
from simulator.refusals import Refused, bad_request


@dataclass(slots=True)
class Upload:
    name: str
    content: bytes


@dataclass(slots=True)
class Parameters:
    """Values as they came (text, or JSON values) and uploaded files by field name."""

    values: dict[str, Any]
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        value = self.values.get(name)
        return default if value is None else value if isinstance(value, str) else json.dumps(value)

    def whole(self, name: str, default: int = 0) -> int:
        value = self.values.get(name)
        if value in (None, ""):
            return default
        try:
            return int(value)
        except (TypeError, ValueError) as error:
            raise bad_request(f'parameter "{name}" must be an integer') from error

    def flag(self, name: str) -> bool:
        return str(self.values.get(name, "")).lower() in ("true", "yes", "1")

    def json(self, name: str) -> Any:
        """A JSON value, given as such or as its text; None when absent. Raises Refused when it cannot be read."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError as error:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from error

    def file(self, name: str) -> Upload | str | None:
        """An upload (plain field or `attach://`), or the text given instead: a file_id or an address."""
        if name in self.uploads:
            return self.uploads[name]
        value = self.text(name)
        if value.startswith("attach://"):
            return self.uploads.get(value.removeprefix("attach://"))
        return value or None


async def read(request: web.Request) -> Parameters:
    """Reads everything a call carries; the query string counts too, the body wins."""
    values: dict[str, Any] = dict(request.query) if request.query_string else {}
    if not request.can_read_body:
        return Parameters(values)
    kind = request.content_type
    if kind == "multipart/form-data":
        return await _multipart(request, values)
    body = await request.read()
    if kind == "application/json":
        values.update(_object(body))
    else:
        values.update(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return Parameters(values)


def _object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body) if body.strip() else {}
    except ValueError as error:
        raise bad_request("can't parse request: strings must be encoded in UTF-8 JSON") from error
    if not isinstance(value, dict):
        raise bad_request("can't parse request: object expected")
    return value


async def _multipart(request: web.Request, values: dict[str, Any]) -> Parameters:
    parameters = Parameters(values)
    room = DOCUMENT_LIMIT + 1024 * 1024
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        content = bytes(await part.read(decode=True))
        room -= len(content)
        if room < 0:
            raise Refused(413, "Request Entity Too Large")
        if part.filename is None:
            values[part.name or ""] = content.decode("utf-8", "replace")
        else:
            parameters.uploads[part.name or ""] = Upload(part.filename, content)
    return parameters
