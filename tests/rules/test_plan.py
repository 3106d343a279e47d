"""A plan that contradicts itself is refused in Vietnamese, with file and line; a good one says what it leaves open."""

import re
import unicodedata
from pathlib import Path

import pytest

from rules.plan import Plan, UnreadablePlan, load, open_fields

VIET_HOA = Path(__file__).parents[2] / "campaigns" / "viet-hoa-2026.toml"
TEXT = VIET_HOA.read_text(encoding="utf-8")


@pytest.fixture
def changed(tmp_path):
    """Writes Việt Hoà's plan with some lines changed; returns its path. Each change must hit exactly one place."""

    def write(*changes: tuple[str, str], text: str = TEXT) -> Path:
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path = tmp_path / "hoa.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def faults(path: Path) -> list[tuple[int, str]]:
    """The refusal's lines as (line number, sentence)."""
    with pytest.raises(UnreadablePlan) as refused:
        load(path)
    return told(refused.value, path)


def told(refused: UnreadablePlan, path: Path) -> list[tuple[int, str]]:
    found = [re.fullmatch(r"(.+?):(\d+): (.+)", line) for line in str(refused).split("\n")]
    assert all(match and match[1] == str(path) for match in found), str(refused)
    return [(int(match[2]), match[3]) for match in found]


def line_of(path: Path, piece: str) -> int:
    lines = [number for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1) if piece in line]
    assert len(lines) == 1, lines
    return lines[0]


def test_viet_hoas_plan_is_read():
    plan = load(VIET_HOA)
    assert plan.slug == VIET_HOA.stem
    assert plan.indicator.out_of == "smartphone_households"
    assert plan.done_codes == {"installed", "had_it"}
    assert plan.left_out_codes == {"no_smartphone"}
    assert plan.quota("doan-vien").least == 10
    assert [deadline.says for deadline in plan.deadlines] == [
        "đến hết ngày 30/6/2026",
        "đến ngày 30/6/2026",
        "sau ngày 30/6/2026",
    ]


def test_no_private_number_and_no_name_of_an_officer_is_in_the_plan():
    assert not re.search(r"0[0-9]{3}[. ]?[0-9]{3}[. ]?[0-9]{3}", TEXT)
    assert not re.search("Phạm|Đỗ|Đào", TEXT)


