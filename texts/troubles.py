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


def alarm(case: int, error: str) -> str:
    return (
        f"⚠️ Ca số {case}: một tin không xử lý được ({error}). Xem bằng `gotungnha dead list`; "
        f"sửa xong thì `gotungnha dead replay {case}`."
    )
