"""What a head may want to look at again, said kindly: nobody is accused, nobody ranked, all of it may be right."""

from collections.abc import Sequence
from datetime import date

from rules.clock import VIETNAM, day_in_vietnam
from rules.days import day_words
from rules.plan import Plan
from storage.notable import BURST, PHONE, RUN, Note, Word
from texts.visiting import house_name

SEEN = "Đã xem"
SOMEBODY = "Một người"
NOTHING = "Không có điều gì cần xem lại. Cảm ơn cả tổ nhé!"
_MOST_NAMED = 10


def notes(lines: Sequence[str], more: int) -> str:
    """The notes at hand, numbered, and how to be done with them."""
    numbered = [f"{nth}. {line}" for nth, line in enumerate(lines, 1)]
    rest = [f"… và {more} điều nữa, hiện ra sau khi bạn xem xong."] if more else []
    head = f"Có {len(lines) + more} điều bạn xem giúp nhé, có thể đều đúng cả:"
    how = "Hỏi lại thấy ổn rồi thì chạm hoặc gõ “đã xem”. Mọi lượt ghi vẫn giữ nguyên."
    return "\n".join([head, *numbered, *rest, how])


def note(plan: Plan, note: Note, names: Sequence[str], labels: Sequence[str], today: date) -> str:
    """One of them, with who and when; `names` of the one or two people, `labels` of the houses."""
    if note.kind == BURST:
        first, last = note.words
        span = _hour(first) if _hour(first) == _hour(last) else f"{_hour(first)}–{_hour(last)}"
        return f"{names[0]} ghi {note.count} nhà lúc {span} {_day(last, today)}; thường là ghi dồn sau một buổi."
    if note.kind == RUN:
        until = _day(note.words[1], today)
        return f"{names[0]} ghi liền {note.count} nhà đều xong, đến {until}; nếu đúng vậy thì mừng quá."
    if note.kind == PHONE:
        more = f" và {note.elsewhere} nhà ở đơn vị khác" if note.elsewhere else ""
        return f"{_houses(labels)}{more} chung một số điện thoại (…{note.phone_ends}); có khi con cháu khai hộ."
    was, now = note.words
    who = f"{names[0]} ghi “{plan.outcome(was.outcome).said}” lúc {_hour(was)}"
    then = "rồi" if was.person_id == now.person_id else f"{names[1]} ghi"
    said = f"{then} “{plan.outcome(now.outcome).said}” lúc {_hour(now)}"
    return f"{_capital(house_name(labels[0]))}, {_day(now, today)}: {who}, {said}."


def _houses(labels: Sequence[str]) -> str:
    more = len(labels) - _MOST_NAMED
    return f"Nhà {', '.join(labels[:_MOST_NAMED])}" + (f" và {more} nhà nữa" if more > 0 else "")


def _hour(word: Word) -> str:
    return f"{word.at.astimezone(VIETNAM):%H:%M}"


def _day(word: Word, today: date) -> str:
    return day_words(day_in_vietnam(word.at), today)


def seen(count: int) -> str:
    return f"Cảm ơn bạn, mình cất {count} điều này đi." if count else "Những điều này đã xem rồi."


def counts(rows: Sequence[tuple[str, int]]) -> str:
    """For an officer: how many in each unit, and no more."""
    if not rows:
        return "Không đơn vị nào có điều cần xem lại."
    told = "; ".join(f"{name}: {count}" for name, count in rows)
    return f"Điều các trưởng đơn vị đang xem lại: {told}. Chi tiết do trưởng đơn vị xem với người ghi."


def waiting(count: int) -> str:
    """One line in `tiến độ` and in the evening; "" when there is nothing."""
    return f"Có {count} điều bạn xem giúp: gõ “lưu ý”." if count else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
