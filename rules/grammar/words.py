"""A volunteer's line as words: abbreviations written out, telex decoded, each word knowing where it stood.

Patterns over a line are written in proper Vietnamese and `spelt` lets marks be missing, never wrong: "cài" is found
in "cai", and not in "cái".
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from rules.grammar.shorthand import decoded, written_out

_TOKEN = re.compile(
    r"\d+(?:[^\W\d_]\d*(?![^\W\d_]))?(?:[/\-.]\d+(?:[^\W\d_](?![^\W\d_]))?)*|[^\W\d_]+(?:['’][^\W\d_]+)*(?:\d(?=[^\W\d_]))?|[^\w\s]|_"
)
_FEWEST_SHOUTED = 4  # words: "NHÀ 12" or "BÀ LAN VẮNG" may have its capitals for another reason
_LOOSE_YET = re.compile(r"(?<![\w\]])\[đd\]\[aã\](?![\w\[])")
_SHAPES = "\u0302\u0306\u031b"  # circumflex, breve, horn: letters of their own, where a tone is not


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a line: as typed, as written out in small letters, and where it stood."""

    typed: str
    full: str
    start: int
    end: int
    shouted: bool = False  # in a line all in capitals, where they say nothing

    @property
    def capital(self) -> bool:
        return self.typed[:1].isupper() and not self.shouted

    @property
    def is_word(self) -> bool:
        return self.typed[0].isalnum()


class Line:
    """The words of one clean line, and `said`: them written out, joined by single spaces, for patterns to run on."""

    def __init__(self, text: str) -> None:
        self.text = decoded(text)
        shouted = self.text.isupper() and len(self.text.split()) >= _FEWEST_SHOUTED
        tokens = _TOKEN.finditer(self.text)
        self.words = [Word(token[0], written_out(token[0].lower()), *token.span(), shouted) for token in tokens]
        self.said = " ".join(word.full for word in self.words)
        self.alike: dict[int, bool] | None = None  # what house_words found in it
        self._starts: list[int] = []
        self._struck: Set[int] = frozenset()
        self._left = self.said
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
        """`said` with the taken words struck out; kept, since one search follows another with the same words taken."""
        if taken != self._struck:
            words = enumerate(self.words)
            self._left = " ".join("|" * len(word.full) if place in taken else word.full for place, word in words)
            self._struck = set(taken)
        return self._left

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
    loose = _LOOSE_YET.sub("(?:đã|d[aã])", loose)  # "đa" is a tree and a cake, and never "đã"
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
