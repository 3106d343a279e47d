"""Several plans in one installation: each its own bots or a shared one, and none sees another's people or figures."""

import re
from datetime import datetime
from io import BytesIO
from pathlib import Path

import aiohttp
import openpyxl
import pytest
from sqlmodel import select

from bot.settings import BadSettings, Settings
from bot.stations import stations
from campaigns import EXAMPLE, HERE
from rules import plan as plans
from rules.roles import Role
from scheduler import tick
from simulator.telegram import TelegramSimulator
from simulator.zalo import ZaloSimulator
from storage.tables import Chat, Outbox, Person
from tests.zalo.several import Installation, plan_files, running, token

A, B = "viet-hoa-2026", "tu-ky-2026"
TU_KY = HERE / "tu-ky-2026.toml"
AFTERNOON = datetime.fromisoformat("2026-06-10T14:00:00+07:00")  # it runs on: far from any hour at which we speak first
OWN = '[bots]\nzalo = "TU_KY_ZALO_TOKEN"\n'


@pytest.fixture
async def two_bots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Việt Hoà on the shared Zalo bot, Tứ Kỳ on one of its own; Telegram is shared."""
    monkeypatch.setenv("TU_KY_ZALO_TOKEN", token(1))
    campaign = plan_files(tmp_path, [(EXAMPLE, ""), (TU_KY, OWN)])
    async with ZaloSimulator(token(0), "Bot Việt Hoà") as zalo, TelegramSimulator() as telegram:
        zalo.add_bot(token(1), "Bot Tứ Kỳ")
        given = {"campaign": campaign, "clock": AFTERNOON, "zalo_token": token(0)}
        async with running(tmp_path, zalo, telegram, **given) as office:
            yield office


@pytest.fixture
async def shared(tmp_path: Path):
    """Both plans on one bot of each messenger."""
    campaign = plan_files(tmp_path, [(EXAMPLE, ""), (TU_KY, "")])
    async with (
        ZaloSimulator(token(0), "Bot Hải Phòng") as zalo,
        TelegramSimulator() as telegram,
        running(tmp_path, zalo, telegram, campaign=campaign, clock=AFTERNOON) as office,
    ):
        yield office


async def test_a_code_of_another_plan_is_sent_to_its_own_bot(two_bots: Installation):
    one, two = two_bots.bots
    made = await two_bots.invites(plan=B)
    assert made.ways.zalo == two.link
    lan = two_bots.zalo.person("lan", "Lan")
    assert await two_bots.asks(lan, made.code, one) == (
        "Mã này là của xã Tứ Kỳ, còn bot này phục vụ nơi khác. Bạn mở bot của xã Tứ Kỳ:\n"
        f"Trên Zalo: mở {two.link} rồi gửi lại mã.\n"
        f"Trên Telegram: https://t.me/GoTungNhaBot?start={made.code}\n"
        "Mã vẫn còn dùng được."
    )
    asked = await two_bots.asks(lan, made.code, two)
    assert "Bạn sắp vào: Tổ dân phố 3, xã Tứ Kỳ" in asked
    assert "Ủy ban nhân dân xã Tứ Kỳ" in asked
    assert "Việt Hoà" not in asked
    assert "Bạn đã là" in await two_bots.asks(lan, "1", two)


async def test_a_stranger_hears_of_the_place_whose_bot_it_is(two_bots: Installation):
    khach = two_bots.zalo.person("khach", "Khách")
    here, there = [await two_bots.asks(khach, "xin chào", bot) for bot in two_bots.bots]
    assert "phường Việt Hoà" in here
    assert "Tứ Kỳ" not in here
    assert "xã Tứ Kỳ" in there
    assert "Việt Hoà" not in there


async def test_where_one_bot_serves_both_a_stranger_says_which_place(shared: Installation):
    (bot,) = shared.bots
    khach = shared.zalo.person("khach", "Khách")
    asked = await shared.asks(khach, "xin chào", bot)
    assert "1. phường Việt Hoà\n2. xã Tứ Kỳ" in asked
    told = await shared.asks(khach, "2", bot)
    assert "xã Tứ Kỳ" in told
    assert "Việt Hoà" not in told
    made = await shared.invites(plan=B)
    assert "Bạn sắp vào: Tổ dân phố 3, xã Tứ Kỳ" in await shared.asks(khach, made.code, bot)


@pytest.mark.parametrize("tokens", [1, 2])
async def test_no_plan_sees_the_others_houses_people_or_figures(
    tokens: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A unit of the same name in both, an officer in each: what one asks for and is sent is of the own plan alone."""
    monkeypatch.setenv("TU_KY_ZALO_TOKEN", token(tokens - 1))
    campaign = plan_files(tmp_path, [(EXAMPLE, ""), (TU_KY, OWN)])
    async with ZaloSimulator(token(0), "Bot Việt Hoà") as zalo, TelegramSimulator() as telegram:
        if tokens > 1:
            zalo.add_bot(token(1), "Bot Tứ Kỳ")
        given = {"campaign": campaign, "clock": AFTERNOON, "zalo_token": token(0)}
        async with running(tmp_path, zalo, telegram, **given) as here:
            await _each_for_itself(here)


