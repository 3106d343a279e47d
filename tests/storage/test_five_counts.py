"""One village and one office, counted by five plans: each with its own numerator and denominator (lessons F1)."""

from dataclasses import dataclass

import pytest
from sqlmodel import select

from rules.figures import add_up
from rules.plan import Indicator, Plan
from rules.roles import Role
from storage import figures, listed, reported, resettle, units, visits
from storage.listed import Entry, Overlap
from storage.tables import Audit, Visit
from storage.visits import Said
from tests.rules.test_five_plans import PLANS
from tests.scheduler.commune import Commune, june, on
from tests.scheduler.conftest import commune

__all__ = ["commune"]

TODAY = june(24)
STAGES = ("", "level2", "installed", "signed_in", "address", "used")


@dataclass(frozen=True)
class Home:
    """What really is so behind a door: how far the house has come, and who in it has the app."""

    stage: str = ""
    grown: int = 0  # members with the app, 14 years old or more
    children: int = 0  # members with the app, younger
    why: str = "nobody_home"


# Ten households: two without a smartphone, a refusal, one where two members installed, one with a child of 13.
HOMES = (
    Home("used", grown=2),
    Home("signed_in", grown=1),  # lives here, works at the office
    Home("installed", grown=1),
    Home("signed_in", grown=1, children=1),
    Home(why="no_smartphone"),
    Home(why="no_smartphone"),
    Home(why="refused"),
    Home(why="no_vneid2"),
    Home(why="nobody_home"),
    Home(why="come_back"),
)
# What the village declares: by each plan's own definition of who belongs to the total.
DECLARED = {"households": 10, "smartphone_households": 8}
PEOPLE = {"binh-giang-2026": 20, "thuy-nguyen-2024": 18, "an-khanh-2026": 17}
STAFF, STAFF_DONE = 6, 4


def at_the_door(plan: Plan, home: Home) -> tuple[str, int]:
    """What a volunteer logs under this plan: the farthest of its outcomes that the house has come to."""
    codes = [o.code for o in plan.outcomes]
    reached = [o for o in plan.outcomes if o.stage and STAGES.index(o.stage) <= STAGES.index(home.stage)]
    if not reached:
        return ("not_done" if home.stage or home.why not in codes else home.why), 0
    farthest = max(reached, key=lambda o: (STAGES.index(o.stage), -codes.index(o.code)))
    children = 0 if plan.indicator.leaves_out and "14" in plan.indicator.leaves_out[0] else home.children
    return farthest.code, home.grown + children


async def under(commune: Commune, plan: Plan) -> None:
    """The commune opens under this plan; Việt Hoà's is open from the start."""
    if commune.plan.slug != plan.slug:
        commune.plan, commune.root = plan, None
        await commune.opens()
    commune.plan = plan


async def told(commune: Commune, plan: Plan):
    """The fixture under one plan: ten doors logged, the office's staff reported. Returns the officer."""
    await under(commune, plan)
    village, office = await commune.unit("Thôn 1"), await commune.unit("Phòng Văn hóa", kind="agency")
    await commune.changes(village, people=PEOPLE.get(plan.slug), **DECLARED)
    await commune.changes(office, staff=STAFF)
    lan, head = await commune.person(Role.VOLUNTEER, village), await commune.person(Role.HEAD, office)
    officer = await commune.person(Role.OFFICER)
    for number, home in enumerate(HOMES, 1):
        code, installs = at_the_door(plan, home)
        said = Said(house=str(number), outcome=code, day=TODAY, installs=installs)
        source = f"{plan.slug}:{number}"
        await commune.database.write(
            lambda s, said=said, source=source: visits.log(
                s, plan, lan, village, said, now=on(24, "09:00"), source=source
            )
        )
    staff = staff_of(plan)
    await commune.database.write(
        lambda s: reported.add(
            s,
            head,
            office,
            what=staff.slug,
            day=TODAY,
            done=STAFF_DONE,
            total=STAFF,
            now=on(24, "10:00"),
            source=f"{plan.slug}:staff",
        )
    )
    return officer


