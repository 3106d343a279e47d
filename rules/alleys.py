"""Which alley a house stands in, and who in it goes first: read from how lists and people write it."""

import re
from dataclasses import dataclass

from rules.spelling import clean, fold, plain

_PLAIN_KINDS = r"ngo|ngach|hem|kiet|xom|cum|day|duong|pho|tuyen|lo|toa"
_MARKED = {
    "ngo": "ngõ", "ngach": "ngách", "hem": "hẻm", "kiet": "kiệt", "xom": "xóm", "cum": "cụm", "day": "dãy",
    "duong": "đường", "pho": "phố", "tuyen": "tuyến", "lo": "lô", "toa": "toà",
}  # fmt: skip
_NAMED = re.compile(rf"\b(?P<kind>{_PLAIN_KINDS})(?: so)? (?P<number>\d{{1,4}}[a-z]?)\b")
_WHOLE = re.compile(rf"(?:(?P<kind>{_PLAIN_KINDS})\b)? ?(?:so )?(?P<name>\w.*)")
_SLASHED = re.compile(r"\b(?P<alley>\d{1,4}[a-z]?)/\d")
_DOOR = re.compile(r"(?:(?:nha|ho|can|phong)? ?(?:so|sn) )?(?P<door>\d{1,4}[a-z]?(?:/\d{1,4}[a-z]?){0,3})\b")
_ELDERLY = re.compile(r"\b(?:cao tuoi|lon tuoi|tuoi cao|nguoi gia(?! dinh)|(?:7|8|9)\d ?tuoi|\d ?cu (?:ong|ba))\b")
_OLD = re.compile(r"\bgià\b(?! đình| trẻ)|\bcụ\b", re.IGNORECASE)
_VULNERABLE = re.compile(
    r"(?<!thoat )(?<!khong )(?<!het )\b(?:khuyet tat|tan tat|ngheo|yeu the|neo don|don than|chinh sach|thuong binh|"
    r"liet si|benh nang|om yeu|mo coi|khiem thi|khiem thinh|bao tro)\b"
)


@dataclass(frozen=True, slots=True)
class Alley:
    """An alley as people name it ("ngõ 5"), and the key by which its names are one ("5")."""

    name: str
    key: str


def alley_in(text: str) -> Alley | None:
    """The alley a house's name or address speaks of: "số 8 ngõ 3" → ngõ 3, "12/5" → ngõ 12. None for a bare number."""
    said = " ".join(plain(clean(text[:400])).replace(",", " ").split())
    named = _NAMED.search(said)
    if named:
        return _numbered(named["kind"], named["number"])
    slashed = _SLASHED.search(said)
    return _numbered("ngo", slashed["alley"]) if slashed else None


def alley_called(text: str) -> Alley | None:
    """The alley that a column or an order names as a whole: "5", "ngõ 5", "Đường Trần Phú"."""
    said = clean(text[:200])
    found = _WHOLE.fullmatch(plain(said))
    if not found or not fold(found["name"]):
        return None
    if re.fullmatch(r"\d{1,4}[a-z]?", found["name"]):
        return _numbered(found["kind"] or "ngo", found["name"])
    name = said[found.start("name") :]
    return Alley(f"{_MARKED.get(found['kind'] or '', '')} {name}".strip(), fold(name))


def _numbered(kind: str, number: str) -> Alley:
    number = (number.lstrip("0") or "0").upper()
    return Alley(f"{_MARKED[kind]} {number}", number.lower())


def door_of(address: str) -> str:
    """The house an address begins with: "Số 8, ngõ 3 Trần Phú" → "số 8 ngõ 3", "12/5 Lê Lợi" → "12/5"; "" for none."""
    said = " ".join(plain(clean(address[:400])).replace(",", " ").split())
    door, alley = _DOOR.match(said), _NAMED.search(said)
    if not door:
        return ""
    number = door["door"].upper()
    return f"số {number} {_numbered(alley['kind'], alley['number']).name}" if alley else number


def care_of(notes: str) -> str:
    """Why a house goes first, by its notes: "elderly", "vulnerable", or ""."""
    key = fold(notes)
    if _ELDERLY.search(key) or _OLD.search(clean(notes[:2000])):
        return "elderly"
    return "vulnerable" if _VULNERABLE.search(key) else ""
