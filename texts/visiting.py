"""What a volunteer hears at the door: short, one line where one line is enough."""

import re
from collections.abc import Sequence
from datetime import date

from rules.days import WHOLE_WEEK, day_words
from rules.plan import Plan
from storage.revisits import Left
from storage.tables import House, Unit, Visit
from storage.visits import Said

_NO_DAY = re.compile(r"\b\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\b|\bngày (?:mai|mốt|kia)\b", re.IGNORECASE)
_MOST_DOORS = 6
ASK_HOUSE = "Nhà nào? Gõ số nhà hoặc cách gọi, ví dụ: 12 · ngõ 3 số 8 · nhà ông Tám ngã ba."
ASK_REASON = "Vì sao? Bạn gõ vài chữ, hoặc chạm “Bỏ qua”."
ASK_COME_BACK = "Hẹn ngày nào? Chạm một ngày, hoặc gõ: thứ bảy · 28/6."


def house_name(label: str) -> str:
    """ "nhà 12", "nhà ông Tám", "nhà số 8 ngõ 3"."""
    return label if label.lower().startswith(("nhà ", "hộ ")) else f"nhà {label}"


def no_such_day(label: str, day: str) -> str:
    """An appointment that was said and cannot be: it is over, or years away. The visit is kept without it."""
    how = f"nhầm, {house_name(label)} hẹn thứ bảy"
    return f"{_capital(house_name(label))}: ngày hẹn {day} đã qua hoặc quá xa nên mình chưa ghi ngày; bạn gõ: {how}."


def hour_gone(label: str, time: str) -> str:
    """An appointment for an hour of this day that is over: it may have been meant for the evening."""
    said = hour_words(time).strip()
    later = f"{int(time.partition(':')[0]) + 12}h"
    return f"({said} hôm nay đã qua; nếu là buổi tối, bạn gõ: nhầm, {house_name(label)} hẹn {later} hôm nay.)"


def where_was_that(said: str) -> str:
    """An outcome by itself, of no house."""
    return f"“{_capital(said)}” là ở nhà nào ạ? Bạn gõ cả hai trong một dòng, như: nhà 12 {said}."


def ask_outcome(label: str, day: date, today: date) -> str:
    when = "" if day == today else f" ({day_words(day, today)})"
    return f"{_capital(house_name(label))}{when}: kết quả thế nào?"


def ask_installs(label: str) -> str:
    return f"{_capital(house_name(label))}: mấy người đã cài? Chạm hoặc gõ một số."


ANOTHER_DOOR = "Nhà khác"


def ask_which(label: str, several: Sequence[str], told: str, day: date, today: date) -> str:
    """A number that more than one house of the unit may have."""
    when = "" if day == today else f" · {day_words(day, today)}"
    named = " hay ".join([*several[:_MOST_DOORS], *(["…"] if len(several) > _MOST_DOORS else [])])
    hint = "Chạm một nhà, hoặc gõ tên ngõ." if len(several) > 1 else "Chạm giúp mình nhé."
    asked = f"{named}?" if len(several) > 1 else f"có phải {named} không?"
    return f"{_capital(house_name(label))} ({told}{when}): {asked} {hint}"


def left_open(label: str, told: str) -> str:
    return f"{house_name(label)}: {told} (chưa rõ nhà nào)"


def left_unfinished(label: str, told: str) -> str:
    """ "nhà 12: đã cài (chưa trả lời xong)", as the head sees it."""
    return f"{house_name(label)}: {told or 'chưa rõ kết quả'} (chưa trả lời xong)"


def still_waits(label: str) -> str:
    """Behind the first house that came between; the question itself stands above, and is not put again so soon."""
    return f"({_capital(house_name(label))} vẫn chờ bạn trả lời câu trên, chưa ghi.)"


def ask_sure(label: str, told: str, day: date, today: date, unread: str = "") -> str:
    """`unread`: the words of the line that say nothing to us; a day that cannot be is named."""
    when = "" if day == today else f" · {day_words(day, today)}"
    no_day = _NO_DAY.search(unread)
    but = f" (“{no_day[0]}” thì mình chưa rõ là ngày nào)" if no_day else ""
    return f"Mình hiểu là {house_name(label)}: {told}{when}{but}. Đúng không bạn?"


def outcome_words(plan: Plan, visit: Visit | Said, today: date) -> str:
    """What happened, in the plan's words: "đã cài, 2 người", "hẹn quay lại 28/06"."""
    outcome = plan.outcome(visit.outcome)
    said = outcome.said
    if visit.installs:
        said += f", {visit.installs} người"
    if visit.come_back_on:
        said += f" {appointment(visit.come_back_on, visit.come_back_time, today)}"
    if visit.reason:
        said += f" ({visit.reason})"
    return said


