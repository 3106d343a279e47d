"""What a household costs on the real bot, and a month of 120 volunteers on three free bots, in virtual time."""

from datetime import timedelta

import pytest

from rules import quota
from rules.plan import Plan
from simulator.zalo import ZaloSimulator
from storage.database import Database
from tests.conversations.office import StandingClock
from tests.zalo.month import BOTS, DAYS, FIRST, HOUSEHOLDS, READERS, VOLUNTEERS, Commune, Month, counting
from tests.zalo.office import Talker, ZaloOffice, opened
from tests.zalo.virtual import in_virtual_time

ONE_DAY = timedelta(days=1)
LINES = [f"nhà {n} đã cài 2" for n in range(1, HOUSEHOLDS + 1)]


async def _taps(lan: Talker) -> None:
    for n in range(1, HOUSEHOLDS + 1):
        for said in (f"nhà {n}", "1", "2"):
            last = await lan.asks(said)
        assert f"Đã ghi nhà {n}," in last


async def _lines(lan: Talker) -> None:
    for line in LINES:
        assert "Đã ghi" in await lan.asks(line)


async def _lines_together(lan: Talker) -> None:
    for first in range(0, HOUSEHOLDS, 5):
        for line in LINES[first : first + 5]:
            await lan.person.says(line)
        await lan.window_ends(5)
        assert (await lan.hears()).count("Đã ghi") == 5


async def _list(lan: Talker) -> None:
    assert "15" in await lan.asks("\n".join(LINES))


TOLD = {"taps": _taps, "one line": _lines, "lines together": _lines_together, "pasted list": _list}


@pytest.mark.parametrize("style", quota.STYLES)
async def test_what_a_household_costs(style: str, sqlite_database: Database, clock: StandingClock, plan: Plan):
    """The table of `gotungnha quota` is made of what the real bot sends and receives."""
    async with ZaloSimulator(now=clock.now) as simulator:
        office = ZaloOffice(sqlite_database, clock, plan, simulator)
        office.gathers = 60.0 if style == "lines together" else 0.0  # it ends when the test says so
        async with opened(office):
            lan = await office.joined("Lan")
            before, left = await office.channel.tally.of_month(), simulator.bot.left
            await TOLD[style](lan)
            after = await office.channel.tally.of_month()
            incoming, outgoing = after.incoming - before.incoming, after.outgoing - before.outgoing
            assert (incoming / HOUSEHOLDS, outgoing / HOUSEHOLDS) == pytest.approx(quota.STYLES[style])
            assert left - simulator.bot.left == outgoing


def _lived(style: str, *, both: bool, faults: float = 0.01) -> Month:
    month = in_virtual_time(Commune(counting(both)).live(style, faults))
    print(f"\n{_row(style, month, both, faults)}")
    return month


def _row(style: str, month: Month, both: bool, faults: float) -> str:
    received, sent = month.messages
    each = (received + sent) / len(month.logged), sent / len(month.logged)
    foretold = month.forecasts[FIRST]
    end = f"ends {month.refused_on:%d/%m}, foretold on 01/06: {foretold:%d/%m}" if month.refused_on else "lasts"
    return (
        f"{style:<15} {'both' if both else 'out':<5} {faults:.0%} wrong: {len(month.logged):>6} logged, "
        f"{received:>6} in, {sent:>6} out, {each[0]:.2f} ({each[1]:.2f} out) a household; {end}"
    )


def _all_went_well(month: Month) -> None:
    assert len(month.logged) == month.meant
    assert month.said == month.queued
    assert month.wrong > 0
    assert len(month.slow) == month.wrong
    assert max(month.slow) < 0.1
    days = [FIRST + n * ONE_DAY for n in range(DAYS)]
    assert all(month.heard[who, day] for who in range(VOLUNTEERS) for day in days)
    assert (month.digests, month.held) == (DAYS * READERS, 0)


@pytest.mark.parametrize("both", [False, True])
def test_a_month_of_pasted_lists_is_within_the_plan_however_it_counts(both: bool):
    month = _lived("pasted list", both=both)
    _all_went_well(month)
    assert (len(month.logged), month.refused_on) == (54_000, None)
    assert month.forecasts[FIRST + 28 * ONE_DAY] is None


@pytest.mark.parametrize(
    ("style", "both", "faults", "gentlest"),
    [
        ("taps", False, 0.01, "one line"),
        ("taps", True, 0.01, "one line"),
        ("one line", False, 0.01, "pasted lists"),
        ("one line", True, 0.01, "pasted lists"),
        # The longest month; its rule is that of "one line", which every run lives through.
        pytest.param("lines together", False, 0.01, "pasted lists", marks=pytest.mark.slow),
        ("lines together", True, 0.01, "pasted lists"),
        ("pasted list", True, 0.03, "another bot"),
    ],
)
def test_where_the_plan_is_too_small_the_day_it_ends_is_foretold(style: str, both: bool, faults: float, gentlest: str):
    """Every log is kept even so: what fails is the answer. And what to change is told, the gentlest first."""
    month = _lived(style, both=both, faults=faults)
    assert month.refused_on
    assert len(month.logged) == month.meant
    for day, foretold in month.forecasts.items():
        if day < month.refused_on:
            assert foretold
            assert abs(foretold - month.refused_on) <= ONE_DAY
    used = sum(sent + both * received for received, sent in month.counts[0].values())
    said = quota.proposals(
        quota.Forecast(used, 3000, used / len(month.forecasts), month.refused_on, 3001),
        people=(VOLUNTEERS + READERS) // BOTS,
        households=len(month.logged) // BOTS,
        readers=READERS // BOTS,
        days=len(month.forecasts),
        allowance=counting(both),
    )
    assert said[0] == gentlest
