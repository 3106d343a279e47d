"""Pictures and files by address, from a signed link that works for a day: pictures for Zalo, files for one person."""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta

from aiohttp import web

from bot.documents import Documents
from rules.clock import Clock
from rules.reply import Picture
from storage.sealing import keyed_hash
from texts import exporting as texts

LASTS = timedelta(hours=24)
PATH = "/f/{signed}"
FILE = "file"  # the kind of link whose key is an order's token (see `storage.handouts`)
Maker = Callable[[str], Awaitable[bytes]]
_KEPT = 32
_HEADERS = {"Cache-Control": "private, max-age=600", "X-Content-Type-Options": "nosniff"}


def signed(picture: Picture, until: datetime) -> str:
    """What stands behind `/f/`: which picture, until when, and a signature by this installation's key."""
    about = json.dumps([picture.kind, picture.key, int(until.timestamp())], ensure_ascii=False)
    named = urlsafe_b64encode(about.encode()).decode().rstrip("=")
    return f"{named}.{_signature(named)}"


def picture_of(link: str, now: datetime) -> Picture | None:
    """The picture a link stands for; None when it is not ours, was changed, or is over."""
    named, _, signature = link.partition(".")
    if not hmac.compare_digest(_signature(named).encode(), signature.encode("utf-8", "replace")):
        return None
    kind, key, until = json.loads(urlsafe_b64decode(named + "=" * (-len(named) % 4)))
    return Picture(kind, key) if now < datetime.fromtimestamp(until, UTC) else None


def _signature(named: str) -> str:
    return keyed_hash(f"/f/{named}")


def serve(
    makers: Mapping[str, Maker], clock: Clock, documents: Documents | None = None
) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The handler for GET `PATH`: the PNG, drawn by the maker of its kind and kept for the next download, or the file.

    Whatever else is asked gets one and the same page with 404: it tells nobody what there was.
    """
    drawn: OrderedDict[Picture, bytes] = OrderedDict()

    async def served(request: web.Request) -> web.Response:
        picture = picture_of(request.match_info["signed"], clock.now())
        if picture and picture.kind == FILE and documents:
            return await documents.served(request, picture.key) or _nothing_here()
        if picture is None or picture.kind not in makers:
            return _nothing_here()
        if picture not in drawn:
            drawn[picture] = await makers[picture.kind](picture.key)
            if len(drawn) > _KEPT:
                drawn.popitem(last=False)
        return web.Response(body=drawn[picture], content_type="image/png", headers=_HEADERS)

    return served


def _nothing_here() -> web.Response:
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
    return web.Response(status=404, text=texts.NOTHING_HERE, content_type="text/html", headers=headers)
