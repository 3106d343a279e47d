"""The words of the daily hand-off to the police: which households wait for a level-2 account, and the day's counts."""

from collections.abc import Sequence
from datetime import date

from rules.plan import Plan
from texts.figure_words import number, short_day
from texts.visiting import house_name

MOST_LINES = 20


def handoff(
    plan: Plan, new: Sequence[tuple[str, str]], *, waiting: int, closed: int, counts: str, handed_before: bool
) -> str:
    """`new` are units with houses nobody handed over yet; `waiting` all that wait now, `closed` those no longer."""
    lines = [summary(plan, len(new), waiting=waiting, closed=closed, handed_before=handed_before)]
    lines += [f"{nth}. {unit}: {house_name(label)}" for nth, (unit, label) in enumerate(new[:MOST_LINES], 1)]
    if len(new) > MOST_LINES:
        lines.append(f"… và {number(len(new) - MOST_LINES)} nhà nữa.")
    if waiting:
        lines.append("Gõ “còn” để xem hết những nhà đang chờ.")
    return "\n".join([*lines, *([counts] if counts else [])])


def summary(plan: Plan, new: int, *, waiting: int, closed: int, handed_before: bool) -> str:
    """The message's first line; it names no house, so it may be kept."""
    more = " mới" if handed_before else ""
    said = f"{number(new)} nhà{more} ở {plan.place.short} cần cấp tài khoản định danh mức độ 2" if new else ""
    said = said or f"Hôm nay không có nhà mới nào ở {plan.place.short} cần cấp tài khoản định danh mức độ 2"
    moved = f"; {number(closed)} nhà chuyển trước đây đã qua bước này" if closed else ""
    return f"{said}{moved}; đang chờ {number(waiting)} nhà."


def daily_counts(plan: Plan, day: date, accounts: int | None, installs: int) -> str:
    """Both counts that a plan orders each day: accounts issued (None: nobody told), and installs of that day."""
    issued = "chưa báo cáo" if accounts is None else number(accounts)
    on = short_day(day)
    installed = f"lượt người cài {plan.app.name} trong ngày: {number(installs)}"
    return f"Ngày {on}: tài khoản mức độ 2 đã cấp: {issued}; {installed}."
