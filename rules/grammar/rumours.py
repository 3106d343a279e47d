"""What sounds like a record and may be gossip: somebody told by a name alone, words where a plain record has none."""

from collections.abc import Set
from itertools import pairwise

from rules.grammar.doors import OF_THE_CLOCK
from rules.grammar.house_words import is_goods
from rules.grammar.outcomes import Verdict
from rules.grammar.people import honors
from rules.grammar.words import Line, said, spelt

_HARMLESS = spelt(
    r"bảo|kêu|nói|gọi|cửa|cổng|bấm|chuông|gõ|mãi|mấy|cả|đều|hai|ba|cụ|già|người|lớn|vẫn|lần|\d|chồng|vợ|mần|con|trai|"
    r"gái|chủ|thứ|bác|ông|bà|nhiều|rất|lại|cứ|họ|thấy|có|cũng|mọi|các|toàn|cô|chú|anh|chị|đ|đc|đồng|chí|thành|"
    r"viên|ấy|bả|bển|dâu|rể|ổng|thuê|trọ|ảnh|hắn|hoài|riết|"
    r"tuổi|neo|đơn|yếu|ốm|\d{2}|hiện|chê|phiền|phức|ngại|sợ|lừa|đảo|người ta|ta|rắc|rối|gia|đình|"
    r"em|e|cháu|mình|làm|đến|tới|app|ứng|dụng"
)
_BESIDE = spelt(
    r"(?:(?:ở|ngay) )?(?:sát vách|sát bên|bên cạnh|kế bên|liền kề|ngay cạnh|cạnh đó|gần đó|đối diện|kề bên)|"
    r"tầng \d{1,2}"
)
_INSTALLED = spelt(r"cài|cài đặt|tải|app|tài khoản")
_AGE = spelt(r"\d{2,3} tuổi|(?:đã|hơn|gần|ngoài) \d{2} tuổi")
_COLLEAGUES = spelt(r"anh|chị|a|c")
_COLLEAGUE = spelt(r"em|e|cháu")
_LANDMARK = spelt(r"cầu|cây|gốc|góc|gần|cạnh|cổng|đầu|cuối|sau|bên|ngã|bờ|ngõ")
_ANYBODY_S = spelt(
    r"một|mấy|nữa|thêm|phụ huynh|hàng xóm|chủ nhà|chủ hộ|cuối cùng|còn lại|tiếp theo|kế|bên|học sinh|"
    r"người quen|họ hàng|gái|trai|cả|các|mọi|hai|toàn|mỗi|từng|vợ|chồng|già|trẻ"
)
_TRADE = spelt(r"bán|sửa|thợ|hàng|hội|cựu|giáo|buôn|lái|may|nấu|tạp|tổ|bí|chi|xe|phụ|thương|cán|y|bác sĩ|cắt")
_CANNOT = ("no_smartphone", "no_vneid2", "not_done", "refused")
_PART_OF_A_WAY = spelt(r"(?:đầu|cuối|giữa) (?:ngõ|xóm|làng|phố|chợ|đê)$")
_LATER_ON = spelt(r"(?:(?:để|đến|sang|đầu|cuối|giữa) )*(?:tuần|tháng) (?:sau|tới|này)|để|đến")
_INVITES = spelt(r"(?:đông khách|bận|mệt|mời|bảo|kêu|xin|đang|dở|tay| )+")
_NOT_WHY = spelt(r"bảo|nói|kêu|nghe|nhà|hộ|bên|xóm|khách|thuê|kể|mà|thì|nào|gì|hết|lại|còn|chỉ|đều|cả|mấy")
_WHERE_IT_IS = spelt(r"cạnh|gần|đầu|cuối|sau|trước|đối|góc|ngã|sát|kế|giữa|trên|dưới|trong|ngoài|ở|tại|bên|phía|cổng")
_WITH_US = spelt(r"hẹn (?:gặp )?(?:em|mình|cháu|tôi|chị em|anh em|bọn em|cả nhóm)")  # "chị Hà hẹn em 8h mai"
_KNOWN_PLACE = spelt(
    r"cạnh|gần|đầu|cuối|sau|trước|đối|góc|ngã|giữa|trên|dưới|cổng|cầu|chợ|đình|chùa|ngõ|hẻm|quán|tiệm|trọ|mái|tầng"
)
_UNIT = spelt(r"thôn|xóm|ấp")
_MOST_UNMARKED = 2  # words of a landmark or a trade behind a name
_OFFICE = spelt(r"trưởng|phó|thư")  # "bác trưởng thôn cũ" is one person
_TITLE = spelt(r"trưởng|phó|chủ tịch|bí thư|cán bộ|công an")
_TOGETHER = spelt(r"(?:đi|làm) (?:tiếp|cùng|nốt|thay)|hẹn (?:[^ ,.;]+ ){1,4}đi$")  # "bác Lượng hẹn mai đi"
# Whoever speaks to all of them speaks of herself.
_SPOKEN_TO = spelt(
    r"các (?:cháu|em|bạn|anh|chị|bác|cô|chú|con)|mọi người|thông cảm|cả (?:tổ|nhóm|đội)|anh em|chị em|bà con"
)
_FEWEST_TOLD = 3  # words of somebody told by more than a name: "cô Mùi bán xôi"
_ABSENT = spelt(
    r"(?<!đi )vắng|vắng nhà|không có nhà|(?:khoá|đóng) (?:cửa|cổng)|(?:cửa|cổng) (?:khoá|đóng)|không(?: có)? ai"
)


