"""`export`: the office's papers as files, with who made them in their properties and a row in the audit."""

from __future__ import annotations

import asyncio
import getpass
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.ground import Stop, chosen_plan, now, opened, read_settings
from texts import commands as common
from texts import exporting as words

if TYPE_CHECKING:
    from bot.settings import Settings
    from papers.order import Form, Kind
    from rules.plan import Plan


def export(
    form: Annotated[str, typer.Argument(metavar="FORM", help=words.FORM)],
    unit: Annotated[str, typer.Option("--unit", metavar="NAME", help=common.UNIT_OPTION)],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help=words.OUT)],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=words.REASON)] = "",
    campaign: Annotated[str | None, typer.Option("--campaign", metavar="SLUG", help=common.CAMPAIGN_OPTION)] = None,
    force: Annotated[bool, typer.Option("--force", help=common.FORCE_OPTION)] = False,
) -> None:
    known, kind = _form(form), _kind(out)
    _check(known, kind, out, force=force)
    why = reason.strip() or _asked(known)
    settings = read_settings()
    plan = chosen_plan(settings, campaign)
    count, left_off = asyncio.run(_export(settings, plan, known, kind, unit, out, why))
    typer.echo(words.written(out, count) + words.left_off(left_off))


def _form(said: str) -> Form:
    from papers.order import FORMS

    found = next((form for form in FORMS if form == said), None)
    if found is None:
        raise Stop(words.unknown_form(said, FORMS))
    return found


def _kind(out: Path) -> Kind:
    if out.suffix.lower() == ".docx":
        return "docx"
    if out.suffix.lower() == ".xlsx":
        return "xlsx"
    raise Stop(words.BAD_END)


def _asked(form: Form) -> str:
    """Why names are taken out, asked on a terminal; what a script leaves unsaid is kept as unsaid."""
    from papers.order import NAMES

    if form not in NAMES:
        return ""
    said = typer.prompt(words.WHY, default="", show_default=False).strip() if sys.stdin.isatty() else ""
    if not said:
        typer.echo(words.NO_REASON, err=True)
    return said or words.UNSAID


def _check(form: Form, kind: Kind, out: Path, *, force: bool) -> None:
    """Everything that can be refused before the database is opened. Raises Stop."""
    from papers.order import kinds

    if kind not in kinds(form):
        raise Stop(words.REGISTER_IS_EXCEL if kind == "docx" else words.REPORT_IS_WORD)
    if not out.parent.is_dir():
        raise Stop(common.no_folder(out.parent))
    if out.exists() and not force:
        raise Stop(common.already_there(out))


async def _export(
    settings: Settings, plan: Plan, form: Form, kind: Kind, unit: str, out: Path, reason: str
) -> tuple[int, int]:
    """How many rows were written, and how many houses a list leaves off because nobody's name is known there."""
    from bot.commands.ground import unit_called
    from papers import makers
    from papers.order import NoReport, Order, TooLongForWord
    from rules.clock import day_in_vietnam
    from storage import audit, listed, units
    from texts.reporting import makers_of

    moment, who = now(settings), account()
    part = out.with_name(f"{out.name}.part")
    try:
        async with opened(settings) as database:
            place = await database.write(lambda session: unit_called(session, plan, unit))
            order = Order(form, kind, place, day_in_vietnam(moment), moment, who)
            with (
                typer.progressbar(
                    length=0, label=words.WRITING, file=sys.stderr, hidden=not sys.stderr.isatty()
                ) as bar,
                part.open("wb") as file,
            ):
                async with database.reading() as session:
                    count = await makers.write(session, plan, order, file, step=lambda: bar.update(1))
                    within = (await units.below(session, place)).unit_ids if form == "danh-sach" else ()
                    left_off = await listed.unnamed(session, plan.slug, within, plan.done_codes) if within else 0

            async def noted(session: object) -> None:
                detail = {"form": form, "kind": kind, "rows": count, "who": who, "reason": reason}
                audit.note(session, "paper.exported", f"unit:{place.id}", now=moment, campaign=plan.slug, detail=detail)  # type: ignore[arg-type]

            await database.write(noted)
        os.replace(part, out)
    except TooLongForWord as long:
        raise Stop(words.too_long(long.most)) from None
    except NoReport:
        raise Stop(words.no_report(unit, makers_of(plan))) from None
    except OSError:
        raise Stop(words.cannot_write(out)) from None
    finally:
        part.unlink(missing_ok=True)
    return count, left_off


def account() -> str:
    """The account on the office's machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"
