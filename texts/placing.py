"""What is asked of a place nobody has told us of yet, such as "xóm Đình", and what is said once it is known."""

from storage.tables import PlaceAlias, Unit
from texts.visiting import house_name

NO_PLACE = "Không phải nơi chốn"


def within(unit: Unit) -> str:
    return f"Thuộc {unit.name}"


def within_own(unit: Unit) -> str:
    return f"Thuộc {unit.name} (của mình)"


def other_name(unit: Unit) -> str:
    return f"Tên khác của {unit.name}"


def ask(place: str, house: str, told: str, more: int) -> str:
    """Which unit a place is in; `more` other houses of the same message wait for the answer."""
    beside = f" và {more} nhà nữa" if more else ""
    return (
        f"“{place}” là ở đơn vị nào? Bạn chỉ một lần, mình ghi {house_name(house)} ({told}){beside} "
        "rồi lần sau không hỏi lại. Chạm một ý, hoặc gõ tên đơn vị."
    )


def teach_me(place: str) -> str:
    """A correction names a place that nobody has told us of: one line teaches it, then the correction is said again."""
    return (
        f"Mình chưa biết “{place}” thuộc đơn vị nào nên chưa sửa gì. "
        f"Bạn chỉ mình một lần, như “{place} thuộc tổ 3”, rồi gõ lại dòng sửa nhé."
    )


def left_open(house: str, place: str, told: str) -> str:
    return f"{house_name(house)} {place}: {told} (chưa rõ “{place}” ở đơn vị nào)"


def learnt(row: PlaceAlias, unit: Unit, *, only_own: bool) -> str:
    """`only_own`: so far it holds for the one who said it."""
    where = f"là tên khác của {unit.name}" if row.whole else f"thuộc {unit.name}"
    who = " cho các dòng của bạn" if only_own else ""
    return f"Mình nhớ{who}: “{row.place}” {where}. Nhầm thì gõ “hoàn tác” ngay, hoặc sau này gõ “quên {row.place}”."


def unlearnt(rows: list[PlaceAlias]) -> str:
    names = dict.fromkeys(f"“{row.place}”" for row in rows)
    known = ", ".join(names)
    return f"Mình quên {known} ở đơn vị nào rồi; lần tới có nhắc đến, mình hỏi lại. Các lượt đã ghi giữ nguyên."


def undone(rows: list[PlaceAlias]) -> str:
    names = dict.fromkeys(f"“{row.place}”" for row in rows)
    return f"Mình cũng quên luôn {', '.join(names)} ở đơn vị nào; lần tới mình hỏi lại."
