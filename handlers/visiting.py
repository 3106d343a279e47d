"""ghi: which house → what happened → saved, and ready for the next. Or all of it in one line."""

import re
from dataclasses import replace
from datetime import timedelta

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers import answers, drafts, named_units, placing, questions
from handlers.desk import AtDesk, Desk, Visiting
from handlers.drafts import Draft
from handlers.just_said import phone_of_known
from handlers.words import Tapped, Text, Word, need
from rules.days import WHOLE_WEEK, read_time, says_whole_week
from rules.entry import house_key, read_line
from rules.numbers import read_number
from rules.refusals import NotUnderstood, TooLong, UnknownUnit
from rules.reply import Reply
from rules.slips import slip_in
from rules.spelling import clean, fold
from storage import doors, houses, units, unread, visits
from storage.tables import Visit
from storage.units import scope_of
from texts import visiting as texts

MOST_INSTALLS = 50
LONGEST_REASON = 500
_MOST_ALONE = 5  # words
_LONGEST_ANSWER = 6  # words of an answer to a small question: more are something else that somebody says
_LONGEST_UNSURE = 4  # words of an answer that is not read without a doubt: "điện thoại em sắp hết pin" is none
_OF_HOUSES = re.compile(r"\d+ (?:nhà|hộ|nha|ho)\b|(?:mọi|moi) (?:người|nguoi)|\bmn\b|\bmng\b")
_SOMEWHERE = frozenset(["ngo", "ngach", "hem", "kiet", "to", "thon", "xom", "n", "so", "sn", "khu"])
_JUST_SAID = timedelta(minutes=2)
_SAID_OF_ANYTHING = frozenset(["xong", "xong roi", "xong roi a", "ok", "ok roi", "roi", "roi a", "duoc roi", "co roi"])


async def started(_: Message | CallbackQuery, desk: Desk, rest: str) -> Reply:
    need(desk.me, "ghi")
    await desk.set_aside()
    if rest:
        return await _line(desk, rest, expected=True)
    return await desk.go_on(Draft(day=desk.today))


async def house_said(_: Message, desk: Desk, text: str) -> Reply:
    if (await desk.state.get_data()).get("ready"):
        return await _line(desk, text, expected=False)
    return await _line(desk, text, expected=True, kept=await desk.draft())


async def line_said(_: Message, desk: Desk, text: str) -> Reply:
    return await _line(desk, text, expected=False)


async def _line(desk: Desk, text: str, *, expected: bool, kept: Draft | None = None, unfinished: str = "") -> Reply:
    """One line about a house. `expected`: we asked which house, so bare words are taken for its name."""
    draft = drafts.from_line(text, desk.plan, desk.today, expected=expected)
    if draft is None and not expected:
        raise SkipHandler  # talk, not a line: the calm words of `elsewhere` answer it
    if draft is None:
        raise NotUnderstood("house", text)
    need(desk.me, "ghi")
    drafts.check_day(draft.day, desk.plan, desk.today)
    try:
        await placing.check(desk.session, desk.me, draft.unit)
    except UnknownUnit as refusal:
        unread.keep(desk.session, desk.chat, text, "unit", desk.now)
        raise replace(refusal, kept=True) from None
    if kept:
        draft = drafts.joined(draft, kept, desk.today)
    elif draft.phone and not draft.outcome and (known := await phone_of_known(desk, draft, text)):
        return known
    await desk.set_aside()
    is_same = houses.label_hash(unfinished) == houses.label_hash(draft.house)
    if unfinished and not is_same:
        await _keep_unfinished(desk)
    return await desk.go_on(replace(draft, unfinished="" if is_same else unfinished))


async def _keep_unfinished(desk: Desk) -> None:
    """What was half said of a house and is left for another one: the head sees it."""
    left = await desk.draft()
    told = texts.outcome_words(desk.plan, left.said(), desk.today) if left.outcome else ""
    unread.keep(desk.session, desk.chat, texts.left_unfinished(left.house, told), "half", desk.now)


async def outcome_alone(_: Message, desk: Desk, text: str) -> Reply:
    """ "vắng" by itself: said twice it is one record and says so; else it is asked where, and nothing is guessed."""
    told = drafts.with_outcome(Draft(day=desk.today), text, desk.plan, desk.today)
    if told is None or not told.outcome or len(text.split()) > _MOST_ALONE or fold(text) in _SAID_OF_ANYTHING:
        raise SkipHandler
    if _SOMEWHERE & set(fold(text).split()):
        raise SkipHandler  # "ngõ 5 đã cài": which house there?
    need(desk.me, "ghi")
    last = next(iter(await visits.latest(desk.session, desk.me, desk.now, 1)), None)
    if last and _says_again(told, last.visit) and last.visit.created_at >= desk.now - _JUST_SAID:
        again = texts.saved_before(desk.plan, last.visit, last.house, desk.today)
        return Reply(again, questions.after_saving(last.visit.id or 0), takes_numbers=True)
    unread.keep(desk.session, desk.chat, text, "no_house", desk.now)
    return Reply(texts.where_was_that(desk.plan.outcome(told.outcome).said), takes_numbers=True)


