"""Who may do what: one table, asked again at every update."""

from enum import StrEnum


class Role(StrEnum):
    VOLUNTEER = "volunteer"
    HEAD = "head"
    OFFICER = "officer"
    LEADER = "leader"
    POLICE = "police"
    OPERATOR = "operator"


# The words of the menu, in the order people see them. `trợ giúp`, `menu`, `huỷ` and `dữ liệu` are everyone's.
WORDS: dict[Role, tuple[str, ...]] = {
    Role.VOLUNTEER: ("ghi", "còn", "qr", "tôi", "sửa", "hoàn tác", "vướng"),
    Role.HEAD: (
        "ghi",
        "còn",
        "tiến độ",
        "qr",
        "mời",
        "tôi",
        "sửa",
        "hoàn tác",
        "vướng",
        "xem",
        "kiểm tra",
        "lưu ý",
        "xuất",
    ),
    Role.OFFICER: ("tiến độ", "xem", "xuất", "vướng", "lưu ý", "sửa", "hoàn tác", "mời", "qr"),
    Role.LEADER: ("tiến độ", "xem"),
    Role.POLICE: ("còn", "xuất"),
    Role.OPERATOR: ("mời",),
}

# Whom each role may invite, and whether only into its own unit and below.
INVITES: dict[Role, tuple[Role, ...]] = {
    Role.HEAD: (Role.VOLUNTEER,),
    Role.OFFICER: (Role.VOLUNTEER, Role.HEAD),
    Role.OPERATOR: (Role.OFFICER, Role.LEADER, Role.POLICE),
}


def may(role: Role, word: str) -> bool:
    """Whether this role's menu carries the word."""
    return word in WORDS[role]
