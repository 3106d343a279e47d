"""The migrations go up, down and up again over rows that are there, and end where the models are."""

from datetime import UTC, datetime

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlmodel import SQLModel, select

from rules.spelling import fold
from storage import houses, migrate, tables
from storage.database import Database

NOW = datetime(2026, 6, 10, tzinfo=UTC)
UNNAMED = {"add_fk", "remove_fk"}  # SQLite keeps no names for foreign keys, so they are always "different" there


async def test_the_migrations_end_where_the_models_are(database: Database):
    async with database.engine.connect() as connection:
        differences = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync), SQLModel.metadata)
        )
    assert [each for each in differences if each[0] not in UNNAMED] == []


async def test_there_is_one_way_up(database: Database):
    async with database.engine.connect() as connection:
        heads = await connection.run_sync(lambda sync: ScriptDirectory.from_config(migrate.config(sync)).get_heads())
    assert heads == [migrate.newest()]


async def test_up_down_and_up_again(database: Database):
    await migrate.downgrade(database)
    await migrate.upgrade(database)
    assert await migrate.revision(database) == migrate.newest()


async def test_a_house_of_the_first_release_is_still_there_after_the_way_up(database: Database):
    async def a_house(session):
        unit = tables.Unit(campaign="x", name="Tổ 1", name_key=fold("Tổ 1"))
        session.add(unit)
        await session.flush()
        house = await houses.called_or_new(session, unit, "12", NOW)
        session.add(house)

    await database.write(a_house)
    await migrate.downgrade(database, "20261121_first")
    async with database.readers.connect() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM house"))).scalar() == 1
    await migrate.upgrade(database)
    async with database.reading() as session:
        assert [house.label for house in await session.exec(select(tables.House))] == ["12"]
