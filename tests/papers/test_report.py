"""The báo cáo to the level above, as each plan orders it: read again paragraph by paragraph and cell by cell."""

from io import BytesIO

import pytest
from docx import Document

from papers.order import NoReport
from storage import difficulties, reported, roots
from storage.listed import Entry
from tests.papers import commune
from tests.rules.test_five_plans import PLANS
from texts.papers import in_lines

VIET_HOA, AN_KHANH, TU_KY = (PLANS[name] for name in ("viet-hoa-2026", "an-khanh-2026", "tu-ky-2026"))


def paragraphs(file: BytesIO) -> list[str]:
    return [paragraph.text for paragraph in Document(file).paragraphs if paragraph.text]


def rows_of(file: BytesIO, place: int) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in Document(file).tables[place].rows]


async def the_ward(session):
    """Villages with houses, a school that told its staff, one who is on two lists, a duty and a difficulty."""
    units = await commune.settled(session, VIET_HOA)
    person = await commune.officer(session, VIET_HOA)
    school = await commune.unit(session, VIET_HOA, "Trường Tiểu học", kind="school")
    await commune.unit(session, VIET_HOA, "Trạm Y tế", kind="clinic")
    women = await commune.unit(session, VIET_HOA, "Hội Phụ nữ", kind="association")
    await commune.staff_told(session, person, school, done=50, total=55, reasons={"nghỉ thai sản": 5})
    told = {"what": "sinh-hoat", "day": commune.DAY, "now": commune.NOW, "source": "w", "adds": True}
    await reported.add(session, person, women, done=3, **told)
    await commune.on_list(session, person, units["one"], Entry("Lê Thị Lan", "0912345678"), "1")
    await commune.on_list(session, person, school, Entry("Lê Thị Lan", "0912345678", at_work=True), "2")
    await commune.on_list(session, person, school, Entry("Vũ Văn Sáu", at_work=True), "3")
    await difficulties.raise_one(session, person, "mạng yếu", now=commune.NOW, source="d")
    return await roots.ensure_root(session, VIET_HOA)