# What was changed, into what, the piece that names the line, and the sentence.
CONTRADICTIONS = [
    (
        'says = "đến ngày 30/6/2026"  ',
        'says = "sớm nhất có thể"  ',
        "sớm nhất",
        "mục “says” ở [[deadlines]] thứ 2 không đọc được thành ngày; hãy viết như “đến hết ngày 30/6/2026”, "
        "“trước ngày 15/3/2026” hoặc “trong tháng 3/2026” (đang là “sớm nhất có thể”)",
    ),
    (
        'says = "đến ngày 30/6/2026"  ',
        'says = "trước 29/2"  ',
        "29/2",
        "hạn “trước 29/2” không có trong năm 2026; ghi rõ năm",
    ),
    (
        'says = "đến ngày 30/6/2026"  ',
        'says = "trước ngày 30/4/2026"  ',
        "30/4/2026",
        "hạn “trước ngày 30/4/2026” hết vào 29/04/2026, trước ngày bắt đầu 18/05/2026",
    ),
    (
        'indicator = "ho-co-smartphone"',
        'indicator = "ho-co-smartfone"',
        "smartfone",
        "không có chỉ tiêu “ho-co-smartfone”; có phải “ho-co-smartphone”?",
    ),
    (
        'slug = "danh-sach"',
        'slug = "ho-dan"  # lại',
        "# lại",
        "slug “ho-dan” đã dùng ở [[deadlines]] thứ 1; mỗi mục cần một tên riêng",
    ),
    (
        'code = "refused"',
        'code = "installed"  # lại',
        "# lại",
        "code “installed” đã dùng ở [[outcomes]] thứ 1; mỗi mục cần một tên riêng",
    ),
    (
        'label = "Từ chối"',
        'label = "Vắng nhà"  # lại',
        "# lại",
        "label “Vắng nhà” đã dùng ở [[outcomes]] thứ 3; mỗi mục cần một tên riêng",
    ),
    (
        'said = "đã cài"\ndone = true',
        'said = "đã cài"\ndone = true\nleaves_out = true  # cả hai',
        "# cả hai",
        "kết quả “Đã cài & đăng ký” không thể vừa xong vừa ngoài diện tính",
    ),
    (
        'out_of = "smartphone_households"',
        'out_of = "staff"  # hộ trên người',
        "# hộ trên người",
        "đếm theo household thì tổng (out_of) phải là households hoặc smartphone_households",
    ),
    (
        'digest_at = "17:00"',
        'digest_at = "21:00"',
        "digest_at",
        "giờ gửi số liệu 21:00 rơi vào giờ yên lặng 21:00–06:30",
    ),
    (
        'remind_at = "08:00"',
        'remind_at = "06:29"',
        "remind_at",
        "giờ nhắc hạn 06:29 rơi vào giờ yên lặng 21:00–06:30",
    ),
    (
        'app_store = ""',
        'app_store = "https://play.google.com/store/apps/details?id=x"',
        "app_store =",
        "mục “app_store” ở [app] phải là đường dẫn bắt đầu bằng https://apps.apple.com/; có phải hai đường dẫn kho ứng "
        "dụng đã đổi chỗ cho nhau? (đang là “https://play.google.com/store/apps/details?id=x”)",
    ),
    (
        'google_play = ""',
        'google_play = "http://play.google.com/store/apps/details?id=x"',
        "google_play =",
        "mục “google_play” ở [app] phải là đường dẫn bắt đầu bằng https://play.google.com/ "
        "(đang là “http://play.google.com/store/apps/details?id=x”)",
    ),
    (
        'app_store = ""',
        'app_store = "https://apps.apple.com@xau.example/app"',
        "app_store =",
        "mục “app_store” ở [app] phải là đường dẫn bắt đầu bằng https://apps.apple.com/ "
        "(đang là “https://apps.apple.com@xau.example/app”)",
    ),
    (
        'asks = "installs"',
        'asks = "photo"',
        '"photo"',
        "mục “asks” ở [[outcomes]] thứ 1 chỉ nhận installs, day, reason (đang là “photo”)",
    ),
    (
        "xoá {retention} ngày",
        "xoá {ngay} ngày",
        "text =",
        "mục “text” ở [notice] có chỗ trống lạ “{ngay}”; chỉ điền được {authority}, {app}, {retention}, {coordinator}",
    ),
    ("xoá {retention} ngày", "xoá {retention ngày", "text =", "mục “text” ở [notice] có dấu “{” hoặc “}” lẻ"),
    (
        "xoá {retention} ngày",
        "xoá {retention:>99999} ngày",
        "text =",
        "mục “text” ở [notice] có chỗ trống lạ “{retention:>99999}”; chỉ điền được {authority}, {app}, {retention}, "
        "{coordinator}",
    ),
    ('hotline = "1022"', 'hotlin = "1022"', "hotlin =", "mục “hotlin” lạ; có phải “hotline”?"),
    (
        "least = 10",
        "least = 10\nzzz = 1",
        "zzz",
        "mục “zzz” lạ; ở đây chỉ có: slug, who, least, counts, sentence, readings",
    ),
    ('city = "thành phố Hải Phòng"', "", "[place]", "thiếu mục “city” ở [place]"),
    ('out_of = "staff"', "", "# II.2, gạch 1 và 2", "thiếu mục “out_of” ở [[indicators]] thứ 2"),
    ("least = 10", "least = 0", "least", "mục “least” ở [[quotas]] thứ 1 phải từ 1 trở lên (đang là “0”)"),
    (
        "least = 10",
        "least = true",
        "least",
        "mục “least” ở [[quotas]] thứ 1 phải là số nguyên (đang là “True”)",
    ),
    (
        "least = 10",
        'least = "mười"',
        "least",
        "mục “least” ở [[quotas]] thứ 1 phải là số nguyên (đang là “mười”)",
    ),
    (
        "start = 2026-05-18",
        'start = "mai"',
        "start",
        "mục “start” ở [time] phải là ngày, viết như 2026-05-18 (đang là “mai”)",
    ),
    (
        "remind_days_before = [7, 3, 1, 0]",
        "remind_days_before = [7, -3]",
        "remind_days",
        "mục “remind_days_before” ở [time] phải từ 0 trở lên (đang là “-3”)",
    ),
    (
        'quiet_to = "06:30"',
        'quiet_to = "6h30"',
        "quiet_to",
        "mục “quiet_to” ở [time] phải là giờ và phút, viết như “17:00” (đang là “6h30”)",
    ),
    (
        'label = "Hẹn quay lại"',
        'label = "Hẹn quay lại vào một hôm khác trong tuần"',
        "hôm khác",
        "mục “label” ở [[outcomes]] thứ 4 dài quá 30 chữ (đang là “Hẹn quay lại vào một hôm khác trong tuần”)",
    ),
    (
        'slug = "doan-vien"',
        'slug = "Đoàn viên"',
        'slug = "Đoàn viên"',
        "mục “slug” ở [[quotas]] thứ 1 chỉ gồm chữ thường không dấu, chữ số và dấu “-”, từ 1 đến 40 chữ "
        "(đang là “Đoàn viên”)",
    ),
    (
        'short = "Việt Hoà"',
        "short = 12",
        "short",
        "mục “short” ở [place] phải là chữ, viết trong ngoặc kép (đang là “12”)",
    ),
    ('short = "Việt Hoà"', 'short = " "', "short", "mục “short” ở [place] không được để trống (đang là “ ”)"),
    (
        "leaves_out = true ",
        'leaves_out = "có" ',
        "leaves_out",
        "mục “leaves_out” ở [[outcomes]] thứ 6 phải là true hoặc false (đang là “có”)",
    ),
    ("[[quotas]]", "[quotas]", "[quotas]", "bảng “quotas” có thể có nhiều; hãy viết [[quotas]] với hai ngoặc vuông"),
]


