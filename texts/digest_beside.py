"""The digest's lines beside its figures; numbers and units only, never a person's name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from rules.figures import Count, Whole, add_up
from rules.plan import Plan
from storage.guide_codes import Funnel
from storage.handed import Handed
from storage.listed import Overlap
from texts import guide_figures
from texts.figure_words import MOST_NAMES, names, number, percent


class Counted(Protocol):
    """The two counts a plan orders of the police each day; `accounts` is None while nobody told them."""

    @property
    def accounts(self) -> int | None: ...

    @property
    def installs(self) -> int: ...


@dataclass(frozen=True)
class Beside:
    """What a digest may say beside its figures. `sharing`: houses with a phone that another has too, by unit id."""

    overlap: Overlap = field(default_factory=lambda: Overlap(0, 0, 0))
    sharing: Mapping[int, int] = field(default_factory=dict)
    guides: Sequence[Funnel] = ()
    scans: bool = False
    handed: Handed = field(default_factory=Handed)
    police: Counted | None = None
    bodies: Whole = field(default_factory=lambda: add_up([]))


NOTHING = Beside()


def police(plan: Plan, beside: Beside) -> list[str]:
    """Who waits for a level-2 account, with the day's two counts where the plan orders them."""
    waits = _waits(beside.handed)
    if beside.police is None:
        return [f"Chưa có mức 2: {waits}."] if waits else []
    told = beside.police.accounts
    accounts = "Công an chưa báo cáo số cấp" if told is None else f"Công an cấp {number(told)} tài khoản"
    installs = f"{number(beside.police.installs)} lượt người cài {plan.app.name}"
    return [f"Mức 2 hôm nay: {accounts}, {installs}" + (f"; {waits}." if waits else ".")]


def _waits(handed: Handed) -> str:
    said = [f"{number(handed.waiting)} nhà chờ Công an cấp"] if handed.waiting else []
    return ", ".join([*said, f"{number(handed.past)} nhà đã qua bước này"] if handed.past else said)


def bodies(plan: Plan, whole: Whole, most: int = MOST_NAMES) -> list[str]:
    """As in “Cơ quan, đơn vị: 69/116 người (59,5%), còn 47; chưa báo cáo: Trường Tiểu học”: people at work, who are
    no part of the villages' sum."""
    if not whole.units:
        return []
    silent = whole.unreported
    if len(silent) == len(whole.units):
        return [f"Cơ quan, đơn vị: {number(len(silent))} nơi chưa báo cáo số cán bộ."]
    told = f"; chưa báo cáo: {names(plan, silent, most=min(most, MOST_NAMES))}" if silent else ""
    return [f"Cơ quan, đơn vị: {_people(whole)}{told}."]


def _people(whole: Whole) -> str:
    if whole.total is None:
        return f"{number(whole.done)} người xong, {number(whole.unknown_totals)} nơi chưa có tổng số"
    share = Count(whole.total, whole.done).percent if not whole.overfull else None
    said = f" ({percent(share)})" if share is not None else ""
    return f"{number(whole.done)}/{number(whole.total)} người{said}, còn {number(whole.left or 0)}"


def guides(plan: Plan, beside: Beside) -> list[str]:
    """đã gửi hướng dẫn → quét → đã cài, in one line."""
    return guide_figures.funnel(plan, beside.guides, counts=beside.scans)[:1]


def doubles(plan: Plan, whole: Whole, beside: Beside, most: int) -> list[str]:
    """As in “Trùng: 1 người ở cả hai danh sách…”: counted once in the whole; and phones said at two doors."""
    said = []
    if beside.overlap.both:
        both, all_in_all = number(beside.overlap.both), number(beside.overlap.whole)
        said.append(f"{both} người có tên cả nơi ở lẫn nơi làm việc, tính một lần (cả {all_in_all} người)")
    sharing = [unit for unit in whole.units if beside.sharing.get(unit.unit_id)]
    if sharing:
        houses = number(sum(beside.sharing[unit.unit_id] for unit in sharing))
        where = names(plan, sharing, lambda unit: number(beside.sharing[unit.unit_id]), min(most, MOST_NAMES))
        said.append(f"{houses} nhà ghi chung số điện thoại với nhà khác, cần xem lại: {where}")
    return [f"Trùng: {'; '.join(said)}."] if said else []
