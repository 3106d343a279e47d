"""Agreement with the notice: kept with its wording, asked again when it changes, taken back with what follows said."""

from hashlib import sha256

import pytest
from sqlmodel import select

from rules.plan import Plan
from rules.roles import Role
from storage import consents, resettle
from storage.tables import Consent, House, Outbox, Person, Visit
from tests.conversations.office import Office, People
from tests.conversations.phone import Phone
from tests.conversations.test_inviting import code_in


async def rows(office: Office, table):
    async with office.database.reading() as session:
        return list(await session.exec(select(table).order_by(table.id)))


async def new_notice(office: Office, plan: Plan) -> None:
    """The office changes its notice, and the bot takes the plan so."""
    for which, now in ((plan, office.clock.now()), (_changed(plan), office.clock.now())):
        await office.database.write(lambda s, p=which, n=now: resettle.follow(s, p, n, "Chị Hoa"))
    office.adopts(_changed(plan))


def _changed(plan: Plan) -> Plan:
    text = plan.notice.text + " Bản này thêm một câu."
    return plan.model_copy(update={"notice": plan.notice.model_copy(update={"version": "2026-06", "text": text})})


@pytest.fixture
async def lan(people: People, minh: Phone) -> Phone:
    """Lan joined as everyone does: by a code, reading the notice."""
    await minh.says("mời")
    code = code_in(minh.reads()[-1])
    lan = people.stranger("Lan")
    await lan.says(code, "đồng ý")
    lan.reads()
    return lan


async def test_joining_keeps_who_when_which_wording_and_where(office: Office, lan: Phone, plan: Plan) -> None:
    [kept] = await rows(office, Consent)
    assert kept.notice_hash == sha256(plan.notice_text.encode()).hexdigest() == consents.notice_hash(plan)
    assert (kept.notice_version, kept.platform, kept.agreed_at) == ("2026-05", lan.messenger, office.clock.now())
    await lan.says("dữ liệu")
    lan.hears_part(
        "• Đồng ý với thông báo dữ liệu cá nhân bản 2026-05 lúc 09:00 ngày 10/06/2026, qua "
        f"{lan.messenger.title()} (dấu văn bản {kept.notice_hash[:8]})"
    )


async def test_a_changed_notice_is_asked_once_and_work_goes_on_meanwhile(
    office: Office, lan: Phone, minh: Phone, plan: Plan
) -> None:
    await new_notice(office, plan)
    await office.tick()
    lan.hears_part("vừa đổi (bản 2026-06)", "Bản này thêm một câu.", "Bạn đồng ý chứ?")
    minh.hears_part("vừa đổi (bản 2026-06)")
    await office.tick()
    lan.hears_nothing()
    await lan.says("nhà 12 đã cài")
    lan.hears_part("Đã ghi nhà 12")
    await lan.says("dữ liệu")
    lan.hears_part("• Chưa đồng ý với bản mới 2026-06")
    await lan.says("đồng ý")
    lan.hears_part("mình đã ghi bạn đồng ý với bản 2026-06")
    await minh.taps("Đồng ý")
    minh.hears_part("đồng ý với bản 2026-06")
    versions = [(each.notice_version, each.revoked_at) for each in await rows(office, Consent)]
    assert versions == [("2026-05", None), ("2026-06", None), ("2026-06", None)]
    await lan.says("dữ liệu")
    said = lan.hears_part("bản 2026-05 lúc", "bản 2026-06 lúc")
    assert "Chưa đồng ý" not in said


async def test_taking_it_back_says_what_follows_and_then_does_it(office: Office, lan: Phone, minh: Phone) -> None:
    await lan.says("nhà 12 đã cài 2 người", "dữ liệu")
    lan.reads()
    await lan.taps("Rút lại đồng ý")
    lan.hears_part("Nếu bạn rút lại đồng ý:", "Những nhà bạn đã ghi vẫn tính", "xin mã mời mới")
    await lan.taps("Không, mình ở lại")
    lan.hears_part("giữ nguyên")
    await lan.says("rút lại đồng ý")
    lan.reads()
    await lan.taps("Rút lại và rời bot")
    lan.hears_part("đã gỡ tên, tài khoản của bạn")
    gone = next(each for each in await rows(office, Person) if each.role == Role.VOLUNTEER)
    assert (gone.name, gone.left_at) == (None, office.clock.now())
    assert [each.revoked_at for each in await rows(office, Consent)] == [office.clock.now()]
    assert [(house.outcome, house.installs) for house in await rows(office, House)] == [("installed", 2)]
    assert [visit.undone_at for visit in await rows(office, Visit)] == [None]
    await lan.says("nhà 13 đã cài")
    lan.hears_part("để có mã mời")
    office.clock.at("2026-06-10 19:30:00")
    await office.tick()
    lan.hears_nothing()
    assert not [each for each in await rows(office, Outbox) if each.status == "pending"]
    minh.reads()


async def test_who_agreed_with_the_present_wording_is_asked_nothing(office: Office, lan: Phone, plan: Plan) -> None:
    await office.database.write(lambda s: resettle.follow(s, plan, office.clock.now()))
    await office.tick()
    lan.hears_nothing()
    await lan.says("đồng ý")
    assert "bản 2026" not in lan.reads()[0]


async def test_a_number_sent_twice_does_not_take_anybody_out(office: Office, lan: Phone) -> None:
    """On Zalo the second "1" answers the question that the first one brought."""
    await lan.says("dữ liệu")
    lan.reads()
    await lan.taps("Rút lại đồng ý", times=2)
    lan.reads()
    await lan.says("nhà 12 đã cài")
    lan.hears_part("Đã ghi nhà 12")
