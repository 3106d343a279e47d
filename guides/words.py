"""The few words a card adds to the plan's own."""

from typing import Literal

from guides.lettering import NO_BREAK, drawable
from rules.plan import Plan
from rules.spelling import fold

System = Literal["ios", "android"]
STORES: dict[System, str] = {"ios": "App Store", "android": "Google Play"}
PHONES: dict[System, str] = {"ios": "iPhone", "android": "Android"}
INSTALL = "Cài ứng dụng"
LONGEST_NAME = 90  # letters
SCAN = "Quét mã bằng máy ảnh hoặc Zalo"
HELPER = ("Người hướng dẫn:", "Điện thoại:")  # a volunteer writes them in, for this household only


def under_code(plan: Plan, system: System) -> str:
    """What the code opens: the app's own page, or the store's search while the plan leaves the link open."""
    if plan.app.app_store if system == "ios" else plan.app.google_play:
        return f"Tải từ {_tied(STORES[system])}"
    return f"Tìm {_tied(f'“{drawable(plan.app.sought)}”')} trong {_tied(STORES[system])}"


def _tied(name: str) -> str:
    return name.replace(" ", NO_BREAK)


def help_line(hotline: str) -> str:
    return f"Cần giúp? {_tied(f'Gọi {hotline}')}"


def aside(note: str) -> str:
    """What the plan itself says of the hotline, such as that it is free."""
    return f"({note})"


def install(app: str) -> str:
    return f"Cài {app}"


def where(commune: str, place: str) -> str:
    """The unit with its commune, "Tổ dân phố 1, phường Việt Hoà", whether or not `place` says the commune already."""
    if not place:
        return commune[:1].upper() + commune[1:]
    said_already = f" {fold(commune)} " in f" {fold(place)} "
    return shortened(place) if said_already else f"{shortened(place)}, {commune}"


def shortened(name: str) -> str:
    """A name nobody gave a place in earnest does not push the code off the screen."""
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"


JOIN, YOUR_CODE = "Mời bạn tham gia", "Mã mời của bạn"


def how_to_join(scans: bool) -> tuple[str, ...]:
    """What an invited person does."""
    first = "Quét mã ở trên bằng máy ảnh hoặc Zalo để mở bot" if scans else "Mở bot trên Zalo hoặc Telegram"
    return first, "Gửi cho bot mã mời ở trên, viết liền hay cách đều được", "Làm theo lời bot: chỉ một phút là xong"
