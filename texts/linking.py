"""What is said when one person uses two messengers."""

from rules.plan import Plan
from rules.roles import Role
from storage.tables import Person
from texts.roles import ROLE_NAMES

NAMES = {"telegram": "Telegram", "zalo": "Zalo"}
_OTHER = {"telegram": "Zalo", "zalo": "Telegram"}
YES, NO = "Đúng là mình", "Không phải"
YES_OR_NO = "Bạn trả lời “Đúng là mình” hoặc “Không phải” giúp mình nhé."
OWN_CODE = "Đây là mã của chính bạn. Bạn gõ mã này vào bot trên ứng dụng kia nhé; ở đây bạn đã vào sẵn rồi."
NOT_LINKED = "Không sao ạ, mình chưa nối gì cả."


def code(code: str, platform: str, link: str = "") -> str:
    """The code, and what to do with it. `platform`: where it was asked for; `link` opens the bot on the other side."""
    there = _OTHER.get(platform, "ứng dụng kia") + (f" ({link})" if link else "")
    return (
        f"Mã liên kết của bạn:\n{code}\n"
        f"Mã dùng một lần, trong 15 phút. Bạn mở bot trên {there} rồi gõ mã này vào; "
        "từ đó dùng bên nào cũng được.\n"
        "Đừng đưa mã cho ai nhé: người có mã sẽ vào được vai trò của bạn."
    )


def not_here(plan: Plan, username: str, zalo: str) -> str:
    """This bot serves another plan, or has no place left."""
    bots = [*([f"Zalo: {zalo}"] if zalo else []), *([f"Telegram: https://t.me/{username}"] if username else [])]
    if not bots:
        return f"Bot này chưa nối thêm bạn được. Bạn cứ dùng tiếp nơi đang dùng, và báo {plan.place.coordinator} nhé."
    return f"Bot này chưa nối bạn được. Bạn gõ mã vào bot này của {plan.place.name} nhé:\n" + "\n".join(bots)


def who(person: Person) -> str:
    """ "Lan, tình nguyện viên của Tổ dân phố 3"."""
    place = f" của {person.unit.name}" if person.unit else ""
    return f"{person.name or 'Bạn'}, {ROLE_NAMES[Role(person.role)]}{place}"


def ask(person: Person, platform: str, *, leaves: bool) -> str:
    """Whose role this chat is about to open. `leaves`: somebody else's role ends here by it."""
    end = "\nVai trò hiện nay của bạn ở đây sẽ kết thúc; những gì đã ghi vẫn giữ nguyên." if leaves else ""
    here = NAMES.get(platform, platform)
    return f"Mã này nối tài khoản {here} của bạn với: {who(person)}.{end}\nCó đúng là bạn không?"


def linked(person: Person) -> str:
    return (
        f"Xong rồi! Ở đây bạn cũng là {who(person)}. "
        "Từ giờ dùng bên nào cũng được; mình nhắn vào nơi bạn dùng gần nhất."
    )


def linked_elsewhere(platform: str) -> str:
    """Told on the side already trusted."""
    name = NAMES.get(platform, platform)
    return (
        f"Một tài khoản {name} vừa được nối với vai trò của bạn bằng mã liên kết. "
        "Nếu không phải bạn, hãy báo ngay cho người phụ trách."
    )
