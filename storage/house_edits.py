"""What an office changed in a house itself (not in a visit), kept so that it can be put back."""

from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from rules.refusals import ChangedSince, NotAsItWas
from storage import audit
from storage.houses import label_hash, phone_hash
from storage.tables import House, HouseEdit, Person


async def change(
    session: AsyncSession, house: House, person: Person, fields: dict[str, Any], *, now: datetime, source: str
) -> None:
    """Set fields of a house (and the hashes that go with them), with what they were before."""
    fields = dict(fields)
    if "label" in fields:
        fields["label_hash"] = label_hash(fields["label"])
    if "phone" in fields:
        fields["phone_hash"] = phone_hash(fields["phone"]) if fields["phone"] else None
    before = {name: getattr(house, name) for name in fields}
    for name, value in fields.items():
        setattr(house, name, value)
    session.add(house)
    session.add(
        HouseEdit(house_id=house.id or 0, person_id=person.id or 0, before=before, after=fields, source=source, at=now)
    )


async def check_unchanged(session: AsyncSession, edit: HouseEdit) -> None:
    """Raises ChangedSince with the house where a field was changed again after this edit."""
    house = await session.get_one(House, edit.house_id)
    if any(getattr(house, name) != value for name, value in (edit.after or {}).items()):
        raise ChangedSince((house.label,))


async def undo(session: AsyncSession, edit: HouseEdit, person: Person, *, now: datetime, source: str) -> House:
    """Put the house's fields back as they were before this edit."""
    house = await session.get_one(House, edit.house_id)
    for name, value in (edit.before or {}).items():
        setattr(house, name, value)
    edit.undone_at = now
    session.add_all([house, edit])
    audit.note(session, "house.put_back", f"house:{house.id}", now=now, by=person, source=source)
    return house


async def check_as_before(session: AsyncSession, edit: HouseEdit) -> None:
    """Raises NotAsItWas with the house where a field is not what it was before this edit."""
    house = await session.get_one(House, edit.house_id)
    if any(getattr(house, name) != value for name, value in (edit.before or {}).items()):
        raise NotAsItWas("house", (house.label,))


async def redo(session: AsyncSession, edit: HouseEdit, person: Person, *, now: datetime, source: str) -> House:
    """Change the house's fields again as this edit had."""
    house = await session.get_one(House, edit.house_id)
    for name, value in (edit.after or {}).items():
        setattr(house, name, value)
    edit.undone_at = None
    session.add_all([house, edit])
    audit.note(session, "house.changed_again", f"house:{house.id}", now=now, by=person, source=source)
    return house
