"""Goods, trees and places that sound like words of ours: "bánh đa", "giò chả", "cạnh chùa", "xe tải", "sân kho".

Behind their openers they are what a house is told by. Where no mark tells and either could be meant, it is asked about.
"""

import re

from rules.grammar.words import Line, spelt
from rules.spelling import plain

_ALIKE = spelt(
    r"(?:bánh|gốc|cây|lá) (?P<a>đa)|"
    r"(?:cầu|giếng|nước|trà|bia|đập|xay|cắt|mỏ|bán|thợ|bến|cổng|sân|cối|làm|đục|đẽo|bóng|bãi|kè) (?P<b>đá)|"
    r"(?:giò|bún|nem|bán|làm|hàng|quán) (?P<c>chả)|"
    r"(?:cạnh|gần|sau|trước|cổng|ngõ|đầu|cuối|giáp|sát|sân|góc|hồ|ao|cầu|bến|giếng|diện|ngay|"
    r"sữa|dưa|cà|măng|nem) (?P<d>chùa|chua)|"
    r"(?:bán|buôn|hàng|củ|bột|trồng|ruộng) (?P<e>sắn)|"
    r"(?P<f>sân)(?= (?:kho|bóng|đình|chùa|vận|phơi|bay|golf|trường|đá))|"
    r"(?:tiệm|hàng|bán|buôn|thợ|rượu) (?P<g>vàng|vang)|(?P<h>vàng)(?= (?:mã|bạc|hương))|"
    r"(?:bán|cháo|buôn|cào|bún|cơm) (?P<i>hến)|(?:xe|vận|chở|lái|ba) (?P<k>tải)|"
    r"(?:lòng|bán|nhồi|cháo) (?P<l>dồi)|(?:cây|quả|gốc) (?P<m>roi)|(?:bán|làm|bó|buôn) (?P<n>chổi)|"
    r"(?:hoa|cây|quả|giàn) (?P<o>không|hồng)|(?:quán|hàng|bán|nồi) (?P<p>lẩu)|đu (?P<q>đủ)|(?:bán|đan|hàng) (?P<r>tất)|"
    r"(?:bán|làm|sửa|thợ|đánh) (?P<s>khoá)|(?:bán|hàng|làm|dán) (?P<t>mã)|(?:bán|buôn|giàn) (?P<u>nho)|"
    r"(?:bán|hàng|đúc) (?P<v>nồi)|(?:bán|làm|đổ) (?P<x>nến)|(?:bán|lò|nung) (?P<y>vôi)|(?:thịt|nuôi|bán|lẩu) (?P<z>dê)|"
    r"(?:cạnh|gần|sau|giáp|sát|ngoài|đầu|cuối|chân|bờ|ven) (?P<aa>đê|đền)|(?:sửa|bán|cột) (?P<bb>đèn)|vé (?P<cc>số)|"
    r"(?:nuôi|bán|sửa) (?P<dd>chó)|(?:cắt|bán) (?P<ee>cỏ)|"
    r"(?:bưu|bốt|cột|trạm|thợ|đồ) (?P<ff>điện)|(?P<gg>điện)(?= (?:nước|tử|lạnh))|(?P<hh>về|nghỉ)(?= hưu)|"
    r"(?<=nhà )(?P<ii>có)(?= (?:cây|cổng|mái|giếng|ao|giàn|hàng|sân|gốc|bụi|tường))"
)
_SOUNDS = frozenset(
    re.findall(
        r"\w+",
        "đa đá chả chùa chua sắn sân vàng vang hến tải dồi roi chổi hồng không lẩu đủ tất khoá mã nho nồi nến "
        "vôi dê đê đền đèn số chó cỏ điện về nghỉ có",
    )
)
_SOUNDS |= frozenset(map(plain, _SOUNDS))
_SAFE = spelt(r"đã|chưa|đi|không|từ|vắng|hẹn|vẫn|đang|bảo|kêu|xin")
_SAFE_TREE = spelt(r"đã|chưa|không|bảo|kêu|xin")  # where "da hen" may be "đã hẹn"
_DENIABLE = spelt(r"cài|tải|làm|đăng|có|ai|thấy|muốn|thích|chịu|cần|ở|gặp|được|biết|dùng|cho|tin")
_NEEDS_ONE = frozenset(
    [
        "gốc",
        "goc",
        "cạnh",
        "canh",
        "gần",
        "gan",
        "cổng",
        "cong",
        "vé",
        "ve",
        "xe",
        "cây",
        "cay",
        "hoa",
        "quả",
        "qua",
        "giáp",
        "giap",
    ]
)


def alike(line: Line) -> dict[int, bool]:
    """Where what a house sells or lies by sounds like a word of ours, and whether it is doubtful: "ban banh da cai"."""
    if line.alike is None:
        spans = (
            [_span(found) for found in _ALIKE.finditer(line.said)]
            if any(word.full in _SOUNDS for word in line.words)
            else []
        )
        places = [line.places(*span).start for span in spans]
        line.alike = {place: _may_be_ours(line, place) for place in places}
    return line.alike


def _span(found: re.Match[str]) -> tuple[int, int]:
    return next(found.span(name) for name, what in found.groupdict().items() if what)


def _may_be_ours(line: Line, place: int) -> bool:
    behind = [word.full for word in line.words[place + 1 : place + 4]]
    if line.words[place].full == "chả":
        is_no = bool(behind) and bool(_DENIABLE.fullmatch(behind[0]))
        return is_no and not {"rồi", "xong", "được", "đã"} & set(behind)  # "bán giò chả cài"
    if line.words[place].full in ("sân", "san", "điện", "dien", "về", "ve", "nghỉ", "nghi", "có", "co"):
        return False  # a word of two
    if not line.words[place].typed.isascii() or (place and line.words[place - 1].full in _NEEDS_ONE):
        return False
    safe = _SAFE_TREE if line.words[place].full == "da" else _SAFE
    return not behind or not safe.fullmatch(behind[0])
