"""The whole menu on both phones, step by step: what Zalo's owner types is never more than Telegram's owner taps."""

import re
from dataclasses import dataclass, field

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.roles import WORDS, Role
from storage import invitations, settings
from tests.conversations.office import Office
from tests.conversations.phone import Phone
from tests.conversations.zalo_phone import ZaloPhone

pytestmark = [
    pytest.mark.parametrize(
        "messenger", ["telegram"], indirect=True
    ),  # the office has both lines; one test, two phones
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]
_ADDRESS = re.compile(r"https?://\S+")
_SLASH_COMMAND = re.compile(r"(?<![\w/])/[^\W\d_]")
_EVERYONES = ("trợ giúp", "dữ liệu", "liên kết", "menu", "huỷ")

# A step: a word of the menu, a choice of the last question, or something typed.
Step = tuple[str, str]
VOLUNTEER: list[Step] = [
    ("word", "ghi"), ("says", "12"), ("chooses", "Đã cài & đăng ký"), ("chooses", "2"),
    ("chooses", "Sửa"), ("chooses", "Số người cài"), ("says", "3"), ("word", "hoàn tác"),
    ("says", "nhà 5 vắng"), ("says", "14"), ("chooses", "Hẹn quay lại"), ("chooses", "Chưa rõ ngày"),
    ("says", "16"), ("chooses", "Chưa cài, lý do khác"), ("chooses", "Bỏ qua"), ("chooses", "Hoàn tác"),
    ("word", "còn"), ("chooses", "5"), ("chooses", "Từ chối"),
    ("word", "qr"), ("chooses", "Cả hai"),
    ("word", "tôi"), ("word", "sửa"), ("word", "huỷ"),
    ("word", "vướng"), ("says", "3 nhà ngõ 5 mất sóng"), ("word", "nhật ký"),
    ("word", "menu"), ("chooses", "Ghi"), ("word", "huỷ"), ("chooses", "Còn"), ("word", "huỷ"), ("chooses", "Tôi"),
]  # fmt: skip


@dataclass
class Journey:
    """One person's way through the menu: what each step cost them, and what they were offered after it."""

    phone: Phone | ZaloPhone
    cost: list[int] = field(default_factory=list)
    offered: list[list[str]] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    _sent: int = 0

    def __post_init__(self) -> None:
        post = self.phone._post

        async def counted(*updates) -> None:
            self._sent += len(updates)
            await post(*updates)

        self.phone._post = counted

    async def goes(self, *steps: Step) -> "Journey":
        for what, said in steps:
            before = self._sent
            await getattr(self, f"_{what}")(said)
            heard = self.phone.reads()
            assert heard, f"{self.phone.name} hears nothing to {said!r}"
            self.cost.append(self._sent - before)
            self.offered.append(self.phone.labels)
            self.heard += map(str, heard)
        return self

    async def _says(self, text: str) -> None:
        await self.phone.says(text)

    async def _word(self, word: str) -> None:
        """A tap on a button that any old menu still carries, or the bare word."""
        if isinstance(self.phone, ZaloPhone):
            await self.phone.says(word)
        else:
            await self.phone.taps_word(word)

    async def _chooses(self, label: str) -> None:
        """A tap, or the number printed before it; the label itself where there is none, which needs no other page."""
        if not isinstance(self.phone, ZaloPhone):
            await self.phone.taps(label)
            return
        shown, choice = self.phone._offered(label)
        number = shown.number_of(choice) if shown is self.phone._menu() else ""
        await self.phone.says(number or label)

    async def tries_every_word(self, role: Role) -> "Journey":
        """Each word, and the first two things it offers."""
        for word in (*WORDS[role], *_EVERYONES):
            await self.goes(("word", word))
            first = [label for label in self.phone.labels if label not in ("Huỷ", "Menu")][:2]
            for label in first if word not in ("menu", "huỷ", "trợ giúp") else ():
                await self.goes(("word", word), ("chooses", label))
        return self


async def _code(office: Office, role: Role, unit: str) -> str:
    place = await office.people.unit(unit) if unit != office.plan.place.name else None

    async def job(session: AsyncSession) -> str:
        where = place or await office.people._unit(session, unit)
        return await invitations.make(
            session, campaign=office.plan.slug, role=role, unit=where, by=None, now=office.clock.now()
        )

    return await office.database.write(job)


