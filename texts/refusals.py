"""Every "no", in a sentence that says how to go on."""

from collections.abc import Sequence

from rules.phones import BadPhone
from rules.plan import Plan
from rules.refusals import (
    BadCode,
    ChangedSince,
    NotAllowed,
    NotAsItWas,
    NotFound,
    NothingToRedo,
    NothingToUndo,
    NotUnderstood,
    OutsideTime,
    Refusal,
    TooLong,
    UnknownUnit,
)

NOT_FOUND = "Mình không tìm thấy trong phần việc của bạn. Bạn xem lại tên hoặc số giúp mình nhé."
BAD_CODE = "Mã không hợp lệ hoặc đã hết hạn. Bạn hỏi người phụ trách gửi lại mã mới nhé."
NOTHING_TO_UNDO = "Không còn lượt nào gần đây để gỡ. Muốn xem các lượt đã ghi, bạn gõ “sửa”."
NOTHING_TO_REDO = "Không có gì vừa hoàn tác để làm lại. “Làm lại” đưa về như trước lần hoàn tác vừa rồi."
UNKNOWN = "Mình chưa làm được việc này. Bạn gõ “menu” để xem các việc có thể làm nhé."
_MOST_NAMED = 6
_MOST_UNITS = 5
_MOST_LETTERS = 40

_FIELDS = {
    "house": "Bạn gõ số nhà hoặc cách gọi, ví dụ: 12 · ngõ 3 số 8 · nhà ông Tám ngã ba.",
    "which": "Bạn chạm một nhà ở trên, hoặc gõ tên ngõ, ví dụ: ngõ 3. Nếu là nhà khác thì gõ: nhà khác.",
    "place": "Bạn chạm một ý ở trên, hoặc gõ tên đơn vị. Nếu không phải tên một nơi thì gõ: không phải nơi chốn.",
    "outcome": "Bạn chạm một kết quả ở trên, hoặc gõ: đã cài, vắng nhà, từ chối…",
    "installs": "Bạn gõ số người đã cài, từ 1 đến 50.",
    "day": "Bạn gõ một ngày, ví dụ: hôm qua · t7 · 18/6.",
    "come_back": "Bạn gõ ngày hẹn, ví dụ: mai · thứ bảy · 28/6.",
    "reason": "Bạn gõ vài chữ vì sao nhé.",
    "name": "Bạn gõ họ tên người trong nhà, không có số nhé.",
    "phone": "Bạn gõ số điện thoại 10 chữ số, ví dụ: 0912 345 678.",
    "text": "Bạn gõ vài chữ giúp mình nhé.",
}
_PRIVATE = {
    "cccd": "Mình không nhận số căn cước.",
    "card": "Mình không nhận số thẻ ngân hàng.",
    "otp": "Mình không nhận mã OTP: mã này bà con tuyệt đối không đưa cho ai.",
}


def sentence(refusal: Refusal, plan: Plan) -> str:
    """What to say to this "no"."""
    match refusal:
        case BadCode():
            return BAD_CODE
        case UnknownUnit(name=name, known=known, kept=kept) if name and known:
            return unknown_unit(name, known, kept=kept)
        case NotFound():
            return NOT_FOUND
        case NotAllowed():
            return "Việc này không có trong phần của bạn. Gõ “menu” để xem các việc bạn làm được nhé."
        case NothingToUndo():
            return NOTHING_TO_UNDO
        case ChangedSince(houses=houses):
            return changed_since(houses)
        case NothingToRedo():
            return NOTHING_TO_REDO
        case NotAsItWas(what=what, names=names):
            return not_as_it_was(what, names)
        case TooLong(most=most, got=got):
            return f"Dài quá: mình nhận tối đa {most} chữ cái, bạn gõ {got}. Bạn viết gọn lại giúp mình nhé."
        case NotUnderstood(field=field):
            return f"Mình chưa hiểu. {_FIELDS.get(field, UNKNOWN)}"
        case OutsideTime(day=day, first=first, last=last):
            return (
                f"Ngày {day:%d/%m/%Y} nằm ngoài khoảng ghi được ({first:%d/%m/%Y} – {last:%d/%m/%Y}). "
                "Bạn gõ lại ngày nhé."
            )
        case BadPhone():
            return f"Số điện thoại này chưa đúng. {_FIELDS['phone']}"
        case _:
            return UNKNOWN


def unknown_unit(name: str, known: Sequence[str], *, kept: bool) -> str:
    """Which name it was, and what to write instead; `known` are the units of one's own part, the likeliest first.

    `kept`: what was said stands among what was not read.
    """
    named = ", ".join(known[:_MOST_UNITS]) + (f"… (tất cả {len(known)} đơn vị)" if len(known) > _MOST_UNITS else "")
    own = f"Phần việc của bạn là {named}: gõ không cần tên đơn vị cũng được."
    how = own if len(known) == 1 else f"Bạn gõ lại với một tên trong phần của mình: {named}."
    so = "chưa ghi gì (dòng này mình vẫn giữ)" if kept else "chưa làm được"
    return f"Mình không tìm thấy “{_short(name)}” trong phần việc của bạn nên {so}. {how}"


def _short(name: str) -> str:
    return name if len(name) <= _MOST_LETTERS else f"{name[: _MOST_LETTERS - 1]}…"


def changed_since(houses: Sequence[str]) -> str:
    """Why nothing was taken back; who it was is for the head to say."""
    named = ", ".join(houses[:_MOST_NAMED]) + ("…" if len(houses) > _MOST_NAMED else "")
    return (
        f"Nhà {named} đã có người khác sửa hoặc nhận sau bạn, nên mình để nguyên, chưa gỡ gì cả. "
        f"Cần đổi thì bạn gõ như “nhầm, nhà {houses[0]} vắng”, hoặc hỏi tổ trưởng, trưởng thôn nhé."
    )


def not_as_it_was(what: str, names: Sequence[str]) -> str:
    """Why nothing was brought back."""
    named = ", ".join(names[:_MOST_NAMED]) + ("…" if len(names) > _MOST_NAMED else "")
    since = {
        "house": f"nhà {named} đã có lượt ghi hoặc thay đổi khác",
        "figure": f"{named} đã có số báo mới hơn",
        "person": f"{named} đã có lại trong danh sách",
        "place": f"“{named}” đã được chỉ lại",
    }[what]
    return f"Từ lúc bạn hoàn tác, {since}, nên mình để nguyên như hiện nay, chưa làm lại gì cả."


def private_number(kind: str) -> str:
    """Someone typed what we do not collect."""
    return f"{_PRIVATE[kind]} Mình đã bỏ qua tin này và không lưu lại; bạn xoá tin đó khỏi khung chat giúp mình nhé."
