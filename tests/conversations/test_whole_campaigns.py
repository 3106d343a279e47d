"""Five plans, each from its first invitation to the paper with the same figures: the whole way in one conversation."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from docx import Document
from sqlmodel.ext.asyncio.session import AsyncSession

from rules.deadlines import span_of
from rules.plan import Deadline, Plan
from rules.roles import Role
from storage import roots
from storage.tables import Unit
from tests.conversations.office import Office, People
from tests.conversations.phone import Phone
from tests.conversations.test_inviting import code_in
from tests.papers import commune as papers
from tests.rules.test_five_plans import NAMES, PLANS

VILLAGE, BODY = "Thôn 1", "Phòng Văn hóa"
DOORS = {  # what Lan types at five doors, in the plan's own words; then done of how many, as each plan counts
    "tu-ky-2026": (["nhà 1 đã cài và dùng được 2 người", "nhà 2 đã cài và dùng được", "nhà 5 đã cài"], "2/20 hộ"),
    "binh-giang-2026": (["nhà 1 đã cài và đăng nhập 2 người", "nhà 2 đã cài và đăng nhập", "nhà 5 đã cài"],
                        "3/20 người"),
    "an-khanh-2026": (["nhà 1 đã cài 2 người", "nhà 2 đã cài"], "2/20 hộ"),
    "viet-hoa-2026": (["nhà 1 đã cài 2 người", "nhà 2 đã cài"], "2/20 hộ"),
    "thuy-nguyen-2024": (["nhà 1 đã cài 2 người", "nhà 2 đã cài"], "3/20 người"),
}  # fmt: skip
CLOSED = ["nhà 3 vắng nhà", "nhà 4 không có điện thoại thông minh"]
PEOPLE_LISTED = "Danh sách đã cài\nTrần Văn Bình 0912345678\nLê Thị Cúc 0987654321"


@pytest.fixture(params=NAMES)
def plan(request: pytest.FixtureRequest) -> Plan:
    return PLANS[request.param]


async def test_from_the_first_invitation_to_the_paper(office: Office, people: People, plan: Plan) -> None:
    doors, figure = DOORS[plan.slug]
    start = plan.time.start + timedelta(days=2)
    office.clock.at(f"{start} 08:00:00")
    village = await declared(office, people)
    hoa = await people.joined("Hoa", Role.OFFICER, plan.place.name)

    binh = await invited(hoa, people, "Trưởng đơn vị", VILLAGE, "Bình")
    son = await invited(hoa, people, "Trưởng đơn vị", BODY, "Sơn")
    lan = await invited(hoa, people, "Tình nguyện viên", VILLAGE, "Lan")

    await lan.says("\n".join([*doors, *CLOSED]))
    lan.hears_part(f"Đã ghi {len(doors) + 2} nhà")
    await lan.says(PEOPLE_LISTED)
    lan.hears_part("2 người")
    await son.says("cán bộ 4/6, 2 đi công tác")
    son.hears_part("cán bộ 4/6, còn 2 (2 đi công tác)")
    dung = await people.joined("Dũng", Role.POLICE, plan.place.name)
    if plan.police.daily_counts:  # An Khánh orders two counts a day
        await dung.says("mức 2: 5")
        dung.hears_part("mức 2: 5")

    office.clock.at(f"{start} {plan.time.digest_at}:00")
    await office.tick()
    digest = hoa.hears_part(f"Tổng cộng: {figure}", "số 1", plan.place.name)
    assert "Tổng cộng: " + figure in await asked(hoa, "tiến độ")
    assert f"{VILLAGE}: {figure}" in digest
    assert ("Công an cấp 5 tài khoản, 3 lượt người cài" in digest) == plan.police.daily_counts
    assert ("đã cấp: 5; lượt người cài" in "".join(dung.reads())) == plan.police.daily_counts
    assert figure in await asked(binh, "tiến độ")
    assert "cán bộ: 4/6" in await asked(son, "tiến độ")
    await papers_agree(office, plan, village, figure, doors)

    deadline = first_for_villages(plan)
    if deadline is None:  # Tứ Kỳ's công văn names none: nobody is pressed
        assert plan.slug == "tu-ky-2026"
        return
    last_day, left = span_of(plan, deadline).last_day, int(figure[2:4]) - int(figure[0])
    office.clock.at(f"{last_day - timedelta(days=3)} {plan.time.remind_at}:00")
    await office.tick()
    binh.hears_part(f"{VILLAGE} còn {left}/{figure[2:]}", f"{last_day:%d/%m}")
    for phone in (lan, son, hoa):
        phone.reads()
    office.clock.at(f"{last_day} 23:59:59")
    await office.tick()
    assert "quá hạn" not in "".join(hoa.reads())
    office.clock.at(f"{last_day + timedelta(days=1)} {plan.time.remind_at}:00")
    await office.tick()
    hoa.hears_part(f"Đã quá hạn {last_day:%d/%m}. Chưa xong: {VILLAGE} (còn {left}")
    binh.hears_nothing()
    for phone in (lan, son, dung):
        phone.reads()


async def declared(office: Office, people: People) -> Unit:
    """A village of 20 by whatever a plan counts, and an office of six."""
    village = await people.unit(VILLAGE, households=20, people=20)
    await people.unit(BODY, kind="agency", staff=6)

    async def job(session: AsyncSession) -> None:
        (await session.get_one(Unit, village.id)).households = 20

    await office.database.write(job)
    return village


async def invited(hoa: Phone, people: People, role: str, unit: str, name: str) -> Phone:
    """Hoa makes a code, hands it over, and who gets it agrees and is in."""
    await hoa.says("mời")
    await hoa.taps(role)
    if unit in hoa.labels:
        await hoa.taps(unit)
    code = code_in(hoa.reads()[-1])
    newcomer = people.stranger(name)
    await newcomer.says(code)
    newcomer.hears_part(f"Bạn sắp vào: {unit}", "Bạn đồng ý chứ?")
    await newcomer.says("đồng ý")
    newcomer.hears_part(f"Chào {name}!")
    return newcomer


async def asked(phone: Phone, word: str) -> str:
    await phone.says(word)
    return str(phone.reads()[0])


def first_for_villages(plan: Plan) -> Deadline | None:
    """The deadline by which the villages are to have done what the chat's figures count."""
    own = [each for each in plan.deadlines if each.indicator == plan.indicator.slug and plan.binds(each, "village")]
    return next((each for each in own if span_of(plan, each).has_end), None)


