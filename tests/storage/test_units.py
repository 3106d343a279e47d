"""Who sees which part of a commune."""

from datetime import UTC, datetime

import pytest

from rules.roles import Role
from rules.spelling import fold
from storage.tables import Person, Unit
from storage.units import scope_of

NOW = datetime(2026, 6, 20, 3, tzinfo=UTC)
TREE = {"phường Việt Hoà": None, "Tổ dân phố 1": "phường Việt Hoà", "Công an phường": "phường Việt Hoà",
        "Phòng VH-XH": "phường Việt Hoà", "Cụm 1A": "Tổ dân phố 1"}  # fmt: skip


KINDS = {"Công an phường": "police", "Phòng VH-XH": "agency"}


async def a_commune(session) -> dict[str, int]:
    ids: dict[str, int] = {}
    for name, parent in TREE.items():
        kind = "commune" if parent is None else KINDS.get(name, "village")
        unit = Unit(campaign="c", kind=kind, name=name, name_key=fold(name), parent_id=ids.get(parent or ""))
        session.add(unit)
        await session.flush()
        ids[name] = unit.id or 0
    return ids


@pytest.mark.parametrize(
    ("role", "unit", "sees"),
    [
        (Role.VOLUNTEER, "Tổ dân phố 1", {"Tổ dân phố 1", "Cụm 1A"}),
        (Role.HEAD, "Công an phường", {"Công an phường"}),
        (Role.POLICE, "Công an phường", set(TREE)),
        (Role.OFFICER, "Phòng VH-XH", set(TREE)),
        (Role.LEADER, "phường Việt Hoà", set(TREE)),
        (Role.OFFICER, "Tổ dân phố 1", {"Tổ dân phố 1", "Cụm 1A"}),
        (Role.POLICE, "Tổ dân phố 1", {"Tổ dân phố 1", "Cụm 1A"}),
    ],
)
async def test_the_office_and_the_police_serve_the_whole_commune(database, role, unit, sees):
    async def job(session) -> set[str]:
        ids = await a_commune(session)
        person = Person(campaign="c", name="Lan", role=role, unit_id=ids[unit], joined_at=NOW)
        session.add(person)
        await session.flush()
        scope = await scope_of(session, person)
        return {name for name, unit_id in ids.items() if unit_id in scope}

    assert await database.write(job) == sees
