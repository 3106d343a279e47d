"""qr giấy: the guides to print, as PDFs in chat."""

import re
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from sqlmodel import select

from rules.guide_codes import scan_link
from rules.roles import Role
from storage import settings
from storage.tables import GuideCode
from tests.conversations.line import ADDRESS
from tests.conversations.office import Office, People
from tests.conversations.phone import Phone
from tests.conversations.test_exporting import acts, file_of
from texts import exporting
from texts import paper_guides as texts


@pytest.fixture(autouse=True)
async def _address(office: Office) -> None:
    await office.database.write(lambda session: settings.put(session, settings.PUBLIC_URL, ADDRESS))


def codes_on(pdf: bytes) -> set[str]:
    page = pypdfium2.PdfDocument(BytesIO(pdf))[0]
    return {found.text for found in zxingcpp.read_barcodes(page.render(scale=2).to_pil())}


async def codes(office: Office) -> dict[int, str]:
    async with office.database.reading() as session:
        return {row.person_id: row.code for row in await session.exec(select(GuideCode))}


async def test_lan_prints_a_door_card_whose_scans_count_for_her(office: Office, lan: Phone) -> None:
    await lan.says("qr")
    lan.hears("Bà con dùng điện thoại nào?")
    await lan.taps("Bản giấy để in")
    lan.hears(texts.WHICH)
    assert lan.labels == ["Thẻ treo cửa A6", "Tờ rơi A5", "Áp phích A4", "Thẻ cắt rời (A4)", "Huỷ"]
    await lan.taps("Thẻ treo cửa A6")
    lan.hears(texts.caption("a6", "Tổ dân phố 3", own=True))
    file = await file_of(office, lan)
    assert (file.name, file.content_type) == ("a6-to-dan-pho-3-2026-06-10.pdf", "application/pdf")
    own = (await codes(office))[lan.person_id]
    assert codes_on(file.content) == {scan_link(ADDRESS, own)}
    assert (await acts(office))[0][1] | {"code": ""} == {
        "kind": "guide", "form": "a6", "unit_id": 2, "place": "Tổ dân phố 3", "code": "",
    }  # fmt: skip


async def test_hoa_prints_for_a_unit_by_its_name(office: Office, hoa: Phone, people: People) -> None:
    await people.unit("Tổ dân phố 7")
    await hoa.says("QR thẻ cắt rời tổ 7")
    hoa.hears(texts.caption("cards", "Tổ dân phố 7", own=False))
    file = await file_of(office, hoa)
    assert codes_on(file.content) == {scan_link(ADDRESS, (await codes(office))[0])}
    await hoa.says("qr a4 tổ 77")
    hoa.hears("Mình không tìm thấy trong phần việc của bạn. Bạn xem lại tên hoặc số giúp mình nhé.")


async def test_a_volunteer_prints_for_no_other_unit(office: Office, lan: Phone, people: People) -> None:
    await people.unit("Tổ dân phố 7")
    await lan.says("qr a5 tổ 7")
    lan.hears("Mình không tìm thấy trong phần việc của bạn. Bạn xem lại tên hoặc số giúp mình nhé.")
    police = await people.joined("Dũng", Role.POLICE, "phường Việt Hoà")
    await police.says("qr a5")
    assert re.match("Việc này không có", police.reads()[0])


async def test_without_an_address_the_codes_open_the_stores(office: Office, lan: Phone) -> None:
    await office.database.write(lambda session: settings.drop(session, settings.PUBLIC_URL))
    await lan.says("qr giấy")
    if lan.messenger == "zalo":
        lan.hears(exporting.NO_LINKS)
        return
    lan.hears(texts.WHICH)
    await lan.taps("Áp phích A4")
    lan.hears(texts.caption("a4", "Tổ dân phố 3", own=False))
    assert all(
        code.startswith(("https://apps.apple.com", "https://play.google.com"))
        for code in codes_on(lan.document.content)
    )
