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
    return f"Vạch này: đúng tiến độ thì hôm nay đạt {percent(int(share * 1000) / 10)}"


def row(unit: UnitFigures) -> str:
    """A unit's figures in a few letters; never a percent without a total."""
    if not unit.reported:
        return "chưa báo cáo"
    if unit.total is None:
        return f"{number(unit.done)} · chưa có tổng"
    share = f" · {percent(unit.percent)}" if unit.percent is not None else " · xem lại tổng"
    return f"{number(unit.done)}/{number(unit.total)}{share}"


def foot(plan: Plan, rest: int, *, has_pace: bool) -> list[str]:
    """What the bars stand for; a plan without a deadline has no pace to be behind of."""
    more = f" Còn {rest} đơn vị khác: gõ “tiến độ”." if rest else ""
    bars = (
        "Thanh đậm: đúng hoặc vượt tiến độ. Cam: chậm hơn." if has_pace else "Kế hoạch không ghi hạn nên không có vạch."
    )
    return [f"{bars}{more}", plan.place.authority]
