"""What is printed and what is kept are one: every number a person can see chooses what stands behind it."""

import re
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as some

from bot.channels.telegram.render import units
from bot.channels.zalo import menus
from bot.channels.zalo.render import MOST_UNITS, sends
from rules.reply import Choice, Reply, rows
from texts import zalo as texts

NOW = datetime(2026, 6, 10, 2, tzinfo=UTC)
LINES = re.compile(r"^(\d+)\. (.+)$", re.MULTILINE)
LABELS = some.sampled_from(
    ["Ghi", "Còn", "Huỷ", "12", "ông Tám", "Tổ dân phố 3", "Xem tiếp ›", "Đã cài & đăng ký", "Menu"]
)
DATA = some.sampled_from(["w|huỷ", "w|menu", "go|a|3", "ch|7", "ht|5", "s|5", "cp|10"])
CHOICES = some.lists(some.builds(Choice, LABELS, DATA), max_size=14)
TEXTS = some.sampled_from(
    ["Nhà nào?", "Còn:\n1. Nhà 12 – vắng\n2. Nhà ông Tám", "Cài:\n1. Mở\n2. Tải", "chữ " * 600, "11. Nhà 12"]
)
REPLIES = some.builds(
    lambda text, choices, takes: Reply(text, rows(choices), takes_numbers=takes), TEXTS, CHOICES, some.booleans()
)
SAID = some.one_of(
    some.text(max_size=12), some.integers(0, 200).map(str), LABELS, some.integers(0, 20).map("số {}.".format)
)


def kept(reply: Reply, before: menus.Menu | None = None, state: str | None = None) -> menus.Menu | None:
    return menus.kept(reply, before, state=state, card=1, now=NOW)


@given(REPLIES)
def test_every_printed_number_chooses_its_line_and_no_part_is_too_long(reply: Reply):
    parts = [message.text for message in sends(reply)]
    assert all(0 < units(part) <= MOST_UNITS for part in parts)
    menu = kept(reply)
    below = parts[-1].removeprefix(reply.text)
    offered = {one["n"]: one for one in (menu or {}).get("options", [])}
    for number, label in LINES.findall(below):
        assert label == texts.label(offered[int(number)]["label"])
        assert menus.chosen(menu, number, state=None, now=NOW) == offered[int(number)]["data"]
    printed = {int(number) for number, _ in LINES.findall("\n".join(parts))}
    assert {number for number in offered if number} <= printed


@given(some.lists(some.tuples(REPLIES, some.sampled_from([None, "a", "b"])), max_size=4), SAID)
def test_a_text_chooses_only_what_was_offered(said_before: list[tuple[Reply, str | None]], said: str):
    menu, state = None, None
    for reply, state in said_before:
        menu = kept(reply, menu, state)
    data = menus.chosen(menu, said, state=state, now=NOW)
    everything = {choice.data for reply, _ in said_before for choice in menus.choices(reply)}
    if data is not None:
        assert data in everything | {"w|menu", "z|more"} or data.startswith(("z|none|", "z|old|"))
    if said_before and said_before[-1][0].takes_numbers and state is not None:
        assert data is None or menus.read_number(said) is None
