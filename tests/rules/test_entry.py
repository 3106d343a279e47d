"""A line is read as people mean it, or it is asked about; talk is never a record. Today is Thursday 18 June 2026."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import plan as plans
from rules.entry import Entry, house_key, read_line, read_outcome

TODAY = date(2026, 6, 18)
PLAN = plans.load(Path(__file__).parents[2] / "campaigns" / "viet-hoa-2026.toml")


def read(line: str) -> Entry | None:
    return read_line(line, PLAN, TODAY)


def test_the_plainest_line_is_saved_without_a_question():
    assert read("nhà 12 đã cài") == Entry(outcome="installed", house="12", sure=True)


def test_a_house_is_told_by_its_people_and_its_unit_kept_as_said():
    entry = read("nhà ông Tám thôn 3 đã cài")
    assert (entry.house, entry.unit, entry.outcome, entry.sure) == ("ông Tám", "thôn 3", "installed", True)


def test_everything_in_one_line():
    entry = read("tổ 3 nhà 12/5 chị Trần Thị Bình 0912.345.678 đã cài 2 người hôm qua")
    assert (entry.unit, entry.house, entry.name) == ("tổ 3", "12/5", "Trần Thị Bình")
    assert (entry.phone.digits, entry.installs, entry.day) == ("0912345678", 2, date(2026, 6, 17))
    assert entry.sure


def test_a_promise_keeps_its_day_and_hour():
    entry = read("nhà chị Mai hẹn mai 9h")
    assert (entry.outcome, entry.house) == ("come_back", "chị Mai")
    assert (entry.come_back_on, entry.come_back_at) == (date(2026, 6, 19), "09:00")


def test_a_reason_is_kept_in_own_words():
    assert read("nhà 12 chưa cài vì máy đầy bộ nhớ").reason == "máy đầy bộ nhớ"
    assert read("nhà 12 từ chối vì sợ lừa đảo").reason == "sợ lừa đảo"


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("đã cài", "installed"), ("chưa cài", "not_done"), ("chưa biết cài", "not_done"),
        ("chưa cài vì không có smartphone", "no_smartphone"), ("chưa cài, vắng nhà", "nobody_home"),
        ("không cài", "refused"), ("ko chịu cài", "refused"), ("từ chối", "refused"),
        ("chưa có định danh mức 2", "no_vneid2"), ("hẹn mai cài", "come_back"), ("có sẵn từ trước", "had_it"),
        ("không cài được", "not_done"), ("Đã cài & đăng ký", "installed"), ("Chưa cài, lý do khác", "not_done"),
    ],
)  # fmt: skip
def test_a_negation_always_wins(said, outcome):
    entry = read(f"nhà 12 {said}")
    assert (entry.outcome, entry.house, entry.sure) == (outcome, "12", True)


@pytest.mark.parametrize(
    "line",
    ["cảm ơn cháu", "mai họp lúc 8h", "tổ 3 họp chiều nay nhé", "nhà 12 đã cài chưa", "nhà 12 cài chưa?", "", "?", "ok",
     "cháu đã cài rồi ạ", "nhà văn hoá đã cài 20 người", "bác ấy đã cài rồi"],
)  # fmt: skip
def test_talk_is_no_record(line):
    assert read(line) is None


@pytest.mark.parametrize(
    "line",
    ["nhà 12 sẽ cài", "nhà 12, 14 vắng", "đã cài 12", "anh Ba cài rồi, chị Hai chưa", "nhà 5 hình như cài rồi",
     "nhà 12 đã cài rồi xoá mất", "nhà 12 đã cài 20/6", "nhà 12 đã cài, cccd 030085001234"],
)  # fmt: skip
def test_what_is_not_clear_is_asked(line):
    entry = read(line)
    assert entry is None or not entry.sure


def test_a_plan_with_fewer_outcomes_hears_the_same_words():
    short = PLAN.model_copy(update={"outcomes": tuple(o for o in PLAN.outcomes if o.code in ("installed", "not_done"))})
    assert read_line("nhà 12 có sẵn từ trước", short, TODAY).outcome == "installed"
    assert read_line("nhà 12 từ chối", short, TODAY).outcome == "not_done"


def test_a_plans_own_outcome_is_understood_by_its_label_and_saying():
    own = PLAN.outcomes[0].model_copy(update={"code": "moved_away", "label": "Chuyển đi", "said": "đã chuyển nơi khác"})
    longer = PLAN.model_copy(update={"outcomes": (*PLAN.outcomes[:7], own)})
    assert read_line("nhà 12 chuyển đi", longer, TODAY).outcome == "moved_away"
    assert read_line("nha 12 da chuyen noi khac", longer, TODAY).outcome == "moved_away"


def test_an_answer_to_what_happened_is_an_outcome():
    assert read_outcome("vắng nhà", PLAN) == "nobody_home"
    assert read_outcome("Có từ trước", PLAN) == "had_it"
    assert read_outcome("vợ cài rồi, chồng từ chối", PLAN) is None
    assert [read_outcome(outcome.label, PLAN) for outcome in PLAN.outcomes] == [o.code for o in PLAN.outcomes]


@pytest.mark.parametrize(
    "same",
    [
        ["nhà số 12", "12", "so 12", "Nhà 12", "sn 12", "012"],
        ["ngõ 3 số 8", "số 8 ngõ 3", "8 ngõ 3", "nhà 8 ngõ 3"],
        ["nhà ông Tám", "ông tám", "Ông Tám", "ô Tám"],
        ["12A", "12a", "nhà 12 A"],
        ["12/5", "nhà 12/5", "số 12/05"],
    ],
)
def test_one_house_has_one_key(same):
    assert len({house_key(saying) for saying in same}) == 1


def test_different_houses_have_different_keys():
    sayings = ["12", "12A", "12/5", "125", "5/12", "ông Tám", "bà Tám", "số 8 ngõ 3", "số 3 ngõ 8", "căn 302", "lô 7"]
    assert len({house_key(saying) for saying in sayings}) == len(sayings)


@given(st.one_of(st.text(max_size=120), st.text("nhà 12/5 đã chưa cài vắng hẹn mai t7 ông Tám,.", max_size=80)))
def test_any_line_is_a_record_or_none(line):
    entry = read(line)
    assert entry is None or not entry.sure or (entry.house and entry.outcome in {o.code for o in PLAN.outcomes})


def test_a_number_before_its_unit_or_day_is_a_house_and_before_what_is_counted_is_none():
    assert [read(line).house for line in ("12 tổ 7 vắng", "12 tổ dân phố 7 vắng nhà", "12 hôm qua vắng")] == ["12"] * 3
    counted = [read(line) for line in ("15 người đăng ký", "12 nhà từ chối", "20 phút xong")]
    assert not any(entry and entry.house for entry in counted)
