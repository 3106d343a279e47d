"""The plan told back: its author finds every decision, every last moment, every reading and every gap."""

from datetime import date
from pathlib import Path

import pytest

from rules.plan import Deadline, Plan, load, open_fields
from texts.plan import prose

VIET_HOA = Path(__file__).parents[2] / "campaigns" / "viet-hoa-2026.toml"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load(VIET_HOA)


def part(text: str, title: str) -> list[str]:
    """The lines under one heading."""
    [found] = [lines for lines in (each.split("\n") for each in text.split("\n\n")) if lines[0] == title]
    return found[1:]


def with_deadlines(plan: Plan, *phrases: str, **time_fields: object) -> Plan:
    deadlines = tuple(
        Deadline(slug=f"han-{n}", says=says, binds="school", what="cài") for n, says in enumerate(phrases)
    )
    return plan.model_copy(update={"deadlines": deadlines, "time": plan.time.model_copy(update=time_fields)})


def test_viet_hoas_office_recognises_its_place_basis_and_app(plan):
    text = prose(plan)
    opening = text.split("\n\n")[0].split("\n")
    assert opening[:3] == [
        "KẾ HOẠCH viet-hoa-2026: Vận động, hướng dẫn người dân cài đặt và sử dụng ứng dụng Smart Hải Phòng.",
        "Nơi thực hiện: phường Việt Hoà, thành phố Hải Phòng; mỗi đơn vị dân cư gọi là tổ dân phố.",
        "Ban hành: Ủy ban nhân dân phường Việt Hoà, tháng 5 năm 2026. "
        "Đầu mối tổng hợp số liệu: Phòng Văn hoá – Xã hội.",
    ]
    assert opening[3].startswith("Căn cứ Thông báo số 220/TB-VP ngày 15 tháng 5 năm 2026 của Văn phòng")
    app = part(text, "ỨNG DỤNG")
    assert app[0] == "Tên ứng dụng: Smart Hải Phòng. Tổng đài hỗ trợ: 1022 (miễn phí cước gọi)."
    assert app[1] == f"App Store: chưa có đường dẫn, QR tạm mở {plan.app.store_link('ios')}"
    assert app[-1].startswith("Bước 3: Cập nhật họ tên, địa chỉ hiện tại (phường Việt Hoà")


def test_each_deadline_is_told_to_its_last_second(plan):
    lines = part(prose(plan), "AI LÀM GÌ, ĐẾN KHI NÀO")
    assert lines[:5] == [
        f"• Mỗi tổ dân phố, “đến hết ngày 30/6/2026”: {plan.deadlines[0].what}.",
        "  Còn hạn đến hết 23:59:59 thứ Ba 30/06/2026, giờ Việt Nam; sau đó là quá hạn.",
        "  Nhắc nơi chưa xong lúc 08:00 các ngày 23/06, 27/06, 29/06, 30/06; báo quá hạn 01/07.",
        "  Tính theo chỉ tiêu 1.",
        f"  Cách đọc: {plan.deadlines[0].readings[0]}",
    ]
    assert lines[-4:-1] == [
        f"• Ủy ban nhân dân phường Việt Hoà, “sau ngày 30/6/2026”: {plan.deadlines[2].what}.",
        "  Bắt đầu lúc 00:00 thứ Tư 01/07/2026, giờ Việt Nam.",
        "  Không có ngày cuối, bot không nhắc.",
    ]


def test_before_the_fifteenth_ends_on_the_fourteenth(plan):
    early = with_deadlines(plan, "trước ngày 15/03/2026", start=date(2026, 2, 1))
    lines = part(prose(early), "AI LÀM GÌ, ĐẾN KHI NÀO")
    assert lines == [
        "• Các đơn vị loại “trường học”, “trước ngày 15/03/2026”: cài.",
        "  Còn hạn đến hết 23:59:59 thứ Bảy 14/03/2026, giờ Việt Nam; sau đó là quá hạn.",
        "  Nhắc nơi chưa xong lúc 08:00 các ngày 07/03, 11/03, 13/03, 14/03; báo quá hạn 15/03.",
    ]


