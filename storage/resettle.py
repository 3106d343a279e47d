"""When a plan's file changes, houses are counted anew by it: one act, with its day; what was sent before stands."""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.plan import Plan
from rules.plan_changes import Change, differences
from storage import audit, consents, houses, plan_changes, settings
from storage.tables import House, Visit

# What people read in the notice: its own table, and the names it fills in.
_IN_THE_NOTICE = {
    *(("notice", name) for name in ("version", "text", "retention_days")),
    *(("place", name) for name in ("authority", "coordinator")),
    ("app", "name"),
}
_FIRST = "plan.adopted"
_CHANGED = "plan.changed"


def fingerprint(plan: Plan) -> dict[str, str]:
    """A short hash of each of the plan's tables, by its name; equal for equal decisions."""
    tables = plan.model_dump(mode="json")
    return {name: sha256(json.dumps(table, sort_keys=True).encode()).hexdigest()[:16] for name, table in tables.items()}


@dataclass(frozen=True, slots=True)
class Followed:
    """What following a plan came to: each entry decided otherwise, and how many houses that moved."""

    changes: tuple[Change, ...] = ()
    houses: int = 0


async def pending(session: AsyncSession, plan: Plan) -> list[Change] | None:
    """What the plan decides otherwise than when it was last taken; None when it never was (or long ago)."""
    kept = await settings.get(session, _text_key(plan))
    return None if kept is None else differences(json.loads(kept), plan.model_dump(mode="json"))


async def follow(
    session: AsyncSession, plan: Plan, now: datetime, author: str = "", *, again_at_start: bool = False
) -> Followed:
    """Take the plan as its file says now.

    Where something changed, every house is brought to what its visits mean under the new plan, and a `plan_change`
    keeps each entry that changed, when, and who changed it: the name given, or the machine's user. `again_at_start`:
    a bot that runs beside us goes on by the old plan, so at its next start houses are settled once more.
    """
    key, new = f"plan:{plan.slug}", fingerprint(plan)
    kept = await settings.get(session, key)
    old: dict[str, str] = json.loads(kept) if kept else {}
    changes = await pending(session, plan)
    if old == new and changes is not None:
        return Followed()
    if not again_at_start:
        await settings.put(session, key, json.dumps(new))
    await settings.put(session, _text_key(plan), json.dumps(plan.model_dump(mode="json")))
    if old == new:
        return Followed()
    moved = await settle_all(session, plan)
    if any((each.table, each.field) in _IN_THE_NOTICE for each in changes or ()):
        await settings.put(session, consents.to_ask(plan.slug), consents.notice_hash(plan))
    if changes:
        plan_changes.add(session, plan.slug, changes, author=author, now=now)
    audit.note(
        session,
        _CHANGED if old else _FIRST,
        f"plan:{plan.slug}",
        now=now,
        campaign=plan.slug,
        detail={"changed": [name for name in new if old and new[name] != old.get(name)], "houses": moved},
    )
    return Followed(tuple(changes or ()), moved)


def _text_key(plan: Plan) -> str:
    return f"plan.text:{plan.slug}"


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
