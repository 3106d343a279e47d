"""Lines of a paper sheet whose letters stand in other ways than "12 c, 13 v": they are written out as words first.

By turns without commas ("20 c 21 c 22 hẹn t7"), behind a range ("33-36 v") or bare numbers ("88, 90 v; 92 c"), behind
people ("nhà bà Sáu c, nhà ông Cả v"), and ahead of the numbers, a line each ("c: 1 3 5").
"""

import re

from rules.grammar.sheets import LETTERS

_ITEM = r"(\d{1,4}(?:/\d{1,4})*) ?[:=\-]? ?([cvtCVT])"
_CHAIN = re.compile(rf"(?:{_ITEM} +){{2,}}(?=\d)")
_IN_CHAIN = re.compile(rf"(?<![\w/]){_ITEM}(?=[\s,;.]|$)")
_STUCK = re.compile(r"(?<![\w/])(\d{1,3})(?=(?:hẹn|hen|vắng|vang|xong|cài|cai)(?!\w))", re.IGNORECASE)
_NEXT = re.compile(
    r"(?<=[^\d\W]|\d) (?=\d{1,4} (?:hẹn|hen|vắng|vang|xong|cài|cai|ko|k|không|từ|tu|chưa|chua|đã|da)(?!\w))"
)
_RANGE = re.compile(r"(?:(?:nhà|số|nha|so|sn) )?(\d{1,4} ?[-–] ?\d{1,4}) ?[:=]? ?([cvtCVT])[ .]*")
_WAITING = re.compile(rf"((?:(?<=^)|(?<=[;.] ))(?:\d{{1,4}}(?:/\d{{1,4}})* ?[,+] ?)+){_ITEM}(?=\s*(?:[;.]|$))")
_HOME = r"(?:nhà |nha |hộ |ho )?(?:ông|bà|cô|chú|bác|cụ|anh|chị|ong|ba|co|chu|bac|cu|chi|a|c|b|ô)\.? "
_OF_PEOPLE = re.compile(rf"({_HOME}(?:[^\W\d_]+ ){{1,4}}?)([cvtCVT])")
_OF_A_DOOR = re.compile(
    r"((?:(?:nhà|nha|số|so|hộ|sn)(?: số| so)? )?\d{1,4}[a-zA-Z]?(?:/\d{1,4})*) ?[:=\-]? ?([cvthsCVTHS])"
    r"(?: (?:ạ|nhé|nha|r|rồi))*"
)
_HEAD = re.compile(r"([cvtCVT]) ?[:=\-] ?(?=\d)|([cvtCVT]) (?=\d+(?:[ ,]+\d+)+[ .]*$)")
_BETWEEN = re.compile(r"(?<=\d)\s+(?=\d)")
_REASON = re.compile(
    r"((?:nhà |số )?\d{1,4}(?:/\d{1,4})*) "
    r"(?:(?P<t>[tT])(?= (?:ko|k|không|khong|kg|vì|vi|do|sợ|so|bảo|bao|kêu|ngại|già)(?!\w))|"
    r"(?P<v>[vV])(?= (?:cả|ca|đi|khoá|khóa|về|hết|vì|do|cửa|đóng|ko|k|không)(?!\w)))"
)
_DONE = re.compile(r"((?:^|(?<=[,;] ))\d{1,4}(?:/\d{1,4})*) (?:đc|dc|được)(?=\s*(?:[,;]|$))", re.IGNORECASE)
_BY_COMMA = re.compile(r"(?<=[,;] )(\d{1,4}(?:/\d{1,4})*) ([cvt])(?=\s*(?:[,;]|$))", re.IGNORECASE)


def _word(letter: str) -> str:
    return LETTERS[letter.lower()]


def written_in_words(line: str) -> str:
    """The line with such letters as words; as it is where none is certainly a sheet's."""
    if found := _RANGE.fullmatch(line):
        return f"nhà {found[1]} {_word(found[2])}"
    if _CHAIN.match(line):
        return _chain_in_words(line)
    if found := _REASON.match(line):
        return f"{found[1]} {_word(found['t'] or found['v'])}, {line[found.end() :].strip()}"
    if line[:1].isdigit() and _BY_COMMA.search(line) and _DONE.search(line):
        return _BY_COMMA.sub(lambda item: f"{item[1]} {_word(item[2])}", _DONE.sub(r"\1 đã cài", line))
    for pattern in (_OF_PEOPLE, _OF_A_DOOR):
        parts = [pattern.fullmatch(part) for part in re.split(r"\s*[,;]\s*", line.strip(" .,;"))]
        if len(parts) > 1 and all(parts) and not line[:1].isdigit():
            return ", ".join(f"{part[1].strip()} {_word(part[2])}" for part in parts if part)
    return _WAITING.sub(lambda run: f"{run[1]}{run[2]} {_word(run[3])}", line)


def _chain_in_words(line: str) -> str:
    """ "20 c 21 c 22 hẹn t7 23 v": a comma behind each; "66 c 67 c 68 v, lặng quá" says of all what no letter does."""
    apart = _NEXT.sub(", ", _STUCK.sub(r"\1 ", line))
    written = _IN_CHAIN.sub(lambda item: f", nhà {item[1]} {_word(item[2])},", apart)
    parts = [part for part in re.split(r"\s*[,;][\s,;]*", written.strip(" ,;")) if part]
    return ", ".join(parts) if all(part[0].isdigit() or part.startswith("nhà ") for part in parts) else line


def heads_written_out(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """ "c: 1 3 5", "v: 2 4": at least two lines that begin with a letter of the sheet and go on with numbers."""
    heads = [_HEAD.match(line) for _, line in lines]
    if sum(map(bool, heads)) < 2:
        return lines
    return [
        (number, f"{_word(head[1] or head[2])}: {_BETWEEN.sub(', ', line[head.end() :])}" if head else line)
        for (number, line), head in zip(lines, heads, strict=True)
    ]
