"""Days behind and days ahead, as people say them. Today is Saturday 20 June 2026 unless said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.days import day_words, find_coming_day, find_day, read_coming_day, read_day, read_time

SATURDAY = date(2026, 6, 20)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("hôm nay", (6, 20)), ("hom nay", (6, 20)), ("sáng nay", (6, 20)), ("hồi sáng", (6, 20)), ("hnay", (6, 20)),
        ("hôm qua", (6, 19)), ("HÔM QUA", (6, 19)), ("tối qua", (6, 19)), ("tối hôm qua", (6, 19)), ("hqua", (6, 19)),
        ("hôm kia", (6, 18)), ("chiều hôm kia", (6, 18)), ("3 hôm trước", (6, 17)), ("cách đây hai ngày", (6, 18)),
        ("t7", (6, 20)), ("thứ bảy", (6, 20)), ("thu bay", (6, 20)), ("cn", (6, 14)), ("chủ nhật", (6, 14)),
        ("thứ 2", (6, 15)), ("chiều thứ năm", (6, 18)), ("thứ hai tuần trước", (6, 8)), ("t6 vừa rồi", (6, 19)),
        ("18/6", (6, 18)), ("18/6/2026", (6, 18)), ("18-6", (6, 18)), ("18.06.26", (6, 18)), ("2026-06-18", (6, 18)),
        ("ngày 18", (6, 18)), ("hôm 18/6", (6, 18)), ("tối 18/6", (6, 18)), ("18 tháng 6", (6, 18)),
        ("ngày 18 tháng 6 năm 2026", (6, 18)), ("ngày 25", (6, 25)), ("25/6", (6, 25)),
    ],
)  # fmt: skip
def test_a_day_of_a_visit_is_read(said, day):
    assert read_day(said, SATURDAY) == date(2026, *day)


def test_a_date_without_a_year_lies_near():
    assert read_day("28/12", date(2027, 1, 3)) == date(2026, 12, 28)
    assert read_coming_day("3/1", date(2026, 12, 28)) == date(2027, 1, 3)
    assert read_day("18/6/2062", SATURDAY) == date(2062, 6, 18)


@pytest.mark.parametrize(
    "said",
    ["31/02", "30/2/2026", "2026-13-01", "năm 2062", "mai", "mai chị", "", "12", "12/5/3/1", "hôm nào đó", "tuần trước",
     "hôm trước", "bà", "thứ bà", "41/60", "99/99/9999", "0/0"],
)  # fmt: skip
def test_what_is_no_day_behind_us_is_none(said):
    assert read_day(said, SATURDAY) is None


@pytest.mark.parametrize(
    ("said", "day", "time"),
    [
        ("mai", (6, 21), None), ("ngày mai", (6, 21), None), ("sáng mai", (6, 21), "sáng"), ("mốt", (6, 22), None),
        ("ngày kia", (6, 22), None), ("tối nay", (6, 20), "tối"), ("lát nữa", (6, 20), None),
        ("thứ bảy", (6, 27), None), ("t7", (6, 27), None), ("t7 9h", (6, 27), "09:00"), ("cn", (6, 21), None),
        ("hẹn t7 9h sáng", (6, 27), "09:00"), ("mai 8 rưỡi", (6, 21), "08:30"), ("tối mai 7h", (6, 21), "19:00"),
        ("7h tối mai", (6, 21), "19:00"), ("3h chiều t2", (6, 22), "15:00"), ("19:30 t2", (6, 22), "19:30"),
        ("cn 8h30", (6, 21), "08:30"), ("mai 9 giờ", (6, 21), "09:00"), ("tối t7 lúc 19h", (6, 27), "19:00"),
        ("30/6", (6, 30), None), ("ngày 25", (6, 25), None), ("ngày 5", (7, 5), None), ("tuần sau", (6, 22), None),
        ("chiều thứ 7 tuần sau", (6, 27), "chiều"), ("cuối tuần", (6, 20), None), ("3 hôm nữa", (6, 23), None),
        ("một tuần nữa", (6, 27), None), ("cuối tháng", (6, 30), None), ("đầu tháng sau", (7, 1), None),
    ],
)  # fmt: skip
def test_a_day_to_come_back_is_read_with_its_time(said, day, time):
    assert read_coming_day(said, SATURDAY) == date(2026, *day)
    assert read_time(said) == time


@pytest.mark.parametrize("said", ["hôm nào rảnh", "lúc khác", "mot", "hôm qua", "31/2", "", "khi nào có nhà"])
def test_what_is_no_day_to_come_is_none(said):
    assert read_coming_day(said, SATURDAY) is None


def test_days_are_found_inside_a_line():
    line = "nhà 12 đã cài tối hôm qua nhé"
    start, end, day = find_day(line, SATURDAY)
    assert (line[start:end], day) == ("tối hôm qua", date(2026, 6, 19))
    line = "nhà 12 hẹn thứ bảy 9h"
    start, end, day = find_coming_day(line, SATURDAY)
    assert (line[start:end], day) == ("thứ bảy", date(2026, 6, 27))
    assert find_day("nhà 12/5/3 ngõ 4", SATURDAY) is None


def test_answers_name_days_shortly():
    assert day_words(SATURDAY, SATURDAY) == "hôm nay"
    assert day_words(date(2026, 6, 19), SATURDAY) == "hôm qua"
    assert day_words(date(2026, 6, 2), SATURDAY) == "02/06"
    assert day_words(date(2025, 6, 2), SATURDAY) == "02/06/2025"


@given(st.text(max_size=60), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_any_text_is_a_day_or_none(text, today):
    for day in (read_day(text, today), read_coming_day(text, today)):
        assert day is None or isinstance(day, date)
    assert read_time(text) is None or read_time(text)


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "ngày %d/%m/%Y", "%Y-%m-%d"])
)
def test_a_written_date_comes_back(day, form):
    assert read_day(day.strftime(form), SATURDAY) == day
