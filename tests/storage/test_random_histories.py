"""Random histories of houses, counted by five plans: every figure is what a naive recount gives."""

from datetime import date, timedelta
from random import Random

import pytest

from rules.figures import add_up
from storage import figures, houses, resettle
from storage.tables import House, Visit
from storage.units import Scope
from tests.rules.test_five_plans import PLANS
from tests.scheduler.commune import Commune, on
from tests.scheduler.conftest import commune
from tests.storage.test_five_counts import under

__all__ = ["commune"]

STAGES = ("", "level2", "installed", "signed_in", "address", "used")


def history(rng: Random, codes: list[str], today: date) -> list[tuple[date, str, int]]:
    """A house's visits in the order of their days: (day, outcome, installs)."""
    days = sorted(today - timedelta(days=rng.randint(0, 6)) for _ in range(rng.randint(1, 5)))
    return [(day, rng.choice(codes), rng.randint(0, 3)) for day in days]


async def recounted(commune: Commune, name: str, how_many: int, seed: int) -> None:
    plan, rng, today = PLANS[name], Random(seed), date(2026, 6, 24)
    await under(commune, plan)
    village = await commune.unit("Thôn 1", how_many)
    await commune.changes(village, households=how_many, people=4 * how_many)
    lan = await commune.person("volunteer", village)
    told = [history(rng, [o.code for o in plan.outcomes], today) for _ in range(how_many)]

    async def keep(session):
        for number, visits in enumerate(told):
            house = House(campaign=plan.slug, unit_id=village.id, label=str(number), label_hash=f"{name}{number}",
                          created_at=on(24, "08:00"))  # fmt: skip
            session.add(house)
            await session.flush()
            rows = [Visit(campaign=plan.slug, house_id=house.id, unit_id=village.id, person_id=lan.id, day=day,
                          outcome=code, installs=installs, source=f"{name}:{number}:{nth}",
                          created_at=on(24, "08:00")) for nth, (day, code, installs) in enumerate(visits)]  # fmt: skip
            session.add_all(rows)
            houses.take_state(house, rows, frozenset())  # settled by no plan yet
        await resettle.settle_all(session, plan)

    await commune.database.write(keep)
    async with commune.database.reading() as session:
        found = add_up(await figures.of_units(session, plan, Scope(plan.slug, frozenset({village.id})), today))
    assert (found.done, found.done_today) == naive(plan, told, today)
    assert sum(found.by_outcome.values()) == how_many
    assert found.over or found.done + found.left == found.total


def naive(plan, told, today: date) -> tuple[int, int]:
    """Done in all and today, by reading each history from its first day."""
    wanted, done, done_today = plan.indicator.stage, 0, 0
    counting = {o.code for o in plan.outcomes if (wanted and STAGES.index(o.stage) >= STAGES.index(wanted)) or (
        not wanted and o.done)}  # fmt: skip
    for visits in told:
        since = None
        for day, code, _ in visits:
            since = (since or day) if code in counting else None
        amount = visits[-1][2] if plan.indicator.counts == "person" else 1
        done += amount if since else 0
        done_today += amount if since == today else 0
    return done, done_today


@pytest.mark.parametrize("name", PLANS)
async def test_sixty_histories_a_plan(commune, name):
    await recounted(commune, name, 60, seed=7)


@pytest.mark.slow
@pytest.mark.parametrize("name", PLANS)
async def test_a_thousand_histories_a_plan(commune, name):
    await recounted(commune, name, 1000, seed=2026)
