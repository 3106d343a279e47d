"""What is said of several bots: to whoever comes by the wrong one, and to the operator who set them up."""

from rules.plan import Plan

FULL = "Mình chưa nhận thêm bạn được: bot này đã đủ số người mà Zalo cho phép."
NO_PLACE = f"{FULL} Bạn nhờ người đã mời thêm bot Zalo hoặc dùng Telegram nhé; mã này vẫn còn dùng được."
NOT_RUNNING = (
    "Kế hoạch mà bạn tham gia hiện không chạy ở đây, nên mình chưa ghi được gì cho bạn; những gì bạn đã ghi vẫn giữ "
    "nguyên. Bạn hỏi người đã mời bạn giúp nhé."
)


def full_here(code: str, username: str, zalo: str) -> str:
    """The bot has no place left: which one has."""
    ways = _ways(code, username, zalo)
    return f"{FULL} Bạn dùng bot này nhé:\n{ways}\nMã vẫn còn dùng được." if ways else NO_PLACE


def of_another(plan: Plan, code: str, username: str, zalo: str) -> str:
    """The code is of a plan that this bot does not serve."""
    said = f"Mã này là của {plan.place.name}, còn bot này phục vụ nơi khác."
    ways = _ways(code, username, zalo)
    if not ways:
        return f"{said} Bạn hỏi {plan.place.coordinator} để có đường dẫn tới đúng bot nhé; mã vẫn còn dùng được."
    return f"{said} Bạn mở bot của {plan.place.name}:\n{ways}\nMã vẫn còn dùng được."


def _ways(code: str, username: str, zalo: str) -> str:
    start = f"?start={code}" if code else ""
    lines = [f"Trên Zalo: mở {zalo} rồi gửi lại mã."] if zalo else []
    return "\n".join([*lines, *([f"Trên Telegram: https://t.me/{username}{start}"] if username else [])])


def over(people: int, kept: int, most: int) -> str:
    """To the inviter: even the emptiest of the Zalo bots has no place kept for this code."""
    return (
        f"Lưu ý: bot Zalo đã có {people} người và {kept} mã mời chưa dùng, đủ {most} chỗ Zalo cho phép. "
        "Người nhận mã này có thể phải vào bằng Telegram, hoặc chờ thêm bot Zalo."
    )


def same_token_twice(variable: str) -> str:
    return f"{variable} có một token viết hai lần; mỗi bot chỉ ghi một lần, cách nhau bằng dấu phẩy."


def same_bot_two_tokens(one: str, other: str) -> str:
    said = "hai token khác nhau của cùng một bot; giữ lại token mới nhất."
    return f"{one} có {said}" if one == other else f"{one} và {other} có {said}"


def links_and_tokens(holder: str, links: int, variable: str, tokens: int) -> str:
    return (
        f"{holder} có {links} đường dẫn mà {variable} có {tokens} token: ghi đủ mỗi bot một đường dẫn, cùng thứ tự, "
        "hoặc bỏ trống để bot tự tìm."
    )
