"""When a plan's file changes, houses are counted anew by it: one act, with its day; what was sent before stands."""

import json
from collections import defaultdict
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.plan import Plan
from storage import audit, houses, settings
from storage.tables import House, Visit

_FIRST = "plan.adopted"
_CHANGED = "plan.changed"


def fingerprint(plan: Plan) -> dict[str, str]:
    """A short hash of each of the plan's tables, by its name; equal for equal decisions."""
    tables = plan.model_dump(mode="json")
    return {name: sha256(json.dumps(table, sort_keys=True).encode()).hexdigest()[:16] for name, table in tables.items()}


async def follow(session: AsyncSession, plan: Plan, now: datetime) -> tuple[str, ...]:
    """Take the plan as its file says now; the names of the tables that changed since it was last taken.

    Where something changed, every house is brought to what its visits mean under the new plan, and the audit keeps
    which tables changed, when, and how many houses stand otherwise. The file's author is whoever keeps the machine.
    """
    key, new = f"plan:{plan.slug}", fingerprint(plan)
    kept = await settings.get(session, key)
    old: dict[str, str] = json.loads(kept) if kept else {}
    if old == new:
        return ()
    changed = tuple(name for name in new if new[name] != old.get(name)) if old else ()
    await settings.put(session, key, json.dumps(new))
    moved = await settle_all(session, plan)
    audit.note(
        session,
        _CHANGED if old else _FIRST,
        f"plan:{plan.slug}",
        now=now,
        campaign=plan.slug,
        detail={"changed": list(changed), "houses": moved},
    )
    return changed


async def settle_all(session: AsyncSession, plan: Plan) -> int:
    """Every house done since the day its visits say by this plan; how many that changes. No visit is touched."""
    query: Any = select(*map(col, (Visit.house_id, Visit.day, Visit.outcome)))
    query = query.where(Visit.campaign == plan.slug, col(Visit.undone_at).is_(None))
    histories: dict[int, list[tuple[Any, str]]] = defaultdict(list)
    for house_id, day, outcome in await session.exec(query.order_by(col(Visit.day), col(Visit.id))):
        histories[house_id].append((day, outcome))
    moved = 0
    for house in await session.exec(select(House).where(House.campaign == plan.slug)):
        since = houses.done_since(histories.get(house.id or 0, []), plan.done_codes)
        if house.done_on != since:
            house.done_on, moved = since, moved + 1
            session.add(house)
    await session.flush()
    return moved
