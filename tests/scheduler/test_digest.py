"""The digest comes once, at its hour, and its figures add up."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from rules.roles import Role
from scheduler import tick
from storage import people
from storage.database import Database
from tests.scheduler.commune import Commune, june, on, planned


@pytest.fixture
async def minh(commune: Commune):
    """The officer."""
    return await commune.person(Role.OFFICER)


async def test_the_officer_reads_the_day(commune, minh):
    first, second = await commune.unit("Tổ dân phố 1", 10), await commune.unit("Tổ dân phố 2", 40)
    third, fourth = await commune.unit("Tổ dân phố 3", 20), await commune.unit("Tổ dân phố 10", 30)
    lan = await commune.person(Role.VOLUNTEER, first)
    await commune.does(lan, first, 10, day=june(23))
    await commune.does(lan, second, 4, day=june(24))
    await commune.visit(lan, second, "9", "nobody_home", day=june(24))
    await commune.does(lan, third, 5, day=june(21))
    assert (await commune.wakes(on(24, "17:00")))["digests"] == 1
    assert await commune.digests(minh) == [
        "Bản tin 17:00 ngày 24/06 – số 1, phường Việt Hoà\n"
        "Hôm nay: +4 hộ xong, đã ghi 5 nhà.\n"
        "Gồm cả các ngày 18/05–23/06 chưa có bản tin: tính từ đó +19 hộ.\n"
        "Tổng cộng: 19/100 hộ (19%), còn 81.\n"
        "Từ mai cần 14 hộ/ngày để kịp 30/06, hôm nay +4.\n"
        "Từ 2 ngày nay chưa ghi thêm: Tổ dân phố 3 (3 ngày)\n"
        "Chưa báo cáo: Tổ dân phố 10\n"
        "• Tổ dân phố 2: 4/40 hộ (10%), còn 36, hạng 3/3\n"
        "• Tổ dân phố 3: 5/20 hộ (25%), còn 15, hạng 2/3\n"
        "• Tổ dân phố 1: 10/10 hộ (100%), đủ, hạng 1/3"
    ]
    assert fourth.id


async def test_the_first_second_of_the_hour(commune, minh):
    assert await commune.wakes(on(24, "16:59:59")) == {}
    assert await commune.wakes(on(24, "17:00:00")) == {
        "digests": 1,
        "reminders": 0,
        "appointments": 0,
        "checks": 0,
        "evening": 0,
        "handoffs": 0,
        "handovers": 0,
        "notices": 0,
        "expired": 0,
    }
    assert await commune.wakes(on(24, "17:00:01")) == {}


async def test_officers_and_leaders_hear_it_and_nobody_else(commune, minh):
    village = await commune.unit("Tổ dân phố 1", 10)
    leader = await commune.person(Role.LEADER)
    for role in (Role.VOLUNTEER, Role.HEAD, Role.POLICE, Role.OPERATOR):
        await commune.person(role, village)
    gone = await commune.person(Role.OFFICER)
    await commune.database.write(lambda s: people.leave(s, gone.id, now=on(1, "08:00"), source="t"))
    assert (await commune.wakes(on(24, "17:00")))["digests"] == 2
    assert await commune.digests(minh) == await commune.digests(leader)
    assert len(await commune.digests()) == 2


async def test_every_restart_finds_it_done(commune, minh):
    await commune.wakes(on(24, "17:00"))
    for minute in (1, 2):
        again = Database(commune.database.url)
        assert await tick.wake(again, [commune.plan], on(24, f"17:0{minute}")) == {}
        await again.close()
    assert len(await commune.queued()) == len(await commune.bulletins()) == 1


async def test_two_ticks_at_once(commune, minh):
    """In one process and in two: each may find it due, one of them queues it."""
    other = Database(commune.database.url)
    now = on(24, "17:00")
    counts = await asyncio.gather(
        *(
            database.write(lambda session: tick.tick(session, [commune.plan], now))
            for database in (commune.database, commune.database, other, other)
        )
    )
    await other.close()
    assert sorted(count["digests"] for count in counts) == [0, 0, 0, 1]
    assert len(await commune.queued()) == len(await commune.bulletins()) == 1


async def test_a_crash_before_the_commit_leaves_nothing(commune, minh):
    async def crashes(session):
        await tick.tick(session, [commune.plan], on(24, "17:00"))
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        await commune.database.write(crashes)
    assert await commune.digests() == [] == await commune.bulletins()
    assert (await commune.wakes(on(24, "17:01")))["digests"] == 1


async def test_down_over_the_hour(commune, minh):
    await commune.wakes(on(22, "17:00"))
    assert (await commune.wakes(on(23, "20:00")))["digests"] == 1
    assert (await commune.digests(minh))[-1].startswith("Bản tin 17:00 ngày 23/06 – số 2")


async def test_down_too_long_goes_into_the_next(commune, minh):
    village = await commune.unit("Tổ dân phố 1", 50)
    lan = await commune.person(Role.VOLUNTEER, village)
    await commune.wakes(on(22, "17:00"))
    await commune.does(lan, village, 3, day=june(23))
    assert await commune.wakes(on(23, "21:00")) == {}
    assert await commune.wakes(on(23, "22:00")) == {}
    await commune.does(lan, village, 2, day=june(24), start=10)
    await commune.wakes(on(24, "17:00"))
    said = (await commune.digests(minh))[-1].splitlines()
    assert said[0].startswith("Bản tin 17:00 ngày 24/06 – số 2")
    assert said[1] == "Hôm nay: +2 hộ xong, đã ghi 2 nhà."
    assert said[2] == "Gồm cả ngày 23/06 chưa có bản tin: tính từ đó +5 hộ."
    assert [kept.covers_from for kept in await commune.bulletins()][-1] == june(23)
    await commune.wakes(on(25, "17:00"))
    assert "Gồm cả" not in (await commune.digests(minh))[-1]


async def test_four_hours_to_the_second(commune, minh):
    assert await commune.wakes(on(24, "21:00:00")) == {}
    assert (await commune.wakes(on(24, "20:59:59")))["digests"] == 1


async def test_the_clock_goes_back_and_forward(commune, minh):
    await commune.wakes(on(24, "17:00"))
    assert await commune.wakes(on(24, "16:30")) == {}
    assert await commune.wakes(on(24, "17:30")) == {}
    await commune.wakes(on(26, "17:00"))
    await commune.wakes(on(25, "17:00"))
    days = [(kept.day, kept.covers_from) for kept in await commune.bulletins()]
    assert days == [(june(24), june(24).replace(day=18, month=5)), (june(26), june(25)), (june(25), june(25))]


async def test_a_day_is_vietnams_day(commune, minh):
    """Made at 17:00 in Vietnam is 10:00 UTC; a visit at 00:30 there is yesterday in UTC and today at home."""
    assert await commune.wakes(datetime(2026, 6, 24, 9, 59, 59, tzinfo=UTC)) == {}
    await commune.wakes(datetime(2026, 6, 24, 10, tzinfo=UTC))
    assert [kept.day for kept in await commune.bulletins()] == [june(24)]
    assert await commune.wakes(datetime(2026, 6, 24, 17, 30, tzinfo=UTC)) == {}


async def test_it_moves_out_of_the_quiet_hours(commune, minh):
    commune.plan = planned(digest_at="20:00")
    await commune.wakes(on(24, "22:00"))
    [row] = await commune.queued()
    assert row.not_before == on(25, "06:30")


async def test_who_cannot_be_reached_waits_and_then_hears_what_was_missed(commune, minh):
    await commune.wakes(on(22, "17:00"))
    await commune.blocks(minh, on(23, "09:00"))
    await commune.wakes(on(23, "17:00"))
    assert await commune.wakes(on(23, "17:01")) == {}
    assert len(await commune.digests(minh)) == 1
    await commune.blocks(minh, None)
    await commune.wakes(on(24, "17:00"))
    assert "Gồm cả ngày 23/06" in (await commune.digests(minh))[-1]


async def test_a_newcomer_hears_of_no_day_before(commune, minh):
    await commune.wakes(on(23, "17:00"))
    newcomer = await commune.person(Role.LEADER, joined=on(24, "10:00"))
    late = await commune.person(Role.LEADER, joined=on(23, "22:00"))
    await commune.wakes(on(24, "17:00"))
    assert (
        (await commune.digests(minh))[-1] == (await commune.digests(newcomer))[-1] == (await commune.digests(late))[-1]
    )
    assert "số 2" in (await commune.digests(newcomer))[-1]


async def test_from_the_start_to_two_weeks_after_the_last_deadline(commune, minh):
    assert await commune.wakes(on(17, "17:00", month=5)) == {}
    assert (await commune.wakes(on(18, "17:00", month=5)))["digests"] == 1
    assert (await commune.wakes(on(14, "17:00", month=7)))["digests"] == 1
    assert await commune.wakes(on(15, "17:00", month=7)) == {}


@pytest.mark.parametrize(
    ("day", "month", "line"),
    [
        (29, 6, "Từ mai cần 8 hộ/ngày để kịp 30/06, hôm nay +0."),
        (30, 6, "Hôm nay 30/06 là hạn cuối, còn 8 hộ."),
        (1, 7, "Đã quá hạn 30/06, còn 8 hộ."),
    ],
)
async def test_the_deadline_comes_and_goes(commune, minh, day, month, line):
    village = await commune.unit("Tổ dân phố 1", 10)
    await commune.does(await commune.person(Role.VOLUNTEER, village), village, 2, day=june(20))
    await commune.wakes(on(day, "17:00", month))
    assert line in (await commune.digests(minh))[-1].splitlines()


async def test_nothing_left(commune, minh):
    village = await commune.unit("Tổ dân phố 1", 2)
    await commune.does(await commune.person(Role.VOLUNTEER, village), village, 2, day=june(20))
    await commune.wakes(on(24, "17:00"))
    lines = (await commune.digests(minh))[-1].splitlines()[3:]
    assert lines == [
        "Tổng cộng: 2/2 hộ (100%), còn 0.",
        "Đã đạt mục tiêu, hạn 30/06.",
        "• Tổ dân phố 1: 2/2 hộ (100%), đủ (dưới 10 hộ, xếp riêng)",
    ]


async def test_unknown_totals_and_totals_outgrown(commune, minh):
    first, second = await commune.unit("Tổ dân phố 1"), await commune.unit("Tổ dân phố 2", 3)
    lan = await commune.person(Role.VOLUNTEER, first)
    await commune.does(lan, first, 2, day=june(24))
    await commune.does(lan, second, 4, day=june(24))
    await commune.wakes(on(24, "17:00"))
    lines = (await commune.digests(minh))[-1].splitlines()[3:]
    assert lines == [
        "Tổng cộng: 6 hộ xong; 1 tổ dân phố chưa có tổng số, nên chưa tính được phần trăm.",
        "Còn 6 ngày nữa đến hết 30/06.",
        "Ghi vượt tổng đã khai, cần xem lại tổng: Tổ dân phố 2 (4/3)",
        "• Tổ dân phố 1: 2 hộ, chưa có tổng số",
    ]


async def test_a_visit_taken_back_is_gone_from_the_figures(commune, minh):
    village = await commune.unit("Tổ dân phố 1", 10)
    lan = await commune.person(Role.VOLUNTEER, village)
    await commune.visit(lan, village, "1", day=june(24))
    slip = await commune.visit(lan, village, "2", day=june(24))
    await commune.takes_back(lan, slip, on(24, "09:30"))
    await commune.wakes(on(24, "17:00"))
    assert "Tổng cộng: 1/10 hộ (10%), còn 9." in (await commune.digests(minh))[-1]
    assert "Hôm nay: +1 hộ xong, đã ghi 1 nhà." in (await commune.digests(minh))[-1]


async def test_what_was_sent_stays_as_it_was(commune, minh):
    village = await commune.unit("Tổ dân phố 1", 10)
    lan = await commune.person(Role.VOLUNTEER, village)
    visit = await commune.visit(lan, village, "1", day=june(24))
    await commune.wakes(on(24, "17:00"))
    await commune.takes_back(lan, visit, on(24, "17:05"))
    [kept], [queued] = await commune.bulletins(), await commune.queued()
    assert kept.said == queued.body["reply"]["text"]
    assert "Tổng cộng: 1/10 hộ" in kept.said


async def test_an_idle_tick_writes_nothing(commune, minh):
    async def never(_job):
        raise AssertionError("a write")

    commune.database.write = never
    for hour in ("00:00", "08:00", "12:00", "16:59", "22:00"):
        assert await commune.wakes(on(24, hour)) == {}


async def test_what_is_too_late_is_let_go(commune, minh):
    village = await commune.unit("Tổ dân phố 1", 10)
    await commune.person(Role.HEAD, village)
    await commune.wakes(on(27, "08:00"))
    done = await commune.wakes(on(27, "20:00") + timedelta(seconds=1))
    assert done["expired"] == 2
    assert {row.status for row in await commune.queued()} == {"expired", "pending"}
