"""Pictures by address: signed, good for several downloads, and over after a day."""

from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web

from bot.channels.zalo import media
from rules.reply import Picture
from simulator.attachments import plain_picture
from storage.sealing import unlock
from tests.conftest import KEY
from tests.conversations.office import StandingClock

GUIDE = Picture("guide", "viet-hoa|3|ios")


@pytest.fixture(autouse=True)
def _keys() -> None:
    unlock(KEY)


@pytest.fixture
async def address(clock: StandingClock) -> AsyncIterator[str]:
    drawn: list[str] = []

    async def draw(key: str) -> bytes:
        drawn.append(key)
        assert drawn.count(key) == 1, "drawn twice"
        return plain_picture(shade=key)

    app = web.Application()
    app.router.add_get(media.PATH, media.serve({"guide": draw}, clock))
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/f/"
    await runner.cleanup()


async def test_a_link_works_several_times_for_a_day(address: str, clock: StandingClock, http: aiohttp.ClientSession):
    link = address + media.signed(GUIDE, clock.now() + media.LASTS)
    for _ in range(3):
        async with http.get(link, allow_redirects=False) as answer:
            assert (answer.status, answer.content_type) == (200, "image/png")
            assert await answer.read() == plain_picture(shade=GUIDE.key)
    clock.passes(hours=25)
    async with http.get(link) as answer:
        assert answer.status == 404


async def test_a_link_that_was_changed_or_made_elsewhere_opens_nothing(
    address: str, clock: StandingClock, http: aiohttp.ClientSession
):
    good = media.signed(GUIDE, clock.now() + media.LASTS)
    named, signature = good.split(".")
    other = media.signed(Picture("paper", "secret"), clock.now() + media.LASTS)
    unlock("another key, not a secret either")
    foreign = media.signed(GUIDE, clock.now() + media.LASTS)
    unlock(KEY)
    for bad in (
        named,
        f"{named}.",
        f"{named}x.{signature}",
        f"{named}.{'0' * 32}",
        "x",
        f"é.{signature}",
        foreign,
        other,
    ):
        async with http.get(address + bad) as answer:
            assert answer.status == 404, bad


def test_a_link_lasts_longer_than_zalo_needs():
    assert timedelta(minutes=10) <= media.LASTS
