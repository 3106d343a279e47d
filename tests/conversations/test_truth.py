"""kiểm tra, xem and the evening line: what a head answers for, what a leader may look at, what one hears at night."""

from datetime import date

from rules.roles import Role
from storage import message_counts, rechecks
from tests.conversations.office import Office, People, StandingClock
from tests.conversations.phone import Phone


async def test_the_head_answers_for_houses_drawn_by_lot(
    lan: Phone, minh: Phone, hoa: Phone, office: Office, clock: StandingClock
) -> None:
    await lan.says(*(f"nhà {n} đã cài" for n in range(1, 5)))
    await minh.says("nhà 9 đã cài")
    lan.reads()
    minh.reads()
    clock.at("2026-06-11 10:00:00")
    assert (await office.tick())["checks"] == 1
    minh.hears_part("3 nhà đã ghi xong được chọn ngẫu nhiên")
    await minh.says("kiểm tra")
    assert "nhà 9" not in minh.hears_part("Thực tế có đúng không?", "(còn 3 nhà chờ kiểm tra)")
    await minh.taps("Đúng")
    minh.hears_part("đúng là đã xong.", "(còn 2 nhà chờ kiểm tra)")
    await minh.taps("Chưa")
    minh.hears_part("thực ra chưa xong. Để sửa lại")
    await minh.taps("Không liên lạc được")
    minh.hears_part("Hết rồi, cảm ơn bạn")
    await minh.says("kiểm tra")
    minh.hears_part("Hiện không có nhà nào")
    assert await office.tick() == {}
    async with office.database.reading() as session:
        assert list((await rechecks.by_unit(session, office.plan.slug, clock.now().date())).values()) == [(2, 1)]
    clock.at("2026-06-11 17:00:00")
    await office.tick()
    hoa.hears_part("Kiểm tra lại tại nhà: 1/2 đúng như đã ghi (50%).")


def test_the_same_seed_draws_the_same_in_any_order() -> None:
    houses = list(range(1, 60))
    drawn = rechecks.sample(houses, "viet-hoa-2026|2026-06-11|3")
    assert drawn == rechecks.sample(houses[::-1], "viet-hoa-2026|2026-06-11|3")
    assert len(drawn) == rechecks.A_DAY
    assert drawn != rechecks.sample(houses, "viet-hoa-2026|2026-06-12|3")


async def test_nobody_answers_for_another_village(lan: Phone, minh: Phone, people: People, office: Office) -> None:
    await lan.says("nhà 1 đã cài")
    lan.reads()
    office.clock.at("2026-06-11 10:00:00")
    await office.tick()
    minh.reads()
    other = await people.joined("Tám", Role.HEAD, "Tổ dân phố 9")
    if other.messenger == "telegram":
        await other.presses("rk|1.right")
        other.reads()
    async with office.database.reading() as session:
        assert await rechecks.by_unit(session, office.plan.slug, office.clock.now().date()) == {}


async def test_a_leader_looks_at_houses_but_reads_no_name(lan: Phone, people: People, office: Office) -> None:
    tam = await people.joined("Tâm", Role.LEADER, "phường Việt Hoà")
    await people.unit("Tổ dân phố 7", households=30)
    await lan.says("nhà ông Tám ngã ba đã cài", "ngõ 3 số 8 vắng nhà")
    lan.reads()
    office.clock.at("2026-06-10 17:00:00")
    await office.tick()
    assert "Bản tin" in tam.reads()[0]
    await tam.says("xem")
    tam.hears_part("Bạn muốn xem đơn vị nào?", "• Tổ dân phố 3: 1 hộ", "• Tổ dân phố 7: chưa báo cáo")
    await tam.taps("Tổ dân phố 3")
    said = tam.hears_part("Tổ dân phố 3: 2 nhà đã ghi", "ngõ 3 số 8 – vắng nhà", "• nhà gọi theo tên – đã cài")
    assert "Tám" not in said
    await tam.taps("‹ Các đơn vị")
    tam.hears_part("Bạn muốn xem đơn vị nào?")


