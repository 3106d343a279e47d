"""Every paper is opened again and read cell by cell, as the seeds' forms have them."""

import random
from io import BytesIO

import openpyxl
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from campaigns import EXAMPLE
from papers.summary import lines
from rules import plan as plans
from rules.figures import UnitFigures, add_up
from rules.plan import Plan
from storage import roots
from storage.listed import Entry
from tests.papers import commune
from texts import digest_picture
from texts.figure_words import in_all, unit_line

HOSTILE = [
    '=HYPERLINK("http://x.example","Bấm")', "+84912345678", "@SUM(1+1)", "-1+1", "{{7*7}}", "{% for x in y %}",
    "<b>Lan</b> & <w:p/>", "Lan\x00\x07\x0b\x1b", "Lan\ud800", "Nguye\u0302\u0303n",
    "Ă" * 200, "]]>", "\u202eLan", "a\r\nb",
]  # fmt: skip


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plans.load(EXAMPLE)


def table_of(file: BytesIO, place: int) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in Document(file).tables[place].rows]


SUMMARY = [
    ["1", "Thôn 1", "20", "13", "7", "7: 3 hẹn quay lại, 2 vắng nhà, 2 chưa có VNeID mức 2"],
    ["2", "Thôn 2", "40", "chưa báo cáo", "chưa báo cáo", "Chưa báo cáo"],
    ["3", "Thôn 3", "chưa có", "5", "chưa rõ", "Chưa có tổng số"],
    ["4", "Thôn 10", "chưa có", "3", "chưa rõ", "Tổng số đã khai (2) ít hơn số đã cài; cần xem lại tổng số"],
    ["", "Tổng cộng", "chưa có", "21", "chưa rõ",
     "2 đơn vị chưa có tổng số hoặc cần xem lại tổng số; 1 đơn vị chưa báo cáo"],
]  # fmt: skip


async def test_phu_luc_01_is_the_whole_letter_of_the_seed(sqlite_database, plan):
    await sqlite_database.write(lambda session: commune.settled(session, plan))
    root = await sqlite_database.write(lambda session: roots.ensure_root(session, plan))
    file = await commune.made(sqlite_database, plan, "phu-luc-01", "docx", root)
    head, table, foot = Document(file).tables
    assert [[cell.text for cell in row.cells] for row in head.rows] == [
        ["ỦY BAN NHÂN DÂN\nPHƯỜNG VIỆT HOÀ\nPHÒNG VĂN HOÁ – XÃ HỘI\n",
         "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"],
        ["Số:          /BC\nBáo cáo về việc cài đặt và\nsử dụng ứng dụng Smart Hải Phòng",
         "Việt Hoà, ngày        tháng 6 năm 2026"],
    ]  # fmt: skip
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["STT", "Tên đơn vị", "Số lượng", "Số lượng", "Số lượng", "Lý do chưa cài đặt"]
    assert rows[1] == ["STT", "Tên đơn vị", "Tổng số", "Đã cài đặt", "Chưa cài đặt", "Lý do chưa cài đặt"]
    assert rows[2:] == SUMMARY
    assert foot.rows[0].cells[0].text == "Nơi nhận:\n- Như trên;\n- Lưu: VT."
    assert foot.rows[0].cells[1].text.startswith("THỦ TRƯỞNG CƠ QUAN\n(Ký tên, đóng dấu)")
    said = [paragraph.text for paragraph in Document(file).paragraphs if paragraph.text]
    assert said[0] == "Kính gửi: Ủy ban nhân dân phường Việt Hoà"
    assert said[1].startswith("Căn cứ Thông báo số 220/TB-VP")
    assert said[1].endswith(";")
    assert said[2].startswith("Thực hiện Công văn số             , ngày        tháng 5 năm 2026 của Ủy ban")
    assert said[-1] == "Số liệu tính đến hết ngày 12/06/2026./."


