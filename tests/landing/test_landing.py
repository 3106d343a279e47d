"""The resident's page by HTTP: useful whatever was scanned, counted without anybody's address."""

import asyncio
import re
from html import escape
from pathlib import Path

import pytest

from bot.landing import Landing
from campaigns import EXAMPLE
from guides.page import page
from rules.guide_codes import new_guide_code, read_guide_code, scan_link, shown
from rules.plan import Plan, load
from rules.visitors import kind_of, system_of
from storage import guide_codes
from storage.tables import SQLModel
from tests.conversations.office import StandingClock
from tests.landing.conftest import ANDROID, IPHONE, Gate, served, unit_of

ZALO_ON_A_PHONE = ANDROID + " Zalo android/24.05 ZaloTheme/light"
PREVIEWS = [
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "TelegramBot (like TwitterBot)",
    "WhatsApp/2.23.20.0 A",
    "ZaloBot/1.0",
    "Mozilla/5.0 (compatible; Zalo/1.0)",
]


async def test_the_page_has_both_stores_the_steps_the_hotline_and_no_script(gate: Gate, code: str, plan: Plan) -> None:
    status, html = await gate.opens(code)
    assert status == 200
    assert '<html lang="vi">' in html
    for words in (*plan.app.steps, "tel:1022", "Bác đang ở bước 1 trên 3.", plan.app.video, plan.place.authority):
        assert words in html
    assert "Trang này do Ủy ban nhân dân phường Việt Hoà làm" in html
    assert "Trang không hỏi và không ghi tên, số điện thoại, địa chỉ hay vị trí của bác" in html
    opened = set(re.findall(r'href="([^"]+)"', html))
    stored = {plan.app.store_link("ios"), plan.app.store_link("android").replace("&", "&amp;"), plan.app.video}
    assert {link for link in opened if not link.startswith(("#", "?", "tel:"))} == stored
    assert not re.search(r"<script|<img|<link|<iframe|<form|url\(|@import|src=|\son\w+=", html)
    assert len(html.encode()) < 30_000


@pytest.mark.parametrize(("agent", "first"), [(IPHONE, "App Store"), (ANDROID, "Google Play")])
async def test_the_right_store_comes_first_and_the_other_is_there(
    gate: Gate, code: str, agent: str, first: str
) -> None:
    _, html = await gate.opens(code, agent=agent)
    buttons = re.findall(r'<a class="(get[^"]*)"[^>]*><b>[^<]*(App Store|Google Play)', html)
    assert next(name for _, name in buttons) == first
    assert [looks for looks, _ in buttons] == ["get first", "get"]


@pytest.mark.parametrize("file", sorted(EXAMPLE.parent.glob("*.toml")), ids=lambda file: file.stem)
def test_every_plan_has_its_page(file: Path) -> None:
    plan = load(file)
    for system in ("ios", "android", None):
        html = page(plan, system, 2)
        assert len(html.encode()) < 30_000
        assert all(escape(step) in html for step in plan.app.steps)
        assert all(escape(plan.app.store_link(each)) in html for each in ("ios", "android"))
        assert ("tel:" in html) == any(map(str.isdigit, plan.app.hotline))


async def test_steps_are_plain_links(gate: Gate, code: str) -> None:
    _, html = await gate.opens(f"{code}?buoc=2")
    assert "Bác đang ở bước 2 trên 3." in html
    assert html.count('aria-current="step"') == 1
    assert 'href="?buoc=3#steps"' in html
    assert 'href="?buoc=1#steps"' in html
    for nonsense in ("", "0", "-1", "999", "٣", "<b>"):
        status, html = await gate.opens(f"{code}?buoc={nonsense}")
        assert status == 200
        assert "<b>&" not in html
    _, html = await gate.opens(f"{code}?buoc=4")
    assert "Bác đã làm xong các bước." in html


async def test_headers_let_nothing_in_and_nothing_out(gate: Gate, code: str) -> None:
    async with gate.http.get(f"{gate.address}/g/{code}") as answer:
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'unsafe-inline'")
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "private, max-age=300"
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("bad", ["", "0000000A", "x", "..%2f..%2fetc", "%00%ff", "a/b/c", "G" * 5000, "<script>"])
async def test_a_bad_link_opens_the_same_page_and_status(gate: Gate, code: str, bad: str) -> None:
    assert await gate.opens(bad) == await gate.opens(code)


