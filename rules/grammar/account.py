"""Every word of a line accounted for: a field explains it, it is known to carry nothing, or it stays in own words.

Own words are kept as typed, and some of them are asked about first: a number nobody counted, a sign no sentence has, a
lone letter, a place whose name could not be read, a second house, a plan. They only ever turn a record into a question,
never a question into a record.
"""

import re
from collections.abc import Set

from rules.grammar.doors import OF_THE_CLOCK, bare_numbers
from rules.grammar.names import HOME
from rules.grammar.outcomes import DONE, Verdict
from rules.grammar.people import honors
from rules.grammar.units import is_part_of
from rules.grammar.words import Line, said, spelt

_MOST_LEFT = 14  # words nobody claimed: more of them is a story, and a story is asked about
_MOST_OWN = 40  # behind a clear core
_LEFT_DIGITS = re.compile(r"(?<![\w/])\d{5,}(?!\w)")
_LONE_LETTER = re.compile(r"(?<!\S)[b-df-hj-np-tv-xz](?!\S)")  # of a paper sheet, or of a word cut short
_COUNTED_ALONG = spelt(r"tuổi|lần|tầng|tháng|năm|buổi|cuộc|phút|tiếng|bước|mình")
_COUNTED_BEHIND = spelt(
    r"(?:hôm|ngày|tuần|bữa|giờ|người|khẩu|đứa|con|cái|chiếc|máy|điện thoại|phòng|thế hệ|bậc|nhân khẩu|thành viên|bạn|"
    r"vợ|bố|mẹ|cô|bác|lượt|mã|gb|ông|bà|anh|chị|hộ khẩu|cụ|cháu)(?: .*)?"
)
_OF_THE_HOUSE = spelt(r"người|khẩu|nhân khẩu|thế hệ|phòng|hôm|bữa")
_PEOPLE = spelt(r"người|khẩu|máy|điện thoại|nhân khẩu|thành viên|bạn")
_AGED = spelt(r"(?:trên|ngoài|hơn|gần|tầm|toàn|đều|cả|ngót) (?:[5-9]\d|10\d)")  # "toàn các cụ trên 80"
_KIN_ALONG = spelt(r"ông|bà|bác|cụ|cô|chú|vợ|mẹ|bố|con|cháu|đứa|anh|chị|em")
_COUNTED_AHEAD = spelt(
    r"lần|thứ|tầng|mức|cấp|iphone|ip|ios|android|samsung|oppo|vivo|nokia|xiaomi|redmi|realme|note|galaxy|win|lớp|khoá"
)
_NO_SENTENCE_HAS = re.compile(r"[%{}\[\]<>\\@#$]")
# Words of a place: without their marks "to", "ban", "lang" are other words, and are left out.
_PLACE = spelt(r"thôn|xóm|khu phố|khu dân cư|tdp|kdc|tổ dân phố|ngõ|ngách|hẻm|kiệt|block|số nhà|sn")
_MARKED_PLACE = frozenset(["tổ", "ấp", "bản", "đội", "làng", "khối", "cụm", "tiểu khu", "buôn", "lô"])
_NOT_DONE_SIGN = re.compile("[❌✗✘✖🚫👎⛔]")
_AND = frozenset(["và", "với", "cùng", "lẫn", "cả", "va", "voi", "cung", "&", "+"])

_IS_DONE = spelt(
    r"đã|rồi|xong|được|ok|thành công|vừa|mới|đủ|hết|đầy đủ|đều|tất|ngon|hoàn thành|hoàn tất|done|sẵn|trước|hôm qua|"
    r"hôm kia|một mình|\d{1,2} (?:mình|người|máy|tài khoản|điện thoại)|[✓✔✅☑]"
)
_ON_THE_WAY = spelt(
    r"(?<!hôm )(?<!bữa )(?<!chiều )(?<!tối )(?<!sáng )(?<!trưa )qua|đang|đi|sang|ghé|tới|vô|vào|xuống|chiều(?! qua)|"
    r"tối(?! qua)|hỗ trợ|lát|tí nữa|bắt đầu|phải|cần|em|e|cháu|mình|tôi|tui|bọn em|chúng em|tụi em"
)


def is_unaccounted(
    line: Line, verdict: Verdict, left: list[range], taken: Set[int], *, counted: bool, tail: int
) -> bool:
    """Whether words nobody explained could be part of the record: too many, a number, a sign, a place, a house.

    `counted` says that it is known how many installed, or that nobody counts here: "2 ông bà già" are then own words.
    """
    loose = said(line, [place for run in left for place in run])
    core = [run for run in left if run.start < tail]
    letters = said(line, [place for run in core for place in run])
    return (
        sum(map(len, core)) > _MOST_LEFT
        or sum(map(len, left)) > _MOST_OWN
        or _has_loose_number(line, verdict, taken, counted=counted, tail=tail)
        or bool(_LEFT_DIGITS.search(loose) or _LONE_LETTER.search(letters))
        or bool(_NO_SENTENCE_HAS.search(_without_percents(line, tail)))
        or (verdict.code in DONE and bool(_NOT_DONE_SIGN.search(line.text)))
        or _has_loose_place(line, verdict, taken, tail)
        or _has_loose_name(line, verdict, left)
    )


