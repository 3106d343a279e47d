"""Which column of a unit's household list is what, by the words people put above it."""

import re
from collections.abc import Sequence

from rules.spelling import fold

_ALLEYS = "ngo|ngach|hem|kiet|xom|cum|day|duong|pho|tuyen|duong pho"
_HEADS = "(nguoi )?dai dien|chu ho"
# Tried in this order on the folded header; the first that fits says what the column is.
_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (field, re.compile(pattern))
    for field, pattern in (
        ("order", r"s ?t ?t|t ?t|so (thu tu|tt)|thu tu|no"),
        ("phone", r"(so )?(dien thoai|dt|d thoai|sdt|s dt|di dong|zalo)( .*)?|so lien (he|lac)|lien (he|lac)|phone"),
        ("number", r"(so|dia chi so) nha( .*)?|nha so|nha|so can( ho)?|can( ho)?( so)?|ho so|house|number"),
        ("address", r"dia chi( .*)?|(noi|cho) (o|cu tru|thuong tru|cu ngu)( .*)?|thuong tru|address"),
        ("alley", rf"(ten |so )?({_ALLEYS})( ({_ALLEYS}|so))*|alley|street"),
        ("head_name", rf"((ho (va )?)?ten )?({_HEADS})( .*)?|ho (va )?ten|ten (ho|chu)|ho (gia dinh|dan)|head"),
        ("notes", r"ghi chu( .*)?|luu y|doi tuong( .*)?|dien( ho)?|hoan canh|uu tien|thong tin khac|notes?"),
    )
)  # fmt: skip


def column_of(header: str) -> str:
    """The field a header names ("Họ tên chủ hộ" → head_name), or "" for one we do not use."""
    key = fold(re.sub(r"\([^)]*\)", " ", header))
    return next((field for field, pattern in _COLUMNS if pattern.fullmatch(key)), "")


def columns_of(headers: Sequence[str]) -> dict[int, str]:
    """Column number → field; empty when nothing names a house, or nothing stands beside it: then it is no header."""
    named = {place: field for place, header in enumerate(headers) if header and (field := column_of(header))}
    names_house = {"number", "head_name", "address"} & set(named.values())
    return named if names_house and len(named) > 1 else {}
