"""A reply under the bot's echo, or under one's own message: what is said there is about that house, or that list."""

from dataclasses import dataclass, replace
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.types import InlineKeyboardMarkup, Message

from handlers import answers, drafts
from handlers.amending import ask_which, mended
from handlers.desk import AtDesk, Desk
from handlers.mending import led_by
from handlers.sifting import Sifted
from handlers.undoing import list_taken_back, taken_back
from handlers.wishes import Wish, read_wish
from handlers.words import Spoken, message_key, need
from rules.entry import Entry
from rules.refusals import NotFound
from rules.reply import Reply
from rules.slips import slip_in
from rules.spelling import clean, fold
from storage import recent, units, visits
from storage.tables import Chat
from storage.units import scope_of
from storage.visits import Logged
from texts import slips as texts
from texts import visiting as visiting_texts

_MOST_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Echo:
    """What stands above a reply: visits as far as they still stand, and the visit or the list that its buttons name."""

    meant: list[Logged]
    visit: str = ""
    of_list: str = ""


class UnderEcho(Sifted):
    """A reply to the bot's echo, or to one's own message that logged a visit; hands over the `echo`."""

    async def __call__(self, message: Message, desk: Desk) -> bool | dict[str, Any]:
        under = message.reply_to_message
        if under is None or not message.text or message.forward_origin:
            return False
        echo = await _echo(under, desk)
        return {"echo": echo} if echo.meant or echo.visit or echo.of_list else False


async def _echo(under: Message, desk: Desk) -> Echo:
    marks = [button.callback_data or "" for button in _buttons(under.reply_markup)]
    named = [rest for kind, _, rest in (mark.partition("|") for mark in marks) if kind in ("ht", "s")]
    if ids := [rest for rest in named if rest.isdecimal() and len(rest) < 19]:
        return Echo(await _visits(desk, int(ids[0])), visit=ids[0])
    if lists := [mark.partition("|")[2] for mark in marks if mark.startswith("htl|")]:
        return Echo(await recent.listed_by(desk.session, desk.me, lists[0], desk.now), of_list=lists[0])
    if under.from_user and not under.from_user.is_bot:
        return Echo(await recent.said_in(desk.session, desk.me, message_key(desk.chat, under), desk.now))
    return Echo(await _by_its_words(under.text or "", desk))


async def _by_its_words(text: str, desk: Desk) -> list[Logged]:
    """One's own record that the echo names, where its buttons were not handed on; none where there are several."""
    if not text.startswith(visiting_texts.ECHOES):
        return []
    own = await visits.latest(desk.session, desk.me, desk.now, _MOST_LOOKED_AT)
    named = [one for one in own if visiting_texts.is_echo_of(text, one.house)]
    return named if len(named) == 1 else []


async def _visits(desk: Desk, visit_id: int) -> list[Logged]:
    try:
        return [await recent.mendable(desk.session, desk.me, visit_id, desk.now, await led_by(desk.session, desk.me))]
    except NotFound:
        return []


def _buttons(markup: InlineKeyboardMarkup | None) -> list[Any]:
    return [button for row in (markup.inline_keyboard if markup else []) for button in row]


async def reply_said(message: Message, echo: Echo, heard: Spoken, desk: Desk, chat: Chat) -> Reply:
    """What is said under an echo is about that house, unless it names another or is no more than a courtesy."""
    if heard.word == "hoàn tác" and not heard.rest:
        return await _taken_back(message, echo, desk, chat)
    text = message.text or ""
    slip = slip_in(text)
    if (heard.word and slip is None) or _is_courtesy(text):
        raise SkipHandler
    if slip == "" and len(echo.meant) == 1:
        return await mended(desk, echo.meant[0], Wish(Entry()), "")
    wish = read_wish(slip or text, desk)
    if wish is None:
        raise SkipHandler
    return await _of_reply(desk, echo, wish, slip, text)


async def _taken_back(message: Message, echo: Echo, desk: Desk, chat: Chat) -> Reply:
    """That visit or that list, and no other: what is gone already is said to be."""
    if echo.of_list:
        return await list_taken_back(
            message, echo.of_list, desk.session, desk.me, desk.plan, desk.now, desk.today, desk.source
        )
    if not echo.visit and len(echo.meant) != 1:
        raise SkipHandler
    return await taken_back(
        message, desk.session, chat, desk.me, desk.plan, desk.now, desk.today, desk.source, desk.state,
        value=echo.visit or str(echo.meant[0].visit.id),
    )  # fmt: skip


def _is_courtesy(text: str) -> bool:
    """ "vâng" and "ok"; "vắng" folds like the first and is none."""
    words = clean(text).lower()
    return fold(words) in answers.YES and (words.isascii() or fold(words) != fold("vâng") or words == "vâng")


async def _of_reply(desk: Desk, echo: Echo, wish: Wish, slip: str | None, text: str) -> Reply:
    need(desk.me, "sửa")
    meant, label = echo.meant, wish.entry.house
    if not meant and label is None:
        return Reply(texts.GONE, takes_numbers=True)
    same = [one for one in meant if label is None or await recent.is_at(desk.session, one, label)]
    if len(same) == 1 and not wish.house and slip is None and same[0].visit.day < desk.today and wish.entry.outcome:
        unit = await units.by_id(desk.session, await scope_of(desk.session, desk.me), same[0].visit.unit_id)
        draft = drafts.of_entry(replace(wish.entry, house=same[0].house.label, unit=unit.name), desk.plan, desk.today)
        return await desk.go_on(draft)  # another day: he was there again
    if len(same) == 1:
        return await mended(desk, same[0], wish, slip or text)
    if slip is not None and len(meant) == 1 and label:
        return await mended(desk, meant[0], Wish(replace(wish.entry, house=None), label), slip)
    if slip is not None and label is None:
        return await ask_which(desk, meant, slip, texts.SEVERAL)
    raise SkipHandler


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.filter(AtDesk())
    router.message.register(reply_said, UnderEcho())
    return router
