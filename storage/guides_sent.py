"""What we remember of residents' guides: which unit asked for which one on which day, and nobody's name."""

from datetime import date

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import GuideSent, Person


async def record(session: AsyncSession, person: Person, phone: str, *, day: date, source: str) -> bool:
    """Count a guide ("ios", "android" or "both") for the person's unit; False when this message was counted before."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = {
        "campaign": person.campaign,
        "unit_id": person.unit_id,
        "person_id": person.id,
        "phone": phone,
        "day": day,
        "source": source,
    }
    added = await session.exec(insert(GuideSent).values(row).on_conflict_do_nothing(index_elements=["source"]))
    return int(added.rowcount) == 1
