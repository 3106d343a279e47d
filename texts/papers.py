"""What the office's papers say: Phụ lục 01, DANH SÁCH, the register; their fixed words are those of the công văn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # `--help` shows these words without the plan's reader
    from rules.plan import Plan
    from rules.plan_parts import Place

NATION = "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
RECEIVERS, COPIES = "Nơi nhận:", ("- Như trên;", "- Lưu: VT.")
BLANK_NUMBER = "Số:          /BC"
HEADS = ("STT", "Tên đơn vị", "Số lượng", "Lý do chưa cài đặt")
COUNTS = ("Tổng số", "Đã cài đặt", "Chưa cài đặt")
WHOLE = "Tổng cộng"
NO_TOTAL = "chưa có"
UNSURE = "chưa rõ"
NONE_LEFT = "Không còn"
LIST_HEADS = ("Stt", "Họ và tên", "Số điện thoại", "Cơ quan, đơn vị, doanh nghiệp, tổ chức", "Địa chỉ hiện tại")
NOTE = "* Ghi chú:"
NO_PHONE = "chưa có"
REGISTER_HEADS = (
    "Mã", "Đơn vị", "Số nhà, cách gọi", "Chủ hộ", "Số điện thoại", "Địa chỉ", "Kết quả", "Số người đã cài",
    "Ngày đến gần nhất", "Ngày hoàn thành", "Hẹn quay lại",
)  # fmt: skip
REGISTER_MARK = "Dấu (giữ nguyên)"  # the hidden column that tells whether a house changed since the export
POLICE_HEADS = ("Stt", "Đơn vị", "Số nhà, cách gọi", "Chủ hộ", "Số điện thoại", "Địa chỉ", "Ngày ghi nhận")
FORMS = {
    "phu-luc-01": "Phụ lục 01",
    "danh-sach": "Danh sách cài đặt",
    "bao-cao": "Báo cáo",
    "register": "Sổ theo dõi hộ",
    "cong-an": "Danh sách hộ chưa có VNeID mức 2",
}
NO_SHARE = "–"
CAPITALS_A_LINE, ABSTRACT_A_LINE = 20, 30  # letters that fit on the letterhead's left side, 13 bold and 12
_PAIRS = ("cài đặt", "sử dụng", "ứng dụng", "Công dân", "người dân", "triển khai", "hướng dẫn", "địa bàn", "định danh")
_TIED = "\u2060"  # stands for a space that does not break


def in_lines(text: str, most: int, whole: Sequence[str] = ()) -> str:
    """The text in as few lines of so many letters as it needs, about equally long: no word is left alone on the last.

    The names of `whole` are not broken, nor are words of two syllables that titles are made of.
    """
    for name in (*whole, *_PAIRS):
        text = text.replace(name, name.replace(" ", _TIED))
    words = text.split(" ")
    fewest = len(_broken(words, most))
    width = next(width for width in range(1, most + 1) if len(_broken(words, width)) == fewest)
    return "\n".join(_broken(words, width)).replace(_TIED, " ")


def _broken(words: Sequence[str], most: int) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and _wide(f"{lines[-1]} {word}") <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _wide(text: str) -> float:
    """In letters; a space is half of one."""
    return len(text) - (text.count(" ") + text.count(_TIED)) / 2


def letterhead_name(body: str) -> str:
    """Who writes, in capitals, broken as letterheads are."""
    return in_lines(body.upper(), CAPITALS_A_LINE)


def in_two(place: Place) -> str:
    """The authority as letterheads have it: ỦY BAN NHÂN DÂN, and on a line of its own whose it is."""
    body = place.authority.removesuffix(place.name).strip()
    return "\n".join(part.upper() for part in (body, place.authority[len(body) :].strip()) if part)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def blank_day(place: str, day: date) -> str:
    """The day is left to the văn thư; months 1 and 2 carry a 0 (NĐ 30/2020)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{place}, ngày        tháng {month} năm {day.year}"


def abstract(plan: Plan) -> str:
    said = f"Báo cáo về việc cài đặt và sử dụng ứng dụng {plan.app.on_paper}"
    return in_lines(said, ABSTRACT_A_LINE, [plan.app.name])


def bases(plan: Plan) -> list[str]:
    """The grounds, each with its ";", then the công văn that orders this report, with a full stop."""
    issued = _issued(plan.issued)
    number = plan.number or "            "
    title = plan.title[:1].lower() + plan.title[1:]
    about = "về việc " if plan.document == "Công văn" else "về "
    order = f"Thực hiện {plan.document} số {number}, {issued} của {plan.place.authority} {about}{title}."
    return [*(f"Căn cứ {basis};" for basis in plan.legal_basis), order]


def _issued(said: str) -> str:
    """The day as far as the document has it; what it leaves blank is blank here as well."""
    small = said.lower()
    if "ngày" in small:
        return said
    month = said if "tháng" in small else f"tháng      {said or 'năm        '}"
    return f"ngày        {month}"


def opening(plan: Plan, sender: str) -> str:
    app = plan.app.on_paper
    return f"{capital(sender)} đã tích cực triển khai cài đặt và sử dụng ứng dụng {app}, kết quả cụ thể như sau:"


def closing(day: date, *remarks: str) -> str:
    """The last words; before them what the table's columns cannot say."""
    return " ".join([*remarks, f"Số liệu tính đến hết ngày {day:%d/%m/%Y}./."])


def parts(plan: Plan, villages: str, bodies: str) -> str:
    """Of what the sum is made: people where they live, and where they work."""
    return f"Tổng cộng gồm người dân ở các {plan.place.unit_word}: {villages}; các cơ quan, đơn vị: {bodies}."


def done_of(done: str, total: int | None) -> str:
    return f"{done}/{number(total)}" if total is not None else f"{done}, chưa có tổng số"


