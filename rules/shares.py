"""Who goes where, as people say it: "giao ngõ 5 cho Lan", "giao hết của Lan cho Minh", "trả 12 lý do…"."""

import re
from dataclasses import dataclass

from rules.alleys import Alley, alley_called
from rules.spelling import clean, fold, plain

_MOST = 200  # houses in one order
_LETTERS = 400
_HOUSE = r"\d{1,4}[a-z]?(?:/\d{1,4}[a-z]?)*"
_GIVE = re.compile(r"(?:giao|chuyen) (?:(?:lai|not|them|luon|tiep) )?(?P<what>.+) cho (?P<who>.+)")
_COURTESIES = frozenset(["nhé", "nhe", "nha", "ạ", "đi", "giúp", "với", "luôn"])  # as typed: "Nhã" and "Di" are names
_ALL_OF = re.compile(r"(?:het|tat ca|toan bo)(?: (?:cac )?nha)?(?: (?:cua|phan))? (?P<who>.+)")
_ALLEY = re.compile(r"(?:ngo|ngach|hem|kiet|xom|cum|day|duong|pho|tuyen) .+")
_HOUSES = re.compile(
    rf"(?:cac )?(?:nha|ho|so nha|so)? ?(?:so )?({_HOUSE}(?: ?- ?\d{{1,4}})?(?: ?(?:,|;| va ) ?| (?=\d)|$))+"
)
_ITEM = re.compile(rf"({_HOUSE})(?: ?- ?(\d{{1,4}}))?")
_BACK = re.compile(
    rf"tra (?:lai )?(?P<house>(?:nha|ho|so) .+?|{_HOUSE})(?:(?: ?[:,;-] ?| )(?:ly do|vi|do|boi)\b[: ]*(?P<why>.+)|"
    r"(?: ?[:;] ?)(?P<told>.+))?"
)
# "trả 8 xa quá": no sign before the reason. What is counted behind the number is no house: "trả 12 triệu".
_BACK_BARE = re.compile(
    rf"tra (?:lai )?(?:(?:nha|ho) )?(?:so )?(?P<house>{_HOUSE}) (?P<why>(?!(?:trieu|nghin|ngan|dong|ty|tram|cai|chiec|"
    r"nguoi|may|phan tram|ngay|thang|tuan|gio|lan|so|nha|ho)\b).+)(?P<told>(?!))?"
)
_WHO_HOLDS = frozenset(
    ["ai giu", "ai giu nha nao", "ai giu gi", "ai giu ngo nao", "ai dang giu", "ai co gi", "ai giu nhung nha nao",
     "giao", "giao viec", "giao nha", "chia viec", "chia nha", "phan cong"]
)  # fmt: skip
_BACK_ALONE = frozenset(["tra", "tra nha", "tra lai", "tra lai nha"])


@dataclass(frozen=True, slots=True)
class Give:
    """Houses, an alley, or all that somebody holds (`of`), to whom."""

    who: str
    houses: tuple[str, ...] = ()
    alley: Alley | None = None
    of: str = ""


@dataclass(frozen=True, slots=True)
class GiveBack:
    """`bare`: no sign stood before the reason, so it may be talk where the house is not the speaker's."""

    house: str
    why: str
    bare: bool = False


def asks_who_holds(text: str) -> bool:
    return len(text) < _LETTERS and fold(text) in _WHO_HOLDS


def asks_how_to_give_back(text: str) -> bool:
    """ "trả" by itself; "trà" folds so and is tea."""
    return len(text) < _LETTERS and fold(text) in _BACK_ALONE and "à" not in clean(text).lower().split(" ")[0]


def read_give(text: str) -> Give | None:
    """The order in these words, or None: "giao lưu" is none."""
    said = clean(text[:_LETTERS])
    found = _GIVE.fullmatch(plain(said))
    if not found:
        return None
    what, who = said[slice(*found.span("what"))], _without_courtesy(said[slice(*found.span("who"))])
    if all_of := _ALL_OF.fullmatch(plain(what)):
        return Give(who, of=what[slice(*all_of.span("who"))])
    if _ALLEY.fullmatch(plain(what)):
        return Give(who, alley=alley_called(what))
    return Give(who, houses=_houses(plain(what))) if _HOUSES.fullmatch(plain(what)) else None


def _without_courtesy(who: str) -> str:
    words = who.rstrip(" .!").split()
    while len(words) > 1 and words[-1] in _COURTESIES:
        words.pop()
    return " ".join(words)


def _houses(said: str) -> tuple[str, ...]:
    found: list[str] = []
    for first, last in _ITEM.findall(said):
        if last and first.isdecimal() and int(first) <= int(last) < int(first) + _MOST:
            found += map(str, range(int(first), int(last) + 1))
        else:
            found += [first, last] if last else [first]
    return tuple(found[:_MOST])


def read_give_back(text: str) -> GiveBack | None:
    """ "trả 12 lý do nhà xa quá": the house and why; None for "trả lời giúp em"."""
    said = clean(text[:_LETTERS])
    found = _BACK.fullmatch(plain(said)) or _BACK_BARE.fullmatch(plain(said))
    if not found:
        return None
    why = "why" if found["why"] else "told"
    house = re.sub(r"^(?:nhà|nha|hộ|ho) ", "", said[slice(*found.span("house"))], flags=re.IGNORECASE)
    bare = found.re is _BACK_BARE
    return GiveBack(house, said[slice(*found.span(why))] if found[why] else "", bare)
