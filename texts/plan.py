"""A plan told back in Vietnamese, so that whoever wrote the công văn can say whether we read it right."""

from collections.abc import Iterable
from datetime import date
from itertools import chain, starmap
from typing import Literal

from rules.clock import day_in_vietnam
from rules.deadlines import ladder, span_of
from rules.plan import App, Deadline, Indicator, Outcome, Plan, Quota, open_fields

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
COUNTED = {"household": "hộ", "person": "người", "staff": "người", "visitor": "lượt người"}
TOTALS = {
    "households": "tổng số hộ dân",
    "smartphone_households": "tổng số hộ dân đang dùng điện thoại thông minh",
    "people": "tổng số người dân thuộc diện",
    "staff": "tổng số cán bộ, người lao động",
    "visitors": "tổng số lượt người đến, do đơn vị báo",
}
ASKED = {
    "": "",
    "installs": "hỏi thêm mấy người đã cài",
    "day": "hỏi thêm ngày hẹn",
    "reason": "hỏi thêm lý do",
}


def prose(plan: Plan, file: str = "") -> str:
    """The whole plan as plain text, one paragraph a matter; `file` is the name people know its TOML by."""
    parts = (
        ("", _opening(plan)),
        ("Ứng dụng", _app(plan)),
        ("Đếm gì, trên tổng nào", chain.from_iterable(starmap(_indicator, enumerate(plan.indicators, 1)))),
        ("Ai làm gì, đến khi nào", chain.from_iterable(_deadline(plan, each) for each in plan.deadlines)),
        ("Chỉ tiêu mỗi người", chain.from_iterable(_quota(each) for each in plan.quotas)),
        ("Kết quả ghi ở mỗi nhà", (_outcome(each) for each in plan.outcomes)),
        ("Giờ giấc", _hours(plan)),
        ("Thông báo về dữ liệu cá nhân", _notice(plan)),
        ("Còn để ngỏ", (f"• {sentence}" for sentence in open_fields(plan, file))),
    )
    return "\n\n".join(_part(title, list(lines)) for title, lines in parts)


def _part(title: str, lines: list[str]) -> str:
    return "\n".join([*([title.upper()] if title else []), *(lines or ["Không có."])])


def _opening(plan: Plan) -> Iterable[str]:
    place = plan.place
    issued = ", ".join(filter(None, (place.authority, plan.number and f"số {plan.number}", plan.issued)))
    yield f"KẾ HOẠCH {plan.slug}: {plan.title}."
    yield f"Nơi thực hiện: {place.name}, {place.city}; mỗi đơn vị dân cư gọi là {place.unit_word}."
    yield f"Ban hành: {issued}. Đầu mối tổng hợp số liệu: {place.coordinator}."
    yield from (f"Căn cứ {basis}." for basis in plan.legal_basis)


def _app(plan: Plan) -> Iterable[str]:
    app = plan.app
    note = f" ({app.hotline_note})" if app.hotline_note else ""
    yield f"Tên ứng dụng: {app.name}." + (f" Tổng đài hỗ trợ: {app.hotline}{note}." if app.hotline else "")
    yield f"App Store: {app.app_store or _searched(app, 'ios')}"
    yield f"Google Play: {app.google_play or _searched(app, 'android')}"
    if app.video:
        yield f"Video hướng dẫn: {app.video}"
    yield from (f"Bước {number}: {step}." for number, step in enumerate(app.steps, 1))


def _searched(app: App, system: Literal["ios", "android"]) -> str:
    return f"chưa có đường dẫn, QR tạm mở {app.store_link(system)}"


def _indicator(number: int, indicator: Indicator) -> Iterable[str]:
    yield f"• Chỉ tiêu {number}: {indicator.sentence}."
    counted, total = COUNTED[indicator.counts], TOTALS[indicator.out_of]
    yield f"  Đếm theo {counted}, chia cho {total}; đích {indicator.target_percent}%."
    yield from _readings(indicator.readings)


def _deadline(plan: Plan, deadline: Deadline) -> Iterable[str]:
    span = span_of(plan, deadline)
    yield f"• {_bound(plan, deadline.binds)}, “{deadline.says}”: {deadline.what}."
    if span.first_day:
        yield f"  Bắt đầu lúc 00:00 {_day(span.first_day)}, giờ Việt Nam."
    if span.has_end:
        yield f"  Còn hạn đến hết 23:59:59 {_day(span.last_day)}, giờ Việt Nam; sau đó là quá hạn."
        yield f"  {_reminders(plan, deadline)}"
    else:
        yield "  Không có ngày cuối, bot không nhắc."
    if deadline.indicator:
        number = [each.slug for each in plan.indicators].index(deadline.indicator) + 1
        yield f"  Tính theo chỉ tiêu {number}."
    yield from _readings(deadline.readings)


def _reminders(plan: Plan, deadline: Deadline) -> str:
    steps = ladder(plan, deadline)
    before = ", ".join(f"{day_in_vietnam(step.due_at):%d/%m}" for step in steps if step.kind != "overdue")
    told = f"Nhắc nơi chưa xong lúc {plan.time.remind_at} các ngày {before}" if before else "Không nhắc trước hạn"
    return f"{told}; báo quá hạn {day_in_vietnam(steps[-1].due_at):%d/%m}."


def _bound(plan: Plan, binds: str) -> str:
    known = {
        "village": f"Mỗi {plan.place.unit_word}",
        "all": f"Mọi {plan.place.unit_word}, cơ quan, đơn vị, trường học",
        "office": plan.place.authority,
    }
    return known.get(binds, f"Các đơn vị loại “{binds}”")


def _quota(quota: Quota) -> Iterable[str]:
    sentence = f": {quota.sentence}" if quota.sentence else ""
    yield f"• Mỗi {quota.who} ít nhất {quota.least} {COUNTED[quota.counts]}{sentence}."
    yield from _readings(quota.readings)


def _outcome(outcome: Outcome) -> str:
    counted = (
        "tính là xong" if outcome.done else "ngoài diện, không tính vào tổng" if outcome.leaves_out else "chưa xong"
    )
    asked = f"; {ASKED[outcome.asks]}" if outcome.asks else ""
    return f"• {outcome.label} (nói “{outcome.said}”): {counted}{asked}."


def _hours(plan: Plan) -> Iterable[str]:
    hours = plan.time
    yield f"Bắt đầu {_day(hours.start)}."
    yield f"Gửi số liệu trong ngày lúc {hours.digest_at}."
    yield f"Nhắc hạn lúc {hours.remind_at}: {_rungs(hours.remind_days_before)}."
    yield f"Giờ yên lặng từ {hours.quiet_from} đến {hours.quiet_to}: tin tự gửi được dời lại, không bỏ."
    yield from _readings(hours.readings)


def _rungs(days: Iterable[int]) -> str:
    ordered = sorted(set(days), reverse=True)
    before = ", ".join(str(day) for day in ordered if day)
    told = [f"trước hạn {before} ngày"] if before else []
    return ", ".join([*told, *(["đúng ngày cuối"] if 0 in ordered else []), "và báo quá hạn hôm sau"])


def _notice(plan: Plan) -> Iterable[str]:
    yield f"Bản {plan.notice.version}; dữ liệu hộ dân xoá {plan.notice.retention_days} ngày sau khi kết thúc."
    yield f"“{plan.notice_text}”"
    yield from _readings(plan.notice.readings)


def _readings(readings: Iterable[str]) -> Iterable[str]:
    return (f"  Cách đọc: {reading}" for reading in readings)


def _day(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {day:%d/%m/%Y}"
