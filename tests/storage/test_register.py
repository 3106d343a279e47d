"""The register out, edited as an office does, in again: what changes, what is refused, and that undoing is exact."""

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from sqlmodel import select

from papers import register_sheet
from rules.roles import Role
from storage import forgetting, register, roots, undo, units, visits
from storage.clerks import clerk
from storage.database import Database
from storage.house_import import HouseLine, apply, propose
from storage.register import RegisterProposal
from storage.tables import Audit, House, HouseEdit, Person, Unit, Visit
from storage.visits import Said
from tests.papers import commune
from tests.rules.test_five_plans import PLANS

PLAN = PLANS["viet-hoa-2026"]
DAY, NOW = commune.DAY, commune.NOW
PLACES = dict(zip(register_sheet._FIELDS, "ABCDEFGHIJKL", strict=True))


class Desk:
    """An office with the register of one ward: two logged houses, one that only the list has, one next door."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def opens(self) -> None:
        async def job(session: Any) -> None:
            one, two = await commune.unit(session, PLAN, "Tổ 1", 20), await commune.unit(session, PLAN, "Tổ 2", 20)
            lan = Person(campaign=PLAN.slug, name="Lan", role=Role.VOLUNTEER, unit_id=one.id, joined_at=NOW)
            session.add(lan)
            await session.flush()
            logged = (
                Said("12", "nobody_home", date(2026, 6, 10)),
                Said("14", "installed", DAY, installs=2, name="Vũ Thị Sáu", phone="0912345678"),
            )
            for nth, said in enumerate(logged):
                await visits.log(session, PLAN, lan, one, said, now=NOW, source=f"u{nth}")
            lines = [HouseLine(1, "16", 3, "Lê Văn Tám")]
            await apply(session, one, lines, await propose(session, one, lines), now=NOW)
            await visits.log(session, PLAN, lan, two, Said("1", "refused", DAY), now=NOW, source="u9")

        await self.database.write(job)
        self.root = await self.database.write(lambda session: roots.ensure_root(session, PLAN))

    async def export(self) -> Any:
        return openpyxl.load_workbook(await commune.made(self.database, PLAN, "register", "xlsx", self.root))

    async def proposes(self, book: Any, unit: str = "") -> RegisterProposal:
        file = BytesIO()
        book.save(file)
        self.lines = register_sheet.read(BytesIO(file.getvalue()))
        async with self.database.reading() as session:
            at = await units.by_name(session, PLAN.slug, unit) if unit else await session.get_one(Unit, self.root.id)
            self.scope = await units.below(session, at)
            return await register.propose(session, PLAN, self.scope, self.lines, DAY)

    async def writes(self, agreed: RegisterProposal, source: str = "x1") -> None:
        async def job(session: Any) -> None:
            who = await clerk(session, PLAN, "hoa", NOW)
            about = {"file": "so.xlsx", "who": "hoa", "now": NOW, "today": DAY, "source": source}
            await register.apply(session, PLAN, self.scope, self.lines, agreed, who, **about)

        await self.database.write(job)

    async def undoes(self) -> int:
        async def job(session: Any) -> int:
            who = await clerk(session, PLAN, "hoa", NOW)
            undone = await undo.last(session, PLAN, who, now=NOW, source="x2")
            return len(undone.visits) + len(undone.edited)

        return await self.database.write(job)

    async def rows(self) -> list[list[Any]]:
        """The sheet's rows but for the mark, which is another as soon as a cell is."""
        return [[cell.value for cell in row[:11]] for row in (await self.export()).active.iter_rows(5)]


@pytest.fixture
async def desk(sqlite_database: Database) -> Desk:
    made = Desk(sqlite_database)
    await made.opens()
    return made


def edit(book: Any, row: int, **cells: Any) -> Any:
    """Row 5 is house 12, 6 house 14, 7 house 16 of the list, 8 house 1 next door."""
    for field, value in cells.items():
        book.active[f"{PLACES[field]}{row}"].value = value
    return book


async def test_nothing_edited_is_nothing_to_do(desk: Desk):
    assert await desk.proposes(await desk.export()) == RegisterProposal(unchanged=4)


