"""What the digest says beside its figures: the police's two counts, people on two lists, guides sent."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from rules.figures import add_up
from rules.roles import Role
from storage import guides_sent, listed, reported
from storage.guide_codes import Funnel
from storage.handed import Handed
from storage.listed import Entry, Overlap
from storage.tables import House
from tests.rules.test_five_plans import PLANS
from tests.scheduler.commune import VIET_HOA, Commune, june, on
from tests.scheduler.test_handoff import an_khanh, april
from tests.scheduler.test_words import TODAY, unit, units
from texts.digest import digest
from texts.digest_beside import Beside


def line(said: str, start: str) -> str:
    return next((each for each in said.splitlines() if each.startswith(start)), "")


async def test_both_daily_counts_that_an_khanh_orders_are_in_the_officers_digest(commune: Commune):
    village, station, lan, police = await an_khanh(commune)
    officer = await commune.person(Role.OFFICER, joined=on(1, "08:00", month=4))
    for house in ("1", "2", "3"):
        await commune.visit(lan, village, house, "no_vneid2", day=april(2))
    await commune.wakes(on(2, "17:00", month=4))
    await commune.visit(lan, village, "1", "installed", day=april(3), installs=2)
    added = {"what": "cap-muc-2", "day": april(3), "done": 5, "adds": True, "now": on(3, "16:00", month=4)}
    await commune.database.write(lambda s: reported.add(s, police, station, source="five", **added))
    await commune.wakes(on(3, "17:00", month=4))
    first, second = [line(said, "Mức 2 hôm nay") for said in await commune.digests(officer)]
    assert first == (
        "Mức 2 hôm nay: Công an chưa báo cáo số cấp, 0 lượt người cài Hải Phòng Smart; 3 nhà chờ Công an cấp."
    )
    assert second == (
        "Mức 2 hôm nay: Công an cấp 5 tài khoản, 2 lượt người cài Hải Phòng Smart; "
        "2 nhà chờ Công an cấp, 1 nhà đã qua bước này."
    )


async def test_people_on_two_lists_shared_phones_and_guides_are_said(commune: Commune):
    home, school = await commune.unit("Tổ dân phố 1", 60), await commune.unit("Trường Tiểu học", kind="school")
    lan, officer = await commune.person(Role.VOLUNTEER, home), await commune.person(Role.OFFICER)
    await commune.does(lan, home, 3, day=TODAY)

    async def known(session):
        for nth, (where, entry) in enumerate(
            [
                (home, Entry("Trần Thị Lan", "0900000001")),
                (school, Entry("Trần Thị Lan", "0900000001", at_work=True)),
                (school, Entry("Người ở xa", "0900000009", at_work=True)),
            ]
        ):
            await listed.add(session, lan, where, entry, day=TODAY, now=on(24, "09:00"), source=f"l:{nth}")
        await guides_sent.record(session, lan, "ios", day=TODAY, source="g:1")

    await commune.database.write(known)
    for house in await commune._all(_houses(home)):
        await commune.changes(house, phone="0912345678", phone_hash="same")
    await commune.wakes(on(24, "17:00"))
    [said] = await commune.digests(officer)
    assert line(said, "Trùng:") == (
        "Trùng: 1 người có tên cả nơi ở lẫn nơi làm việc, tính một lần (cả 2 người); "
        "3 nhà ghi chung số điện thoại với nhà khác, cần xem lại: Tổ dân phố 1 (3)."
    )
    assert line(said, "Cơ quan, đơn vị:") == "Cơ quan, đơn vị: 2 người xong, 1 nơi chưa có tổng số."
    assert line(said, "Hướng dẫn:") == "Hướng dẫn: đã gửi 1 → đã cài 3 hộ."
    assert "0912345678" not in said
    assert "Lan" not in said


def _houses(unit):
    from sqlmodel import select

    return select(House).where(House.unit_id == unit.id)


FULL = Beside(
    overlap=Overlap(900, 400, 37),
    sharing=dict.fromkeys(range(1, 100), 2),
    guides=[Funnel(n, f"Tổ dân phố {n}", 9, 1, 1, 1) for n in range(1, 61)],
    scans=True,
    handed=Handed(812, 300),
    bodies=add_up([unit(n, 60, 60, june(20) if n % 2 else None) for n in range(200, 240)]),
)


@given(st.lists(units, max_size=60), st.dates(date(2026, 5, 18), TODAY), st.sampled_from(sorted(PLANS)))
def test_with_everything_beside_it_a_digest_keeps_its_size(rows, since, name):
    said = digest(PLANS[name], add_up(rows), TODAY, nth=999, since=since, beside=FULL)
    assert len(said.splitlines()) <= 12
    assert len(said) < 2000
    assert "Trùng: 37 người" in said
    assert "812 nhà chờ Công an cấp" in said
    assert "Cơ quan, đơn vị: 2.400/2.400 người" in said


def test_what_matters_first_stands_first_however_much_there_is():
    rows = [unit(n, 60, n % 50, june(20) if n % 3 else None, checked=30, right=20) for n in range(1, 61)]
    lines = digest(VIET_HOA, add_up(rows), TODAY, nth=1, since=june(22), beside=FULL).splitlines()
    starts = [each.split(" ")[0] for each in lines]
    assert starts[:7] == ["Bản", "Hôm", "Gồm", "Tổng", "Từ", "Từ", "Chưa"]
    assert lines[-1].startswith("và ")
