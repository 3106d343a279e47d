"""What the rivals say: as long as our own answers, with as many buttons."""

OUTCOMES = ("Đã cài & đăng ký", "Có từ trước", "Vắng nhà", "Hẹn quay lại", "Từ chối", "Không có smartphone",
            "Chưa có VNeID mức 2", "Chưa xong")  # fmt: skip
INSTALLED = OUTCOMES[0]
ASK_HOUSE = "Nhà nào? Gõ số nhà hoặc cách gọi, ví dụ: 12 · ngõ 3 số 8 · nhà ông Tám ngã ba."


def ask_outcome(house: str) -> str:
    return f"Nhà {house}: kết quả thế nào?"


def ask_installs(house: str) -> str:
    return f"Nhà {house}: mấy người đã cài? Chạm hoặc gõ một số."


def saved(house: str, said: str) -> str:
    return f"✅ Đã ghi nhà {house}, Tổ dân phố 1: {said}."


def mine(count: int) -> str:
    return f"Hôm nay bạn đã đến {count} nhà.\nCả đợt: {count} hộ, trong đó đã cài {count // 2}."
