"""What a resident hears who writes to the bot: how to install, whom to call, and nothing is asked of them."""

from rules.plan import Plan
from rules.visitors import System
from texts.guiding import steps

INSTALLED = "Đã cài xong"
THANKED_BEFORE = "Vâng, mình đã báo giúp bác rồi ạ. Cảm ơn bác!"
THANKS = "Cảm ơn bác đã cài! Bác không phải làm gì thêm. Khi tình nguyện viên ghé nhà, bác nói một tiếng để họ ghi."
_STORES: dict[System, str] = {"ios": "iPhone", "android": "Android"}


def head_word(plan: Plan) -> str:
    """Who heads a unit here: "tổ trưởng tổ dân phố", "trưởng thôn"."""
    word = plan.place.unit_word
    return f"tổ trưởng {word}" if word.split()[0].casefold() == "tổ" else f"trưởng {word}"


def guide(plan: Plan, *, unit: str = "", page: str = "") -> str:
    """Steps, stores (or the page), the hotline, and how to reach whoever is near; no private number is known here."""
    stores = [f"{_STORES[system]}: {plan.app.store_link(system)}" for system in _STORES]
    where = [f"Xem chữ to: {page}"] if page else []
    return "\n".join([f"Cách cài {plan.app.name}:", steps(plan), *where, *stores, _help(plan, unit)])


def _help(plan: Plan, unit: str) -> str:
    note = f" ({plan.app.hotline_note})" if plan.app.hotline_note else ""
    call = f"gọi {plan.app.hotline}{note}; hoặc " if plan.app.hotline else ""
    head = f"người phụ trách {unit}" if unit else f"{head_word(plan)} nơi bạn ở"
    return f"Cần giúp: {call}hỏi {head}, hoặc {plan.place.coordinator}, {plan.place.name}."


def came_by_code(plan: Plan, unit: str, page: str) -> str:
    return f"Chào bác! Mình là trợ lý cài {plan.app.name} của {unit}.\n{guide(plan, unit=unit, page=page)}"


def passed_on(plan: Plan, unit: str) -> str:
    return (
        f"Cảm ơn bác đã cài {plan.app.name}! Mình đã báo tình nguyện viên của {unit}. "
        "Bác không phải làm gì thêm; khi họ ghé xem thì nhà mình mới được tính."
    )


def notice(plan: Plan, unit: str) -> str:
    """To the volunteer: said, not counted."""
    return (
        f"Một bà con ở {unit} vừa nhắn là đã cài xong {plan.app.name} (vào từ mã trên thẻ). "
        "Mình chỉ chuyển lời, chưa tính vào số nào: bạn ghé xem rồi ghi nhà như thường lệ nhé."
    )