def appointment(day: date, time: str, today: date) -> str:
    """ "9h 14/06", "chiều 14/06", "trong tuần từ 15/06" where a week was said and no day of it."""
    return f"trong tuần từ {day_words(day, today)}" if time == WHOLE_WEEK else hour_words(time) + day_words(day, today)


def hour_words(time: str) -> str:
    """ "9h ", "14h30 ", "chiều ", to stand before a day; "" when no hour was said."""
    hour, _, minute = time.partition(":")
    return f"{int(hour)}h{minute if minute != '00' else ''} " if minute else f"{time} " if time else ""


def saved(
    plan: Plan, visit: Visit, house: House, unit: Unit, today: date, *, offered: str = "", unfinished: str = ""
) -> str:
    """The one-line echo; `offered` names what residents gave of themselves, so that nobody wonders."""
    when = "" if visit.day == today else f" · {day_words(visit.day, today)}"
    left = f"\n({_capital(house_name(unfinished))} còn dở, chưa ghi.)" if unfinished else ""
    return (
        f"✅ Đã ghi {house_name(house.label)}, {unit.name}: {outcome_words(plan, visit, today)}{offered}{when}.{left}"
    )


ECHOES = ("✅ Đã ghi ", "✅ Đã sửa ")


def is_echo_of(text: str, house: House) -> bool:
    """Whether this is what was said when a record of that house was written down or mended."""
    return text.startswith(tuple(f"{begins}{house_name(house.label)}, " for begins in ECHOES))


def offered(*, name: bool, phone: bool) -> str:
    things = [word for word, given in (("tên", name), ("số điện thoại", phone)) if given]
    return f", có {' và '.join(things)}" if things else ""


def saved_before(plan: Plan, visit: Visit, house: House, today: date) -> str:
    said = outcome_words(plan, visit, today)
    name, day = _capital(house_name(house.label)), day_words(visit.day, today)
    return f"{name} đã ghi “{said}” {day} rồi, mình giữ một lượt thôi nhé."


def taken_back(plan: Plan, act: str, visit: Visit, house: House, today: date) -> str:
    said = outcome_words(plan, visit, today)
    if act == "remove":
        return f"Đã ghi lại {house_name(house.label)}: {said}."
    if act == "log":
        return f"Đã gỡ lượt ghi {house_name(house.label)}: {said}."
    return f"Đã trả {house_name(house.label)} về như trước: {said}."


GONE_ALREADY = "Lượt này không còn gì để gỡ: đã gỡ rồi, hoặc đã quá 7 ngày. Muốn xem các lượt đã ghi, bạn gõ “sửa”."


UNDO_BEFORE = "Hoàn tác việc trước đó"


def or_the_one_before(labels: Sequence[str]) -> str:
    """What "hoàn tác" may take back instead."""
    more = len(labels) - _MOST_DOORS
    named = ", ".join(labels[:_MOST_DOORS]) + (f" và {more} nhà nữa" if more > 0 else "")
    return f"Việc trước đó của bạn{f' (nhà {named})' if labels else ''} vẫn gỡ được: chạm “{UNDO_BEFORE}”."


TAKEN_OFF_BY_HEAD = "Lượt này do người khác ghi; lịch sử vẫn giữ lượt ấy và tên người gỡ."


def ask_take_off(label: str) -> str:
    """A head is about to take off somebody else's record."""
    return f"Gỡ lượt nào ở {house_name(label)}? Đây là lượt của người khác; gỡ nhầm thì vẫn hoàn tác được."


def nothing_of_yours(label: str) -> str:
    return f"Trong 7 ngày qua bạn không có lượt nào ở {house_name(label)} để gỡ. Gõ “sửa” để xem các lượt bạn đã ghi."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# sửa ----------------------------------------------------------------------------------------------------------------

