"""What an import of households says: what would change, which lines are wrong and why. Of residents no word more."""

from storage.house_import import HouseChange, HouseLine, HouseProposal
from storage.unit_import import Fault
from texts.visiting import house_name

COLUMNS = {
    "number": "số nhà",
    "address": "địa chỉ",
    "alley": "ngõ",
    "head_name": "chủ hộ",
    "phone": "điện thoại",
    "notes": "ghi chú",
    "order": "STT",
    "label": "số nhà",
    "list_number": "STT",
    "listed_name": "chủ hộ",
    "listed_phone": "điện thoại",
    "care": "diện ưu tiên",
}
_FAULTS = {
    "no_number": "không có số nhà, địa chỉ hay tên chủ hộ để gọi",
    "twice": "trùng với một dòng trên: nhà {said}; hai hộ chung số thì thêm chữ (12A, 12B) hoặc cột ngõ",
    "formula": "ô {column} là công thức; chép lại thành giá trị (Paste Special → Values)",
    "error_value": "ô {column} đang báo lỗi {said}",
    "too_long": "ô {column} dài quá ({said})",
    "foreign_letters": "ô {column} có chữ cái lạ trông giống chữ Việt; gõ lại",
    "no_phone": "ô {column} “{said}” không phải số điện thoại; sửa lại hoặc để trống",
    "private": "ô {column} có số căn cước, số thẻ hoặc mã OTP: mình không nhận; xoá số đó đi",
}
_SHEETS = {
    "not_xlsx": "không phải tệp Excel .xlsx; mở bằng Excel rồi lưu lại kiểu “Excel Workbook (.xlsx)”",
    "no_header": "không thấy dòng tiêu đề có “Số nhà”, “Chủ hộ” hoặc “Địa chỉ”",
    "two_columns": "hai cột cùng một nghĩa: {said}; đổi tên hoặc xoá bớt một cột",
    "too_long": "dài quá {said} dòng",
}
_FIRST_FEW = 8

CHANGED_MEANWHILE = "Danh sách hộ vừa có người khác sửa, nên chưa đổi gì; chạy lại lệnh để xem."


def unreadable(file: object, why: str, said: str) -> str:
    return f"{file}: {_SHEETS[why].format(said=said)}."


def fault(bad: Fault) -> str:
    return f"  dòng {bad.number}: {_FAULTS[bad.why].format(said=bad.said, column=COLUMNS.get(bad.column, ''))}"


def proposal(unit: str, proposed: HouseProposal, passed_over: int) -> list[str]:
    """What would be done: counts, the first few new houses, every changed one, every wrong line."""
    new, changed, same = len(proposed.new), len(proposed.changed), proposed.unchanged
    lines = [f"{unit}: thêm {new} hộ, sửa {changed}, giữ nguyên {same}."]
    if proposed.new:
        cared = sum(1 for line in proposed.new if line.care)
        alleys = len({line.alley.key for line in proposed.new if line.alley})
        lines.append(f"Trong số hộ mới: {cared} hộ người già, yếu thế; {alleys} ngõ.")
    if passed_over:
        lines.append(f"Bỏ qua {passed_over} dòng không phải hộ (tên ngõ, tổng cộng, chữ ký).")
    lines += [f"  + dòng {line.number}: {_called(line)}" for line in proposed.new[:_FIRST_FEW]]
    if new > _FIRST_FEW:
        lines.append(f"  + … và {new - _FIRST_FEW} hộ nữa")
    lines += [
        f"  ~ dòng {change.line.number}: {_called(change.line)}: {_changed(change)}" for change in proposed.changed
    ]
    if proposed.faults:
        lines.append(f"Dòng sai {len(proposed.faults)}:")
    return lines + [fault(bad) for bad in proposed.faults]


def _called(line: HouseLine) -> str:
    """The house by its number; one that only a name calls stays nameless here."""
    return house_name(line.label) if any(map(str.isdigit, line.label)) else f"hộ số {line.place} trong danh sách"


def _changed(change: HouseChange) -> str:
    return ", ".join(dict.fromkeys(COLUMNS[name] for name in change.fields)) + " thay đổi"


def imported(proposed: HouseProposal, skipped: int) -> str:
    left_out = f", bỏ {skipped} dòng sai" if skipped else ""
    return f"Đã ghi: thêm {len(proposed.new)} hộ, sửa {len(proposed.changed)}{left_out}."
