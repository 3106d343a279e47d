"""The words in the digest's picture."""

from datetime import date

from rules.figures import UnitFigures, Whole
from rules.plan import Plan
from texts.figure_words import counted_word, in_all, number, percent, short_day


def title(plan: Plan, day: date) -> str:
    return f"{plan.place.name[:1].upper()}{plan.place.name[1:]}, ngày {short_day(day)}"


def whole(plan: Plan, figures: Whole) -> str:
    return in_all(plan, figures)


def today(plan: Plan, figures: Whole) -> str:
    return f"Hôm nay: +{number(figures.done_today)} {counted_word(plan)} xong"


def pace(plan: Plan, share: float) -> str:
    """What the line across the bars stands for."""
    return f"Vạch đỏ: đúng tiến độ thì hôm nay đạt {percent(int(share * 1000) / 10)}"


def row(unit: UnitFigures) -> str:
    """A unit's figures in a few letters; never a percent without a total."""
    if not unit.reported:
        return "chưa báo cáo"
    if unit.total is None:
        return f"{number(unit.done)}/?"
    share = f" · {percent(unit.percent)}" if unit.percent is not None else ""
    return f"{number(unit.done)}/{number(unit.total)}{share}"


def foot(plan: Plan, rest: int) -> list[str]:
    more = f" Còn {rest} đơn vị khác: gõ “tiến độ”." if rest else ""
    return [f"Xanh: đúng hoặc vượt tiến độ. Cam: chậm hơn.{more}", plan.place.authority]