async def test_what_the_office_edits_is_shown_written_and_exported_again(desk: Desk):
    book = edit(await desk.export(), 5, outcome="đã cài & ĐĂNG KÝ", installs="3", visited_on="11/6/2026")
    edit(book, 6, head_name="VŨ THỊ BẢY", phone=912345679, address="1 phố Huế")
    edit(book, 7, label="16A", head_name="Lê Văn Chín", phone="0987 654 321")
    agreed = await desk.proposes(book)
    assert agreed.faults == []
    assert [change.differences for change in agreed.changes] == [
        {"outcome": ("Vắng nhà", "đã cài & ĐĂNG KÝ"), "installs": ("0", "3"),
         "visited_on": ("2026-06-10", "2026-06-11")},
        {"head_name": ("Vũ Thị Sáu", "VŨ THỊ BẢY"), "phone": ("0912345678", "912345679"), "address": ("", "1 phố Huế")},
        {"label": ("16", "16A"), "head_name": ("Lê Văn Tám", "Lê Văn Chín"), "phone": ("", "0987 654 321")},
    ]  # fmt: skip
    before = await desk.rows()
    await desk.writes(agreed)
    after = await desk.rows()
    assert [row[2:9] for row in after] == [
        ["12", None, None, None, "Đã cài & đăng ký", 3, before[0][8].replace(day=11)],
        ["14", "Vũ Thị Bảy", "0912345679", "1 phố Huế", "Đã cài & đăng ký", 2, before[1][8]],
        ["16A", "Lê Văn Chín", "0987654321", None, None, None, None],
        before[3][2:9],
    ]
    assert await desk.proposes(await desk.export()) == RegisterProposal(unchanged=4)
    assert await desk.undoes() == 4  # two visits, the address beside one of them, and the house that only the list has
    assert await desk.rows() == before


async def test_every_change_is_audited_with_the_file_and_the_person(desk: Desk):
    book = edit(await desk.export(), 5, outcome="Từ chối")
    await desk.writes(await desk.proposes(edit(book, 7, address="Ngõ 3")))

    async def traces(session: Any) -> list[Any]:
        found = await session.exec(select(Audit).where(Audit.source == "x1").order_by(Audit.id))
        return [
            (row.act, row.person_id is not None, {name: said for name, said in row.detail.items() if name != "print"})
            for row in found
        ]

    about = {"file": "so.xlsx", "who": "hoa"}
    assert await desk.database.write(traces) == [
        ("house.edited", True, about | {"row": 5, "fields": ["outcome"]}),
        ("house.edited", True, about | {"row": 7, "fields": ["address"]}),
        ("register.imported", True, about | {"changed": 2, "left_out": 0}),
    ]


async def test_the_visit_stays_its_volunteers(desk: Desk):
    await desk.writes(await desk.proposes(edit(await desk.export(), 5, outcome="Từ chối")))

    async def of_lan(session: Any) -> list[tuple[str, str]]:
        lan = (await session.exec(select(Person).where(Person.role == Role.VOLUNTEER))).one()
        found = await session.exec(select(Visit).where(Visit.person_id == lan.id).order_by(Visit.id))
        return [visit.outcome for visit in found]

    assert await desk.database.write(of_lan) == ["refused", "installed", "refused"]


async def test_a_first_result_in_the_sheet_is_a_first_visit(desk: Desk):
    before = await desk.rows()
    await desk.writes(await desk.proposes(edit(await desk.export(), 7, outcome="Vắng nhà", phone="0987654321")))
    assert (await desk.rows())[2][3:9] == ["Lê Văn Tám", "0987654321", None, "Vắng nhà", 0, before[1][8]]
    await desk.undoes()
    assert await desk.rows() == before


async def test_what_a_new_result_does_not_ask_for_falls_away(desk: Desk):
    await desk.writes(await desk.proposes(edit(await desk.export(), 6, outcome="Từ chối")))
    row = (await desk.rows())[1]
    assert [*row[6:8], *row[9:11]] == ["Từ chối", 0, None, None]


BAD = [
    (5, {"id": "x"}, "unknown_id"), (5, {"id": "999"}, "unknown_id"), (5, {"unit": "Tổ 2"}, "foreign_unit"),
    (6, {"id": "1"}, "twice"), (5, {"outcome": "Đang ngủ"}, "unknown_outcome"), (5, {"outcome": None}, "no_outcome"),
    (5, {"outcome": "Đã cài & đăng ký"}, "needs_installs"), (5, {"outcome": "Hẹn quay lại"}, "needs_day"),
    (5, {"installs": 2}, "no_installs"), (6, {"installs": "-1"}, "no_count"), (6, {"installs": "hai"}, "no_count"),
    (6, {"phone": "chín một hai"}, "no_phone"), (6, {"phone": "0123"}, "no_phone"), (5, {"label": "14"}, "label_taken"),
    (5, {"label": None}, "no_label"), (5, {"head_name": "=1+1"}, "formula"), (5, {"head_name": "Ă" * 200}, "too_long"),
    (5, {"head_name": "Nguyеn Văn An"}, "foreign_letters"), (5, {"address": "CCCD 001085012345"}, "private"),
    (5, {"visited_on": "hôm qua"}, "no_day"), (5, {"visited_on": date(2026, 7, 1)}, "outside_time"),
    (5, {"visited_on": "1/1/2020"}, "outside_time"), (5, {"done_on": "12/6/2026"}, "computed"),
    (5, {"come_back_on": "20/6/2026"}, "no_promise"), (7, {"installs": 1}, "result_first"),
    (5, {"outcome": "Từ chối", "mark": None}, "no_mark"),
]  # fmt: skip


