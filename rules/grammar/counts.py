"""How many people installed: "2 người", "cả vợ chồng", "đã cài 2"."""

import re

from rules.grammar.core import tail_of
from rules.grammar.doors import bare_numbers
from rules.grammar.names import HOME
from rules.grammar.outcomes import ASIDE, Verdict, counted, first_told
from rules.grammar.reading import Reading
from rules.grammar.words import said, spelt
from rules.numbers import read_number

_PEOPLE = (
    r"người(?: lớn)?|(?:cái |chiếc |con )?(?:máy|điện thoại)|"
    r"điện thoại thông minh|tài khoản|thành viên|khẩu|nhân khẩu|vợ chồng|ông bà|mẹ con|bố con|"
    r"cha con|anh em|chị em|bà cháu|ông cháu|thiết bị|cụ|bác|cô|chú|cháu|đứa"
)
_COUNT = spelt(
    rf"(?:(?:được|cho|cả|tổng|tất cả|hết|cả nhà|thêm|đủ|là|có|cả thảy|tổng cộng) )*"
    rf"(?P<count>\d{{1,2}}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) (?:{_PEOPLE})"
)
_KIN = spelt(r"vợ chồng|ông bà|mẹ con|bố con|cha con|anh em|chị em|bà cháu|ông cháu|cụ|bác|cô|chú|cháu|đứa")
_KIN_WORD = spelt(r"con|vợ|chồng|bố|mẹ|ông|bà|cháu|anh|chị|em|cô|chú|bác|cụ|đứa|\d{1,2}|hai|một")
_TWO = 2
_MOST_UNNAMED = 6  # "đã cài 15" without "người" may be another house
_BOTH = spelt(
    r"cả (?:vợ chồng|vợ lẫn chồng|hai|2|ông lẫn bà|ông bà|hai vợ chồng)|"
    r"cho (?:cả )?(?:hai )?(?:vợ chồng|ông bà)(?! (?:anh|chị|ông|bà|con|cô|chú|bác|em|cháu|cụ)(?!\S))"
)
# "cài cho 1 mình bác", "cho mỗi bà cụ": one of them.
_ONLY = spelt(r"(?:(?:được|cho|mỗi) )*(?:1|một) mình(?: (?:ông|bà|bác|cụ|cô|chú|anh|chị)(?! [^ ,.;]))?")
_OUT_OF = spelt(r"(?P<done>\d{1,2})/(?P<all>\d{1,2}) (?:người|máy|thành viên|khẩu|nhân khẩu|điện thoại)(?: trong nhà)?")
_LIVE_THERE = spelt(r"(?:có|nhà có|ở|đủ) .*|.*(?:khẩu|nhân khẩu|thành viên|người lớn)$")
_HAS = spelt(r"(?:có|ở|đủ) .*")
_LEFT = spelt(r"còn|thiếu|trừ|riêng|mấy|những")
_LEFT_BEHIND = spelt(r"lớn|già|nhỏ|kia|còn|nữa|chưa|không|ở|đi")
_JOINS = spelt(r"(?:(?:đều|đã|cũng|thì|được|cho|tất|cả|vừa|mới|tự)(?: |$)){1,4}")
_Counted = tuple[re.Match[str], range]
_AND_MORE = ("còn", "thiếu", "trừ", "và", "với", "cùng", "va", "voi", "cung")


def take_count(reading: Reading, verdict: Verdict) -> None:
    """The people who installed; more than one count, or one that is too great, is doubtful."""
    found = list(reading.line.find(_COUNT, reading.taken))
    if verdict.code not in counted(reading.plan):
        reading.doubt |= any(_is_undone(verdict, each) for each in found)
        for each in found:  # "có 4 người, chưa ai cài"
            reading.own_words.update(reading.take(each[1]) if _HAS.match(each[0][0]) else ())
        return
    found = _without_others(reading, verdict, found)
    counts = found[:1] + [
        each
        for each in found[1:]
        if not (_tells_who(reading, verdict, found[0], each) or _of_others(reading, verdict, each))
    ]
    both = [places for _, places in reading.line.find(_BOTH, reading.taken - verdict.places)]
    told = {claim.places.stop for claim in verdict.claims}
    only = next((places for _, places in reading.line.find(_ONLY, reading.taken) if places.start in told), range(0))
    reading.doubt |= bool(counts and both) and not (set(both[0]) & set(counts[0][1]) or _value(counts[0]) == _TWO)
    if counts:
        reading.installs = _value(counts[0])
        reading.own_words.update(reading.take(counts[0][1]) if _KIN.search(counts[0][0][0]) else ())
        reading.take(counts[0][1])
        reading.own_words.update(reading.take(both[0] if both else range(0)))
        first = counts[0][1].start
        is_family = (
            first > 0 and counts[0][0][0].startswith(("có", "co")) and reading.line.words[first - 1].full in HOME
        )
        reading.doubt |= _goes_on(reading, counts[0][1].stop)
        reading.doubt |= is_family  # "đã cài, nhà có 3 người" says how many live there
        reading.doubt |= first > 0 and reading.line.words[first - 1].full in _AND_MORE
    elif both:
        reading.installs = _TWO
        reading.take(both[0])
    elif only:
        reading.installs = 1
        reading.own_words.update(reading.take(only))
    elif fraction := next(iter(reading.line.find(_OUT_OF, reading.taken)), None):
        _take_fraction(reading, *fraction)
    else:
        _take_count_behind(reading, verdict)
    reading.doubt |= len(counts) > 1 or (reading.installs is not None and not 1 <= reading.installs <= 20)


def _value(count: _Counted) -> int | None:
    return read_number(count[0]["count"], field=False)