def staff_of(plan: Plan) -> Indicator:
    return next(each for each in plan.indicators if each.counts == "staff")


async def whole(commune: Commune, officer, indicator: Indicator | None = None, day=TODAY):
    async with commune.database.reading() as session:
        scope = await units.scope_of(session, officer)
        return add_up(await figures.of_units(session, commune.plan, scope, day, indicator=indicator))


PAIRS = {
    "tu-ky-2026": (1, 10),  # households that use it, of all
    "binh-giang-2026": (5, 20),  # people signed in, of those with a smartphone: 2 + 1 + 2, the child too
    "an-khanh-2026": (4, 10),  # households installed, of all, those without a smartphone too
    "viet-hoa-2026": (3, 8),  # households registered, of those with a smartphone
    "thuy-nguyen-2024": (5, 18),  # people of 14 and more: 2 + 1 + 1 + 1, without the child
}


@pytest.mark.parametrize("name", PAIRS)
async def test_five_plans_count_the_same_doors_five_ways(commune, name):
    officer = await told(commune, PLANS[name])
    found = await whole(commune, officer)
    assert (found.done, found.total) == PAIRS[name]
    assert found.done + found.left == found.total
    staff = await whole(commune, officer, staff_of(PLANS[name]))
    assert (staff.done, staff.total, [unit.name for unit in staff.units]) == (4, 6, ["Phòng Văn hóa"])


async def test_installed_but_not_signed_in_is_nothing_to_binh_giang_and_one_in_the_install_column(commune):
    plan = PLANS["binh-giang-2026"]
    officer = await told(commune, plan)
    column = plan.indicator.model_copy(update={"stage": "installed"})
    assert (await whole(commune, officer, column)).done - (await whole(commune, officer)).done == 1


async def test_no_percent_while_the_total_is_unknown(commune):
    plan = PLANS["binh-giang-2026"]
    officer = await told(commune, plan)
    village = (await whole(commune, officer)).units[0]
    async with commune.database.reading() as session:
        [unit] = [each for each in await units.all_of(session, plan.slug) if each.id == village.unit_id]
    await commune.changes(unit, people=None)
    found = await whole(commune, officer)
    assert (found.done, found.total, found.percent) == (5, None, None)


async def test_staff_listed_by_name_stand_in_until_the_unit_reports(commune):
    plan = PLANS["binh-giang-2026"]
    await under(commune, plan)
    office, silent = await commune.unit("Phòng Kinh tế", kind="agency"), await commune.unit("Công an", kind="police")
    await commune.changes(office, staff=6)
    head, officer = await commune.person(Role.HEAD, office), await commune.person(Role.OFFICER)
    for number in range(2):
        entry = Entry(f"Người {number}", phone=f"098765432{number}", at_work=True)
        await commune.database.write(
            lambda s, e=entry, n=number: listed.add(s, head, office, e, day=TODAY, now=on(24, "09:00"), source=f"l:{n}")
        )
    rows = {row.name: row for row in (await whole(commune, officer, staff_of(plan))).units}
    assert (rows["Phòng Kinh tế"].done, rows["Phòng Kinh tế"].total) == (2, 6)
    assert (rows["Công an"].reported, rows["Công an"].total) == (False, None)
    await commune.database.write(
        lambda s: reported.add(s, head, office, what="can-bo", day=TODAY, done=5, now=on(24, "10:00"), source="r:1")
    )
    rows = {row.name: row for row in (await whole(commune, officer, staff_of(plan))).units}
    assert (rows["Phòng Kinh tế"].done, rows["Phòng Kinh tế"].done_today) == (5, 5)
    assert silent.id == rows["Công an"].unit_id


