"""A commune's month on Zalo in virtual time: who sends what when, real gathering and rendering, a plan that counts."""

import asyncio
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from bot.answers import Answer, Answers
from bot.channels import Letter, SendFailure
from bot.channels.zalo.render import sends, together
from handlers.questions import after_saving
from rules import quota
from rules.quota import Allowance
from rules.reply import Reply
from tests.conversations.office import StandingClock

FIRST = date(2026, 6, 1)
DAYS, HOUSEHOLDS, BOTS, VOLUNTEERS, READERS = 30, 15, 3, 120, 6
DAY = 86_400.0
MORNING, EVENING, DIGEST_AT, FORECAST_AT = 7.5 * 3600, 18 * 3600, 17 * 3600, 21 * 3600
NOT_UNDERSTOOD = "Mình chưa hiểu dòng này: "
QUESTION = Reply("Nhà 12: kết quả thế nào?", after_saving(1), takes_numbers=True)


@dataclass(frozen=True, order=True)
class Sent:
    """A volunteer's message: when (seconds of the month), whose, the households it logs, and whether it has a fault."""

    at: float
    who: int
    households: tuple[int, ...] = ()
    wrong: bool = False


def _no_counts() -> dict[int, dict[date, list[int]]]:
    return defaultdict(lambda: defaultdict(lambda: [0, 0]))


@dataclass
class Month:
    """What came of it. `counts`: [received, sent] by bot and day; `refused_on`: the first day a message failed."""

    logged: set[tuple[int, int]] = field(default_factory=set)
    meant: int = 0
    counts: dict[int, dict[date, list[int]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(lambda: [0, 0]))
    )
    heard: dict[tuple[int, date], int] = field(default_factory=lambda: defaultdict(int))
    slow: list[float] = field(default_factory=list)
    wrong: int = 0
    digests: int = 0
    held: int = 0
    queued: int = 0
    said: int = 0
    refused_on: date | None = None
    forecasts: dict[date, date | None] = field(default_factory=dict)

    @property
    def messages(self) -> tuple[int, int]:
        """Received and sent, all bots together."""
        days = [day for bot in self.counts.values() for day in bot.values()]
        return sum(day[0] for day in days), sum(day[1] for day in days)


def a_day(style: str, who: int, day: int, faults: float, dice: random.Random) -> list[Sent]:
    """What one volunteer sends on one day, in their style; a line with a fault is sent again, right, a minute later."""
    start, ids = day * DAY, [day * HOUSEHOLDS + n for n in range(HOUSEHOLDS)]
    wrong = {n for n in ids if dice.random() < faults}
    made: list[Sent] = []
    match style:
        case "taps":
            for n, at in zip(ids, _spread(dice), strict=True):
                made += [
                    Sent(start + at, who),
                    Sent(start + at + 9, who),
                    Sent(start + at + 15, who, _right([n], wrong)),
                ]
        case "one line":
            made = [
                Sent(start + at, who, _right([n], wrong), n in wrong) for n, at in zip(ids, _spread(dice), strict=True)
            ]
        case "lines together":
            for batch, at in zip((ids[:5], ids[5:10], ids[10:]), sorted(_spread(dice)[:3]), strict=True):
                made += [Sent(start + at + 0.3 * k, who, _right([n], wrong), n in wrong) for k, n in enumerate(batch)]
        case _:
            made = [Sent(start + EVENING + dice.uniform(0, 7200), who, _right(ids, wrong), bool(wrong))]
    again = [Sent(made[-1].at + 60, who, tuple(sorted(wrong)))] if wrong else []
    return made + again


def _spread(dice: random.Random) -> list[float]:
    return sorted(dice.uniform(MORNING, EVENING) for _ in range(HOUSEHOLDS))


def _right(ids: Sequence[int], wrong: set[int]) -> tuple[int, ...]:
    return tuple(n for n in ids if n not in wrong)


