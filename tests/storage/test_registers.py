"""Reported figures and listed people: kept once, added up, taken back."""

from datetime import UTC, date, datetime

from rules.roles import Role
from rules.spelling import fold
from storage import listed, reported
from storage.listed import Entry
from storage.tables import Person, Unit

NOW = datetime(2026, 6, 12, 9, tzinfo=UTC)
DAY = date(2026, 6, 12)


async def a_head(session) -> tuple[Unit, Person]:
    unit = Unit(campaign="x", name="Thôn 3", name_key=fold("Thôn 3"))
    session.add(unit)
    await session.flush()
    head = Person(campaign="x", name="Hùng", role=Role.HEAD, unit_id=unit.id, joined_at=NOW)
    session.add(head)
    await session.flush()
    return unit, head


async def test_a_state_stands_until_the_next_and_what_is_added_comes_on_top(database):
    async def said(session):
        unit, head = await a_head(session)
        about = {"what": "ho", "now": NOW}
        await reported.add(session, head, unit, **about, day=date(2026, 6, 10), done=41, total=60, source="1")
        await reported.add(session, head, unit, **about, day=DAY, done=12, adds=True, source="2")
        assert await reported.add(session, head, unit, **about, day=DAY, done=12, adds=True, source="2") is None
        return unit.id, await reported.standing(session, "x", "ho", [unit.id], DAY)

    unit_id, found = await database.write(said)
    assert (found[unit_id].done, found[unit_id].total, found[unit_id].day) == (53, 60, DAY)


async def test_what_was_taken_back_no_longer_counts(database):
    async def said(session):
        unit, head = await a_head(session)
        row = await reported.add(session, head, unit, what="ho", day=DAY, done=41, total=60, now=NOW, source="1")
        reported.take_back(session, row, head, now=NOW, source="2")
        await session.flush()
        return await reported.standing(session, "x", "ho", [unit.id], DAY)

    assert await database.write(said) == {}


async def test_the_same_phone_in_two_lists_is_one_person_whatever_the_spelling(database):
    async def said(session):
        unit, head = await a_head(session)
        entry = Entry("Nguyễn Thị Hoà", "0912345678", address="12 ngõ 3")
        await listed.add(session, head, unit, entry, day=DAY, now=NOW, source="1")
        again = Entry("nguyen thi hoa", "0912345678", workplace="Trường Tiểu học", at_work=True)
        by_phone = await listed.same_as(session, "x", again)
        by_name = await listed.same_as(session, "x", Entry("NGUYỄN THỊ HÒA"))
        return len(by_phone), len(by_name), len(await listed.of_units(session, "x", [unit.id]))

    assert await database.write(said) == (1, 1, 1)
