"""What stands under the resident's picture, so that it helps even where a code cannot be scanned."""

from collections.abc import Sequence
from typing import Literal

from rules.guide_codes import START, shown
from rules.plan import Plan

Phone = Literal["ios", "android", "both"]

PAGE = "Trang hướng dẫn"
WHICH_PHONE = "Bà con dùng điện thoại nào?"
PHONES: dict[Phone, str] = {"ios": "iPhone", "android": "Android", "both": "Cả hai"}
PHONES_TYPED: dict[Phone, tuple[str, ...]] = {
    "ios": ("ios", "ip", "táo", "apple", "điện thoại iphone", "app store"),
    "android": ("samsung", "oppo", "xiaomi", "vivo", "ch play", "google play", "điện thoại android"),
    "both": ("2", "hai", "cả 2", "tất cả", "iphone android", "iphone và android", "android và iphone"),
}


def caption(plan: Plan, phone: Phone, links: Sequence[tuple[str, str]], ask: Sequence[str] = ()) -> str:
    """App, hotline and the store links as text, to be sent on; the steps are in the picture."""
    title = f"Cài {plan.app.name} cho {_whose(phone)}: bà con quét mã, hoặc mở đường dẫn."
    return "\n".join([title, *(f"{store}: {link}" for store, link in links), *_hotline(plan), *ask])


def steps(plan: Plan) -> str:
    """What the picture says in words, for a messenger that cannot show it."""
    return "\n".join(f"{number}. {step}" for number, step in enumerate(plan.app.steps, 1))


def ask_bot(code: str, username: str | None, zalo: str | None) -> str:
    """How a resident asks this bot, by the code that says which unit they are of."""
    on_telegram = f"mở https://t.me/{username}?start={START}{code}" if username else ""
    on_zalo = f"nhắn mã {shown(code)} cho trợ lý" + (f" {zalo}" if zalo else "")
    return f"Hỏi thêm: {' hoặc '.join(filter(None, (on_telegram, on_zalo)))}."


def _whose(phone: Phone) -> str:
    return "iPhone và Android" if phone == "both" else PHONES[phone]


def _hotline(plan: Plan) -> list[str]:
    note = f" ({plan.app.hotline_note})" if plan.app.hotline_note else ""
    return [f"Cần giúp: gọi {plan.app.hotline}{note}."] if plan.app.hotline else []
