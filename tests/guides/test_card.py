"""The card does its work if a phone reads exactly the link off it, whatever the names and however bad the picture."""

import subprocess
import sys
from hashlib import sha256
from shutil import copytree, ignore_patterns
from time import thread_time

import pytest
import zxingcpp

from guides import codes
from guides.card import card, card_key, links
from guides.card_layout import HEAD, MARGIN, PANEL, WIDTH, bands
from guides.palette import palette
from tests.guides.conftest import EXAMPLE, with_app, with_place
from tests.guides.reading import DAMAGES, opened, scanned

PHONES = ("ios", "android", "both")
UNIT = "Tổ dân phố 1"
ROOT = EXAMPLE.parents[1]


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("phone", PHONES)
@pytest.mark.parametrize("which", ["plan", "filled_plan", "wordy_plan"])
def test_a_phone_reads_exactly_the_link(which, phone, damage, request):
    plan = request.getfixturevalue(which)
    systems = ("ios", "android") if phone == "both" else (phone,)
    expected = sorted(plan.app.store_link(system) for system in systems)
    assert scanned(DAMAGES[damage](opened(card(plan, UNIT, phone)))) == expected


def test_links_are_named_by_store(filled_plan):
    app = filled_plan.app
    assert links(filled_plan, "both") == [("App Store", app.app_store), ("Google Play", app.google_play)]
    assert links(filled_plan, "android") == [("Google Play", app.google_play)]


@pytest.mark.parametrize("phone", PHONES)
@pytest.mark.parametrize("which", ["plan", "filled_plan", "wordy_plan"])
def test_modules_are_large_and_stand_clear(which, phone, request):
    picture = opened(card(request.getfixturevalue(which), UNIT, phone))
    for code in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCodeModel2):
        left, top = code.position.top_left.x, code.position.top_left.y
        modules = codes.matrix(code.text).width - 2 * codes.QUIET
        module = round((code.position.top_right.x - left) / modules)
        assert module >= 8
        assert code.ec_level in ("M", "Q", "H")
        quiet = 4 * module - 3  # the reader's corners are a pixel or two off
        for box in (
            (left - quiet, top - quiet, left + modules * module + quiet, top - 3),
            (left - quiet, top - quiet, left - 3, top + modules * module + quiet),
        ):
            assert picture.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), PANEL.ground_rgb)]


HOSTILE = {
    "200 letters": "Tổ dân phố " + "Việt Hoà " * 21,
    "2,000 letters": "Tổ dân phố " + "Việt Hoà " * 220,
    "one word of 200 letters": "Ễ" * 200,
    "emoji": "🏠👨‍👩‍👧‍👦🇻🇳 1️⃣",
    "controls": "Tổ\x00 dân\u202e phố\u200b\n\r\t1\x1b[2J",
    "a lone surrogate": "Tổ \ud800 1",
    "fifty marks": "Tổ" + "\u0301" * 50,
    "other scripts": "حي ١ 第一 Ж",
    "markup": "<b>Tổ 1</b> {{7*7}} %s",
    "nothing": "",
    "spaces": " \u00a0\u3000 ",
}


@pytest.mark.parametrize("phone", PHONES)
@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_covers_the_code_or_leaves_the_card(plan, name, phone):
    picture = opened(card(plan, HOSTILE[name], phone))
    assert scanned(picture) == sorted(link for _, link in links(plan, phone))
    assert picture.width == WIDTH
    assert picture.height < 2300
    grounds = {band.ground_rgb for band in bands(palette(plan.place.colours))}
    for edge in ((0, 0, MARGIN - 8, picture.height), (WIDTH - MARGIN + 8, 0, WIDTH, picture.height)):
        assert {colour for _, colour in picture.crop(edge).getcolors()} <= grounds


def test_a_wordy_plan_stays_within_its_margins(wordy_plan):
    picture = opened(card(wordy_plan, "Thôn " + "Đông " * 11, "both"))
    grounds = {band.ground_rgb for band in bands(palette(wordy_plan.place.colours))}
    assert {colour for _, colour in picture.crop((WIDTH - MARGIN + 8, 0, WIDTH, picture.height)).getcolors()} <= grounds


def test_an_emoji_place_is_drawn_as_the_commune_alone(plan):
    assert card(plan, "🏠", "ios") == card(plan, "", "ios")


def test_the_commune_is_said_once(plan):
    spelled = ("Tổ dân phố 1", "Tổ dân phố 1, phường Việt Hoà")
    assert card(plan, spelled[0], "ios") == card(plan, spelled[1], "ios")
    assert card(plan, "TỔ DÂN PHỐ 1, PHƯỜNG VIỆT HÒA", "ios") != card(plan, "TỔ DÂN PHỐ 1", "ios")


@pytest.mark.parametrize("phone", PHONES)
def test_a_decomposed_plan_gives_the_same_picture(plan, decomposed_plan, phone):
    assert decomposed_plan.app.name != plan.app.name
    assert card(decomposed_plan, "Tổ dân phố 1", phone) == card(plan, "Tổ dân phố 1", phone)
    assert card_key(decomposed_plan, UNIT, phone) == card_key(plan, UNIT, phone)


