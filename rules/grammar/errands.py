"""What else is done from house to house, and who else is called "nhà": none of it is an installation."""

import re

from rules.grammar.words import Line, spelt

# Told of a house, these are another errand: "nhà 12 vắng họp", "đã cài camera", "từ chối nhận gạo".
_OTHER_ERRAND = spelt(
    r"họp|điểm danh|tiêm|tiêm phòng|vắc xin|nhận gạo|phát gạo|đóng góp|cưới|liên hoan|hộ khẩu|tạm trú|sổ đỏ|bảo hiểm|"
    r"(?:đóng|nộp|thu|tiền|mất) (?:rác|điện(?! thoại)|nước|quỹ|học phí)|camera|wifi|win|windows|máy tính|laptop|"
    r"máy lạnh|điều hoà|tivi|đồng hồ|hệ thống|phần mềm kế toán|zalo|facebook|tiktok|phụ huynh|câu cá|bóng đá|đi thi"
)
# Without their marks these are everyday words: "qua", "co", "the", "dam".
_MARKED = re.compile(
    r"(?<!ăn )(?<!bận )(?<!đi )(?<!có )(?<!dở )"  # "bận ăn cỗ" says why
    r"(?<!\S)(?:quà|cỗ|giỗ|tiệc|đám|rác|quỹ|gạo|khách|thợ|thẻ|lớp|kỳ|học|gas)(?!\S)"
)
_INSTITUTION = spelt(
    r"^(?:nhà (?:thầu|(?:thuốc|hàng(?! xóm)|nghỉ)(?! (?:đầu|cuối|cổng|cạnh|gần|đối|ngã))|trường|văn hoá|nước|báo|xe|"
    r"khách|ga|hát|thờ|tang|kho|xưởng|trẻ|mạng|"
    r"đài|sách|cung cấp|tài trợ|đầu tư)|khách sạn|bệnh viện|trạm y tế|siêu thị|trường học|văn phòng)"
)


def is_other_errand(said: str) -> bool:
    """Whether words of a line, written out, speak of another errand than the plan's."""
    return bool(_OTHER_ERRAND.search(said) or _MARKED.search(said))


def is_institution(line: Line) -> bool:
    """Whether the line begins with a "nhà" where nobody lives: "nhà thuốc số 5"."""
    return bool(_INSTITUTION.search(line.said))
