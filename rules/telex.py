"""Words as they reach us from an old phone: telex and VNI left undecoded, old and new places for a tone mark.

"ddax caif" is "đã cài" typed with the Vietnamese keyboard switched off. A word is decoded only when that makes a
Vietnamese syllable of what was none, so names and foreign words stay as they are.
"""

import re
import unicodedata
from functools import lru_cache

_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_MARKS = "".join(_TONES.values())
_VNI = {"1": "s", "2": "f", "3": "r", "4": "x", "5": "j", "7": "w", "8": "w", "9": "d"}
_SHAPED = "ăâêôơư"
_SYLLABLE = re.compile(
    r"(?P<onset>ngh|ng|nh|ch|gh|gi(?=[aăâeêoôơuư])|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?"
    r"(?P<nucleus>i[êu]u?|yêu?|uyê|uya|uyu|oa[ioy]|oeo|ua[iy]|uây|uôi|ươ[iu]|a[iouy]|â[uy]|e[o]|êu|ia|o[aăei]|ôi|ơi"
    r"|u[aâêiôơy]|ư[aiuơ]|[aăâeêioôơuưy])"
    r"(?P<coda>ch|ng|nh|[cmnpt])?"
)
_VNI_SURE = re.compile(r"d9|[aeiouy][1-8][a-z]|[aeo]6")
# "gara", "taxi": whole syllables without marks, one behind the other, are a borrowed word and no telex.
_PLAIN_PARTS = re.compile(
    r"(?:(?:ngh|ng|nh|ch|gh|kh|ph|qu|th|tr|[bcdghklmnprstvx])(?:[aeiouy]|ai|ao|au|eo|ia|oa|oi|ua|ui)"
    r"(?:ch|ng|nh|[mnpt])?){2,}"
)
_BORROWED = frozenset(["gara", "taxi", "gas", "bus", "bar", "box", "pos", "mix", "max", "bis", "kios", "vest"])
_OPEN = re.compile(r"(?<!q)(o[ae]|uy)\Z")


def decode(word: str, *, vni: bool = False, among: bool = False) -> str:
    """The small-letter word a telex (or, with `vni`, a VNI) spelling stands for, or the word itself.

    With `among` it stands among telex, where "masy" is "máy" and no "ma sy".
    """
    if not word or not word.isascii() or len(word) > 12:
        return word
    if word.isalpha():
        return word if _SYLLABLE.fullmatch(word) or _is_borrowed(word, among=among) else _telex(word)
    return _vni(word) if vni and word[0].isalpha() else word


def _is_borrowed(word: str, *, among: bool) -> bool:
    """Whether the word is known as it stands, though its letters could be telex: "gas", "gara"."""
    return word in _BORROWED or (not among and bool(_PLAIN_PARTS.fullmatch(word)))


def looks_vni(line: str) -> bool:
    """Whether a small-letter line carries digits inside words as only VNI puts them: "d9a4 ca2i"."""
    return bool(_VNI_SURE.search(line)) and any(
        _VNI_SURE.search(word) and _vni(word) != word for word in re.findall(r"[a-z0-9]+", line)
    )


def tone_on_last(word: str) -> str:
    """ "hòa", "khỏe", "thủy" with the mark where the other style puts it: "hoà", "khoẻ", "thuỷ"."""
    if word.isascii():
        return word
    letters = unicodedata.normalize("NFD", word)
    tone = next((mark for mark in letters if mark in _MARKS), "")
    bare = unicodedata.normalize("NFC", letters.replace(tone, "", 1)) if tone else ""
    return unicodedata.normalize("NFC", bare + tone) if bare and _OPEN.search(bare) else word


def _vni(word: str) -> str:
    telex = re.sub(r"([aeo])([a-z]*)6", r"\1\1\2", word)
    telex = "".join(_VNI.get(letter, letter) for letter in telex)
    decoded = _telex(telex) if telex.isalpha() else word
    return decoded if decoded != telex or telex == word else word


@lru_cache(maxsize=4096)
def _telex(word: str) -> str:
    first_vowel = re.search("[aeiouy]", word)
    if not first_vowel:
        return re.sub("^dd", "đ", word)
    head, tail = word[: first_vowel.start()], word[first_vowel.start() :]
    tones = re.findall("[sfrxj]", tail)
    if len(tones) > 1:
        return word
    shape = re.sub("[sfrxj]", "", tail)
    if head == "d" and shape.endswith("d"):
        head, shape = "dd", shape[:-1]
    for typed, letter in (("aa", "â"), ("ee", "ê"), ("oo", "ô")):
        shape = shape.replace(typed, letter)
    bare = head.replace("dd", "đ") + _hooked(shape)
    syllable = _SYLLABLE.fullmatch(bare)
    if not syllable or bare == word:
        return word
    return _with_tone(syllable, _TONES[tones[0]]) if tones else bare


def _hooked(shape: str) -> str:
    """The vowels with what their w says: ư, ơ, ă, and ươ whether it was typed "uow", "uwow" or "uwo"."""
    if "w" not in shape:
        return shape
    shape = shape.replace("w", "")
    for bare, hooked in (("uo", "ươ"), ("ua", "ưa"), ("oa", "oă"), ("uu", "ưu"), ("u", "ư"), ("o", "ơ"), ("a", "ă")):
        if bare in shape:
            return shape.replace(bare, hooked, 1)
    return "w" + shape


def _with_tone(syllable: re.Match[str], tone: str) -> str:
    nucleus = syllable["nucleus"]
    shaped = [place for place, letter in enumerate(nucleus) if letter in _SHAPED]
    if shaped:
        place = shaped[-1]
    elif syllable["coda"] or len(nucleus) == 3 or nucleus in ("oa", "oe", "uy"):
        place = min(1, len(nucleus) - 1)
    else:
        place = 0
    marked = nucleus[: place + 1] + tone + nucleus[place + 1 :]
    return unicodedata.normalize("NFC", (syllable["onset"] or "") + marked + (syllable["coda"] or ""))
