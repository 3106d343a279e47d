"""What is said on Zalo only: numbers instead of buttons, and what Zalo does not carry over."""

import re
from collections.abc import Sequence

MORE = "Còn các việc này nữa:"
MORE_LABEL = "Xem thêm"
UNSUPPORTED = (
    "Tin này Zalo không chuyển nội dung cho mình (tệp, danh thiếp, vị trí, đường dẫn…). "
    "Bạn gõ bằng chữ giúp mình nhé; danh sách Excel thì gửi cho mình trên Telegram, hoặc nhờ người vận hành nạp giúp. "
    "Nếu bạn đã gõ chữ mà vẫn thấy câu này, nhờ tổ trưởng ghi hộ giúp mình."
)
_TAP = re.compile(r"\b([Cc])hạm(?= (?:một|“|hoặc|vào|lại))")

_SCAN = re.compile(r"quét mã,? hoặc ")


OLD_QUESTION = "Danh sách này gửi đã hơn một ngày nên mình chưa ghi gì. Bạn chọn lại giúp mình nhé:"


def without_taps(text: str) -> str:
    """Here one does not tap ("Chạm một việc") but chooses ("Chọn một việc"), and nobody has a button."""
    return _TAP.sub(r"\1họn", text).replace("chữ và nút bấm", "chữ")


def without_picture(caption: str, says: str) -> str:
    """What stood under a picture, with the steps ("1. …") that it would have shown; nothing to scan.

    A step is not numbered like a choice.
    """
    told = _SCAN.sub("", caption)
    steps = says.splitlines()
    if steps and steps[0].partition(". ")[2] not in told:
        told += "\n" + "\n".join("Bước " + step.replace(". ", ": ", 1) for step in steps)
    return told


def label(text: str) -> str:
    """A choice's label behind its number; a number alone would look like a second one."""
    return f"số {text}" if text.isdecimal() else text


def how_to_choose(numbers: Sequence[int], *, to_menu: bool) -> str:
    """Under a list of choices. `numbers` of what can be chosen, ascending; `to_menu`: 0 leads to the menu."""
    there = f"số {numbers[0]}" if len(numbers) == 1 else f"bằng số {numbers[0]}–{numbers[-1]}"
    return f"Trả lời {there}{', hoặc gõ 0 để về menu' if to_menu else ''}."


def words_to_type(words: Sequence[str], *, can_stop: bool) -> str:
    """Where a typed number is an answer: the words that do the rest. "" for none."""
    said = _either([f"“{word}”" for word in words])
    stop = "“huỷ” để dừng" if can_stop else ""
    both = "; ".join(part for part in (said, stop) if part)
    return f"(gõ {both})" if both else ""


def no_such_number(number: int) -> str:
    """A number that no choice has, over the choices there are. It may have been meant for a house."""
    return f"Mình chưa ghi gì: danh sách không có số {number}. Bạn chọn lại ở dưới nhé{_or_house(number)}"


def old_number(number: int) -> str:
    return f"Số {number} là của danh sách cũ nên mình chưa ghi gì. Bạn chọn việc mới nhé{_or_house(number)}"


def _or_house(number: int) -> str:
    return f"; còn nếu là nhà số {number}, bạn gõ “nhà {number}”."


def _either(words: Sequence[str]) -> str:
    return " hoặc ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
