"""Random walks: whatever is said, tapped and sent in whatever order, the bot answers, errs never, and counts right."""

import random
from collections.abc import Awaitable, Callable
from datetime import date

import pytest
from sqlmodel import col, select

from rules.plan import Plan
from storage import figures
from storage.tables import House, Person, Visit
from storage.units import scope_of
from tests.conversations.office import Office, People
from tests.conversations.phone import Phone
from texts.consenting import REVOKE_YES

STEPS = 12
TODAY = date(2026, 6, 10)
SAID = [
    *("ghi", "menu", "còn", "sửa", "hoàn tác", "huỷ", "trợ giúp", "tôi", "tiến độ", "qr", "vướng", "dữ liệu", "mời"),
    *("/start", "12", "13", "ông Tám ngã ba", "nhà 12 đã cài", "nhà 13 vắng nhà", "nhà 14 hẹn thứ bảy", "3", "0"),
    *("nhà 12 từ chối hôm qua", "nha 15 da cai 3 nguoi", "nhà 12 chắc là đã cài", "nhà 16 chưa cài vì máy đầy", "vắng"),
    *("nhà 12 tổ 9 đã cài", "đã cài", "hai người", "thứ bảy", "hôm qua", "18/6", "đúng", "không", "máy đầy", "iphone"),
    *("0912345678", "Trần Thị Hoa", "cảm ơn", ".", "?", "👍🏽", "\u200b", "\ud800", "a" * 81, "Ơ" * 4096, "nhà " * 60),
    *("' OR 1=1;--", "<b>x</b>", "bà con hỏi bao giờ có sóng", "mã OTP 482913", "\u202enhà 12 đã cài"),
    "nha\u0300 17 va\u0306\u0301ng",
]
SENT = ("sticker", "voice", "photo", "location", "contact", "poll", "dice")
PRESSED = (
    "",
    "x" * 64,
    "s|1",
    "ht|1",
    "ch|1",
    "cp|10",
    "tp|2",
    "gi|2|1",
    "go|installed|3",
    "w|còn",
    "vt|1",
    "s|9" + "9" * 20,
)


async def step(phone: Phone, chance: random.Random) -> str:
    """One thing done, and its name. On Zalo there is only saying, choosing and sending."""
    has_buttons = phone.messenger == "telegram"
    match chance.choices(
        ("says", "taps", "old", "presses", "sends", "album", "edits", "forwards"), (9, 8, 2, 1, 1, 1, 1, 1)
    )[0]:
        case "taps" if labels := [each for each in phone.labels if each != REVOKE_YES]:  # who takes that is gone
            label = chance.choice(labels)
            await phone.taps(label, times=chance.choice((1, 1, 1, 2)))
            return f"taps {label}"
        case "old" if has_buttons and phone.ever_seen:
            data = chance.choice(phone.ever_seen)
            await phone.presses(data)
            return f"presses old {data}"
        case "presses" if has_buttons:
            data = chance.choice(PRESSED)
            await phone.presses(data)
            return f"presses {data}"
        case "sends":
            kind = chance.choice(SENT)
            await phone.sends(kind)
            return f"sends {kind}"
        case "album" if has_buttons:
            await phone.sends_album(3)
            return "sends an album"
        case "edits" if has_buttons and phone.last_update.get("message"):
            await phone.edits(chance.choice(SAID))
            return "edits"
        case "forwards" if has_buttons:
            await phone.forwards(chance.choice(SAID))
            return "forwards"
    said = chance.choice(SAID)
    await phone.says(said)
    return f"says {said[:40]!r}"


async def recount(office: Office, plan: Plan) -> None:
    """Houses are what their visits say, and the unit's figures what the houses say, counted the slow way."""
    async with office.database.reading() as session:
        visits = (await session.exec(select(Visit).where(col(Visit.undone_at).is_(None)))).all()
        houses = {house.id: house for house in await session.exec(select(House))}
        head = (await session.exec(select(Person).where(Person.role == "head"))).first()
        assert head
        rows = await figures.of_units(session, plan, await scope_of(session, head), TODAY)
    last: dict[int, Visit] = {}
    for visit in sorted(visits, key=lambda visit: (visit.day, visit.id)):
        last[visit.house_id] = visit
    assert {number for number, house in houses.items() if not house.withdrawn} == set(last)
    for number, visit in last.items():
        house = houses[number]
        assert (house.outcome, house.installs, house.visited_on) == (visit.outcome, visit.installs, visit.day)
    done = sum(visit.outcome in plan.done_codes for visit in last.values())
    assert sum(row.done for row in rows) == done
    assert sum(sum(row.by_outcome.values()) for row in rows) == len(last)


@pytest.mark.parametrize("seeds", [range(12), pytest.param(range(12, 325), marks=pytest.mark.slow)], ids=["12", "313"])
async def test_walks(people: People, minh: Phone, office: Office, plan: Plan, seeds: range) -> None:
    """A failure names its seed and its steps."""
    lan = await people.joined("Lan")
    get_out: list[Callable[[Phone], Awaitable[None]]] = [lambda who: who.says("huỷ"), lambda who: who.taps_word("menu")]
    for seed in seeds:
        chance, walked = random.Random(seed), []
        phone = chance.choice((lan, lan, minh))
        for _ in range(STEPS):
            try:
                walked.append(await step(phone, chance))
            except Exception as error:
                raise AssertionError(f"seed {seed} after {walked}") from error
            heard = phone.reads()
            silent = walked[-1].startswith(("taps", "presses"))  # an edit to what already stands there says nothing
            silent |= phone.messenger == "zalo" and walked[-1].startswith("sends")  # told once a day
            assert heard or silent, f"seed {seed}: silence after {walked}"
        for leave in get_out:
            await leave(phone)
            assert any(said for said in phone.reads()), f"seed {seed}: no way out after {walked}"
        await phone.says("huỷ")
        assert phone.reads() == ["Vâng, không còn việc nào đang dở. Bạn làm gì tiếp nhé?"], f"seed {seed}: {walked}"
        if seed % 6 == 5:
            await recount(office, plan)
    waiting = await office.waiting()
    assert set(waiting) == {"done"}, waiting