def _says_again(told: Draft, visit: Visit) -> bool:
    """Whether these words say no other thing of a house than was written down."""
    return (
        visit.outcome == told.outcome
        and told.come_back_on in (None, visit.come_back_on)
        and told.come_back_time in ("", visit.come_back_time)
        and told.installs in (None, visit.installs)
    )


async def outcome_tapped(_: CallbackQuery, desk: Desk, value: str) -> Reply:
    if value not in {one.code for one in desk.plan.outcomes}:
        raise NotUnderstood("outcome")
    return await desk.go_on(drafts.start_again(await desk.draft(), value), in_place=True)


async def outcome_said(_: Message, desk: Desk, text: str) -> Reply:
    draft = await desk.draft()
    if drafts.whole_line(text, desk.plan, desk.today):
        return await _line(desk, text, expected=False, unfinished=draft.house)
    if drafts.names_another(text, draft.house, desk.plan, desk.today):
        return await _line(desk, text, expected=False, unfinished=draft.house)
    told = _answer(draft, text, desk)
    if told is None:
        raise NotUnderstood("outcome", text)
    drafts.check_day(told.day, desk.plan, desk.today)
    return await desk.go_on(told)


async def confirmed(_: CallbackQuery, desk: Desk, value: str) -> Reply:
    draft = await desk.draft()
    return await desk.go_on(replace(draft, sure=True) if value == "yes" else drafts.start_again(draft), in_place=True)


async def confirmed_in_words(_: Message, desk: Desk, text: str) -> Reply:
    draft = await desk.draft()
    if answers.says_yes(text):
        return await desk.go_on(replace(draft, sure=True))
    if answers.says_no(text):
        return await desk.go_on(drafts.start_again(draft))
    names_none = drafts.from_line(text, desk.plan, desk.today, expected=False) is None
    if names_none and (told := _answer(draft, text, desk)):
        return await desk.go_on(told)
    return await _line(desk, text, expected=False, unfinished=draft.house)


async def installs_tapped(_: CallbackQuery, desk: Desk, value: str) -> Reply:
    if value not in map(str, range(1, MOST_INSTALLS + 1)):
        raise NotUnderstood("installs")
    return await desk.go_on(replace(await desk.draft(), installs=int(value)), in_place=True)


async def installs_said(_: Message, desk: Desk, text: str) -> Reply:
    draft = await desk.draft()
    count = read_number(answers.without_people(text))
    if count is None:
        return await _another_line_or(desk, text, draft, "installs")
    if not 1 <= count <= MOST_INSTALLS:
        raise NotUnderstood("installs", text)
    return await desk.go_on(replace(draft, installs=count))


async def come_back_tapped(_: CallbackQuery, desk: Desk, value: str) -> Reply:
    day = drafts.coming_day(value, desk.today)
    if day is None and value != "-":
        raise NotUnderstood("come_back")
    return await desk.go_on(replace(await desk.draft(), come_back_on=day, asked=True), in_place=True)


async def come_back_said(_: Message, desk: Desk, text: str) -> Reply:
    draft = await desk.draft()
    day = drafts.coming_day(text, desk.today)
    if day is None:
        return await _another_line_or(desk, text, draft, "come_back")
    at = WHOLE_WEEK if says_whole_week(text) else read_time(text) or ""
    return await desk.go_on(replace(draft, come_back_on=day, come_back_time=at, asked=True))


async def reason_skipped(_: CallbackQuery, desk: Desk) -> Reply:
    return await desk.go_on(replace(await desk.draft(), asked=True), in_place=True)


async def reason_said(_: Message, desk: Desk, text: str) -> Reply:
    if drafts.whole_line(text, desk.plan, desk.today):
        return await _line(desk, text, expected=False, unfinished=(await desk.draft()).house)
    if slip_in(text) == "":  # "à nhầm": the outcome was the slip
        return await desk.go_on(drafts.start_again(await desk.draft()))
    reason = clean(text)
    if not fold(reason):
        raise NotUnderstood("reason", text)
    if len(reason) > LONGEST_REASON:
        raise TooLong(LONGEST_REASON, len(reason))
    return await desk.go_on(replace(await desk.draft(), reason=reason, asked=True))


