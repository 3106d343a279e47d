"""A campaign's plan as its công văn decides it: read from one TOML, checked, frozen."""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from difflib import get_close_matches
from itertools import combinations
from pathlib import Path
from string import Formatter
from typing import Annotated, Any, Literal, get_args
from urllib.parse import quote, urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from rules.clock import at_vietnam
from rules.deadlines import UnreadableDeadline, read, span_of

Asks = Literal["", "installs", "day", "reason"]
Totals = Literal["households", "smartphone_households", "people", "staff"]
Counts = Literal["household", "person"]
Loc = tuple[str | int, ...]
Fault = tuple[Loc, str]

BLANKS = ("authority", "app", "retention", "coordinator")
APP_STORE = ("apps.apple.com", "itunes.apple.com")
TABLES = ("indicators", "deadlines", "quotas", "outcomes")
GOOGLE_PLAY = ("play.google.com",)
TOTALS_OF: dict[Counts, tuple[Totals, ...]] = {
    "household": ("households", "smartphone_households"),
    "person": ("people", "staff"),
}


def _clock_time(text: str) -> str:
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text):
        raise _refused("phải là giờ và phút, viết như “17:00”")
    return text


def _plain_name(mark: str, most: int) -> Callable[[str], str]:
    def name(text: str) -> str:
        if not re.fullmatch(rf"[a-z0-9{mark}]{{1,{most}}}", text):
            raise _refused(f"chỉ gồm chữ thường không dấu, chữ số và dấu “{mark}”, từ 1 đến {most} chữ")
        return text

    return name


def _page_of(*hosts: str) -> Callable[[str], str]:
    def page(link: str) -> str:
        if link and not (link.startswith("https://") and _host(link) in hosts):
            swapped = _host(link) in APP_STORE + GOOGLE_PLAY and link.startswith("https://")
            hint = "; có phải hai đường dẫn kho ứng dụng đã đổi chỗ cho nhau?" if swapped else ""
            raise _refused(f"phải là đường dẫn bắt đầu bằng https://{hosts[0]}/{hint}")
        return link

    return page


def _link(link: str) -> str:
    if link and not (link.startswith("https://") and _host(link)):
        raise _refused("phải là đường dẫn bắt đầu bằng https://")
    return link


def _host(link: str) -> str:
    try:
        return urlsplit(link).hostname or ""
    except ValueError:
        return ""


def _readable(says: str) -> str:
    try:
        read(says, year=2000)
    except UnreadableDeadline:
        raise _refused(
            "không đọc được thành ngày; hãy viết như “đến hết ngày 30/6/2026”, “trước ngày 15/3/2026” "
            "hoặc “trong tháng 3/2026”"
        ) from None
    return says


def _known_blanks(text: str) -> str:
    try:
        blanks = list(Formatter().parse(text))
    except ValueError:
        raise _refused("có dấu “{” hoặc “}” lẻ") from None
    for _, name, spec, conversion in blanks:
        if name is not None and (name not in BLANKS or spec or conversion):
            known = ", ".join(f"{{{blank}}}" for blank in BLANKS)
            written = name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "")
            raise _refused(f"có chỗ trống lạ “{{{written}}}”; chỉ điền được {known}")
    return text


def _refused(sentence: str) -> PydanticCustomError:
    return PydanticCustomError("plan", "{sentence}", {"sentence": sentence})


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[str, AfterValidator(_plain_name("-", 40))]
Code = Annotated[str, AfterValidator(_plain_name("_", 20))]
ClockTime = Annotated[str, AfterValidator(_clock_time)]
Readings = tuple[Text, ...]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Place(Part):
    name: Text
    short: Text
    authority: Text
    city: Text
    coordinator: Text
    unit_word: Text = "thôn"


class App(Part):
    name: Text
    hotline: str = ""
    hotline_note: str = ""
    video: Annotated[str, AfterValidator(_link)] = ""
    app_store: Annotated[str, AfterValidator(_page_of(*APP_STORE))] = ""
    google_play: Annotated[str, AfterValidator(_page_of(*GOOGLE_PLAY))] = ""
    steps: tuple[Text, ...] = Field(min_length=1, max_length=5)

    def store_link(self, system: Literal["ios", "android"]) -> str:
        """The plan's own store page, or the store's search for the app's exact name while the plan leaves it open."""
        if system == "ios":
            return self.app_store or f"https://apps.apple.com/vn/search?term={quote(self.name)}"
        return self.google_play or f"https://play.google.com/store/search?q={quote(self.name)}&c=apps"