@pytest.mark.parametrize(("old", "new", "piece", "sentence"), CONTRADICTIONS)
def test_a_fault_is_told_with_its_line(changed, old, new, piece, sentence):
    path = changed((old, new))
    assert faults(path) == [(line_of(path, piece), sentence)]


def test_a_plan_in_which_nothing_is_done_is_refused(changed):
    path = changed(text=TEXT.replace("done = true\n", ""))
    [(line, sentence)] = faults(path)
    assert sentence == "chưa có kết quả nào tính là xong; thêm done = true vào một [[outcomes]]"
    assert path.read_text(encoding="utf-8").split("\n")[line - 1] == "[[outcomes]]"


def test_swapped_stores_are_told_on_both_lines(changed):
    path = changed(
        ('app_store = ""', 'app_store = "https://play.google.com/x"'),
        ('google_play = ""', 'google_play = "https://apps.apple.com/vn/x"'),
    )
    assert [line for line, _ in faults(path)] == [line_of(path, "app_store ="), line_of(path, "google_play =")]
    assert all("đổi chỗ" in sentence for _, sentence in faults(path))


def test_every_fault_is_listed_in_the_order_of_the_file(changed):
    path = changed(
        ('hotline = "1022"', 'hotlin = "1022"'),
        ('digest_at = "17:00"', 'digest_at = "05:00"'),
        ('says = "đến ngày 30/6/2026"  ', 'says = "tháng 13/2026"  '),
        ('code = "had_it"', 'code = "installed"  # lại'),
        ("least = 10", "least = 0"),
    )
    pieces = ["hotlin =", "digest_at", "tháng 13", "least", "# lại"]
    assert [line for line, _ in faults(path)] == [line_of(path, piece) for piece in pieces]


def test_a_deadline_may_end_on_the_first_day(changed):
    plan = load(changed(('says = "đến ngày 30/6/2026"  ', 'says = "đến ngày 18/5/2026"  ')))
    assert plan.deadlines[1].says == "đến ngày 18/5/2026"


def test_quiet_hours_within_one_day_are_quiet_too(changed):
    path = changed(('quiet_from = "21:00"', 'quiet_from = "12:00"'), ('quiet_to = "06:30"', 'quiet_to = "17:30"'))
    assert faults(path) == [(line_of(path, "digest_at"), "giờ gửi số liệu 17:00 rơi vào giờ yên lặng 12:00–17:30")]


@pytest.mark.parametrize(
    "link", ["https://apps.apple.com/vn/app/smart-hai-phong/id1", "https://itunes.apple.com/vn/app/id1", ""]
)
def test_a_store_page_of_the_right_store_is_taken(changed, link):
    assert load(changed(('app_store = ""', f'app_store = "{link}"'))).app.app_store == link


def test_lines_are_found_past_strings_that_look_like_entries(changed):
    decoy = 'text = """\n[app]\nhotlin = 1\n[[quotas]]\n'
    path = changed(('text = """\n', decoy), ("retention_days = 90", "retention_days = 0"))
    assert faults(path)[0][0] == line_of(path, "retention_days")


