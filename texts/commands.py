"""What the command line says: its help, its one-line refusals, what each verb prints."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from rules.clock import VIETNAM
from texts.roles_typed import ROLE_WORDS

if TYPE_CHECKING:
    from storage.dead import Aside

APP = (
    "Gõ Từng Nhà: bot nhắn tin (chat bot) cho Tổ công nghệ số cộng đồng đi từng nhà.\n\n"
    "Mỗi lệnh có --help. Lệnh xong thì mã thoát (exit code) là 0; không xong thì in một dòng lý do."
)
DEBUG = "In cả traceback khi có lỗi ngoài dự kiến (đặt trước tên lệnh)."

RUN = "Chạy bot. Không có TELEGRAM_TOKEN thì chạy thử (demo) với máy mô phỏng (simulator) trên máy này."
CHECK = "Kiểm tra cấu hình, kế hoạch, cơ sở dữ liệu, token, phông chữ; mỗi dòng “ok” hoặc cách sửa."
PLAN = "Đọc một tệp kế hoạch (TOML) và in ra thành lời để cán bộ đối chiếu với công văn."
UNITS = "Đơn vị: thôn, tổ dân phố, trường, cơ quan… và các tổng số của đơn vị."
UNITS_IMPORT = (
    "Nạp đơn vị từ tệp Excel (.xlsx): tên, loại, thuộc, tổng số hộ, số hộ có smartphone, nhân khẩu, số cán bộ, "
    "họ tên trưởng.\n\nIn ra sẽ đổi gì rồi mới hỏi (chạy trong kịch bản thì ghi luôn; chỉ xem: --dry-run); "
    "có dòng sai thì không đổi gì cả."
)
UNITS_LIST = "Liệt kê đơn vị và các tổng số; “—” là chưa có."
UNITS_HOUSEHOLDS = (
    "Nạp danh sách hộ của một đơn vị từ tệp Excel (.xlsx): số nhà, ngõ, địa chỉ, chủ hộ, điện thoại, ghi chú; cột theo "
    "thứ tự nào cũng được.\n\nIn ra sẽ đổi gì rồi mới hỏi (chạy trong kịch bản thì ghi luôn); nạp lại thì cập nhật, "
    "không thêm trùng."
)
UNITS_PRINT = "In PDF các hộ chưa xong của một đơn vị, mỗi ngõ một trang, có ô c/v/t; số trên giấy gõ lại được."
PDF_OUT = "Tệp PDF sẽ ghi ra."
NO_ALLEY = "không theo ngõ"
INVITE = "Tạo mã mời (invitation): mỗi dòng một mã và đường dẫn, dùng một lần, hạn 72 giờ."
DIGEST = "In bản tin tổng hợp (digest) của một thời điểm, hoặc xếp vào hàng gửi với --send."
DEAD = "Tin bị để riêng vì xử lý lỗi (dead letter) và tin gửi không được."
DEAD_LIST = "Liệt kê: số thứ tự, lúc nhận, số lần thử, loại lỗi. Không in nội dung tin."
DEAD_REPLAY = "Cho xử lý lại sau khi đã sửa lỗi: ghi số của từng tin, hoặc --all."
BACKUP = "Sao lưu cơ sở dữ liệu ra một tệp mới (chạy được khi bot đang chạy) rồi kiểm tra lại tệp đó."
RESTORE = "Khôi phục từ tệp sao lưu: kiểm tra tệp trước, giữ lại bản hiện có bên cạnh. Phải dừng bot."
DEMO = "Nạp người và đơn vị ví dụ để tập thử; không dùng cho cơ sở dữ liệu thật."

CAMPAIGN_OPTION = "Mã kế hoạch (slug), khi CAMPAIGN có nhiều kế hoạch."
DIFF_OPTION = "Chỉ nói tệp này khác kế hoạch đang dùng ở đâu."
APPLY_OPTION = "Áp dụng những thay đổi đó, ghi ngày và người đổi."
BY_OPTION = "Người quyết định thay đổi; không ghi thì lấy tên tài khoản trên máy."
YES_OPTION = "Không hỏi lại."
SKIP_BAD_OPTION = "Bỏ các dòng sai, vẫn nạp các dòng đúng."
DRY_RUN_OPTION = "Chỉ in ra sẽ đổi gì."
ROLE_OPTION = "Vai: tình nguyện viên, tổ trưởng, cán bộ, lãnh đạo, công an, vận hành (hoặc volunteer, head…)."
UNIT_OPTION = "Tên đơn vị, có dấu hay không dấu đều được."
COUNT_OPTION = "Số mã cần tạo."
QUOTA_OPTION = "Mã chỉ tiêu cá nhân trong kế hoạch (quota slug), ví dụ doan-vien."
AT_OPTION = "Giờ của hôm nay (17:00) hoặc thời điểm ISO (2026-06-24T17:00)."
SEND_OPTION = "Xếp vào hàng gửi; bot đang chạy sẽ gửi đi."
ALL_OPTION = "Tất cả."
FORCE_OPTION = "Ghi đè lên tệp đã có."
XLSX = "Tệp Excel .xlsx"
TOML = "Tệp kế hoạch .toml"
BACKUP_FILE = "Tệp sao lưu"

ANOTHER_COPY = "Một bản bot khác đang chạy trên cùng cơ sở dữ liệu; hãy dừng bản đó trước."
WRONG_KEY = "SECRET_KEY không mở được cơ sở dữ liệu này; đặt lại đúng khoá cũ trong .env."
_TOKEN_FROM = {"TELEGRAM_TOKEN": "@BotFather trên Telegram", "ZALO_TOKEN": "Zalo Bot Creator"}


_ANY_SOURCE = "@BotFather (Telegram) hoặc Zalo Bot Creator (Zalo)"


def wrong_token(setting: str) -> str:
    source = _TOKEN_FROM.get(setting, _ANY_SOURCE)
    return f"{setting} không đúng (máy chủ không nhận); lấy lại token ở {source} rồi sửa .env."


def port_taken(where: str) -> str:
    return f"Địa chỉ {where} đang có chương trình khác dùng; đặt PORT khác trong .env."


def no_access(file: object, why: str) -> str:
    return f"Không mở được {file} ({why}); xem lại đường dẫn và quyền ghi của tài khoản đang chạy."


BUSY = "Cơ sở dữ liệu đang bận hoặc không kết nối được; thử lại sau ít giây."
STOPPED = "Đã dừng, không đổi gì."
OLD_DATABASE = "Cơ sở dữ liệu thuộc phiên bản cũ; khởi động lại bot (gotungnha run) một lần để nâng cấp."
NEWER_DATABASE = "Cơ sở dữ liệu thuộc phiên bản mới hơn phần mềm này; hãy cập nhật phần mềm (git pull, make setup)."
NO_PLAN = "CAMPAIGN trong .env đang trống; ghi đường dẫn một tệp kế hoạch .toml."
BAD_DATABASE_URL = (
    "DATABASE_URL không đọc được; dùng sqlite:///var/gotungnha.db hoặc postgresql://tên:mật-khẩu@máy:5432/tên-csdl."
)


def unexpected(error: BaseException) -> str:
    return f"Lỗi ngoài dự kiến ({type(error).__name__}); chạy lại với `gotungnha --debug …` để xem chi tiết."


def and_more(line: str, more: int) -> str:
    return f"{line} (và {more} chỗ nữa; xem `gotungnha plan TỆP`)"


def no_database(file: object) -> str:
    return f"Chưa có cơ sở dữ liệu {file}; chạy bot (gotungnha run) hoặc nạp đơn vị (gotungnha units import) trước."


def missing(name: str) -> str:
    return f"Thiếu {name}; xem --help."


def unknown_word(said: str, possible: Sequence[str]) -> str:
    meant = f" Có phải bạn muốn gõ: {', '.join(possible)}?" if possible else " Xem --help."
    return f"Không có “{said}”.{meant}"


def bad_argument(said: str) -> str:
    return f"Chưa đúng cách gõ ({said}); xem --help."


_IN_OUR_WORDS = (
    (re.compile(r"greater than or equal to ([\d.]+)"), "phải từ {} trở lên"),
    (re.compile(r"less than or equal to ([\d.]+)"), "nhiều nhất là {}"),
    (re.compile(r"valid (?:integer|number)"), "phải là một số"),
)


def bad_value(name: str, said: str) -> str:
    """A value that this option does not take; `said` is what Typer has against it."""
    ours = (words.format(*found.groups()) for fault, words in _IN_OUR_WORDS if (found := fault.search(said)))
    return f"{name} {why}; xem --help." if (why := next(ours, "")) else bad_argument(f"{name}: {said}")


def which_plan(slugs: Sequence[str]) -> str:
    return f"Có nhiều kế hoạch ({', '.join(slugs)}); thêm --campaign MÃ."


def unknown_plan(slug: str, slugs: Sequence[str]) -> str:
    return f"Không có kế hoạch “{slug}”; đang có: {', '.join(slugs)}."


def unknown_role(said: str, roles: Sequence[str]) -> str:
    return f"Không có vai “{said}”; các vai: {', '.join(roles)}."


def unknown_unit(said: str, near: Sequence[str]) -> str:
    meant = f"có phải: {', '.join(near)}?" if near else "xem `gotungnha units list`."
    return f"Không có đơn vị “{said}”; {meant}"


def unknown_quota(said: str, slugs: Sequence[str]) -> str:
    known = f"kế hoạch có: {', '.join(slugs)}." if slugs else "kế hoạch không đặt chỉ tiêu cá nhân nào."
    return f"Không có chỉ tiêu “{said}”; {known}"


def no_link(why: str) -> str:
    return f"Chỉ có mã, chưa có đường dẫn: {why}."


TELEGRAM_AWAY = "không kết nối được tới Telegram"


def no_token_yet(variable: str) -> str:
    return f"chưa đặt {variable}"


def token_refused(variable: str) -> str:
    return f"Telegram không nhận {variable}"


SEQ = "Số thứ tự in ở `dead list`: 12 là tin nhận, g7 là tin gửi."
WHICH_DEAD = "Ghi số của từng tin, hoặc --all."
NOTHING_DEAD = "Không có tin nào bị để riêng."


def dead_table(received: Sequence[Aside], to_send: Sequence[Aside]) -> list[str]:
    """One line a thing set aside: number, when, tries, error class."""
    if not received and not to_send:
        return [NOTHING_DEAD]
    lines = [f"{'số':<8}{'lúc':<20}{'số lần thử':<12}lỗi"]
    lines += [_dead_line(f"{row.number}", row) for row in received]
    return lines + [_dead_line(f"g{row.number}", row) for row in to_send]


def _dead_line(number: str, row: Aside) -> str:
    kind = re.match(r"[\w.]+", row.error)
    return f"{number:<8}{_moment(row.at):<20}{row.attempts:<12}{kind[0] if kind else '—'}"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%d/%m/%Y %H:%M}"


def no_such_number(said: str) -> str:
    return f"“{said}” không phải số thứ tự; xem `gotungnha dead list`."


def replayed(count: int) -> str:
    return f"Đã cho xử lý lại {count} tin." if count else NOTHING_DEAD


def replayed_some(count: int, asked: int) -> str:
    return f"Đã cho xử lý lại {count} trong {asked} tin; số còn lại không nằm trong danh sách để riêng."


def bad_time(said: str) -> str:
    return f"“{said}” không phải giờ; ghi 17:00 hoặc 2026-06-24T17:00."


def no_digest(title: str, at: datetime, hour: str) -> str:
    return f"{title}: lúc {_moment(at)} không có bản tin nào (bản tin ra lúc {hour}, trong thời gian của kế hoạch)."


def digest_for(readers: Mapping[str, int], *, sent: bool = False) -> str:
    """Who gets the text below; of one that was `sent`, who got it."""
    if not readers:
        return "Gửi tới: không còn ai (chưa có cán bộ, lãnh đạo nào vào bot, hoặc mọi người đã nhận)"
    said = "Đã gửi, nguyên văn, tới: " if sent else "Gửi tới: "
    return said + ", ".join(f"{count} {ROLE_WORDS[role][0]}" for role, count in sorted(readers.items()))


def queued(count: int) -> str:
    return f"Đã xếp {count} bản tin vào hàng gửi; bot đang chạy sẽ gửi." if count else "Không còn ai chờ bản tin này."


SAME_FILE = "Tệp này chính là cơ sở dữ liệu đang dùng; chọn tên tệp khác."


class Instead(Protocol):
    """How a sentence about PostgreSQL's own tools is asked for."""

    def __call__(self, host: str, port: int, user: str, database: str) -> str: ...


