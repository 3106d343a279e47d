"""Reminders reach those a deadline binds, name what they have left, and fall silent when nothing is."""

from datetime import timedelta

import pytest

from rules.plan import Deadline
from rules.roles import Role
from scheduler import tick
from tests.scheduler.commune import VIET_HOA, Commune, june, on, planned

HOUSES = Deadline(
    slug="ho-dan", says="đến hết ngày 30/6/2026", binds="village", what="cài đặt", indicator=VIET_HOA.indicator.slug
)
LIST = Deadline(slug="danh-sach", says="đến ngày 30/6/2026", binds="all", what="lập danh sách đã cài đặt")
ONLY_HOUSES = VIET_HOA.model_copy(update={"deadlines": (HOUSES,)})
BOTH = VIET_HOA.model_copy(update={"deadlines": (HOUSES, LIST)})


@pytest.fixture
async def village(commune: Commune):
    commune.plan = ONLY_HOUSES
    return await commune.unit("Tổ dân phố 3", 60)


@pytest.fixture
async def bay(commune: Commune, village):
    """The head of the village."""
    return await commune.person(Role.HEAD, village)


@pytest.fixture
async def lan(commune: Commune, village):
    """A volunteer of the village, who has done 46 of its 60 houses."""
    lan = await commune.person(Role.VOLUNTEER, village)
    await commune.does(lan, village, 46, day=june(20))
    await commune.unit("Tổ dân phố 8", 30)
    return lan


async def test_the_head_hears_what_the_unit_has_left(commune, bay, lan):
    assert (await commune.wakes(on(27, "08:00")))["reminders"] == 2
    said = (
        "Mình nhắc bạn một việc:\n"
        "• Tổ dân phố 3 còn 14/60 hộ. Còn 4 ngày tính cả hôm nay, cần 4 hộ/ngày để kịp 30/06.\n"
        "Gõ “còn” để xem những nhà chưa xong."
    )
    assert await commune.reminders(bay) == [said] == await commune.reminders(lan)


async def test_the_ladder_of_a_head_and_of_a_volunteer(commune, bay, lan):
    heard = {}
    for day in range(20, 31):
        await commune.wakes(on(day, "08:00"))
        heard[day] = len(await commune.reminders(bay)), len(await commune.reminders(lan))
    assert heard[22] == (0, 0)
    assert [day for day in range(21, 31) if heard[day][0] > heard[day - 1][0]] == [23, 27, 29, 30]
    assert [day for day in range(21, 31) if heard[day][1] > heard[day - 1][1]] == [27, 30]
    assert "Hôm nay 30/06 là hạn cuối" in (await commune.reminders(lan))[-1]
    keys = [row.dedupe_key for row in await commune.queued() if row.chat_key == f"telegram:{bay.id}"]
    assert keys == [f"remind:ho-dan:{bay.id}:{step}" for step in ("before7", "before3", "before1", "day0")]


async def test_a_unit_that_gets_done_hears_no_more(commune, village, bay, lan):
    await commune.wakes(on(27, "08:00"))
    await commune.does(lan, village, 14, day=june(28), start=47)
    for day in (29, 30):
        await commune.wakes(on(day, "08:00"))
    minh = await commune.person(Role.OFFICER)
    await commune.wakes(on(1, "08:00", month=7))
    assert len(await commune.reminders(bay)) == len(await commune.reminders(lan)) == 1
    assert "Chưa xong: Tổ dân phố 8 (còn 30 hộ)." in (await commune.reminders(minh))[0]


async def test_a_second_tick_that_found_the_same_due_decides_nothing_more(commune, village, bay, lan):
    async def ticks(session):
        return await tick.tick(session, [commune.plan], on(27, "08:00"))

    for house in range(47, 61):
        last = await commune.visit(lan, village, str(house), day=june(26))
    await commune.database.write(ticks)
    await commune.takes_back(lan, last, on(27, "08:00"))
    assert (await commune.database.write(ticks))["reminders"] == 0


