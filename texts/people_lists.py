"""What is said to a pasted list of people: how many went onto the DANH SÁCH, and which lines did not."""

from collections.abc import Sequence

from storage.tables import Unit

TAKE_OFF = "Hoàn tác cả danh sách"
_MOST = 10
_MOST_LETTERS = 60
_WHY = {
    "no_name": "chưa rõ họ tên",
    "bad_phone": "số điện thoại chưa đúng 10 chữ số",
    "two_phones": "hai số trong một dòng, chưa rõ số của ai",
    "private": "có số căn cước, thẻ hoặc mã OTP nên mình không nhận",
    "too_long": "dài quá, bạn viết gọn lại",
    "unclear": "chưa rõ đây là tên người; bạn viết như “Nguyễn Văn An 0912345678”",
}


def listed(
    unit: Unit,
    added: int,
    again: Sequence[str],
    elsewhere: Sequence[str],
    same_phone: Sequence[str],
    unread: Sequence[tuple[str, str]],
) -> str:
    """The count, what was there before, and each refused line with its reason."""
    lines = [f"✅ Đã đưa {added} người vào danh sách của {unit.name}." if added else "Chưa thêm ai vào danh sách."]
    lines += [f"Đã có trong danh sách, giữ một lần: {_names(again)}."] if again else []
    lines += [f"Trùng số điện thoại với người khác trong danh sách: {_names(same_phone)}."] if same_phone else []
    lines += [f"Cũng có ở danh sách đơn vị khác, toàn địa bàn chỉ tính một: {_names(elsewhere)}."] if elsewhere else []
    if unread:
        lines.append(f"Chưa nhận {len(unread)} dòng:")
        lines += [f"• “{_short(text)}”: {_WHY.get(why, _WHY['unclear'])}" for text, why in unread[:_MOST]]
        lines += [f"… và {len(unread) - _MOST} dòng nữa"] if len(unread) > _MOST else []
    return "\n".join(lines)


def _names(names: Sequence[str]) -> str:
    more = len(names) - _MOST
    return ", ".join(names[:_MOST]) + (f" và {more} người nữa" if more > 0 else "")


def _short(text: str) -> str:
    return text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1]}…"


def taken_off(count: int) -> str:
    return f"Đã gỡ cả danh sách vừa gửi: {count} người."
