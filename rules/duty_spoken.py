"""A duty said in a whole sentence instead of by its word first: "đã phát 2 số tuần này", "18/20 cán bộ đã cài".

Only sentences that say nothing else: what is to come, what was not done and what was last week are left alone.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from rules.plan_parts import Duty
from rules.spelling import fold, plain

_COUNT_WORDS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_NUMBER = rf"(?P<done>\d{{1,6}}|{'|'.join(_COUNT_WORDS)})(?: ?(?:/|tren) ?(?P<total>\d{{1,6}}))?"
_NOW = r"hom nay|tuan nay|thang nay|(?:sang|trua|chieu|toi) nay"
_WHO = r"ben|em|chau|minh|toi|bon em|chung toi|thon|to|xa|phuong|to dan pho|tdp|nha truong|truong|co quan|don vi"
_LEAD = rf"(?:(?:{_NOW}|{_WHO}|da|vua|moi|co|bao cao|bao|xin bao|duoc|to chuc)[,:]? )*"
_TAIL = (
    rf"(?:,? (?:{_NOW}|roi|nhe|nha|a|xong|duoc|tren (?:loa|dai)(?: (?:thon|xa|phuong))?|(?:tren )?(?:he thong )?"
    r"(?:loa )?truyen thanh|da cai(?: dat)?(?: xong)?(?: app| ung dung)?|cai(?: xong)?(?: app)?|da xong|"
    r"den lam thu tuc|o mot cua|tai bo phan mot cua))*[ .!]*"
)
# What people say for a duty: how it is done (needs its counter behind it), and what one of it is called.
_SAID = {
    "phat thanh": (
        r"phat(?: thanh| loa| dai| tin)?|(?:doc|len|bat|mo) (?:loa|dai)|loa|dai|tuyen truyen",
        r"so|ban tin|lan|luot",
    ),
    "hop": (r"hop(?: (?:dan|to|thon))?", r"buoi hop|cuoc hop|buoi|cuoc|lan"),
    "sinh hoat": (r"sinh hoat", r"buoi sinh hoat|buoi|cuoc|lan"),
    "buoi": (r"mo|huong dan|ho tro|tap huan", r"buoi(?: huong dan| ho tro| tap huan)?"),
    "bai dang": (r"dang|viet|dua", r"bai dang|bai(?: viet)?|tin bai|tin"),
    "tin bai": (r"dang|viet|dua", r"tin bai|bai(?: viet)?|tin"),
    "ra quan": (r"ra quan", r"buoi ra quan|buoi|lan|dot|ngay"),
    "to huong dan": (r"lap|thanh lap", r"to huong dan"),
    "khach": (r"huong dan|tiep|don|ho tro|lam cho", r"(?:luot )?(?:khach|nguoi den|nguoi dan den)"),
    "can bo": (r"cai(?: dat)?(?: cho)?", r"(?:can bo|cong chuc|vien chuc|dong chi|d/c|giao vien)"),
    "hoi vien": (r"cai(?: dat)?(?: cho)?", r"(?:hoi vien|doan vien)"),
    "hoc sinh": (r"cai(?: dat)?(?: cho)?", r"(?:hoc sinh|phu huynh)"),
}  # fmt: skip
_ONE = {"items": r"so|bai|tin|lan", "meetings": r"buoi|cuoc|lan", "visitors": r"khach|luot", "staff": r"nguoi"}
_LONGEST = 160


class Spoken(NamedTuple):
    """The duty, what was done of it, out of how many, and where the reasons behind it begin (-1: none)."""

    duty: Duty
    done: int
    total: int | None
    reasons_at: int


def read(said: str, duties: Iterable[Duty]) -> Spoken | None:
    """The duty that the whole of a line speaks of; None where it speaks of something else, or of two."""
    if len(said) > _LONGEST or not any(map(str.isalpha, said)):
        return None
    folded = plain(said)
    found = [(duty, match) for duty in duties if (match := _match(duty, folded))]
    if len({duty.slug for duty, _ in found}) != 1:
        return None
    duty, match = found[0]
    done = match["done"]
    return Spoken(
        duty,
        _COUNT_WORDS.get(done) or int(done),
        int(match["total"]) if match["total"] else None,
        match.start("why") if match["why"] else -1,
    )


def _match(duty: Duty, folded: str) -> re.Match[str] | None:
    patterns = _patterns(fold(duty.word), duty.counts)
    return next((match for pattern in patterns if (match := pattern.fullmatch(folded))), None)


@lru_cache(maxsize=64)
def _patterns(word: str, counts: str) -> tuple[re.Pattern[str], ...]:
    """How it is done and how many; the duty's own word and how many; how many of what it is called."""
    how, one = _SAID.get(word, ("", _ONE[counts]))
    own = re.escape(word)
    named = rf"(?:(?:{_ONE[counts]}) )?{own}" + (rf"|{one}" if counts in ("visitors", "staff") else "")
    why = r"(?P<why>[,;:(] ?\d.*)?"
    shapes = [rf"(?:{how}) (?:duoc |da )?{_NUMBER} (?:{one})"] if how else []
    shapes += [rf"{own} (?:duoc |da )?{_NUMBER}(?: (?:{one}))?", rf"{_NUMBER} (?:{named})"]
    return tuple(re.compile(rf"{_LEAD}{shape}{_TAIL}{why}") for shape in shapes)
