"""What `check` says of the bots: a line each token and what its server answers, a line each plan that lacks one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from texts import checks as words
from texts.checks import Finding

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.stations import Station
    from rules.plan import Plan


async def look(settings: Settings, plans: list[Plan]) -> list[Finding]:
    """The stations as they would be at a start; nothing is changed. `plans`: those that can be read."""
    from bot.settings import BadSettings
    from bot.stations import stations

    try:
        found = stations(settings, plans)
    except BadSettings as refused:
        return [words.from_sentence("Token", str(refused))]
    if not found:
        return [words.NO_TOKEN]
    findings = [finding for station in found for finding in await _one(settings, station, several=len(plans) > 1)]
    findings += _ways_in(settings, {station.platform for station in found})
    return [*findings, *_lacking(settings, plans, found)] + ([words.CLOCK_MOVED] if settings.clock else [])


async def _one(settings: Settings, station: Station, *, several: bool) -> list[Finding]:
    ask: dict[str, Callable[..., object]] = {"telegram": _telegram, "zalo": _zalo}
    whom = f" ({', '.join(station.campaigns)})" if several else ""
    return [await ask[station.platform](settings, station, station.setting + whom)]  # type: ignore[misc]


async def _telegram(settings: Settings, station: Station, name: str) -> Finding:
    from bot.commands import get_me

    try:
        return words.token_ok(name, await get_me.username(settings, station.token))
    except get_me.TokenRefused:
        return words.token_wrong(name)
    except get_me.Away as away:
        return words.telegram_away(settings.telegram_api_url, away.why)


async def _zalo(settings: Settings, station: Station, name: str) -> Finding:
    from bot.channels.zalo.client import WrongToken, ZaloClient, ZaloError

    try:
        client = ZaloClient(station.token, settings.zalo_api_url)
        try:
            me = await client.get_me()
        finally:
            await client.close()
    except WrongToken:
        return words.zalo_token_wrong(name)
    except ZaloError as away:
        return words.zalo_away(settings.zalo_api_url, type(away).__name__)
    return words.zalo_ok(name, str(me.get("display_name") or me.get("account_name", "")), station.bot_id)


def _ways_in(settings: Settings, platforms: set[str]) -> list[Finding]:
    return [_telegram_way(settings)] * ("telegram" in platforms) + [_zalo_pictures(settings)] * ("zalo" in platforms)


def _telegram_way(settings: Settings) -> Finding:
    from bot.settings import BadSettings

    if settings.telegram_mode == "polling":
        return words.POLLING
    try:
        settings.check_webhook()
    except BadSettings as refused:
        return words.from_sentence("TELEGRAM_MODE=webhook", str(refused))
    if not settings.public_url:
        return words.PUBLIC_URL_MISSING
    return (
        words.webhook_ok(settings.public_url) if settings.public_url.startswith("https://") else words.PUBLIC_URL_PLAIN
    )


def _zalo_pictures(settings: Settings) -> Finding:
    if settings.public_url.startswith("https://"):
        return words.ZALO_PICTURES
    return words.ZALO_NO_WEBHOOK if settings.zalo_mode == "webhook" else words.ZALO_NO_PICTURES


def _lacking(settings: Settings, plans: list[Plan], found: list[Station]) -> list[Finding]:
    """A plan without any bot cannot be joined; a variable that a plan names and nobody filled in is pointed out."""
    findings: list[Finding] = []
    for plan in plans:
        named = [variable for variable in (plan.bots.telegram, plan.bots.zalo, plan.bots.zalo_link) if variable]
        empty = [variable for variable in named if not settings.variable(variable)]
        if not any(plan.slug in station.campaigns for station in found):
            findings.append(words.plan_without_bot(plan.slug, empty or ["TELEGRAM_TOKEN", "ZALO_TOKEN"]))
        elif empty:
            findings.append(words.plan_lacks(plan.slug, empty))
    return findings