async def _each_for_itself(here: Installation) -> None:
    bots = {A: here.bots[0], B: here.bots[-1]}
    told: dict[str, list[str]] = {}
    for plan, house in ((A, "11"), (B, "77")):
        lan = await here.joined(f"Lan {plan}", bot=bots[plan], plan=plan)
        head = await here.joined(f"Hạnh {plan}", bot=bots[plan], plan=plan, role=Role.HEAD)
        officer = await here.joined(f"Nhung {plan}", bot=bots[plan], plan=plan, role=Role.OFFICER)
        assert f"Đã ghi nhà {house}" in await here.asks(lan, f"nhà {house} đã cài 1", bots[plan])
        told[plan] = [
            await here.asks(officer, word, bots[plan]) for word in ("tiến độ", "xem", "còn", "vướng", "lưu ý")
        ]
        told[plan] += [await here.asks(head, word, bots[plan]) for word in ("còn", "tiến độ", "qr")]
        told[plan].append(await here.asks(lan, "qr android", bots[plan]))
    for plan, house in ((A, "11"), (B, "77")):
        officer = here.zalo.people[f"nhung {plan}"]
        assert await _register_behind(await here.asks(officer, "xuất sổ để đối chiếu", bots[plan])) == [house]
    await _digests(here, told)
    for plan, (own, other, foreign) in {A: ("Việt Hoà", "Tứ Kỳ", "77"), B: ("Tứ Kỳ", "Việt Hoà", "nhà 11")}.items():
        said = "\n".join(told[plan])
        assert own in said, plan
        assert other not in said, plan
        assert not re.search(rf"\b{foreign}\b", said), said


async def _register_behind(said: str) -> list[str]:
    """The houses in the register that a link opens."""
    link = re.search(r"http\S+/f/\S+", said)
    assert link, said
    phone = {"User-Agent": "Mozilla/5.0 (Linux; Android 10) Chrome/120 Mobile Safari/537.36"}
    async with aiohttp.ClientSession(headers=phone) as http, http.get(link[0]) as answer:
        assert answer.status == 200
        rows = list(openpyxl.load_workbook(BytesIO(await answer.read())).active.iter_rows(values_only=True))
    first = next(number for number, row in enumerate(rows) if row[0] == "Mã")
    return [str(row[2]) for row in rows[first + 1 :]]


async def _digests(here: Installation, told: dict[str, list[str]]) -> None:
    """What the timetable queues at five goes to each plan's own people, and speaks of that plan."""
    evening = AFTERNOON.replace(hour=17, minute=0, second=5)
    await here.app.database.write(lambda session: _drop_queue(session))
    here.app.delivery.stop()
    await tick.wake(here.app.database, list(here.app.plans.values()), evening)
    async with here.app.database.reading() as session:
        rows = list(await session.exec(select(Outbox).where(Outbox.kind == "push")))
        people = select(Chat.key, Person.campaign).join(Person, Person.id == Chat.person_id)
        whose = dict((await session.exec(people)).all())
    digests = [row for row in rows if row.dedupe_key.startswith("digest:")]
    assert len(digests) >= 2
    for row in rows:
        told[whose[row.chat_key]].append(row.body["reply"]["text"])