def test_a_range_tells_both_ends(plan):
    spread = with_deadlines(plan, "Từ ngày 15/6/2026 - 30/6/2026", remind_days_before=())
    assert part(prose(spread), "AI LÀM GÌ, ĐẾN KHI NÀO")[1:] == [
        "  Bắt đầu lúc 00:00 thứ Hai 15/06/2026, giờ Việt Nam.",
        "  Còn hạn đến hết 23:59:59 thứ Ba 30/06/2026, giờ Việt Nam; sau đó là quá hạn.",
        "  Không nhắc trước hạn; báo quá hạn 01/07.",
    ]


def test_what_counts_and_out_of_which_total(plan):
    lines = part(prose(plan), "ĐẾM GÌ, TRÊN TỔNG NÀO")
    assert lines[0] == f"• Chỉ tiêu 1: {plan.indicator.sentence}."
    assert lines[1] == "  Đếm theo hộ, chia cho tổng số hộ dân đang dùng điện thoại thông minh; đích 100%."
    assert "  Đếm theo người, chia cho tổng số cán bộ, người lao động; đích 100%." in lines


def test_every_reading_taken_is_printed(plan):
    tables = [*plan.indicators, *plan.deadlines, *plan.quotas, plan.time, plan.notice]
    readings = [reading for table in tables for reading in table.readings]
    assert len(readings) > 10
    text = prose(plan)
    assert [reading for reading in readings if f"  Cách đọc: {reading}\n" not in text] == []


def test_quotas_outcomes_hours_and_the_notice(plan):
    text = prose(plan)
    assert part(text, "CHỈ TIÊU MỖI NGƯỜI")[0] == f"• Mỗi đoàn viên ít nhất 10 hộ: {plan.quotas[0].sentence}."
    outcomes = part(text, "KẾT QUẢ GHI Ở MỖI NHÀ")
    assert (
        outcomes[0]
        == "• Đã cài & đăng ký (nói “đã cài”): tính là xong, đã tới bước đăng nhập; hỏi thêm mấy người đã cài."
    )
    assert outcomes[2] == "• Vắng nhà (nói “vắng nhà”): chưa xong."
    assert outcomes[5].endswith("ngoài diện, không tính vào tổng.")
    assert len(outcomes) == len(plan.outcomes)
    assert part(text, "GIỜ GIẤC")[:4] == [
        "Bắt đầu thứ Hai 18/05/2026.",
        "Gửi số liệu trong ngày lúc 17:00.",
        "Nhắc hạn lúc 08:00: trước hạn 7, 3, 1 ngày, đúng ngày cuối, và báo quá hạn hôm sau.",
        "Giờ yên lặng từ 21:00 đến 06:30: tin tự gửi được dời lại, không bỏ.",
    ]
    notice = part(text, "THÔNG BÁO VỀ DỮ LIỆU CÁ NHÂN")
    assert notice[0] == "Bản 2026-05; dữ liệu hộ dân xoá 90 ngày sau khi kết thúc."
    assert plan.notice_text in notice[1]


def test_what_is_open_closes_the_prose(plan):
    gaps = part(prose(plan, "hoa.toml"), "CÒN ĐỂ NGỎ")
    assert gaps == [f"• {sentence}" for sentence in open_fields(plan, "hoa.toml")]
    assert all(gap.endswith("trong hoa.toml.") for gap in gaps)


def test_a_plan_that_decides_little_is_told_without_gaps_in_the_grammar(plan):
    app = plan.app.model_copy(update={"hotline": "", "video": ""})
    bare = plan.model_copy(update={"app": app, "deadlines": (), "quotas": (), "legal_basis": (), "issued": ""})
    text = prose(bare)
    assert part(text, "AI LÀM GÌ, ĐẾN KHI NÀO") == ["Không có."]
    assert part(text, "ỨNG DỤNG")[0] == "Tên ứng dụng: Smart Hải Phòng."
    assert "Ban hành: Ủy ban nhân dân phường Việt Hoà. Đầu mối" in text
    assert "  Cách đọc: \n" not in text
    assert not [line for line in text.split("\n") if line != line.rstrip()]
