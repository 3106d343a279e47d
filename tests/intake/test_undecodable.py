"""Updates that nobody can decode, or that make no sense, among good ones: the good ones never notice."""

import json

import pytest

from bot.channels.telegram.updates import decoded
from storage.inbox import Arrival
from tests.conversations.office import Office, StandingClock
from tests.conversations.phone import Phone
from tests.intake.test_failures import houses_visited, tries_on

CHAT = {"id": 1001, "type": "private", "first_name": "Lan"}
WHO = {"id": 1001, "is_bot": False, "first_name": "Lan"}
ABOUT = {"message_id": 900, "date": 1780000000, "chat": CHAT, "from": WHO}


def _message(**content) -> bytes:
    return json.dumps({"update_id": 50, "message": ABOUT | content}).encode()


POISON = {
    "no JSON": b"<html>502</html>",
    "nothing": b"",
    "a list": b"[1,2,3]",
    "bytes": b"\xff\xfe\x00\x80",
    "half a character in bytes": b'{"update_id": 50, "message": "\xed\xa0\x80"}',
    "too deep to parse": b'{"update_id": 50, "message": ' + b"[" * 200_000 + b"]" * 200_000 + b"}",
    "deep": b'{"update_id": 50, "message": ' + b'{"a":' * 900 + b"1" + b"}" * 900 + b"}",
    "no number": b'{"message": {}}',
    "a number beyond 64 bits": b'{"update_id": 99999999999999999999999, "message": {}}',
    "a number without end": b'{"update_id": 1e400, "message": {}}',
    "more digits than Python reads": b'{"update_id": ' + b"9" * 5000 + b"}",
    "a negative number": b'{"update_id": -4, "message": {}}',
    "no chat": b'{"update_id": 50, "message": {"message_id": 1, "date": 1780000000, "text": "x"}}',
    "no sender": json.dumps({"update_id": 50, "message": {k: v for k, v in ABOUT.items() if k != "from"}}).encode(),
    "a chat beyond 64 bits": json.dumps({"update_id": 50, "message": {"chat": {"id": 10**30}}}).encode(),
    "a chat without end": b'{"update_id": 50, "message": {"chat": {"id": 1e400}}}',
    "nothing in it": b'{"update_id": 50, "message": null}',
    "an unknown kind": b'{"update_id": 50, "thought_reading": {"from": {"id": 5}}}',
    "a date before all dates": _message(text="nhà 3 đã cài", date=-(10**15)),
    "a lone half of a pair": _message(text="nhà \ud83d đã cài \udc00"),
    "NUL": _message(text="nhà \x00 9\x00 đã cài"),
    "a sender without a name": _message(text="x", **{"from": {"id": 1001}}),
    "an old forward from a hidden user": _message(
        text="x", forward_origin={"type": "hidden_user", "date": 1420156800, "sender_user_name": "Người cũ"}
    ),
    "a forward dated nought": _message(text="x", forward_date=0, forward_sender_name="Người cũ"),
}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # all of it together runs on PostgreSQL too, below
@pytest.mark.parametrize("raw", POISON.values(), ids=POISON.keys())
async def test_one_poisonous_update_harms_no_other(office: Office, clock: StandingClock, minh: Phone, raw: bytes):
    assert minh.account == 1001  # the poison comes from the very same chat where it names one
    before = [minh._message({"text": f"nhà {number} đã cài"}) for number in range(1, 4)]
    after = [minh._message({"text": f"nhà {number} đã cài"}) for number in range(4, 7)]
    line = office.line
    batch = [line.arrival(json.dumps(update).encode()) for update in (*before, *after)]
    batch.insert(3, line.arrival(raw))
    await office.intake.store(batch)
    await tries_on(office, clock)
    visited = [label for label in await houses_visited(office) if label in {"1", "2", "3", "4", "5", "6"}]
    assert list(dict.fromkeys(visited)) == visited
    assert sorted(visited) == ["1", "2", "3", "4", "5", "6"]
    states = await office.waiting()
    assert states.get("new", 0) == 0
    assert sum(states.values()) == 7


async def test_all_the_poison_at_once_loses_nothing(office: Office, clock: StandingClock, lan: Phone, minh: Phone):
    good = [phone._message({"text": f"nhà {number} đã cài"}) for number in range(11, 21) for phone in (lan, minh)]
    batch: list[Arrival] = [office.line.arrival(json.dumps(update).encode()) for update in good]
    numbered = (raw.replace(b": 50,", b": %d," % (50 + n)) for n, raw in enumerate(POISON.values()))
    for place, raw in enumerate(numbered):
        batch.insert(place * 2 % len(batch), office.line.arrival(raw))
    await office.intake.store(batch)
    for _ in range(20):
        await tries_on(office, clock)
    visited = [label for label in await houses_visited(office) if label in set(map(str, range(11, 21)))]
    assert len(visited) == 20
    states = await office.waiting()
    assert states.get("new", 0) == 0
    assert sum(states.values()) == len(good) + len(POISON)
    assert states["dead"] > 0


async def test_the_same_update_twice_counts_once_and_early_numbers_go_first(office: Office, minh: Phone):
    first, second, third = (minh._message({"text": f"nhà {number} đã cài"}) for number in (1, 2, 3))
    await office.receives(third, first, second, first, third)
    await office.receives(second, first)
    assert await houses_visited(office) == ["1", "2", "3"]
    assert len(minh.reads()) == 3


def test_a_tapped_message_comes_without_what_we_wrote_on_it():
    under = {"message_id": 7, "date": 1, "chat": {"id": 1, "type": "private"}}
    ours = {"text": "Nhà 12?", "reply_markup": {"inline_keyboard": [[{"text": "Huỷ", "callback_data": "w|huỷ"}]]}}
    tap = {"update_id": 1, "callback_query": {"id": "9", "data": "w|ghi", "message": under | ours}}
    assert decoded(json.dumps(tap).encode())["callback_query"] == {"id": "9", "data": "w|ghi", "message": under}
    said = {"update_id": 2, "message": under | {"text": "ghi", "reply_to_message": under | ours}}
    assert decoded(json.dumps(said).encode()) == said