async def test_decided_once_whatever_changes_later(commune, village, bay, lan):
    last = None
    for house in range(47, 61):
        last = await commune.visit(lan, village, str(house), day=june(26))
    await commune.wakes(on(27, "08:00"))
    await commune.takes_back(lan, last, on(27, "09:00"))
    assert await commune.wakes(on(27, "09:01")) == {}
    assert await commune.reminders() == []


async def test_the_first_second_and_no_second_time(commune, bay, lan):
    assert await commune.wakes(on(27, "07:59:59")) == {}
    assert (await commune.wakes(on(27, "08:00")))["reminders"] == 2
    assert await commune.wakes(on(27, "08:00:01")) == {}
    assert await commune.wakes(on(27, "07:30")) == {}
    assert await commune.wakes(on(27, "08:00")) == {}


async def test_down_over_the_moment(commune, bay, lan):
    """After two hours only the head still hears of it, after twelve nobody."""
    assert (await commune.wakes(on(27, "10:00")))["reminders"] == 1
    assert await commune.reminders(lan) == []
    assert (await commune.wakes(on(29, "20:00")))["reminders"] == 0
    assert len(await commune.reminders(bay)) == 1


async def test_it_expires_when_it_no_longer_helps(commune, bay, lan):
    await commune.wakes(on(27, "08:00"))
    expiry = {row.chat_key: row.expires_at for row in await commune.queued()}
    assert expiry == {f"telegram:{bay.id}": on(27, "20:00"), f"telegram:{lan.id}": on(27, "10:00")}


async def test_quiet_hours_move_the_moment(commune, bay, lan):
    hours = {"time": planned(remind_at="05:00").time}
    commune.plan = ONLY_HOUSES.model_copy(update=hours)
    assert await commune.wakes(on(27, "05:00")) == {}
    assert (await commune.wakes(on(27, "06:30")))["reminders"] == 2
    assert {row.expires_at - on(27, "06:30") for row in await commune.queued()} == {
        timedelta(hours=2),
        timedelta(hours=12),
    }


async def test_what_would_wait_out_the_quiet_hours_is_not_queued(commune, bay, lan):
    commune.plan = ONLY_HOUSES.model_copy(update={"time": planned(remind_at="15:00").time})
    assert (await commune.wakes(on(27, "21:30")))["reminders"] == 0
    assert await commune.queued() == []


async def test_an_unknown_total_is_said(commune, village, bay, lan):
    await commune.changes(village, smartphone_households=None)
    await commune.wakes(on(27, "08:00"))
    [said] = await commune.reminders(bay)
    assert "Tổ dân phố 3 chưa có tổng số; đã ghi 46 hộ. Còn 4 ngày tính cả hôm nay, hạn 30/06." in said
    assert await commune.reminders(lan) == []


async def test_a_total_outgrown_is_no_work_left(commune, village, bay, lan):
    await commune.changes(village, smartphone_households=40)
    await commune.wakes(on(27, "08:00"))
    assert await commune.reminders() == []


async def test_nobody_else_is_bound(commune, village, bay, lan):
    school = await commune.unit("Trường Tiểu học Việt Hoà", kind="school")
    await commune.person(Role.HEAD, school)
    for role in (Role.OFFICER, Role.LEADER, Role.POLICE, Role.OPERATOR):
        await commune.person(role)
    assert (await commune.wakes(on(27, "08:00")))["reminders"] == 2


async def test_two_deadlines_of_one_day_are_one_message(commune, village, bay, lan):
    commune.plan = BOTH
    await commune.wakes(on(27, "08:00"))
    [said] = await commune.reminders(bay)
    assert said.splitlines()[1:] == [
        "• Tổ dân phố 3 còn 14/60 hộ. Còn 4 ngày tính cả hôm nay, cần 4 hộ/ngày để kịp 30/06.",
        "• Lập danh sách đã cài đặt, đến ngày 30/6/2026 (còn 4 ngày tính cả hôm nay).",
        "Gõ “còn” để xem những nhà chưa xong.",
    ]
    assert len(await commune.bulletins()) == 2


