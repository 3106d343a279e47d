"""What was sent stays as it was sent; what changed since is said in the next digest, and only once."""

from hashlib import sha256

import pytest

from rules.figures import ENOUGH_CHECKS, add_up, ranks
from rules.frozen import thaw
from rules.roles import Role
from storage import figures, recount, reported, units
from storage.tables import Person
from tests.scheduler.commune import VIET_HOA, Commune, june, on
from tests.scheduler.test_words import TODAY, unit
from texts.digest import digest


@pytest.fixture
async def minh(commune: Commune) -> Person:
    return await commune.person(Role.OFFICER)


@pytest.fixture
async def village(commune: Commune):
    return await commune.unit("Tổ dân phố 3", 60)


@pytest.fixture
async def lan(commune: Commune, village) -> Person:
    return await commune.person(Role.VOLUNTEER, village)


def correction(said: str) -> str:
    return next((line for line in said.splitlines() if line.startswith("Đính chính")), "")


async def test_a_correction_is_said_in_the_next_digest_and_never_inside_the_old(commune, minh, village, lan):
    await commune.does(lan, village, 40, day=june(12))
    slip = await commune.visit(lan, village, "41", day=june(12))
    await commune.wakes(on(12, "17:00"))
    [first] = await commune.bulletins()
    assert first.said_hash == sha256(first.said.encode()).hexdigest()
    await commune.takes_back(lan, slip, on(13, "08:00"))
    await commune.does(lan, village, 2, day=june(13), start=50)
    await commune.wakes(on(13, "17:00"))
    again, second = await commune.bulletins()
    assert (again.said, again.said_hash, again.figures) == (first.said, first.said_hash, first.figures)
    assert correction(second.said) == "Đính chính: 12/6, Tổ dân phố 3: 41 → 40"
    assert thaw(second.figures)[0].done == thaw(first.figures)[0].done - 1 + 2 == 42
    await commune.wakes(on(14, "17:00"))
    assert correction((await commune.digests(minh))[-1]) == ""


async def test_what_is_logged_after_the_hour_is_the_next_days_and_no_correction(commune, minh, village, lan):
    await commune.does(lan, village, 4, day=june(11))
    await commune.wakes(on(12, "08:55").replace(hour=10))
    await commune.database.write(lambda session: _evening(session, commune, lan, village))
    await commune.wakes(on(13, "17:00"))
    said = (await commune.digests(minh))[-1]
    assert correction(said) == ""
    assert "5/60 hộ" in said


async def _evening(session, commune, lan, village):
    from storage import visits
    from storage.visits import Said

    said = Said(house="77", outcome="installed", day=june(12), installs=1)
    await visits.log(session, commune.plan, lan, village, said, now=on(12, "19:00"), source="evening")


async def test_a_visit_told_days_later_changes_every_day_since_and_is_said_for_the_first(commune, minh, village, lan):
    await commune.does(lan, village, 10, day=june(10))
    for day in (11, 12):
        await commune.wakes(on(day, "17:00"))

    async def late(session):
        from storage import visits
        from storage.visits import Said

        said = Said(house="77", outcome="installed", day=june(11), installs=1)
        await visits.log(session, commune.plan, lan, village, said, now=on(13, "09:00"), source="late")

    await commune.database.write(late)
    await commune.wakes(on(13, "17:00"))
    assert correction((await commune.digests(minh))[-1]) == "Đính chính: 11/6, Tổ dân phố 3: 10 → 11"


async def test_a_newcomer_is_told_no_correction_of_what_they_never_read(commune, minh, village, lan):
    slip = await commune.visit(lan, village, "1", day=june(12))
    await commune.wakes(on(12, "17:00"))
    await commune.takes_back(lan, slip, on(13, "08:00"))
    newcomer = await commune.person(Role.LEADER, joined=on(13, "10:00"))
    await commune.wakes(on(13, "17:00"))
    assert correction((await commune.digests(newcomer))[-1]) == ""
    assert correction((await commune.digests(minh))[-1]) == "Đính chính: 12/6, Tổ dân phố 3: 1 → 0"