class Hours(Part):
    start: date
    digest_at: ClockTime = "17:00"
    quiet_from: ClockTime = "21:00"
    quiet_to: ClockTime = "06:30"
    remind_days_before: tuple[Annotated[StrictInt, Field(ge=0, le=60)], ...] = (7, 3, 1, 0)
    remind_at: ClockTime = "08:00"
    readings: Readings = ()

    def is_quiet(self, hour: ClockTime) -> bool:
        """Whether nothing is sent unprompted at this hour; the quiet may run past midnight."""
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= hour < self.quiet_to
        return hour >= self.quiet_from or hour < self.quiet_to


class Indicator(Part):
    slug: Slug
    sentence: Text
    counts: Counts
    out_of: Totals
    target_percent: StrictInt = Field(default=100, ge=1, le=100)
    readings: Readings = ()


class Deadline(Part):
    slug: Slug
    says: Annotated[str, AfterValidator(_readable)]
    binds: Text
    what: Text
    indicator: str = ""
    readings: Readings = ()


class Quota(Part):
    slug: Slug
    who: Text
    least: StrictInt = Field(ge=1)
    counts: Counts = "household"
    sentence: str = ""
    readings: Readings = ()


class Outcome(Part):
    code: Code
    label: Text = Field(max_length=30)
    said: Text
    done: StrictBool = False
    leaves_out: StrictBool = False
    asks: Asks = ""


class Notice(Part):
    version: Text
    text: Annotated[Text, AfterValidator(_known_blanks)]
    retention_days: StrictInt = Field(default=90, ge=1)
    readings: Readings = ()


class Plan(Part):
    """One campaign. Money, names of officers and their private numbers are not in it."""

    slug: Slug
    title: Text
    number: str = ""
    issued: str = ""
    legal_basis: tuple[Text, ...] = ()
    place: Place
    app: App
    time: Hours
    indicators: tuple[Indicator, ...] = Field(min_length=1)
    deadlines: tuple[Deadline, ...] = ()
    quotas: tuple[Quota, ...] = ()
    outcomes: tuple[Outcome, ...] = Field(min_length=2, max_length=8)
    notice: Notice

    def outcome(self, code: str) -> Outcome:
        """The outcome with this code. Raises KeyError when the plan has none."""
        for outcome in self.outcomes:
            if outcome.code == code:
                return outcome
        raise KeyError(code)

    @property
    def done_codes(self) -> frozenset[str]:
        return frozenset(outcome.code for outcome in self.outcomes if outcome.done)

    @property
    def left_out_codes(self) -> frozenset[str]:
        return frozenset(outcome.code for outcome in self.outcomes if outcome.leaves_out)

    @property
    def indicator(self) -> Indicator:
        """The indicator that chat figures speak of: the plan's first."""
        return self.indicators[0]

    def quota(self, slug: str) -> Quota | None:
        return next((quota for quota in self.quotas if quota.slug == slug), None)

    @property
    def notice_text(self) -> str:
        return self.notice.text.strip().format(
            authority=self.place.authority,
            app=self.app.name,
            retention=self.notice.retention_days,
            coordinator=self.place.coordinator,
        )

    def at(self, day: date, hour: ClockTime) -> datetime:
        return at_vietnam(day, time.fromisoformat(hour))


class UnreadablePlan(Exception):
    """The plan cannot be used; the message says where and how to mend it, one fault a line."""


def load(path: Path) -> Plan:
    """Read and check one campaign file. Raises UnreadablePlan, each fault a line: file, line number, sentence."""
    try:
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8-sig"))
        data = tomllib.loads(text)
    except FileNotFoundError:
        raise UnreadablePlan(f"{path}: không có tệp này; xem lại CAMPAIGN trong .env") from None
    except UnicodeDecodeError:
        raise UnreadablePlan(f"{path}: không phải văn bản UTF-8; hãy lưu lại với bảng mã UTF-8") from None
    except OSError as error:
        raise UnreadablePlan(f"{path}: không mở được ({type(error).__name__}); xem quyền đọc của tệp") from None
    except tomllib.TOMLDecodeError as error:
        raise UnreadablePlan(f"{path}:{_syntax_fault(text, str(error))}") from None
    if faults := _faults(data):
        lines = _lines(text)
        placed = sorted({(_line_of(loc, lines), sentence) for loc, sentence in faults})
        raise UnreadablePlan("\n".join(f"{path}:{line}: {sentence}" for line, sentence in placed))
    return Plan.model_validate(data)


