"""qr: the picture a volunteer holds up, with its links as text."""

import pytest
from sqlmodel import select

from guides.card import links
from rules.plan import Plan
from rules.roles import Role
from storage.tables import GuideSent
from tests.conversations.office import Office, People, StandingClock
from tests.conversations.phone import Phone
from texts import guiding as texts
from texts import refusals


async def sent(office: Office) -> list[GuideSent]:
    async with office.database.reading() as session:
        return list(await session.exec(select(GuideSent)))


async def test_lan_shows_an_iphone_owner_the_card(lan: Phone) -> None:
    await lan.says("qr")
    lan.hears("Bà con dùng điện thoại nào?")
    assert lan.labels == ["iPhone", "Android", "Cả hai", "Bản giấy để in", "Huỷ"]
    await lan.taps("iPhone")
    lan.hears(
        "Cài Smart Hải Phòng cho iPhone: bà con quét mã, hoặc mở đường dẫn.\n"
        "App Store: https://apps.apple.com/vn/search?term=Smart%20H%E1%BA%A3i%20Ph%C3%B2ng\n"
        "Cần giúp: gọi 1022 (miễn phí cước gọi)."
    )
    assert lan.picture is not None
    assert lan.picture.kind == "guide"
    assert lan.picture.key.startswith("viet-hoa-2026|")
    assert lan.picture.key.endswith("|ios")
    assert lan.labels == ["Android", "Cả hai"]


@pytest.mark.parametrize(
    ("said", "phone"),
    [
        ("qr iphone", "ios"),
        ("/qr Android", "android"),
        ("QR ca hai", "both"),
        ("qr samsung", "android"),
        ("qr 2", "both"),
    ],
)
async def test_a_phone_named_at_once_is_not_asked_for(lan: Phone, plan: Plan, said: str, phone: texts.Phone) -> None:
    await lan.says(said)
    lan.hears(texts.caption(plan, phone, links(plan, phone)))
    assert lan.picture is not None
    assert lan.picture.key.endswith(f"|{phone}")


async def test_a_phone_nobody_has_heard_of_is_asked_again(lan: Phone) -> None:
    await lan.says("qr bàn ủi")
    lan.hears(texts.WHICH_PHONE)


async def test_each_guide_is_counted_for_the_unit_and_a_repeated_update_is_not(lan: Phone, office: Office) -> None:
    await lan.says("qr iphone")
    await lan.taps("Cả hai")
    await lan.says("qr")
    await office.receives(*[lan.last_update] * 2)
    assert len(lan.reads()) == 3
    counted = await sent(office)
    assert [(guide.phone, guide.day.isoformat()) for guide in counted] == [
        ("ios", "2026-06-10"),
        ("both", "2026-06-10"),
    ]
    assert {guide.person_id for guide in counted} == {lan.person_id}


@pytest.mark.telegram_only(reason="a button stays where it was shown; an old number is explained (see tests.zalo)")
async def test_an_old_choice_still_gives_the_card_without_disturbing_what_is_open(
    lan: Phone, clock: StandingClock, plan: Plan
) -> None:
    await lan.says("qr")
    clock.passes(days=9)
    await lan.says("vướng")
    lan.reads()
    await lan.taps("Android")
    lan.hears(texts.caption(plan, "android", links(plan, "android")))
    await lan.says("nhà bị mất sóng")
    lan.hears_part("Mình đã ghi lại")


@pytest.mark.telegram_only(reason="buttons pressed that are not on the screen")
async def test_an_officer_may_and_a_leader_may_not(people: People, hoa: Phone, plan: Plan) -> None:
    await hoa.says("qr cả hai")
    hoa.hears_part("Cài Smart Hải Phòng cho iPhone và Android", "App Store: https://", "Google Play: https://")
    leader = await people.joined("Bình", Role.LEADER, "phường Việt Hoà")
    await leader.says("qr")
    leader.hears(refusals.sentence(refusals.NotAllowed("qr"), plan))
    await leader.presses("q|ios")
    leader.hears(refusals.sentence(refusals.NotAllowed("qr"), plan))


@pytest.mark.telegram_only(reason="buttons pressed that are not on the screen")
async def test_a_made_up_button_finds_nothing(lan: Phone) -> None:
    await lan.presses("q|nokia")
    lan.hears(refusals.NOT_FOUND)
    assert lan.picture is None


def test_a_caption_never_loses_its_links(plan: Plan) -> None:
    """Telegram takes 1,024 UTF-16 units under a picture; the steps are on the picture too, the links are not."""
    long = plan.model_copy(update={"app": plan.app.model_copy(update={"steps": ("x" * 500, "y" * 500)})})
    said = texts.caption(long, "both", links(plan, "both"))
    assert len(said) <= 1024
    assert all(link in said for _, link in links(plan, "both"))
    assert "xxx" not in said
