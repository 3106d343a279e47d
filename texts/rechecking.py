"""The words of checks: houses drawn by lot for the village's head to look at again."""

from storage.tables import House
from texts.figure_words import short_day
from texts.visiting import house_name

LABEL = "Kiểm tra"
ANSWERS = {"right": "Đúng", "wrong": "Chưa", "away": "Không liên lạc được"}
_FOUND = {"right": "đúng là đã xong", "wrong": "thực ra chưa xong", "away": "chưa liên lạc được"}
NOTHING = "Hiện không có nhà nào chờ bạn kiểm tra lại. Cảm ơn bạn!"
ALL_DONE = "Hết rồi, cảm ơn bạn đã giúp số liệu đúng với thực tế!"


def please_look(unit: str, how_many: int) -> str:
    return (
        f"{unit}: hôm nay có {how_many} nhà đã ghi xong được chọn ngẫu nhiên để kiểm tra lại. Bạn gọi hoặc ghé qua, "
        "rồi gõ “kiểm tra” để trả lời giúp mình nhé."
    )


def ask(house: House, waiting: int) -> str:
    """One house, as its latest visit left it, and how many wait with it."""
    when = f" hôm {short_day(house.visited_on)}" if house.visited_on else ""
    rest = f" (còn {waiting} nhà chờ kiểm tra)" if waiting > 1 else ""
    return f"Kiểm tra lại {house_name(house.label)}, đã ghi xong{when}. Thực tế có đúng không?{rest}"


def noted(house: House, answer: str) -> str:
    said = f"Đã ghi: {house_name(house.label)} {_FOUND[answer]}."
    mend = f" Để sửa lại, bạn gõ “{house_name(house.label)}” kèm kết quả đúng."
    return said + mend if answer == "wrong" else said