async def _both(office: Office, role: Role) -> tuple[Journey, Journey]:
    """Two who joined in this role by the same number of steps, each in a unit of their own where the role has one."""
    journeys = []
    for messenger, unit in (("telegram", "Tổ dân phố 3"), ("zalo", "Tổ dân phố 4")):
        code = await _code(office, role, unit if role in (Role.VOLUNTEER, Role.HEAD) else office.plan.place.name)
        journey = Journey(office.people.stranger("Hạnh", on=messenger))
        opening = f"/start {code}" if messenger == "telegram" else code
        journeys.append(await journey.goes(("says", opening), ("chooses", "Đồng ý")))
    return journeys[0], journeys[1]


def _compare(on_telegram: Journey, on_zalo: Journey) -> None:
    """The same is offered at every step; nothing costs more; and nobody on Zalo is ever shown a slash command."""
    assert _alike(on_zalo.offered) == _alike(on_telegram.offered)
    assert all(zalo <= telegram for zalo, telegram in zip(on_zalo.cost, on_telegram.cost, strict=True))
    assert sum(on_zalo.cost) <= sum(on_telegram.cost)
    assert isinstance(on_zalo.phone, ZaloPhone)
    shown = [_ADDRESS.sub("", said.text) for said in on_zalo.phone.screen]
    assert not [text for text in shown if _SLASH_COMMAND.search(text)]
    print(f"{sum(on_telegram.cost)} taps and messages on Telegram, {sum(on_zalo.cost)} messages on Zalo")


def _alike(offered: list[list[str]]) -> list[list[str]]:
    return [[label.replace("Tổ dân phố 4", "Tổ dân phố 3") for label in labels] for labels in offered]


async def test_a_volunteers_day_costs_no_more_messages_than_taps(office: Office):
    on_telegram, on_zalo = await _both(office, Role.VOLUNTEER)
    for journey in (on_telegram, on_zalo):
        await journey.goes(*VOLUNTEER)
    _compare(on_telegram, on_zalo)
    saved = [sum("Đã ghi nhà" in said for said in journey.heard) for journey in (on_telegram, on_zalo)]
    assert saved == [5, 5]


@pytest.mark.parametrize("role", list(Role))
async def test_every_word_of_every_role(office: Office, role: Role):
    await office.database.write(lambda session: settings.put(session, settings.PUBLIC_URL, "https://bot.example"))
    on_telegram, on_zalo = await _both(office, role)
    for journey in (on_telegram, on_zalo):
        if role in (Role.VOLUNTEER, Role.HEAD):
            await journey.goes(("says", "nhà 3 đã cài 2"), ("says", "nhà 5 vắng"))
        await journey.tries_every_word(role)
    _compare(on_telegram, on_zalo)


_HOUSES = 6
_STYLES: dict[str, list[list[Step]]] = {
    "taps": [
        [("says", f"nhà {n}"), ("chooses", "Đã cài & đăng ký"), ("chooses", "2")] for n in range(11, 11 + _HOUSES)
    ],
    "one line": [[("says", f"nhà {n} đã cài 2")] for n in range(11, 11 + _HOUSES)],
    "pasted list": [[("says", "\n".join(f"nhà {n} đã cài 2" for n in range(11, 11 + _HOUSES)))]],
}


@pytest.mark.parametrize("style", _STYLES)
async def test_a_household_costs_the_same_on_both(office: Office, style: str):
    """Sent by the person and said by the bot, for each household."""
    costs = []
    for journey in await _both(office, Role.VOLUNTEER):
        before, heard = sum(journey.cost), len(journey.heard)
        for steps in _STYLES[style]:
            await journey.goes(*steps)
        costs.append(((sum(journey.cost) - before) / _HOUSES, (len(journey.heard) - heard) / _HOUSES))
    print(f"{style}: Telegram {costs[0]}, Zalo {costs[1]} (in, out) a household")
    assert costs[1] <= costs[0]
    assert costs[1][1] <= costs[0][1]
