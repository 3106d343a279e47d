"""What is said beside the outcome: of somebody else in the house, why it went so, what another office said.

The first clear saying about the app is the household's; what stands behind it only to explain it is set aside, and
kept in own words.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rules.grammar.core import tail_of
from rules.grammar.words import Line, said, spelt

DONE = ("installed", "had_it")
ASIDE = "busy"  # what says why, or of whom, and nothing of what came of it
DENIED = "denied"  # "vắng chứ không phải từ chối": what it was not
# The reason a household gives is more than that it did not install or would not.
REASONS = ("no_smartphone", "no_vneid2")
# "bố mẹ xài cục gạch" beside "cài 1 người": of one of them, and no word of the household's.
_A_MEMBER = spelt(
    r"(?:.* )?(?:còn |nhưng )?(?:(?:hai|2|mấy|các|cả) )?"
    r"(?:vợ|chồng|bố|mẹ|bố mẹ|ông bà|ông|bà|cụ|con|con trai|con gái|cháu)(?: \S+){0,3}|"
    r"(?:còn |riêng |nhưng )*(?:(?:\d{1,2}|một|hai|ba|mấy) (?:người|cháu|đứa|em|máy|cụ|cái|bạn)|máy)"
    r"(?: (?:thứ \S+|kia|còn lại|nữa|còn|thì|nhỏ|già))*"
)
_OF_ONE = ("not_done", "nobody_home", "refused")
_COUNTED = spelt(r"(?:\d{1,2}|một|hai|ba|bốn|năm|sáu) (?:người|máy|tài khoản|điện thoại|khẩu|nhân khẩu|cháu|bạn)")
# At the head of a clause they are one of the house, and not the one who answered the door.
_ANOTHER = spelt(
    r"(?:(?:còn|nhưng|mà|riêng|một|hai|mấy|các|mỗi|chỉ|có|thằng|đứa|ông|bà|\d) )*"
    r"(?:vợ(?! chồng)|chồng|con|cháu|bố|mẹ|(?:bác|ông|bà|cô|chú|anh|chị) (?:trai|gái|nhà)|ông xã|bà xã)"
    r"(?: [^\s,.;]+){0,6}|"
    r"(?:(?:còn|nhưng|mà|riêng) )*(?:(?:thằng|đứa|cậu) \S+|"
    r"(?:ông|bà|cụ|bác|cô|chú|anh|chị|dì|mợ)(?: \S+)? (?:giữ|cầm|mang|đem|lấy|mượn|xách)|"
    r"máy (?:kia|thứ \d|còn lại|vợ|chồng|con|cháu|bố|mẹ))(?: [^\s,.;]+){0,6}"
)
_ELSEWHERE = spelt(r"công an|ca|xã|phường|huyện|quận|trung tâm|bên")
_ONCE = spelt(r"bao giờ|khi nào|khi|lúc nào|chừng nào|chờ|đợi|phải|bắt buộc|về|được|có")
_SOON = spelt(r"mai|mốt|tối|chiều|sáng|nay|lát|tí|sắp|đang|đêm|trưa")
_BECAUSE = spelt(r"vì|do|tại|bởi")
_NO_LONGER_WHY = spelt(r"nhưng|song|nên")
_ONLY_USE = spelt(r"(?:chưa|không)(?: (?:biết|rành|quen|thạo)) (?:dùng|xài|sử dụng|thao tác)")
_NOT_YET = spelt(r"(?:vẫn |còn )?(?:chưa|không)")
_SIGNS = frozenset(",;.:()-–—")


@dataclass(frozen=True, slots=True)
class Claim:
    """One saying in a line: the code it means, whether it is clear by itself, and its words."""

    code: str
    clear: bool
    places: range


def first_told(claims: Iterable[Claim]) -> Claim | None:
    """The first saying that tells the outcome."""
    return next((claim for claim in claims if claim.code not in (ASIDE, DENIED, "planned")), None)


def with_asides(line: Line, claims: list[Claim]) -> list[Claim]:
    """The claims; what stands behind the core only to explain it is set aside."""
    first = first_told(claims)
    tail = tail_of(line, first.places if first else range(0))
    return [_aside(line, claim, claims, first, tail) if first and claim is not first else claim for claim in claims]


def _aside(line: Line, claim: Claim, claims: list[Claim], first: Claim, tail: int) -> Claim:
    is_behind = claim.places.start >= tail
    is_open = claim.code == "planned" and not _SOON.search(said(line, claim.places))
    if is_behind and is_open and first.code not in DONE:
        return replace(claim, code=ASIDE)  # "chưa cài, bảo để con về cài"
    if claim.code == "come_back" and first.code in REASONS and _is_elsewhere(line, claim, first):
        return replace(claim, code=ASIDE)  # "chưa có mức 2, công an hẹn tháng sau"
    if is_behind and _is_to_come(line, claim, first):
        return replace(claim, code=ASIDE)  # "từ chối, bảo bao giờ bắt buộc mới cài"
    if is_behind and (_explains(line, claim, first) or _is_another_s(line, claim, first)):
        return replace(claim, code=ASIDE)
    return _aside_of_a_member(line, claim, claims)


def _is_to_come(line: Line, claim: Claim, first: Claim) -> bool:
    words = said(line, claim.places).split()
    before = said(line, range(first.places.stop, claim.places.start))
    is_then = words[0] in ("mới", "moi") or before.endswith((" mới", " moi"))
    return first.code not in DONE and claim.code == "installed" and is_then and bool(_ONCE.search(before))


def _is_elsewhere(line: Line, claim: Claim, first: Claim) -> bool:
    around = said(line, [*range(first.places.stop, claim.places.start), *range(claim.places.stop, len(line.words))])
    return bool(_ELSEWHERE.search(around))


def _explains(line: Line, claim: Claim, first: Claim) -> bool:
    """ "đã cài, lâu vì mạng chậm", "từ chối vì chồng đi vắng", "cài rồi nhưng chưa biết dùng"."""
    between = said(line, range(first.places.stop, claim.places.start))
    because = list(_BECAUSE.finditer(between))
    is_why = bool(because) and not _NO_LONGER_WHY.search(between[because[-1].end() :])
    if first.code in DONE:
        is_use = claim.code == "not_done" and bool(
            _ONLY_USE.match(said(line, range(claim.places.start, _end(line, claim))))
        )
        return is_use or (is_why and claim.code in (*REASONS, "not_done", "nobody_home"))
    return is_why and first.code == "refused" and claim.code == "nobody_home"


def _end(line: Line, claim: Claim) -> int:
    """Where the clause of a saying ends."""
    end = claim.places.stop
    while end < len(line.words) and line.words[end].typed not in _SIGNS:
        end += 1
    return end


def _is_another_s(line: Line, claim: Claim, first: Claim) -> bool:
    """ "chưa cài, con trai cầm máy đi làm", "cài cho bác gái, bác trai không có nhà": of another one of the house."""
    if first.code not in (*DONE, "not_done"):
        return False
    codes = (*REASONS, "nobody_home", "not_done") if first.code in DONE else ("nobody_home",)
    is_mere = bool(_NOT_YET.match(said(line, claim.places))) and _end(line, claim) == claim.places.stop
    if claim.code == "not_done" and is_mere:
        return False  # "vợ cài rồi, chồng chưa"
    start = claim.places.start
    while start > first.places.stop and line.words[start - 1].typed not in _SIGNS and line.words[start].full != "còn":
        start -= 1
    subject = said(line, range(start, claim.places.start))
    return claim.code in codes and start > first.places.stop and bool(_ANOTHER.fullmatch(subject))


def _aside_of_a_member(line: Line, claim: Claim, claims: list[Claim]) -> Claim:
    """Somebody installed, and a clause of its own says that another of the house has no phone for it."""
    start = claim.places.start
    said_before = {place for other in claims for place in other.places}
    while start and line.words[start - 1].is_word and start - 1 not in said_before:
        start -= 1
    codes: tuple[str, ...] = (*REASONS, "had_it")
    if claim.code in _OF_ONE and _COUNTED.search(said(line, range(start))):
        codes = (*codes, *_OF_ONE)  # "cài 2 người, còn 1 cháu chưa đủ tuổi"
    if claim.code not in codes or not any(other.code in DONE for other in claims if other is not claim):
        return claim
    is_clause = start == 0 or not line.words[start - 1].is_word
    subject = said(line, range(start, claim.places.start))
    is_of_one = _A_MEMBER.fullmatch(subject) or _is_a_phone(line, claim, subject)
    return replace(claim, code=ASIDE) if is_clause and is_of_one else claim


def _is_a_phone(line: Line, claim: Claim, subject: str) -> bool:
    """ "cài 3 máy, 1 máy lỗi": the number of phones stands ahead of what is said of them."""
    return subject.isdigit() and line.words[claim.places.start].full in ("máy", "may", "điện thoại")