async def _another_line_or(desk: Desk, text: str, draft: Draft, field: str) -> Reply:
    """A whole new line in the middle of a question is a new house; what is no answer to anything is asked again."""
    entry = read_line(text, desk.plan, desk.today)
    is_of_same = entry and entry.house and house_key(entry.house) == house_key(draft.house)
    if entry and entry.house and entry.outcome and (entry.sure or not is_of_same):
        return await _line(desk, text, expected=False, unfinished=draft.house)
    if len(text.split()) > _LONGEST_ANSWER:
        raise SkipHandler  # talk: the question stands
    raise NotUnderstood(field, text)


def _answer(draft: Draft, text: str, desk: Desk) -> Draft | None:
    """The draft with what happened there; None for what is said of something else.

    "máy cũ có cài được không các bác", "xong 3 nhà rồi" and "hẹn mọi người t7 9h ở đình" are no answers.
    """
    if _OF_HOUSES.search(text.lower()):
        return None
    entry = read_line(f"nhà 1 {text}", desk.plan, desk.today)
    is_long = len(text.split()) > _LONGEST_UNSURE
    if (is_long and not (entry and entry.sure)) or (entry and entry.come_back_on and entry.note):
        return None
    return drafts.with_outcome(draft, text, desk.plan, desk.today)


async def house_tapped(_: CallbackQuery, desk: Desk, value: str) -> Reply:
    """A house of the list "còn": straight to what happened there."""
    need(desk.me, "ghi")
    scope = await scope_of(desk.session, desk.me)
    house = await houses.by_id(desk.session, scope, int(value) if value.isdecimal() and len(value) < 19 else 0)
    unit = await units.by_id(desk.session, scope, house.unit_id)
    own = unit.id == desk.me.unit_id
    await desk.set_aside()
    return await desk.go_on(Draft(house=house.label, unit="" if own else unit.name, day=desk.today, anew=True))


async def which_tapped(_: CallbackQuery, desk: Desk, value: str) -> Reply:
    """One of the houses that have this number, or none of them."""
    draft = await desk.draft()
    if value == "-":
        return await desk.go_on(replace(draft, anew=True), in_place=True)
    house = await houses.by_id(desk.session, await scope_of(desk.session, desk.me), int(value))
    return await desk.go_on(replace(draft, house=house.label, anew=True), in_place=True)


async def which_said(_: Message, desk: Desk, text: str) -> Reply:
    """The alley, the whole name, "nhà khác"; a line on another house comes first, and the question again after it."""
    draft = await desk.draft()
    if draft.aside and drafts.is_number(text):
        return await _line(desk, text, expected=False)  # nobody asked just now: a number is a house again
    if fold(text) in answers.ANOTHER:
        return await desk.go_on(replace(draft, anew=True))
    unit = await named_units.unit_called(desk.session, desk.me, draft.unit)
    several = (await doors.meant(desk.session, desk.me, unit, draft.house, said_unit=draft.unit)).several
    if label := answers.door_named(text, draft.house, [house.label for house in several]):
        return await desk.go_on(replace(draft, house=label, anew=True))
    if drafts.from_line(text, desk.plan, desk.today, expected=False):
        return await _line(desk, text, expected=False)
    if draft.aside or len(text.split()) > _LONGEST_ANSWER:
        raise SkipHandler
    raise NotUnderstood("which", text)


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.filter(AtDesk())
    router.callback_query.filter(AtDesk())
    text = Text()
    router.message.register(started, Word("ghi", rest=True))
    router.callback_query.register(started, Word("ghi"))
    router.callback_query.register(house_tapped, Tapped("ch", card=False))
    router.callback_query.register(outcome_tapped, StateFilter(Visiting.outcome), Tapped("go"))
    router.callback_query.register(confirmed, StateFilter(Visiting.sure), Tapped("gs"))
    router.callback_query.register(installs_tapped, StateFilter(Visiting.installs), Tapped("gi"))
    router.callback_query.register(come_back_tapped, StateFilter(Visiting.come_back), Tapped("gd"))
    router.callback_query.register(reason_skipped, StateFilter(Visiting.reason), Tapped("gr"))
    router.callback_query.register(which_tapped, StateFilter(Visiting.which), Tapped("gw"))
    router.message.register(which_said, StateFilter(Visiting.which), text)
    router.message.register(house_said, StateFilter(Visiting.house), text)
    router.message.register(outcome_said, StateFilter(Visiting.outcome), text)
    router.message.register(confirmed_in_words, StateFilter(Visiting.sure), text)
    router.message.register(installs_said, StateFilter(Visiting.installs), text)
    router.message.register(come_back_said, StateFilter(Visiting.come_back), text)
    router.message.register(reason_said, StateFilter(Visiting.reason), text)
    router.message.register(line_said, ~StateFilter(Visiting), text)
    router.message.register(outcome_alone, ~StateFilter(Visiting), text)
    for step in (Visiting.house, Visiting.which, Visiting.place):
        router.message.register(outcome_alone, StateFilter(step), text)
    return router
