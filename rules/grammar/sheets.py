"""Letters copied from a paper sheet: "12 c, 13 v, 14 t", alone on a line or among fuller words ("14 hẹn t7")."""

import re
from dataclasses import replace
from datetime import date

from rules.grammar.line import read_line
from rules.grammar.names import HONORIFIC
from rules.grammar.record import Entry
from rules.grammar.units import units
from rules.grammar.words import Line
from rules.plan import Plan

SHEET = re.compile(r"(\d{1,4}(?:[a-zA-Z](?= ))?(?:/\d{1,4})*) ?[:=\-]? ?([cvthsCVTHS])")
# The letters of the paper sheet: cài, vắng, từ chối, hẹn, sẵn.
LETTERS = {"c": "đã cài", "v": "vắng", "t": "từ chối", "h": "hẹn quay lại", "s": "có sẵn từ trước"}
_RUN_ON = (  # what may stand behind a letter of the sheet: the next item, a phone, how many, a courtesy
    r"(?=\s*(?:[,;.]|$)| ?\d{1,2} ?(?:người|nguoi|ng|máy)\b| \(?0\d[\d .]{7,}|"
    r" (?:còn|con) \d| (?:r|rồi|roi|ạ|nhé|nha)\b)"
)
_ITEM = re.compile(rf"(?:(?<=^)|(?<=[,;.] )|(?<=[,;.])){SHEET.pattern}{_RUN_ON}")
_RUN = re.compile(rf"{SHEET.pattern}(?:[\s,;.]+{SHEET.pattern})*[\s,;.]*")
_LETTER_HEAD = re.compile(r"(^|[;.]\s*)([cvthsCVTHS]) ?: ?(?=\d)")
_NAMED_ITEM = re.compile(
    r"(?:(?P<when>h?qua|hôm qua|tối qua|chiều qua|sáng nay|hôm nay|nay),? )?(?:nhà |nha |số |so |sn )?"
    r"(?P<house>\d{1,4}[a-zA-Z]?(?:/\d{1,4})*)"
    r"(?:[ :.-]+(?P<more>[^\d,;]{1,40}?|[\d .+()]{9,16}))?"
    r"[ :=-]+(?P<letter>[cvthsCVTHS])(?: (?:r|rồi|roi|ạ|a|nhé|nha))*"
)
_POLITE = re.compile(r"(?:[ ,.](?:ạ|a|nhé|nha|nhe|em|cháu|anh|chị))+[ .]*$", re.IGNORECASE)
_HOUR = re.compile(r"(?:1?\d|2[0-3])h", re.IGNORECASE)


def of_sheet(line: str, is_sheet: bool, plan: Plan, today: date) -> list[Entry]:
    """ "12 c, 13 v, 14 t": letters of the paper sheet, at least two of them, or it may be house 12C.

    A place ahead holds for all of them ("xóm Chùa 12 c, 13 v"); behind them it may be the last one's only: then ask.
    """
    ahead, behind = _places(line)
    letters = line[len(ahead) : len(line) - len(behind)]
    letters = _POLITE.sub("", letters)
    said, rest = SHEET.findall(letters), SHEET.sub("", letters)
    if len(said) < (1 if is_sheet and not (ahead or behind) else 2) or rest.strip(" ,;.-:"):
        return []
    place = (ahead or behind).strip(" ,;.:-")
    read = [read_line(f"nhà {house} {LETTERS[letter.lower()]}", plan, today) for house, letter in said]
    return [replace(entry, unit=place or None, sure=entry.sure and not behind) for entry in read if entry]


def _places(line: str) -> tuple[str, str]:
    """What stands ahead of all letters and behind all of them, where that names a place and nothing else."""
    words = Line(line)
    named = units(words)
    if len(named) != 1 or words.text != line:
        return "", ""
    start, end = words.words[named[0].start].start, words.words[named[0].stop - 1].end
    if not line[:start].strip():
        return line[:end], ""
    return ("", line[start:]) if not line[end:].strip(" .") and _RUN.fullmatch(line[:start]) else ("", "")


def items_written_out(line: str) -> str:
    """ "26 Hoa c, 28 Bình v", "c: 1, 3; v: 2": the last letter of an item is the sheet's, or one ahead of numbers."""
    if len(_LETTER_HEAD.findall(line)) > 1:
        return _LETTER_HEAD.sub(lambda head: f"{head[1]}{LETTERS[head[2].lower()]}: ", line)
    parts = [part.strip() for part in re.split("[,;]", line) if part.strip()]
    items = [_NAMED_ITEM.fullmatch(part) for part in parts]
    if not parts or not all(items):
        return line
    told = [item for item in items if item]
    if not all(_is_name_or_phone(item["more"] or "") for item in told):
        return line
    if not any(item["more"] or item["when"] for item in told):
        return line
    return "; ".join(
        ", ".join(filter(None, (item["when"], f"nhà {item['house']}", item["more"], LETTERS[item["letter"].lower()])))
        for item in told
    )


def _is_name_or_phone(words: str) -> bool:
    """Whether there are only capitals, forms of address and digits: "c Thảo", "0977 123 654"."""
    parts = words.split()
    return all(not part[0].isalpha() or part[0].isupper() or part.rstrip(".") in HONORIFIC for part in parts)


def letters_written_out(line: str) -> str:
    """ "12 c, 13 v, 14 hẹn t7" with its letters as words; the line as it is where no letter is certainly a sheet's.

    They begin the line, for behind "vắng 12, 13" they mean nobody knows what. One letter must stand apart from its
    number, or two be there: "12c" alone may be a house, "9h" an hour.
    """
    items = [found for found in _ITEM.finditer(line) if not _HOUR.fullmatch(found[0])]
    if not items or items[0].start() or (len(items) == 1 and " " not in items[0][0]):
        return line
    if items[0][0] == line.strip(" .,;") and items[0][2] not in "cvtVT":
        return line  # "9 h" alone is an hour, "12 C" perhaps house 12C
    for found in reversed(items):
        line = f"{line[: found.start()]}nhà {found[1]} {LETTERS[found[2].lower()]}{line[found.end() :]}"
    return line


def may_be_a_letter(line: str) -> bool:
    """Whether a letter is perhaps a house's, or missing: "12c, 13 vắng" may be house 12C; "12 c, 13, 14 v"."""
    items = [found for found in _ITEM.finditer(line) if not _HOUR.fullmatch(found[0])]
    if items and any(map(_lacks_a_letter, line.split(";"))):
        return True
    return len(items) == 1 and " " not in items[0][0] and items[0].end() < len(line.rstrip(" .,;"))


def _lacks_a_letter(run: str) -> bool:
    """Whether a bare number stands behind an item: "12 c, 13, 14 v"; ahead of them it takes the next one's letter."""
    parts = [part.strip() for part in run.split(",")]
    return any(part.isdigit() for part in parts[1:]) and not parts[0].isdigit()
