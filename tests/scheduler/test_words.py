"""Digest, `tiến độ` and `tôi` in words: short however many units there are, and never a number that misleads."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.figures import PersonFigures, UnitFigures, add_up, farthest_behind, last_day_of
from tests.scheduler.commune import VIET_HOA, june
from texts import figures as texts
from texts.digest import digest
from texts.figure_words import percent

TODAY = june(24)


def unit(number: int = 1, total: int | None = 60, done: int = 0, last_day: date | None = TODAY, **more) -> UnitFigures:
    fields = {"name": f"Tổ dân phố {number}", "kind": "village", "done_today": 0, "visited_today": 0, "done_since": 0}
    outcomes = {"installed": done} if done else {}
    return UnitFigures(
        **{"unit_id": number, "total": total, "done": done, "last_day": last_day, "by_outcome": outcomes}
        | fields
        | more
    )


PRINTABLE = st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp", "Zs"], include_characters=" ")
units = st.builds(
    unit,
    st.integers(1, 99),
    st.none() | st.integers(1, 3000),
    st.integers(0, 3500),
    st.none() | st.dates(date(2026, 5, 18), TODAY),
    name=st.text(PRINTABLE, min_size=1, max_size=80),
    kind=st.sampled_from(["village", "school", "agency"]),
    done_today=st.integers(0, 900),
)


@given(st.lists(units, max_size=60), st.dates(date(2026, 5, 18), TODAY))
def test_a_digest_is_at_most_twelve_lines_and_2000_letters(rows, since):
    said = digest(VIET_HOA, add_up(rows), TODAY, nth=999, since=since)
    assert len(said.splitlines()) <= 12
    assert len(said) < 2000


def test_sixty_units_with_everything_wrong_at_once():
    rows = []
    for number in range(1, 61):
        kinds = {
            0: unit(number, 60, 30, june(20)),
            1: unit(number, 60, 0, None),
            2: unit(number, 40, 45),
            3: unit(number, 60, number),
        }
        rows.append(kinds[number % 4])
    said = digest(VIET_HOA, add_up(rows), TODAY, nth=31, since=june(22))
    assert len(said.splitlines()) == 12
    assert said.splitlines()[-1] == "và 27 tổ dân phố khác: gõ “tiến độ” để xem"
    assert "Từ 2 ngày nay chưa ghi thêm: Tổ dân phố 4 (4 ngày), 8 (4 ngày)" in said
    assert said.splitlines()[5].count(" ngày)") == 15
    assert len(said) < 2000


def test_the_last_line_is_never_for_a_single_unit_that_would_have_fitted():
    rows = [unit(number, 60, number) for number in range(1, 9)]
    lines = digest(VIET_HOA, add_up(rows), TODAY, nth=1, since=TODAY).splitlines()
    assert len(lines) == 12
    assert lines[-1] == "• Tổ dân phố 8: 8/60 hộ (13,3%), còn 52, hạng 1/8"


@pytest.mark.parametrize(
    ("share", "said"), [(87.5, "87,5%"), (40.0, "40%"), (100.0, "100%"), (0.0, "0%"), (99.9, "99,9%")]
)
def test_percent(share, said):
    assert percent(share) == said


def test_numbers_are_written_as_here():
    row = unit(1, 12345, 1234, done_today=1000)
    said = texts.progress(VIET_HOA, [row], TODAY)
    assert "Tổng cộng: 1.234/12.345 hộ (10%), còn 11.111." in said
    assert "Hôm nay: +1.000 hộ" in said


def test_one_house_short_is_not_100_percent():
    assert unit(1, 10_000, 9_999).percent == 99.9


def test_the_progress_of_a_unit():
    row = unit(3, 60, 46, by_outcome={"installed": 40, "had_it": 6, "nobody_home": 5, "come_back": 3}, done_today=3,
               visited_today=5)  # fmt: skip
    assert texts.progress(VIET_HOA, [row], TODAY).splitlines() == [
        "Tổ dân phố 3, đến ngày 24/06",
        "Hôm nay: +3 hộ xong, đã ghi 5 nhà.",
        "Tổng cộng: 46/60 hộ (76,7%), còn 14.",
        "Nhà đã ghi mà chưa xong: 5 vắng nhà, 3 hẹn quay lại.",
        "Còn 7 ngày tính cả hôm nay, cần 2 hộ/ngày để kịp 30/06.",
    ]


def test_who_is_left_out_of_the_total_is_not_among_those_not_done():
    row = unit(3, 60, 40, by_outcome={"installed": 40, "nobody_home": 5, "no_smartphone": 2})
    said = texts.progress(VIET_HOA, [row], TODAY).splitlines()
    assert "Nhà đã ghi mà chưa xong: 5 vắng nhà." in said
    assert "Nhà ngoài diện, không tính vào tổng: 2 không có điện thoại thông minh." in said


def test_a_unit_nobody_reported_is_not_0_percent():
    said = texts.progress(VIET_HOA, [unit(3, 60, last_day=None)], TODAY)
    assert said.splitlines()[1] == "Chưa báo cáo: chưa ai ghi nhà nào, tổng số 60 hộ."
    assert "0%" not in said
    both = texts.progress(VIET_HOA, [unit(3, 60, last_day=None), unit(4, None, 0)], TODAY)
    assert both.splitlines()[-2:] == [
        "• Tổ dân phố 3: chưa báo cáo (tổng 60 hộ)",
        "• Tổ dân phố 4: 0 hộ, chưa có tổng số",
    ]


def test_a_total_outgrown_is_said_without_a_percent():
    said = texts.progress(VIET_HOA, [unit(3, 40, 45)], TODAY)
    assert "đã ghi 45 nhưng tổng mới khai 40, cần xem lại tổng" in said
    assert "%" not in said


@given(st.lists(units, max_size=60), st.integers(-1, 9))
def test_a_page_of_progress_fits_a_message(rows, page):
    assert len(texts.progress(VIET_HOA, rows, TODAY, name="phường Việt Hoà", page=page)) < 2000


def test_what_one_unit_has_too_many_does_not_do_anothers_work():
    whole = add_up([unit(1, 40, 45), unit(2, 60, 55)])
    assert (whole.left, whole.to_goal(), whole.to_goal(90)) == (0, 5, 0)
    said = digest(VIET_HOA, whole, TODAY, nth=1, since=TODAY)
    assert "Đã đạt mục tiêu" not in said
    assert "Ghi vượt tổng đã khai, cần xem lại tổng: Tổ dân phố 1 (45/40)" in said


def test_progress_in_pages_names_every_unit_once():
    rows = [unit(number, 60, number) for number in range(1, 61)]
    pages = [texts.progress(VIET_HOA, rows, TODAY, page=page) for page in range(1, texts.pages(rows) + 1)]
    named = [line for page in pages for line in page.splitlines() if line.startswith("• ")]
    assert [line.split(":")[0] for line in named] == [f"• Tổ dân phố {number}" for number in range(1, 61)]
    assert all(len(page) < 2000 for page in pages)
    assert pages[1].splitlines()[-1] == "Trang 2/3"


def test_my_figures():
    quota = VIET_HOA.quotas[0]
    said = texts.mine(VIET_HOA, PersonFigures(5, 23, 7, 31, quota, 7), TODAY)
    assert said.splitlines() == [
        "Hôm nay 24/06 bạn đã ghi 5 nhà.",
        "Từ đầu đến giờ: 23 nhà, trong đó 7 hộ đã xong, 31 người cài.",
        f"Chỉ tiêu {quota.who}: 7/10 hộ, còn 3 hộ nữa.",
    ]
    assert "10/10 hộ, đủ rồi" in texts.mine(VIET_HOA, PersonFigures(0, 23, 10, 31, quota, 10), TODAY)
    assert texts.mine(VIET_HOA, PersonFigures(0, 0, 0, 0, None, 0), TODAY) == (
        "Bạn chưa ghi nhà nào. Gõ “ghi” để bắt đầu nhé."
    )


@given(st.lists(units, max_size=12, unique_by=lambda row: row.unit_id), st.randoms())
def test_the_order_of_the_input_never_matters(rows, chance):
    mixed = list(rows)
    chance.shuffle(mixed)
    assert farthest_behind(mixed) == farthest_behind(rows)


def test_silent_from_the_second_day_on_while_something_is_left():
    rows = [
        unit(1, 60, 30, june(23)),
        unit(2, 60, 30, june(22)),
        unit(3, 60, 60, june(2)),
        unit(4, 60, 30, june(20)),
        unit(5, 60, 0, None),
    ]
    assert [row.unit_id for row in add_up(rows).silent(TODAY)] == [4, 2]


def test_the_figures_run_to_the_next_deadline_its_last_day_included():
    first = VIET_HOA.deadlines[0].model_copy(update={"says": "đến hết ngày 24/6/2026"})
    plan = VIET_HOA.model_copy(update={"deadlines": (VIET_HOA.deadlines[0], first)})
    days = [last_day_of(plan, june(day)) for day in (1, 24, 25, 30)]
    assert days == [june(24), june(24), june(30), june(30)]
    assert last_day_of(plan, date(2026, 7, 9)) == june(30)


def test_a_long_name_is_cut_where_names_stand_in_a_row():
    long = unit(7, 60, 6, name="Khu dân cư " + "Việt Hoà " * 9)
    [line] = [line for line in texts.progress(VIET_HOA, [long, unit(8)], TODAY).splitlines() if "Khu" in line]
    assert line.startswith("• Khu dân cư Việt Hoà Việt Hoà Việt Hoà V…: 6/60 hộ")


def test_small_totals_stand_apart_and_unknown_ones_last():
    rows = [unit(1, None, 3), unit(2, 9, 0), unit(3, 60, 30), unit(4, 60, 10), unit(5, 60, 60), unit(6, 120, 60)]
    assert [row.unit_id for row in farthest_behind(rows)] == [4, 6, 3, 2, 1]


@given(st.lists(units, max_size=20))
def test_done_and_left_make_the_total_in_every_row_and_in_the_sum(rows):
    whole = add_up(rows)
    for row in [*rows, whole]:
        assert row.left is None if row.total is None else row.over or row.done + row.left == row.total
        assert row.percent is None or (0 <= row.percent <= 100 and (row.percent == 100) == (row.left == 0))
    assert whole.done == sum(row.done for row in rows)
    assert (whole.total is None) == (not rows or any(row.total is None for row in rows))


@pytest.mark.parametrize(("total", "done", "target"), [*product((None, 1, 7, 60), (0, 1, 59, 60), (50, 80, 100))])
def test_what_is_missing_to_the_target_is_the_least_that_reaches_it(total, done, target):
    missing = unit(1, total, done).to_goal(target)
    if total is None:
        assert missing is None
    else:
        assert (done + missing) * 100 >= total * target
        assert missing == 0 or (done + missing - 1) * 100 < total * target
