"""A plan told back in Vietnamese, so that whoever wrote the công văn can say whether we read it right."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from itertools import chain, starmap
from typing import Literal

from rules.clock import day_in_vietnam
from rules.deadlines import ladder, span_of
from rules.plan import App, Audience, Deadline, Duty, Indicator, Outcome, Plan, Quota, Report, open_fields
from rules.plan_fields import STAGES
from texts.unit_import import KINDS

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
COUNTED = {"household": "hộ", "person": "người", "staff": "người", "visitor": "lượt người"}
TOTALS = {
    "households": "tổng số hộ dân",
    "smartphone_households": "tổng số hộ dân đang dùng điện thoại thông minh",
    "people": "tổng số người dân thuộc diện",
    "staff": "tổng số cán bộ, người lao động",
    "visitors": "tổng số lượt người đến, do đơn vị báo",
}
STAGE_WORDS = {
    "level2": "có tài khoản định danh mức độ 2",
    "installed": "cài đặt",
    "signed_in": "đăng nhập",
    "address": "cập nhật địa chỉ",
    "used": "sử dụng",
}
FORMS = {
    "phu-luc-01": "Phụ lục 01",
    "danh-sach": "DANH SÁCH",
    "bao-cao": "báo cáo theo Nghị định 30/2020/NĐ-CP",
    "register": "sổ theo dõi Excel",
}
DUTY_COUNTED = {"items": "tin, việc", "meetings": "buổi", "visitors": "lượt người", "staff": "người"}
REPORTED_EVERY = {
    "": "",
    "day": ", mỗi ngày một báo cáo",
    "week": ", mỗi tuần một báo cáo",
    "month": ", mỗi tháng một báo cáo",
}
EVERY = {"": "", "week": " mỗi tuần", "month": " mỗi tháng"}
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
        ("Đếm gì, trên tổng nào", chain(*starmap(partial(_indicator, plan), enumerate(plan.indicators, 1)))),
        ("Công văn nói với ai", chain.from_iterable(map(_audience, plan.audiences))),
        ("Ai làm gì, đến khi nào", chain.from_iterable(_deadline(plan, each) for each in plan.deadlines)),
        ("Việc phải báo ngoài hộ dân", chain.from_iterable(map(_duty, plan.duties))),
        ("Chỉ tiêu mỗi người", chain.from_iterable(_quota(each) for each in plan.quotas)),
        ("Kết quả ghi ở mỗi nhà", (_outcome(each) for each in plan.outcomes)),
        ("Chuyển Công an", _police(plan)),
        ("Biểu mẫu", _forms(plan)),
        ("Báo cáo", chain.from_iterable(_report(plan, each) for each in plan.reports)),
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
    if place.reports_to:
        yield f"Báo cáo lên: {place.reports_to}."
    yield from _readings((*plan.readings, *place.readings))


def _app(plan: Plan) -> Iterable[str]:
    app = plan.app
    note = f" ({app.hotline_note})" if app.hotline_note else ""
    yield f"Tên ứng dụng: {app.name}." + (f" Tổng đài hỗ trợ: {app.hotline}{note}." if app.hotline else "")
    if app.in_forms:
        yield f"Trong biểu mẫu gọi là: {app.in_forms}."
    if app.install_through == "vneid":
        yield "Cài ngay trên ứng dụng VNeID, không qua kho ứng dụng; mã QR trên thẻ mở kho ở VNeID."
    else:
        yield f"App Store: {app.app_store or _searched(app, 'ios')}"
        yield f"Google Play: {app.google_play or _searched(app, 'android')}"
    if app.video:
        yield f"Video hướng dẫn: {app.video}"
    yield from (f"Bước {number}: {step}." for number, step in enumerate(app.steps, 1))
    yield from _readings(app.readings)


def _searched(app: App, system: Literal["ios", "android"]) -> str:
    return f"chưa có đường dẫn, QR tạm mở {app.store_link(system)}"


def _indicator(plan: Plan, number: int, indicator: Indicator) -> Iterable[str]:
    yield f"• Chỉ tiêu {number}: {indicator.sentence}."
    counted, total = COUNTED[indicator.counts], TOTALS[indicator.out_of]
    goal = f"{indicator.target_percent}%"
    if indicator.target:
        goal = f"{indicator.target:,} {counted} cả {plan.place.name}".replace(",", ".")
    yield f"  Đếm theo {counted}, chia cho {total}; đích {goal}."
    if indicator.stage:
        yield f"  Tính từ bước {_way_to(indicator)}."
    if indicator.leaves_out:
        yield f"  Không tính: {'; '.join(indicator.leaves_out)}."
    if audience := plan.audience(indicator.audience):
        yield f"  Của: {audience.name}."
    yield from _readings(indicator.readings)


def _way_to(indicator: Indicator) -> str:
    """The stage that counts, after those before it: “cài đặt → đăng nhập”."""
    last = STAGES.index(indicator.stage)
    return " → ".join(STAGE_WORDS[stage] for stage in STAGES[min(1, last) : last + 1])


def _audience(audience: Audience) -> Iterable[str]:
    kinds = "; ".join(KINDS.get(kind, kind) for kind in audience.kinds)
    named = f", tên có chữ “{'” hoặc “'.join(audience.named)}”" if audience.named else ""
    yield f"• {audience.name[:1].upper()}{audience.name[1:]}: đơn vị loại {kinds}{named}."
    yield from _readings(audience.readings)


def _duty(duty: Duty) -> Iterable[str]:
    kinds = "; ".join(KINDS.get(kind, kind) for kind in duty.who)
    named = f" (tên có chữ “{'” hoặc “'.join(duty.named)}”)" if duty.named else ""
    least = f", ít nhất {duty.least} {DUTY_COUNTED[duty.counts]}{EVERY[duty.every]}" if duty.least else ""
    says = f" (“{duty.says}”)" if duty.says else ""
    yield f"• {kinds[:1].upper()}{kinds[1:]}{named}: {duty.what}{says}{least}. Gõ “{duty.word}” để báo."
    yield from _readings(duty.readings)


def _police(plan: Plan) -> Iterable[str]:
    labels = [f"“{outcome.label}”" for outcome in plan.outcomes if outcome.code in plan.handed_codes]
    if labels:
        yield f"Hộ ghi {', '.join(labels)} được chuyển Công an mỗi ngày một danh sách, mỗi hộ một lần."
    if plan.police.daily_counts:
        yield "Mỗi ngày báo cả hai số: tài khoản mức độ 2 đã cấp và số cài đặt trong ngày."
    yield from _readings(plan.police.readings)


def _report(plan: Plan, report: Report) -> Iterable[str]:
    makers = "; ".join(plan.place.authority if kind == "commune" else KINDS.get(kind, kind) for kind in report.who)
    to = report.to or "cấp có thẩm quyền (công văn không nêu tên)"
    through = f", {report.through}" if report.through else ""
    yield f"• {makers[:1].upper()}{makers[1:]} gửi {to}{through}: {report.title}."
    yield f"  Khi nào: “{report.says}”{REPORTED_EVERY[report.every]}."
    yield from _readings(report.readings)


def _forms(plan: Plan) -> Iterable[str]:
    return (f"• {FORMS[form]}." for form in plan.forms)


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
    if audience := plan.audience(binds):
        return f"{audience.name[:1].upper()}{audience.name[1:]}"
    return known.get(binds, f"Các đơn vị loại “{KINDS.get(binds, binds)}”")


def _quota(quota: Quota) -> Iterable[str]:
    sentence = f": {quota.sentence}" if quota.sentence else ""
    yield f"• Mỗi {quota.who} ít nhất {quota.least} {COUNTED[quota.counts]}{sentence}."
    yield from _readings(quota.readings)


def _outcome(outcome: Outcome) -> str:
    counted = (
        "tính là xong" if outcome.done else "ngoài diện, không tính vào tổng" if outcome.leaves_out else "chưa xong"
    )
    asked = f"; {ASKED[outcome.asks]}" if outcome.asks else ""
    come = f", đã tới bước {STAGE_WORDS[outcome.stage]}" if outcome.stage else ""
    handed = "; chuyển Công an" if outcome.hands_to else ""
    return f"• {outcome.label} (nói “{outcome.said}”): {counted}{come}{handed}{asked}."


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
