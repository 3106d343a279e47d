"""When to ask: what makes a line that could be read doubtful all the same.

Every rule here came from a line that was read wrongly once: gossip, pleas, hearsay, half-denied sayings. They only ever
turn a record into a question, never a question into a record.
"""

import re
from collections.abc import Set

from rules.grammar.doors import bare_numbers
from rules.grammar.errands import is_institution, is_other_errand
from rules.grammar.outcomes import Claim, Verdict
from rules.grammar.words import Line, said, spelt

_MOST_LEFT = 14  # words nobody claimed: more of them is a story, and a story is asked about
_LEFT_DIGITS = re.compile(r"(?<![\w/])\d{5,}(?!\w)")
_DOUBT = spelt(
    r"hình như|hình như là|chắc|chắc là|có lẽ|có khi|nghe nói|nghe bảo|nghe đâu|nếu|hay là|hay sao|có phải|gỡ|"
    r"gỡ (?:rồi|app)|xoá (?:rồi|mất|app|đi)|xoá|không chắc|không rõ|tưởng (?:là|đã)|suýt|nhầm|không phải|ví dụ|giả sử|"
    r"hoặc|đáng lẽ|lẽ ra|gần xong|sắp|hay|huỷ (?:rồi|app|ghi)|một nửa|gần hết|hay chưa|có thể|dự kiến|bỏ dở|lại thôi|"
    r"mấy (?:nhà|hộ)|vài|sửa(?! (?:xe|điện|máy|chữa|nhà|đồ))|lúc đầu"
)
# "cài cho em với" is a plea and "cài cho có" an opinion, though each says "cài".
_PLEA = spelt(
    r"cho có|(?:cho|giúp|với) (?:em|mình|cháu|tôi|chị em)(?: (?:với|nhé|nha|ạ))*|"
    r"với(?: (?:ạ|nhé|nha|em|anh|chị|bác|cháu))*$"
)
_QUESTION = spelt(r"ai|gì|nào|đâu|sao|à|hả|hử|nhỉ|chứ|hở|ha|hỉ|chưa|mấy")
_WHENEVER = spelt(r"(?:khi|hôm|lúc|bao giờ) nào|bao giờ")
_TO_WHOM = r"(?: (?:ạ|nhỉ|vậy|thế|em|anh|chị|bác|cô|chú|cháu|con|ta|bạn|hả|rứa))*$"
# "đã cài chưa", "có nhà không ạ": the question stands at the end, behind what it asks for.
_ASKED = spelt(rf"(?:cài|đặt|ký|xong|rồi|app|được|sẵn|nhập|khoản) chưa{_TO_WHOM}|(?:không|hả|nhỉ|hở){_TO_WHOM}")
# Without its mark "a" is an "ạ".
_ASKED_PLAINLY = re.compile(r"(?<!\S)à(?: (?:anh|chị|em|bác|cô|chú|cháu|con|bạn))*$")
_CALLING = spelt(r"ơi")
_THEM = (
    r"(?:các )?(?:anh chị|anh|chị|em|bác|cô|chú|cháu|bạn|con|"
    r"cả nhà|nhà mình|mọi người|bà con|sếp|đội trưởng|bot|ad|đồng chí)"
)
_THANKS = spelt(rf"(?:(?:dạ|vâng|xin) )*(?:cảm|cám) ơn(?: {_THEM})?(?: (?:nhiều|nhé|ạ|nha))*").pattern
_GREETING = re.compile(
    rf"^(?:{_THANKS})|(?:{_THANKS})$|"
    rf"^(?:{spelt(rf'(?:(?:dạ|em|thưa|chào|vâng) )*{_THEM} ơi').pattern})|"
    rf"(?:{spelt(rf'(?:(?:nha|nhé|nghen|ạ) )*{_THEM} ơi(?: (?:ạ|nhé))*').pattern})$"
)
# Words that would change the meaning, left unclaimed.
_KIN = spelt("vợ|chồng|mẹ|bố|con|ông|bà")
_LOOSE = spelt(r"không|chưa|cài|vắng|hẹn|từ chối|đăng ký|nhưng|chứ|mai|mốt|nên|ơi|sau|lỗi|được")
_RUNS_ON_WELL = spelt(
    r"vì|do|tại|bởi|lý|lí|ạ|nhé|nha|nhá|em|cháu|đâu|luôn|và|cho|app|a|ghi|note|thôi|nghen|nghe|hộ|giúp|dùm|giùm|nốt|mới|"
    r"á|hết|cả|nà|hen|nhen|đó|đấy"
)
# "mai em quay lại nhà 12" is the volunteer's plan, not what was said at the door; "bao toi" is "bảo tối" or "bảo tôi".
_OWN_PLAN = spelt(
    r"(?:em|mình|cháu|tôi|tụi em|bọn em|toi)(?: (?:sẽ|lại|phải|cần))* (?:quay lại|qua|sang|ghé|đến|vào)(?: lại)?|"
    r"gặp (?:nhau )?(?:ở|tại)"
)
_HARMLESS = spelt(
    r"bảo|kêu|nói|gọi|cửa|cổng|bấm|chuông|gõ|mãi|mấy|cả|đều|hai|ba|cụ|già|người|lớn|vẫn|lần|\d|chồng|vợ|mần|con|trai|"
    r"gái|chủ|thứ|bác|ông|bà|nhiều|rất|lại|cứ|họ|thấy|có|cũng|mọi|các|toàn|cô|chú|anh|chị|đ|đc|đồng|chí|thành|"
    r"viên|ấy|bả|bển|dâu|rể|ổng|thuê|trọ|ảnh|hắn|hoài|riết|"
    r"tuổi|neo|đơn|yếu|ốm|\d{2}|hiện|chê|phiền|phức|ngại|sợ|lừa|đảo|người ta|ta|rắc|rối"
)
_COUNTED_ALONG = spelt(r"tuổi|lần|tầng")
_COUNTED_AHEAD = spelt(r"lần|thứ")
_INSTALLED = spelt(r"cài|cài đặt|tải|app|tài khoản")
_LONG_AGO = spelt(r"từ|hồi|năm ngoái|(?:năm|tháng|đợt|tuần) trước|lâu|trước đây|ngày xưa")
_AGE = spelt(r"\d{2,3} tuổi|(?:đã|hơn|gần|ngoài) \d{2} tuổi")
_COLLEAGUES = spelt(r"anh|chị|a|c")
_COLLEAGUE = spelt(r"em|e|cháu")
_ABSENT = spelt(r"(?<!đi )vắng|vắng nhà|không có nhà|khoá cửa|không ai")


