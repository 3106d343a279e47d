"""What the command line takes for each role: the first is how we say it, the rest is how people write it."""

ROLE_WORDS: dict[str, tuple[str, ...]] = {
    "volunteer": ("tình nguyện viên", "tnv", "đoàn viên", "thành viên"),
    "head": ("tổ trưởng", "trưởng", "trưởng thôn", "trưởng khu", "trưởng đơn vị", "thủ trưởng"),
    "officer": ("cán bộ", "chuyên viên", "công chức"),
    "leader": ("lãnh đạo", "chủ tịch", "phó chủ tịch"),
    "police": ("công an",),
    "operator": ("vận hành", "người vận hành", "quản trị"),
}
