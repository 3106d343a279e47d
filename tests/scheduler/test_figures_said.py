"""Random histories of houses, five plans: every number that digest, tiến độ and picture say is a naive recount's."""

import re
from datetime import date, timedelta
from random import Random

import pytest

from rules.figures import SMALL_TOTAL, UnitFigures
from rules.roles import Role
from scheduler.digest import draft
from storage import figures, houses, resettle
from storage.tables import House, Visit
from storage.units import Scope
from tests.rules.test_five_plans import PLANS
from tests.scheduler.commune import Commune, on
from tests.storage.test_five_counts import under
from tests.storage.test_random_histories import history, naive
from texts import digest_picture as picture_texts
from texts.figures import progress

TODAY = date(2026, 6, 24)
TOTALS = {"Thôn 1": 30, "Thôn 2": 40, "Thôn 3": 8, "Thôn 4": None, "Thôn 5": 20}  # nobody comes to Thôn 5
LOGGED = {"Thôn 1": 22, "Thôn 2": 25, "Thôn 3": 5, "Thôn 4": 8, "Thôn 5": 0}  # 60 houses, five plans: 300 histories
_SHARE = re.compile(r"(\d+)/(\d+) (?:hộ|người)")


async def told(commune: Commune, name: str, seed: int) -> dict[str, list[list[tuple[date, str, int]]]]:
    """Five villages under this plan, and what happened at their doors, by village."""
    plan, rng = PLANS[name], Random(seed)
    await under(commune, plan)
    codes = [outcome.code for outcome in plan.outcomes]
    happened: dict[str, list[list[tuple[date, str, int]]]] = {}
    for village, total in TOTALS.items():
        unit = await commune.unit(village)
        await commune.changes(unit, households=total, people=total and 4 * total, smartphone_households=total)
        lan = await commune.person(Role.VOLUNTEER, unit)
        happened[village] = [history(rng, codes, TODAY) for _ in range(LOGGED[village])]
        await commune.database.write(lambda s, u=unit, p=lan: _keep(s, plan, u, p, happened[u.name]))
    await commune.database.write(lambda s: resettle.settle_all(s, plan))
    return happened


async def _keep(session, plan, unit, lan, happened) -> None:
    for number, visits in enumerate(happened):
        key = f"{unit.id}.{number}"
        house = House(campaign=plan.slug, unit_id=unit.id, label=str(number), label_hash=key,
                      created_at=on(24, "08:00"))  # fmt: skip
        session.add(house)
        await session.flush()
        rows = [Visit(campaign=plan.slug, house_id=house.id, unit_id=unit.id, person_id=lan.id, day=day, outcome=code,
                      installs=installs, source=f"{key}:{nth}", created_at=on(24, "08:00"))
                for nth, (day, code, installs) in enumerate(visits)]  # fmt: skip
        session.add_all(rows)
        houses.take_state(house, rows, frozenset())


def of_unit(said: str, village: str) -> str:
    """The line about one village."""
    return next((line for line in said.splitlines() if line.startswith(f"• {village}:")), "")


@pytest.mark.parametrize("name", PLANS)
async def test_what_is_said_is_what_a_recount_finds(commune: Commune, name: str) -> None:
    plan, happened = PLANS[name], await told(commune, name, seed=11)
    async with commune.database.reading() as session:
        said = await draft(session, plan, TODAY)
        rows = await figures.of_units(session, plan, Scope(plan.slug, frozenset(range(1, 99))), TODAY)
    shown = {row.name: row for row in rows if row.name in TOTALS}
    counted = {village: naive(plan, visits, TODAY) for village, visits in happened.items()}
    written = sum(day == TODAY for visits in happened.values() for day, _, _ in (each[-1] for each in visits))
    both = said, progress(plan, [row for row in rows if row.name in TOTALS], TODAY)
    for text in both:
        today = re.search(r"Hôm nay: \+(\d+) (?:hộ|người) xong, đã ghi (\d+) nhà", text)
        in_all = re.search(r"Tổng cộng: (\d+) (?:hộ|người) xong; 1 .*chưa có tổng số", text)
        assert tuple(map(int, today.groups())) == (sum(done for _, done in counted.values()), written)
        assert int(in_all[1]) == sum(done for done, _ in counted.values())
        for village, (done, _) in counted.items():
            _agrees(of_unit(text, village), village, done, plan.indicator.counts)
    for village, row in shown.items():
        _picture_agrees(picture_texts.row(row), village, counted[village][0], row)
    assert "Chưa báo cáo: Thôn 5" in both[0]
    assert (f"dưới {SMALL_TOTAL} hộ, xếp riêng" in of_unit(both[0], "Thôn 3")) == shown["Thôn 3"].is_small


def _agrees(line: str, village: str, done: int, counts: str) -> None:
    """A village's line says its count; a percent only of a known total; the silent one no number at all."""
    total = (TOTALS[village] or 0) * (4 if counts == "person" else 1)
    if village == "Thôn 5":
        assert not line or "chưa báo cáo" in line
        assert "0/" not in line
    elif not line:
        assert done > total  # said above, among what wants a second look
    elif not total:
        assert f"{village}: {done} " in line
        assert "%" not in line
    else:
        assert tuple(map(int, _SHARE.search(line).groups())) == (done, total)
        assert f"còn {total - done}" in line or done >= total


def _picture_agrees(said: str, village: str, done: int, row: UnitFigures) -> None:
    if village == "Thôn 5":
        assert said == "chưa báo cáo"
    else:
        assert said.startswith(str(done))
        assert ("chưa có tổng" in said) == (row.total is None)
        assert ("%" in said) == (row.percent is not None)


async def test_the_evening_before_is_one_message_and_the_morning_after_another(commune: Commune) -> None:
    village = await commune.unit("Tổ dân phố 3", 60)
    lan = await commune.person(Role.VOLUNTEER, village)
    promised = {"come_back_on": TODAY + timedelta(days=1)}
    visit = await commune.visit(lan, village, "12", "come_back", day=TODAY)
    [house] = await commune._all(_the_house(village))
    await commune.changes(house, **promised)
    for hour in ("16:00", "17:00", "18:30", "19:30"):
        await commune.wakes(on(24, hour))
    [evening] = await commune.queued()
    text = evening.body["reply"]["text"]
    assert text.startswith("Hôm nay bạn đã ghi 1 nhà. Cảm ơn bạn! Mai bạn có hẹn: nhà 12")
    for hour in ("19:35", "20:15", "20:59", "21:30", "23:00"):
        await commune.wakes(on(24, hour))
    assert len(await commune.queued()) == 1
    for hour in ("06:30", "07:00", "09:00", "11:59"):
        await commune.wakes(on(25, hour))
    keys = [row.dedupe_key.partition(":")[0] for row in await commune.queued()]
    assert keys == ["evening", "appointments"]
    assert visit


def _the_house(unit):
    from sqlmodel import select

    return select(House).where(House.unit_id == unit.id)