async def _drop_queue(session) -> None:
    for row in await session.exec(select(Outbox).where(Outbox.kind == "push")):
        await session.delete(row)


async def test_a_link_code_is_not_taken_by_a_bot_of_another_plan(two_bots: Installation):
    one, two = two_bots.bots
    lan = await two_bots.joined("Lan", plan=B)
    said = await two_bots.asks(lan, "liên kết", two)
    code = said.splitlines()[1]
    other = two_bots.zalo.person("lan-hai", "Lan")
    sent_on = await two_bots.asks(other, code, one)
    assert sent_on.startswith("Bot này chưa nối bạn được. Bạn gõ mã vào bot này của xã Tứ Kỳ nhé:")
    assert two.link in sent_on


async def test_who_is_of_a_plan_that_does_not_run_is_told_so_and_sees_nothing(shared: Installation):
    (bot,) = shared.bots
    lan = await shared.joined("Lan", plan=B)
    del shared.app.plans[B]
    assert "hiện không chạy ở đây" in await shared.asks(lan, "tiến độ", bot)


def _read(folder: Path, *more: str) -> list[plans.Plan]:
    sources = [EXAMPLE, TU_KY]
    return [plans.load(Path(path)) for path in plan_files(folder, zip(sources, more, strict=True)).split(",")]


def test_tokens_are_read_plan_by_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text(
        f"TELEGRAM_TOKEN=1:shared\nZALO_TOKEN={token(0)},{token(1)}\nTU_KY_ZALO_TOKEN={token(2)}\n"
        "ZALO_BOT_LINK=https://zalo.example/0, https://zalo.example/1\nTU_KY_LINK=https://zalo.example/2\n",
        encoding="utf-8",
    )
    own = '[bots]\nzalo = "TU_KY_ZALO_TOKEN"\nzalo_link = "TU_KY_LINK"\n'
    found = stations(Settings(), _read(tmp_path, "", own))
    assert [(one.platform, one.token, one.campaigns, one.link, one.webhook_path()) for one in found] == [
        ("telegram", "1:shared", (A, B), "", "/telegram/webhook"),
        ("zalo", token(0), (A,), "https://zalo.example/0", "/zalo/webhook"),
        ("zalo", token(1), (A,), "https://zalo.example/1", f"/zalo/webhook/{token(1).split(':')[0]}"),
        ("zalo", token(2), (B,), "https://zalo.example/2", f"/zalo/webhook/{token(2).split(':')[0]}"),
    ]
    assert token(0).split(":")[1] not in repr(found)


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"zalo_token": f"{token(0)},{token(0)}"}, "viết hai lần"),
        ({"zalo_token": token(0), "zalo_bot_link": "https://a.vn,https://b.vn"}, "2 đường dẫn"),
        ({"zalo_token": f"{token(0)},{token(0)}x"}, "cùng một bot"),
    ],
)
def test_tokens_that_cannot_be_meant_so_are_refused(tmp_path: Path, given: dict[str, str], word: str):
    with pytest.raises(BadSettings, match=word):
        stations(Settings(_env_file=None, **given), _read(tmp_path, "", ""))


def test_one_token_in_two_variables_is_one_bot_of_both_plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TU_KY_ZALO_TOKEN", token(0))
    (only,) = stations(Settings(_env_file=None, zalo_token=token(0)), _read(tmp_path, "", OWN))
    assert only.campaigns == (A, B)


def test_a_token_written_into_a_plan_is_refused_without_repeating_it(tmp_path: Path):
    with pytest.raises(plans.UnreadablePlan, match="là tên biến trong") as refused:
        _read(tmp_path, "", f'[bots]\nzalo = "{token(0)}"\n')
    assert token(0) not in str(refused.value)
