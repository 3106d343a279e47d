"""What stands beside an outcome is kept, letters of a sheet among fuller words are houses, the unclear is asked."""

from sqlmodel import col, select

from storage.tables import House, Visit
from tests.conversations.office import Office
from tests.conversations.phone import Phone


async def kept(office: Office) -> list[tuple[str, str, str | None]]:
    """House, outcome and note of every visit, in the order of writing."""
    async with office.database.reading() as session:
        query = select(House.label, Visit.outcome, Visit.note).where(Visit.house_id == House.id).order_by(col(Visit.id))
        return [tuple(row) for row in await session.exec(query)]


async def test_own_words_stay_with_the_visit(lan: Phone, office: Office) -> None:
    await lan.says("nhà 12 vắng, hàng xóm bảo đi viện")
    assert "✅ Đã ghi nhà 12" in lan.reads()[0]
    assert await kept(office) == [("12", "nobody_home", "hàng xóm bảo đi viện")]


async def test_letters_of_a_sheet_among_fuller_words(lan: Phone, office: Office) -> None:
    await lan.says("12 c, 13 v, 14 hẹn t7")
    lan.reads()
    assert [row[:2] for row in await kept(office)] == [("12", "installed"), ("13", "nobody_home"), ("14", "come_back")]


async def test_what_nobody_explained_is_never_dropped(lan: Phone, office: Office) -> None:
    await lan.says("nhà 12 xóm %s{0} vắng")
    assert "Đúng không" in lan.reads()[0]
    assert await kept(office) == []
    await lan.says("đúng")
    lan.reads()
    assert await kept(office) == [("12", "nobody_home", "xóm %s{0")]
