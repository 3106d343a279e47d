"""What stands under the resident's picture, so that it helps even where a code cannot be scanned."""

from collections.abc import Sequence
from typing import Literal

from rules.plan import Plan

Phone = Literal["ios", "android", "both"]

WHICH_PHONE = "Bà con dùng điện thoại nào?"
PHONES: dict[Phone, str] = {"ios": "iPhone", "android": "Android", "both": "Cả hai"}
PHONES_TYPED: dict[Phone, tuple[str, ...]] = {
    "ios": ("ios", "ip", "táo", "apple", "điện thoại iphone", "app store"),
    "android": ("samsung", "oppo", "xiaomi", "vivo", "ch play", "google play", "điện thoại android"),
    "both": ("2", "hai", "cả 2", "tất cả", "iphone android", "iphone và android", "android và iphone"),
}
MOST_CAPTION = 1024  # Bot API, sendPhoto: UTF-16 units; the picture itself carries the steps


def caption(plan: Plan, phone: Phone, links: Sequence[tuple[str, str]]) -> str:
    """App, steps, hotline, then the store links as text; the steps give way where it would grow too long."""
    title = f"Cài {plan.app.name} cho {_whose(phone)}"
    steps = [f"{number}. {step}" for number, step in enumerate(plan.app.steps, 1)]
    rest = [*_hotline(plan), *(f"{store}: {link}" for store, link in links)]
    whole = "\n".join([title, *steps, *rest])
    return whole if _units(whole) <= MOST_CAPTION else "\n".join([title, *rest])


def _whose(phone: Phone) -> str:
    return "iPhone và Android" if phone == "both" else PHONES[phone]


def _hotline(plan: Plan) -> list[str]:
    note = f" ({plan.app.hotline_note})" if plan.app.hotline_note else ""
    return [f"Cần giúp: gọi {plan.app.hotline}{note}."] if plan.app.hotline else []


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
