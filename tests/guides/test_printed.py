"""A page does its work if the printer prints all of it, and a phone then reads exactly the links off it."""

import pypdfium2
import pytest

from guides.printed import SIZES, bound, printed
from rules.guide_codes import scan_link
from tests.guides.conftest import with_app
from tests.guides.reading import blurred, opened, photographed, rasterised, scanned
from tests.guides.test_card import HOSTILE

UNIT = "Tổ dân phố 1"
FORMS = tuple(SIZES)
COPIES = {"cards": 8}


def expected(plan, form):
    return sorted([plan.app.store_link("ios"), plan.app.store_link("android")] * COPIES.get(form, 1))


@pytest.mark.parametrize("form", FORMS)
def test_a_phone_reads_the_printed_pdf(plan, form):
    (page,) = rasterised(printed(plan, UNIT, form).pdf)
    assert page.size == pytest.approx((SIZES[form][0] / 2, SIZES[form][1] / 2), abs=1)
    assert scanned(page) == expected(plan, form)
    if form == "a6":
        assert scanned(photographed(page)) == expected(plan, form)


@pytest.mark.parametrize("form", FORMS)
def test_the_png_says_its_size_in_millimetres(plan, form):
    picture = opened(printed(plan, UNIT, form).png)
    assert picture.size == SIZES[form]
    assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)


@pytest.mark.parametrize("which", ["plan", "wordy_plan"])
@pytest.mark.parametrize("form", FORMS)
def test_nothing_to_be_read_comes_within_4_mm_of_the_edge(which, form, request):
    page = opened(printed(request.getfixturevalue(which), "Tổ dân phố Nguyễn Bỉnh Khiêm", form).png)
    edge = round(4 / 25.4 * 300)
    for box in ((0, 0, edge, page.height), (page.width - edge, 0, page.width, page.height)):
        assert len(page.crop(box).getcolors()) <= 4  # the grounds of the bands, and where cards are cut
    for box in ((0, 0, page.width // 3, edge), (0, page.height - edge // 2, page.width // 3, page.height)):
        assert len(page.crop(box).getcolors()) == 1


def test_the_pdf_is_exact_and_holds_a_page_a_guide(plan):
    guides = [printed(plan, f"Tổ dân phố {number}", "a6") for number in (1, 2)]
    with pypdfium2.PdfDocument(bound(guides)) as document:
        for page, guide in zip(document, guides, strict=True):
            (picture,) = page.get_objects()
            assert picture.get_bitmap().to_pil().convert("RGB").tobytes() == opened(guide.png).tobytes()
    with pypdfium2.PdfDocument(guides[0].pdf) as document:
        assert document.get_metadata_dict()["Title"] == "Cài Smart Hải Phòng – Tổ dân phố 1, phường Việt Hoà"


@pytest.mark.parametrize("form", FORMS)
def test_a_code_may_open_our_page_and_the_sheet_says_the_same(plan, form):
    ours = printed(plan, UNIT, form, lambda system: f"https://example.org/g/{system}")
    assert set(scanned(opened(ours.png))) == {"https://example.org/g/ios", "https://example.org/g/android"}
    theirs = opened(printed(plan, UNIT, form).png)
    head = (0, 0, theirs.width, theirs.height // 20)
    assert opened(ours.png).crop(head).tobytes() == theirs.crop(head).tobytes()


@pytest.mark.parametrize("form", ["a6", "cards"])
def test_our_pages_code_is_read_off_a_coarse_and_blurred_print(plan, form):
    """Three dots of blur at 150 dpi: half a millimetre. The example's page has the most words and so the least room."""
    link = scan_link("https://huong-dan.viethoa.example.vn", "7K2M9QX4")
    (page,) = rasterised(printed(plan, UNIT, form, lambda _: link).pdf)
    assert scanned(blurred(page)) == [link] * 2 * COPIES.get(form, 1)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_covers_a_code(plan, name):
    for form in ("a6", "cards"):
        assert scanned(opened(printed(plan, HOSTILE[name], form).png)) == expected(plan, form)


def test_a_wordy_plan_still_fits(wordy_plan):
    for form in FORMS:
        assert scanned(opened(printed(wordy_plan, UNIT, form).png)) == expected(wordy_plan, form)


def test_the_hotline_is_there_only_where_the_plan_has_one(plan):
    def edge(app):
        page = opened(printed(app, UNIT, "a6").png)
        return page.crop((0, page.height // 2, 4, page.height)).getcolors()

    assert len(edge(plan)) == 2
    assert len(edge(with_app(plan, hotline=""))) == 1


def test_decomposed_letters_give_the_same_page(plan, decomposed_plan):
    assert printed(decomposed_plan, UNIT, "a5").png == printed(plan, UNIT, "a5").png