def _without_percents(line: Line, tail: int) -> str:
    """The line without what a sentence behind the core may say: "chưa cài, pin còn 2%"."""
    start = line.words[tail].start if tail < len(line.words) else len(line.text)
    return line.text[:start] + re.sub(r"\d ?%", "", line.text[start:])


def names_another(line: Line, who: range) -> bool:
    """Whether "nhà ông Tám" behind another house is a house of its own: "nhà 12 và nhà ông Tám đã cài"."""
    before = line.words[who.start - 1].full if who.start else ""
    if line.words[who.start].full not in HOME:
        return False
    return before in _AND or (before in (",", ";") and who.stop < len(line.words) and line.words[who.stop].is_word)


def _has_loose_number(line: Line, verdict: Verdict, taken: Set[int], *, counted: bool, tail: int) -> bool:
    """Whether a number means nobody knows what: not an age, the third try, "iPhone 6", or the hour of a visit.

    Behind the core it may count anything a sentence counts, but people where it is not known how many installed.
    """
    words = ["", *(word.full for word in line.words), ""]
    told = min((claim.places.start for claim in verdict.claims), default=0)
    for place in bare_numbers(line, taken):
        is_hour = verdict.code != "come_back" and bool(OF_THE_CLOCK.fullmatch(words[place + 1]))
        is_kin = counted and place > told and bool(_KIN_ALONG.fullmatch(words[place + 2]))
        is_day = verdict.code == "come_back" and words[place] in ("thứ", "thu")  # "hẹn thứ 8"
        is_age = place > told and bool(_AGED.fullmatch(f"{words[place]} {words[place + 1]}"))
        is_known = is_age or bool(_COUNTED_ALONG.fullmatch(words[place + 2]) or _COUNTED_AHEAD.fullmatch(words[place]))
        is_known &= not is_day
        counts = _COUNTED_BEHIND.match(" ".join(words[place + 2 : place + 4]))
        is_told = bool(counts) and place >= tail and (counted or not _PEOPLE.match(words[place + 2]))
        is_told |= counted and place + 1 not in taken and _tells_of_the_house(line, place, words[place + 2])
        if not (is_hour or is_kin or is_known or is_told):
            return True
    return False


def _tells_of_the_house(line: Line, place: int, what: str) -> bool:
    """ "có 4 người, chưa ai cài", "vắng 2 hôm liền": how many live there, or how long, behind what is no door."""
    before = line.words[place - 1] if place else None
    is_led = before is not None and before.is_word and not before.full[0].isdigit() and before.full not in HOME
    return is_led and bool(_OF_THE_HOUSE.fullmatch(what))


def _has_loose_name(line: Line, verdict: Verdict, left: list[range]) -> bool:
    """Whether a word with a capital stands unexplained ahead of what happened: "12. Hà - vắng"."""
    told = min((claim.places.start for claim in verdict.claims), default=0)
    if any(_is_somebody(line, run) or _ends_a_place(line, run) for run in left):
        return True
    ahead = [line.words[place] for run in left if run.start and run.stop <= told for place in run]
    return any(word.capital for word in ahead) and not any(word.is_word and not word.capital for word in ahead)


def _ends_a_place(line: Line, run: range) -> bool:
    """ "thôn kim sơn" in small letters: which words still belong to the name nobody knows."""
    place = run.start - 2
    is_place = place >= 0 and (_PLACE.fullmatch(line.words[place].full) or line.words[place].full in _MARKED_PLACE)
    return bool(is_place) and line.words[place + 1].is_word and not line.words[place + 1].full[0].isdigit()


def _is_somebody(line: Line, run: range) -> bool:
    """ "cài: bà Tám, ông Chín": a clause that is nothing but a name may be another household."""
    is_apart = run.start > 1 and not line.words[run.start - 2].is_word and honors(line, run.start - 1)
    is_end = run.stop == len(line.words) or not line.words[run.stop].is_word
    return is_apart and is_end and all(line.words[place].capital for place in run)


def _has_loose_place(line: Line, verdict: Verdict, taken: Set[int], tail: int) -> bool:
    """Whether a place is spoken of and could not be read: "nhà 12 xóm %s vắng", "nhà 12 ngõ vắng".

    Behind what happened, and with words of its own, it is part of a story: "vắng, cả xóm đi hội".
    """
    told = min((claim.places.start for claim in verdict.claims), default=0)
    for place, word in enumerate(line.words):
        if place in taken or not (_PLACE.fullmatch(word.full) or word.full in _MARKED_PLACE) or is_part_of(line, place):
            continue
        is_last = place + 1 == len(line.words) or not line.words[place + 1].is_word
        is_of_a_story = place > tail + 1 and line.words[place - 1].is_word  # "chị nhờ nhắn lịch họp tổ"
        if place < told or (is_last and not is_of_a_story) or place - 1 in taken:
            return True
    return False


def is_only_meant(line: Line, verdict: Verdict, tail: int) -> bool:
    """Whether "cài" is perhaps a plan: "chiều em qua nhà 12 cài" does not say that it is done."""
    if verdict.code not in DONE or _IS_DONE.search(line.said):
        return False
    return bool(_ON_THE_WAY.search(said(line, range(tail))))