async def test_word_keeps_the_decrees_numbers(sqlite_database, plan):
    units = await sqlite_database.write(lambda session: commune.settled(session, plan))
    root = await sqlite_database.write(lambda session: roots.ensure_root(session, plan))
    for form in ("phu-luc-01", "danh-sach", "bao-cao"):
        unit = root if form == "bao-cao" else units["one"]
        paper = Document(await commune.made(sqlite_database, plan, form, "docx", unit))
        page = paper.sections[0]
        sides = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
        assert [round(side / Mm(1)) for side in sides] == [20, 20, 30, 20]
        assert sorted(round(side / Mm(1)) for side in (page.page_width, page.page_height)) == [210, 297]
        assert page.different_first_page_header_footer
        assert not page.first_page_header.paragraphs[0].text
        assert "PAGE" in page.header._element.xml
        fonts = paper.styles["Normal"].element.rPr.rFonts
        assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
        assert paper.styles["Normal"].font.size == Pt(14)
        table = paper.tables[-1 if form == "danh-sach" else 1]
        heads = [row for row in table.rows if row._tr.xpath("w:trPr/w:tblHeader")]
        assert len(heads) == (2 if form == "phu-luc-01" else 1)
        assert all(row._tr.xpath("w:trPr/w:cantSplit") for row in table.rows)
        assert paper.core_properties.author == "Hoa"
        assert paper.core_properties.created.replace(tzinfo=None) == commune.NOW.replace(tzinfo=None)


async def test_a_village_signs_by_its_head_and_reports_itself_alone(sqlite_database, plan):
    units = await sqlite_database.write(lambda session: commune.settled(session, plan))
    file = await commune.made(sqlite_database, plan, "phu-luc-01", "docx", units["one"])
    assert table_of(file, 1)[2:] == [SUMMARY[0], ["", "Tổng cộng", *SUMMARY[0][2:]]]
    assert table_of(file, 2)[0][1].startswith("TỔ TRƯỞNG\n(Ký, ghi rõ họ tên)")
    assert table_of(file, 2)[0][1].endswith("Trần Văn Bình")


async def test_where_people_are_counted_the_commune_lists_its_agencies_too(sqlite_database):
    """Bình Giang: thôn and cơ quan, đơn vị in one table of people; done and left make the total down to the sum."""
    binh_giang = plans.load(EXAMPLE.with_name("binh-giang-2026.toml"))

    async def told(session):
        home = await commune.unit(session, binh_giang, "Thôn Đông")
        school = await commune.unit(session, binh_giang, "Trường Tiểu học", kind="school")
        clinic = await commune.unit(session, binh_giang, "Trạm Y tế", kind="clinic")
        women = await commune.unit(session, binh_giang, "Hội Phụ nữ", kind="association")
        home.people, school.staff, clinic.staff, women.staff = 50, 30, 12, 40
        await commune.houses(session, home, "installed", 8)
        person = await commune.officer(session, binh_giang)
        why = {"no_smartphone": 15}
        await commune.staff_told(session, person, school, what="nha-truong", done=20, total=30)
        await commune.staff_told(session, person, women, what="hoi-vien", done=25, total=40, reasons=why)
        return await roots.ensure_root(session, binh_giang)

    root = await sqlite_database.write(told)
    word = await commune.made(sqlite_database, binh_giang, "phu-luc-01", "docx", root)
    rows = table_of(word, 1)[2:]
    assert [row[:5] for row in rows] == [
        ["1", "Thôn Đông", "50", "8", "42"],
        ["2", "Trạm Y tế", "12", "chưa báo cáo", "chưa báo cáo"],
        ["3", "Trường Tiểu học", "30", "20", "10"],
        ["4", "Hội Phụ nữ", "40", "25", "15"],
        ["", "Tổng cộng", "132", "53", "79"],
    ]
    assert rows[3][5] == "15: 15 không có điện thoại thông minh"
    assert rows[4][5] == "79: 42 ở các thôn, 37 ở các cơ quan, đơn vị"
    said = [paragraph.text for paragraph in Document(word).paragraphs if "Số liệu tính đến" in paragraph.text]
    assert said == [
        "Tổng cộng gồm người dân ở các thôn: 8/50; các cơ quan, đơn vị: 45/82. Trong số đã cài đặt ở các thôn có "
        "0 người đã đăng nhập, tính là hoàn thành. Số liệu tính đến hết ngày 12/06/2026./."
    ]


