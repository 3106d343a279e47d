"""What is said of the month's messages: to operators in the chat, and on the command line."""

from collections.abc import Mapping, Sequence
from datetime import date

from rules.quota import Allowance, Change, Forecast

ABOUT = "Hạn mức tin nhắn của bot Zalo: đã dùng, còn lại, ngày dự kiến hết, và nên đổi gì."
READERS_OPTION = "Số người nhận bản tin mỗi ngày trên một bot, để tính bảng “phục vụ được bao nhiêu người”."
NO_BOTS = "Chưa có bot Zalo nào gửi hay nhận tin."

_FEW_PLACES = 5
_STYLES = {
    "taps": "Chọn từng bước bằng số",
    "one line": "Mỗi hộ một dòng, gửi ngay tại cửa",
    "lines together": "Vài dòng gửi liền nhau (5 dòng một lượt)",
    "pasted list": "Mỗi ngày dán một danh sách",
}
_CHANGES: dict[Change, str] = {
    "one line": "nhắc mọi người ghi mỗi hộ một dòng (“nhà 12 đã cài 2”), không chọn từng bước",
    "pasted lists": "nhờ mọi người cuối buổi dán cả danh sách vào một tin: chỉ tốn một tin và một câu trả lời",
    "fewer digests": "bớt người nhận bản tin hằng ngày, hoặc chuyển họ sang Telegram; họ vẫn gõ “tiến độ” được",
    "another bot": "thêm bot Zalo cho một phần số người, hoặc chuyển bớt người sang Telegram",
    "paid plan": "ba bot miễn phí vẫn chưa đủ: hỏi Zalo về gói trả phí, rồi đặt lại ZALO_MESSAGES",
}


def _count(number: float) -> str:
    return f"{round(number):,}".replace(",", ".")


def warning(bot: str, used: int, limit: int) -> str:
    """To operators, once a month: at 80 %."""
    return (
        f"⚠️ Bot Zalo {bot} đã dùng {_count(used)} trong {_count(limit)} tin của tháng này. "
        "Chạy `gotungnha quota` để xem bao giờ hết và nên đổi gì."
    )


def holding(bot: str, used: int, limit: int) -> str:
    """To operators, once a month: at 95 %."""
    return (
        f"⚠️ Bot Zalo {bot} đã dùng {_count(used)} trong {_count(limit)} tin của tháng này. Từ giờ bản tin và thông báo "
        "không gấp được giữ lại; trả lời và nhắc hạn vẫn gửi. Chạy `gotungnha quota` để xem nên đổi gì."
    )


def stopped(bot: str) -> str:
    """To operators, through another bot, once a month: Zalo answered 429."""
    return (
        f"⚠️ Zalo không cho bot {bot} gửi thêm tin (429). Từ giờ bot này chỉ trả lời; bản tin, nhắc hạn, thông báo "
        "chờ đến đầu tháng sau. Nếu hạn mức đã được nới, chạy `gotungnha quota --resume` để gửi tiếp."
    )


RESUME_OPTION = "Cho các bot đang dừng vì hết tin (429) gửi tiếp ngay, không chờ đến đầu tháng sau."
STOPPED = "  Đang chỉ trả lời: Zalo báo hết tin (429). Gửi tiếp khi sang tháng, hoặc bằng `gotungnha quota --resume`."
NONE_STOPPED = "Không có bot nào đang dừng gửi."


def resumed(bot: str, waited: int) -> str:
    return f"Bot {bot} gửi tiếp: {_count(waited)} tin đang chờ sẽ được gửi, trừ giờ nghỉ đêm."


def bot_lines(bot: str, people: int, allowance: Allowance, outgoing: Forecast, both: Forecast) -> list[str]:
    """One bot: people, messages by either count, and when they end by the count that is set."""
    set_one = both if allowance.incoming_counts else outgoing
    return [
        f"Bot {bot}: {people}/{allowance.people} người",
        f"  chỉ tính tin gửi đi:   {_used(outgoing)}",
        f"  tính cả tin nhận vào:  {_used(both)}",
        f"  {_ending(set_one)}",
    ]


def serves(campaigns: Sequence[str]) -> str:
    return f"  phục vụ: {', '.join(campaigns)}"


def places(kept: int, free: int, full_on: date | None) -> list[str]:
    """Places that open invitations keep, what is left, and what to do before there is none."""
    if free <= 0:
        left = "hết chỗ"
    else:
        left = f"còn {free} chỗ" + (
            f", với đà 7 ngày qua thì đủ người vào khoảng {full_on:%d/%m/%Y}" if full_on else ""
        )
    lines = [f"  giữ chỗ cho {kept} mã mời chưa dùng; {left}"] if kept or full_on or free <= _FEW_PLACES else []
    if free <= _FEW_PLACES:
        lines.append("  Nên thêm một bot Zalo: ghi thêm token vào sau dấu phẩy, lời mời mới tự chia sang bot ấy.")
    return lines


def _used(month: Forecast) -> str:
    return f"đã dùng {_count(month.used)}, còn {_count(max(month.limit - month.used, 0))} trong {_count(month.limit)}"


def _ending(month: Forecast) -> str:
    pace = f"với đà {_count(month.per_day)} tin/ngày của 7 ngày qua"
    if month.ends_on is None:
        return f"Dự kiến {pace}: đủ đến hết tháng (cần khoảng {_count(month.month_needs)})."
    if month.used >= month.limit:
        return "Đã hết tin của tháng: Zalo có thể không gửi câu trả lời nào nữa cho đến ngày 1."
    return f"Dự kiến {pace}: hết tin vào ngày {month.ends_on:%d/%m/%Y} (cả tháng cần {_count(month.month_needs)})."


def advice(changes: Sequence[Change]) -> list[str]:
    """What to change, the gentlest first."""
    return ["  Nên đổi:", *(f"   - {_CHANGES[change]}" for change in changes)] if changes else []


def ends(day: date | None) -> str:
    return f"{day:%d/%m}" if day else "đủ cả tháng"


def served(table: Mapping[str, tuple[int, int]], allowance: Allowance, households: int, readers: int) -> list[str]:
    """How many volunteers one bot serves, by style: where only sent messages count, and where both do."""
    about = (
        f"Một bot ({_count(allowance.messages)} tin/tháng, {allowance.people} người) phục vụ được mấy tình nguyện viên"
    )
    lines = [f"{about}, mỗi người {households} hộ/ngày, 30 ngày, thêm {readers} người nhận bản tin:"]
    lines.append(f"  {'cách ghi':<42}{'chỉ tính gửi':>14}{'tính cả nhận':>14}")
    return lines + [f"  {_STYLES[style]:<42}{out:>14}{both:>14}" for style, (out, both) in table.items()]
