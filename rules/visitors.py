"""Who asks for a page, as far as the request says: which phone, and whether anybody is looking at all."""

import re
from typing import Literal

System = Literal["ios", "android"]
Kind = Literal["person", "preview", "bot"]
KINDS: tuple[Kind, ...] = ("person", "preview", "bot")

_IOS = re.compile(r"iphone|ipad|ipod", re.IGNORECASE)
_ANDROID = re.compile(r"android", re.IGNORECASE)
# Messengers and networks that fetch a link to show a card of it. Their own browsers on a phone are people.
_PREVIEW = re.compile(
    r"facebookexternalhit|facebot|meta-externalagent|telegrambot|whatsapp|twitterbot|linkedinbot|slackbot|discordbot"
    r"|skypeuripreview|viber|zalo",
    re.IGNORECASE,
)
_FETCHER = re.compile(r"facebookexternalhit|facebot|meta-externalagent|telegrambot|zalobot", re.IGNORECASE)
_BOT = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|headless|lighthouse|monitor|scan|curl|wget|python|java/|go-http|okhttp|libwww"
    r"|httpclient|axios|node-fetch|postman",
    re.IGNORECASE,
)
_LONGEST_AGENT = 512


def system_of(agent: str) -> System | None:
    """The phone a User-Agent names; None for a computer or what does not say."""
    head = agent[:_LONGEST_AGENT]
    if _IOS.search(head):
        return "ios"
    return "android" if _ANDROID.search(head) else None


def kind_of(agent: str, *, method: str = "GET", purpose: str = "") -> Kind:
    """Whether a person looks, a messenger draws a preview (also HEAD, and browsers that fetch ahead), or a bot came."""
    head = agent[:_LONGEST_AGENT].strip()
    if method != "GET" or "prefetch" in purpose.lower() or "preview" in purpose.lower() or _FETCHER.search(head):
        return "preview"
    on_a_phone = system_of(head) is not None
    if _PREVIEW.search(head) and not on_a_phone:
        return "preview"
    return "bot" if not head or _BOT.search(head) else "person"
