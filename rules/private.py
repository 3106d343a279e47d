"""What we must not hold: identity cards, bank cards and one-time codes typed where they do not belong."""

import re
from typing import Literal

from rules import phones
from rules.spelling import plain

Forbidden = Literal["", "cccd", "card", "otp"]

_OTP = re.compile(
    r"\b(?:otp|ma (?:xac (?:thuc|nhan|minh)|kich hoat|dang nhap|pin|bao mat))\b[^\d]{0,20}\d(?:[ .\-]?\d){3,7}\b"
)
_CARD_WORD = re.compile(
    r"\b(?:stk|so (?:the|tai khoan)|the (?:ngan hang|atm|tin dung|visa)|tai khoan)\b[^\d]{0,30}\d{6}"
)
_ID_WORD = re.compile(r"\b(?:cccd|cmnd|cmt|cmtnd|can cuoc(?: cong dan)?|chung minh(?: nhan dan| thu)?|so dinh danh)\b")
_ID_AFTER = re.compile(r"[^\d]{0,30}\d(?:[ .\-]?\d){8,11}(?!\d)")
_LONG = re.compile(r"(?<![\d/])\d(?:[ .\-]?\d){11,18}(?![\d/])")


def forbidden(text: str) -> Forbidden:
    """Which kind of secret this text carries, or "" for none; speaking *about* one ("chưa nhận được OTP") is none.

    An identity card has 12 digits and begins with a province, 001 to 096 (Nghị định 137/2015/NĐ-CP, điều 13);
    a bank card has 16 or 19 that satisfy Luhn, or begins with Napas' 9704.
    """
    said = plain(text)
    if _OTP.search(said):
        return "otp"
    if any(_ID_AFTER.match(said, word.end()) for word in _ID_WORD.finditer(said)):
        return "cccd"
    spoken_for = [range(start, end) for start, end, _ in phones.find(text)]
    for run in _LONG.finditer(said):
        if not any(run.start() in span or run.end() - 1 in span for span in spoken_for):
            kind = _kind(re.sub(r"\D", "", run[0]))
            if kind:
                return kind
    return "card" if _CARD_WORD.search(said) else ""


def _kind(digits: str) -> Forbidden:
    if len(digits) == 12:
        return "cccd" if digits[0] == "0" and 1 <= int(digits[1:3]) <= 96 else ""
    is_card = len(digits) >= 15 and (_luhn(digits) or digits.startswith("9704"))
    return "card" if is_card else ""


def _luhn(digits: str) -> bool:
    doubled = (sum(divmod(int(digit) * 2, 10)) for digit in digits[-2::-2])
    return (sum(doubled) + sum(int(digit) for digit in digits[-1::-2])) % 10 == 0
