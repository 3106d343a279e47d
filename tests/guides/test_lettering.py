"""What is set in type exists in the font and stays within its measure."""

import struct
import unicodedata
from importlib.resources import files

import pytest
from PIL import Image, ImageDraw

from guides.lettering import ARROW, ARROW_PARTS, NO_BREAK, drawable, fitted, font, has_glyph, lines, width, write

VOWELS = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VIETNAMESE = "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES) + "đĐ"
MARKS = "“”‘’–—…·•/%:;,.!?()[]+-0123456789"
PHRASE = "Cập nhật họ tên, địa chỉ hiện tại → Hoàn tất đăng ký"


def letters_in(weight):
    """The font's own character map (OpenType cmap, format 4), read without Pillow."""
    data = (files("fontpkg_be_vietnam_pro") / "files" / f"BeVietnamPro-{weight}.ttf").read_bytes()
    count = struct.unpack_from(">H", data, 4)[0]
    tables = {data[at : at + 4]: struct.unpack_from(">I", data, at + 8)[0] for at in range(12, 12 + 16 * count, 16)}
    cmap = tables[b"cmap"]
    for record in range(struct.unpack_from(">H", data, cmap + 2)[0]):
        at = cmap + struct.unpack_from(">I", data, cmap + 8 + 8 * record)[0]
        if struct.unpack_from(">H", data, at)[0] == 4:
            return segments(data, at)
    raise AssertionError("no format 4 map")


def segments(data, at):
    double = struct.unpack_from(">H", data, at + 6)[0]
    ends = struct.unpack_from(f">{double // 2}H", data, at + 14)
    starts = struct.unpack_from(f">{double // 2}H", data, at + 16 + double)
    return {chr(code) for start, end in zip(starts, ends, strict=True) for code in range(start, end + 1)}


@pytest.mark.parametrize("weight", ["Medium", "SemiBold", "ExtraBold"])
def test_the_font_has_every_vietnamese_letter_and_mark(weight):
    assert len(VIETNAMESE) == 24 * 6 + 2
    missing = set(VIETNAMESE + MARKS + "".join(ARROW_PARTS) + NO_BREAK) - letters_in(weight)
    assert not missing


@pytest.mark.parametrize("weight", ["Medium", "SemiBold", "ExtraBold"])
def test_drawn_letters_are_in_the_fonts_own_map(weight):
    everything = "".join(chr(code) for code in [*range(0x20, 0x3000), *range(0xFB00, 0xFB10), *range(0xFF00, 0xFFF0)])
    drawn = set(drawable(everything)) - {ARROW, " "}
    assert drawn <= letters_in(weight)
    assert set(VIETNAMESE + MARKS) <= drawn


def test_the_arrow_is_drawn_though_the_font_lacks_it():
    assert ARROW not in letters_in("SemiBold")
    assert drawable("A → B") == "A → B"
    assert width("→", font("SemiBold", 42)) > 20


def test_what_cannot_be_drawn_is_left_out():
    assert drawable("Tổ\u200b dân\x00 phố 🏠 ５\n1") == "Tổ dân phố 5 1"
    assert drawable(unicodedata.normalize("NFD", "Việt Hoà")) == unicodedata.normalize("NFC", "Việt Hoà")
    assert not has_glyph("🏠")


@pytest.mark.parametrize("measure", [200, 400, 870])
@pytest.mark.parametrize("text", [PHRASE, "Ễ" * 200, "Tìm “Smart\u00a0Hải\u00a0Phòng” trong Google\u00a0Play", ""])
def test_lines_fit_and_lose_nothing(text, measure):
    face = font("SemiBold", 42)
    broken = lines(text, face, measure)
    assert all(width(line, face) <= measure for line in broken)
    assert "".join(broken).replace(" ", "").replace(NO_BREAK, "") == text.replace(" ", "").replace(NO_BREAK, "")


def test_tied_words_part_only_when_they_must():
    face = font("SemiBold", 42)
    assert lines("Tìm “Smart\u00a0Hải\u00a0Phòng”", face, 400) == ["Tìm", "“Smart\u00a0Hải\u00a0Phòng”"]
    assert len(lines("“Smart\u00a0Hải\u00a0Phòng”", face, 200)) > 1


def test_the_width_is_what_pillow_measures():
    """No kerning is lost by adding letters up."""
    for weight, size in (("SemiBold", 42), ("ExtraBold", 104), ("Medium", 34)):
        face = font(weight, size)
        for text in ("Tổ dân phố 1, phường Việt Hoà", "AVATAR To Ty Ỵ, “Việt”"):
            assert width(text, face) == face.getlength(text)


def test_type_shrinks_before_it_takes_another_line():
    (large, one), (small, two) = (fitted(name, "SemiBold", range(46, 33, -2), 960, 1) for name in ("Tổ 1", PHRASE * 2))
    assert (large.size, len(one)) == (46, 1)
    assert (small.size, len(two)) == (34, 2)


def test_letters_from_a_kept_stencil_are_the_letters_pillow_draws():
    """Twice from the same stencil, in two inks, and where an arrow leaves off between two pixels."""
    face = font("SemiBold", 37)
    for at in ((20, 60), (20.4, 60)):
        for ink in (255, 90):
            ours, theirs = (Image.new("L", (400, 90), 7) for _ in range(2))
            write(ImageDraw.Draw(ours), at, "Gặp ẩn Đỗ jÝ", face, ink)
            ImageDraw.Draw(theirs).text(at, "Gặp ẩn Đỗ jÝ", fill=ink, font=face, anchor="ls")
            assert ours.tobytes() == theirs.tobytes()