KEY_AND_PICTURE = f"""
from hashlib import sha256
from pathlib import Path
from guides.card import card, card_key
from rules.plan import load
plan = load(Path({str(EXAMPLE)!r}))
print(card_key(plan, {UNIT!r}, "both"), sha256(card(plan, {UNIT!r}, "both")).hexdigest())
"""


def drawn_elsewhere(root, seed="1"):
    """The key and the picture's hash from another process that finds the code in `root`."""
    env = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
    done = subprocess.run(
        [sys.executable, "-c", KEY_AND_PICTURE], cwd=root, env=env, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_another_process_draws_the_same_bytes(plan):
    here = [card_key(plan, UNIT, "both"), sha256(card(plan, UNIT, "both")).hexdigest()]
    assert [drawn_elsewhere(ROOT, seed) for seed in ("1", "2")] == [here, here]


def test_a_new_design_gets_a_new_key(plan, tmp_path):
    for room in ("guides", "rules"):
        copytree(ROOT / room, tmp_path / room, ignore=ignore_patterns("__pycache__"))
    layout = tmp_path / "guides" / "card_layout.py"
    layout.write_text(layout.read_text("utf-8").replace("INK = (28,", "INK = (38,"), "utf-8")
    key, picture = drawn_elsewhere(tmp_path)
    assert picture != sha256(card(plan, UNIT, "both")).hexdigest()
    assert key != card_key(plan, UNIT, "both")


def test_the_key_changes_with_whatever_is_drawn(plan, filled_plan):
    changed = [
        (plan, UNIT, "ios"),
        (plan, UNIT, "android"),
        (plan, UNIT, "both"),
        (plan, "Tổ dân phố 2", "ios"),
        (filled_plan, UNIT, "ios"),
        (with_app(plan, name="Hải Phòng Smart"), UNIT, "ios"),
        (with_app(plan, hotline="1900"), UNIT, "ios"),
        (with_app(plan, hotline_note=""), UNIT, "ios"),
        (with_app(plan, steps=plan.app.steps[:2]), UNIT, "ios"),
        (with_place(plan, authority="Uỷ ban"), UNIT, "ios"),
        (with_place(plan, name="xã Kẻ Sặt"), UNIT, "ios"),
    ]
    keys = [card_key(*what) for what in changed]
    assert len(set(keys)) == len(changed)
    assert len({card(*what) for what in changed}) == len(changed)
    assert all(key.isascii() and len(key) <= 40 for key in keys)


def test_the_key_stays_when_only_the_rest_of_the_plan_changes(plan):
    retitled = plan.model_copy(update={"title": "Kế hoạch khác", "deadlines": ()})
    assert card_key(retitled, UNIT, "ios") == card_key(plan, UNIT, "ios")


def test_the_hotline_is_there_only_where_the_plan_has_one(plan):
    silent = with_app(plan, hotline="")
    assert opened(card(plan, UNIT, "ios")).height - opened(card(silent, UNIT, "ios")).height > 80


def luminance(rgb):
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in (value / 255 for value in rgb)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colours", [("#B5121B", "#1F4E79"), ("#FFD400", "#7EC8E3"), ("#FFFFFF", "#000000")])
def test_every_ink_stands_out_whatever_colours_an_office_chose(colours):
    """WCAG 2.2, 1.4.3: contrast of at least 4.5 to 1."""
    for band in bands(palette(colours)):
        light, dark = sorted((luminance(band.ground_rgb), luminance(band.ink_rgb)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_a_card_is_in_the_colours_of_its_office(plan):
    green = with_place(plan, colours=("#7A1F1F", "#0B534C"))
    assert opened(card(green, UNIT, "ios")).convert("RGB").getpixel((5, 5)) == (0x0B, 0x53, 0x4C)
    assert card_key(green, UNIT, "ios") != card_key(plan, UNIT, "ios")


def test_the_bands_stand_in_their_places():
    places = bands(palette(("#B5121B", "#1F4E79")))
    assert [band.place for band in places] == list(range(len(places)))
    assert HEAD.ground == 0
    assert places[-1].ink < 256


@pytest.mark.parametrize("phone", PHONES)
def test_a_new_card_takes_under_60_ms_and_a_known_one_under_1(plan, phone):
    def took(place):
        start = thread_time()
        card(plan, place, phone)
        return thread_time() - start

    assert min(took(f"Tổ dân phố {number}") for number in range(100, 110)) < 0.060
    assert min(took(UNIT) for _ in range(10)) < 0.001


def test_a_link_beyond_a_qr_code_is_refused(plan):
    with pytest.raises(ValueError):
        card(with_app(plan, app_store="https://example.org/" + "a" * 2400), UNIT, "ios")


def test_the_longest_link_that_fits_is_still_read(plan):
    long = with_app(plan, app_store="https://example.org/" + "a" * 700)
    assert scanned(opened(card(long, UNIT, "ios"))) == [long.app.app_store]