def open_fields(plan: Plan, file: str = "") -> list[str]:
    """What the công văn leaves open: a sentence each with what happens meanwhile and what to fill in which file."""
    file = file or f"campaigns/{plan.slug}.toml"
    search = f"QR tạm mở ô tìm kiếm “{plan.app.name}” trong"
    named = [
        (plan.app.app_store, f"Chưa có đường dẫn App Store: {search} App Store", "app.app_store"),
        (plan.app.google_play, f"Chưa có đường dẫn Google Play: {search} Google Play", "app.google_play"),
        (plan.app.hotline, "Chưa có tổng đài hỗ trợ: thẻ hướng dẫn không in số gọi", "app.hotline"),
        (plan.app.video, "Chưa có video hướng dẫn: bot chỉ gửi các bước bằng chữ", "app.video"),
        (plan.number, "Chưa có số, ký hiệu công văn: giấy tờ chừa trống chỗ này", "number"),
        ("ngày" in plan.issued.lower(), "Chưa có ngày ban hành: giấy tờ chừa trống chỗ này", "issued"),
        (plan.legal_basis, "Chưa có căn cứ: giấy tờ không có dòng căn cứ", "legal_basis"),
        (plan.deadlines, "Chưa có hạn nào: bot không nhắc ai và không tính nhịp cần mỗi ngày", "[[deadlines]]"),
    ]
    return [f"{sentence}; điền {key} trong {file}." for filled, sentence, key in named if not filled]


def _faults(data: dict[str, Any]) -> list[Fault]:
    """What is wrong entry by entry, and what contradicts what among the entries that are right."""
    try:
        Plan.model_validate(data)
        errors = []
    except ValidationError as error:
        errors = error.errors(include_url=False)
    broken = {str(error["loc"][0]) for error in errors}
    fields = {
        name: field.annotation for name, field in Plan.model_fields.items() if name in data and name not in broken
    }
    sound = Plan.model_construct(
        None, **{name: TypeAdapter(kind).validate_python(data[name]) for name, kind in fields.items()}
    )
    faults = [(error["loc"], _sentence(error)) for error in errors]
    return faults + [fault for needs, check in _CHECKS if not broken & set(needs) for fault in check(sound)]


def _names_twice(plan: Plan) -> Iterator[Fault]:
    for table in ("indicators", "deadlines", "quotas"):
        yield from _twice(table, "slug", getattr(plan, table, ()))


def _outcomes_twice(plan: Plan) -> Iterator[Fault]:
    for key in ("code", "label", "said"):
        yield from _twice("outcomes", key, plan.outcomes)


def _twice(table: str, key: str, parts: Sequence[Part]) -> Iterator[Fault]:
    for (first, one), (second, other) in combinations(enumerate(parts), 2):
        if (name := getattr(one, key)) == getattr(other, key):
            yield (
                (table, second, key),
                f"{key} “{name}” đã dùng ở [[{table}]] thứ {first + 1}; mỗi mục cần một tên riêng",
            )


def _nothing_done(plan: Plan) -> Iterator[Fault]:
    if not plan.done_codes:
        yield ("outcomes",), "chưa có kết quả nào tính là xong; thêm done = true vào một [[outcomes]]"
    for index, outcome in enumerate(plan.outcomes):
        if outcome.done and outcome.leaves_out:
            yield ("outcomes", index, "leaves_out"), f"kết quả “{outcome.label}” không thể vừa xong vừa ngoài diện tính"


def _other_total(plan: Plan) -> Iterator[Fault]:
    for index, indicator in enumerate(plan.indicators):
        if indicator.out_of not in TOTALS_OF[indicator.counts]:
            fit = " hoặc ".join(TOTALS_OF[indicator.counts])
            yield ("indicators", index, "out_of"), f"đếm theo {indicator.counts} thì tổng (out_of) phải là {fit}"


def _indicator_unknown(plan: Plan) -> Iterator[Fault]:
    slugs = [indicator.slug for indicator in plan.indicators]
    for index, deadline in enumerate(plan.deadlines):
        if deadline.indicator and deadline.indicator not in slugs:
            loc = ("deadlines", index, "indicator")
            yield loc, f"không có chỉ tiêu “{deadline.indicator}”{_perhaps(deadline.indicator, slugs)}"


