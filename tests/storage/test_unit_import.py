"""An import says what it would do, does exactly that, and leaves alone what the list does not say."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from rules import plan as plans
from storage import units
from storage.database import Database
from storage.roots import ensure_root
from storage.tables import Audit, Unit
from storage.unit_import import ChangedMeanwhile, UnitLine, apply, propose

PLAN = plans.load(Path(__file__).parents[2] / "campaigns" / "viet-hoa-2026.toml")
NOW = datetime(2026, 6, 1, tzinfo=UTC)


async def imported(database: Database, *lines: UnitLine):
    """Propose, agree, apply; what was agreed."""
    async with database.reading() as session:
        agreed = await propose(session, PLAN, lines)
    await database.write(lambda session: apply(session, PLAN, lines, agreed, now=NOW))
    return agreed


async def there(database: Database) -> dict[str, Unit]:
    async with database.reading() as session:
        return {unit.name: unit for unit in await units.all_of(session, PLAN.slug)}


async def faults(database: Database, *lines: UnitLine) -> list[tuple[int, str]]:
    async with database.reading() as session:
        return [(fault.number, fault.why) for fault in (await propose(session, PLAN, lines)).faults]


async def test_new_units_hang_below_the_root_or_their_parent_whatever_the_order(database: Database):
    await imported(
        database,
        UnitLine(2, "Xóm Đình", parent="thôn đông"),
        UnitLine(3, "Thôn Đông", households=60, smartphone_households=41, people=200),
        UnitLine(4, "Trường Kim Đồng", looks_like="school", parent="PHƯỜNG VIỆT HÒA", staff=30),
    )
    found = await there(database)
    root = found["phường Việt Hoà"]
    assert (root.kind, root.parent_id) == ("commune", None)
    assert found["Xóm Đình"].parent_id == found["Thôn Đông"].id
    assert found["Thôn Đông"].parent_id == found["Trường Kim Đồng"].parent_id == root.id
    assert (found["Trường Kim Đồng"].kind, found["Trường Kim Đồng"].staff) == ("school", 30)


async def test_a_second_import_changes_only_what_it_says(database: Database):
    await imported(database, UnitLine(2, "Thôn Đông", kind="village", households=60, people=200, head_name="Trần Bình"),
                   UnitLine(3, "Thôn Đoài", households=50))  # fmt: skip
    agreed = await imported(
        database, UnitLine(2, "THÔN ĐÔNG", looks_like="agency", households=62), UnitLine(3, "Thôn Đoài", households=50)
    )
    assert [change.differences for change in agreed.changed] == [
        {"name": ("Thôn Đông", "THÔN ĐÔNG"), "households": (60, 62)}
    ]
    assert agreed.unchanged == 1
    east = (await there(database))["THÔN ĐÔNG"]
    assert (east.households, east.people, east.head_name, east.kind) == (62, 200, "Trần Bình", "village")


async def test_every_change_is_audited_and_a_heads_name_is_not_repeated(database: Database):
    await imported(database, UnitLine(2, "Thôn Đông", households=60, head_name="Trần Bình"))
    await imported(database, UnitLine(2, "Thôn Đông", households=62, head_name="Lê Lan"))
    async with database.reading() as session:
        kept = list(await session.exec(select(Audit).where(Audit.source == "import").order_by(Audit.id)))
    assert [row.act for row in kept] == ["unit.added", "unit.changed"]
    assert kept[1].detail == {"head_name": True, "households": ["60", 62]}


async def test_the_root_takes_its_totals_but_keeps_its_place(database: Database):
    line = UnitLine(2, "Phường Việt Hoà", looks_like="village", parent="Thôn Đông", people=9000)
    agreed = await imported(database, line, UnitLine(3, "Thôn Đông"))
    assert agreed.faults == []
    root = (await there(database))["Phường Việt Hoà"]
    assert (root.kind, root.parent_id, root.people) == ("commune", None, 9000)
    assert len(await there(database)) == 2


async def test_a_closed_unit_opens_again(database: Database):
    await imported(database, UnitLine(2, "Thôn Đông"))

    async def close(session):
        unit = await units.by_name(session, PLAN.slug, "Thôn Đông")
        unit.closed_at = NOW

    await database.write(close)
    agreed = await imported(database, UnitLine(2, "Thôn Đông"))
    assert list(agreed.changed[0].differences) == ["closed_at"]
    assert "Thôn Đông" in await there(database)


async def test_lines_that_cannot_be_used(database: Database):
    await imported(database, UnitLine(2, "Thôn Đông", households=60))
    assert await faults(database, UnitLine(2, "Thôn A"), UnitLine(5, "THON A")) == [(5, "twice")]
    assert await faults(database, UnitLine(2, "Thôn A", parent="Thôn Không Có")) == [(2, "unknown_parent")]
    assert await faults(database, UnitLine(2, "Thôn A", parent="thôn a")) == [(2, "round")]
    assert await faults(database, UnitLine(2, "Thôn A", households=5, smartphone_households=6)) == [(2, "more_smart")]
    assert await faults(database, UnitLine(2, "Thôn Đông", smartphone_households=61)) == [(2, "more_smart")]
    assert await faults(database, UnitLine(2, "Thôn Đông", smartphone_households=60)) == []


async def test_a_circle_is_found_across_the_list_and_what_is_there(database: Database):
    await imported(database, UnitLine(2, "Thôn Đông"), UnitLine(3, "Xóm Đình", parent="Thôn Đông"))
    assert await faults(database, UnitLine(2, "Thôn Đông", parent="Xóm Đình")) == [(2, "round")]
    circle = [UnitLine(2, "A", parent="B"), UnitLine(3, "B", parent="C"), UnitLine(4, "C", parent="A")]
    assert await faults(database, *circle) == [(2, "round"), (3, "round"), (4, "round")]
    below = [*circle, UnitLine(5, "D", parent="A")]
    assert (5, "unknown_parent") in await faults(database, *below)


async def test_what_hangs_below_a_bad_line_is_bad_too(database: Database):
    lines = [
        UnitLine(2, "A", parent="Không Có"),
        UnitLine(3, "B", parent="A"),
        UnitLine(4, "C", parent="B"),
        UnitLine(5, "D"),
    ]
    assert await faults(database, *lines) == [(2, "unknown_parent"), (3, "unknown_parent"), (4, "unknown_parent")]
    await imported(database, *lines)
    assert set(await there(database)) == {"phường Việt Hoà", "D"}


async def test_nothing_is_written_when_someone_was_faster(database: Database):
    lines = [UnitLine(2, "Thôn Đông", households=60)]
    async with database.reading() as session:
        agreed = await propose(session, PLAN, lines)
    await imported(database, UnitLine(2, "Thôn Đông", households=59))
    with pytest.raises(ChangedMeanwhile):
        await database.write(lambda session: apply(session, PLAN, lines, agreed, now=NOW))
    assert (await there(database))["Thôn Đông"].households == 59


async def test_proposing_writes_nothing(database: Database):
    async with database.reading() as session:
        await propose(session, PLAN, [UnitLine(2, "Thôn Đông")])
    assert await there(database) == {}


async def test_the_root_is_made_once_and_may_be_renamed(database: Database):
    first = await database.write(lambda session: ensure_root(session, PLAN))
    await imported(database, UnitLine(2, "PHƯỜNG VIỆT HOÀ"))
    again = await database.write(lambda session: ensure_root(session, PLAN))
    assert again.id == first.id