async def test_what_cannot_be_is_refused_by_its_row(desk: Desk):
    from texts.register import fault

    clean = await desk.export()
    for row, cells, why in BAD:
        former = {field: clean.active[f"{PLACES[field]}{row}"].value for field in cells}
        found = await desk.proposes(edit(clean, row, **cells))
        edit(clean, row, **former)
        assert [(bad.number, bad.why) for bad in found.faults] == [(row, why)], cells
        assert found.changes == []
        assert fault(PLAN, found.faults[0]).startswith(f"  dòng {row}: ")


async def test_a_house_outside_the_scope_is_not_found(desk: Desk):
    found = await desk.proposes(edit(await desk.export(), 8, outcome="Vắng nhà"), unit="Tổ 1")
    assert [(bad.number, bad.why) for bad in found.faults] == [(8, "unknown_id")]


async def test_who_was_quicker_stands_and_is_shown(desk: Desk):
    """A volunteer logs while the office edits: the edited row is a conflict, the row nobody edited stays as it is."""
    book = await desk.export()

    async def job(session: Any) -> None:
        lan = (await session.exec(select(Person).where(Person.role == Role.VOLUNTEER))).one()
        one = await units.by_name(session, PLAN.slug, "Tổ 1")
        for nth, label in enumerate(("12", "14")):
            await visits.log(session, PLAN, lan, one, Said(label, "refused", DAY), now=NOW, source=f"v{nth}")

    await desk.database.write(job)
    found = await desk.proposes(edit(book, 5, outcome="Không có smartphone"))
    assert [(bad.number, bad.why, bad.said, bad.column) for bad in found.faults] == [
        (5, "conflict", "Từ chối", "outcome")
    ]
    assert (found.newer, found.changes) == (1, [])


async def test_nothing_is_written_when_the_register_moves_before_the_yes(desk: Desk):
    agreed = await desk.proposes(edit(await desk.export(), 5, outcome="Từ chối"))
    await desk.writes(agreed, "x1")
    before = await desk.rows()
    with pytest.raises(register.ChangedMeanwhile):
        await desk.writes(agreed, "x3")
    assert await desk.rows() == before


async def test_the_same_file_again_with_a_row_mended_asks_for_that_row_only(desk: Desk):
    book = edit(await desk.export(), 5, outcome="Từ chối")
    found = await desk.proposes(edit(book, 6, phone="không số"))
    assert (len(found.changes), [bad.number for bad in found.faults]) == (1, [6])
    await desk.writes(found)
    again = await desk.proposes(edit(book, 6, phone="0987654321"))
    assert ([change.number for change in again.changes], again.faults) == ([6], [])


HOSTILE: list[str] = [
    "=HYPERLINK(1)",
    "-1+1",
    "@SUM(1)",
    "Nguye\u0302\u0303n",
    "Lan\x00\x07",
    "Ă" * 200,
    "<b>&",
    "{{7*7}}",
]


async def test_hostile_names_go_out_and_in_without_a_change(desk: Desk):
    async def job(session: Any) -> None:
        one = await units.by_name(session, PLAN.slug, "Tổ 1")
        for nth, name in enumerate(HOSTILE):
            await commune.houses(session, one, "refused", 1, label=f"h{nth}", head_name=name, address=name)

    await desk.database.write(job)
    assert await desk.proposes(await desk.export()) == RegisterProposal(unchanged=4 + len(HOSTILE))


async def test_a_sorted_sheet_with_columns_gone_is_read_all_the_same(desk: Desk):
    book = edit(await desk.export(), 6, head_name="Vũ Thị Bảy")
    sheet = book.active
    values = [[cell.value for cell in row] for row in sheet.iter_rows(4)]
    for column in (10, 6, 2):
        for row in values:
            del row[column - 1]
    sheet.delete_rows(1, sheet.max_row)
    for row in [values[0], *reversed(values[1:])]:
        sheet.append(row)
    found = await desk.proposes(book)
    assert (found.faults, [change.values for change in found.changes]) == ([], [{"head_name": "Vũ Thị Bảy"}])


async def test_who_is_forgotten_cannot_be_brought_back(desk: Desk):
    await desk.writes(await desk.proposes(edit(await desk.export(), 7, head_name="Lê Văn Chín", phone="0987654321")))

    async def job(session: Any) -> list[Any]:
        await forgetting.phone(session, "0987654321", NOW)
        return [len(list(await session.exec(select(HouseEdit)))), (await session.get(House, 3)).head_name]

    assert await desk.database.write(job) == [0, None]
