"""A hundred people on their phones: each says the next thing when the answer to the last one has come."""

import asyncio
from collections.abc import Iterator
from itertools import cycle, islice
from time import perf_counter

from simulator import Person, TelegramSimulator

FIRST_NUMBER = 5001
PATIENCE = 30.0  # seconds
Step = tuple[str, str]


class NoAnswer(Exception):
    """A person waited half a minute for nothing."""


def household(person: int, nth: int) -> list[Step]:
    """The 7 updates of one round at two doors: 4 texts and 3 taps; the houses are this person's own."""
    first = 100 * (person + 1) + 2 * nth
    return [
        ("says", "ghi"),
        ("says", str(first)),
        ("taps", "Đã cài & đăng ký"),
        ("taps", "2"),
        ("says", str(first + 1)),
        ("taps", "Vắng nhà"),
        ("says", "tôi"),
    ]


class Crowd:
    """People with phones on a simulator, and how long each answer took them (seconds, in `waits`)."""

    def __init__(self, simulator: TelegramSimulator, people: int) -> None:
        self.people = [simulator.person(FIRST_NUMBER + n, f"Người {n} (ví dụ)", started=True) for n in range(people)]
        self.waits: list[float] = []
        self._rounds = 0

    async def talk(self, dialogues: int) -> float:
        """Closed loop: everyone goes through that many dialogues; the seconds it took. Raises NoAnswer."""
        first, self._rounds = self._rounds, self._rounds + dialogues
        self.waits.clear()
        began = perf_counter()
        async with asyncio.TaskGroup() as group:
            for number, person in enumerate(self.people):
                group.create_task(self._dialogues(number, person, range(first, first + dialogues)))
        return perf_counter() - began

    async def _dialogues(self, number: int, person: Person, rounds: range) -> None:
        for nth in rounds:
            for step in household(number, nth):
                await self._one(person, step)

    async def trickle(self, per_second: float, updates: int) -> None:
        """Open loop: one update every 1/`per_second` seconds whatever the answers do, people in turn."""
        rounds, self._rounds = self._rounds, self._rounds + 1
        scripts = [_forever(number, rounds) for number in range(len(self.people))]
        self.waits.clear()
        began = perf_counter()
        async with asyncio.TaskGroup() as group:
            for nth, (person, script) in enumerate(islice(cycle(zip(self.people, scripts, strict=True)), updates)):
                await asyncio.sleep(max(began + nth / per_second - perf_counter(), 0))
                group.create_task(self._one(person, next(script)))
        self._rounds += updates // 7 // len(self.people) + 1

    async def _one(self, person: Person, step: Step) -> None:
        act, what = step
        offered = perf_counter()
        await (person.says(what) if act == "says" else person.taps(what))
        if not await person.hears(timeout=PATIENCE):
            raise NoAnswer(f"no answer to {what!r}")
        self.waits.append(perf_counter() - offered)


def _forever(number: int, first: int) -> Iterator[Step]:
    nth = first
    while True:
        yield from household(number, nth)
        nth += 1
