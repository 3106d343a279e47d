"""`check`: everything a start needs, looked at without starting; a line each, with how to mend it."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import Callable
from typing import TYPE_CHECKING

import typer

from texts import checks as words
from texts.checks import Finding

if TYPE_CHECKING:
    from bot.settings import Settings


def check() -> int:
    findings = asyncio.run(_findings())
    for finding in findings:
        typer.echo(finding)
    typer.echo(words.summary(findings))
    return int(any(finding.mark == "SAI" for finding in findings))


async def _findings() -> list[Finding]:
    from bot.settings import BadSettings, read_settings

    first = [_env_file()]
    try:
        settings = read_settings()
    except BadSettings as refused:
        return [*first, words.from_sentence("Cấu hình", str(refused))]
    return [
        *first,
        words.SETTINGS_OK,
        _key(settings),
        *_plans(settings),
        *await _messengers(settings),
        _guide_page(settings),
        *await _database(settings),
        _font(),
    ]


def _env_file() -> Finding:
    from bot.settings import ENV_FILE

    if not ENV_FILE.exists():
        return words.NO_ENV
    open_to_others = ENV_FILE.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    return words.ENV_OPEN if open_to_others else words.ENV_OK


def _key(settings: Settings) -> Finding:
    """A trial run makes its own key, so a missing one is no fault yet."""
    refused = _asked("SECRET_KEY", settings.check_secret)
    return (words.KEY_NOT_YET if refused and not settings.is_live else refused) or words.KEY_OK


def _asked(what: str, question: Callable[[], None]) -> Finding | None:
    """The refusal a question about the settings raises, as a finding; None when it is content."""
    from bot.settings import BadSettings

    try:
        question()
    except BadSettings as refused:
        return words.from_sentence(what, str(refused))
    return None


def _plans(settings: Settings) -> list[Finding]:
    from rules.plan import UnreadablePlan, load, open_fields

    findings: list[Finding] = [] if settings.plans else [words.NO_PLAN]
    slugs: set[str] = set()
    for path in settings.plans:
        try:
            plan = load(path)
        except UnreadablePlan as fault:
            findings += map(words.plan_bad, str(fault).splitlines())
            continue
        findings += [words.plan_ok(plan.title, path), *map(words.plan_open, open_fields(plan, str(path)))]
        if plan.slug in slugs:
            findings.append(words.same_slug(plan.slug))
        slugs.add(plan.slug)
    return findings


async def _messengers(settings: Settings) -> list[Finding]:
    if not settings.is_live:
        return [words.NO_TOKEN]
    findings = [await _token(settings), _way_in(settings)] if settings.telegram_token else []
    if settings.zalo_token:
        findings += [await _zalo_token(settings), _zalo_pictures(settings)]
    return [*findings, words.CLOCK_MOVED] if settings.clock else findings


def _guide_page(settings: Settings) -> Finding:
    """What the QR of a resident's guide opens."""
    if not settings.public_url:
        return words.QR_STORES
    return words.qr_page(settings.public_url) if settings.public_url.startswith("https://") else words.QR_NOT_SECURE


async def _zalo_token(settings: Settings) -> Finding:
    from bot.channels.zalo.client import WrongToken, ZaloClient, ZaloError

    try:
        client = ZaloClient(settings.zalo_token, settings.zalo_api_url)
        try:
            me = await client.get_me()
        finally:
            await client.close()
    except WrongToken:
        return words.ZALO_TOKEN_WRONG
    except ZaloError as away:
        return words.zalo_away(settings.zalo_api_url, type(away).__name__)
    return words.zalo_ok(str(me.get("display_name") or me.get("account_name", "")))


def _zalo_pictures(settings: Settings) -> Finding:
    if settings.public_url.startswith("https://"):
        return words.ZALO_PICTURES
    return words.ZALO_NO_WEBHOOK if settings.zalo_mode == "webhook" else words.ZALO_NO_PICTURES


async def _token(settings: Settings) -> Finding:
    from bot.commands import get_me

    try:
        return words.token_ok(await get_me.username(settings, settings.telegram_token))
    except get_me.TokenRefused:
        return words.TOKEN_WRONG
    except get_me.Away as away:
        return words.telegram_away(settings.telegram_api_url, away.why)


def _way_in(settings: Settings) -> Finding:
    if settings.telegram_mode == "polling":
        return words.POLLING
    if refused := _asked("TELEGRAM_MODE=webhook", settings.check_webhook):
        return refused
    if not settings.public_url:
        return words.PUBLIC_URL_MISSING
    return (
        words.webhook_ok(settings.public_url) if settings.public_url.startswith("https://") else words.PUBLIC_URL_PLAIN
    )


async def _database(settings: Settings) -> list[Finding]:
    from storage.sealing import unlock

    if refused := _asked("DATABASE_URL", settings.check_database):
        return [refused]
    unlock(settings.secret_key)
    from bot.commands import check_database

    return await check_database.look(settings)


def _font() -> Finding:
    """Whether the shipped font is there and draws the letters that fonts without Vietnamese lack."""
    from guides.lettering import has_glyph

    try:
        return words.FONT_OK if all(map(has_glyph, "ăâđêôơưẠỄỢ")) else words.FONT_BAD
    except (OSError, ImportError):
        return words.FONT_BAD
