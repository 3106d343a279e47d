"""What people type, made comparable: one clean spelling to keep, one folded key to compare by.

The recipe was tried, not guessed: removing a character can let two others compose, so it runs until nothing changes.
A spelling that changes when cleaned twice would give one person two keys.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from rules.refusals import TooLong

_SPACES = frozenset("\t\n\v\f\r\x85")
_SPACE_CATEGORIES = frozenset(["Zs", "Zl", "Zp"])
_DROPPED_CATEGORIES = frozenset(["Cc", "Cf", "Cs", "Co", "Cn"])
# Letters that draw nothing and marks that only steer drawing: keycap, grapheme joiner, Hangul fillers, variation
# selectors.
_UNSEEN = frozenset(
    [0x20E3, 0x34F, 0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]
)
_MOST_MARKS = 2
_MOST_ROUNDS = 50
_WORDS = re.compile(r"[a-z0-9]+")
_NAME_WORDS = re.compile(r"[^\W\d_]+")
_LINE_BREAKS = re.compile("[\n\r\v\f\x85\u2028\u2029]+")
# What most people type, which cleaning leaves as it is: ASCII and composed Vietnamese letters, single spaces.
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_VOWELS = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
_LETTERS = "Đđ" + unicodedata.normalize("NFC", "".join(vowel + tone for vowel in _VOWELS for tone in _TONES))
_CLEAN = re.compile(f"[!-~{_LETTERS}]+(?: [!-~{_LETTERS}]+)*")


def clean(text: str, *, most: int = 4096, compatible: bool = False) -> str:
    """One line as people see it: composed, nothing invisible, one space between words, none at the ends.

    With `compatible` (for names, phones, numbers) full-width and mathematical letters become plain ones.
    Raises TooLong when more than `most` characters are left: nothing is ever cut silently.
    """
    if len(text) <= most and _CLEAN.fullmatch(text):
        return text
    if not text.isascii():
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    for _ in range(_MOST_ROUNDS):
        before, text = text, _cleaned_once(text, "NFKC" if compatible else "NFC")
        if text == before:
            break
    if len(text) > most:
        raise TooLong(most=most, got=len(text))
    return text


def clean_lines(text: str) -> list[str]:
    """The lines of a message, each cleaned as `clean` does, the empty ones left out."""
    return [line for line in map(clean, _LINE_BREAKS.split(text)) if line]


def fold(text: str) -> str:
    """The key to compare by: no marks, đ as d, no case, one space for whatever is no letter or digit.

    Huỷ, hủy, HUY and a decomposed hủy are one key. Folding a folded text changes nothing.
    """
    if text.isascii():
        return " ".join(_WORDS.findall(text.lower()))
    for _ in range(_MOST_ROUNDS):
        before, text = text, _folded_once(text)
        if text == before:
            break
    return text


def says(typed: str, meant: str) -> bool:
    """Whether these are the same words, marks missing or not: "vang" and "vâng" say "vâng", "vắng" does not."""
    return fold(typed) == fold(meant) and (meant.isascii() or not _contradicts(typed, meant))


def _contradicts(typed: str, meant: str) -> bool:
    letters = [_NAME_WORDS.findall(clean(text).lower()) for text in (typed, meant)]
    pairs = zip("".join(letters[0]), "".join(letters[1]), strict=False)
    return len("".join(letters[0])) == len("".join(letters[1])) and not all(_may_be(one, other) for one, other in pairs)


def _may_be(typed: str, meant: str) -> bool:
    """Whether the letter is the one meant, with some of its marks or none."""
    had, should = unicodedata.normalize("NFD", typed), unicodedata.normalize("NFD", meant)
    return set(had[1:]) <= set(should[1:])


def plain(text: str) -> str:
    """The text small and without marks, character for character: a place in one is a place in the other."""
    return text.lower() if text.isascii() else "".join(map(_plain_letter, text))


def title_name(text: str) -> str:
    """A name as forms want it: "TRẦN VĂN BÌNH" and "trần văn bình" become "Trần Văn Bình"; mixed case is kept."""
    name = clean(text, compatible=True)
    if not (name.isupper() or name.islower()):
        return name
    return _NAME_WORDS.sub(lambda word: word[0][0].upper() + word[0][1:].lower(), name)


def has_foreign_letters(text: str) -> bool:
    """Whether a letter is not Latin, as a Cyrillic е hidden in "Nguyеn" is: it looks right and equals nothing."""
    return any(letter.isalpha() and not unicodedata.name(letter, "").startswith("LATIN") for letter in text)


def _cleaned_once(text: str, form: Literal["NFC", "NFKC"]) -> str:
    text = "".join(map(_seen, text))
    if not text.isascii():
        text = unicodedata.normalize(form, _with_few_marks(unicodedata.normalize("NFD", text)))
    return " ".join(text.split(" ")).strip() if "  " not in text else " ".join(part for part in text.split(" ") if part)


@lru_cache(maxsize=4096)
def _seen(character: str) -> str:
    """The character, a space for what is a kind of space, nothing for what nobody sees."""
    category = unicodedata.category(character)
    if category in _SPACE_CATEGORIES or character in _SPACES:
        return " "
    return "" if category in _DROPPED_CATEGORIES or ord(character) in _UNSEEN else character


def _with_few_marks(decomposed: str) -> str:
    """At most two marks on a letter: Vietnamese needs no more, and fifty of them bury a whole chat."""
    kept: list[str] = []
    marks = 0
    for character in decomposed:
        marks = marks + 1 if unicodedata.category(character)[0] == "M" else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def _folded_once(text: str) -> str:
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join("".join(map(_key_letter, letters)).split())


@lru_cache(maxsize=4096)
def _key_letter(character: str) -> str:
    if character == "đ":
        return "d"
    if unicodedata.category(character)[0] == "M" or _seen(character) == "":
        return ""
    return character if character.isalnum() else " "


@lru_cache(maxsize=4096)
def _plain_letter(character: str) -> str:
    base = unicodedata.normalize("NFKD", character)[0].lower()
    return {"đ": "d"}.get(base, base[0])
