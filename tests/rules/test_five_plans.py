"""Five offices wrote five plans: each is one file, says what its office decided, and contradicts nothing."""
# ruff: noqa: E501 (a table reads by its columns)

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rules.clock import at_vietnam
from rules.deadlines import ladder, span_of
from rules.plan import Plan, UnreadablePlan, load, open_fields
from texts.plan import prose

CAMPAIGNS = Path(__file__).parents[2] / "campaigns"
NAMES = ("an-khanh-2026", "binh-giang-2026", "thuy-nguyen-2024", "tu-ky-2026", "viet-hoa-2026")
PLANS = {name: load(CAMPAIGNS / f"{name}.toml") for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_each_is_read_told_back_and_keeps_private_numbers_out(name):
    text, plan = (CAMPAIGNS / f"{name}.toml").read_text(encoding="utf-8"), PLANS[name]
    assert plan.slug == name
    assert not re.search(r"0[0-9]{3}[. ]?[0-9]{3}[. ]?[0-9]{3}", text)
    assert not re.search("Lê Văn Hoàn|Phạm Thị|Vũ Thị|Nguyễn (Đức|Khắc)|Uông", text)
    told = prose(plan)
    assert not [line for line in told.split("\n") if line != line.rstrip() or "{" in line]
    parts = [*plan.indicators, *plan.audiences, *plan.deadlines, *plan.duties, *plan.quotas]
    readings = [reading for part in (plan, plan.place, plan.app, plan.time, plan.police, *parts, plan.notice)
                for reading in part.readings]  # fmt: skip
    assert len(readings) >= 8
    assert [reading for reading in readings if f"  Cách đọc: {reading}" not in told] == []
    for duty in plan.duties:
        assert duty.what in told
        assert f"“{duty.word}”" in told
    assert [gap for gap in open_fields(plan) if f"• {gap}" not in told] == []


OPEN = {  # what each seed leaves open, by the key to fill in
    "an-khanh-2026": {"app.hotline", "app.video", "number", "issued", "forms"},
    "binh-giang-2026": {"app.app_store", "app.google_play", "app.hotline", "app.video", "number", "issued",
                        "legal_basis", "place.reports_to"},
    "thuy-nguyen-2024": {"app.app_store", "app.google_play", "app.hotline", "app.video", "number", "issued",
                         "legal_basis", "place.reports_to", "forms"},
    "tu-ky-2026": {"app.app_store", "app.google_play", "app.hotline", "app.video", "number", "issued",
                   "place.reports_to", "forms", "[[deadlines]]"},
    "viet-hoa-2026": {"app.app_store", "app.google_play", "number", "issued"},
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_what_the_seed_leaves_open_is_named_open(name):
    found = {re.search(r"; điền (\S+) trong ", gap)[1] for gap in open_fields(PLANS[name])}
    assert found == OPEN[name]


LAST_DAYS = {
    "an-khanh-2026": {"ho-gia-dinh": "30/04/2026", "can-bo": "30/04/2026", "to-huong-dan": "30/04/2026",
                      "bao-cao-thanh-pho": "30/05/2026"},
    "binh-giang-2026": {"can-bo": "14/03/2026", "nguoi-than": "31/03/2026", "phat-thanh": "31/03/2026",
                        "nha-truong": "31/03/2026", "hoi-vien": "30/03/2026", "nhan-dan": "30/03/2026",
                        "bao-cao": "30/03/2026"},
    "thuy-nguyen-2024": {"ra-quan": "30/06/2024", "nguoi-dan": "31/12/2024", "can-bo": "30/06/2024",
                         "hoc-sinh-thpt": "30/06/2024"},
    "tu-ky-2026": {},
    "viet-hoa-2026": {"ho-dan": "30/06/2026", "danh-sach": "30/06/2026", "bao-cao-thanh-pho": None},
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_each_deadline_ends_on_its_second_of_midnight_in_vietnam(name):
    plan = PLANS[name]
    found = {}
    for deadline in plan.deadlines:
        span = span_of(plan, deadline)
        found[deadline.slug] = f"{span.last_day:%d/%m/%Y}" if span.has_end else None
        if span.has_end:
            assert span.last_moment == at_vietnam(span.last_day + timedelta(days=1), datetime.min.time())
    assert found == LAST_DAYS[name]


def test_binh_giangs_staff_are_in_time_at_the_last_second_of_the_14th_and_late_a_second_later():
    plan = PLANS["binh-giang-2026"]
    span = span_of(plan, plan.deadlines[0])
    assert datetime(2026, 3, 14, 16, 59, 59, tzinfo=UTC) < span.last_moment
    assert datetime(2026, 3, 14, 17, 0, 0, tzinfo=UTC) >= span.last_moment  # 00:00 on 15/03 in Vietnam


def test_each_audience_has_its_own_ladder():
    plan = PLANS["binh-giang-2026"]
    units = {"agency": "Phòng Kinh tế", "school": "Trường THCS", "association": "Hội Phụ nữ", "village": "Thôn 1"}
    ladders = {}
    for kind, name in units.items():
        [bound] = [each for each in plan.deadlines if each.indicator and plan.binds(each, kind, name)]
        ladders[kind] = (bound.slug, [step.due_at.astimezone().strftime("%d/%m") for step in ladder(plan, bound)])
    assert ladders["agency"] == ("can-bo", ["07/03", "11/03", "13/03", "14/03", "15/03"])
    assert ladders["school"] == ("nha-truong", ["24/03", "28/03", "30/03", "31/03", "01/04"])
    assert ladders["association"][0] == "hoi-vien"
    assert ladders["village"][0] == "nhan-dan"
    assert ladders["village"][1] == ["23/03", "27/03", "29/03", "30/03", "31/03"]


def test_a_duty_binds_by_kind_and_by_name():
    plan = PLANS["binh-giang-2026"]
    assert [duty.slug for duty in plan.duties_of("agency", "Trung tâm dịch vụ sự nghiệp công")] == [
        "can-bo", "phat-thanh", "dang-bai",
    ]  # fmt: skip
    assert [duty.slug for duty in plan.duties_of("clinic", "Trạm Y tế")] == ["can-bo", "khach-y-te"]
    assert plan.duties_of("village", "Thôn 1") == []
    radio = plan.duty("phat-thanh")
    assert (radio.least, radio.every) == (2, "week")


def test_no_unit_has_one_word_for_two_duties():
    for plan in PLANS.values():
        for kind, name in (("agency", "Trung tâm Dịch vụ sự nghiệp công"),
                           ("agency", "Trung tâm Phục vụ hành chính công"),
                           ("school", "Trường THPT"), ("clinic", "Trạm Y tế"), ("village", "Thôn 1"),
                           ("agency", "Phòng Văn hóa")):  # fmt: skip
            words = [duty.word for duty in plan.duties_of(kind, name)]
            assert len(words) == len(set(words)), (plan.slug, name)


REFUSED = [  # plan, what is changed into what, the piece that names the line, and the sentence's beginning
    ("binh-giang-2026", 'says = "trước ngày 15/03/2026"\nbinds', 'says = "trước ngày 15/01/2026"\nbinds', "15/01/2026",
     "hạn “trước ngày 15/01/2026” hết vào 14/01/2026, trước ngày bắt đầu 02/02/2026"),
    ("an-khanh-2026", 'out_of = "households"\n', "", "[[indicators]]                                  # I.2, gạch 2, dấu + thứ nhất\n",
     "thiếu mục “out_of” ở [[indicators]] thứ 1"),
    ("tu-ky-2026", 'stage = "used"\nasks', 'stage = "address"\nasks', 'stage = "used"                                  #',
     "không kết quả nào đạt tới bước “used”"),
    ("tu-ky-2026", 'code = "refused"', 'code = "used"  # lại', "# lại", "code “used” đã dùng"),
    ("thuy-nguyen-2024", 'app_store = ""', 'app_store = "https://play.google.com/store/apps/details?id=a"', "app_store =",
     "mục “app_store” ở [app] phải là đường dẫn"),
    ("binh-giang-2026", 'stage = "installed"\nasks', 'stage = "installed"\ndone = true  # sớm\nasks', "# sớm",
     "kết quả “Đã cài, chưa đăng nhập” không thể là done = true"),
    ("binh-giang-2026", 'binds = "doan-the"', 'binds = "doan-te"', "doan-te", "không biết “doan-te” là ai; có phải"),
    ("binh-giang-2026", 'audience = "mot-cua"', 'audience = "mot-cu"', '"mot-cu"', "không có đối tượng “mot-cu”"),
    ("an-khanh-2026", 'who = ["police"]', 'who = ["polise"]', "polise", "không có loại đơn vị “polise”; có phải “police”?"),
    ("an-khanh-2026", 'indicator = "can-bo"\n\n[[duties]]', 'indicator = "can-b"  # lạ\n\n[[duties]]', "# lạ",
     "không có chỉ tiêu “can-b”"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "piece", "sentence"), REFUSED)
def test_a_contradiction_is_refused_with_its_line(tmp_path, name, old, new, piece, sentence):
    text = (CAMPAIGNS / f"{name}.toml").read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path = tmp_path / "ke-hoach.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UnreadablePlan) as refused:
        load(path)
    line = path.read_text(encoding="utf-8")[: path.read_text(encoding="utf-8").index(piece)].count("\n") + 1
    assert f"{path}:{line}: {sentence}" in str(refused.value)


def test_moving_the_stage_in_one_line_moves_what_is_done(tmp_path):
    text = (CAMPAIGNS / "binh-giang-2026.toml").read_text(encoding="utf-8")
    path = tmp_path / "binh-giang-2026.toml"
    path.write_text(text.replace('stage = "signed_in"', 'stage = "installed"', 1), encoding="utf-8")
    plan: Plan = load(path)
    assert PLANS["binh-giang-2026"].done_codes == {"signed_in"}
    assert plan.done_codes == plan.codes_reaching(plan.indicator) == {"signed_in", "installed"}