def courtesies(line: Line) -> set[int]:
    """The words that only greet or thank whoever reads: "chị ơi" at the head of a line or its end."""
    return {place for _, places in line.find(_GREETING) for place in places}


def asks(line: Line, verdict: Verdict, taken: Set[int]) -> bool:
    """Whether the line asks or calls somebody instead of telling."""
    if "?" in line.text or any(_CALLING.fullmatch(w.full) for p, w in enumerate(line.words) if p not in taken):
        return True
    told = " ".join(word.full for word in line.words if word.is_word)
    return bool(verdict.claims) and bool(_ASKED.search(told) or _ASKED_PLAINLY.search(told))


def may_be_gossip(line: Line, house: range, verdict: Verdict, *, has_day: bool, has_phone: bool) -> bool:
    """ "chị Lan đi vắng" may be about a colleague: told by a name alone, only what happens at doors is a record."""
    if not house or has_phone:
        return False
    sayings = said(line, sorted(verdict.places))
    is_elder = not _COLLEAGUES.fullmatch(line.words[house.start].full)
    away = verdict.code in ("come_back", "nobody_home") and not has_day
    away &= not (_ABSENT.search(line.said) and (is_elder or len(house) > len(("chị", "Thu"))))
    idle = verdict.code == "installed" and not _INSTALLED.search(sayings)
    return away or idle or bool(_COLLEAGUE.fullmatch(line.words[house.start].full))