async def test_a_duty_nobody_can_see_done(commune, village, bay, lan):
    """Heads of every kind of unit and the officers hear of it three days before and on the day."""
    commune.plan = BOTH
    school = await commune.unit("Trường Tiểu học Việt Hoà", kind="school")
    hoa, minh = await commune.person(Role.HEAD, school), await commune.person(Role.OFFICER)
    heard = []
    for day in (23, 27, 29, 30):
        await commune.wakes(on(day, "08:00"))
        heard.append((len(await commune.reminders(hoa)), len(await commune.reminders(minh))))
    assert heard == [(0, 0), (1, 1), (1, 1), (2, 2)]
    assert await commune.reminders(hoa) == await commune.reminders(minh)
    assert (await commune.reminders(hoa))[-1].splitlines()[1:] == [
        "• Lập danh sách đã cài đặt, đến ngày 30/6/2026 (hôm nay là hạn cuối)."
    ]


async def test_the_morning_after_the_officers_read_who_is_late(commune, village, bay, lan):
    done, unknown = await commune.unit("Tổ dân phố 4", 1), await commune.unit("Tổ dân phố 10")
    await commune.unit("Tổ dân phố 5", 20)
    await commune.does(lan, done, 1, day=june(20))
    await commune.does(lan, unknown, 2, day=june(20))
    await commune.unit("Trạm Y tế", 12, kind="clinic")
    minh, leader = await commune.person(Role.OFFICER), await commune.person(Role.LEADER)
    await commune.wakes(on(1, "08:00", month=7))
    assert await commune.reminders(minh) == [
        "Mình nhắc bạn một việc:\n"
        "• Đã quá hạn 30/06. Chưa xong: Tổ dân phố 3 (còn 14 hộ), 5 (còn 20 hộ), 8 (còn 30 hộ). "
        "Chưa có tổng số: Tổ dân phố 10 (đã ghi 2)."
    ]
    assert await commune.reminders(leader) == [] == await commune.reminders(bay)
    for day in (1, 2, 3):
        await commune.wakes(on(day, "08:30", month=7))
    assert len(await commune.reminders(minh)) == 1


async def test_who_blocked_the_bot_holds_up_nobody(commune, bay, lan):
    await commune.blocks(bay, on(26, "08:00"))
    assert (await commune.wakes(on(27, "08:00")))["reminders"] == 1
    assert await commune.wakes(on(27, "08:01")) == {}


async def test_volunteers_are_not_called_out_for_counts_of_persons(commune, village, bay, lan):
    indicator = VIET_HOA.indicator.model_copy(update={"counts": "person"})
    commune.plan = ONLY_HOUSES.model_copy(update={"indicators": (indicator,)})
    await commune.wakes(on(27, "08:00"))
    assert "còn 14/60 người" in (await commune.reminders(bay))[0]
    assert await commune.reminders(lan) == []


async def test_a_target_below_all(commune, village, bay, lan):
    indicator = VIET_HOA.indicator.model_copy(update={"target_percent": 80})
    commune.plan = ONLY_HOUSES.model_copy(update={"indicators": (indicator,)})
    await commune.wakes(on(27, "08:00"))
    assert "còn 2/60 hộ nữa để đạt 80%" in (await commune.reminders(bay))[0]
    await commune.does(lan, village, 2, day=june(28), start=47)
    await commune.wakes(on(29, "08:00"))
    assert len(await commune.reminders(bay)) == 1


async def test_a_school_is_told_how_to_report_and_nothing_of_houses(commune):
    staff = VIET_HOA.indicators[1]
    by = Deadline(slug="truong", says="đến ngày 30/6/2026", binds="school", what="cài đặt", indicator=staff.slug)
    commune.plan = VIET_HOA.model_copy(update={"deadlines": (by,)})
    school = await commune.unit("Trường Tiểu học", kind="school")
    mai = await commune.person(Role.HEAD, school)
    await commune.wakes(on(27, "08:00"))
    [said] = await commune.reminders(mai)
    assert said.startswith("Mình nhắc bạn một việc:\n• Trường Tiểu học chưa có tổng số")
    assert said.endswith("\nViệc phải báo, mỗi việc một dòng: “cán bộ 18/20”.")
    assert "còn" not in said.split("\n")[-1]
