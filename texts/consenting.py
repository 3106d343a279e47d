"""The words of agreeing anew when the notice changes, and of taking the agreement back."""

from rules.plan import Plan

AGREE, DECLINE = "Đồng ý", "Không đồng ý"
REVOKE, REVOKE_YES, REVOKE_NO = "Rút lại đồng ý", "Rút lại và rời bot", "Không, mình ở lại"
STAYS = "Vậy mọi thứ giữ nguyên. Cảm ơn bạn!"


def changed(plan: Plan) -> str:
    """Asked once of everyone who agreed with an earlier wording."""
    return (
        f"Thông báo về dữ liệu cá nhân vừa đổi (bản {plan.notice.version}), nên mình xin hỏi lại bạn:\n\n"
        f"{plan.notice_text}\n\nBạn đồng ý chứ? Trong lúc chờ, bạn vẫn ghi như thường theo bản bạn đã đồng ý."
    )


def agreed(plan: Plan) -> str:
    return f"Cảm ơn bạn, mình đã ghi bạn đồng ý với bản {plan.notice.version}."


def ask_revoke(plan: Plan) -> str:
    """What follows is said before it happens."""
    return (
        "Nếu bạn rút lại đồng ý:\n"
        "• Bạn rời bot ngay: không ghi nhà được nữa, mình không nhắn cho bạn nữa.\n"
        "• Tên hiển thị và tài khoản nhắn tin của bạn được gỡ khỏi hồ sơ ngay; tin nhắn gốc xoá trong 7 ngày.\n"
        "• Những nhà bạn đã ghi vẫn tính vào số của đơn vị, không kèm tên bạn. Việc rút lại không làm sai những gì đã "
        "làm trước đó.\n"
        "• Ngày giờ bạn đồng ý và rút lại còn được giữ làm bằng chứng, không kèm tên.\n"
        f"Muốn vào lại, bạn xin mã mời mới. Cần hỏi thêm, bạn liên hệ {plan.place.coordinator}, {plan.place.name}.\n"
        "Bạn muốn rút lại chứ?"
    )


def revoked(plan: Plan) -> str:
    return (
        "Mình đã ghi nhận bạn rút lại đồng ý và đã gỡ tên, tài khoản của bạn. Bạn không còn trong bot nữa. "
        f"Cảm ơn bạn đã giúp bà con {plan.place.name}!"
    )
