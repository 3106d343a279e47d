"""A plan changed in the middle: an act with a day and an author, said once in the next digest; what was sent stands."""

import pytest
from sqlmodel import select

from rules.plan_changes import differences
from rules.roles import Role
from storage import plan_changes, resettle, retention
from storage.tables import PlanChange, Setting
from tests.rules.test_five_plans import PLANS
from tests.scheduler.commune import VIET_HOA, Commune, june, on
from texts import plan_changes as texts

ANOTHER_YEAR = "đến hết ngày 31/7/2026"


def changed(**deadline):
    """Việt Hoà's plan with another first deadline, target and reason."""
    [first, *others] = VIET_HOA.deadlines
    indicator = VIET_HOA.indicator.model_copy(update={"target_percent": 90})
    outcomes = [one.model_copy(update={"said": "đi vắng"}) if one.code == "nobody_home" else one
                for one in VIET_HOA.outcomes]  # fmt: skip
    return VIET_HOA.model_copy(
        update={
            "deadlines": (first.model_copy(update=deadline), *others),
            "indicators": (indicator, *VIET_HOA.indicators[1:]),
            "outcomes": tuple(outcomes),
        }
    )


async def follows(commune: Commune, plan, now, author="Hoa"):
    commune.plan = plan
    return await commune.database.write(lambda s: resettle.follow(s, plan, now, author))


async def test_the_next_digest_says_what_changed_once_and_the_old_one_stands(commune):
    officer, village = await commune.person(Role.OFFICER), await commune.unit("Tổ dân phố 3", 60)
    lan = await commune.person(Role.VOLUNTEER, village)
    await follows(commune, VIET_HOA, on(10, "08:00"))
    await commune.does(lan, village, 30, day=june(11))
    await commune.wakes(on(11, "17:00"))
    [before] = await commune.bulletins()
    found = await follows(commune, changed(says=ANOTHER_YEAR), on(12, "09:30"))
    assert len(found.changes) == 3
    for day in (12, 13):
        await commune.wakes(on(day, "17:00"))
    kept, second, third = [each for each in await commune.bulletins() if each.person_id == officer.id]
    assert (kept.said, kept.said_hash, kept.figures) == (before.said, before.said_hash, before.figures)
    [line] = [each for each in second.said.splitlines() if each.startswith("Kế hoạch đổi")]
    assert line == (
        "Kế hoạch đổi ngày 12/6: chỉ tiêu “Hộ dân đang sử dụng điện thoại thông mi…”: đích 100% → 90%, "
        "hạn “100% hộ dân đang sử dụng điện thoại thô…”: “đến hết ngày 30/6/2026” → “đến hết ngày 31/7/2026”, "
        "kết quả “Vắng nhà”: gọi là “vắng nhà” → “đi vắng”. Số đã gửi trước đó giữ nguyên."
    )
    assert "Kế hoạch đổi" not in third.said
    async with commune.database.reading() as session:
        [act] = await session.exec(select(PlanChange))
    assert (act.author, act.at) == ("Hoa", on(12, "09:30"))


async def test_a_newcomer_is_not_told_of_changes_before_their_time(commune):
    village = await commune.unit("Tổ dân phố 3", 60)
    lan = await commune.person(Role.VOLUNTEER, village)
    await commune.does(lan, village, 1, day=june(11))
    await follows(commune, VIET_HOA, on(10, "08:00"))
    await follows(commune, changed(says=ANOTHER_YEAR), on(12, "09:30"))
    newcomer = await commune.person(Role.LEADER, joined=on(12, "10:00"))
    await commune.wakes(on(12, "17:00"))
    [said] = await commune.digests(newcomer)
    assert "Kế hoạch đổi" not in said


async def test_what_only_reads_a_clause_otherwise_decides_nothing(commune):
    await follows(commune, VIET_HOA, on(10, "08:00"))
    notes = VIET_HOA.model_copy(update={"readings": ("đọc khác",)})
    assert (await follows(commune, notes, on(11, "08:00"))).changes == ()
    async with commune.database.reading() as session:
        assert not list(await session.exec(select(PlanChange)))
        kept = list(await session.exec(select(Setting)))
    assert {each.key for each in kept} >= {"plan:viet-hoa-2026", "plan.text:viet-hoa-2026"}


async def test_applied_beside_a_running_bot_it_is_settled_again_at_its_next_start(commune):
    village = await commune.unit("Tổ dân phố 3", 60)
    lan = await commune.person(Role.VOLUNTEER, village)
    await follows(commune, VIET_HOA, on(10, "08:00"))
    outcomes = tuple(o.model_copy(update={"done": False}) if o.code == "had_it" else o for o in VIET_HOA.outcomes)
    stricter = VIET_HOA.model_copy(update={"outcomes": outcomes})
    job = lambda s: resettle.follow(s, stricter, on(11, "08:00"), "Hoa", again_at_start=True)  # noqa: E731
    assert len((await commune.database.write(job)).changes) == 1
    await commune.visit(lan, village, "1", "had_it", day=june(11))  # logged by the bot that knows the old plan
    again = await follows(commune, stricter, on(11, "12:00"))
    assert (again.changes, again.houses) == ((), 1)
    async with commune.database.reading() as session:
        acts = await plan_changes.between(session, VIET_HOA.slug, on(1, "00:00"), on(30, "00:00"))
    assert [texts.phrase(change) for _, changes in acts for change in changes] == [
        "kết quả “Có từ trước”: tính là xong có → không"
    ]


async def test_who_changed_it_is_forgotten_with_the_campaign(commune):
    village = await commune.unit("Tổ dân phố 3", 60)
    lan = await commune.person(Role.VOLUNTEER, village)
    await commune.does(lan, village, 1, day=june(11))
    await follows(commune, VIET_HOA, on(10, "08:00"))
    await follows(commune, changed(says=ANOTHER_YEAR), on(12, "09:30"))
    await commune.database.write(lambda s: retention.forget_residents(s, VIET_HOA.slug, on(30, "08:00")))
    async with commune.database.reading() as session:
        assert [each.author for each in await session.exec(select(PlanChange))] == [None]


@pytest.mark.parametrize("name", PLANS)
def test_every_entry_of_every_plan_can_be_said_when_it_comes_goes_or_changes(name):
    plan = PLANS[name].model_dump(mode="json")
    assert differences(plan, plan) == []
    empty = {table: [] if isinstance(value, list) else value for table, value in plan.items()}
    for old, new in ((plan, empty), (empty, plan)):
        for line in texts.lines(differences(old, new)):
            assert "mục [" not in line
            assert "None" not in line
    for other in PLANS.values():
        told = texts.lines(differences(plan, other.model_dump(mode="json")))
        assert all(len(line) < 220 and "{" not in line for line in told)


def test_what_a_new_release_has_a_place_for_was_decided_by_nobody():
    plan = PLANS["tu-ky-2026"].model_dump(mode="json")
    before = {table: value for table, value in plan.items() if table not in ("reports", "police")}
    before["time"] = {name: value for name, value in plan["time"].items() if name != "remind_at"}
    assert differences(before, plan) == []
