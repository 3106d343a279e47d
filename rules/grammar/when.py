"""When it was, and when to come back."""

import re

from rules import days
from rules.grammar.doors import OF_THE_CLOCK
from rules.grammar.outcomes import Verdict, counted, first_told
from rules.grammar.reading import Reading
from rules.grammar.words import Line, spelt

_VAGUE_WEEKDAY = re.compile(r"[tT][2-6]")
_DATE_ALONE = re.compile(r"\d{1,2}[/.\-]\d{1,2}")
_EVENING = re.compile(r"\b(?:sáng|trưa|chiều|tối)\b(?= (?:quay|qua|sang|đến|lại|ghé|tới|gặp)|$)", re.IGNORECASE)
_NOT_ON = re.compile(r"\d ?[-–,] ?$|\b(?:sau|trước|truoc|ngoài|qua) (?:ngày )?$", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"(?:(?:sáng|trưa|chiều|tối|ngày|hôm|sang|trua|chieu|toi) )*(?:t\d|thứ|thu|cn|chủ|chu)", re.IGNORECASE
)
_PROMISING = re.compile(
    r"\b(?:bảo|kêu|nói|báo|chờ|đợi|để|đến|tới|mãi|hẹn|nhờ|bao|keu|noi|cho|doi|den|qua)(?: (?:là|sang|mai))? $",
    re.IGNORECASE,
)
_COMING = re.compile(
    r" (?:(?:này|tới|mới|sẽ|họ|ông|bà|con|nay|toi|moi) )*"
    r"(?:về|ve|rảnh|ranh|có nhà|co nha|mới|moi|sẽ|se|quay|sang|lên|làm|ra)\b",
    re.IGNORECASE,
)
_NO_DAY = re.compile(r"(?:tuần|tháng|tuan|thang) (?:sau|tới|toi)", re.IGNORECASE)
# A day is kept for the reminder, and what was said for whoever goes there.
_VAGUE = re.compile(r"(?:(?:đầu|giữa|cuối|dau|giua|cuoi) )?(?:tuần|tháng|tuan|thang)(?: \w+)?", re.IGNORECASE)
_VISITED = re.compile(
    r"\b(?:cũng|vẫn|vắng|cài|hẹn|bận|chưa|không|đã|mới|cung|van|vang|cai|hen|ban|chua|khong|ko|k)\b", re.IGNORECASE
)
_OVER = spelt(r"(?:sáng|trưa|chiều|tối|đêm) (?:hôm )?(?:qua|kia)(?! lại)|hôm (?:qua|kia)|hqua|sáng nay")
_FOR_DAYS = re.compile(r"(?<!\S)(?:\d{1,2}|hai|ba|mấy) (?:hôm|bữa|ngày|hom|bua|ngay) nay\b", re.IGNORECASE)
_SPAN = re.compile(r"\b(?:từ|lẫn|đến|tới|suốt|tu|lan) (?:ngày |hôm )?$", re.IGNORECASE)
_COUNTED_BEHIND = re.compile(r" ?(?:người|nguoi|ng|máy|may|khẩu|khau|nhân khẩu|thành viên)\b", re.IGNORECASE)


def past_days(line: Line) -> set[int]:
    """The words of a day that is over, which say nothing of plans: the "tối" in "tối qua em cài"."""
    found = [
        places for _, places in line.find(_OVER) if not line.typed(places).lower().startswith("toi")
    ]  # or "tôi qua"
    return {place for places in found for place in places}


def take_days(reading: Reading, verdict: Verdict) -> None:
    """The day of the visit, and for a promise the day and hour to come back."""
    coming = verdict.code == "come_back" or any(claim.code == "come_back" for claim in verdict.claims)
    if coming:
        _take_promise(reading, verdict)
    open_text = _FOR_DAYS.sub(lambda span: "|" * len(span[0]), reading.open_text())
    found = days.find_day(open_text, reading.today)
    if not found:
        return
    start, end, day = found
    if _DATE_ALONE.fullmatch(reading.line.text[start:end]) and _COUNTED_BEHIND.match(reading.line.text, end):
        reading.doubt |= verdict.code not in counted(reading.plan)  # "3/5 người đã cài" counts them
        return
    if _may_lie_ahead(reading, start, end, verdict) and _has_company(reading.line.text, start, end):
        reading.own_words.update(reading.take(reading.line.under(start, end)))  # "vắng, cn mới về"
        return
    reading.day, typed = day, reading.line.text[start:end]
    reading.doubt |= bool(_SPAN.search(reading.line.text[:start]))
    reading.doubt |= day > reading.today or bool(_VAGUE_WEEKDAY.fullmatch(typed))
    reading.doubt |= _may_lie_ahead(reading, start, end, verdict)
    reading.doubt |= _is_another_visit(reading.line.text, start, end, verdict, reading)
    reading.is_bare_date = bool(_DATE_ALONE.fullmatch(typed))
    reading.doubt |= reading.is_bare_date and not _stands_clear(reading, start, verdict)
    day_at = reading.take(reading.line.under(start, end))
    if not coming and (_is_in_the_tail(reading, start, end, verdict) or _has_an_hour(reading, day_at)):
        reading.own_words.update(day_at)
    again = days.find_day(reading.open_text(), reading.today)
    reading.doubt |= bool(again and again[2] != day and not coming)


