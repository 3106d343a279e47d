"""Where a proper name ends: the words that lead to one, and those that never belong to one."""

import re

from rules.grammar.words import Line, spelt
from rules.spelling import plain

HONORIFIC = frozenset(
    re.findall(
        r"\w+", "ông bà anh chị cô chú bác bá dượng cụ dì thím mợ cậu mệ thầy o ô b a c e em cháu sư vợ chồng bố mẹ"
    )
)
HOME = frozenset(["nhà", "hộ", "gđ", "gia", "nha", "ho", "gd"])
# Of somebody who is named: "vợ anh Dũng" is not Dũng.
RELATIONS = frozenset(["vợ", "chồng", "bố", "mẹ"])
ALLEY = r"ngõ|ngách|hẻm|kiệt|dãy|block|toà|tầng|đường|phố|chung cư"
ALLEY_WORD = spelt(ALLEY)
STREET = spelt(r"đường|phố|ngõ|hẻm|chung cư|toà|dãy|block")
_NO_UNIT_NAME = spelt(
    r"mình|em|ta|tôi|cháu|này|đó|kia|nào|bên|trưởng|phó|viên|chức|công|vực|khác|đội|lại|ơi|nhà|tuần|trên|dưới|từ|khoá|cửa|gặp|tải|bận|đóng|kiên|đủ|cả|nhất|quay|gọi|gõ|mấy|quên|gì|bao"
)
_OF_A_PLACE = spelt(r"chùa|đình|chợ|cầu|giếng|đền|miếu|ga|hồ|bến|trại|gò")
STOPS = frozenset(
    re.findall(
        r"\w+",
        "đã chưa có thì là bị vì do tại bởi hôm ngày sdt sđt không vẫn cũng mới vừa đang được hẹn bảo nói kêu nhờ rồi "
        "xong nhưng mà và còn với để thôi nhé nha ạ cho đi sẽ nên tự cài gọi điện máy tên note lúc nay báo xin "
        "dùng toàn chỉ đều hình chắc nghe nếu hay vắng hỏi ghi nhầm sống thuê hoặc các những sợ ngại lo",
    )
)
PLAIN_STOPS = frozenset(map(plain, STOPS)) - {
    "la",
    "chi",
    "tai",
    "tu",
    "do",
    "vi",
    "va",
    "con",
    "nay",
    "may",
    "ten",
    "cho",
    "luc",
}


def name_end(line: Line, start: int, most: int) -> int:
    """Where a proper name ends that begins at `start`: its capitals, or in a small-letter line one word."""
    end = start
    if start + 1 < len(line.words) and _OF_A_PLACE.fullmatch(line.words[start].full) and line.words[start + 1].capital:
        end = start + 1  # "ngõ chùa Đỏ"
    while end < min(len(line.words), start + most) and line.words[end].is_word and line.words[end].capital:
        end += 1
    if end > start or start >= len(line.words):
        return end
    word = line.words[start]
    is_name = word.typed.isalpha() and word.full not in STOPS | HONORIFIC | HOME
    is_name = is_name and not _NO_UNIT_NAME.fullmatch(word.full)
    return start + 1 if is_name and line.words[start - 1].typed.islower() else start
