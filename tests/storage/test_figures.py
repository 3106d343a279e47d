"""Figures equal what anyone would count by hand, whatever is logged, corrected and taken back."""

import asyncio
from collections import Counter, defaultdict
from contextlib import suppress
from datetime import timedelta
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import select

from rules.figures import UnitFigures, add_up
from rules.refusals import NothingToUndo
from rules.roles import Role
from storage import figures, migrate, units
from storage import undo as undoing
from storage.database import Database
from storage.sealing import unlock
from storage.tables import House, Visit
from storage.visits import Logged, as_said, correct, own
from tests.conftest import KEY
from tests.scheduler.commune import VIET_HOA, Commune, june, on
from tests.scheduler.conftest import commune

__all__ = ["commune"]

TODAY = june(24)
CODES = [outcome.code for outcome in VIET_HOA.outcomes]


async def rows_of(commune: Commune, person, **more) -> list[UnitFigures]:
    """The figures of what a person may see, today."""
    async with commune.database.reading() as session:
        scope = await units.scope_of(session, person)
        return await figures.of_units(session, commune.plan, scope, TODAY, **more)


async def own_of(commune: Commune, person):
    async with commune.database.reading() as session:
        return await figures.of_person(session, commune.plan, person, TODAY)


async def test_a_village_is_a_row_from_the_start_other_units_when_they_count(commune):
    await commune.unit("Tổ dân phố 10")
    await commune.unit("Tổ dân phố 2", 0)
    await commune.unit("Trường Tiểu học", kind="school")
    await commune.unit("Trạm Y tế", 12, kind="clinic")
    visited = await commune.unit("Công ty May", kind="company")
    officer = await commune.person(Role.OFFICER)
    await commune.visit(officer, visited, "phòng 1", "refused", day=TODAY)
    rows = await rows_of(commune, officer)
    assert [(row.name, row.total, row.reported) for row in rows] == [
        ("Công ty May", None, True),
        ("Tổ dân phố 2", None, False),
        ("Tổ dân phố 10", None, False),
        ("Trạm Y tế", 12, False),
    ]


async def test_the_units_above_add_no_total_of_their_own(commune):
    village = await commune.unit("Tổ dân phố 1", 30)
    await commune.changes(commune.root, smartphone_households=500)
    officer = await commune.person(Role.OFFICER)
    assert add_up(await rows_of(commune, officer)).total == 30
    await commune.visit(officer, commune.root, "chợ", day=TODAY)
    whole = add_up(await rows_of(commune, officer))
    assert (whole.done, whole.total, whole.unknown_totals) == (1, None, 1)
    assert village.id in {row.unit_id for row in whole.units}


async def test_a_village_in_parts_is_counted_by_its_parts(commune):
    village = await commune.unit("Tổ dân phố 1", 30)
    part = await commune.unit("Cụm 1", 12)
    await commune.changes(part, parent_id=village.id)
    head = await commune.person(Role.HEAD, village)
    assert [(row.name, row.total) for row in await rows_of(commune, head)] == [("Cụm 1", 12)]


async def test_a_withdrawn_house_counts_for_nobody(commune):
    village = await commune.unit("Tổ dân phố 1", 30)
    lan = await commune.person(Role.VOLUNTEER, village)
    await commune.does(lan, village, 2, day=TODAY)
    async with commune.database.reading() as session:
        [house, _] = await session.exec(select(House))
    await commune.changes(house, withdrawn=True)
    assert [row.done for row in await rows_of(commune, lan)] == [1]
    assert (await own_of(commune, lan)).done_all == 1


async def test_another_ones_visit_keeps_the_house_not_the_credit(commune):
    village = await commune.unit("Tổ dân phố 1", 30)
    lan, minh = await commune.person(Role.VOLUNTEER, village), await commune.person(Role.VOLUNTEER, village)
    slip = await commune.visit(lan, village, "1", day=TODAY)
    await commune.visit(minh, village, "1", "had_it", day=TODAY)
    await commune.takes_back(lan, slip, on(24, "10:00"))
    assert [row.done for row in await rows_of(commune, lan)] == [1]
    assert (await own_of(commune, lan)).houses_all == 0


async def test_installs_are_those_of_the_latest_day_not_of_the_latest_line(commune):
    village = await commune.unit("Tổ dân phố 1", 30)
    lan = await commune.person(Role.VOLUNTEER, village)
    await commune.visit(lan, village, "1", installs=3, day=TODAY)
    await commune.visit(lan, village, "1", installs=2, day=june(23))
    assert (await own_of(commune, lan)).installs_all == 3


