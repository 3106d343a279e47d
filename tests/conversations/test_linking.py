"""liên kết: one person with Telegram and Zalo, either of which may be used."""

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.codes import new_code
from rules.plan import Plan
from rules.reply import Reply
from storage import outbox, people
from storage.tables import AccountLink, Audit, Chat, Visit
from tests.conversations.office import Office, People, StandingClock
from tests.conversations.phone import Phone
from texts import joining, refusals
from texts import linking as texts


@pytest.fixture
def other(people: People, messenger: str) -> Phone:
    """Lan's account on the other messenger, which has just found the bot."""
    return people.stranger("Lan Nguyễn", on="zalo" if messenger == "telegram" else "telegram")


async def code_of(phone: Phone) -> str:
    await phone.says("liên kết")
    return phone.reads()[-1].splitlines()[1]


async def linked(lan: Phone, other: Phone, office: Office) -> None:
    await other.says(await code_of(lan))
    await other.taps("Đúng là mình")
    await office.delivers()
    assert len(other.reads()) == 2
    assert len(lan.reads()) == 1


async def chats(office: Office) -> dict[str, int | None]:
    async with office.database.reading() as session:
        return {chat.platform: chat.person_id for chat in await session.exec(select(Chat).order_by(col(Chat.id)))}


async def pushes(office: Office, phone: Phone, key: str) -> None:
    async def job(session: AsyncSession) -> bool:
        person = await people.by_id(session, phone.person_id or 0)
        assert person
        return await outbox.push(session, person, Reply("Nhắc bạn một việc."), key=key, now=office.clock.now())

    assert await office.database.write(job)
    await office.delivers()


async def test_lan_brings_her_other_messenger_along(lan: Phone, other: Phone, office: Office) -> None:
    here, there = lan.messenger.title(), other.messenger.title()
    await lan.says("lien ket")
    code = lan.reads()[0].splitlines()[1]
    await lan.says("liên kết")
    lan.hears_part(f"Bạn mở bot trên {there} rồi gõ mã này vào", "trong 15 phút", "Đừng đưa mã cho ai")
    code = await code_of(lan)
    await other.says(code)
    other.hears(
        f"Mã này nối tài khoản {there} của bạn với: Lan, tình nguyện viên của Tổ dân phố 3.\nCó đúng là bạn không?"
    )
    assert other.labels == ["Đúng là mình", "Không phải"]
    await other.taps("Đúng là mình")
    other.hears(
        "Xong rồi! Ở đây bạn cũng là Lan, tình nguyện viên của Tổ dân phố 3. "
        "Từ giờ dùng bên nào cũng được; mình nhắn vào nơi bạn dùng gần nhất."
    )
    await office.delivers()
    lan.hears(
        f"Một tài khoản {there} vừa được nối với vai trò của bạn bằng mã liên kết. "
        "Nếu không phải bạn, hãy báo ngay cho người phụ trách."
    )
    assert set((await chats(office)).values()) == {lan.person_id}
    await lan.says("dữ liệu")
    lan.hears_part("• Tài khoản nhắn tin: ", here, there)
    async with office.database.reading() as session:
        acts = [act.act for act in await session.exec(select(Audit).order_by(col(Audit.id)))]
    assert acts[-1] == "person.linked"
    assert acts.count("person.joined") == 1


async def test_each_conversation_stays_where_it_is_and_the_work_is_one_persons(
    lan: Phone, other: Phone, office: Office
) -> None:
    await linked(lan, other, office)
    await lan.says("ghi", "12")
    await other.says("nhà 14 vắng nhà")
    other.hears("✅ Đã ghi nhà 14, Tổ dân phố 3: vắng nhà.")
    await lan.taps("Từ chối")
    assert lan.reads()[-1] == "✅ Đã ghi nhà 12, Tổ dân phố 3: từ chối."
    await other.says("menu", "sửa")
    assert other.labels == ["12: từ chối · hôm nay", "14: vắng nhà · hôm nay", "Huỷ"]
    other.reads()
    async with office.database.reading() as session:
        assert {visit.person_id for visit in await session.exec(select(Visit))} == {lan.person_id}


async def test_what_is_said_unprompted_goes_where_lan_was_last_and_falls_back(
    lan: Phone, other: Phone, office: Office, clock: StandingClock
) -> None:
    await linked(lan, other, office)
    clock.passes(minutes=1)
    await lan.says("menu")
    lan.reads()
    await pushes(office, lan, "first")
    lan.hears("Nhắc bạn một việc.")
    clock.passes(minutes=1)
    await other.says("menu")
    other.reads()
    await pushes(office, lan, "second")
    other.hears("Nhắc bạn một việc.")
    other.is_blocking = True
    await pushes(office, lan, "third")
    lan.hears("Nhắc bạn một việc.")
    other.is_blocking = False
    await other.says("menu")
    other.reads()
    await pushes(office, lan, "fourth")
    other.hears("Nhắc bạn một việc.")


async def test_a_code_is_good_once_for_a_quarter_of_an_hour_and_the_newest_only(
    lan: Phone, other: Phone, people: People, office: Office, clock: StandingClock
) -> None:
    first, second = await code_of(lan), await code_of(lan)
    await other.says(first)
    other.hears(refusals.BAD_CODE)
    clock.passes(minutes=16)
    await other.says(second)
    other.hears(refusals.BAD_CODE)
    third = await code_of(lan)
    await other.says(third)
    clock.passes(minutes=16)
    await other.taps("Đúng là mình")
    assert other.reads()[1] == refusals.BAD_CODE
    fourth = await code_of(lan)
    await other.says(f"/start {fourth}", "đúng rồi")
    assert other.reads()[1].startswith("Xong rồi!")
    late = people.stranger("Khách")
    await late.says(fourth)
    late.hears(refusals.BAD_CODE)
    await office.delivers()
    lan.hears(texts.linked_elsewhere(other.messenger))
    async with office.database.reading() as session:
        kept = (await session.exec(select(AccountLink))).all()
    assert not [link for link in kept if fourth in (link.code_hash, link.used_by)]


async def test_no_and_something_else_bind_nobody(lan: Phone, other: Phone, office: Office) -> None:
    code = await code_of(lan)
    await other.says(code, "hả?", "không phải")
    assert other.reads()[1:] == [texts.YES_OR_NO, texts.NOT_LINKED]
    await lan.says(code)
    lan.hears(texts.OWN_CODE)
    assert (await chats(office))[other.messenger] is None


async def test_guessing_a_link_is_guessing_an_invitation(lan: Phone, other: Phone, people: People) -> None:
    code = await code_of(lan)
    await other.says(*(new_code() for _ in range(5)))
    other.hears(*[refusals.BAD_CODE] * 4, joining.TOO_MANY_CODES)
    await other.says(code)
    other.hears_nothing()


async def test_who_has_a_role_there_is_told_that_it_ends(lan: Phone, people: People, office: Office) -> None:
    minh = await people.joined("Minh", unit="Tổ dân phố 9")
    await minh.says(await code_of(lan))
    minh.hears_part("Vai trò hiện nay của bạn ở đây sẽ kết thúc")
    await minh.says("nhà 12 đã cài")
    minh.hears_part("Đã ghi nhà 12, Tổ dân phố 9")


async def test_a_stranger_has_nothing_to_link(khach: Phone, plan: Plan) -> None:
    await khach.says("liên kết")
    khach.hears(joining.stranger(plan, kept=False))
