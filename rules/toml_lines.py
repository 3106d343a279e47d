"""Where in a TOML file each entry stands, so that a fault can be told with its line."""

import re
import tomllib
from typing import Any

Loc = tuple[str | int, ...]


def syntax_fault(text: str, message: str) -> str:
    """What tomllib's `message` says of a broken file, in Vietnamese, after the line's number: "12: sai cú pháp…"."""
    found = re.search(r"line (\d+), column (\d+)", message)
    line, column = found.groups() if found else (text.count("\n") + 1, None)
    twice = "mục hoặc bảng này đã có ở trên" if re.search("twice|overwrite|redefine|mutate", message) else ""
    near = f"gần cột {column}" if column else "ở cuối tệp"
    return f"{line}: {twice or f'sai cú pháp TOML {near}; xem lại dấu nháy, dấu bằng và ngoặc'}"


def line_of(loc: Loc, lines: dict[Loc, int]) -> int:
    """The line of the entry, or of the nearest table around it."""
    return next((lines[loc[:size]] for size in range(len(loc), 0, -1) if loc[:size] in lines), 1)


def lines_of(text: str) -> dict[Loc, int]:
    """Where each entry of a valid TOML begins, from 1; tomllib tells no lines, so it reads one statement at a time."""
    found: dict[Loc, int] = {}
    nth: dict[Loc, int] = {}
    table: Loc = ()
    opened, lines = 0, text.split("\n")
    for number in range(len(lines)):
        try:
            statement = tomllib.loads("\n".join(lines[opened : number + 1]))
        except tomllib.TOMLDecodeError:
            continue
        header = lines[opened].lstrip().startswith("[")
        place = _place(() if header else table, statement, nth)
        table = place if header else table
        for size in range(1, len(place) + 1):
            found.setdefault(place[:size], opened + 1)
        opened = number + 1
    return found


def _place(table: Loc, statement: dict[str, Any], nth: dict[Loc, int]) -> Loc:
    """The path a single statement writes to; `nth` remembers how many of each [[table]] have been opened."""
    place, value = table, statement
    while isinstance(value, dict) and value:
        name, value = next(iter(value.items()))
        place = (*place, name)
        if value == [{}]:
            nth[place], value = nth.get(place, -1) + 1, {}
        if place in nth:
            place = (*place, nth[place])
    return place