def _take_fraction(reading: Reading, said: re.Match[str], places: range) -> None:
    """ "3/5 người đã cài": three of five, who stay in own words."""
    done, out_of = int(said["done"]), int(said["all"])
    reading.doubt |= not 1 <= done <= out_of
    reading.installs = done
    reading.own_words.update(reading.take(places))


def _without_others(reading: Reading, verdict: Verdict, found: list[_Counted]) -> list[_Counted]:
    """The counts that may say how many installed: beside the word for it, not how many live there or are left.

    As in "có 6 khẩu, 4 người lớn, cài được cho 3 người", "cài xong 2 máy cho 2 người", "cài 2 người, còn 1 cháu".
    """
    beside = [each for each in found if _is_beside(reading, verdict, each)]
    twice = [each for each in found if beside and _repeats(beside, each)]
    others = [each for each in found if each not in beside and each not in twice and _is_of_others(reading, each)]
    is_told = bool(beside) or _has_number_behind(reading, verdict)
    if not is_told:
        reading.doubt |= any(_LIVE_THERE.search(each[0][0]) and not _is_at_a_comma(reading, each) for each in others)
        return found
    for each in others:
        reading.own_words.update(reading.take(each[1]))
    for each in twice:
        reading.take(each[1])
    return [each for each in found if each not in others and each not in twice]


def _is_beside(reading: Reading, verdict: Verdict, count: _Counted) -> bool:
    """Whether nothing but "đều", "cho" stands between a count and the word that says it is done."""
    if _HAS.match(count[0][0]):
        return False
    done = [claim.places for claim in verdict.claims if claim.code in counted(reading.plan)]
    between = [range(told.stop, count[1].start) for told in done if told.stop <= count[1].start]
    between += [range(count[1].stop, told.start) for told in done if count[1].stop <= told.start]
    return any(not gap or _JOINS.fullmatch(said(reading.line, gap)) for gap in between)


def _repeats(beside: list[_Counted], other: _Counted) -> bool:
    """ "2 máy cho 2 người": the same number right behind."""
    return any(each[1].stop == other[1].start and _value(each) == _value(other) for each in beside)


def _is_of_others(reading: Reading, count: _Counted) -> bool:
    """Whether a count says how many live there or who is left: "có 6 khẩu", "4 người lớn", "còn 1 cháu"."""
    first, last = count[1].start, count[1].stop
    before = reading.line.words[first - 1].full if first else ""
    behind = reading.line.words[last].full if last < len(reading.line.words) else ""
    return bool(_LIVE_THERE.search(count[0][0]) or _LEFT.fullmatch(before) or _LEFT_BEHIND.fullmatch(behind))


def _is_at_a_comma(reading: Reading, count: _Counted) -> bool:
    return count[1].start == 0 or reading.line.words[count[1].start - 1].is_word


def _has_number_behind(reading: Reading, verdict: Verdict) -> bool:
    """ "4 nhân khẩu, cài được 2": a number right behind what happened."""
    behind = verdict.claims[-1].places.stop
    return behind in bare_numbers(reading.line, reading.taken)


def _is_undone(verdict: Verdict, count: _Counted) -> bool:
    """ "chưa cài 3 người": how many did not, or that three did and others not, nobody knows."""
    told = first_told(verdict.claims)
    return told is not None and told.places.stop == count[1].start and not _KIN.search(count[0][0])


def take_count_of_named(reading: Reading, verdict: Verdict) -> None:
    """ "nhà ông An cài 2": the same where the house is told by its people."""
    if reading.house and reading.installs is None and reading.people and verdict.code in counted(reading.plan):
        _take_count_behind(reading, verdict)


def _take_count_behind(reading: Reading, verdict: Verdict) -> None:
    """ "đã cài 2": a number right behind it, when the house is told, counts people."""
    line, behind = reading.line, verdict.claims[-1].places.stop
    if line.typed(range(behind, len(line.words))).strip("|() ").isdigit():
        behind += line.words[behind].typed in "|("
    if reading.house and behind in bare_numbers(line, reading.taken) and line.words[behind].full.isdigit():
        reading.installs = int(line.words[behind].full)
        reading.doubt |= reading.installs > _MOST_UNNAMED
        reading.take(range(behind, behind + 1))


def _goes_on(reading: Reading, place: int) -> bool:
    """ "2 vợ chồng và con trai" are three."""
    behind = [word.full for word in reading.line.words[place : place + 2]]
    return len(behind) > 1 and behind[0] in ("và", "với", "cùng", "va", "voi") and bool(_KIN_WORD.fullmatch(behind[1]))


def _of_others(reading: Reading, verdict: Verdict, count: _Counted) -> bool:
    """ "cài 2 người, còn 1 cháu chưa đủ tuổi": of the one it is said of behind it, and of nobody who installed."""
    behind, before = count[1].stop, reading.line.words[count[1].start - 1].full
    is_clause = before in ("còn", "con", ",", ";", ".")
    return is_clause and any(claim.code == ASIDE and claim.places.start == behind for claim in verdict.claims)


def _tells_who(reading: Reading, verdict: Verdict, count: _Counted, other: _Counted) -> bool:
    """ "cho ba người, gồm hai vợ chồng và bà ngoại": who they are, and no more of them."""
    before, place = reading.line.words[other[1].start - 1], other[1].start - 1
    told = first_told(verdict.claims)
    is_tail = before.full == "," and place == tail_of(reading.line, told.places if told else range(0), [count[1]])
    is_list = before.full in ("gồm", "gom", "(", "đó") or is_tail
    return is_list and not _KIN.search(count[0][0]) and bool(_KIN.search(other[0][0]))