def use_pg_dump(host: str, port: int, user: str, database: str) -> str:
    command = f"pg_dump -h {host} -p {port} -U {user} -Fc -f sao-luu.dump {database}"
    return f"Cơ sở dữ liệu là PostgreSQL, hãy sao lưu bằng: {command} (mật khẩu sẽ được hỏi)"


def use_pg_restore(host: str, port: int, user: str, database: str) -> str:
    command = f"pg_restore -h {host} -p {port} -U {user} --clean --if-exists -d {database} sao-luu.dump"
    return f"Cơ sở dữ liệu là PostgreSQL, hãy dừng bot rồi khôi phục bằng: {command} (mật khẩu sẽ được hỏi)"


def no_folder(folder: object) -> str:
    return f"Không có thư mục {folder}; tạo thư mục trước."


def nothing_to_print(unit: str) -> str:
    return f"{unit} không còn hộ nào chưa xong trong danh sách, nên không có gì để in."


def printed(out: object, houses: int, alleys: int) -> str:
    return f"{out}: {houses} hộ, {alleys} ngõ. Giấy có tên chủ hộ: giữ cẩn thận, xong việc thì huỷ."


def no_file(file: object) -> str:
    return f"Không có tệp {file}."


def already_there(file: object) -> str:
    return f"Đã có tệp {file}; chọn tên khác hoặc thêm --force để ghi đè."


