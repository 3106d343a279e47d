"""Vietnamese phone numbers as people write them, read to the one form that is kept: ten digits, or a landline's eleven.

Sources: the 2014 numbering plan (Thông tư 22/2014/TT-BTTTT), the change from eleven to ten mobile digits of 15-9-2018,
the new area codes of 2017.
"""

import re
from dataclasses import dataclass
from typing import Literal

from rules.refusals import Refusal
from rules.spelling import clean, fold, plain

Why = Literal["none", "empty", "letters", "count", "prefix", "old_area", "service", "foreign", "several"]

_MOBILE = re.compile(r"0(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9\d)\d{7}")
_LANDLINE = re.compile(r"0(?:2[48]\d|20[3-9]|21[0-689]|22[0-25-9]|23[2-9]|25[124-9]|26[0-39]|27[0-7]|29[0-4679])\d{7}")
_OLD_MOBILE = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036", "0167": "037", "0168": "038",
    "0169": "039", "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip
# Old area codes that no number of today can begin with at that length, and what they became.
_OLD_AREA = (("0320", 11, "0220"), ("0321", 11, "0221"), ("0350", 11, "0228"), ("0351", 11, "0226"),
             ("0511", 11, "0236"), ("031", 10, "0225"), ("030", 10, "0229"), ("04", 10, "024"))  # fmt: skip
_SERVICE = re.compile(r"1\d{2,3}|1[89]00\d{4,6}")
_NONE_SAID = re.compile(
    r"(?:da |bac |ong |ba |co |chu |nha )*(?:khong|ko|k|hong|hok|chua|kg|kh)"
    r"(?: (?:co|cho|biet|nho|dung|xai|so|sdt|dt|dien|thoai|may|a|nhe|nha))*|none|no|x"
)
# Digits in groups with at most three of " .-()" between them: "+84 (0) 977 144 678" is a run, a table is not.
_RUN = re.compile(r"(?<!\w)(?:\+ ?)?(?:\d|o(?=\d))(?:[ .\-()]{0,3}[\do]){7,19}(?!\w)")
_GROUP = re.compile(r"[\do]+")


@dataclass(frozen=True)
class Phone:
    """One number, digits only, beginning with 0."""

    digits: str

    @property
    def masked(self) -> str:
        """For the eyes of those who need not call: "097*****78"."""
        return f"{self.digits[:3]}{'*' * (len(self.digits) - 5)}{self.digits[-2:]}"


@dataclass
class BadPhone(Refusal):
    """What was said is no phone. `count` is the number of digits; `hint` the new area code when `why` is "old_area".

    `why` "none" means the person says there is no phone, which is an answer and not a mistake.
    """

    said: str
    why: Why
    count: int = 0
    hint: str = ""


def read(text: str) -> Phone:
    """The one phone a field was answered with; words around it do no harm. Raises BadPhone, never anything else."""
    said = clean(text[:4096], most=100_000, compatible=True)
    found = find(said)
    if len({phone for _, _, phone in found}) > 1:
        raise BadPhone(said, "several")
    if found and not _digits_touch(said, *found[0][:2]):
        return found[0][2]
    raise _refusal(said)


def find(text: str) -> list[tuple[int, int, Phone]]:
    """Every phone inside a line, as (start, end, phone) in `text`; a house number before it is left alone."""
    return [hit for run in _RUN.finditer(plain(text)) for hit in _within(run[0], run.start())]


def _within(run: str, start: int) -> list[tuple[int, int, Phone]]:
    """The phones in one run of digit groups: from the left, and of those that begin there the longest."""
    groups = list(_GROUP.finditer(run))
    found, first = [], 0
    while first < len(groups):
        for last in range(len(groups), first, -1):
            phone = _of_groups([group[0].replace("o", "0") for group in groups[first:last]], "+" in run and not first)
            if phone:
                found.append((start + (groups[first].start() if first else 0), start + groups[last - 1].end(), phone))
                first = last - 1
                break
        first += 1
    return found


def _of_groups(groups: list[str], plus: bool) -> Phone | None:
    """The phone these groups spell, unless the first is more likely a house number: "84 0977144678", "9 771 446 78"."""
    digits = "".join(groups)
    if plus:
        return _national(digits[2:]) if digits.startswith("84") else None
    if digits.startswith("0084"):
        return _national(digits[4:])
    if digits.startswith("84") and len(digits) > 10:
        return None if len(groups) > 1 and groups[1].startswith("0") else _national(digits[2:])
    if len(digits) == 9 and not digits.startswith("0"):
        return _valid("0" + digits, _MOBILE) if len(groups[0]) > 2 else None
    return _national(digits) if digits.startswith("0") else None


def _national(digits: str) -> Phone | None:
    digits = digits if digits.startswith("0") else "0" + digits
    if len(digits) == 11 and digits[:4] in _OLD_MOBILE:
        return Phone(_OLD_MOBILE[digits[:4]] + digits[4:])
    return _valid(digits, _MOBILE) or _valid(digits, _LANDLINE)


def _valid(digits: str, numbers: re.Pattern[str]) -> Phone | None:
    return Phone(digits) if numbers.fullmatch(digits) else None


def _digits_touch(said: str, start: int, end: int) -> bool:
    """Whether more digits stand right beside the phone: "0912 345 678 9" is a slip, not a phone and a nine."""
    before, after = said[:start].rstrip(" .-()"), said[end:].lstrip(" .-()")
    return before[-1:].isdigit() or after[:1].isdigit()


def _refusal(said: str) -> BadPhone:
    digits = "".join(re.findall("[0-9]", said))
    if not digits:
        return _without_digits(said)
    if "+" in said and not digits.startswith("84"):
        return BadPhone(said, "foreign", len(digits))
    for old, length, new in _OLD_AREA:
        if digits.startswith(old) and len(digits) == length:
            return BadPhone(said, "old_area", len(digits), new)
    if _SERVICE.fullmatch(digits):
        return BadPhone(said, "service", len(digits))
    return BadPhone(said, "prefix" if _is_whole(digits) else "count", len(digits))


def _without_digits(said: str) -> BadPhone:
    key = fold(said)
    if not key:
        return BadPhone(said, "empty")
    return BadPhone(said, "none" if _NONE_SAID.fullmatch(key) else "letters")


def _is_whole(digits: str) -> bool:
    """Whether the length is right, so that it must be the beginning that is wrong."""
    return len(digits) == 10 or (len(digits) == 11 and digits.startswith("02"))
