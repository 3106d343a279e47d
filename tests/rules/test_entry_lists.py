"""A pasted list becomes as many records as it has houses, and no line is dropped. Today is Thursday 18 June 2026."""

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import plan as plans
from rules.entry import Batch, Total, read_list

TODAY = date(2026, 6, 18)
PLAN = plans.load(Path(__file__).parents[2] / "campaigns" / "viet-hoa-2026.toml")


def read(text: str) -> Batch:
    return read_list(text, PLAN, TODAY)


def said(batch: Batch) -> list[tuple[str | None, str | None]]:
    """Houses with their outcomes, of the records that may be saved unasked."""
    return [(entry.house, entry.outcome) for _, entry in batch.records if entry.sure]


@pytest.mark.parametrize(
    "line", ["vắng 12, 14, 15-17", "nhà 12, 14, 15-17 vắng", "vắng: 12, 14, 15 đến 17", "12,14,15-17 vắng"]
)
def test_one_saying_over_many_houses(line):
    assert said(read(line)) == [(house, "nobody_home") for house in ["12", "14", "15", "16", "17"]]


@pytest.mark.parametrize("text", ["12 c, 13 v, 14 t", "12c 13v 14t", "12 c\n13 v\n14 t", "12: c; 13: v; 14: t"])
def test_a_paper_sheet_is_copied_in_letters(text):
    assert said(read(text)) == [("12", "installed"), ("13", "nobody_home"), ("14", "refused")]


def test_one_house_with_a_letter_is_no_sheet():
    assert said(read("12c")) == []


def test_a_first_line_sets_unit_and_day_for_the_rest():
    batch = read("Thôn 3 tối qua:\n\n- nhà 12 đã cài\n- 13 vắng\n- nhà ông Tám hẹn t7\ncảm ơn các bác")
    assert said(batch) == [("12", "installed"), ("13", "nobody_home"), ("ông Tám", "come_back")]
    assert {(entry.unit, entry.day) for _, entry in batch.records} == {("Thôn 3", date(2026, 6, 17))}
    assert [number for number, _ in batch.records] == [3, 4, 5]
    assert batch.talk == [(6, "cảm ơn các bác")]


def test_a_heading_can_say_what_happened():
    assert said(read("Vắng:\n12\n14\nông Tám")) == [
        ("12", "nobody_home"),
        ("14", "nobody_home"),
        ("ông Tám", "nobody_home"),
    ]
    assert said(read("Đã cài:\n1. Nguyễn Văn An 0912345678\n2. Trần Thị Bình")) == [
        ("Nguyễn Văn An", "installed"), ("Trần Thị Bình", "installed"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "1. Nguyễn Văn An đã cài\n2. Trần Thị Bình vắng",
        "1\tNguyễn Văn An\tđã cài\n2\tTrần Thị Bình\tvắng",
        "- Nguyễn Văn An: đã cài\n- Trần Thị Bình: vắng",
        "Nguyễn Văn An, đã cài\nTrần Thị Bình, vắng",
    ],
)
def test_numbers_bullets_tabs_and_commas_of_a_list_are_no_houses(text):
    assert said(read(text)) == [("Nguyễn Văn An", "installed"), ("Trần Thị Bình", "nobody_home")]


def test_several_sayings_in_a_line():
    assert said(read("tổ 3: 12 đã cài, 13 vắng, nhà 14, 15 từ chối; nhà ông Tám hẹn t7")) == [
        ("12", "installed"), ("13", "nobody_home"), ("14", "refused"), ("15", "refused"), ("ông Tám", "come_back"),
    ]  # fmt: skip


def test_fields_of_one_household_between_commas_stay_one_record():
    batch = read("Nguyễn Văn An, 0912345678, nhà 12, đã cài, 2 người")
    [(_, entry)] = batch.records
    assert (entry.name, entry.phone.digits, entry.house, entry.installs) == ("Nguyễn Văn An", "0912345678", "12", 2)


@pytest.mark.parametrize(
    ("line", "total"),
    [
        ("thôn 3: 41/60", Total(1, "thôn 3", 41, 60)),
        ("Thôn 3 đã cài 41/60 hộ", Total(1, "Thôn 3", 41, 60)),
        ("tổ 5 được 12 hộ hôm nay", Total(1, "tổ 5", 12, None, TODAY)),
        ("thôn 3 41 trên 60", Total(1, "thôn 3", 41, 60)),
        ("tổ 4 được 20 hộ", Total(1, "tổ 4", 20)),
    ],
)
def test_a_units_own_figure_is_kept_apart(line, total):
    batch = read(line)
    assert batch.totals == [total]
    assert not batch.records


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("tổ 5: 70/60", "total"),
        ("vắng 20-12", "range"),
        ("vắng 1-500", "range"),
        ("nhà 12 đã cài, cccd 030085001234", "private"),
        ("đã cài 12" + "0" * 500, "too_long"),
    ],
)
def test_what_cannot_be_read_comes_back_with_its_reason(line, why):
    batch = read(line)
    assert [unread.why for unread in batch.unread] == [why]
    assert not batch.records


def test_talk_in_a_list_is_no_record():
    batch = read("chào cả nhà\nmai họp lúc 8h\ntổ 3 họp chiều nay nhé\nnhà 12 đã cài chưa?")
    assert len(batch.talk) == 4


@given(st.lists(st.text("nhà 12/5-đãcàivắng,;:. thôn ông Tám cvt", max_size=30), max_size=6))
def test_no_line_is_dropped(lines):
    batch = read("\n".join(lines))
    told = {n for n, _ in batch.records} | {n for n, _ in batch.talk} | {t.line_no for t in batch.totals + batch.unread}
    headings = {number for number, line in enumerate(lines, 1) if line.strip()} - told
    assert all(read(lines[number - 1]).records == [] for number in headings)


def test_two_hundred_lines_are_read_within_two_seconds():
    text = "\n".join(f"nhà {house} đã cài 2 người hôm qua, sđt 0912345{house:03}" for house in range(1, 201))
    start = time.process_time()  # of its own: what else the machine does is not the grammar's
    assert len(said(read(text))) == 200
    assert time.process_time() - start < 2


@pytest.mark.parametrize("line", ["từ 8h đến 172 nhà 7 vắng", "vắng 12a-15", "nhà 12/5 đến 20 vắng"])
def test_what_is_no_range_of_houses_is_said_back(line):
    batch = read(line)
    assert said(batch) == []
    assert batch.records or batch.unread
