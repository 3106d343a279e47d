"""lưu ý: what a head may look at again, to the second of its boundary, said kindly and gone once it was seen."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from rules import notable
from storage.tables import NoteSeen
from tests.conversations.office import Office, People, StandingClock
from tests.conversations.phone import Phone
from texts import noting as texts

NOON = datetime(2026, 6, 10, 5, tzinfo=UTC)


def moments(*seconds: float) -> list[datetime]:
    return [NOON + timedelta(seconds=each) for each in seconds]


@pytest.mark.parametrize(
    ("last", "found"),
    [(299, [(0, 29)]), (300, [(0, 29)]), (301, [])],
)
def test_thirty_within_five_minutes_to_the_second(last: int, found: list[tuple[int, int]]) -> None:
    assert notable.bursts(moments(*range(29), last)) == found


def test_twenty_nine_are_no_burst_and_a_longer_one_is_one() -> None:
    assert notable.bursts(moments(*range(29))) == []
    assert notable.bursts(moments(*range(0, 600, 2), 5000)) == [(0, 299)]
    assert notable.bursts(moments(*range(30), *range(1000, 1030))) == [(0, 29), (30, 59)]


def test_more_than_forty_done_without_another_between() -> None:
    assert notable.runs([True] * 40) == []
    assert notable.runs([False, *[True] * 41]) == [(1, 41)]
    assert notable.runs([*[True] * 30, False, *[True] * 30]) == []


@pytest.mark.parametrize(
    ("earlier", "later", "hours", "said"),
    [
        ("installed", "refused", 6, True),
        ("installed", "refused", 6.001, False),
        ("installed", "installed", 1, False),
        ("nobody_home", "installed", 1, False),
        ("refused", "nobody_home", 1, True),
    ],
)
def test_two_words_on_one_house_within_six_hours(earlier: str, later: str, hours: float, said: bool) -> None:
    assert notable.quarrel((earlier, NOON), (later, NOON + timedelta(hours=hours))) is said


async def test_a_burst_is_told_to_the_head_and_gone_once_seen(
    lan: Phone, minh: Phone, hoa: Phone, office: Office, clock: StandingClock
) -> None:
    await lan.says("\n".join(f"nhà {number} vắng" for number in range(31, 71)))
    clock.passes(seconds=301)
    await lan.says(*(f"nhà {number} vắng" for number in range(1, 30)))
    clock.passes(seconds=301)
    await lan.says("nhà 30 vắng")
    lan.reads()
    await minh.says("lưu ý")
    minh.hears(texts.NOTHING)  # forty pasted are one send, and the thirtieth by itself came a second too late
    await lan.says("hoàn tác")
    clock.passes(seconds=-1)
    await lan.says("nhà 30 vắng")
    await minh.says("luu y")
    heard = minh.hears_part("1. Lan ghi 30 nhà lúc 09:05–09:10 hôm nay; thường là ghi dồn sau một buổi.")
    assert heard.startswith("Có 1 điều bạn xem giúp nhé, có thể đều đúng cả:")
    await minh.says("tiến độ")
    minh.hears_part("Có 1 điều bạn xem giúp: gõ “lưu ý”.")
    await hoa.says("lưu ý")
    assert "Lan" not in hoa.hears_part("Tổ dân phố 3: 1.")
    await minh.taps(texts.SEEN)
    minh.hears("Cảm ơn bạn, mình cất 1 điều này đi.")
    await minh.says("lưu ý", "tiến độ")
    assert minh.reads()[0] == texts.NOTHING
    await hoa.says("lưu ý")
    hoa.hears("Không đơn vị nào có điều cần xem lại.")
    async with office.database.reading() as session:
        assert [len(row.mark) for row in await session.exec(select(NoteSeen))] == [7], "no name, no house, only a hash"
    await lan.says("lưu ý")
    assert lan.reads()[-1].startswith("Việc này không có trong phần của bạn")


async def test_one_phone_and_a_quarrel_are_told_and_seen_in_words(
    lan: Phone, minh: Phone, people: People, clock: StandingClock
) -> None:
    hanh = await people.joined("Hạnh")
    away = await people.joined("Tuấn", unit="Tổ dân phố 9")
    await lan.says("nhà 12 đã cài 0912345678", "nhà 14 đã cài 0912345678")
    await minh.says("lưu ý")
    minh.hears(texts.NOTHING)
    await away.says("nhà 1 đã cài 0912345678")
    clock.passes(hours=1)
    await hanh.says("nhà 14 từ chối")
    await minh.says("lưu ý")
    minh.hears_part(
        "Có 2 điều",
        "1. Nhà 14, hôm nay: Lan ghi “đã cài” lúc 09:00, Hạnh ghi “từ chối” lúc 10:00.",
        "2. Nhà 12, 14 và 1 nhà ở đơn vị khác chung một số điện thoại (…678); có khi con cháu khai hộ.",
    )
    await lan.says("nhà 15 vắng", "nhà 15 từ chối", "nhà 15 đã cài")
    await minh.says("đã xem")
    minh.hears_part("mình cất 2 điều này đi.\nCó 1 điều", "Nhà 15, hôm nay: Lan ghi “từ chối”", "rồi “đã cài”")
    await minh.says("đã xem", "lưu ý")
    assert minh.reads() == ["Cảm ơn bạn, mình cất 1 điều này đi.", texts.NOTHING]
    await lan.says("hoàn tác")
    await away.says("nhà 2 đã cài 0912345678")
    await minh.says("lưu ý")
    minh.hears_part("Có 1 điều", "2 nhà ở đơn vị khác chung một số")
    lan.reads(), hanh.reads(), away.reads()


async def test_the_evening_line_names_how_many(lan: Phone, minh: Phone, office: Office, clock: StandingClock) -> None:
    await lan.says(*(f"nhà {number} đã cài 0912345678" for number in (12, 14, 15)))
    clock.at("2026-06-10 19:30:00")
    await office.tick()
    minh.hears_part("Có 1 điều bạn xem giúp: gõ “lưu ý”.")
    lan.reads()


async def test_seen_without_anything_shown_is_no_word_of_ours(minh: Phone) -> None:
    await minh.says("đã xem")
    assert "mình cất" not in minh.reads()[0]