def bad_backup(why: str) -> str:
    return f"Bản sao không đạt kiểm tra ({why}), đã bỏ đi; chạy `gotungnha check` để xem cơ sở dữ liệu."


def bad_copy(file: object, why: str) -> str:
    return f"{file} không khôi phục được ({why}); chọn bản sao lưu khác. Cơ sở dữ liệu hiện có không bị đụng tới."


def _rows(rows: Mapping[str, int]) -> str:
    return "\n".join(f"  {table:<16}{count:>8}" for table, count in rows.items())


def _size(count: int) -> str:
    return f"{count / 1_048_576:.1f} MB".replace(".", ",") if count >= 1_048_576 else f"{max(1, count // 1024)} KB"


def backed_up(file: object, rows: Mapping[str, int], size: int, cells: int) -> str:
    key = f"SECRET_KEY mở được {cells} ô thử" if cells else "chưa có ô mã hoá nào để thử SECRET_KEY"
    return (
        f"Đã sao lưu ra {file} ({_size(size)}); số dòng từng bảng:\n{_rows(rows)}\n"
        f"Đã kiểm tra: tệp nguyên vẹn, số dòng khớp, {key}. Nhớ cất SECRET_KEY ở nơi khác với tệp này."
    )


def restored(file: object, rows: Mapping[str, int], kept: object | None) -> str:
    before = f"Bản trước đó còn ở {kept}." if kept else "Trước đó chưa có cơ sở dữ liệu."
    return f"Đã khôi phục từ {file}; số dòng từng bảng:\n{_rows(rows)}\n{before}"


FILLED = "Đã nạp người và đơn vị ví dụ."
FILLED_BEFORE = "Cơ sở dữ liệu này đã có người và đơn vị ví dụ rồi."
REAL_PEOPLE = "Cơ sở dữ liệu này đã có người thật; chọn DATABASE_URL khác để nạp ví dụ."
