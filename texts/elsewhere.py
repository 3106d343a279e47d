"""Calm words for whatever else is sent."""

GROUP = (
    "Chào cả nhà! Để giữ kín thông tin bà con, mình chỉ làm việc qua tin nhắn riêng: "
    "bạn mở khung chat riêng với mình nhé."
)
FORWARDED = (
    "Tin chuyển tiếp là lời của người khác nên mình giữ lại chứ chưa ghi vào đâu. "
    "Nếu đúng là kết quả của bạn, bạn gõ lại một dòng như “nhà 12 đã cài” nhé."
)
EDITED = "Mình thấy bạn vừa sửa một tin cũ. Những gì đã ghi vẫn giữ nguyên; muốn đổi, bạn chạm “Sửa” nhé."
EDITED_ELSEWHERE = "Mình thấy bạn vừa sửa một tin cũ. Mình chỉ làm theo tin mới, bạn gõ lại giúp mình nhé."
THANKS = (
    "cảm ơn", "cám ơn", "cảm ơn cháu", "cảm ơn bạn", "cảm ơn em", "cảm ơn nhé", "cám ơn nhé", "thank you", "thanks",
    "ok", "oke", "ok cháu", "vâng", "dạ", "ừ", "tốt", "tốt quá", "hay quá", "cảm ơn nhiều", "ok cảm ơn", "dạ vâng",
    "vâng ạ", "dạ vâng ạ", "dạ ạ", "vầng", "vầng ạ", "vâng em", "vâng cháu", "ok ạ", "ok em", "ừ cháu", "ừ em",
    "đã nhận", "đã nhận được", "nhận được rồi", "đã rõ", "rõ", "đã xem", "em đã nhận", "tôi đã nhận",
    "à quên", "à quên mất", "à nhầm", "ừ nhỉ", "để xem", "à thế à", "à ra thế",
)  # fmt: skip
WELCOME = "Dạ, có gì bạn cứ nhắn nhé 😊"
TAPPED_ALREADY = "Mình nhận rồi ạ 👍"
OLD_BUTTON = "Nút này đã cũ nên mình không ghi gì thêm. Bạn dùng câu hỏi mới nhất ở dưới, hoặc gõ “menu” nhé."
NOT_UNDERSTOOD = (
    "Mình chưa hiểu tin này nên chưa ghi gì, nhưng vẫn giữ lại. Bạn thử một dòng như “nhà 12 đã cài”, "
    "“nhà ông Tám vắng nhà”, hoặc chạm một việc:"
)
NOT_UNDERSTOOD_ELSEWHERE = "Mình chưa hiểu tin này, nhưng vẫn giữ lại. Bạn chạm “Menu” để xem các việc làm được nhé."
_ONLY_TEXT = "Mình chỉ đọc được chữ và nút bấm. Bạn gõ một dòng như “nhà 12 đã cài” giúp mình nhé."
_ONLY_WORDS = "Mình chỉ đọc được chữ và nút bấm. Bạn gõ “menu” để xem các việc làm được nhé."
_KINDS = {
    "sticker": "Cảm ơn bạn! 😊",
    "voice": "Mình chưa nghe được tin thoại.",
    "video_note": "Mình chưa xem được video.",
    "video": "Mình chưa xem được video.",
    "photo": "Mình không nhận ảnh, để giữ kín cho bà con.",
    "document": "Mình chưa đọc được tệp gửi qua đây.",
    "location": "Mình không cần vị trí đâu ạ.",
    "venue": "Mình không cần vị trí đâu ạ.",
    "contact": "Mình không nhận danh thiếp. Số của bà con, nếu họ đồng ý, bạn gõ cùng dòng ghi nhà.",
}


def not_understood_of(duties: str) -> str:
    """To an office, a school, the police: their lines are no houses (`duties`: how theirs read)."""
    return f"Mình chưa hiểu tin này nên chưa ghi gì, nhưng vẫn giữ lại. {duties}"


def something_sent(kind: str, *, logs: bool) -> str:
    """To a picture, a voice…; whoever logs houses hears how to."""
    how = _ONLY_TEXT if logs else _ONLY_WORDS
    return f"{_KINDS[kind]} {how}" if kind in _KINDS else how


HELLO = "Chào bạn 😊 Đến nhà nào về bạn cứ gõ một dòng như “nhà 12 đã cài”. Cần chỉ thêm thì gõ “trợ giúp”."
HELLO_ELSEWHERE = "Chào bạn 😊 Gõ “menu” để xem các việc bạn làm được nhé."
