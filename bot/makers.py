"""Who draws the pictures that replies name: a resident's card, a day's digest."""

import asyncio
from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from guides.card import card, card_key
from papers.digest_picture import digest_picture
from rules.frozen import thaw
from rules.guide_codes import scan_link
from rules.plan import Plan
from storage import bulletins
from storage.database import Database
from storage.tables import Unit


def edition(known: Iterable[Plan], public_url: str) -> str:
    """Another one as soon as any card would look different: a link filled in, a step reworded, a new design."""
    looks = [card_key(plan, "", "both") for plan in known]
    return sha256("".join([*looks, public_url]).encode()).hexdigest()[:12]


class GuideMaker:
    """Draws a resident's card from its key `plan|unit|phone`, with `|code` where its QR opens our own page.

    The unit's name is asked of the database.
    """

    def __init__(self, database: Database, known: dict[str, Plan], public_url: str = "") -> None:
        self._database, self._plans, self._public_url = database, known, public_url

    async def draw(self, key: str) -> bytes:
        slug, unit_id, phone, *code = key.split("|")
        async with self._database.reading() as session:
            unit = await session.get(Unit, int(unit_id))
        name = unit.name if unit and unit.kind != "commune" else ""
        link = scan_link(self._public_url, code[0]) if code and self._public_url else ""
        return await asyncio.to_thread(card, self._plans[slug], name, phone, link)  # type: ignore[arg-type]


class DigestMaker:
    """Draws a day's digest from its key `plan|day` as its figures were sent."""

    def __init__(self, database: Database, known: dict[str, Plan]) -> None:
        self._database, self._plans = database, known

    async def draw(self, key: str) -> bytes:
        slug, day = key.split("|")
        async with self._database.reading() as session:
            kept = await bulletins.figures_of(session, slug, bulletins.DAILY, date.fromisoformat(day))
        units = thaw(kept.figures) if kept and kept.figures else []
        return await asyncio.to_thread(digest_picture, self._plans[slug], units, date.fromisoformat(day))