@pytest.mark.parametrize(
    ("old", "new", "piece", "sentence"),
    [
        ('hotline = "1022"', "hotline = 1022x", "1022x", "sai cú pháp TOML"),
        ("[place]", "[place]\nname = 1\nname = 2", "name = 2", "đã có ở trên"),
    ],
)
def test_broken_toml_names_the_line(changed, old, new, piece, sentence):
    path = changed((old, new))
    [(line, told)] = faults(path)
    assert line == line_of(path, piece)
    assert sentence in told


def test_toml_that_breaks_off_names_the_last_line(changed):
    path = changed(text=TEXT + 'more = """')
    assert faults(path) == [(TEXT.count("\n") + 1, "sai cú pháp TOML ở cuối tệp; xem lại dấu nháy, dấu bằng và ngoặc")]


def test_an_empty_plan_lists_what_is_missing(changed):
    told = [sentence for _, sentence in faults(changed(text=""))]
    assert "thiếu mục “slug”" in told
    assert "thiếu mục “outcomes”" in told
    assert len(told) == sum(field.is_required() for field in Plan.model_fields.values())


VALUES = ["-1", "true", '"x"', '""', "[]", "{x = 1}", "2026-01-01"]
ENGLISH = re.compile(r"\b(should|input|valid|value|field|required|must|the|be|or)\b", re.IGNORECASE)


@pytest.mark.parametrize("value", VALUES)
def test_whatever_stands_in_an_entry_no_english_reaches_the_reader(changed, value):
    entries = list(re.finditer(r'^([a-z_]+) = ("[^"]*"|[0-9a-z-]+|\[.*\])', TEXT, re.MULTILINE))
    assert len(entries) > 50
    for entry in entries:
        path = changed(text=f"{TEXT[: entry.start(2)]}{value}{TEXT[entry.end(2) :]}")
        try:
            load(path)
        except UnreadablePlan as refused:
            lines = told(refused, path)
            assert not [sentence for _, sentence in lines if ENGLISH.search(sentence)]
            line = TEXT.count("\n", 0, entry.start()) + 1
            assert line in [number for number, _ in lines] or entry[1] == "slug"  # whoever names the slug is told


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("name", sorted(Plan.model_fields))
def test_whatever_stands_alone_is_refused_in_vietnamese(changed, name, value):
    assert not [sentence for _, sentence in faults(changed(text=f"{name} = {value}\n")) if ENGLISH.search(sentence)]


def test_a_file_that_is_not_there_or_not_text_is_told(tmp_path):
    with pytest.raises(UnreadablePlan, match="không có tệp này"):
        load(tmp_path / "khong-co.toml")
    (tmp_path / "word.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnreadablePlan, match="UTF-8"):
        load(tmp_path / "word.toml")
    with pytest.raises(UnreadablePlan, match="không mở được"):
        load(tmp_path)


def test_notepads_mark_windows_line_ends_and_decomposed_letters_change_nothing(tmp_path):
    path = tmp_path / "hoa.toml"
    path.write_bytes(b"\xef\xbb\xbf" + unicodedata.normalize("NFD", TEXT).replace("\n", "\r\n").encode())
    assert load(path) == load(VIET_HOA)


def test_what_viet_hoa_leaves_open():
    search, end = "QR tạm mở ô tìm kiếm “Smart Hải Phòng” trong", "trong campaigns/viet-hoa-2026.toml."
    assert open_fields(load(VIET_HOA)) == [
        f"Chưa có đường dẫn App Store: {search} App Store; điền app.app_store {end}",
        f"Chưa có đường dẫn Google Play: {search} Google Play; điền app.google_play {end}",
        f"Chưa có số, ký hiệu công văn: giấy tờ chừa trống chỗ này; điền number {end}",
        f"Chưa có ngày ban hành: giấy tờ chừa trống chỗ này; điền issued {end}",
    ]


def test_what_the_office_fills_is_open_no_more(changed):
    plan = load(
        changed(
            ('app_store = ""', 'app_store = "https://apps.apple.com/vn/app/id1"'),
            ('google_play = ""', 'google_play = "https://play.google.com/store/apps/details?id=x"'),
            ('number = ""', 'number = "12/UBND-VHXH"'),
            ('issued = "tháng', 'issued = "ngày 20 tháng'),
        )
    )
    assert open_fields(plan, "hoa.toml") == []


def test_a_plan_without_deadlines_says_so():
    plan = load(VIET_HOA).model_copy(update={"deadlines": ()})
    assert (
        "Chưa có hạn nào: bot không nhắc ai, không tính nhịp cần mỗi ngày, không tự xoá dữ liệu khi xong; "
        "điền [[deadlines]] trong hoa.toml." in open_fields(plan, "hoa.toml")
    )
