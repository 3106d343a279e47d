"""qr where there is an address for residents' pages, and what became of the guides in `tiến độ`."""

from functools import partial

import zxingcpp
from PIL import Image

from bot.makers import GuideMaker
from rules.guide_codes import scan_link
from rules.plan import Plan
from storage import guide_codes, settings
from tests.conversations.office import Office, People
from tests.conversations.phone import Phone

HERE = "https://bot.example"


async def has_an_address(office: Office) -> None:
    await office.database.write(partial(settings.put, key=settings.PUBLIC_URL, value=HERE))


async def scanned(office: Office, code: str, times: int, kind: str = "person") -> None:
    day = office.clock.now().date()
    await office.database.write(lambda session: guide_codes.add_scans(session, {(code, day, kind): times}))


def code_in(said: str) -> str:
    return said.split("/g/")[1].split()[0]


async def test_the_picture_and_the_link_open_this_volunteers_page(
    lan: Phone, office: Office, people: People, plan: Plan, tmp_path
) -> None:
    await has_an_address(office)
    await lan.says("qr iphone", "qr android")
    first, second = lan.reads()
    code = code_in(first)
    assert first == (
        "Cài Smart Hải Phòng cho iPhone: bà con quét mã, hoặc mở đường dẫn.\n"
        f"Trang hướng dẫn: https://bot.example/g/{code}\n"
        "Cần giúp: gọi 1022 (miễn phí cước gọi).\n"
        f"Hỏi thêm: nhắn mã {code[:4]}-{code[4:]} cho trợ lý."
    )
    assert code_in(second) == code
    assert lan.picture is not None
    assert lan.picture.key.endswith(f"|android|{code}")
    file = tmp_path / "card.png"
    file.write_bytes(await GuideMaker(office.database, {plan.slug: plan}, HERE).draw(lan.picture.key))
    with Image.open(file) as picture:
        read = {found.text for found in zxingcpp.read_barcodes(picture.convert("L"))}
    assert read == {scan_link(HERE, code)}
    minh = await people.joined("Tâm")
    await minh.says("qr iphone")
    assert code_in(minh.reads()[0]) != code


async def test_progress_says_what_became_of_the_guides(lan: Phone, minh: Phone, office: Office) -> None:
    await minh.says("tiến độ")
    assert "Hướng dẫn" not in minh.reads()[0]
    await has_an_address(office)
    await lan.says("qr iphone", "qr cả hai", "nhà 12 đã cài")
    code = code_in(lan.reads()[0])
    await scanned(office, code, 5)
    await scanned(office, code, 2)
    await scanned(office, code, 40, "preview")
    await minh.says("tiến độ")
    assert minh.reads()[0].endswith("\nHướng dẫn: đã gửi 2 → quét 7 → đã cài 1 hộ.")


async def test_without_an_address_nothing_is_said_of_scans(lan: Phone, minh: Phone) -> None:
    await lan.says("qr iphone")
    lan.hears_part("App Store: https://")
    await minh.says("tiến độ")
    assert minh.reads()[0].endswith("\nHướng dẫn: đã gửi 1 → đã cài 0 hộ.")


async def test_the_office_sees_where_guides_are_hardly_scanned(
    people: People, lan: Phone, hoa: Phone, office: Office
) -> None:
    await has_an_address(office)
    far = await people.joined("Sơn", unit="Tổ dân phố 5")
    await lan.says("qr iphone")
    await scanned(office, code_in(lan.reads()[0]), 3)
    await far.says(*["qr android"] * 4)
    far.reads()
    await hoa.says("tiến độ")
    said = hoa.reads()[0].splitlines()
    assert said[-2:] == [
        "Hướng dẫn: đã gửi 5 → quét 3 → đã cài 0 hộ.",
        "Gửi mà ít người quét: Tổ dân phố 5 (gửi 4, quét 0).",
    ]
