"""A line that sets the unit, the day, the alley or the outcome for those below it: "Thôn 3 tối qua:", "Vắng:"."""

import re
from dataclasses import replace
from datetime import date

from rules import days
from rules.grammar.batch import Heading
from rules.grammar.doors import doors
from rules.grammar.outcomes import outcome_of
from rules.grammar.runs import BARE_HOUSE
from rules.grammar.units import units
from rules.grammar.words import Line, spelt
from rules.plan import Plan

_ALLEY_HEAD = re.compile(
    r"(?:(?:các )?nhà )?((?:ngõ|ngách|hẻm|kiệt|dãy|ngo|ngach|hem|kiet) \d{1,4}(?:/\d{1,4})*)\s*:?", re.IGNORECASE
)
_ALLEY = re.compile(
    r"(?<!\w)(?:ngõ|ngách|hẻm|kiệt|dãy|ngo|ngach|hem|kiet) \d{1,4}(?:/\d{1,4})*(?![\w/])", re.IGNORECASE
)
_HOW_MANY = spelt(r"\d{1,3} (?:nhà|hộ|căn)")  # "Đã cài (3 nhà):"
_HEADER_WORDS = spelt(
    r"(?:(?:danh sách|ds|báo cáo|báo|bc|kết quả|kq|của|các|hộ|nhà|những|em|cháu|gửi|xin|ngày|:|-|\.|,|ạ|buổi|"
    r"đi|sang|\(|\)|"
    r"tổng hợp|số|hôm|\||ngõ|đợt|tuyến|vận động|dạ|lượt|gồm|là|như sau|sau|đã|dân|ở|"
    r"trong|mình|được|mấy|vài|nay)(?: |$)){1,10}"
)


def heading_of(line: str, above: Heading, plan: Plan, today: date) -> Heading | None:
    """The heading this line is, or None: only a unit, a day or an outcome, and nothing of its own."""
    if found_alley := _ALLEY_HEAD.fullmatch(line):
        return replace(above, saying="", alley=found_alley[1])
    if above.saying and BARE_HOUSE.fullmatch(line):
        return None  # "18/2" among the houses under "Vắng:"
    words = Line(line)
    named = units(words)
    taken = {place for places in named for place in places}
    alley = _ALLEY.search(line)
    if alley:
        taken.update(words.under(*alley.span()))
    found = days.find_day(line, today)
    if found:
        taken.update(words.under(found[0], found[1]))
    verdict = outcome_of(words, plan, frozenset(taken)) if line.endswith(":") else None
    said = [place for claim in verdict.claims for place in claim.places] if verdict else []
    rest = " ".join(word.full for place, word in enumerate(words.words) if place not in taken and place not in said)
    rest = " ".join(_HOW_MANY.sub("", rest).split()) if said else rest
    if len(named) > 1 or not (named or found or said or alley) or (rest and not _HEADER_WORDS.fullmatch(rest)):
        return None
    if doors(words, set()) and not (named or alley):
        return None
    unit = _unit(words.typed(named[0])) if named else above.unit
    saying = words.typed(range(min(said), max(said) + 1)) if said else ""
    day = found[2] if found else above.day
    return Heading(unit, day, saying, above.sheet, alley[0] if alley else "")


def _unit(typed: str) -> str:
    return re.sub(r"^(?:ở|tại|thuộc|bên|o|tai|thuoc|ben) ", "", typed, flags=re.IGNORECASE)


def inline_heading(line: str, above: Heading, plan: Plan, today: date) -> tuple[Heading, str]:
    """ "tổ 2 hôm nay: 31 cài, 32 vắng": what stands before the colon holds for this one line."""
    ahead, colon, rest = line.partition(":")
    inline = heading_of(ahead, above, plan, today) if colon and rest[:1].isspace() else None
    return (replace(inline, sheet=above.sheet), rest.strip()) if inline else (above, line)