async def test_a_head_looks_at_the_own_unit_only(minh: Phone, people: People) -> None:
    other = await people.joined("Hạnh", unit="Tổ dân phố 9")
    await other.says("nhà 77 đã cài")
    other.reads()
    await minh.says("nhà bà Năm đã cài", "xem")
    assert minh.reads()[1].startswith("Tổ dân phố 3: 1 nhà đã ghi\n• nhà bà Năm – đã cài")
    if minh.messenger == "telegram":
        await minh.presses("xu|3.0")
        assert "77" not in minh.reads()[0]


async def test_the_evening_line_is_for_who_worked_or_has_promised(
    lan: Phone, minh: Phone, people: People, office: Office
) -> None:
    await people.unit("Tổ dân phố 3", households=20)
    idle = await people.joined("Nhàn")
    busy = await people.joined("Bận")
    await lan.says("nhà 1 đã cài", "nhà 5 hẹn mai")
    await busy.says("nhà 2 đã cài")
    lan.reads()
    busy.reads()
    office.clock.at("2026-06-10 19:30:00")
    await office.tick()
    lan.hears("Hôm nay bạn đã ghi 2 nhà. Cảm ơn bạn! Mai bạn có hẹn: nhà 5.")
    minh.hears_part("Tổ dân phố 3 hôm nay ghi 3 nhà, +2 hộ xong. Đến giờ: Tổ dân phố 3: 2/20 hộ (10%), còn 18.")
    busy.hears("Hôm nay bạn đã ghi 1 nhà. Cảm ơn bạn!")
    assert idle.reads() == []
    office.clock.at("2026-06-10 19:45:00")
    assert await office.tick() == {}


async def _has_used(office: Office, messages: int) -> None:
    """The month so far, ten days of it, at an even pace."""

    async def job(session) -> None:
        for day in range(1, 11):
            bot = office.lines["zalo"].bot_key
            await message_counts.add(session, bot, date(2026, 6, day), outgoing=messages // 10)

    await office.database.write(job)


async def test_a_month_that_runs_short_folds_the_evening_line_into_the_next_answer(
    lan: Phone, minh: Phone, people: People, office: Office
) -> None:
    await people.unit("Tổ dân phố 3", households=20)
    promising = await people.joined("Hẹn")
    await _has_used(office, 1500)
    await lan.says("nhà 1 đã cài", "nhà 2 vắng")
    await promising.says("nhà 5 hẹn mai")
    lan.reads()
    promising.reads()
    office.clock.at("2026-06-10 19:30:00")
    await office.tick()
    promising.hears_part("Mai bạn có hẹn: nhà 5.")
    minh.hears_part("Tổ dân phố 3 hôm nay ghi 3 nhà, +1 hộ xong.")
    if lan.messenger == "telegram":
        lan.hears("Hôm nay bạn đã ghi 2 nhà. Cảm ơn bạn!")
        return
    assert lan.reads() == []
    office.clock.at("2026-06-11 08:30:00")
    await office.delivers()
    promising.reads()
    await lan.says("nhà 3 đã cài")
    lan.hears_part("Đã ghi nhà 3", "Ngày 10/06 bạn đã ghi 2 nhà. Cảm ơn bạn!")
    await lan.says("nhà 4 đã cài")
    assert "10/06" not in lan.reads()[0]


async def test_when_nothing_may_be_sent_any_more_a_head_and_an_appointment_wait_too(
    lan: Phone, minh: Phone, people: People, office: Office
) -> None:
    if lan.messenger == "telegram":
        return
    await people.unit("Tổ dân phố 3", households=20)
    await _has_used(office, 2900)
    await lan.says("nhà 5 hẹn mai")
    lan.reads()
    office.clock.at("2026-06-10 19:30:00")
    await office.tick()
    assert (lan.reads(), minh.reads()) == ([], [])
    office.clock.at("2026-06-12 08:30:00")
    await minh.says("tiến độ")
    minh.hears_part("Tổ dân phố 3 ngày 10/06 ghi 1 nhà, +0 hộ xong. Đến hết ngày 10/06: Tổ dân phố 3: 0/20 hộ")
    await lan.says("tôi")
    lan.hears_part("Ngày 10/06 bạn đã ghi 1 nhà. Cảm ơn bạn! Ngày 11/06 bạn có hẹn: nhà 5.")
