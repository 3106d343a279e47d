"""`guide` at the terminal: a folder of pages whose codes open what they should."""

import re

import pytest
import zxingcpp
from PIL import Image

from campaigns import EXAMPLE
from rules.plan import load
from tests.bot.terminal import Terminal, terminal  # noqa: F401

UNITS = [["STT", "Tổ dân phố"], [1, "Tổ dân phố 1"], [2, "Tổ dân phố 2"], [3, "Tổ 3 / Đông"]]


@pytest.fixture
def office(terminal: Terminal) -> Terminal:  # noqa: F811
    """A terminal where three units are known."""
    said = terminal.types("units", "import", terminal.sheet(*UNITS), "--yes")
    assert said.code == 0, said.err
    return terminal


def _files(office: Terminal, folder: str = "to") -> list[str]:
    return sorted(path.name for path in (office.folder / folder).iterdir())


def test_one_unit_gets_every_form(office: Terminal):
    said = office.types("guide", "--unit", "to dan pho 1", "--out", "to")
    assert said.code == 0, said.err
    assert "Đã vẽ 4 tờ cho 1 đơn vị" in said.out
    stems = [f"{form}-to-dan-pho-1" for form in ("a4", "a5", "a6", "cards")]
    assert _files(office) == [f"{stem}.{kind}" for stem in stems for kind in ("pdf", "png")]


def test_the_commune_gets_every_unit_below_and_one_pdf_to_print(office: Terminal):
    said = office.types("guide", "--unit", "phường Việt Hoà", "--out", "in/thang 6", "--formats", "A6")
    assert said.code == 0, said.err
    stems = ["tat-ca", "to-3-dong", "to-dan-pho-1", "to-dan-pho-2"]
    expected = [f"a6-{stem}.{kind}" for stem in stems for kind in ("pdf", "png")]
    assert _files(office, "in/thang 6") == [name for name in expected if name != "a6-tat-ca.png"]
    assert (office.folder / "in/thang 6/a6-tat-ca.pdf").read_bytes().count(b"/Type /Page ") == 3
    with Image.open(office.folder / "in/thang 6/a6-to-3-dong.png") as page:
        read = zxingcpp.read_barcodes(page.convert("L"))
    app = load(EXAMPLE).app
    assert {code.text for code in read} == {app.store_link("ios"), app.store_link("android")}


def test_with_an_address_the_codes_open_the_units_own_page(office: Terminal, monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", "https://example.org/")
    for folder in ("one", "again"):
        assert office.types("guide", "--unit", "Tổ dân phố 1", "--out", folder, "--formats", "a6").code == 0
    with Image.open(office.folder / "one/a6-to-dan-pho-1.png") as page:
        (opens,) = {code.text for code in zxingcpp.read_barcodes(page.convert("L"))}
    assert re.fullmatch(r"https://EXAMPLE\.ORG/G/[0-9A-Z]{8}", opens)
    first, again = ((office.folder / folder / "a6-to-dan-pho-1.png").read_bytes() for folder in ("one", "again"))
    assert first == again


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        (("--unit", "Tổ dân phố 1", "--formats", "a6,a7"), "a7"),
        (("--unit", "Tổ dân phố 11"), "Tổ dân phố 1"),
        (("--unit", "Tổ dân phố 1", "--out", "don-vi.xlsx"), "không phải thư mục"),
    ],
)
def test_what_cannot_be_is_said_in_a_line(office: Terminal, typed, reason):
    said = office.types("guide", "--out", "to", *typed)
    assert said.code == 1
    assert reason in said.reason
