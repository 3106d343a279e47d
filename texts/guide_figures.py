"""đã gửi hướng dẫn → quét → đã cài, in at most two lines."""

from collections.abc import Sequence

from rules.plan import Plan
from storage.guide_codes import Funnel
from texts.figure_words import counted_word, number

LEAST_SENT = 3  # below it nothing can be said of how many scanned
MOST_NAMED = 3


def funnel(plan: Plan, units: Sequence[Funnel], *, counts: bool) -> list[str]:
    """The whole, and the units whose guides are hardly scanned; nothing while no guide went out.

    `counts`: scans are counted; otherwise only what was counted earlier is said.
    """
    sent, scanned, said = (sum(getattr(unit, part) for unit in units) for part in ("sent", "scanned", "said"))
    if not (sent or scanned or said):
        return []
    installed = sum(unit.installed for unit in units)
    steps = [f"đã gửi {number(sent)}"]
    if counts or scanned:
        steps.append(f"quét {number(scanned)}")
    steps.append(f"đã cài {number(installed)} {counted_word(plan)}")
    told = f" ({number(said)} lượt bà con báo đã cài, chưa tính)" if said else ""
    return [f"Hướng dẫn: {' → '.join(steps)}{told}.", *(_hardly_scanned(units) if counts else [])]


def short(unit: Funnel | None, *, counts: bool) -> str:
    """Behind a unit's line of figures: " · gửi 12 → quét 8"; nothing where no guide went out."""
    if unit is None or not (unit.sent or unit.scanned):
        return ""
    return f" · gửi {number(unit.sent)}" + (f" → quét {number(unit.scanned)}" if counts or unit.scanned else "")


def _hardly_scanned(units: Sequence[Funnel]) -> list[str]:
    """Only between units: one alone has nobody to be compared with."""
    few = [unit for unit in units if unit.sent >= LEAST_SENT and unit.scanned * 3 < unit.sent]
    if len(units) < 2 or not few:
        return []
    few.sort(key=lambda unit: unit.scanned - unit.sent)
    named = ", ".join(
        f"{unit.name} (gửi {number(unit.sent)}, quét {number(unit.scanned)})" for unit in few[:MOST_NAMED]
    )
    more = f" và {len(few) - MOST_NAMED} đơn vị khác" if len(few) > MOST_NAMED else ""
    return [f"Gửi mà ít người quét: {named}{more}."]