NOTHING_LOGGED = "Bạn chưa ghi nhà nào trong 7 ngày qua. Gõ “ghi” hoặc một dòng như “nhà 12 đã cài” để bắt đầu nhé."
SAY_WHICH = "Bạn gõ cả nhà và đơn vị, như: sửa: nhà 12 tổ 3 vắng. Mình hiện cũ → mới, lịch sử giữ cả hai."
WHICH_ONE = "Sửa lượt nào? Chạm một lượt gần đây của bạn:"
WHICH_OF_UNIT = "Sửa lượt nào? Chạm một lượt gần đây của đơn vị:"
FIELDS = {
    "outcome": "Kết quả",
    "installs": "Số người cài",
    "day": "Ngày",
    "house": "Số nhà",
    "reason": "Lý do",
    "come_back": "Ngày hẹn",
    "name": "Tên chủ hộ",
    "phone": "Số điện thoại",
}
_ASK = {
    "outcome": "Kết quả đúng là gì?",
    "installs": "Mấy người đã cài? Gõ một số.",
    "day": "Đến nhà này ngày nào? Gõ ngày, ví dụ: hôm qua · t7 · 18/6.",
    "house": "Đúng ra là nhà nào? Gõ số nhà hoặc cách gọi.",
    "reason": "Vì sao? Bạn gõ vài chữ.",
    "come_back": "Hẹn lại ngày nào? Gõ ngày, ví dụ: mai · thứ bảy · 28/6.",
    "name": "Tên chủ hộ là gì? (bà con đồng ý cho thì mới ghi)",
    "phone": "Số điện thoại của nhà này? (bà con đồng ý cho thì mới ghi)",
}


def one_of_latest(plan: Plan, visit: Visit, house: House, today: date) -> str:
    """A button's label: the house, what happened, when."""
    return f"{house.label}: {plan.outcome(visit.outcome).said} · {day_words(visit.day, today)}"


def what_to_change(plan: Plan, visit: Visit, house: House, today: date) -> str:
    said = outcome_words(plan, visit, today)
    return f"{_capital(house_name(house.label))}: {said} · {day_words(visit.day, today)}. Sửa gì?"


def ask_field(field: str) -> str:
    return _ASK[field]


def corrected(field: str, label: str, old: str, new: str) -> str:
    return f"✅ Đã sửa {house_name(label)}, {FIELDS[field].lower()}: {old or 'chưa có'} → {new or 'bỏ trống'}."


# còn ----------------------------------------------------------------------------------------------------------------


def nothing_known(unit: Unit, unspoken: int | None) -> str:
    waiting = f" Còn khoảng {unspoken} hộ đang chờ bạn đến." if unspoken else ""
    return f"{unit.name} chưa ghi nhà nào.{waiting}"


def remaining(
    plan: Plan, unit: Unit, houses: list[House], *, first: int, left: Left, today: date, me: int | None
) -> str:
    of, unspoken = len(left.houses), left.unspoken
    if not of:
        return f"{unit.name}: các nhà đã ghi đều xong cả rồi.{_unspoken(unspoken) or ' 🎉'}"
    lines = [
        f"{first + n}. {_capital(house_name(house.label))} – {_state(plan, house, today)}{_held(house, me)}"
        for n, house in enumerate(houses, 1)
    ]
    unvisited = f" chưa xong, {left.unvisited} nhà chưa ai đến" if left.unvisited else " đã đến mà chưa xong"
    own = f" (của bạn {left.own})" if left.own else ""
    count = f"{unit.name} còn {of} nhà{unvisited}{own}:"
    return "\n".join([count, *lines]) + _unspoken(unspoken)


def _held(house: House, me: int | None) -> str:
    """Why it goes first, and whether somebody else holds it."""
    care = {"elderly": " · người già", "vulnerable": " · ưu tiên"}.get(house.care, "")
    return care + (" · người khác giữ" if house.assigned_to not in (None, me) and me is not None else "")


def _state(plan: Plan, house: House, today: date) -> str:
    if not house.outcome:
        return "chưa ai đến"
    said = plan.outcome(house.outcome).said
    if house.come_back_on:
        return f"{said} {appointment(house.come_back_on, house.come_back_time, today)}"
    return f"{said}, {day_words(house.visited_on, today)}" if house.visited_on else said


def _unspoken(unspoken: int | None) -> str:
    return f"\nNgoài ra còn khoảng {unspoken} hộ chưa ai ghi." if unspoken else ""


def without_vneid(houses: list[tuple[House, str]], *, first: int, of: int) -> str:
    """For the police: only the houses that wait for a level-2 VNeID."""
    if not of:
        return "Hiện không có nhà nào đang chờ VNeID mức 2."
    lines = [f"{first + n}. {unit}: {house_name(house.label)}" for n, (house, unit) in enumerate(houses, 1)]
    return "\n".join([f"{of} nhà chưa có VNeID mức 2:", *lines])


NO_SUCH_UNIT = "Mình không thấy đơn vị đó trong phần việc của bạn. Bạn kiểm tra lại tên giúp mình nhé."
