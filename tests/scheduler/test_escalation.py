"""Each audience of each plan: its last day as the clause means it, and one level up on the morning after."""

from datetime import datetime, time, timedelta

import pytest

from rules.clock import at_vietnam
from rules.deadlines import span_of
from rules.plan import Deadline, Plan
from rules.roles import Role
from storage.tables import Unit
from tests.rules.test_five_plans import NAMES, PLANS
from tests.scheduler.commune import Commune
from tests.storage.test_five_counts import under

TOTALS = dict.fromkeys(("households", "smartphone_households", "people", "staff"), 6)


def pressing(plan: Plan) -> list[Deadline]:
    """The deadlines that somebody can be seen to be late for."""
    return [each for each in plan.deadlines if each.indicator and span_of(plan, each).has_end]


def bound(plan: Plan, deadline: Deadline) -> tuple[str, str]:
    """A unit that this deadline binds: its kind and name."""
    audience = plan.audience(deadline.binds)
    kind = audience.kinds[0] if audience else deadline.binds
    word = audience.named[0] if audience and audience.named else "Đơn vị"
    return kind, f"{word} {deadline.slug}"


async def of_all_audiences(commune: Commune, plan: Plan) -> dict[str, Unit]:
    """A unit with its head for each pressing deadline, by the deadline's slug."""
    found = {}
    for deadline in pressing(plan):
        kind, name = bound(plan, deadline)
        found[deadline.slug] = await commune.unit(name, kind=kind)
        await commune.changes(found[deadline.slug], **TOTALS)
        await commune.person(Role.HEAD, found[deadline.slug])
    return found


async def said(commune: Commune, heard: dict[datetime, str], moment: datetime) -> str:
    """What is queued at a moment, to everyone; one day's last morning may be another's morning after."""
    if moment in heard:
        return heard[moment]
    before = {row.id for row in await commune.queued()}
    await commune.wakes(moment)
    new = [row for row in await commune.queued() if row.id not in before and row.dedupe_key.startswith("remind")]
    heard[moment] = "\n".join((row.body or {})["reply"]["text"] for row in new)
    return heard[moment]


@pytest.mark.parametrize("name", NAMES)
async def test_late_is_said_to_the_office_on_the_morning_after_and_not_a_second_before(commune, name):
    plan = PLANS[name]
    await under(commune, plan)
    units, officer = await of_all_audiences(commune, plan), await commune.person(Role.OFFICER)
    hour, heard = time.fromisoformat(plan.time.remind_at), dict[datetime, str]()
    for last_day in sorted({span_of(plan, each).last_day for each in pressing(plan)}):
        due = [each for each in pressing(plan) if span_of(plan, each).last_day == last_day]
        on_the_day = await said(commune, heard, at_vietnam(last_day, hour))
        for deadline in due:
            assert f"{units[deadline.slug].name} còn 6/6" in on_the_day
            assert f"Hôm nay {last_day:%d/%m} là hạn cuối" in on_the_day
        after = last_day + timedelta(days=1)
        for moment in (at_vietnam(after, time()) - timedelta(seconds=1), at_vietnam(after, time())):
            assert "quá hạn" not in await said(commune, heard, moment)
        late = await said(commune, heard, at_vietnam(after, hour))
        assert f"Đã quá hạn {last_day:%d/%m}." in late
        assert all(units[deadline.slug].name in late for deadline in due)
    told = [row.chat_key for row in await commune.queued() if "quá hạn" in str((row.body or {}).get("reply"))]
    assert set(told) <= {f"telegram:{officer.id}"}
    assert bool(told) == bool(units)
