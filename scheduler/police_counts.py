"""Both counts that a plan orders of the police each day: level-2 accounts issued, and installs (An Khánh, IV.2)."""

from dataclasses import dataclass
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from rules.figures import add_up
from rules.plan import Indicator, Plan
from storage import figures, reported, units


@dataclass(frozen=True, slots=True)
class Counts:
    """Accounts issued on a day as the police told them (None: nobody told), and people who installed, as logged."""

    accounts: int | None
    installs: int


async def of_day(session: AsyncSession, plan: Plan, scope: units.Scope, day: date) -> Counts | None:
    """The day's counts within a scope; None where the plan orders none."""
    if not plan.police.daily_counts:
        return None
    slugs = [duty.slug for duty in plan.duties if "police" in duty.who and duty.counts == "items"]
    told = [await reported.between(session, plan.slug, slug, day, day) for slug in slugs]
    accounts = [count for found in told for unit_id, count in found.items() if unit_id in scope]
    whole = add_up(await figures.of_units(session, plan, scope, day, indicator=_installs(plan)))
    return Counts(sum(accounts) if accounts else None, whole.done_today)


def _installs(plan: Plan) -> Indicator:
    """The people who installed, whatever the plan's own indicator counts or asks beyond."""
    stage = {"stage": "installed"} if plan.indicator.stage else {}
    return plan.indicator.model_copy(update={"counts": "person", **stage})