def why_in_parts(plan: Plan, villages: int, bodies: int) -> str:
    """The sum of both, whose reasons stand in the rows above."""
    where = f"{number(villages)} ở các {plan.place.unit_word}, {number(bodies)} ở các cơ quan, đơn vị"
    return f"{number(villages + bodies)}: {where}"


def on_both(count: int) -> str:
    return f"Có {number(count)} người ở cả danh sách nơi ở lẫn danh sách nơi làm việc, là một người tính ở hai dòng."


def of_them(done: int, counted: str, stage: str, where: str = "") -> str:
    """Where the plan asks for more than an install: how many have come so far, which is the figure chat speaks of."""
    at = f" ở các {where}" if where else ""
    return f"Trong số đã cài đặt{at} có {number(done)} {counted} đã {stage}, tính là hoàn thành."


def unit_of_count(word: str) -> str:
    return f"Đơn vị tính: {word}"


def signer(*, is_village: bool, unit_word: str) -> tuple[str, str]:
    """Who signs, and the line under it; a village has no seal."""
    if not is_village:
        return "THỦ TRƯỞNG CƠ QUAN", "(Ký tên, đóng dấu)"
    return "TỔ TRƯỞNG" if unit_word.startswith("tổ") else f"TRƯỞNG {unit_word.upper()}", "(Ký, ghi rõ họ tên)"


def reason(code: str, plan: Plan) -> str:
    """A coded outcome as the reason why not."""
    outcome = next((one for one in plan.outcomes if one.code == code), None)
    if outcome is None:
        return code
    if outcome.stage and not outcome.done:
        return outcome.label[:1].lower() + outcome.label[1:]  # "đã cài, chưa đăng nhập" and not "đã cài"
    return "lý do khác" if outcome.asks == "reason" else outcome.said


def number(count: int) -> str:
    return f"{count:,}".replace(",", ".")


def why_left(left: int, reasons: list[tuple[int, str]]) -> str:
    """ "7: 3 không có điện thoại thông minh, 2 vắng nhà, 2 chưa có VNeID mức 2"."""
    return f"{number(left)}: " + ", ".join(f"{number(count)} {said}" for count, said in reasons)


def why_by_house(left: int, found: list[tuple[int, str]], silent: tuple[int, str] | None = None) -> str:
    """Where persons are counted and households visited: "96; ở các hộ đã đến: 3 vắng nhà, 2 hẹn quay lại"."""
    said = ", ".join(f"{number(count)} {why}" for count, why in found)
    not_told = f"; {number(silent[0])} {silent[1]}" if silent else ""
    return f"{number(left)}; ở các hộ đã đến: {said}{not_told}"


NOT_REACHED = "chưa đến"
UNREPORTED = "chưa báo cáo"
UNSTATED = "chưa nêu lý do"


def no_total(reasons: list[tuple[int, str]]) -> str:
    known = ", ".join(f"{number(count)} {said}" for count, said in reasons)
    return f"Chưa có tổng số; đã ghi: {known}" if known else "Chưa có tổng số"


def outgrown(total: int) -> str:
    return f"Tổng số đã khai ({number(total)}) ít hơn số đã cài; cần xem lại tổng số"


def too_many_reasons(left: int, noted: int) -> str:
    return f"{number(left)}: đã ghi lý do của {number(noted)}, nhiều hơn số chưa cài; cần xem lại tổng số"


def missing_totals(count: int, silent: int) -> str:
    said = f"{number(count)} đơn vị chưa có tổng số hoặc cần xem lại tổng số"
    return f"{said}; {number(silent)} đơn vị chưa báo cáo" if silent else said


def silent(total: int | None) -> str:
    """For a unit that said nothing at all."""
    return capital(UNREPORTED) if total is not None else f"{capital(UNREPORTED)}; chưa có tổng số"


def of_silent(count: int) -> str:
    """What is left in units that said nothing, as the last of the sum's reasons."""
    return f"ở {number(count)} đơn vị {UNREPORTED}"


def told_only(why: str) -> str:
    """A row of the unit's own word, which no logged house stands behind."""
    return f"{why} (số đơn vị báo, chưa ghi từng nhà)"


def list_title(plan: Plan) -> str:
    return f"DANH SÁCH CÀI ĐẶT ỨNG DỤNG {plan.app.name.upper()}"


def notes(plan: Plan) -> tuple[str, str]:
    where = f"trên địa bàn {plan.place.name}"
    return (
        f"- Ghi địa chỉ hiện tại là nơi ở của người dân nếu thuộc hộ gia đình cư trú {where}, {plan.place.city};",
        "- Ghi địa chỉ hiện tại là nơi làm việc nếu là cán bộ, đảng viên, công an, công chức, viên chức, người lao "
        f"động thuộc cơ quan, đơn vị, doanh nghiệp, tổ chức đóng {where}.",
    )


def where(plan: Plan, unit: str) -> str:
    own = "" if unit == plan.place.name else f"{unit}, "
    return capital(f"{own}{plan.place.name}, {plan.place.city}")


def house_at(label: str) -> str:
    """How an address names a house: "12" is a number, "nhà ông Tám" says so itself."""
    return f"Số {label}" if label[:1].isdigit() else capital(label)


def register_title(plan: Plan) -> str:
    return f"SỔ THEO DÕI HỘ CÀI ĐẶT {plan.app.name.upper()}"


def police_title(plan: Plan) -> str:
    return f"DANH SÁCH HỘ CHƯA CÓ TÀI KHOẢN ĐỊNH DANH MỨC ĐỘ 2 – {plan.app.name.upper()}"


def made_by(who: str) -> str:
    return f"Lập từ Gõ Từng Nhà, người xuất: {who}"
