"""What the plans' phrases about time mean, to the second, with the server in UTC."""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import plan as plans
from rules.deadlines import (
    NO_END,
    Step,
    UnreadableDeadline,
    days_left,
    ladder,
    pace_needed,
    read,
    span_of,
)

VIET_HOA = Path(__file__).parents[2] / "campaigns" / "viet-hoa-2026.toml"


def viet_hoa(**time_fields: object) -> plans.Plan:
    plan = plans.load(VIET_HOA)
    return plan.model_copy(update={"time": plan.time.model_copy(update=time_fields)})


def saying(says: str) -> plans.Deadline:
    return plans.Deadline(slug="han", says=says, binds="village", what="cài đặt")


PHRASES = [
    # Bình Giang 3a, 3d, 3e, 4
    ("trước ngày 15/03/2026", None, "2026-03-14"),
    ("trước ngày 31/3/2026", None, "2026-03-30"),
    ("hoàn thành xong trước ngày 31/3/2026", None, "2026-03-30"),
    ("trong tháng 3/2026", "2026-03-01", "2026-03-31"),
    ("hoàn thành trong tháng 3/2026", "2026-03-01", "2026-03-31"),
    ("tháng 03/2026", "2026-03-01", "2026-03-31"),
    ("đến hết tháng 3/2026", None, "2026-03-31"),
    # Việt Hoà I, II.4, III
    ("đến hết ngày 30/6/2026", None, "2026-06-30"),
    ("Phấn đấu đến hết ngày 30/6/2026", None, "2026-06-30"),
    ("Đến ngày 30/6/2026:", None, "2026-06-30"),
    ("sau ngày 30/6/2026", "2026-07-01", str(NO_END)),
    # An Khánh I.1.a, I.5
    ("Đầu Quý II/2026", "2026-04-01", "2026-04-30"),
    ("Trước ngày 31/5/2026", None, "2026-05-30"),
    # Thủy Nguyên III.1, III.2
    ("Từ ngày 15/4/2024 - 30/6/2024", "2024-04-15", "2024-06-30"),
    ("đến hết năm 2024", None, "2024-12-31"),
    ("hết năm 2024", None, "2024-12-31"),
    # The year of the plan, where the phrase names none
    ("đến hết ngày 30/6", None, "2026-06-30"),
    ("trước 30/6", None, "2026-06-29"),
    ("hết tháng 6", None, "2026-06-30"),
    ("hết tháng 2", None, "2026-02-28"),
    ("trong tháng 02/2024", "2024-02-01", "2024-02-29"),
    # Other ways people write the same
    ("chậm nhất ngày 30/6/2026", None, "2026-06-30"),
    ("chậm nhất là ngày 30/06/2026", None, "2026-06-30"),
    ("muộn nhất đến hết ngày 30/6", None, "2026-06-30"),
    ("trước ngày 1/1/2027", None, "2026-12-31"),
    ("trước ngày 01/3/2024", None, "2024-02-29"),
    ("ngày 30 tháng 6 năm 2026", None, "2026-06-30"),
    ("trước ngày 15 tháng 03 năm 2026", None, "2026-03-14"),
    ("trong tháng 3 năm 2026", "2026-03-01", "2026-03-31"),
    ("30/6/2026", None, "2026-06-30"),
    ("30-6-2026", None, "2026-06-30"),
    ("trong ngày 30/6/2026", "2026-06-30", "2026-06-30"),
    ("Quý II/2026", "2026-04-01", "2026-06-30"),
    ("trong Quý 4 năm 2026", "2026-10-01", "2026-12-31"),
    ("hết quý III", None, "2026-09-30"),
    ("cuối Quý I/2026", None, "2026-03-31"),
    ("trước Quý III/2026", None, "2026-06-30"),
    ("sau tháng 6/2026", "2026-07-01", str(NO_END)),
    ("trong năm 2026", "2026-01-01", "2026-12-31"),
    ("từ nay đến hết ngày 30/6/2026", None, "2026-06-30"),
    ("từ ngày 15/4 đến trước ngày 30/6/2024", "2024-04-15", "2024-06-29"),
    ("từ 15/4/2024 đến 30/6", "2024-04-15", "2024-06-30"),
    ("từ 20/12 đến 10/1/2027", "2026-12-20", "2027-01-10"),
    ("từ tháng 4 đến hết tháng 6/2026", "2026-04-01", "2026-06-30"),
    ("kể từ ngày 1/7/2026", "2026-07-01", str(NO_END)),
    ("từ 15-4-2024–30-6-2024", "2024-04-15", "2024-06-30"),
    # As it is typed: no accents, capitals, spaces, decomposed letters, invisible ones
    ("truoc ngay 15/03/2026", None, "2026-03-14"),
    ("DEN HET NGAY 30/6/2026", None, "2026-06-30"),
    ("  đến   hết\tngày 30 / 6 / 2026 . ", None, "2026-06-30"),
    (unicodedata.normalize("NFD", "trước ngày 15/03/2026"), None, "2026-03-14"),
    ("đến\u00a0hết ngày\u200b 30/6/2026", None, "2026-06-30"),
    ("dau quy ii/2026", "2026-04-01", "2026-04-30"),
]


@pytest.mark.parametrize(("says", "first", "last"), PHRASES)
def test_a_phrase_names_its_first_and_last_day(says, first, last):
    span = read(says, year=2026)
    assert span.first_day == (date.fromisoformat(first) if first else None)
    assert span.last_day == date.fromisoformat(last)
    assert span.has_end == (last != str(NO_END))


def test_moments_are_utc_and_seven_hours_before_vietnams_midnight():
    span = read("trong tháng 3/2026", year=None)
    assert span.first_moment == datetime(2026, 2, 28, 17, tzinfo=UTC)
    assert span.last_moment == datetime(2026, 3, 31, 17, tzinfo=UTC)
    assert span.last_moment.utcoffset() == timedelta()