async def test_the_recount_of_a_day_equals_its_figures(commune, village, lan):
    other = await commune.unit("Tổ dân phố 4", 20)
    await commune.does(lan, village, 5, day=june(20))
    await commune.does(lan, other, 3, day=june(22))
    await commune.visit(lan, village, "2", "refused", day=june(23))
    await commune.visit(lan, village, "9", "nobody_home", day=june(23))
    async with commune.database.reading() as session:
        counted = await recount.as_of(session, commune.plan, {june(22): on(22, "17:00"), TODAY: on(24, "17:00")})
        scope = units.Scope(commune.plan.slug, frozenset({village.id, other.id}))
        rows = await figures.of_units(session, commune.plan, scope, TODAY)
    assert counted[TODAY] == {row.unit_id: row.done for row in rows} == {village.id: 4, other.id: 3}
    assert counted[june(22)] == {village.id: 5, other.id: 3}


async def test_a_total_told_by_the_head_stands_beside_what_was_logged(commune, minh, village, lan):
    head = await commune.person(Role.HEAD, village)
    await commune.does(lan, village, 12, day=june(24))
    await commune.unit("Tổ dân phố 4", 20)
    told = {"what": commune.plan.indicator.slug, "day": june(24), "done": 41, "total": 60}
    await commune.database.write(
        lambda session: reported.add(session, head, village, **told, now=on(24, "16:00"), source="told")
    )
    await commune.wakes(on(24, "17:00"))
    said = (await commune.digests(minh))[-1]
    assert "Báo tổng mà chưa ghi từng nhà: Tổ dân phố 3 (báo 41, ghi 12)" in said
    assert "Tổng cộng: 12/80 hộ" in said
    assert "Chưa báo cáo: Tổ dân phố 4" in said


def test_ties_share_a_rank_and_small_totals_have_none():
    rows = [unit(1, 60, 30), unit(2, 40, 20), unit(3, 60, 45), unit(4, 9, 9), unit(5, None, 3), unit(6, 60, 0)]
    assert ranks(rows) == {3: 1, 1: 2, 2: 2, 6: 4}
    assert ranks(reversed(rows)) == ranks(rows)


def test_twenty_checks_with_five_false_make_75_percent_of_100():
    found = unit(1, 40, 40, checked=ENOUGH_CHECKS, right=15)
    rows = [found, unit(2, 40, 32), unit(3, 40, 40, checked=19, right=1), unit(4, 40, 20)]
    assert float(found.share) == 0.75
    assert ranks(rows) == {3: 1, 2: 2, 1: 3, 4: 4}
    said = digest(VIET_HOA, add_up(rows), TODAY, nth=1, since=TODAY)
    assert "• Tổ dân phố 1: 40/40 hộ (100%), đủ, kiểm tra lại còn 75%, hạng 3/4" in said
    assert "Kiểm tra lại tại nhà: 16/39 đúng như đã ghi (41%)." in said


def test_sixty_units_with_long_names_and_corrections_fit_one_message():
    from rules.frozen import Correction

    rows = [
        unit(n, 60, n % 50, june(20) if n % 3 else None, name=f"Khu dân cư Đông Ngạc Hạ {n}", told=59)
        for n in range(1, 61)
    ]
    fixed = [(Correction(june(day), day, 41, 40), f"Khu dân cư Đông Ngạc Hạ {day}") for day in range(1, 21)]
    said = digest(VIET_HOA, add_up(rows), TODAY, nth=31, since=june(22), corrected=fixed)
    assert len(said) <= 1900
    assert len(said.splitlines()) <= 12
    assert "Đính chính: 1/6, Khu dân cư Đông Ngạc Hạ 1: 41 → 40;" in said
