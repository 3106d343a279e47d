"""What a digest says beside its figures: people on two lists, guides sent, households that wait for the police."""

from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from rules.figures import add_up
from rules.plan import Plan
from scheduler import police_counts
from storage import figures, guide_codes, handed, listed, settings, twins
from storage.units import Scope
from texts.digest_beside import Beside


async def found(session: AsyncSession, plan: Plan, scope: Scope, day: date) -> Beside:
    """All of it for a whole campaign on a day; `scope` are all its units."""
    return Beside(
        overlap=await listed.overlap(session, plan.slug, scope.unit_ids),
        sharing=await twins.sharing_phones(session, plan.slug),
        guides=await guide_codes.funnel(session, plan, scope),
        scans=bool(await settings.get(session, settings.PUBLIC_URL)),
        handed=await handed.count(session, plan.slug, plan.handed_codes),
        police=await police_counts.of_day(session, plan, scope, day),
        bodies=add_up(await figures.of_bodies(session, plan, scope, day)),
    )