async def papers_agree(office: Office, plan: Plan, village: Unit, figure: str, doors: list[str]) -> None:
    """Every form of the plan opens, and says what the chat said."""
    done, total = figure.split(" ")[0].split("/")
    for form in plan.forms:
        kind = "xlsx" if form == "register" else "docx"
        if form == "bao-cao":
            await reports_agree(office, plan, done, total)
            continue
        file = await papers.made(office.database, plan, form, kind, village)
        if form == "register":
            rows = register_of(file)
            counted = [row for row in rows if row["Ngày hoàn thành"]]
            installs = sum(row["Số người đã cài"] for row in counted)
            assert len(rows) == len(doors) + 2
            assert int(done) == (installs if plan.indicator.counts == "person" else len(counted))
        elif form == "phu-luc-01":
            cells = [cell.text for cell in Document(file).tables[1].rows[2].cells]
            installed = done_of_those_installed(Document(file), done)
            assert cells[1:5] == [VILLAGE, total, installed, str(int(total) - int(installed))]
        else:
            said = "\n".join(cell.text for row in Document(file).tables[-1].rows for cell in row.cells)
            assert ("Trần Văn Bình" in said, "Lê Thị Cúc" in said) == (True, True)


def done_of_those_installed(paper: Any, done: str) -> str:
    """The column's own figure, as the letter says that so many of them are what the chat counts."""
    column = str(paper.tables[1].rows[2].cells[3].text)
    last = next(paragraph.text for paragraph in paper.paragraphs if paragraph.text.endswith("./."))
    assert column == done or last.startswith(f"Trong số đã cài đặt có {done} người đã đăng nhập")
    assert int(column) >= int(done)
    return column


async def reports_agree(office: Office, plan: Plan, done: str, total: str) -> None:
    """The báo cáo of the commune, where the plan orders one, has the village's row as the chat has it."""
    async with office.database.reading() as session:
        root = await roots.ensure_root(session, plan)
    if plan.report_of(root.kind):
        file = await papers.made(office.database, plan, "bao-cao", "docx", root)
        rows = [[cell.text for cell in row.cells] for table in Document(file).tables for row in table.rows]
        assert [row for row in rows if VILLAGE in row and total in row and done in row], rows


def register_of(file: BytesIO) -> list[dict[str, Any]]:
    """The village's rows of the register, by the words above them."""
    lines = list(openpyxl.load_workbook(file).active.iter_rows(values_only=True))
    head = next(place for place, line in enumerate(lines) if "Ngày hoàn thành" in line)
    rows = [dict(zip(lines[head], line, strict=True)) for line in lines[head + 1 :]]
    return [row for row in rows if VILLAGE in row.values()]
