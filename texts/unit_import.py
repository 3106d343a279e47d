"""What an import of units says: what would change, which lines are wrong and why; and the table of units."""

from collections.abc import Sequence

from storage.tables import Unit
from storage.unit_import import MOST_LETTERS, Change, Fault, Proposal, UnitLine

UNKNOWN = "—"
KINDS = {
    "village": "thôn, tổ dân phố",
    "agency": "cơ quan, phòng ban",
    "school": "trường học",
    "clinic": "y tế",
    "company": "doanh nghiệp",
    "association": "hội, đoàn thể",
    "police": "công an",
    "commune": "phường, xã",
}
COLUMNS = {
    "name": "tên",
    "kind": "loại",
    "parent": "thuộc",
    "head_name": "họ tên trưởng",
    "households": "số hộ",
    "smartphone_households": "số hộ có smartphone",
    "people": "nhân khẩu",
    "staff": "số cán bộ",
}
_TOTALS = ("households", "smartphone_households", "people", "staff")
_FAULTS = {
    "no_name": "thiếu tên đơn vị",
    "twice": "trùng tên với dòng trên: {said}",
    "unknown_parent": "không có đơn vị cấp trên “{said}” (hoặc dòng của đơn vị đó đang sai)",
    "round": "vòng tròn: đơn vị này nằm dưới chính nó (thuộc “{said}”)",
    "more_smart": "số hộ có smartphone nhiều hơn tổng số hộ ({said})",
    "formula": "ô {column} là công thức; chép lại thành giá trị (Paste Special → Values)",
    "error_value": "ô {column} đang báo lỗi {said}",
    "too_long": f"ô {{column}} dài {{said}} chữ, nhiều nhất {MOST_LETTERS}",
    "foreign_letters": "ô {column} có chữ cái lạ trông giống chữ Việt: “{said}”; gõ lại",
    "unknown_kind": "không hiểu loại “{said}”; dùng tổ dân phố, thôn, cơ quan, trường, y tế, công ty, hội, công an",
    "no_count": "ô {column} “{said}” không phải số nguyên",
    "negative": "ô {column} là số âm ({said})",
    "too_many": "ô {column} “{said}” lớn quá",
}
_SHEETS = {
    "not_xlsx": "không phải tệp Excel .xlsx; mở bằng Excel rồi lưu lại kiểu “Excel Workbook (.xlsx)”",
    "no_header": "không thấy dòng tiêu đề có cột tên đơn vị (“Tên đơn vị”, “Tổ dân phố”, “Thôn”…)",
    "two_columns": "hai cột cùng một nghĩa: {said}; đổi tên hoặc xoá bớt một cột",
    "too_long": "dài quá {said} dòng",
}

ASK = "Ghi các thay đổi này?"
DRY_RUN = "Chỉ xem thử, chưa đổi gì."
NOTHING_TO_DO = "Không có gì phải đổi."
CHANGED_MEANWHILE = "Danh sách đơn vị vừa có người khác sửa, nên chưa đổi gì; chạy lại lệnh để xem."
READING = "Đọc tệp"
WRITING = "Ghi"


def unreadable(file: object, why: str, said: str) -> str:
    return f"{file}: {_SHEETS[why].format(said=said)}."


def bad_lines(count: int) -> str:
    return f"Có {count} dòng sai nên chưa đổi gì; sửa tệp rồi chạy lại, hoặc thêm --skip-bad để bỏ các dòng đó."


def fault(bad: Fault) -> str:
    return f"  dòng {bad.number}: {_FAULTS[bad.why].format(said=bad.said, column=COLUMNS.get(bad.column, ''))}"


def proposal(proposed: Proposal, sums: int) -> list[str]:
    """What would be done, a unit a line; of a head's name only that it changes, it is nobody else's business."""
    lines = [f"Thêm mới {len(proposed.new)}, sửa {len(proposed.changed)}, giữ nguyên {proposed.unchanged}."]
    if sums:
        lines.append(f"Bỏ qua {sums} dòng tổng cộng: mình tự cộng.")
    lines += [f"  + {_new(line)}" for line in proposed.new]
    lines += [f"  ~ {change.line.name}: {_differences(change)}" for change in proposed.changed]
    if proposed.faults:
        lines.append(f"Dòng sai {len(proposed.faults)}:")
    return lines + [fault(bad) for bad in proposed.faults]


def _new(line: UnitLine) -> str:
    said = [f"{COLUMNS[name]} {getattr(line, name)}" for name in _TOTALS if getattr(line, name) is not None]
    under = [f"thuộc {line.parent}"] if line.parent else []
    return ", ".join([f"{line.name} ({KINDS.get(line.kind or line.looks_like, line.kind)})", *under, *said])


def _differences(change: Change) -> str:
    return ", ".join(_difference(name, old, new) for name, (old, new) in change.differences.items())


def _difference(name: str, old: object, new: object) -> str:
    if name == "head_name":
        return "họ tên trưởng thay đổi"
    if name == "closed_at":
        return "mở lại đơn vị đã đóng"
    if name == "kind":
        old, new = KINDS.get(str(old), old), KINDS.get(str(new), new)
    return f"{COLUMNS[name]} {UNKNOWN if old is None else old} → {new}"


def imported(proposed: Proposal, skipped: int) -> str:
    left_out = f", bỏ {skipped} dòng sai" if skipped else ""
    return f"Đã ghi: thêm {len(proposed.new)}, sửa {len(proposed.changed)}{left_out}."


def table(units: Sequence[Unit]) -> list[str]:
    """The units of one campaign with their totals, and the sum over those that have none below them."""
    names = {unit.id: unit.name for unit in units}
    above = {unit.parent_id for unit in units}
    rows = [("Đơn vị", "Loại", "Thuộc", "Số hộ", "Có smartphone", "Nhân khẩu", "Cán bộ")]
    for unit in units:
        mark = " (ví dụ)" if unit.example and "ví dụ" not in unit.name else ""
        cells = [number(getattr(unit, name)) for name in _TOTALS]
        rows.append((unit.name + mark, KINDS.get(unit.kind, unit.kind), names.get(unit.parent_id, ""), *cells))  # type: ignore[arg-type]
    lowest = [unit for unit in units if unit.id not in above and unit.kind != "commune"]
    rows.append(("Tổng", "", "", *(_sum(lowest, name) for name in _TOTALS)))  # type: ignore[arg-type]
    return _aligned(rows)


def number(count: int | None) -> str:
    return UNKNOWN if count is None else f"{count:,}".replace(",", ".")


def _sum(units: Sequence[Unit], name: str) -> str:
    """The sum of what is known, and how many villages' households are not: a sum with a hole is no total."""
    known = [count for unit in units if (count := getattr(unit, name)) is not None]
    silent = sum(unit.kind == "village" and getattr(unit, name) is None for unit in units)
    if not known:
        return UNKNOWN
    return number(sum(known)) + (f" (thiếu {silent})" if silent and "households" in name else "")


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return ["  ".join(_cell(text, widths[place], place) for place, text in enumerate(row)).rstrip() for row in rows]


def _cell(text: str, width: int, place: int) -> str:
    return text.ljust(width) if place < 3 else text.rjust(width)
