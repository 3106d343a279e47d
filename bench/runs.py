"""One run: a fresh simulator, a fresh bot, a crowd; and what it took."""

import asyncio
import resource
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.contenders import Contender, left_over
from bench.crowd import Crowd, NoAnswer
from bench.processes import BotProcess
from simulator import TelegramSimulator

STEPS = 7
VISITS = 2  # a dialogue
_STARTING = 60.0  # seconds
_CATCHING_UP = 0.5  # seconds for what a bot still writes down after its last answer


class Unwell(Exception):
    """A bot did not do what was asked of it, so its speed means nothing."""


@dataclass(frozen=True, slots=True)
class Result:
    """Seconds, megabytes; CPU in milliseconds an update, ours and the simulator's with its crowd."""

    updates_per_second: float
    cpu_ms: float
    simulator_cpu_ms: float
    first_answer: float
    rss_started: float
    rss_after: float
    waits: tuple[float, ...]


async def measure(
    contender: Contender, *, people: int, dialogues: int, warm_up: int = 1, per_second: float | None = None
) -> Result:
    """Start to first answer, warm up, then the counted dialogues: as fast as answers come, or at `per_second`.

    Raises Unwell when an answer stayed away or something is not in the database.
    """
    with TemporaryDirectory(prefix="gotungnha-bench-") as name:
        folder = Path(name)
        async with _running(contender, folder, people) as (bot, crowd, first_answer):
            started = bot.rss_mb()
            await crowd.talk(warm_up)
            cpu, own_cpu = bot.cpu_seconds(), _own_cpu()
            updates = people * dialogues * STEPS
            seconds = await _counted(crowd, dialogues, updates, per_second)
            await asyncio.sleep(_CATCHING_UP)
            result = Result(
                updates / seconds,
                (bot.cpu_seconds() - cpu) / updates * 1000,
                (_own_cpu() - own_cpu) / updates * 1000,
                first_answer,
                started,
                bot.rss_mb(),
                tuple(sorted(crowd.waits)),
            )
        if contender.durable and (wrong := left_over(folder, visits=people * (warm_up + dialogues) * VISITS)):
            raise Unwell("; ".join(wrong))
    return result


async def _counted(crowd: Crowd, dialogues: int, updates: int, per_second: float | None) -> float:
    if per_second is None:
        return await crowd.talk(dialogues)
    began = perf_counter()
    await crowd.trickle(per_second, updates)
    return perf_counter() - began


@asynccontextmanager
async def _running(contender: Contender, folder: Path, people: int) -> AsyncIterator[tuple[BotProcess, Crowd, float]]:
    async with TelegramSimulator(keep_calls=1000) as simulator:
        crowd = Crowd(simulator, people)
        bot = await contender.prepare(simulator.url, folder, people)
        try:
            began = perf_counter()
            await bot.start()
            await crowd.people[0].says("tôi")
            if not await crowd.people[0].hears(timeout=_STARTING):
                raise NoAnswer("no answer to the first word")
            yield bot, crowd, perf_counter() - began
        except* NoAnswer as silence:
            raise Unwell(f"{contender.name}: {silence.exceptions[0]}\n{bot.last_words()}") from None
        finally:
            await bot.stop()


def _own_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
