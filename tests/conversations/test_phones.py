"""The phones themselves: they must notice what a person would, or no conversation test means anything."""

import pytest
from pydantic import ValidationError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.channels.telegram.render import Call
from rules.reply import Choice, Reply
from storage import outbox, people
from tests.conversations.office import Office, StandingClock
from tests.conversations.phone import Phone


async def push(office: Office, to: Phone, reply: Reply, key: str = "test") -> bool:
    async def job(session: AsyncSession) -> bool:
        person = await people.by_id(session, to.person_id or 0)
        assert person is not None
        return await outbox.push(session, person, reply, key=key, now=office.clock.now())

    return await office.database.write(job)


async def test_silence_and_a_stray_message_both_fail(lan: Phone) -> None:
    with pytest.raises(AssertionError, match="Lan heard \\[\\]"):
        lan.hears("Chào Lan!")
    await lan.says("tôi", "tôi")
    with pytest.raises(AssertionError, match="Lan heard"):
        lan.hears_part("Bạn chưa ghi nhà nào")


@pytest.mark.telegram_only(reason="updates in Telegram's own shape")
async def test_what_telegram_refuses_fails_the_test(lan: Phone, office: Office) -> None:
    await push(office, lan, Reply("Chọn đi", ((Choice("Nhà", "h|" + "x" * 63),),)))
    with pytest.raises(AssertionError, match="BUTTON_DATA_INVALID"):
        await office.delivers()
    lan.hears_nothing()


@pytest.mark.telegram_only(reason="updates in Telegram's own shape")
async def test_what_breaks_the_handling_is_raised_where_it_was_caused(lan: Phone, office: Office) -> None:
    unreadable = {"message": {"message_id": "x", "chat": {"id": lan.account, "type": "private"}}}
    with pytest.raises(ValidationError):
        await lan.brings(unreadable)
    office.forgives = True
    await lan.brings(unreadable)
    lan.hears_nothing()


@pytest.mark.telegram_only(reason="editing one's message")
async def test_an_edit_changes_the_message_and_a_picture_has_no_text_to_edit(lan: Phone) -> None:
    lan.apply(Call("sendMessage", {"chat_id": "1", "text": "một"}))
    shown = lan.screen[-1]
    lan.apply(Call("editMessageText", {"chat_id": "1", "message_id": shown.id, "text": "hai"}))
    lan.hears("một", "hai")
    assert [message.text for message in lan.screen] == ["hai"]
    await lan.says("qr iphone")
    lan.reads()
    with pytest.raises(Exception, match="there is no text in the message to edit"):
        lan.apply(Call("editMessageText", {"chat_id": "1", "message_id": lan.screen[-1].id, "text": "ba"}))


async def test_pushes_wait_for_their_hour_and_go_once(lan: Phone, office: Office, clock: StandingClock) -> None:
    assert await push(office, lan, Reply("Chào buổi sáng"))
    assert not await push(office, lan, Reply("Chào buổi sáng"))
    assert await office.delivers() == 1
    assert await office.delivers() == 0
    lan.hears("Chào buổi sáng")
    clock.at("2026-06-10 17:00:00")
    assert clock.now().isoformat() == "2026-06-10T10:00:00+00:00"


async def test_the_officer_gets_the_digest_at_its_hour(
    lan: Phone, hoa: Phone, office: Office, clock: StandingClock
) -> None:
    await lan.says("nhà 12 đã cài")
    lan.reads()
    await office.tick()
    hoa.hears_nothing()
    clock.at("2026-06-10 17:00:00")
    assert (await office.tick())["digests"] == 1
    hoa.hears_part("Bản tin 17:00 ngày 10/06", "+1 hộ xong")
    await office.tick()
    hoa.hears_nothing()
