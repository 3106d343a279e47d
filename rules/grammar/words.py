"""A volunteer's line as words: abbreviations written out, telex decoded, each word knowing where it stood.

Patterns over a line are written in proper Vietnamese and `spelt` lets marks be missing, never wrong: "cài" is found
in "cai", and not in "cái".
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from rules.telex import decode, looks_vni, tone_on_last

_TOKEN = re.compile(
    r"\d+(?:[^\W\d_]\d*(?![^\W\d_]))?(?:[/\-.]\d+(?:[^\W\d_](?![^\W\d_]))?)*|[^\W\d_]+(?:['’][^\W\d_]+)*(?:\d(?=[^\W\d_]))?|[^\w\s]|_"
)
_TYPED = re.compile(r"(?<!\w)[a-zA-Z][a-zA-Z0-9]*(?!\w)")
_WRITTEN_OUT = {
    "không": "ko k kg hok hong hông hổng khg khum hem hk kô hg hõng nỏ",
    "được": "dc đc đươc dược dươc",
    "đăng ký": "đk dk đky dky đki dki",
    "rồi": "r rùi rui roài ròi rầu",
    "chưa": "chx chuaw chư",
    "thích": "thik thix thjk",
    "biết": "bik bjt biêt",
    "xong": "xg xog",
    "vợ chồng": "vc",
    "thôi": "thui hoy hui",
    "mọi người": "mn mng",
    "trước": "trc",
    "điện thoại": "đt dt đth dth đthoai",
    "điện thoại thông minh": "đttm dttm smp smartphone smartphones smartfone smatphone smartphon smarphone",
    "người": "ng ngừoi ngươi ngừi nguời",
    "vợ": "vk",
    "chồng": "ck",
    "làm": "lm",
    "hướng dẫn": "hd",
    "tài khoản": "tk",
    "vneid": "vnied vnid vneid2 vnei vnedi vinaid vneidd",
    "ok": "oki okie oke okê okla okê okey ôkê oki",
    "xài": "sài",
    "cài": "càj caì",
    "vắng": "vắg vằng vắn",
    "hẹn": "hẹng",
    "với": "vs",
    "cũng": "cx cug",
    "luôn": "lun luôn",
    "thông minh": "tm",
}
_SHORT = {short: full for full, shorts in _WRITTEN_OUT.items() for short in shorts.split() if short != full}
# No Vietnamese word ends so: two letters changed places.
_SWAPPED = re.compile(r"(?<=\w\w)(?:gn|hn)(?!\w)")
_BARRED = re.compile(r"(?<!\w)(?:đ[a-z]+|dd\w*[^\x00-\x7f]\w*)(?!\w)", re.IGNORECASE)
# "dt hong" is "điện thoại hỏng", where "hong" elsewhere is a southern "không".
_BROKEN = re.compile(
    r"(?<!\w)(?P<what>đt|dt|điện thoại|dien thoai|máy|may|sim|loa) hong"
    r"(?= (?:không|khong|ko|k|nên|nen|rồi|roi|r|chưa|chua)\b|\s*(?:$|[,.;]))",
    re.IGNORECASE,
)
_ALLEY = re.compile(r"(?<!\w)hem (?=\d)", re.IGNORECASE)  # else it is a southern "không"
_SHAPES = "\u0302\u0306\u031b"  # circumflex, breve, horn: letters of their own, where a tone is not


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a line: as typed, as written out in small letters, and where it stood."""

    typed: str
    full: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        return self.typed[:1].isupper()

    @property
    def is_word(self) -> bool:
        return self.typed[0].isalnum()


class Line:
    """The words of one clean line, and `said`: them written out, joined by single spaces, for patterns to run on."""

    def __init__(self, text: str) -> None:
        self.text = _decoded(text)
        self.words = [Word(token[0], _full(token[0].lower()), *token.span()) for token in _TOKEN.finditer(self.text)]
        self.said = " ".join(word.full for word in self.words)
        self._starts: list[int] = []
        place = 0
        for word in self.words:
            self._starts.append(place)
            place += len(word.full) + 1

    def places(self, start: int, end: int) -> range:
        """Which words a span of `said` touches."""
        return range(max(bisect_right(self._starts, start) - 1, 0), bisect_left(self._starts, end))

    def under(self, start: int, end: int) -> range:
        """Which words a span of `text` touches."""
        touched = [place for place, word in enumerate(self.words) if word.start < end and word.end > start]
        return range(touched[0], touched[-1] + 1) if touched else range(0)

    def find(self, pattern: re.Pattern[str], taken: Set[int] = frozenset()) -> Iterator[tuple[re.Match[str], range]]:
        """Where the pattern stands among the words not yet taken."""
        for found in pattern.finditer(self._without(taken) if taken else self.said):
            yield found, self.places(*found.span())

    def _without(self, taken: Set[int]) -> str:
        return " ".join("|" * len(word.full) if place in taken else word.full for place, word in enumerate(self.words))

    def typed(self, places: range) -> str:
        """The words as they were typed, with whatever stood between them."""
        return self.text[self.words[places[0]].start : self.words[places[-1]].end] if places else ""


def said(line: Line, places: Iterable[int]) -> str:
    """The words at these places, written out."""
    return " ".join(line.words[place].full for place in places)


def spelt(pattern: str) -> re.Pattern[str]:
    """A pattern of whole words in proper Vietnamese that forgives missing marks: each letter may lack its own.

    A group repeats at most four times: people do not say more, and no line can make the search run away.
    """
    bounded = pattern.replace(")*", "){0,4}").replace(")+", "){1,4}")
    loose = "".join(_letter(letter) for letter in unicodedata.normalize("NFC", bounded))
    return re.compile(rf"(?<!\S)(?:{loose})(?!\S)")


def _letter(letter: str) -> str:
    if letter.isascii():
        return letter
    if letter == "đ":
        return "[đd]"
    parts = unicodedata.normalize("NFD", letter)
    shape = next((mark for mark in parts[1:] if mark in _SHAPES), "")
    forms = {parts[0], unicodedata.normalize("NFC", parts[0] + shape), letter}
    return f"[{''.join(sorted(forms))}]" if letter.isalpha() and len(parts) > 1 else letter


def _decoded(text: str) -> str:
    """The line with words typed in telex or VNI as they were meant: "nhaf oong Tams" is "nhà ông Tám"."""
    vni = looks_vni(text.lower())
    text = _ALLEY.sub("hẻm ", text)
    text = _BROKEN.sub(r"\g<what> hỏng", _BARRED.sub(_unbarred, _SWAPPED.sub(lambda end: end[0][::-1], text)))
    return _TYPED.sub(lambda word: _as_cased(word[0], decode(word[0].lower(), vni=vni)), text)


def _unbarred(word: re.Match[str]) -> str:
    """ "đax" and "ddã" are "đã": one half typed in telex."""
    small = word[0].lower()
    decoded = (
        re.sub("^dd", "đ", small)
        if not small.isascii() and small.startswith("dd")
        else decode(f"d{small}".replace("dđ", "dd"))
    )
    return _as_cased(word[0], decoded) if decoded[:1] == "đ" else word[0]


def _as_cased(typed: str, decoded: str) -> str:
    if decoded == typed.lower():
        return typed
    return decoded.upper() if typed.isupper() else decoded.capitalize() if typed[0].isupper() else decoded


def _full(word: str) -> str:
    decoded = tone_on_last(word)
    return _SHORT.get(decoded, decoded)