def _over_before_it_starts(plan: Plan) -> Iterator[Fault]:
    for index, deadline in enumerate(plan.deadlines):
        try:
            last = span_of(plan, deadline).last_day
        except UnreadableDeadline:
            yield (
                ("deadlines", index, "says"),
                f"hạn “{deadline.says}” không có trong năm {plan.time.start.year}; ghi rõ năm",
            )
            continue
        if last < plan.time.start:
            yield (
                ("deadlines", index, "says"),
                f"hạn “{deadline.says}” hết vào {last:%d/%m/%Y}, trước ngày bắt đầu {plan.time.start:%d/%m/%Y}",
            )


def _woken(plan: Plan) -> Iterator[Fault]:
    hours = plan.time
    for key, what in (("digest_at", "giờ gửi số liệu"), ("remind_at", "giờ nhắc hạn")):
        if hours.is_quiet(at := getattr(hours, key)):
            yield ("time", key), f"{what} {at} rơi vào giờ yên lặng {hours.quiet_from}–{hours.quiet_to}"


_CHECKS: tuple[tuple[tuple[str, ...], Callable[[Plan], Iterator[Fault]]], ...] = (
    (("indicators", "deadlines", "quotas"), _names_twice),
    (("outcomes",), _outcomes_twice),
    (("outcomes",), _nothing_done),
    (("indicators",), _other_total),
    (("indicators", "deadlines"), _indicator_unknown),
    (("time", "deadlines"), _over_before_it_starts),
    (("time",), _woken),
)

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


def _sentence(error: ErrorDetails) -> str:
    """The fault in Vietnamese, with the entry's name, where it stands and what it is now."""
    loc, kind, given = error["loc"], error["type"], error["input"]
    key, table = _key_and_table(loc)
    if kind == "missing":
        return f"thiếu mục “{key}”{table}"
    if kind == "extra_forbidden":
        return f"mục “{key}” lạ{_perhaps(key, _part_of(loc).model_fields)}"
    if kind == "tuple_type" and isinstance(given, dict) and key in TABLES:
        return f"bảng “{key}” có thể có nhiều; hãy viết [[{key}]] với hai ngoặc vuông"
    context = {"expected": "", **error.get("ctx", {})}
    context["expected"] = ", ".join(filter(None, re.findall(r"'([^']*)'", str(context["expected"]))))
    wanted = _SENTENCES.get(kind) or _SENTENCES.get(kind.split("_")[0]) or "có giá trị không dùng được"
    now = f" (đang là “{given}”)" if isinstance(given, str | int | float) and 0 < len(str(given)) <= 80 else ""
    return f"mục “{key}”{table} {wanted.format(**context)}{now}"


def _key_and_table(loc: Loc) -> tuple[str, str]:
    """How people name an entry: its key, and the table around it as the file writes it."""
    names = [str(name) for name in loc if isinstance(name, str)]
    nth = next((f" thứ {index + 1}" for index in loc if isinstance(index, int)), "")
    if len(names) < 2:
        return f"{names[-1]}{nth}", ""
    table = ".".join(names[:-1])
    return names[-1], f" ở [[{table}]]{nth}" if isinstance(loc[1], int) else f" ở [{table}]"


def _perhaps(name: str, known: Iterable[str]) -> str:
    if near := get_close_matches(name, list(known), 1, 0.6):
        return f"; có phải “{near[0]}”?"
    return f"; ở đây chỉ có: {', '.join(known)}"


def _part_of(loc: Loc) -> type[Part]:
    """The kind of table an entry at this place belongs to."""
    part: type[Part] = Plan
    for name in loc[:-1]:
        if isinstance(name, str):
            kind = part.model_fields[name].annotation
            part = next(each for each in (kind, *get_args(kind)) if isinstance(each, type) and issubclass(each, Part))
    return part


def _syntax_fault(text: str, message: str) -> str:
    found = re.search(r"line (\d+), column (\d+)", message)
    line, column = found.groups() if found else (text.count("\n") + 1, None)
    twice = "mục hoặc bảng này đã có ở trên" if re.search("twice|overwrite|redefine|mutate", message) else ""
    near = f"gần cột {column}" if column else "ở cuối tệp"
    return f"{line}: {twice or f'sai cú pháp TOML {near}; xem lại dấu nháy, dấu bằng và ngoặc'}"


def _line_of(loc: Loc, lines: dict[Loc, int]) -> int:
    """The line of the entry, or of the nearest table around it."""
    return next((lines[loc[:size]] for size in range(len(loc), 0, -1) if loc[:size] in lines), 1)


def _lines(text: str) -> dict[Loc, int]:
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
