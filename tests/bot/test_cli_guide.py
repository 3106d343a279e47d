"""`guide` at the terminal: a folder of pages whose codes open what they should."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from sqlmodel import select

from campaigns import EXAMPLE
from rules.plan import load
from storage import units
from storage.tables import GuideCode, Person
from tests.bot.terminal import Terminal, terminal  # noqa: F401

PLAN = load(EXAMPLE)
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
    app = PLAN.app
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


PEOPLE = [("Nguyễn Thị Lan", "volunteer", "Tổ dân phố 1"), ("Trần Văn Minh", "volunteer", "Tổ dân phố 2"),
          ("Lê Hoa", "head", "Tổ dân phố 1")]  # fmt: skip


def _joined(office: Terminal) -> None:
    async def job(session):
        known = {unit.name: unit.id for unit in await units.all_of(session, PLAN.slug)}
        session.add_all(
            Person(campaign=PLAN.slug, name=name, role=role, unit_id=known[unit], joined_at=datetime.now(UTC))
            for name, role, unit in PEOPLE
        )

    office.remembers(job)


def _code_on(page: Path) -> str:
    with Image.open(page) as picture:
        (opens,) = {code.text for code in zxingcpp.read_barcodes(picture.convert("L"))}
    return opens.rpartition("/")[2]


def test_each_volunteer_gets_paper_whose_code_counts_for_them(office: Terminal, monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", "https://example.org")
    _joined(office)
    said = office.types("guide", "--unit", "phường Việt Hoà", "--out", "to", "--formats", "a6", "--each-volunteer")
    assert "Đã vẽ 2 tờ cho 2 tình nguyện viên" in said.out, said.err
    stems = ["a6-to-dan-pho-1-nguyen-thi-lan", "a6-to-dan-pho-2-tran-van-minh"]
    assert _files(office) == [f"{stem}.{kind}" for stem in stems for kind in ("pdf", "png")]

    async def codes(session):
        rows = await session.exec(select(Person.role, GuideCode.code).join(Person, GuideCode.person_id == Person.id))
        return [(role, code) for role, code in rows]

    drawn = {("volunteer", _code_on(office.folder / "to" / f"{stem}.png")) for stem in stems}
    assert set(office.remembers(codes)) == drawn
    said = office.types("guide", "--unit", "to dan pho 1", "--out", "lan", "--formats", "a6", "--for", "lan")
    assert said.code == 0, said.err
    assert _files(office, "lan") == [f"{stems[0]}.{kind}" for kind in ("pdf", "png")]
    assert (office.folder / f"lan/{stems[0]}.png").read_bytes() == (office.folder / f"to/{stems[0]}.png").read_bytes()


def test_whose_paper_it_cannot_be_is_said_in_a_line(office: Terminal, monkeypatch):
    asked = ("guide", "--out", "to", "--unit", "Tổ dân phố 2")
    assert "PUBLIC_URL" in office.types(*asked, "--each-volunteer").reason
    monkeypatch.setenv("PUBLIC_URL", "https://example.org")
    assert "chưa có tình nguyện viên nào" in office.types(*asked, "--each-volunteer").reason
    _joined(office)
    assert "không có tình nguyện viên nào tên “Lan”" in office.types(*asked, "--for", "Lan").reason
