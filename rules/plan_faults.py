"""What is wrong with a campaign file, each fault a Vietnamese sentence with its place in the file."""

import re
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from rules.plan_contradictions import Fault, contradictions, perhaps
from rules.plan_parts import Part
from rules.toml_lines import Loc

if TYPE_CHECKING:
    from rules.plan import Plan

TABLES = ("indicators", "audiences", "deadlines", "duties", "quotas", "reports", "outcomes")


def faults(data: dict[str, Any], whole: "type[Plan]") -> list[Fault]:
    """What is wrong entry by entry, and what contradicts what among the entries that are right.

    `whole` is the class of the whole plan, handed in because `rules.plan` stands above this module.
    """
    try:
        whole.model_validate(data)
        errors = []
    except ValidationError as error:
        errors = error.errors(include_url=False)
    broken = {str(error["loc"][0]) for error in errors}
    fields = [name for name in whole.model_fields if name in data and name not in broken]
    sound = whole.model_construct(None, **{name: _entry(whole, name).validate_python(data[name]) for name in fields})
    return [*((error["loc"], _sentence(error, whole)) for error in errors), *contradictions(sound, broken)]


@cache
def _entry(whole: "type[Plan]", name: str) -> TypeAdapter[Any]:
    """What reads one entry by itself."""
    return TypeAdapter(whole.model_fields[name].annotation)


_SENTENCES = {
    "plan": "{sentence}",
    "string_type": "phải là chữ, viết trong ngoặc kép",
    "string_too_short": "không được để trống",
    "string_too_long": "dài quá {max_length} chữ",
    "bool": "phải là true hoặc false",
    "int": "phải là số nguyên",
    "date": "phải là ngày, viết như 2026-05-18",
    "tuple_type": "phải là danh sách, viết trong ngoặc vuông",
    "model_type": "phải là một bảng",
    "too_short": "cần ít nhất {min_length} mục, đang có {actual_length}",
    "too_long": "chỉ nhận {max_length} mục, đang có {actual_length}",
    "literal_error": "chỉ nhận {expected}",
    "greater_than_equal": "phải từ {ge} trở lên",
    "less_than_equal": "nhiều nhất là {le}",
}


def _sentence(error: ErrorDetails, whole: "type[Plan]") -> str:
    """The fault in Vietnamese, with the entry's name, where it stands and what it is now."""
    loc, kind, given = error["loc"], error["type"], error["input"]
    key, table = _key_and_table(loc)
    if kind == "missing":
        return f"thiếu mục “{key}”{table}"
    if kind == "extra_forbidden":
        return f"mục “{key}” lạ{perhaps(key, _part_of(loc, whole).model_fields)}"
    if kind == "tuple_type" and isinstance(given, dict) and key in TABLES:
        return f"bảng “{key}” có thể có nhiều; hãy viết [[{key}]] với hai ngoặc vuông"
    context = {"expected": "", **error.get("ctx", {})}
    context["expected"] = ", ".join(filter(None, re.findall(r"'([^']*)'", str(context["expected"]))))
    wanted = _SENTENCES.get(kind) or _SENTENCES.get(kind.split("_")[0]) or "có giá trị không dùng được"
    is_short = isinstance(given, str | int | float) and 0 < len(str(given)) <= 80
    now = f" (đang là “{given}”)" if is_short and "bots" not in loc else ""  # there it may be a token
    return f"mục “{key}”{table} {wanted.format(**context)}{now}"


def _key_and_table(loc: Loc) -> tuple[str, str]:
    """How people name an entry: its key, and the table around it as the file writes it."""
    names = [str(name) for name in loc if isinstance(name, str)]
    nth = next((f" thứ {index + 1}" for index in loc if isinstance(index, int)), "")
    if len(names) < 2:
        return f"{names[-1]}{nth}", ""
    table = ".".join(names[:-1])
    return names[-1], f" ở [[{table}]]{nth}" if isinstance(loc[1], int) else f" ở [{table}]"


def _part_of(loc: Loc, whole: type[Part]) -> type[Part]:
    """The kind of table an entry at this place belongs to."""
    part = whole
    for name in loc[:-1]:
        if isinstance(name, str):
            kind = part.model_fields[name].annotation
            part = next(each for each in (kind, *get_args(kind)) if isinstance(each, type) and issubclass(each, Part))
    return part
