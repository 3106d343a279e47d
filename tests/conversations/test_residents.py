"""Residents who write to the bot: the guide, and what they say is passed on, never counted."""

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.codes import new_code
from rules.guide_codes import new_guide_code, shown
from rules.plan import Plan
from rules.roles import Role
from storage import guide_codes, invitations, people, units
from storage.tables import GuideSaid
from tests.conversations.office import Office, People, StandingClock
from tests.conversations.phone import Phone
from texts import joining, refusals
from texts import residents as texts

PLACE = "Tổ dân phố 3"


async def code_of(office: Office, phone: Phone) -> str:
    async def made(session: AsyncSession) -> str:
        person = await people.by_id(session, phone.person_id or 0)
        assert person is not None
        return (await guide_codes.code_for(session, person.campaign, person.unit_id, phone.person_id or 0,
                                           now=office.clock.now())).code  # fmt: skip

    return await office.database.write(made)


async def unit_code(office: Office, phone: Phone) -> str:
    async def made(session: AsyncSession) -> str:
        person = await people.by_id(session, phone.person_id or 0)
        assert person is not None
        return (await guide_codes.code_for(session, person.campaign, person.unit_id, now=office.clock.now())).code

    return await office.database.write(made)


async def test_who_comes_by_a_code_gets_the_guide_and_is_asked_nothing(
    lan: Phone, khach: Phone, office: Office, plan: Plan
) -> None:
    code = await code_of(office, lan)
    await khach.says(f"/start g_{code}")
    heard = khach.reads()[0]
    for part in ("Chào bác! Mình là trợ lý cài Smart Hải Phòng của Tổ dân phố 3.", *plan.app.steps, "gọi 1022",
                 "hỏi người phụ trách Tổ dân phố 3, hoặc Phòng Văn hoá – Xã hội", "iPhone: https://apps"):  # fmt: skip
        assert part in heard
    assert "?" not in heard.replace("search?", "")
    await khach.says(shown(code), code.lower())
    assert [said.split("\n")[0] for said in khach.reads()] == [heard.split("\n")[0]] * 2


async def test_done_is_passed_on_once_as_said_and_counted_nowhere(
    lan: Phone, minh: Phone, khach: Phone, office: Office, plan: Plan
) -> None:
    await khach.says(await code_of(office, lan), "Tôi đã cài xong rồi ạ", "đã cài xong")
    assert khach.reads()[1:] == [texts.passed_on(plan, PLACE), texts.THANKED_BEFORE]
    await office.delivers()
    await office.delivers()
    lan.hears(
        "Một bà con ở Tổ dân phố 3 vừa nhắn là đã cài xong Smart Hải Phòng (vào từ mã trên thẻ). "
        "Mình chỉ chuyển lời, chưa tính vào số nào: bạn ghé xem rồi ghi nhà như thường lệ nhé."
    )
    minh.hears_nothing()
    await minh.says("tiến độ")
    heard = minh.reads()[0]
    assert "\nChưa báo cáo: chưa ai ghi nhà nào" in heard
    assert "đã cài 0 hộ (1 lượt bà con báo đã cài, chưa tính)." in heard
    await lan.says("nhà 12 đã cài")
    lan.reads()
    await minh.says("tiến độ")
    assert "đã cài 1 hộ" in minh.reads()[0]


async def test_a_units_own_code_or_one_of_somebody_who_left_reaches_the_whole_unit(
    lan: Phone, minh: Phone, people: People, office: Office, plan: Plan
) -> None:
    far = await people.joined("Sơn", unit="Tổ dân phố 5")
    first, second = people.stranger("Bà Tư"), people.stranger("Ông Năm")
    await first.says(await unit_code(office, lan))
    await first.taps(texts.INSTALLED)
    assert first.reads()[1:] == [texts.passed_on(plan, PLACE)]
    await second.says(await code_of(office, far), "đã cài xong")
    second.reads()
    await office.delivers()
    lan.hears(texts.notice(plan, PLACE))
    minh.hears(texts.notice(plan, PLACE))
    far.hears(texts.notice(plan, "Tổ dân phố 5"))


async def test_nobody_is_told_at_night(lan: Phone, khach: Phone, office: Office, clock: StandingClock) -> None:
    clock.at("2026-06-10 22:00:00")
    await khach.says(await code_of(office, lan), "đã cài xong")
    khach.reads()
    await office.delivers()
    lan.hears_nothing()
    clock.at("2026-06-11 06:31:00")
    await office.delivers()
    lan.hears_part("Một bà con ở Tổ dân phố 3")


async def test_without_a_code_done_is_thanked_and_told_to_nobody(lan: Phone, khach: Phone, office: Office) -> None:
    await khach.says("da cai xong roi")
    khach.hears(texts.THANKS)
    await office.delivers()
    lan.hears_nothing()
    async with office.database.reading() as session:
        assert list(await session.exec(select(GuideSaid))) == []


async def test_codes_that_are_none_and_invitations_are_what_they_were(
    lan: Phone, khach: Phone, people: People, office: Office, plan: Plan
) -> None:
    await khach.says(f"/start g_{new_guide_code()}", "/start g_", "/start g_../x")
    khach.hears(*[joining.stranger(plan, kept=False)] * 3)
    await khach.says(new_guide_code())
    khach.hears(joining.stranger(plan, kept=True))
    await khach.says(await code_of(office, lan), new_code())
    assert khach.reads()[1] == refusals.BAD_CODE

    async def invitation(session: AsyncSession) -> str:
        unit = await units.by_name(session, plan.slug, PLACE)
        now = office.clock.now()
        return await invitations.make(session, campaign=plan.slug, role=Role.HEAD, unit=unit, by=None, now=now)

    await khach.says(await office.database.write(invitation), "đồng ý")
    assert [said.splitlines()[0] for said in khach.reads()] == [
        "Bạn sắp vào: Tổ dân phố 3, phường Việt Hoà", "Chào Khách! Bạn đã là trưởng đơn vị của Tổ dân phố 3."
    ]  # fmt: skip


async def test_a_volunteer_who_tries_a_code_loses_nothing(lan: Phone, office: Office, plan: Plan) -> None:
    code = await code_of(office, lan)
    await lan.says("ghi", "12", f"/start g_{code}")
    assert lan.reads()[2].startswith("Cách cài Smart Hải Phòng:")
    await lan.taps("Vắng nhà")
    lan.hears_part("Đã ghi nhà 12")


async def test_who_said_it_is_not_to_be_read_from_what_is_kept(lan: Phone, khach: Phone, office: Office) -> None:
    await khach.says(await code_of(office, lan), "đã cài xong")
    khach.reads()
    await office.delivers()
    lan.reads()
    async with office.database.reading() as session:
        (kept,) = await session.exec(select(GuideSaid))
    assert str(khach.account) not in kept.chat_hash
    assert len(kept.chat_hash) == 32
