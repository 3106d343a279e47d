"""Several communes on one page: each its own bot, people, notice and dates under one clock."""

import aiohttp

from simulator.telegram import ClockHooks, Place
from simulator.world import TOKEN, real_time
from simulator.zalo import ZaloSimulator
from simulator.zalo.page import TwoMessengers

OTHER = "123457:TEST-simulator-token-of-another-commune"


async def test_each_commune_has_its_own_bot_people_and_dates():
    async with ZaloSimulator() as zalo:
        hooks = ClockHooks(now=real_time, move=lambda _: None)
        async with TwoMessengers(TOKEN, zalo=zalo, clock=hooks) as world:
            bot, on_zalo = world.add_bot(OTHER, "KhacBot", "Khác"), zalo.add_bot("9:other", "Bot Khác")
            world.places["mot"] = Place(
                "mot", "Xã Một", world.bot, "một", lambda: [{"label": "1", "to": "x"}], lambda: "a"
            )
            world.places["hai"] = Place("hai", "Xã Hai", bot, "hai", list, lambda: "b")
            lan, hoa = world.person(1, "Lan", place="mot"), world.person(2, "Hoa", home=bot, place="hai")
            minh = zalo.person("3", "Minh", home=on_zalo, place="hai", started=True)
            await lan.says("menu")
            await hoa.says("menu")
            assert [update["message"]["from"]["first_name"] for update in world.pending(bot)] == ["Hoa"]
            assert on_zalo.served == {on_zalo.chat_id_of("3"): minh}
            async with aiohttp.ClientSession(world.url) as client:

                async def asked(path: str):
                    async with client.get(path) as answer:
                        found = await answer.json()
                    return found.get("result", found)

                first, other = await asked("/sim/page"), await asked("/sim/page?place=hai")
                assert [(page["place"], page["bot"]["username"], page["notice"]) for page in (first, other)] == [
                    ("mot", "GoTungNhaBot", "một"),
                    ("hai", "KhacBot", "hai"),
                ]
                assert first["places"] == [{"slug": "mot", "name": "Xã Một"}, {"slug": "hai", "name": "Xã Hai"}]
                people = [*await asked("/sim/people"), *await asked("/sim/zalo/people")]
                assert [(one["first_name"], one["place"]) for one in people] == [
                    ("Lan", "mot"),
                    ("Hoa", "hai"),
                    ("Minh", "hai"),
                ]
                assert [(await asked(f"/sim/clock?place={slug}"))["season"] for slug in ("mot", "hai", "?")] == [
                    "a",
                    "b",
                    "a",
                ]
                screen = await asked("/sim/people/2/screen")
                assert [message["text"] for message in screen["messages"]] == ["menu"]
