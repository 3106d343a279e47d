"""Short answers to a question at hand: yes and no, another one, which of several doors, how many."""

from collections.abc import Sequence

from rules.alleys import alley_called, alley_in
from rules.entry import house_key
from rules.spelling import clean, fold, says

LONGEST_HOUSE = 80
_YES = ("đúng", "đúng rồi", "đúng ạ", "có", "ok", "vâng", "vâng ạ", "dạ", "dạ vâng", "ừ", "phải", "lưu")
_NO = ("không", "sai", "ko", "không phải", "chưa đúng")
YES, NO = frozenset(map(fold, _YES)), frozenset(map(fold, _NO))
ANOTHER = {fold(word) for word in ("nhà khác", "khác", "hộ khác", "nhà mới", "không phải")}


def says_yes(text: str) -> bool:
    """Whether the answer agrees; "vắng" folds like "vâng" and does not."""
    return any(says(text, word) for word in _YES)


def says_no(text: str) -> bool:
    return any(says(text, word) for word in _NO)


def without_people(text: str) -> str:
    words = clean(text).split()
    return " ".join(word for word in words if fold(word) not in ("nguoi", "may", "ng", "ca", "nha"))


def door_named(text: str, number: str, labels: Sequence[str]) -> str:
    """Which of these houses is meant by its alley ("ngõ 3", "3", "xóm Đình") or whole ("12 ngõ 3").

    Or a new one in another alley. "" when the words say none of that.
    """
    key = house_key(text)
    if whole := next((label for label in labels if house_key(label) == key), ""):
        return whole
    if within := [label for label in labels if key and house_key(label) == f"{house_key(number)} {key}"]:
        return within[0]
    called, named = alley_called(text), alley_in(text)
    alleys = {alley.key: label for label in labels if (alley := alley_in(label))}
    if called and called.key in alleys:
        return alleys[called.key]
    if named and (named == called or key.startswith(f"{house_key(number)} ")) and len(text) <= LONGEST_HOUSE:
        return alleys.get(named.key) or f"{house_key(number)} {named.name}"
    return ""