def may_be_gossip(
    line: Line, house: range, verdict: Verdict, *, has_day: bool, has_phone: bool, has_count: bool
) -> bool:
    """ "chị Lan đi vắng" may be about a colleague: told by a name alone, only what happens at doors is a record."""
    if not house or has_phone:
        return False
    sayings = said(line, sorted(verdict.places))
    if _TITLE.search(said(line, house)) and not any(line.words[place].capital for place in house):
        return True
    if _SPOKEN_TO.search(said(line, [place for place in range(len(line.words)) if place not in house])):
        return True
    if _TOGETHER.search(line.said):
        return True
    is_elder = not _COLLEAGUES.fullmatch(line.words[house.start].full)
    away = verdict.code in ("come_back", "nobody_home") and not has_day
    away &= not (_ABSENT.search(line.said) and (is_elder or len(house) > len(("chị", "Thu"))))
    away &= not (len(house) > _FEWEST_TOLD and verdict.code == "nobody_home")
    away |= not is_elder and bool(_WITH_US.search(line.said))
    idle = (
        not (has_count and len(house) > _FEWEST_TOLD) and verdict.code == "installed" and not _INSTALLED.search(sayings)
    )
    return away or idle or bool(_COLLEAGUE.fullmatch(line.words[house.start].full))


def is_rumour(line: Line, verdict: Verdict, left: list[range], people: Set[int], *, by_name: bool) -> bool:
    """Whether words stand unexplained where a plain record has none: ahead of what happened, or beside a mere name."""
    told = min((claim.places.start for claim in verdict.claims), default=0)
    last = max((claim.places.stop for claim in verdict.claims), default=0)
    goes_on = line.words[last].full if last < len(line.words) else ""
    ahead = [run for run in left if run.stop <= told and _joins_on(line, run, told)]
    between = any(not _explains_itself(line, verdict, run, people) for run in ahead)
    beside = by_name and any(
        line.words[run.start - 1].is_word
        and not (_AGE.fullmatch(said(line, run)) or _invites(line, verdict, run, people))
        for run in left
        if run.start
    )
    return between or beside or goes_on in ("thì", "thi")


def _invites(line: Line, verdict: Verdict, run: range, people: Set[int]) -> bool:
    """ "bác Nghị thuốc lào mời mai quay lại": beside somebody told by more than a name."""
    is_asked = verdict.code == "come_back" and len(people) >= _FEWEST_TOLD and run.start - 1 in people
    return is_asked and bool(_INVITES.fullmatch(said(line, run)))


def has_nameless_landmark(line: Line, house: range) -> bool:
    """ "nha ong Bay cau da hen": the landmark's own name was taken for another word, "cầu Đá" for "cầu đã"."""
    behind = line.words[house.stop].typed.lower() if house.stop < len(line.words) else ""
    if len(house) > 2 and _PART_OF_A_WAY.search(said(line, house)):
        return False
    if house and behind == "đa" and _LANDMARK.fullmatch(line.words[house[-1]].full):
        return True
    capitals = [place for place in house if line.words[place].capital]
    if capitals and line.text.isascii() and house.stop - 1 - capitals[-1] > _MOST_UNMARKED:
        return True  # "nha ba Mui ban xoi so lua dao"
    return len(house) > 1 and line.text.isascii() and bool(_LANDMARK.fullmatch(line.words[house[-1]].full))


def _explains_itself(line: Line, verdict: Verdict, run: range, people: Set[int]) -> bool:
    return (
        bool(_BESIDE.fullmatch(said(line, run)))
        or (verdict.code == "come_back" and bool(_LATER_ON.fullmatch(said(line, run))))
        or _is_harmless(line, run)
        or _invites(line, verdict, run, people)
        or _is_trade(line, run, people)
        or _is_why(line, verdict, run)
    )


def _is_trade(line: Line, run: range, people: Set[int]) -> bool:
    """ "cô Nhàn bán bún": behind a name, what she does."""
    is_one = bool(_TRADE.fullmatch(line.words[run.start].full)) or is_goods(line, run.start)
    return run.start - 1 in people and is_one


def _is_why(line: Line, verdict: Verdict, run: range) -> bool:
    """ "nhà 41 mắt kém không dùng điện thoại": ahead of what they cannot do stands why, in words without a name."""
    words = [line.words[place] for place in run]
    return (
        verdict.code in _CANNOT
        and len(words) > 1
        and not any(word.capital or _NOT_WHY.fullmatch(word.full) for word in words)
        and not _WHERE_IT_IS.fullmatch(words[0].full)
    )


def is_anybody_s(line: Line, house: range) -> bool:
    """ "cho gia đình một phụ huynh", "thêm nhà nữa": small words that name nobody and no place.

    Without marks only a form of address or a landmark makes a household of them: "nha luc nay" is none.
    """
    words = [line.words[place] for place in house]
    is_plain = line.text.isascii() and not any(word.capital for word in words)
    is_told = any(honors(line, place) or _KNOWN_PLACE.fullmatch(line.words[place].full) for place in house)
    is_in_a_unit = any(
        _UNIT.fullmatch(word.full) and not _OFFICE.fullmatch(before.full) for before, word in pairwise(words[1:-1])
    )
    if (is_plain and not is_told) or is_in_a_unit:
        return True
    return not any(word.capital for word in words) and bool(_ANYBODY_S.search(said(line, house)))


def _is_harmless(line: Line, run: range) -> bool:
    words = [line.words[place].full for place in run]
    return all(_HARMLESS.fullmatch(word) or OF_THE_CLOCK.fullmatch(word) for word in words)


def _joins_on(line: Line, run: range, told: int) -> bool:
    """Whether no comma or stop sets the words apart from what follows."""
    return all(line.words[place].is_word for place in range(run.stop, told))