class Commune:
    """Three bots, forty volunteers and two readers of the digest each; `live` plays the month until a message fails."""

    gathers = 2.0

    def __init__(self, allowance: Allowance) -> None:
        self.allowance, self.month = allowance, Month()
        self.row_ids = 0
        channels: dict[str, Any] = {f"zalo:{bot}": self for bot in range(BOTS)}
        self.answers = Answers(self, channels, StandingClock())  # type: ignore[arg-type]
        self._due: dict[str, float] = {}

    async def live(self, style: str, faults: float, seed: int = 1) -> Month:
        dice = random.Random(seed)
        loop = asyncio.get_running_loop()
        for day in range(DAYS):
            script = sorted(sent for who in range(VOLUNTEERS) for sent in a_day(style, who, day, faults, dice))
            reader = self._reads(day)
            for sent in script:
                await asyncio.sleep(max(sent.at - loop.time(), 0))
                self._received(sent)
            await reader
            await asyncio.sleep(max(day * DAY + FORECAST_AT - loop.time(), 0))
            self._foretells()
            self.month.meant += VOLUNTEERS * HOUSEHOLDS
            if self.month.refused_on:
                break
        await self.answers.close(60)
        return self.month

    def _received(self, sent: Sent) -> None:
        bot = sent.who % BOTS
        self.month.counts[bot][self._today()][0] += 1
        self.month.logged |= {(sent.who, household) for household in sent.households}
        if sent.wrong:
            self.month.wrong += 1
            self._answers(sent, Reply(NOT_UNDERSTOOD + "“nhà đã”", after_saving(1)))
        elif sent.households:
            lines = "\n".join(f"✅ Đã ghi nhà {n}, Tổ dân phố 3: đã cài, 2 người." for n in sent.households)
            self._answers(sent, Reply(lines, after_saving(1), takes_numbers=True, may_wait=True))
        else:
            self._answers(sent, QUESTION)

    def _answers(self, sent: Sent, reply: Reply) -> None:
        self.row_ids += 1
        self.month.queued += 1
        bot, name = f"zalo:{sent.who % BOTS}", str(sent.who)
        self._due[name] = asyncio.get_running_loop().time()
        self.answers.deliver(Answer(self.row_ids, bot, Letter(f"{bot}:{name}", name, reply)))

    def _reads(self, day: int) -> "asyncio.Task[None]":
        async def digests() -> None:
            await asyncio.sleep(max(day * DAY + DIGEST_AT - asyncio.get_running_loop().time(), 0))
            for reader in range(READERS):
                if quota.stage(self._used(reader % BOTS), self.allowance.messages) in ("hold", "over"):
                    self.month.held += 1
                else:
                    self._counted(reader % BOTS, 1)
                    self.month.digests += 1

        return asyncio.create_task(digests())

    # The channel

    async def answer(self, letter: Letter) -> None:
        self._said([letter], len(sends(letter.reply)))

    async def answer_together(self, letters: Sequence[Letter]) -> None:
        self._said(letters, len(together([letter.reply for letter in letters])))

    def _said(self, letters: Sequence[Letter], messages: int) -> None:
        who = int(letters[0].external_id)
        self._counted(who % BOTS, messages)
        if any(NOT_UNDERSTOOD in letter.reply.text for letter in letters):
            self.month.slow.append(asyncio.get_running_loop().time() - self._due[str(who)])
        self.month.heard[who, self._today()] += sum("Đã ghi" in letter.reply.text for letter in letters)

    def _counted(self, bot: int, messages: int) -> None:
        """Raises SendFailure where the plan gives no more."""
        if self._used(bot) + messages > self.allowance.messages:
            self.month.refused_on = self.month.refused_on or self._today()
            raise SendFailure("429")
        self.month.counts[bot][self._today()][1] += messages

    def _used(self, bot: int) -> int:
        return sum(self._plan_counts(bot).values())

    def _plan_counts(self, bot: int) -> dict[date, int]:
        with_incoming = self.allowance.incoming_counts
        return {day: sent + received * with_incoming for day, (received, sent) in self.month.counts[bot].items()}

    def _foretells(self) -> None:
        """The earliest end among the bots, as `gotungnha quota` would say this evening."""
        said = [
            quota.forecast(self._plan_counts(bot), self.allowance.messages, self._today()).ends_on
            for bot in range(BOTS)
        ]
        self.month.forecasts[self._today()] = min(filter(None, said), default=None)

    def _today(self) -> date:
        return FIRST + timedelta(days=int(asyncio.get_running_loop().time() // DAY))

    # The database, of which answers ask only to be noted

    async def write(self, job: Any) -> None:
        self.month.said += len(job.keywords.get("ids", ()))


def counting(incoming_counts: bool) -> Allowance:
    return replace(quota.FREE, incoming_counts=incoming_counts)
