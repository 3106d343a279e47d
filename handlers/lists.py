"""A pasted list, or several houses in one line: as many visits as it names, and only what was not read said back."""

import re
from datetime import date
from typing import Any

from aiogram import Router
from aiogram.types import Message

from handlers import continued, elsewhere
from handlers.desk import AtDesk, Desk
from handlers.listing import Listing
from handlers.sifting import Sifted
from handlers.words import Spoken, need
from rules.entry import Batch, Unread, may_be_many, read_line, read_list, read_outcome
from rules.plan import Plan
from rules.reply import Choice, Reply
from rules.roles import Role, may
from rules.spelling import fold
from storage import unread
from storage.tables import Chat, Person

_OPENINGS = ("ghi", "tôi", "còn")
_NUMBERED = re.compile(r"\b(?:nha|ho)(?: so)? (\d+[a-z]?)\b")
_GHI = re.compile(r"\s*[/／]?\w+(?:@\w+)?[\s:,.\-–]*")


class ManyHouses(Sifted):
    """A text that speaks of more than one house: lines of them, or "vắng 12, 14, 15-19"."""

    async def __call__(
        self, message: Message, heard: Spoken, chat: Chat, me: Person | None, plan: Plan, today: date
    ) -> bool | dict[str, Any]:
        text, cut_at = _without_word(message.text or "", heard), 0
        if me is None or message.forward_origin or not text or not may(Role(me.role), "ghi"):
            return False
        cut = continued.part_before(chat, message)
        if cut:
            text, cut_at = continued.whole(cut, text, plan, today)
        if not may_be_many(text):
            return False
        line = read_line(text, plan, today) if "\n" not in text.strip() else None
        if line and line.sure:
            return False
        batch = read_list(text, plan, today)
        is_told = not chat.state or bool((chat.data or {}).get("ready"))
        if line and not line.outcome and is_told and len(batch.records) == 1 and _names_several(text):
            batch = Batch(unread=[Unread(1, text.strip(), "unclear")])
            return {"batch": batch, "typed": text, "cut": cut, "cut_at": cut_at}
        is_many = len(batch.records) + len(batch.unread) > (0 if cut else 1) or bool(batch.totals)
        is_many = is_many or (any(line.why == "range" for line in batch.unread) and bool(read_outcome(text, plan)))
        return {"batch": batch, "typed": text, "cut": cut, "cut_at": cut_at} if is_many else False


def _names_several(text: str) -> bool:
    """Whether a line of which one house was read speaks of others too: then it is asked about none of them alone."""
    return len({*_NUMBERED.findall(fold(text))}) > 1


def _without_word(text: str, heard: Spoken) -> str:
    """ "Tối qua:" begins with the word "tôi", "Còn nhà 12…" with "còn": a list all the same, and "ghi" only opens it.

    "" where the text is a word of the menu, or begins with another one.
    """
    if heard.word is None:
        return text
    if not heard.rest or heard.word not in _OPENINGS:
        return ""
    return _GHI.sub("", text, count=1) if heard.word == "ghi" else text


async def list_said(
    message: Message, batch: Batch, typed: str, cut: dict[str, Any] | None, cut_at: int, desk: Desk
) -> Reply:
    need(desk.me, "ghi")
    source = desk.source
    listing = Listing(desk, batch, typed.splitlines(), cut, cut_at)
    await listing.write()
    talk = [said for _, said in batch.talk if not elsewhere.is_courtesy(said)]
    for said, why in [*((said, why) for _, said, why in listing.said_back), *((said, "talk") for said in talk)]:
        unread.keep(desk.session, desk.chat, said, why.partition(":")[0], desk.now)
    choices = ((Choice("Hoàn tác cả danh sách", f"htl|{source}"),),) if listing.logged or listing.told else ()
    saved = Reply(await listing.in_words(talk), choices, takes_numbers=True)
    if listing.asked:
        saved = await desk.ask_each(listing.asked, saved)
    await _remember_the_rest(message, typed, desk, source)
    return saved


async def _remember_the_rest(message: Message, typed: str, desk: Desk, source: str) -> None:
    """What the next message may go on with, where the messenger cut this one in two."""
    rest = continued.rest_to_come(desk.chat, message, typed, desk.plan, desk.today, source)
    data = {key: value for key, value in (await desk.state.get_data()).items() if key != continued.KEY}
    await desk.state.set_data(data | ({continued.KEY: rest} if rest else {}))


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.register(list_said, ManyHouses(), AtDesk())
    return router
