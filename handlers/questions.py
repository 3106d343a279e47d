"""What is still to be said of a visit, asked for one thing at a time; the buttons belong to that question only."""

from datetime import date, timedelta

from handlers.drafts import Draft
from handlers.words import card_choice, fresh_card
from rules.plan import Plan
from rules.reply import Choice, Reply, rows
from storage.tables import Chat
from texts import visiting as texts


def question(missing: str, draft: Draft, plan: Plan, chat: Chat, today: date) -> Reply:
    """Ask for one thing; the buttons belong to this question only."""
    card = fresh_card(chat)
    out = Choice("Huỷ", "w|huỷ")
    match missing:
        case "house":
            return Reply(texts.ASK_HOUSE, ((out,),), takes_numbers=True)
        case "outcome":
            outcomes = [card_choice(one.label, "go", one.code, card) for one in plan.outcomes]
            return Reply(texts.ask_outcome(draft.house, draft.day, today), (*rows(outcomes), (out,)))
        case "sure":
            sure = [card_choice("Đúng, lưu", "gs", "yes", card), card_choice("Chưa đúng", "gs", "no", card)]
            told = texts.outcome_words(plan, draft.said(), today)
            return Reply(texts.ask_sure(draft.house, told, draft.day, today, draft.note or ""), (*rows(sure), (out,)))
        case "installs":
            counts = [card_choice(str(count), "gi", str(count), card) for count in range(1, 7)]
            return Reply(texts.ask_installs(draft.house), (*rows(counts, 6), (out,)), takes_numbers=True)
        case "come_back":
            return Reply(texts.ASK_COME_BACK, (*rows(_days(today, card)), (out,)))
        case _:
            return Reply(texts.ASK_REASON, ((card_choice("Bỏ qua", "gr", "-", card), out),))


def _days(today: date, card: int) -> list[Choice]:
    saturday = today + timedelta(days=(5 - today.weekday()) % 7 or 7)
    days = {"Ngày mai": today + timedelta(days=1), "Thứ bảy": saturday, "Chủ nhật": saturday + timedelta(days=1)}
    if days["Ngày mai"] in (days["Thứ bảy"], days["Chủ nhật"]):
        days["Ngày kia"] = today + timedelta(days=2)
    in_order = sorted(days.items(), key=lambda named: named[1])
    named = [card_choice(f"{name} {day:%d/%m}", "gd", day.isoformat(), card) for name, day in in_order]
    return [*_once(named), card_choice("Chưa rõ ngày", "gd", "-", card)]


def _once(choices: list[Choice]) -> list[Choice]:
    """One button a day, under the first of its names."""
    return list({choice.data: choice for choice in reversed(choices)}.values())[::-1]


def after_saving(visit_id: int) -> tuple[tuple[Choice, ...], ...]:
    return ((Choice("Hoàn tác", f"ht|{visit_id}"), Choice("Sửa", f"s|{visit_id}")),)