async def test_excel_says_the_same_as_word(sqlite_database, plan):
    await sqlite_database.write(lambda session: commune.settled(session, plan))
    root = await sqlite_database.write(lambda session: roots.ensure_root(session, plan))
    sheet = openpyxl.load_workbook(await commune.made(sqlite_database, plan, "phu-luc-01", "xlsx", root)).active
    top = next(row for row in range(1, 40) if sheet.cell(row, 1).value == "STT")
    assert sheet.freeze_panes == f"A{top + 2}"
    assert sheet.auto_filter.ref == f"A{top + 1}:F{top + 5}"
    found = [
        ["" if cell.value is None else str(cell.value) for cell in row[:6]] for row in sheet.iter_rows(top + 2, top + 6)
    ]
    assert found == SUMMARY
    said = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "Kính gửi: Ủy ban nhân dân phường Việt Hoà" in said
    assert {"THỦ TRƯỞNG CƠ QUAN", "Nơi nhận:", "- Như trên;", "- Lưu: VT."} <= set(said)
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight, sheet.page_setup.paperSize) == (
        "portrait",
        0,
        9,
    )


async def test_a_long_text_makes_its_row_higher_and_a_title_leaves_the_columns_whole(sqlite_database, plan):
    """Programs other than Excel do not find the height of a row by themselves."""

    async def job(session):
        thon = await commune.unit(session, plan, "Thôn 1", 20)
        await commune.houses(session, thon, "installed", 1, label="1", head_name="Vũ Thị Sáu", address="1 phố Huế")
        await commune.houses(session, thon, "installed", 1, label="2", head_name="Lê Thị Lan", address="Ngõ dài " * 15)
        return thon

    thon = await sqlite_database.write(job)
    sheet = openpyxl.load_workbook(await commune.made(sqlite_database, plan, "danh-sach", "xlsx", thon)).active
    assert sheet.row_dimensions[6].height > 2 * (sheet.row_dimensions[5].height or 17.5)
    assert sheet["A1"].alignment.horizontal == "centerContinuous"
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["A10:E10", "A8:E8", "A9:E9"]
    register = openpyxl.load_workbook(await commune.made(sqlite_database, plan, "register", "xlsx", thon)).active
    assert register.column_dimensions["L"].hidden
    assert register.auto_filter.ref == "A4:L6"
    assert register.page_setup.orientation == "landscape"


async def test_a_school_reports_its_staff_with_its_own_reasons(sqlite_database, plan):
    async def job(session):
        school = await commune.unit(session, plan, "Trường Tiểu học", kind="school")
        person = await commune.officer(session, plan)
        said = {"done": 50, "total": 55, "reasons": {"no_smartphone": 3, "nghỉ thai sản": 1}}
        await commune.staff_told(session, person, school, **said)
        return school

    school = await sqlite_database.write(job)
    file = await commune.made(sqlite_database, plan, "phu-luc-01", "docx", school)
    why = "5: 3 không có điện thoại thông minh, 1 nghỉ thai sản, 1 chưa nêu lý do"
    assert table_of(file, 1)[2] == ["1", "Trường Tiểu học", "55", "50", "5", why]


async def people(session, plan) -> None:
    """One listed at home and at school, one without a phone, a head of a done house, one of a house not done."""
    person = await commune.officer(session, plan)
    thon = await commune.unit(session, plan, "Thôn 1", 20)
    school = await commune.unit(session, plan, "Trường Tiểu học", kind="school")
    home = Entry("Nguyễn Thị Hoà", "0912345678", address="12 ngõ 3, Thôn 1")
    work = Entry("nguyễn thị hòa", "0912345678", workplace="Trường Tiểu học Việt Hoà", at_work=True)
    await commune.on_list(session, person, thon, home, "1")
    await commune.on_list(session, person, school, work, "2")
    await commune.on_list(session, person, thon, Entry("Lê Văn Tám"), "3")
    await commune.houses(session, thon, "installed", 1, label="12", head_name="Vũ Thị Sáu", phone="0987654321")
    await commune.houses(session, thon, "nobody_home", 1, label="13", head_name="Không Được In")


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
async def test_the_list_names_each_person_once_with_home_or_workplace(sqlite_database, plan, kind):
    await sqlite_database.write(lambda session: people(session, plan))
    root = await sqlite_database.write(lambda session: roots.ensure_root(session, plan))
    file = await commune.made(sqlite_database, plan, "danh-sach", kind, root)
    where = "phường Việt Hoà, thành phố Hải Phòng"
    expected = [
        ["Stt", "Họ và tên", "Số điện thoại", "Cơ quan, đơn vị, doanh nghiệp, tổ chức", "Địa chỉ hiện tại"],
        ["1", "Lê Văn Tám", "chưa có", "Thôn 1", f"Thôn 1, {where}"],
        ["2", "Vũ Thị Sáu", "0987654321", "Thôn 1", f"Số 12, Thôn 1, {where}"],
        ["3", "nguyễn thị hòa", "0912345678", "Trường Tiểu học Việt Hoà", f"Trường Tiểu học Việt Hoà, {where}"],
    ]
    notes = (
        f"- Ghi địa chỉ hiện tại là nơi ở của người dân nếu thuộc hộ gia đình cư trú trên địa bàn {where};",
        "- Ghi địa chỉ hiện tại là nơi làm việc nếu là cán bộ, đảng viên, công an, công chức, viên chức, người lao "
        "động thuộc cơ quan, đơn vị, doanh nghiệp, tổ chức đóng trên địa bàn phường Việt Hoà.",
    )
    if kind == "docx":
        assert table_of(file, 0) == expected
        said = [paragraph.text for paragraph in Document(file).paragraphs]
        assert said[0] == "DANH SÁCH CÀI ĐẶT ỨNG DỤNG SMART HẢI PHÒNG"
        assert tuple(said[-2:]) == notes
        return
    sheet = openpyxl.load_workbook(file).active
    assert [[str(cell.value) for cell in row] for row in sheet.iter_rows(4, 7)] == expected
    assert sheet["C6"].data_type == "s"
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A5", "A4:E7", "$4:$4")
    assert [sheet.cell(row, 1).value for row in (9, 10, 11)] == ["* Ghi chú:", *notes]


