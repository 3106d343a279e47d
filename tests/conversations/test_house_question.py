"""A house asked about: what is known of it is said, and nothing is written down."""

import pytest
from sqlmodel import select

from rules.grammar.asked import Asked, read_asked
from storage.tables import Visit


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("nhà 12 cài chưa?", Asked("12", None)),
        ("nha 12 cai chua?", Asked("12", None)),
        ("nhà ông Tám thế nào rồi?", Asked("ông Tám", None)),
        ("tổ 3 nhà 12 đã ghi chưa ạ", Asked("12", "tổ 3")),
        ("có ai đến nhà 12 chưa", Asked("12", None)),
        ("nhà 12 chưa", None),
        ("nhà 12 chưa cài", None),
        ("nhà 12 vắng", None),
        ("cài app này có mất tiền không?", None),
        ("nhà 12 bao giờ họp?", None),
        ("nhà 12 hay nhà 14 cài chưa?", None),
    ],
)
def test_only_a_question_about_one_house_is_one(text, asked):
    assert read_asked(text) == asked


async def test_what_is_known_of_a_house_is_told(lan, office):
    await lan.says("nhà 12 cài chưa?")
    lan.hears_part("nhà 12", "chưa ai ghi")
    await lan.says("nhà 12 đã cài")
    lan.hears_part("Đã ghi nhà 12")
    await lan.says("nhà 12 cài chưa?")
    lan.hears("Tổ dân phố 3, nhà 12: đã cài, 10/06.")
    async with office.database.reading() as session:
        assert len(list(await session.exec(select(Visit)))) == 1


async def test_a_house_of_another_unit_is_not_found(lan, people):
    await people.unit("Tổ dân phố 9", households=10)
    await lan.says("tổ 9 nhà 12 cài chưa?")
    told = lan.reads()
    assert "đã cài" not in told[0]
