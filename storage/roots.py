"""The root of a campaign's units: the commune itself, under which everything without a parent hangs."""

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.plan import Plan
from rules.spelling import fold
from storage.tables import Unit

ROOT_KIND = "commune"


async def ensure_root(session: AsyncSession, plan: Plan) -> Unit:
    """The unit of the plan's place, made when it is not there yet; found by its place in the tree, not by name."""
    top = select(Unit).where(Unit.campaign == plan.slug, Unit.kind == ROOT_KIND, Unit.parent_id == None)  # noqa: E711
    root = (await session.exec(top)).first()
    if root is None:
        name = plan.place.name
        root = Unit(campaign=plan.slug, kind=ROOT_KIND, name=name, name_key=fold(name))
        session.add(root)
        await session.flush()
    return root