def is_doubtful(
    line: Line, verdict: Verdict, left: list[range], taken: Set[int], people: Set[int], by_name: bool
) -> bool:
    """Whether words stand in the line that could mean something else than was read.

    `left` are the runs of words nobody claimed, `people` the words that name somebody, `by_name` says that the house is
    told by a name alone.
    """
    loose = said(line, [place for run in left for place in run])
    told = said(line, [place for place in range(len(line.words)) if place not in people | verdict.places])
    return (
        bool(_DOUBT.search(told) or _PLEA.search(line.said) or _LOOSE.search(_without_therefore(loose, left, verdict)))
        or (verdict.code == "installed" and bool(_LONG_AGO.search(loose)))
        or any(_QUESTION.fullmatch(word) for word in _WHENEVER.sub("", loose).split())
        or sum(map(len, left)) > _MOST_LEFT
        or _has_loose_number(line, taken)
        or bool(_LEFT_DIGITS.search(loose))
        or (verdict.code == "come_back" and bool(_OWN_PLAN.search(line.said)))
        or _is_denied(line, verdict)
        or (
            verdict.code != "come_back"
            and len({claim.code for claim in verdict.claims}) > 1
            and len(set(_KIN.findall(loose))) > 1
        )
        or is_institution(line)
        or (verdict.code != "no_vneid2" and is_other_errand(loose))
        or (by_name and all(said(line, claim.places) in ("chưa", "chua") for claim in verdict.claims))
        or _is_rumour(line, verdict, left, by_name)
    )


def runs_on(line: Line, verdict: Verdict, unclaimed: Set[int], reason: range) -> bool:
    """Whether a saying too short to be sure of runs on into words nobody knows: "chưa có đ danh", "cài hụt".

    Inside the `reason` somebody gave, only the first saying must be sure: the rest are own words.
    """
    checked = [claim for claim in verdict.claims if claim is verdict.claims[0] or claim.places.start not in reason]
    return any(_runs_on(line, claim, unclaimed) for claim in checked)


def _runs_on(line: Line, claim: Claim, unclaimed: Set[int]) -> bool:
    is_short = not claim.clear or said(line, claim.places) in ("cài", "cai")
    after = claim.places.stop
    return is_short and after in unclaimed and not _RUNS_ON_WELL.fullmatch(line.words[after].full)


def _without_therefore(loose: str, left: list[range], verdict: Verdict) -> str:
    """ "không tin nên không cài": a "nên" from one saying to the next is no doubt."""
    joins = [run for run in left if len(run) == 1 and {run.start - 1, run.stop} <= verdict.places]
    return re.sub(r"\b(?:nên|nen)\b", "", loose, count=len(joins)) if joins else loose


def _has_loose_number(line: Line, taken: Set[int]) -> bool:
    """Whether a number means nobody knows what: not an age, not the third try."""
    words = ["", *(word.full for word in line.words), ""]
    return any(
        not _COUNTED_ALONG.fullmatch(words[place + 2]) and not _COUNTED_AHEAD.fullmatch(words[place])
        for place in bare_numbers(line, taken)
    )


def _is_rumour(line: Line, verdict: Verdict, left: list[range], by_name: bool) -> bool:
    """Whether words stand unexplained where a plain record has none: ahead of what happened, or beside a mere name."""
    told = min((claim.places.start for claim in verdict.claims), default=0)
    last = max((claim.places.stop for claim in verdict.claims), default=0)
    goes_on = line.words[last].full if last < len(line.words) else ""
    between = any(run.stop <= told and _joins_on(line, run) and not _is_harmless(line, run) for run in left)
    beside = by_name and any(
        line.words[run.start - 1].is_word and not _AGE.fullmatch(said(line, run)) for run in left if run.start
    )
    return between or beside or goes_on in ("thì", "thi")


def _is_denied(line: Line, verdict: Verdict) -> bool:
    """ "chưa từ chối": a lone "chưa" that runs into another saying denies it."""
    bare = [claim.places.stop for claim in verdict.claims if said(line, claim.places) in ("chưa", "chua")]
    return any(claim.places.start in bare for claim in verdict.claims)


def _is_harmless(line: Line, run: range) -> bool:
    return all(_HARMLESS.fullmatch(line.words[place].full) for place in run)


def _joins_on(line: Line, run: range) -> bool:
    """Whether no comma or stop sets the words apart from what follows."""
    return run.stop >= len(line.words) or line.words[run.stop].is_word