async def test_a_changed_plan_recounts_the_same_visits_once_and_says_when(commune):
    """F1: the plan recomputes without touching visits; what was sent before stands."""
    plan = PLANS["binh-giang-2026"]
    officer = await told(commune, plan)
    follow = lambda which, hour: commune.database.write(  # noqa: E731
        lambda s: resettle.follow(s, which, on(24, hour))
    )
    assert await follow(plan, "11:00") == resettle.Followed(houses=0)
    before = await _rows(commune, Visit)
    first = plan.indicator.model_copy(update={"stage": "installed"})
    outcomes = tuple(o.model_copy(update={"done": o.stage in STAGES[2:]}) for o in plan.outcomes)
    eased = plan.model_copy(update={"indicators": (first, *plan.indicators[1:]), "outcomes": outcomes})
    changed = await follow(eased, "12:00")
    assert {each.table for each in changed.changes} == {"indicators", "outcomes"}
    assert changed.houses == 1
    assert await follow(eased, "13:00") == resettle.Followed()
    commune.plan = eased
    found = await whole(commune, officer)
    assert (found.done, found.done_today) == (6, 6)
    assert await _rows(commune, Visit) == before
    acts = [row for row in await _audit(commune) if row.act.startswith("plan.")]
    assert [(row.act, row.at) for row in acts] == [("plan.adopted", on(24, "11:00")), ("plan.changed", on(24, "12:00"))]
    assert acts[1].detail == {"changed": ["indicators", "outcomes"], "houses": 1}
    await follow(plan, "14:00")
    commune.plan = plan
    assert (await whole(commune, officer)).done == 5


async def test_a_target_of_heads_is_the_whole_districts(commune):
    plan = PLANS["thuy-nguyen-2024"]
    found = await whole(commune, await told(commune, plan))
    assert found.left_to(plan.indicator) == 150_000 - 5
    assert found.left_to(plan.indicators[1]) == 13


async def test_a_teacher_on_two_lists_is_one_person_in_the_whole(commune):
    """F3: villages + units - overlap = whole."""
    await under(commune, PLANS["viet-hoa-2026"])
    home, other = await commune.unit("Tổ dân phố 1"), await commune.unit("Tổ dân phố 2")
    school = await commune.unit("Trường Tiểu học", kind="school")
    head = await commune.person(Role.HEAD, home)
    lines = [
        (home, Entry("Trần Thị Lan", "0900000001", address="số 3 ngõ 12")),
        (home, Entry("Vũ Văn Minh", "0900000002")),  # shares his wife's phone, and lives at home only
        (home, Entry("Bùi Thị Hoa", "0900000002")),
        (home, Entry("Người không có số")),
        (other, Entry("Đỗ Văn Sơn", "0900000003")),
        (school, Entry("Trần Thị Lan", "0900000001", workplace="Trường Tiểu học", at_work=True)),
        (school, Entry("Bùi Thị Hoa", "0900000002", at_work=True)),
        (school, Entry("Người ở xa", "0900000009", at_work=True)),
        (school, Entry("Người không có số", at_work=True)),
    ]
    for number, (unit, entry) in enumerate(lines):
        await commune.database.write(
            lambda s, u=unit, e=entry, n=number: listed.add(
                s, head, u, e, day=TODAY, now=on(24, "09:00"), source=f"line:{n}"
            )
        )
    ids = [home.id, other.id, school.id]
    async with commune.database.reading() as session:
        found = await listed.overlap(session, commune.plan.slug, ids)
        apart = [await listed.overlap(session, commune.plan.slug, [unit]) for unit in ids]
    assert found == Overlap(villages=5, units=4, both=2)
    assert found.whole == 7
    assert sum(each.whole for each in apart) - found.both == found.whole


async def _rows(commune: Commune, table) -> list[dict]:
    async with commune.database.reading() as session:
        return [row.model_dump() for row in await session.exec(select(table))]


async def _audit(commune: Commune) -> list[Audit]:
    async with commune.database.reading() as session:
        return list(await session.exec(select(Audit).order_by(Audit.id)))