@pytest.mark.parametrize(("form", "kind"), [("danh-sach", "docx"), ("danh-sach", "xlsx"), ("register", "xlsx")])
async def test_a_hostile_name_is_only_ever_a_name(sqlite_database, plan, form, kind):
    async def job(session):
        thon = await commune.unit(session, plan, "Thôn {{ 7*7 }} <&> =1+1")
        for number, name in enumerate(HOSTILE):
            await commune.houses(session, thon, "installed", 1, label=f"{number}", head_name=name, address=name)
        return thon

    thon = await sqlite_database.write(job)
    file = await commune.made(sqlite_database, plan, form, kind, thon)
    if kind == "docx":
        names = [row[1] for row in table_of(file, 0)[1:]]
    else:
        sheet = openpyxl.load_workbook(file).active
        assert all(cell.data_type != "f" and not cell.hyperlink for row in sheet.iter_rows() for cell in row)
        names = [str(row[1 if form == "danh-sach" else 3].value) for row in sheet.iter_rows(5, 4 + len(HOSTILE))]
    shown = [*HOSTILE[:7], "Lan", names[8], "Nguyễn", "Ă" * 200, "]]>", "Lan", "a b"]
    assert names == shown
    assert names[8].startswith("Lan")
    assert "\ud800" not in names[8]


NASTY = '=HYPERLINK("http://x.example","y") {{7*7}} {%tr for x in y %} <w:p/>& \x00\x0b\u202e\ufffe Nguye\u0302\u0303n'
SHOWN = '=HYPERLINK("http://x.example","y") {{7*7}} {%tr for x in y %} <w:p/>&'


def with_nasty_words(plan: Plan) -> Plan:
    """A plan whose every word of its own is hostile: place and office, app, title, reasons, indicators, reports."""
    place = plan.place.model_copy(update=dict.fromkeys(("short", "authority", "coordinator", "city"), NASTY))
    app = plan.app.model_copy(update={"name": NASTY, "in_forms": NASTY})
    outcomes = tuple(one.model_copy(update={"said": NASTY, "label": NASTY}) for one in plan.outcomes)
    indicators = tuple(one.model_copy(update={"sentence": NASTY}) for one in plan.indicators)
    reports = tuple(one.model_copy(update={"title": NASTY, "to": NASTY, "signed": (NASTY,)}) for one in plan.reports)
    words = {"title": NASTY, "number": NASTY, "issued": NASTY, "legal_basis": (NASTY,)}
    return plan.model_copy(update=words | {"place": place, "app": app, "outcomes": outcomes, "indicators": indicators,
                                           "reports": reports})  # fmt: skip


