"""Ninety days after the plan's last deadline nobody's name is left, and no figure has changed."""

from datetime import UTC, date, datetime

from sqlmodel import select

from bot import housekeeping
from campaigns import EXAMPLE
from rules.clock import Clock
from rules.plan import load
from rules.roles import Role
from rules.spelling import fold
from storage import figures, retention, visits
from storage.tables import House, Person, Unit, Visit, VisitHistory
from storage.units import Scope
from storage.visits import Said

PLAN = load(EXAMPLE)
NOW = datetime(2026, 6, 20, 3, tzinfo=UTC)


async def a_visit(session) -> int:
    unit = Unit(campaign=PLAN.slug, name="Tổ dân phố 1", name_key=fold("Tổ dân phố 1"), smartphone_households=10)
    session.add(unit)
    await session.flush()
    lan = Person(campaign=PLAN.slug, name="Lan", role=Role.VOLUNTEER, unit_id=unit.id, joined_at=NOW)
    session.add(lan)
    await session.flush()
    said = Said(house="nhà bà Tư", outcome="not_done", day=date(2026, 6, 20), reason="con đi xa", name="Bà Tư")
    await visits.log(session, PLAN, lan, unit, said, now=NOW, source="u1")
    done = Said(house="12", outcome="installed", day=date(2026, 6, 20), installs=1, phone="0912345678")
    await visits.log(session, PLAN, lan, unit, done, now=NOW, source="u2")
    return unit.id


async def test_the_last_day_to_remember_is_the_last_deadline_and_ninety_days():
    assert housekeeping.forget_after(PLAN) == date(2026, 9, 28)


async def test_names_go_and_figures_stay(database):
    unit_id = await database.write(a_visit)
    scope = Scope(PLAN.slug, frozenset({unit_id}))
    async with database.reading() as session:
        before = await figures.of_units(session, PLAN, scope, date(2026, 9, 29))
    await housekeeping.tidy(database, Clock(datetime(2026, 9, 28, 16, 59, tzinfo=UTC)), [PLAN])
    async with database.reading() as session:
        assert {house.label for house in await session.exec(select(House))} == {"nhà bà Tư", "12"}
    await housekeeping.tidy(database, Clock(datetime(2026, 9, 28, 17, 1, tzinfo=UTC)), [PLAN])
    async with database.reading() as session:
        for house in await session.exec(select(House)):
            assert (house.label, house.head_name, house.phone, house.phone_hash) == ("đã xoá", None, None, None)
        assert all(visit.reason is None and visit.note is None for visit in await session.exec(select(Visit)))
        assert (await session.exec(select(VisitHistory))).all() == []
        assert await figures.of_units(session, PLAN, scope, date(2026, 9, 29)) == before
    assert await database.write(lambda session: retention.forget_residents(session, PLAN.slug, NOW)) == 0
