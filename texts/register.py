"""What bringing the edited register back says: what would change from what to what, which rows not, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from rules.phones import Phone

if TYPE_CHECKING:  # `--help` shows these words without the plan's reader and the database
    from rules.plan import Plan
    from storage.register import RegisterChange, RegisterProposal
    from storage.unit_import import Fault

ABOUT = (
    "Nhập lại sổ theo dõi đã xuất và sửa trong Excel: xem từng chỗ đổi rồi mới ghi. "
    "Dòng nào đã có người ghi thêm sau khi xuất thì không ghi đè."
)
FILE = "Sổ theo dõi .xlsx đã sửa (xuất bằng `export register`)."
UNIT = "Chỉ nhận dòng của đơn vị này và đơn vị dưới nó; không ghi thì cả xã, phường."
UNDO = "Gỡ lần nhập gần nhất của tài khoản này (trong 7 ngày), trả mọi chỗ về như trước."
FILE_OR_UNDO = "Ghi tệp .xlsx cần nhập, hoặc --undo để gỡ lần nhập trước (không dùng cả hai)."
BACK_AT_THE_MACHINE = "Muốn gỡ lần nhập này: gotungnha register --undo."
BACK_IN_CHAT = "Muốn gỡ cả lần nhập này thì gõ “hoàn tác”."
NOTHING_TO_UNDO = "Không có lần nhập sổ nào trong 7 ngày để gỡ."
CHANGED_MEANWHILE = "Sổ vừa có người ghi thêm, nên chưa đổi gì; chạy lại lệnh để xem."
COLUMNS = {
    "label": "số nhà, cách gọi",
    "head_name": "chủ hộ",
    "phone": "số điện thoại",
    "address": "địa chỉ",
    "outcome": "kết quả",
    "installs": "số người đã cài",
    "visited_on": "ngày đến gần nhất",
    "done_on": "ngày hoàn thành",
    "come_back_on": "hẹn quay lại",
}
_OF_RESIDENTS = frozenset(("head_name", "phone", "address"))
_DAYS = frozenset(("visited_on", "done_on", "come_back_on"))
_FAULTS = {
    "unknown_id": "không có nhà nào mang mã “{said}”; đừng sửa cột Mã, nhà mới thì dùng `units households`",
    "twice": "mã này đã có ở dòng {said}",
    "foreign_unit": "nhà này thuộc {said}; sổ không chuyển nhà sang đơn vị khác",
    "no_mark": "mất cột Dấu (cột ẩn cuối sổ) nên không biết nhà có đổi sau khi xuất không; xuất lại sổ rồi sửa",
    "conflict": "nhà này đã có người ghi thêm sau khi xuất ({column} bây giờ là “{said}”); xuất lại sổ rồi sửa",
    "computed": "ô {column} do bot tính theo kết quả; đừng sửa",
    "formula": "ô {column} là công thức; chép lại thành giá trị (Paste Special → Values)",
    "error_value": "ô {column} đang báo lỗi",
    "too_long": "ô {column} dài quá ({said})",
    "foreign_letters": "ô {column} có chữ cái lạ trông giống chữ Việt; gõ lại",
    "private": "ô {column} có số căn cước, số thẻ hoặc mã OTP: mình không nhận; xoá số đó đi",
    "no_phone": "ô {column} “{said}” không phải số điện thoại; sửa lại hoặc để trống",
    "no_label": "ô số nhà, cách gọi để trống",
    "label_taken": "trong đơn vị đã có nhà tên “{said}”",
    "no_outcome": "ô {column} để trống; muốn bỏ kết quả đã ghi thì người ghi gõ “hoàn tác”",
    "unknown_outcome": "không có kết quả “{said}”; chỉ dùng: {outcomes}",
    "result_first": "nhà chưa ai ghi: điền {column} trước",
    "no_count": "ô {column} “{said}” không phải số người (0 đến 50)",
    "needs_installs": "“{said}” thì ô {column} phải từ 1",
    "no_installs": "“{said}” thì không có người cài; để trống ô {column}",
    "needs_day": "“{said}” thì điền ô {column}",
    "no_promise": "“{said}” thì không có ngày hẹn; để trống ô {column}",
    "past_promise": "ô {column} {said} đã qua",
    "no_day": "ô {column} “{said}” không phải ngày; gõ như 12/06/2026",
    "outside_time": "ô {column} {said} trước ngày bắt đầu hoặc sau hôm nay",
    "before_former": "ô {column} phải từ {said}, ngày của lần đến trước",
}
_SHEETS = {
    "not_xlsx": "không phải tệp Excel .xlsx; mở bằng Excel rồi lưu lại kiểu “Excel Workbook (.xlsx)”",
    "no_header": "không phải sổ theo dõi mình xuất: không thấy cột Mã và cột Dấu (cột ẩn cuối sổ)",
    "two_columns": "hai cột cùng một nghĩa: {said}; xoá bớt một cột",
    "too_long": "dài quá {said} dòng",
}


def unreadable(file: object, why: str, said: str) -> str:
    return f"{file}: {_SHEETS[why].format(said=said)}."


def fault(plan: Plan, bad: Fault) -> str:
    outcomes = ", ".join(one.label for one in plan.outcomes)
    said = _FAULTS[bad.why].format(
        said=_value(bad.column, bad.said), column=COLUMNS.get(bad.column, ""), outcomes=outcomes
    )
    return f"  dòng {bad.number}: {said}"


def proposal(plan: Plan, proposed: RegisterProposal, *, names: bool = True) -> list[str]:
    """Counts, then every changed house old → new, then every row that cannot be used.

    Without `names` (in chat) what tells of residents is only said to change.
    """
    lines = [f"Sửa {len(proposed.changes)} nhà, giữ nguyên {proposed.unchanged}."]
    if proposed.newer:
        lines.append(f"{proposed.newer} nhà có người ghi thêm sau khi xuất mà tệp không sửa: giữ theo sổ.")
    lines += [f"  ~ dòng {change.number}: {_changed(change, names)}" for change in proposed.changes]
    if proposed.faults:
        lines.append(f"Dòng sai {len(proposed.faults)}:")
    return lines + [fault(plan, bad) for bad in proposed.faults]


def _changed(change: RegisterChange, names: bool) -> str:
    from texts.visiting import house_name

    said = [
        f"{COLUMNS[name]} thay đổi"
        if name in _OF_RESIDENTS and not names
        else f"{COLUMNS[name]}: {_value(name, old)} → {_value(name, new)}"
        for name, (old, new) in change.differences.items()
    ]
    return f"{house_name(change.label)}, {change.unit}: {'; '.join(said)}"


def _value(name: str, said: str) -> str:
    """A cell as people read it; a phone shows its ends only."""
    if name in _DAYS:
        try:
            return f"{date.fromisoformat(said):%d/%m/%Y}"
        except ValueError:
            return said or "trống"
    if name == "phone" and said.isdecimal() and len(said) >= 9:
        return Phone(said).masked
    return said or "trống"


def imported(proposed: RegisterProposal, back: str) -> str:
    left_out = f", bỏ {len(proposed.faults)} dòng sai" if proposed.faults else ""
    return f"Đã ghi: sửa {len(proposed.changes)} nhà{left_out}. {back}"


def put_back(count: int) -> str:
    return f"Đã gỡ lần nhập sổ: {count} nhà trở về như trước."


def changed_since(labels: Sequence[str]) -> str:
    from texts.visiting import house_name

    shown = ", ".join(map(house_name, labels[:5])) + (f" và {len(labels) - 5} nhà khác" if len(labels) > 5 else "")
    return f"Không gỡ được, vì sau lần nhập đã có người ghi thêm: {shown}. Xuất lại sổ rồi sửa."