async def test_a_head_sees_the_own_unit_only(commune):
    mine, other = await commune.unit("Tổ dân phố 1", 30), await commune.unit("Tổ dân phố 2", 40)
    head = await commune.person(Role.HEAD, mine)
    await commune.does(head, mine, 2, day=TODAY)
    await commune.does(head, other, 3, day=TODAY)
    [row] = await rows_of(commune, head)
    assert (row.unit_id, row.done, row.left) == (mine.id, 2, 28)


async def test_another_campaign_in_the_same_database_counts_apart(commune):
    village = await commune.unit("Tổ dân phố 1", 30)
    lan = await commune.person(Role.VOLUNTEER, village)
    await commune.does(lan, village, 2, day=TODAY)
    officer = await commune.person(Role.OFFICER)
    other = VIET_HOA.model_copy(update={"slug": "another"})
    async with commune.database.reading() as session:
        scope = await units.scope_of(session, officer)
        assert await figures.of_units(session, other, scope, TODAY) == []


async def test_a_house_becomes_done_on_the_first_day_of_being_done(commune):
    village = await commune.unit("Tổ dân phố 1", 30)
    lan = await commune.person(Role.VOLUNTEER, village)
    await commune.visit(lan, village, "1", "installed", day=june(23))
    await commune.visit(lan, village, "1", "had_it", day=TODAY)
    [row] = await rows_of(commune, lan, since=june(23))
    assert (row.done, row.done_today, row.done_since, row.visited_today) == (1, 0, 1, 1)
    assert row.by_outcome == {"had_it": 1}


async def test_an_indicator_that_counts_people(commune):
    village = await commune.unit("Tổ dân phố 1", 30)
    lan = await commune.person(Role.VOLUNTEER, village)
    await commune.visit(lan, village, "1", installs=3, day=june(23))
    await commune.visit(lan, village, "2", installs=2, day=TODAY)
    people = VIET_HOA.indicator.model_copy(update={"counts": "person"})
    [row] = await rows_of(commune, lan, indicator=people)
    assert (row.done, row.done_today, row.visited_today) == (5, 2, 1)


async def test_credit_for_a_house(commune):
    """Lan finished it, Minh came by later: both were there; it is to Lan's credit as long as it is done."""
    village = await commune.unit("Tổ dân phố 1", 30)
    lan = await commune.person(Role.VOLUNTEER, village, quota="doan-vien")
    minh = await commune.person(Role.VOLUNTEER, village)
    await commune.visit(lan, village, "1", installs=2, day=june(22))
    await commune.visit(minh, village, "1", "had_it", day=june(23))
    mine, his = await own_of(commune, lan), await own_of(commune, minh)
    assert (mine.houses_all, mine.done_all, mine.installs_all, mine.quota_done) == (1, 1, 2, 1)
    assert mine.quota == VIET_HOA.quotas[0]
    assert (his.houses_all, his.done_all, his.installs_all, his.quota, his.quota_done) == (1, 1, 0, None, 0)
    await commune.visit(minh, village, "1", "not_done", day=TODAY)
    assert (await own_of(commune, lan)).done_all == 0 == (await own_of(commune, lan)).quota_done
    assert (await own_of(commune, minh)).houses_today == 1


async def test_taken_back_as_if_never_said(commune):
    village = await commune.unit("Tổ dân phố 1", 30)
    lan = await commune.person(Role.VOLUNTEER, village, quota="doan-vien")
    before = await rows_of(commune, lan), await own_of(commune, lan)
    visit = await commune.visit(lan, village, "1", day=TODAY)
    assert (await rows_of(commune, lan), await own_of(commune, lan)) != before
    await commune.takes_back(lan, visit, on(24, "10:00"))
    assert (await rows_of(commune, lan), await own_of(commune, lan)) == before


log = st.tuples(
    st.just("log"),
    st.integers(0, 2),
    st.integers(0, 2),
    st.integers(1, 2),
    st.sampled_from(CODES),
    st.integers(0, 3),
    st.integers(1, 3),
)
undo = st.tuples(st.just("undo"), st.integers(0, 2))
mend = st.tuples(st.just("mend"), st.integers(0, 2), st.sampled_from(CODES), st.integers(0, 3))