def _is_in_the_tail(reading: Reading, start: int, end: int, verdict: Verdict) -> bool:
    """ "xong, là nhà thứ mười trong tối nay": in a clause of own words the day stays among them."""
    first, text = first_told(verdict.claims), reading.line.text
    told = reading.line.words[first.places.stop - 1].end if first else len(text)
    return bool(re.search("[,;.]", text[told:start])) and _has_company(text, start, end)


def _has_an_hour(reading: Reading, day_at: range) -> bool:
    """ "tối qua 8h em qua": an hour is kept with its day."""
    words = reading.line.words
    return day_at.stop < len(words) and bool(OF_THE_CLOCK.fullmatch(words[day_at.stop].full))


def _take_promise(reading: Reading, verdict: Verdict) -> None:
    said_so = {place for claim in verdict.claims if claim.code in ("come_back", "planned") for place in claim.places}
    found = days.find_coming_day(reading.open_text(said_so), reading.today)
    if found:
        is_day = not _NO_DAY.fullmatch(reading.line.text[found[0] : found[1]])
        reading.come_back_on = found[2] if is_day else None
        reading.doubt |= bool(_NOT_ON.search(reading.line.text[: found[0]]))
        typed = reading.line.text[found[0] : found[1]]
        reading.own_words.update(reading.line.under(found[0], found[1]) if _VAGUE.fullmatch(typed) else ())
        reading.take(reading.line.under(found[0], found[1]))
        is_to = typed.startswith("sang ") and not reading.line.text.isascii()  # "đổi sang t7", where marks are typed
        reading.come_back_at = days.read_time(typed.removeprefix("sang ") if is_to else typed)
    part = _EVENING.search(reading.line.text) if not found else None
    if part:
        reading.come_back_at = part[0].lower()
    hours = {place for place in said_so if OF_THE_CLOCK.fullmatch(reading.line.words[place].full)}
    if found:
        hours -= set(reading.line.under(found[0], found[1]))
    at = days.find_time(reading.open_text(hours))
    if at:
        reading.come_back_at = days.read_time(f"{reading.line.text[slice(*at)]} {reading.come_back_at or ''}")
        reading.take(reading.line.under(*at))


def _may_lie_ahead(reading: Reading, start: int, end: int, verdict: Verdict) -> bool:
    """ "không ở nhà, gọi bảo t7 về": a weekday behind what happened is perhaps when they will be there."""
    told = min((reading.line.words[claim.places.start].start for claim in verdict.claims), default=0)
    ahead, behind = reading.line.text[:start], reading.line.text[end:]
    is_apart = bool(re.search("[,;.]", ahead[told:]))
    return (
        start > told
        and bool(_WEEKDAY.match(reading.line.text[start:]))
        and bool(is_apart or _PROMISING.search(ahead) or _COMING.match(behind))
    )


def _is_another_visit(text: str, start: int, end: int, verdict: Verdict, reading: Reading) -> bool:
    """ "vắng, hôm qua cũng vắng": a day behind the core is that of another visit, where its clause tells of one."""
    first = first_told(verdict.claims)
    told = reading.line.words[first.places.start].start if first else len(text)
    clause = re.split("[,;.(]", text[:start])[-1] + "|" + re.split("[,;.)]", text[end:])[0]
    return start > told and bool(re.search("[,;.]", text[told:start])) and bool(_VISITED.search(clause))


def _has_company(text: str, start: int, end: int) -> bool:
    """Whether other words stand in the clause of a day."""
    ahead, behind = re.split("[,;.(]", text[:start])[-1], re.split("[,;.)]", text[end:])[0]
    return any(map(str.isalpha, ahead + behind))


def _stands_clear(reading: Reading, start: int, verdict: Verdict) -> bool:
    """Whether a bare "18/6" can only be a day: at the head of the line, or behind what happened."""
    told = [reading.line.words[claim.places.start].start for claim in verdict.claims]
    return start == 0 or bool(told and start > min(told))
