"""What people read about difficulties: who raises one, who answers it, who waits for the answer."""

from collections.abc import Sequence
from datetime import datetime

from rules.clock import VIETNAM
from rules.plan import Plan
from storage.tables import Difficulty, Person

NONE_WAITING = "Không có vướng mắc nào đang chờ trả lời. 👍"
REPLY = "Trả lời"
_SHORT = 160


def ask_what(*, something_open: bool) -> str:
    return f"Bạn đang vướng gì? Gõ vài câu, mình chuyển ngay cho văn phòng.{_kept(something_open)}"


def _kept(something_open: bool) -> str:
    return "\nViệc bạn đang làm dở mình vẫn giữ, xong câu này bạn làm tiếp nhé." if something_open else ""


def going_on(said: str, *, something_open: bool) -> str:
    """The same, and back to the dialogue that was interrupted."""
    return f"{said}\nBạn làm tiếp việc đang dở nhé." if something_open else said


def raised(plan: Plan, waits_until: datetime | None) -> str:
    """Said to the one who raised it. `waits_until`: the end of the quiet hours, if it is quiet now."""
    when = f"; đang giờ nghỉ nên {_moment(waits_until)} mình chuyển" if waits_until else ""
    sent = "Mình đã ghi lại cho" if waits_until else "Mình đã chuyển cho"
    return f"{sent} {plan.place.coordinator}{when}. Có trả lời mình nhắn bạn ngay nhé."


def raised_without_officer(plan: Plan) -> str:
    return (
        f"Mình đã ghi lại. {plan.place.coordinator} chưa có ai nhận tin ở đây; khi có cán bộ vào, họ sẽ thấy "
        "và trả lời bạn nhé."
    )


def news(difficulty: Difficulty, asker: Person) -> str:
    return f"Vướng mắc mới từ {_who(asker)}:\n“{difficulty.said}”"


def reply_to(number: int) -> str:
    return f"{REPLY} {number}"


def waiting(raised_by: Sequence[tuple[Difficulty, Person | None]]) -> str:
    """Oldest first, each with who and when; long ones cut short, the whole is shown when answering."""
    lines = [
        f"{number}. {_who(asker)}, {_moment(one.raised_at)}: {_shortened(one.said)}"
        for number, (one, asker) in enumerate(raised_by, 1)
    ]
    return "\n".join(["Vướng mắc đang chờ trả lời, cũ trước:", *lines])


def ask_answer(difficulty: Difficulty, asker: Person | None, *, something_open: bool) -> str:
    asked = f"{_who(asker)} hỏi:\n“{difficulty.said}”"
    return f"{asked}\nBạn gõ câu trả lời, mình chuyển đi ngay.{_kept(something_open)}"


def answer(difficulty: Difficulty, officer: Person) -> str:
    """Carried back to the one who raised it, with what they had said."""
    return (
        f"Trả lời cho vướng mắc của bạn: {difficulty.answer}\n"
        f"(Bạn hỏi: “{_shortened(difficulty.said)}”. Người trả lời: {officer.name or 'cán bộ phụ trách'}.)"
    )


def answer_goes(asker: Person, waits_until: datetime | None) -> str:
    """Said to the officer. `waits_until`: the end of the quiet hours, if it is quiet now."""
    name = asker.name or "người hỏi"
    if waits_until:
        return f"Mình đã lưu câu trả lời; đang giờ nghỉ nên {_moment(waits_until)} mình chuyển cho {name}."
    return f"Mình đã chuyển câu trả lời cho {name}. Cảm ơn bạn!"


def answer_kept(asker: Person | None) -> str:
    """Said to the officer where the answer cannot reach anybody."""
    name = (asker.name if asker else None) or "người hỏi"
    return f"Mình đã lưu câu trả lời, nhưng hiện không nhắn được cho {name}."


def answered_before(difficulty: Difficulty, who: Person | None) -> str:
    name = (who.name if who else None) or "Một cán bộ khác"
    when = f" lúc {_moment(difficulty.answered_at)}" if difficulty.answered_at else ""
    return f"{name} đã trả lời vướng mắc này{when} rồi:\n“{difficulty.answer}”\nBạn không cần trả lời nữa đâu."


def _who(person: Person | None) -> str:
    """ "Lan, Tổ dân phố 3"."""
    if person is None:
        return "Một bạn đã rời nhóm"
    unit = f", {person.unit.name}" if person.unit else ""
    return f"{person.name or 'Tình nguyện viên'}{unit}"


def _moment(moment: datetime) -> str:
    local = moment.astimezone(VIETNAM)
    return f"{local:%H:%M} ngày {local:%d/%m}"


def _shortened(said: str) -> str:
    return said if len(said) <= _SHORT else said[: _SHORT - 1].rstrip() + "…"
