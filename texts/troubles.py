"""What we say when something on our side went wrong or came late."""

from dataclasses import replace
from datetime import datetime

from rules.clock import VIETNAM
from rules.reply import Reply


def said_late(reply: Reply, said_at: datetime) -> Reply:
    """The same reply, with the hour of the message it answers, because that was a while ago."""
    if not reply.text:
        return reply
    sent = said_at.astimezone(VIETNAM)
    return replace(reply, text=f"(Tin bạn gửi lúc {sent:%H:%M} ngày {sent:%d/%m})\n{reply.text}")


def set_aside(case: int) -> str:
    return (
        f"Xin lỗi bạn, mình chưa xử lý được tin vừa rồi (ca số {case}). Tin vẫn được giữ nguyên, "
        "người vận hành sẽ xem. Bạn cứ ghi tiếp bình thường nhé."
    )


_WHERE_TOKENS_ARE = {"zalo": "tin nhắn của Zalo Bot Manager", "telegram": "@BotFather"}


def token_refused(platform: str, bot: str) -> str:
    """To operators, through another bot, once until it is mended."""
    name, where = platform.capitalize(), _WHERE_TOKENS_ARE.get(platform, "nơi đã cấp")
    return (
        f"⚠️ {name} không nhận token của bot {bot} nữa (401). Bot này đã dừng nhận và gửi; tin chờ gửi được giữ lại, "
        f"các bot khác vẫn chạy. Bạn lấy token mới ở {where}, ghi vào .env rồi khởi động lại; "
        "`gotungnha check` cho biết token đã đúng chưa."
    )


def alarm(case: int, error: str) -> str:
    return (
        f"⚠️ Ca số {case}: một tin không xử lý được ({error}). Xem bằng `gotungnha dead list`; "
        f"sửa xong thì `gotungnha dead replay {case}`."
    )
