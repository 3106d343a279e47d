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
    from rules.plan import Plan


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
    plan_findings, readable = _plans(settings)
    from bot.commands import check_bots

    return [
        *first,
        words.SETTINGS_OK,
        _key(settings, readable),
        *plan_findings,
        *await check_bots.look(settings, readable),
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


def _key(settings: Settings, plans: list[Plan]) -> Finding:
    """A trial run makes its own key, so a missing one is no fault yet."""
    refused = _asked("SECRET_KEY", settings.check_secret)
    own = [variable for plan in plans for variable in (plan.bots.telegram, plan.bots.zalo) if variable]
    is_live = settings.is_live or any(map(settings.variable, own))
    return (words.KEY_NOT_YET if refused and not is_live else refused) or words.KEY_OK


def _asked(what: str, question: Callable[[], None]) -> Finding | None:
    """The refusal a question about the settings raises, as a finding; None when it is content."""
    from bot.settings import BadSettings

    try:
        question()
    except BadSettings as refused:
        return words.from_sentence(what, str(refused))
    return None


def _plans(settings: Settings) -> tuple[list[Finding], list[Plan]]:
    """What there is to say of the plans, and those that can be read."""
    from rules.plan import UnreadablePlan, load, open_fields

    findings: list[Finding] = [] if settings.plans else [words.NO_PLAN]
    read: dict[str, Plan] = {}
    for path in settings.plans:
        try:
            plan = load(path)
        except UnreadablePlan as fault:
            findings += map(words.plan_bad, str(fault).splitlines())
            continue
        findings += [words.plan_ok(plan.title, path), *map(words.plan_open, open_fields(plan, str(path)))]
        if plan.slug in read:
            findings.append(words.same_slug(plan.slug))
        read[plan.slug] = plan
    return findings, list(read.values())


def _guide_page(settings: Settings) -> Finding:
    """What the QR of a resident's guide opens."""
    if not settings.public_url:
        return words.QR_STORES
    return words.qr_page(settings.public_url) if settings.public_url.startswith("https://") else words.QR_NOT_SECURE


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
