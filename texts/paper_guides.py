"""The words of the guides on paper, asked for in chat."""

ON_PAPER = "Bản giấy để in"
WHICH = "Bạn cần in tờ nào? Mình gửi tệp PDF, in đúng khổ giấy là dùng được."
LABELS = {"a6": "Thẻ treo cửa A6", "a5": "Tờ rơi A5", "a4": "Áp phích A4", "cards": "Thẻ cắt rời (A4)"}
TYPED = {
    "a6": ("a6", "thẻ", "thẻ a6", "thẻ treo cửa", "thẻ treo cửa a6", "giấy a6"),
    "a5": ("a5", "tờ rơi", "tờ rơi a5", "giấy a5"),
    "a4": ("a4", "áp phích", "áp phích a4", "poster", "giấy a4"),
    "cards": ("thẻ cắt rời", "thẻ cắt", "cards"),
    "": ("giấy", "bản giấy", "in", "để in", "pdf"),
}
_OWN = "Mã trên giấy là của riêng bạn: bà con quét thì lượt quét được tính cho phần bạn gửi."


def caption(form: str, unit: str, *, own: bool) -> str:
    """What stands with the PDF; `own`: its code is the volunteer's own."""
    title = f"{LABELS[form]} · {unit}. In đúng khổ, không thu nhỏ để mã dễ quét."
    return f"{title}\n{_OWN}" if own else title