def test_any_visits_give_what_a_naive_recount_gives():
    """Three people, three units, few houses: logged in any order of days, corrected, taken back."""
    unlock(KEY)
    with asyncio.Runner() as runner, TemporaryDirectory() as folder:
        commune = Commune(Database(f"sqlite:///{folder}/recount.db"))
        runner.run(migrate.upgrade(commune.database))
        turn = iter(range(10_000))

        @settings(max_examples=40, deadline=None)
        @given(st.lists(st.one_of(log, log, undo, mend), min_size=3, max_size=30))
        def recounts(acts):
            runner.run(_recount(commune, acts, next(turn)))

        recounts()
        runner.run(commune.database.close())


async def _recount(commune: Commune, acts: list, turn: int) -> None:
    commune.plan, commune.root = VIET_HOA.model_copy(update={"slug": f"turn-{turn}"}), None
    await commune.opens()
    villages = [await commune.unit(f"Tổ dân phố {number}", total) for number, total in enumerate((3, None, 9), 1)]
    people = [await commune.person(Role.VOLUNTEER, village, quota="doan-vien") for village in villages]
    for act in acts:
        await _does(commune, people, villages, *act)
    officer = await commune.person(Role.OFFICER)
    visits = [visit for visit in await commune.visits() if visit.campaign == commune.plan.slug]
    rows = await rows_of(commune, officer, since=june(23))
    assert [_plain(row) for row in rows] == [_naive(visits, village) for village in villages]
    assert add_up(rows).done == sum(row.done for row in rows)
    for person in people:
        found = await own_of(commune, person)
        expected = _naive_own(visits, person.id)
        assert (found.houses_today, found.houses_all, found.done_all, found.installs_all) == expected
        assert found.quota_done == found.done_all


async def _does(commune: Commune, people: list, villages: list, act: str, who: int, *rest) -> None:
    person = people[who]
    if act == "log":
        where, house, code, back, installs = rest
        day = TODAY - timedelta(days=back)
        await commune.visit(person, villages[where], str(house), code, day=day, installs=installs)
    elif act == "undo":
        with suppress(NothingToUndo):
            await commune.database.write(
                lambda s: undoing.last(s, commune.plan, person, now=on(24, "10:00"), source="undo")
            )
    else:
        mine = [v for v in await commune.visits() if v.person_id == person.id and not v.undone_at]
        if mine:
            await commune.database.write(lambda s: _mend(s, commune, person, mine[-1].id, *rest))


async def _mend(session, commune: Commune, person, visit_id: int, code: str, back: int) -> Logged:
    logged = await own(session, person, visit_id, on(24, "10:00"))
    before = as_said(logged)
    said = type(before)(house=before.house, outcome=code, day=TODAY - timedelta(days=back), installs=0)
    return await correct(session, commune.plan, person, logged, said, now=on(24, "10:00"), source="mend")


def _histories(visits: list[Visit]) -> dict[int, list[Visit]]:
    """What stands of each house, in the order it happened."""
    houses = defaultdict(list)
    for visit in sorted(visits, key=lambda visit: (visit.day, visit.id)):
        if visit.undone_at is None:
            houses[visit.house_id].append(visit)
    return houses


def _is_done(visit: Visit) -> bool:
    return visit.outcome in ("installed", "had_it")


def _naive(visits: list[Visit], village) -> dict:
    histories = [history for history in _histories(visits).values() if history[0].unit_id == village.id]
    since = []
    for history in histories:
        first = None
        for visit in history:
            first = (first or visit.day) if _is_done(visit) else None
        if first:
            since.append(first)
    latest = [history[-1] for history in histories]
    return {
        "unit_id": village.id,
        "total": village.smartphone_households,
        "done": len(since),
        "done_today": since.count(TODAY),
        "done_since": sum(day >= june(23) for day in since),
        "visited_today": sum(visit.day == TODAY for visit in latest),
        "last_day": max((visit.day for visit in latest), default=None),
        "by_outcome": Counter(visit.outcome for visit in latest),
    }


def _plain(row: UnitFigures) -> dict:
    assert row.total is None or row.over or row.done + row.left == row.total
    return {
        name: getattr(row, name)
        for name in ("unit_id", "total", "done", "done_today", "done_since", "visited_today", "last_day", "by_outcome")
    }


def _naive_own(visits: list[Visit], person_id: int) -> tuple[int, int, int, int]:
    today = seen = done = installs = 0
    for history in _histories(visits).values():
        own_visits = [visit for visit in history if visit.person_id == person_id]
        credit = [visit for visit in own_visits if _is_done(visit)] if _is_done(history[-1]) else []
        seen += bool(own_visits)
        today += any(visit.day == TODAY for visit in own_visits)
        done += bool(credit)
        installs += credit[-1].installs if credit else 0
    return today, seen, done, installs
