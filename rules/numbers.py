"""Counts as people say them: "5", "５", "năm", "hai mươi mốt", "một trăm linh năm"."""

import re

from rules.spelling import clean, fold

_DIGIT_WORDS = ("khong", "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin")
_ONES = {**{word: value for value, word in enumerate(_DIGIT_WORDS)}, "tu": 4, "lam": 5, "nham": 5}
# The words with their marks: "nắm" or "bà" is no number, though it folds like one.
_SPELT = frozenset(
    re.findall(r"\w+", "không một mốt hai ba bốn tư năm lăm nhăm sáu bảy bẩy tám chín mười mươi chục trăm linh lẻ")
)
_KEYS = frozenset(map(fold, _SPELT))
_D = "|".join(_DIGIT_WORDS)
_U = f"{_D}|tu|lam|nham"
# "hai mốt" is 21; "hai ba" may be 23 or "two or three", so it is no number.
_NUMBER = re.compile(
    rf"(?:(?P<hundreds>{_D}) tram ?)?"
    rf"(?:(?:linh|le) (?P<few>{_U})|(?P<tens>{_D}) (?:muoi|chuc)(?: (?P<ones>{_U}))?"
    rf"|(?P<ten>muoi|chuc)(?: (?P<teens>{_U}))?"
    rf"|(?P<short>{_D}) (?P<tail>mot|tu|lam|nham)|(?P<only>{_D}))?"
)
# What is counted may be said along: "5 hộ", "hai người". "nhà" is left out: "nhà 5" is a place.
_COUNTED = re.compile(
    r"(?:(?<=\d)| )(?:hộ(?: dân| gia đình)?|ho|người|nguoi|ng|máy|may|khẩu|khau|nhân khẩu|thành viên|gia đình)\Z"
)
_DIGITS = re.compile(r"[0-9]{1,5}")
# Without its marks "nam" is a name, a year or a five: a five only where a number was asked for.
_UNCLEAR = frozenset(["nam", "sau", "tam", "bay"])
_MOST = 40


def read_number(text: str, *, field: bool = True) -> int | None:
    """The count this text is, 0 or more, or None: signs, decimals, "1.000" and "vài" are no count.

    Digits up to five, words up to 999, with or without marks. `field` says that a number was asked for; elsewhere
    a lone unmarked "nam", "sau", "tam" or "bay" is not one.
    """
    said = clean(text[:400], compatible=True).lower().strip(".!,;: ")
    if len(said) > _MOST:
        return None
    words = _uncounted(said).split()
    if len(words) == 1 and _DIGITS.fullmatch(words[0]):
        return int(words[0])
    if not words or not all(map(_is_number_word, words)) or (not field and len(words) == 1 and words[0] in _UNCLEAR):
        return None
    return _spoken(" ".join(map(fold, words)))


def _uncounted(said: str) -> str:
    """The number without what it counts: of "5 hộ", "hai người" and "5hộ" the five and the two."""
    return _COUNTED.sub("", said)


def _is_number_word(word: str) -> bool:
    return word in _SPELT or (word.isascii() and word in _KEYS)


def _spoken(words: str) -> int | None:
    said = _NUMBER.fullmatch(words)
    if not said:
        return None
    tens = _ONES[said["tens"] or said["short"] or "khong"] or bool(said["ten"])
    ones = _ONES[said["few"] or said["ones"] or said["teens"] or said["tail"] or said["only"] or "khong"]
    return 100 * _ONES[said["hundreds"] or "khong"] + 10 * tens + ones
