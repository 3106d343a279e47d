"""A commune with figures to put on paper: four units with what happens in life, and hostile names among them."""

from datetime import UTC, date, datetime
from io import BytesIO

from sqlmodel.ext.asyncio.session import AsyncSession

from papers import makers
from papers.order import Form, Kind, Order
from rules.plan import Plan
from rules.roles import Role
from rules.spelling import fold
from storage import listed, reported, roots
from storage.database import Database
from storage.houses import label_hash, phone_hash
from storage.listed import Entry
from storage.tables import House, Person, Unit

NOW = datetime(2026, 6, 12, 9, tzinfo=UTC)
DAY = date(2026, 6, 12)


async def unit(session: AsyncSession, plan: Plan, name: str, total: int | None = None, kind: str = "village") -> Unit:
    root = await roots.ensure_root(session, plan)
    made = Unit(campaign=plan.slug, name=name, name_key=fold(name), parent_id=root.id, kind=kind)
    made.smartphone_households = total
    session.add(made)
    await session.flush()
    return made


async def houses(session: AsyncSession, of: Unit, outcome: str, count: int, **more: object) -> None:
    """So many houses of a unit in one state, numbered on."""
    for number in range(count):
        label = f"{outcome}{number}" if "label" not in more else str(more["label"])
        state = {"outcome": outcome, "installs": 1 if outcome == "installed" else 0, "visited_on": DAY}
        fields = state | {"label": label, "label_hash": label_hash(label)} | more
        if fields.get("phone"):
            fields["phone_hash"] = phone_hash(str(fields["phone"]))
        session.add(House(campaign=of.campaign, unit_id=of.id, created_at=NOW, **fields))
    await session.flush()


async def settled(session: AsyncSession, plan: Plan) -> dict[str, Unit]:
    """Thôn 1 has reasons, 2 is silent, 3 has no total, 10 outgrew its own; a school reported on its own."""
    one = await unit(session, plan, "Thôn 1", 20)
    one.head_name = "Trần Văn Bình"
    two, three, ten = [await unit(session, plan, f"Thôn {n}", total) for n, total in ((2, 40), (3, None), (10, 2))]
    await houses(session, one, "installed", 13)
    for outcome, count in (("nobody_home", 2), ("no_vneid2", 2), ("come_back", 3)):
        await houses(session, one, outcome, count)
    await houses(session, three, "installed", 5)
    await houses(session, ten, "installed", 3)
    return {"one": one, "two": two, "three": three, "ten": ten}


async def officer(session: AsyncSession, plan: Plan) -> Person:
    root = await roots.ensure_root(session, plan)
    person = Person(campaign=plan.slug, name="Hoa", role=Role.OFFICER, unit_id=root.id, joined_at=NOW)
    session.add(person)
    await session.flush()
    return person


async def on_list(session: AsyncSession, person: Person, of: Unit, entry: Entry, source: str) -> None:
    await listed.add(session, person, of, entry, day=DAY, now=NOW, source=source)


async def staff_told(session: AsyncSession, person: Person, of: Unit, what: str = "can-bo", **said: object) -> None:
    await reported.add(session, person, of, what=what, day=DAY, now=NOW, source=f"r{of.id}", **said)


async def made(database: Database, plan: Plan, form: Form, kind: Kind, of: Unit) -> BytesIO:
    """The paper as a file to be opened again."""
    out = BytesIO()
    async with database.reading() as session:
        await makers.write(session, plan, Order(form, kind, of, DAY, NOW, "Hoa"), out)
    out.seek(0)
    return out