@pytest.mark.parametrize(
    ("form", "kind"),
    [("phu-luc-01", "docx"), ("phu-luc-01", "xlsx"), ("danh-sach", "docx"), ("danh-sach", "xlsx"),
     ("bao-cao", "docx"), ("register", "xlsx"), ("cong-an", "xlsx")],
)  # fmt: skip
async def test_a_hostile_plan_breaks_no_paper_and_runs_nowhere(sqlite_database, plan, form, kind):
    """Units, heads, reasons in own words and every word of the plan; who exports too."""

    async def job(session):
        root = await roots.ensure_root(session, plan)
        thon = await commune.unit(session, plan, NASTY, 9)
        school = await commune.unit(session, plan, f"{NASTY} 2", kind="school")
        thon.head_name = school.head_name = root.head_name = NASTY
        for outcome in ("installed", "no_vneid2", "not_done"):
            await commune.houses(session, thon, outcome, 1, label=f"{outcome} {NASTY}", head_name=NASTY, address=NASTY)
        await commune.staff_told(session, await commune.officer(session, plan), school, done=5, total=9,
                                 reasons={NASTY: 4})  # fmt: skip
        return root

    root = await sqlite_database.write(job)
    file = await commune.made(sqlite_database, with_nasty_words(plan), form, kind, root)
    if kind == "docx":
        paper = Document(file)
        cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
        said = "\n".join([*cells, *(paragraph.text for paragraph in paper.paragraphs)])
        assert "w:hyperlink" not in paper.element.xml
    else:
        sheet = openpyxl.load_workbook(file).active
        assert all(cell.data_type != "f" and not cell.hyperlink for row in sheet.iter_rows() for cell in row)
        said = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert SHOWN.lower() in " ".join(said.split()).lower()
    assert "<w:p/>& Nguyễn" in said
    assert not set(said) & set("\x00\x0b\u202e\ufffe\u0302")


def a_unit(number: int, chance: random.Random, plan: Plan) -> UnitFigures:
    outcomes = {one.code: chance.randrange(0, 9) for one in plan.outcomes if chance.random() < 0.6}
    done = sum(outcomes.get(code, 0) for code in plan.done_codes)
    total = chance.choice([None, chance.randrange(0, 60), chance.randrange(40, 90)]) or None
    day = commune.DAY if outcomes else None
    return UnitFigures(number, f"Thôn {number}", "village", total, done, 0, 0, day, outcomes)


def adds_up(why: str, left: int) -> bool:
    head, _, reasons = why.partition(": ")
    return int(head) == left == sum(int(one.split()[0]) for one in reasons.split(", "))


def test_random_rows_add_up(plan):
    chance = random.Random(5)
    for _ in range(2000):
        units = [a_unit(number, chance, plan) for number in range(chance.randrange(0, 8))]
        rows, whole = lines(plan, units, {}, indicator=plan.indicator)
        for row in [*rows, whole]:
            if row.total is None or row.done is None:
                assert row.left is None
                continue
            assert row.total == row.done + (row.left or 0)
            assert not row.left or "xem lại" in row.why or adds_up(row.why, row.left)
        assert (whole.done or 0) == sum(row.done or 0 for row in rows)
        assert whole.total is None or whole.total == sum(row.total or 0 for row in rows)


def test_chat_picture_and_paper_say_the_same(plan):
    """Silent is "chưa báo cáo" in all three, never 0; done, total and left are the same numbers."""
    chance = random.Random(6)
    for _ in range(2000):
        units = [a_unit(number, chance, plan) for number in range(1, 1 + chance.randrange(1, 6))]
        rows, whole = lines(plan, units, {}, indicator=plan.indicator)
        for unit, row in zip(units, rows, strict=True):
            chat, drawn = unit_line(plan, unit), digest_picture.row(unit)
            silent = "chưa báo cáo"
            assert {silent in chat, silent in drawn, row.done_said == silent} == {not unit.reported}
            if row.left is not None:
                assert f"{row.done_said}/{row.total_said} hộ" in chat
                assert f"còn {row.left_said}" in chat or (row.left, chat[-2:]) == (0, "đủ")
                assert drawn.startswith(f"{row.done_said}/{row.total_said}")
        assert ("chưa báo cáo" in in_all(plan, add_up(units))) == (whole.total is not None and whole.done is None)
        assert whole.total is not None or "%" not in in_all(plan, add_up(units))
        if whole.left is not None:
            assert f"{whole.done_said}/{whole.total_said} hộ" in in_all(plan, add_up(units))
            assert f"còn {whole.left_said}" in in_all(plan, add_up(units))
