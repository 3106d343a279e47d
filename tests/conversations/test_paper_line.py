"""A paper asked for in one line, in whatever order and spelling."""

import pytest

from handlers.paper_line import Asked, read
from papers.order import FORMS


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("", Asked()),
        ("phụ lục 01 thôn 3", Asked("phu-luc-01", None, "thon 3")),
        ("phu luc thon 3", Asked("phu-luc-01", None, "thon 3")),
        ("PL01 excel", Asked("phu-luc-01", "xlsx")),
        ("danh sách TDP 3 để báo cáo Sở", Asked("danh-sach", None, "tdp 3", "báo cáo Sở")),
        ("danh sach to 3 excel ly do doi chieu", Asked("danh-sach", "xlsx", "to 3", "doi chieu")),
        ("ds cho tổ 5 bản word nhé", Asked("danh-sach", "docx", "to 5")),
        ("sổ cả phường giúp mình lý do lưu hồ sơ", Asked("register", None, "ca phuong", "lưu hồ sơ")),
        ("sổ theo dõi lý do: lưu hồ sơ", Asked("register", None, "", "lưu hồ sơ")),
        ("báo cáo", Asked("bao-cao")),
        ("danh sách thôn Đê", Asked("danh-sach", None, "thon de")),
        ("khẩu lao động nhà 12", Asked(None, None, "khau lao dong nha 12")),
    ],
)
def test_a_line_is_read_in_parts(said: str, asked: Asked) -> None:
    assert read(said, FORMS) == asked