async def test_the_wards_report_to_the_city(sqlite_database):
    root = await sqlite_database.write(the_ward)
    file = await commune.made(sqlite_database, VIET_HOA, "bao-cao", "docx", root)
    head, houses, staff, foot = (rows_of(file, place) for place in range(4))
    assert head == [
        ["ỦY BAN NHÂN DÂN\nPHƯỜNG VIỆT HOÀ\n", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"],
        ["Số:          /BC-UBND", "Việt Hoà, ngày        tháng 6 năm 2026"],
    ]
    heads = ["STT", "Tên đơn vị", "Tổng số", "Đã cài đặt", "Tỷ lệ", "Chưa cài đặt", "Lý do chưa cài đặt"]
    assert houses == [
        heads,
        ["1", "Thôn 1", "20", "13", "65%", "7", "7: 3 hẹn quay lại, 2 vắng nhà, 2 chưa có VNeID mức 2"],
        ["2", "Thôn 2", "40", "chưa báo cáo", "–", "chưa báo cáo", "Chưa báo cáo"],
        ["3", "Thôn 3", "chưa có", "5", "–", "chưa rõ", "Chưa có tổng số"],
        ["4", "Thôn 10", "chưa có", "3", "–", "chưa rõ", "Tổng số đã khai (2) ít hơn số đã cài; cần xem lại tổng số"],
        ["", "Tổng cộng", "chưa có", "21", "–", "chưa rõ",
         "2 đơn vị chưa có tổng số hoặc cần xem lại tổng số; 1 đơn vị chưa báo cáo"],
    ]  # fmt: skip
    assert staff[1:3] == [
        ["1", "Trạm Y tế", "chưa có", "chưa báo cáo", "–", "chưa báo cáo", "Chưa báo cáo; chưa có tổng số"],
        ["2", "Trường Tiểu học", "55", "50", "90,9%", "5", "5: 5 nghỉ thai sản"],
    ]
    assert foot[0][0] == "Nơi nhận:\n- Như trên;\n- Sở Khoa học và Công nghệ (để báo cáo);\n- Lưu: VT, VHXH."
    assert foot[0][1].startswith("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n")


async def test_the_wards_report_in_words(sqlite_database):
    root = await sqlite_database.write(the_ward)
    said = paragraphs(await commune.made(sqlite_database, VIET_HOA, "bao-cao", "docx", root))
    title = "Kết quả vận động, hướng dẫn người dân\ncài đặt và sử dụng ứng dụng Smart Hải Phòng"
    assert said[:3] == ["BÁO CÁO", title, "Kính gửi: Ủy ban nhân dân thành phố Hải Phòng"]
    assert said[3].startswith("Căn cứ Thông báo số 220/TB-VP")
    assert said[5].startswith("Ủy ban nhân dân phường Việt Hoà báo cáo kết quả vận động")
    assert said[6] == "I. KẾT QUẢ CÀI ĐẶT"
    assert said[8:] == [
        "Đã cài đặt 21 hộ; chỉ tiêu 100%; 2 đơn vị chưa có tổng số hoặc cần xem lại tổng số nên chưa tính tỷ lệ.",
        "Chưa báo cáo 1 đơn vị: Thôn 2.",
        "Danh sách đã lập: 1 người theo nơi ở, 2 người theo nơi làm việc, trong đó 1 người có ở cả hai; tổng cộng "
        "2 người, mỗi người tính một lần.",
        "Đơn vị tính: hộ",
        f"2. {VIET_HOA.indicators[1].sentence}",
        "Đã cài đặt 50 người; chỉ tiêu 100%; 1 đơn vị chưa có tổng số hoặc cần xem lại tổng số nên chưa tính tỷ lệ.",
        "Chưa báo cáo 1 đơn vị: Trạm Y tế.",
        "Đơn vị tính: người",
        "II. CÁC NHIỆM VỤ KHÁC THEO KẾ HOẠCH",
        "- Tổ chức hướng dẫn tập thể trong các buổi sinh hoạt chi hội: 3 buổi (1 đơn vị đã báo).",
        "III. KHÓ KHĂN, VƯỚNG MẮC",
        "Cơ sở phản ánh 1 vướng mắc, đã trả lời 0, còn 1 đang chờ.",
        "Trên đây là báo cáo của Ủy ban nhân dân phường Việt Hoà; số liệu tính đến hết ngày 12/06/2026./.",
    ]


async def test_the_police_tell_both_counts_of_the_day(sqlite_database):
    async def job(session):
        thon = await commune.unit(session, AN_KHANH, "Thôn 1")
        thon.households = 10
        police = await commune.unit(session, AN_KHANH, "Công an xã", kind="police")
        person = await commune.officer(session, AN_KHANH)
        await commune.houses(session, thon, "installed", 4, done_on=commune.DAY)
        told = {"what": "cap-muc-2", "day": commune.DAY, "now": commune.NOW, "adds": True}
        await reported.add(session, person, police, done=6, source="p", **told)
        return police

    police = await sqlite_database.write(job)
    file = await commune.made(sqlite_database, AN_KHANH, "bao-cao", "docx", police)
    said = paragraphs(file)
    assert rows_of(file, 0)[0][0] == "CÔNG AN XÃ\n"
    assert said[4].startswith("Thực hiện Kế hoạch số             , ngày        tháng      năm 2026 của Ủy ban nhân")
    assert "Đã cài đặt 4/10 hộ (40%), còn 6; chỉ tiêu 100%." in said
    assert "Trong ngày 12/06/2026: thêm 4 hộ." in said
    accounts = "- Theo dõi hàng ngày số tài khoản định danh điện tử mức độ 2 đã cấp: 6 (1 đơn vị đã báo)"
    assert f"{accounts}; trong ngày 12/06/2026: 6." in said
    assert rows_of(file, -1)[0][1].startswith("TRƯỞNG CÔNG AN XÃ")


async def test_a_plan_that_names_no_receiver_leaves_it_to_the_office(sqlite_database):
    async def job(session):
        thon = await commune.unit(session, TU_KY, "Thôn {{ 7*7 }} =1+1 <b>&")
        thon.head_name = "Trần \x00Văn\ud800 Bình"
        return await roots.ensure_root(session, TU_KY), thon

    root, thon = await sqlite_database.write(job)
    said = paragraphs(await commune.made(sqlite_database, TU_KY, "bao-cao", "docx", root))
    assert "Kính gửi: ……………………………………" in said
    assert "Chưa đơn vị nào báo cáo." in said
    file = await commune.made(sqlite_database, TU_KY, "bao-cao", "docx", thon)
    assert "Kính gửi: Ủy ban nhân dân xã Tứ Kỳ (qua Phòng Văn hóa - Xã hội xã)" in paragraphs(file)
    assert rows_of(file, 0)[0][0] == "ỦY BAN NHÂN DÂN\nXÃ TỨ KỲ\nTHÔN {{ 7*7\n}} =1+1 <B>&\n"
    assert rows_of(file, -1)[0][1].startswith("TRƯỞNG THÔN\n(Ký, ghi rõ họ tên)")


@pytest.mark.parametrize("name", ["binh-giang-2026", "thuy-nguyen-2024"])
async def test_a_plan_that_orders_no_report_has_none(sqlite_database, name):
    root = await sqlite_database.write(lambda session: roots.ensure_root(session, PLANS[name]))
    with pytest.raises(NoReport):
        await commune.made(sqlite_database, PLANS[name], "bao-cao", "docx", root)


async def test_a_school_of_binh_giang_reports_what_its_own_clause_counts(sqlite_database):
    plan = PLANS["binh-giang-2026"]

    async def job(session):
        school = await commune.unit(session, plan, "Trường Mầm non", kind="school")
        person = await commune.officer(session, plan)
        said = {"what": "nha-truong", "day": commune.DAY, "now": commune.NOW, "source": "n"}
        await reported.add(session, person, school, done=20, total=22, **said)
        return school

    school = await sqlite_database.write(job)
    file = await commune.made(sqlite_database, plan, "phu-luc-01", "docx", school)
    assert rows_of(file, 1)[2] == ["1", "Trường Mầm non", "22", "20", "2", "2: 2 chưa nêu lý do"]


async def test_where_persons_are_counted_the_doors_say_why_in_households(sqlite_database):
    """Bình Giang counts people; a house with nobody home is no number of people, and no number is made of it."""
    plan = PLANS["binh-giang-2026"]

    async def job(session):
        one, two = [await commune.unit(session, plan, f"Thôn {number}") for number in (1, 2)]
        one.people, two.people = 30, 12
        await commune.houses(session, one, "signed_in", 5, installs=1)
        for outcome, count in (("nobody_home", 3), ("installed", 1)):
            await commune.houses(session, one, outcome, count)
        return await roots.ensure_root(session, plan)

    root = await sqlite_database.write(job)
    file = await commune.made(sqlite_database, plan, "phu-luc-01", "docx", root)
    rows = rows_of(file, 1)[2:]
    assert [row[1:] for row in rows] == [
        ["Thôn 1", "30", "6", "24", "24; ở các hộ đã đến: 3 vắng nhà"],
        ["Thôn 2", "12", "chưa báo cáo", "chưa báo cáo", "Chưa báo cáo"],
        ["Tổng cộng", "42", "6", "36", "36; ở các hộ đã đến: 3 vắng nhà; 12 ở 1 đơn vị chưa báo cáo"],
    ]
    assert paragraphs(file)[-1] == (
        "Trong số đã cài đặt có 5 người đã đăng nhập, tính là hoàn thành. Số liệu tính đến hết ngày 12/06/2026./."
    )


async def test_a_plan_that_asks_for_use_heads_its_columns_so(sqlite_database):
    """Tứ Kỳ counts who uses the app; who merely installed is not done, and no column says "chưa cài đặt" of them."""

    async def job(session):
        thon = await commune.unit(session, TU_KY, "Thôn 1")
        thon.households = 10
        await commune.houses(session, thon, "used", 4)
        await commune.houses(session, thon, "installed", 2)
        return await roots.ensure_root(session, TU_KY)

    root = await sqlite_database.write(job)
    file = await commune.made(sqlite_database, TU_KY, "bao-cao", "docx", root)
    head, row, _ = rows_of(file, 1)
    assert head[3:] == ["Đã hoàn thành", "Tỷ lệ", "Chưa hoàn thành", "Lý do chưa hoàn thành"]
    assert row[2:] == ["10", "4", "40%", "6", "6: 4 chưa đến, 2 đã cài, chưa dùng"]
    assert "Đã hoàn thành 4/10 hộ (40%), còn 6; chỉ tiêu 100%." in paragraphs(file)


def test_titles_break_into_even_lines_and_never_within_a_name():
    said = "Kết quả triển khai cài đặt ứng dụng Hải Phòng Smart trên địa bàn xã An Khánh"
    assert in_lines(said, 56, ["Hải Phòng Smart", "xã An Khánh"]) == (
        "Kết quả triển khai cài đặt ứng dụng\nHải Phòng Smart trên địa bàn xã An Khánh"
    )
    seed = "Báo cáo về việc cài đặt và sử dụng ứng dụng Công dân số (Smart Hải Phòng)"
    assert in_lines(seed, 30).split("\n")[0] == "Báo cáo về việc cài đặt và"
    assert in_lines("Trường " * 3 + "A" * 200, 20).split("\n")[-1] == "A" * 200
    assert in_lines("", 20) == ""