@pytest.mark.parametrize(
    ("says", "open_at", "closed_at"),
    [
        ("trước ngày 15/03/2026", "2026-03-14T23:59:59+07:00", "2026-03-15T00:00:00+07:00"),
        ("đến ngày 30/6/2026", "2026-06-30T23:59:59+07:00", "2026-07-01T00:00:00+07:00"),
        ("hết năm 2024", "2024-12-31T23:59:59+07:00", "2025-01-01T00:00:00+07:00"),
    ],
)
def test_the_last_second_is_open_and_the_next_is_not(says, open_at, closed_at):
    last_moment = read(says, year=None).last_moment
    assert datetime.fromisoformat(open_at).astimezone(UTC) < last_moment
    assert datetime.fromisoformat(closed_at).astimezone(UTC) == last_moment


def test_after_a_day_starts_at_midnight_and_never_ends():
    span = read("sau ngày 30/6/2026", year=None)
    assert span.first_moment == datetime.fromisoformat("2026-07-01T00:00:00+07:00")
    assert span.last_moment > datetime(9999, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "says",
    [
        "",
        "sớm nhất có thể",
        "trong thời gian tới",
        "31/02/2026",
        "trước ngày 31/6/2026",
        "tháng 13/2026",
        "Quý V/2026",
        "đầu tháng 3/2026",
        "giữa Quý II/2026",
        "30/6/26",
        "6/2026",
        "ngày 30",
        "ít nhất 02 số/tuần",
        "trước ngày 15/3/2026 hoặc 31/3/2026",
        "từ ngày 30/6/2024 đến 15/4/2024",
        "từ 20/12/2026 đến 10/1",
        "từ ngày 15/4",
        "hết tháng 6",
        "٣٠/٦/٢٠٢٦",
    ],
)
def test_what_cannot_be_read_is_refused_with_the_phrase(says):
    with pytest.raises(UnreadableDeadline) as refused:
        read(says, year=None)
    assert refused.value.says == says


@given(
    st.text(max_size=60)
    | st.from_regex(re.compile(r"(trước|sau|đến hết|từ) (ngày|tháng|quý|năm) [0-9iv]{1,4}(/[0-9]{1,4}){0,3}"))
)
def test_any_text_is_read_or_refused(says):
    try:
        span = read(says, year=2026)
    except UnreadableDeadline:
        return
    assert span.first_day is None or span.first_day <= span.last_day


@given(st.dates(date(2000, 1, 2), date(2099, 12, 31)))
def test_before_a_day_ends_where_until_the_day_before_does(day):
    eve = day - timedelta(days=1)
    until = f"đến hết ngày {eve.day}/{eve.month}/{eve.year}"
    assert read(f"trước ngày {day:%d/%m/%Y}", year=None) == read(until, year=None) or eve.year < 2000


def test_viet_hoas_households_are_reminded_at_eight_on_five_mornings():
    plan = viet_hoa()
    assert ladder(plan, plan.deadlines[0]) == [
        Step("before", 7, datetime(2026, 6, 23, 1, tzinfo=UTC)),
        Step("before", 3, datetime(2026, 6, 27, 1, tzinfo=UTC)),
        Step("before", 1, datetime(2026, 6, 29, 1, tzinfo=UTC)),
        Step("day", 0, datetime(2026, 6, 30, 1, tzinfo=UTC)),
        Step("overdue", -1, datetime(2026, 7, 1, 1, tzinfo=UTC)),
    ]


def test_before_the_fifteenth_counts_back_from_the_fourteenth():
    plan = viet_hoa(start=date(2026, 2, 1))
    days = [step.due_at.date().isoformat() for step in ladder(plan, saying("trước ngày 15/03/2026"))]
    assert days == ["2026-03-07", "2026-03-11", "2026-03-13", "2026-03-14", "2026-03-15"]


def test_reminders_before_the_start_are_dropped():
    plan = viet_hoa(start=date(2026, 6, 29))
    assert [step.days_before for step in ladder(plan, saying("đến ngày 30/6/2026"))] == [1, 0, -1]


def test_reminders_come_in_order_however_the_plan_lists_them():
    plan = viet_hoa(remind_days_before=(0, 1, 7, 1))
    steps = ladder(plan, saying("đến ngày 30/6/2026"))
    assert [step.days_before for step in steps] == [7, 1, 0, -1]
    assert [step.due_at for step in steps] == sorted(step.due_at for step in steps)


def test_what_has_no_end_has_no_reminders():
    assert ladder(viet_hoa(), saying("sau ngày 30/6/2026")) == []


def test_a_day_without_a_year_lies_in_the_year_of_the_campaign():
    assert span_of(viet_hoa(), saying("trước 30/6")).last_day == date(2026, 6, 29)


@pytest.mark.parametrize(
    ("today", "left"), [("2026-06-30", 1), ("2026-06-29", 2), ("2026-06-01", 30), ("2026-07-01", 0)]
)
def test_today_counts_among_the_days_left(today, left):
    assert days_left(date(2026, 6, 30), date.fromisoformat(today)) == left


@pytest.mark.parametrize(
    ("left", "days", "pace"), [(0, 5, 0), (-2, 5, 0), (10, 5, 2), (11, 5, 3), (1, 30, 1), (7, 1, 7), (7, 0, 7)]
)
def test_the_pace_is_rounded_up(left, days, pace):
    assert pace_needed(left, days) == pace


@given(st.integers(0, 100_000), st.integers(1, 400))
def test_the_pace_is_just_enough(left, days):
    pace = pace_needed(left, days)
    assert pace * days >= left
    assert (pace - 1) * days < left or left == 0
