"""What a tail of own words may not do: take back what the core said, or guess it."""

from collections.abc import Set

from rules.grammar.outcomes import ASIDE, DONE, Verdict
from rules.grammar.words import Line, said, spelt

# Behind a clear "vắng" they only guess where to: "vắng, chắc đi làm".
HEDGE = spelt(r"hình như|hình như là|chắc|chắc là|có lẽ|có khi|nghe nói|nghe bảo|nghe đâu|có vẻ|dường như|thấy bảo|đồn")
_FEWEST_OWN = 4  # words behind a guess, or it is the outcome that is guessed
_CONTRADICTS = spelt(
    r"không phải(?! (?:cài|làm|tải|lo|nhà|ai))|nhầm|lộn|sai(?! (?:mật khẩu|pass|mã|otp|số))|hoặc|hay là|hay sao|"
    r"lại thôi|bỏ dở|không chắc|chưa chắc|một nửa|nửa|ví dụ|giả sử|gần xong|chưa xong"
)
_WENT_WRONG = spelt(
    r"lỗi|thất bại|trục trặc|bị treo|(?:đợi|chờ) (?:mã|otp|tin nhắn|duyệt|xác)|chưa xong|không xong|dở|một nửa"
)
_YET = spelt(
    r"(?:nhưng|mà|song|nhưng mà)(?: \S+){0,2} (?:không|chưa|chẳng|chả|quên)"
    r"(?! (?:cho|lấy|xin|có|nhớ|để|báo|gửi)(?: \S+)? (?:số|sđt|sdt|ảnh|chữ ký))(?: .*)?"
)
_TAKEN_OFF = spelt(r"gỡ|xoá")


def is_contradicted(line: Line, verdict: Verdict, known: Set[int], tail: int) -> bool:
    """Whether the tail takes back or guesses what the core said: "đã cài, xoá rồi", "đã cài, hình như thế"."""
    told = said(line, [place for place in range(len(line.words)) if place not in known])
    behind = said(line, [place for place in range(tail, len(line.words)) if place not in known])
    if _CONTRADICTS.search(behind) or (verdict.code in DONE and _TAKEN_OFF.search(told)):
        return True
    aside = {place for claim in verdict.claims if claim.code == ASIDE for place in claim.places}
    goes_on = said(line, [place for place in range(tail, len(line.words)) if place not in aside]).lstrip(" ,;.-")
    if verdict.code in DONE and _YET.match(goes_on):
        return True
    if verdict.code in DONE and _WENT_WRONG.search(behind):
        return True
    hedge = HEDGE.search(behind) if verdict.code in DONE else None
    return hedge is not None and len(behind[hedge.end() :].split()) < _FEWEST_OWN
