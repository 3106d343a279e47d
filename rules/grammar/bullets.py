"""What stands before a line of a list: a bullet, its number in the list, or the house itself."""

import re
from datetime import date
from itertools import pairwise

from rules.grammar.line import read_line
from rules.grammar.sheets import letters_written_out
from rules.plan import Plan

_BULLET = re.compile(
    r"(?:[-–—*•+·▪►✓✔>]+|(?:(?i:stt|tt) ?)?\(?\d{1,3}[.)/:](?!\d)|(?i:stt|tt) ?\d{1,3}[.):,\-]?(?= )|"
    r"\(?[a-zđ]\)(?=\s))\s*"
)
_STT = re.compile(r"(\d{1,3})[.)/\-:,]?[ \t]+(?=\D)")


_SAID_AT = re.compile(r"\[[^\]]*\d{1,2}[:h]\d{2}[^\]]*\]\s*(?:[^:\d]{1,40}:\s*)?(?=\S)")


_INSIDE = re.compile(r"(?:(?<=^)|(?<=\s))(\d{1,2})[.)]\s+(?=[^\W\d_])")


def in_lines(line: str) -> str:
    """ "1. Nhà 12 cài 2. Nhà 13 vắng": a list that counts itself within one line, its numbers made semicolons."""
    numbers = [int(found[1]) for found in _INSIDE.finditer(line)]
    counts = len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))
    return _INSIDE.sub("; ", line).strip("; ") if counts else line


def is_numbered(typed: list[str]) -> bool:
    """Whether the lines count themselves, 1, 2, 3: then the numbers are no houses."""
    numbers = [int(found[1]) for line in typed if (found := _STT.match(line))]
    return len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] == 1


def tells_doors(typed: list[str]) -> bool:
    """Whether the numbers ahead of lines skip some, 12, 14, 19: nobody counts so, they are houses."""
    numbers = [int(found[1]) for line in typed if (found := _STT.match(line))]
    return len(numbers) > 1 and all(b - a > 1 for a, b in pairwise(numbers))


def with_door(line: str) -> str:
    """ "12 đã cài" as "nhà 12 đã cài"."""
    found = _STT.match(line)
    return f"nhà {found[1]}{',' if ',' in found[0] else ''} {line[found.end() :]}" if found else line


def without_bullet(line: str, numbered: bool, plan: Plan, today: date) -> str:
    """The line without "- ", "3. " or a chat's "[19:32] Lan: " before it.

    "12. đã cài" keeps its number, for that is the house.
    """
    line = _SAID_AT.sub("", line, count=1) if _SAID_AT.match(line) else line
    if numbered and (found := _STT.match(line)):
        return line[found.end() :]
    found = _BULLET.match(line)
    if not found:
        return line
    rest = line[found.end() :]
    if not found[0].strip(" .)(/:").isdigit():
        return rest
    entry = read_line(letters_written_out(rest), plan, today)
    return rest if entry and entry.house else line
