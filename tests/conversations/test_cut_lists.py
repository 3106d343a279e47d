"""A list too long for one message comes in parts; what stood at its head holds for all, a line cut through is one."""

from datetime import date

from sqlmodel import col, select

from storage.tables import House, Visit
from tests.conversations.office import Office, StandingClock
from tests.conversations.phone import Phone

_OWN_WORDS = "chị chủ nhà vui lắm, mời vào uống nước, chuyện trò rất vui vẻ"  # the longer, the fewer lines


async def visits(office: Office) -> list[tuple[str, str, int, date]]:
    query = select(House.label, Visit.outcome, Visit.installs, Visit.day)
    query = query.join(Visit, col(Visit.house_id) == col(House.id))
    async with office.database.reading() as session:
        return list(await session.exec(query.where(col(Visit.undone_at).is_(None)).order_by(col(Visit.id))))


def parts(messenger: str, *, behind: str, numbered: bool = False) -> tuple[list[str], int]:
    """An evening's list as a phone cuts it, the first part ending `behind` a line's beginning; how many houses."""
    most = 4096 if messenger == "telegram" else 2000
    lines = ["Tổ 3 tối qua:"]
    while len("\n".join(lines)) < most + 300:
        number = f"{len(lines)}. " if numbered else ""
        lines.append(f"{number}nhà {len(lines)} đã cài 2 người, {_OWN_WORDS}")
    text = "\n".join(lines)
    cut = text.rindex(behind, 0, most) + len(behind)
    return [text[:cut].strip(), text[cut:].strip()], len(lines) - 1


async def test_the_head_holds_for_the_second_part(lan: Phone, office: Office, messenger: str) -> None:
    said, houses = parts(messenger, behind="\n")
    await lan.says(*said)
    assert [heard.splitlines()[0].partition(", ")[2] for heard in lan.reads()] == ["Tổ dân phố 3 · hôm qua:"] * 2
    found = await visits(office)
    assert [label for label, *_ in found] == [str(number) for number in range(1, houses + 1)]
    assert {day for *_, day in found} == {date(2026, 6, 9)}


async def test_a_line_cut_through_is_one_record(lan: Phone, office: Office, messenger: str) -> None:
    for behind in ("đã cài", "đã"):
        said, houses = parts(messenger, behind=f" {behind} ")
        await lan.says(*said)
        found = await visits(office)
        assert sorted(int(label) for label, *_ in found) == list(range(1, houses + 1)), behind
        assert {(what, people, day) for _, what, people, day in found} == {("installed", 2, date(2026, 6, 9))}, behind
        await lan.says("hoàn tác", "hoàn tác")
        assert await visits(office) == []
    lan.reads()


async def test_numbers_that_go_on_make_it_the_rest_minutes_later_too(
    lan: Phone, office: Office, messenger: str, clock: StandingClock
) -> None:
    for behind in ("\n", " đã "):
        (first, second), houses = parts(messenger, behind=behind, numbered=True)
        await lan.says(first)
        clock.passes(seconds=120)
        await lan.says(second)
        found = await visits(office)
        assert sorted(int(label) for label, *_ in found) == list(range(1, houses + 1)), behind
        assert {day for *_, day in found} == {date(2026, 6, 9)}, behind
        await lan.says("hoàn tác", "hoàn tác")
        assert await visits(office) == []
    lan.reads()


async def test_numbers_that_begin_again_are_another_list(lan: Phone, office: Office, messenger: str) -> None:
    first, _ = parts(messenger, behind="\n", numbered=True)[0]
    await lan.says(first, "1. nhà 901 vắng\n2. nhà 902 vắng")
    lan.reads()
    assert {day for label, *_, day in await visits(office) if label in ("901", "902")} == {date(2026, 6, 10)}


async def test_what_comes_later_is_a_message_of_its_own(
    lan: Phone, office: Office, messenger: str, clock: StandingClock
) -> None:
    first, second = parts(messenger, behind="\n")[0]
    await lan.says(first)
    clock.passes(seconds=6)
    await lan.says(second)
    lan.reads()
    assert {day for *_, day in await visits(office)} == {date(2026, 6, 9), date(2026, 6, 10)}
    await lan.says("nhà 901 vắng\nnhà 902 vắng", "nhà 903 vắng\nnhà 904 vắng")
    assert {day for label, _, _, day in await visits(office) if label in ("901", "902", "903", "904")} == {
        date(2026, 6, 10)
    }
    lan.reads()


async def test_an_appointment_that_cannot_be_is_told_and_not_kept(lan: Phone, office: Office) -> None:
    await lan.says("nhà 9 hẹn 1/1/2020 9h", "nhà 8 hẹn 1/1/2062\nnhà 10 vắng", "nhà 7 hẹn hôm nay 8h")
    heard = lan.reads()
    assert "Nhà 9: ngày hẹn 01/01/2020 đã qua hoặc quá xa" in heard[0]
    assert "Nhà 8: ngày hẹn 01/01/2062 đã qua hoặc quá xa" in heard[1]
    assert "8h hôm nay đã qua; nếu là buổi tối, bạn gõ: nhầm, nhà 7 hẹn 20h hôm nay" in heard[2]
    async with office.database.reading() as session:
        found = await session.exec(select(Visit.come_back_on, Visit.come_back_time).order_by(col(Visit.id)))
        assert list(found) == [(None, ""), (None, ""), (None, ""), (date(2026, 6, 10), "08:00")]
    await lan.says("nhầm, nhà 9 hẹn thứ bảy", "nhầm, nhà 7 hẹn 20h hôm nay", "nhầm, nhà 9 hẹn 1/1/2020")
    told = lan.reads()
    assert told[0].endswith("hẹn quay lại → hẹn quay lại 13/06.")
    assert told[1].endswith("hẹn quay lại 8h hôm nay → hẹn quay lại 20h hôm nay.")
    assert "→" not in told[2]
