"""Answers that may wait go out together, and nothing is lost or turned round by it."""

import asyncio
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from bot.answers import Answer, Answers, bunched
from bot.channels import Letter
from rules.reply import Reply
from tests.conversations.office import StandingClock
from tests.zalo.office import ZaloOffice, opened
from tests.zalo.virtual import in_virtual_time

CHAT = "zalo:1:lan"


class Wire:
    """A channel that keeps what it was given, a message a list; `gathers` as on Zalo."""

    gathers = 2.0

    def __init__(self) -> None:
        self.messages: list[tuple[float, list[str]]] = []

    async def answer(self, letter: Letter) -> None:
        await self.answer_together([letter])

    async def answer_together(self, letters: Sequence[Letter]) -> None:
        await asyncio.sleep(0.1)
        self.messages.append((asyncio.get_running_loop().time(), [letter.reply.text for letter in letters]))


class Notes:
    """Stands in for the database: which rows were marked sent, in order."""

    def __init__(self) -> None:
        self.sent: list[int] = []

    async def write(self, job) -> None:
        self.sent += job.keywords["ids"]


def _answer(row_id: int, *, may_wait: bool) -> Answer:
    letter = Letter(CHAT, "lan", Reply(f"câu {row_id}", may_wait=may_wait))
    return Answer(row_id, "zalo:1", letter)


async def _said(script: Sequence[tuple[float, bool]]) -> tuple[Wire, Notes]:
    """Answers handed in after these pauses (seconds); `True`: it may wait."""
    wire, notes = Wire(), Notes()
    answers = Answers(notes, {"zalo:1": wire}, StandingClock())  # type: ignore[arg-type, dict-item]
    for row_id, (pause, may_wait) in enumerate(script):
        await asyncio.sleep(pause)
        answers.deliver(_answer(row_id, may_wait=may_wait))
    await answers.close(60)
    return wire, notes


async def _spread(script: Sequence[tuple[float, bool]]) -> tuple[Wire, Notes]:
    wire, notes = await _said([*script, (10.0, False)])
    return wire, notes


def test_lines_within_two_seconds_get_one_answer():
    wire, notes = in_virtual_time(_spread([(0, True), (0.5, True), (1.0, True), (3.0, True)]))
    assert [texts for _, texts in wire.messages] == [["câu 0", "câu 1", "câu 2"], ["câu 3"], ["câu 4"]]
    assert notes.sent == [0, 1, 2, 3, 4]


def test_a_refusal_goes_at_once_with_what_waited_before_it():
    wire, _ = in_virtual_time(_spread([(0, True), (0.2, False), (0.0, True)]))
    assert wire.messages[0] == (0.30, ["câu 0", "câu 1"])
    assert [texts for _, texts in wire.messages[1:]] == [["câu 2"], ["câu 3"]]


def test_a_question_alone_does_not_wait():
    wire, _ = in_virtual_time(_spread([(0, False)]))
    assert wire.messages[0] == (0.1, ["câu 0"])


def test_stopping_does_not_wait_for_more():
    wire, notes = in_virtual_time(_said([(0, True)]))
    assert (wire.messages, notes.sent) == ([(0.1, ["câu 0"])], [0])


@given(st.lists(st.tuples(st.sampled_from([0.0, 0.05, 0.4, 1.9, 2.1, 5.0]), st.booleans()), min_size=1, max_size=40))
def test_nothing_is_lost_and_the_order_is_kept(script: list[tuple[float, bool]]):
    wire, notes = in_virtual_time(_spread(script))
    assert [text for _, texts in wire.messages for text in texts] == [f"câu {n}" for n in range(len(script) + 1)]
    assert notes.sent == list(range(len(script) + 1))
    due = 0.0
    times = {text: at for at, texts in wire.messages for text in texts}
    for row_id, (pause, may_wait) in enumerate(script):
        due += pause
        assert times[f"câu {row_id}"] <= due + (2.0 if may_wait else 0.0) + 0.1 * (row_id + 2)


@given(st.lists(st.booleans(), min_size=1, max_size=12))
def test_a_bunch_ends_with_the_first_that_may_not_wait(waits: list[bool]):
    bunch = bunched([_answer(row_id, may_wait=may_wait) for row_id, may_wait in enumerate(waits)])
    assert bunch.ids == list(range(len(bunch.ids)))
    assert all(waits[:-1][: len(bunch.ids) - 1])
    assert len(bunch.ids) == len(waits) or not waits[len(bunch.ids) - 1]


async def test_three_lines_at_once_are_one_message_on_the_phone(database, clock, plan):
    from simulator.zalo import ZaloSimulator

    async with ZaloSimulator(now=clock.now) as simulator:
        office = ZaloOffice(database, clock, plan, simulator)
        office.gathers = 60.0
        async with opened(office):
            lan = await office.joined("Lan")
            for line in ("nhà 12 đã cài 2", "nhà 14 vắng", "nhà 15 đã cài 1"):
                await lan.person.says(line)
            await lan.window_ends(3)
            said = await lan.hears()
            assert [said.count(f"Đã ghi nhà {house},") for house in (12, 14, 15)] == [1, 1, 1]
            assert said.index("nhà 12,") < said.index("nhà 14,") < said.index("nhà 15,")
            assert said.count("hoàn tác") == 1
