"""What the roles are called."""

from rules.roles import Role

ROLE_NAMES: dict[Role, str] = {
    Role.VOLUNTEER: "tình nguyện viên",
    Role.HEAD: "trưởng đơn vị",
    Role.OFFICER: "cán bộ phụ trách",
    Role.LEADER: "lãnh đạo",
    Role.POLICE: "công an",
    Role.OPERATOR: "người vận hành",
}