async def test_one_plan_asks_the_database_nothing_so_no_time_tells_codes_apart(
    gate: Gate, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise AssertionError("the page waited for the database")

    monkeypatch.setattr(gate.database, "reading", refuse)
    monkeypatch.setattr(gate.database, "write", refuse)
    assert await gate.opens(code) == await gate.opens(new_guide_code())
    monkeypatch.undo()


async def test_ten_thousand_tries_leave_nothing_behind(gate: Gate, code: str) -> None:
    async def tries(times: int) -> None:
        for _ in range(times):
            assert (await gate.opens(new_guide_code()))[0] == 200

    await asyncio.gather(*(tries(100) for _ in range(10)))
    for _ in range(9_000):
        gate.landing._repeats.is_new("127.0.0.1", new_guide_code(), gate.landing._clock.now())
    assert len(gate.landing._waiting) <= 1_000
    assert len(gate.landing._repeats._seen[0]) <= 1_000
    assert await gate.scans(code) == {}
    assert (await gate.opens(code, **{"X-Forwarded-For": "203.0.113.9"}))[0] == 200
    assert await gate.scans(code) == {"person": 1}


async def test_several_plans_show_the_codes_own_and_the_first_to_everybody_else(
    gate: Gate, code: str, plan: Plan, clock: StandingClock
) -> None:
    app = plan.app.model_copy(update={"name": "Xã Bên", "hotline": "", "video": ""})
    other = plan.model_copy(update={"slug": "ben", "app": app})
    units = {slug: await unit_of(gate.database, slug, "Thôn 1") for slug in ("ben", "old-2025")}

    async def codes(session):
        return {slug: (await guide_codes.code_for(session, slug, unit, now=clock.now())).code
                for slug, unit in units.items()}  # fmt: skip

    made = await gate.database.write(codes)
    runner, address = await served(Landing(gate.database, {plan.slug: plan, "ben": other}, clock))

    async def title(path: str) -> str:
        async with gate.http.get(f"{address}/g/{path}") as answer:
            return re.findall(r"<title>([^–]+) –", await answer.text())[0]

    assert await title(made["ben"]) == "Cài Xã Bên"
    assert await title(code) == await title(made["old-2025"]) == await title("nonsense") == "Cài Smart Hải Phòng"
    await runner.cleanup()


async def test_people_previews_and_bots_are_counted_apart(gate: Gate, code: str) -> None:
    await gate.opens(code, agent=ANDROID)
    await gate.opens(code.lower(), agent=ZALO_ON_A_PHONE)
    await gate.opens(code, agent=IPHONE)
    for agent in PREVIEWS:
        await gate.opens(code, agent=agent)
    await gate.opens(code, agent=IPHONE, method="HEAD")
    await gate.opens(code, agent="Googlebot/2.1")
    assert await gate.scans(code) == {"person": 3, "preview": 6, "bot": 1}


async def test_a_repeat_within_an_hour_and_the_steps_count_once(gate: Gate, code: str, clock: StandingClock) -> None:
    for minutes in (0, 20, 20, 19):
        clock.passes(minutes=minutes)
        await gate.opens(code)
        await gate.opens(f"{code}?buoc=2")
    assert await gate.scans(code) == {"person": 1}
    clock.passes(minutes=1)
    await gate.opens(code)
    clock.passes(minutes=59)
    await gate.opens(code)
    assert await gate.scans(code) == {"person": 2}
    await gate.opens(code, **{"X-Forwarded-For": "198.51.100.7, 203.0.113.9"})
    assert await gate.scans(code) == {"person": 3}


async def test_no_address_and_no_browser_is_kept(gate: Gate, code: str, caplog: pytest.LogCaptureFixture) -> None:
    await gate.opens(code, agent="Unmistakable/7.7 (iPhone)", **{"X-Forwarded-For": "203.0.113.77"})
    await gate.landing.write_down()
    async with gate.database.reading() as session:
        kept = [str(row) for table in SQLModel.metadata.tables.values() for row in await session.exec(table.select())]
    assert kept
    for trace in ("203.0.113.77", "Unmistakable"):
        assert not any(trace in row for row in kept)
        assert trace not in caplog.text


async def test_scans_wait_while_the_database_is_away(gate: Gate, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(_: object) -> None:
        raise ConnectionError

    await gate.opens(code)
    monkeypatch.setattr(gate.database, "write", away)
    await gate.landing.write_down()
    monkeypatch.undo()
    assert await gate.scans(code) == {"person": 1}


def test_a_phone_called_cubot_is_no_bot() -> None:
    cubot = "Mozilla/5.0 (Linux; Android 10; CUBOT_X30) AppleWebKit/537.36 Chrome/96.0 Mobile Safari/537.36"
    assert (kind_of(cubot), system_of(cubot)) == ("person", "android")
    assert kind_of("") == "bot"
    assert kind_of(ANDROID, purpose="prefetch;prerender") == "preview"


def test_codes_are_read_as_people_type_them() -> None:
    assert read_guide_code(" 7k2m - 9qxo ") == "7K2M9QX0"
    assert shown("7K2M9QX0") == "7K2M-9QX0"
    assert [read_guide_code(text) for text in ("12345678", "ABCDEFGH", "nhà 12", "7K2M9QX", "x" * 99)] == [None] * 5


def test_what_a_plan_says_is_never_markup(plan: Plan) -> None:
    app = plan.app.model_copy(
        update={"name": "<script>x</script>", "hotline": "", "video": "", "steps": ("<b>1</b>", '"2"')}
    )
    html = page(plan.model_copy(update={"app": app}))
    assert "<script" not in html
    assert "<b>1" not in html
    assert "tel:" not in html


async def test_the_capitals_of_a_qr_code_open_and_count_like_the_small_letters_of_a_link(gate: Gate, code: str) -> None:
    host = gate.address.partition("://")[2]
    scanned = scan_link(gate.address, code)
    assert scanned == f"http://{host.upper()}/G/{code}"
    async with gate.http.get(scanned, headers={"User-Agent": "Mozilla/5.0 (iPhone)"}) as answer:
        assert answer.status == 200
        assert await answer.text() == (await gate.opens(code, agent="Mozilla/5.0 (iPhone)"))[1]
    assert await gate.scans(code) == {"person": 1}


def test_an_address_with_a_path_keeps_its_letters() -> None:
    assert scan_link("https://bot.example/Hai-Phong", "7K2M9QX4") == "https://bot.example/Hai-Phong/g/7K2M9QX4"
