"""A row made the quick way is the row its class makes, and goes down alike."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlmodel import SQLModel

from rules.spelling import fold
from storage import rows
from storage.database import Database
from storage.tables import House, Unit, Visit, VisitHistory

NOW = datetime(2026, 6, 10, tzinfo=UTC)
MADE: list[tuple[type[SQLModel], dict[str, Any]]] = [
    (House, {"campaign": "x", "unit_id": 1, "label": "12", "label_hash": "h", "withdrawn": True, "created_at": NOW}),
    (Visit, {"campaign": "x", "house_id": 1, "unit_id": 1, "person_id": 1, "day": date(2026, 6, 10),
             "outcome": "away", "source": "u1", "created_at": NOW}),
    (VisitHistory, {"visit_id": 1, "person_id": 1, "act": "log", "before": {"a": 1}, "source": "u1", "at": NOW}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "values"), MADE)
def test_it_is_what_its_class_makes(kind: type[SQLModel], values: dict[str, Any]):
    assert rows.made(kind, **values).model_dump() == kind(**values).model_dump()


def test_a_field_that_is_none_is_refused():
    with pytest.raises(TypeError, match="House has no colour"):
        rows.made(House, colour="green")


async def test_added_to_a_session_it_is_stored_whole_and_its_changes_too(database: Database):
    async def stores(session):
        unit = Unit(campaign="x", name="Tổ 1", name_key=fold("Tổ 1"))
        session.add(unit)
        await session.flush()
        session.add(rows.made(House, **MADE[0][1] | {"unit_id": unit.id, "care": "elderly"}))

    async def changes(session):
        house = await session.get_one(House, 1)
        house.label = "14"

    await database.write(stores)
    await database.write(changes)
    async with database.reading() as session:
        house = await session.get_one(House, 1)
        assert (house.label, house.care, house.withdrawn, house.created_at) == ("14", "elderly", True, NOW)
