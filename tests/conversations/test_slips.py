"""Mending by saying so: the record is found, changed, told old → new, and can be taken back."""

import pytest
from sqlmodel import col, select

from rules.roles import Role
from storage.tables import House, Proposal, Visit, VisitHistory
from texts import proposing, visiting
from texts import slips as texts


async def stands(office, nth: int = -1) -> Visit:
    async with office.database.reading() as session:
        return (await session.exec(select(Visit).order_by(col(Visit.id)))).all()[nth]


async def labels_of(office) -> dict[str, str | None]:
    async with office.database.reading() as session:
        return {house.label: house.outcome for house in await session.exec(select(House).order_by(col(House.id)))}


async def visited(office) -> dict[str, str | None]:
    return {label: outcome for label, outcome in (await labels_of(office)).items() if outcome}


async def test_lan_mends_by_saying_so(lan, office):
    await lan.says("nhà 12 đã cài 2 người")
    lan.reads()
    told = {
        "nhầm, nhà 12 là vắng": "đã cài, 2 người → vắng nhà",
        "sửa: nhà 12 chưa cài": "vắng nhà → chưa cài",
        "sua nha 12 da cai 3 nguoi": "chưa cài → đã cài, 3 người",
        "nhầm rồi nhà 12 từ chối": "đã cài, 3 người → từ chối",
        "ghi nhầm, 12 vắng hôm qua": "từ chối → vắng nhà; ngày hôm nay → hôm qua",
        "sửa nhà 12 sđt 0912345678": "số điện thoại chưa có → 0912345678",
        "nhầm, chưa cài": "vắng nhà → chưa cài",
    }
    for said, change in told.items():
        await lan.says(said)
        lan.hears(f"✅ Đã sửa nhà 12, Tổ dân phố 3: {change}.")
    assert lan.labels == ["Hoàn tác", "Sửa"]
    await lan.taps("Hoàn tác")
    lan.hears("Đã trả nhà 12 về như trước: vắng nhà.")
    await lan.says("sửa nhà 12 vắng")
    lan.hears("Nhà 12 đang ghi đúng như vậy rồi: vắng nhà.")
    async with office.database.reading() as session:
        acts = list(await session.exec(select(VisitHistory).order_by(col(VisitHistory.id))))
    assert [act.act for act in acts] == ["log"] + ["correct"] * len(told)
    assert len({act.source for act in acts}) == len(acts), "each state knows the message that made it"


async def test_the_house_itself_may_be_the_slip(lan, office):
    await lan.says("nhà 12 đã cài", "sửa nhà 12 thành nhà 14")
    assert lan.reads()[-1] == "✅ Đã sửa nhà 12, Tổ dân phố 3: số nhà 12 → 14."
    await lan.says("hoàn tác")
    lan.hears_part("Đã trả nhà 12 về như trước")
    assert await labels_of(office) == {"12": "installed", "14": None}


async def test_the_numbers_alone_say_which_house_it_was(lan, office):
    await lan.says("nhà 15 vắng", "nhầm 15 -> 17", "sửa 17 thành 18", "nhầm, 19 chứ không phải 18")
    assert [told.split(": ", 1)[1] for told in lan.reads()[1:]] == [
        f"số nhà {old} → {new}." for old, new in ((15, 17), (17, 18), (18, 19))
    ]
    await lan.says("ghi nhầm 20 thành 19")
    lan.hears("✅ Đã sửa nhà 19, Tổ dân phố 3: số nhà 19 → 20.")  # 20 was right, and 19 had been written down
    assert await visited(office) == {"20": "nobody_home"}
    await lan.says("nhà 21 đã cài", "nhầm 20 thành 21")
    assert lan.reads()[-1] == texts.WHICH_IS_WRONG
    await lan.taps("21: đã cài · hôm nay")
    lan.hears("✅ Đã sửa nhà 21, Tổ dân phố 3: số nhà 21 → 20.")
    await lan.says("sửa 7 thành 8", "nhầm 2 thành 3 người")
    none, unread = lan.reads()
    assert none == "Mình chưa thấy lượt nào trong 7 ngày qua ở nhà 7, Tổ dân phố 3."
    assert unread.startswith(texts.UNREAD)


async def test_a_phone_or_a_name_that_is_none_is_taken_off(lan, office):
    await lan.says("nhà 12 chị Hoa đã cài sđt 0912345678")
    lan.reads()
    for said in ("sửa nhà 12 sđt không có", "sua nha 12 khong co so dien thoai", "nhầm, không có sđt",
                 "sửa sđt nhà 12 bỏ", "sửa xoá số điện thoại của nhà 12"):  # fmt: skip
        await lan.says(said, "hoàn tác")
        assert lan.reads()[0] == "✅ Đã sửa nhà 12, Tổ dân phố 3: số điện thoại 0912345678 → bỏ trống.", said
    await lan.says("sửa 12", "không có sđt", "sửa nhà 12 vắng, không có tên")
    assert lan.reads() == [
        texts.say_what("12"),
        "✅ Đã sửa nhà 12, Tổ dân phố 3: số điện thoại 0912345678 → bỏ trống.",
        "✅ Đã sửa nhà 12, Tổ dân phố 3: đã cài, 1 người → vắng nhà; tên chủ hộ Hoa → bỏ trống.",
    ]
    async with office.database.reading() as session:
        house = (await session.exec(select(House))).one()
    assert (house.phone, house.phone_hash, house.head_name) == (None, None, None)
    await lan.says("sửa nhà 12 không có điện thoại")  # no telephone at all is another matter, and is no number
    assert "số điện thoại" not in lan.reads()[0]


async def test_a_name_and_how_many_are_said_by_themselves(lan):
    await lan.says("nhà 12 đã cài")
    lan.reads()
    for said, change in {
        "sửa tên nhà 12 là Hoa": "tên chủ hộ chưa có → Hoa",
        "sửa nhà 12 tên nguyễn thị hoa": "tên chủ hộ Hoa → Nguyễn Thị Hoa",
        "sửa nhà 12 còn 3 người": "đã cài, 1 người → đã cài, 3 người",
        "nhầm 3 người -> 2 người": "đã cài, 3 người → đã cài, 2 người",
        "nhầm 4 người chứ không phải 2 người": "đã cài, 2 người → đã cài, 4 người",
    }.items():
        await lan.says(said)
        lan.hears(f"✅ Đã sửa nhà 12, Tổ dân phố 3: {change}.")


async def test_several_at_once(lan):
    await lan.says("đã cài 12, 14", "nhầm, vắng 12, 14")
    assert lan.reads()[-1].splitlines() == [
        "✅ Đã sửa nhà 12, Tổ dân phố 3: đã cài, 1 người → vắng nhà.",
        "✅ Đã sửa nhà 14, Tổ dân phố 3: đã cài, 1 người → vắng nhà.",
    ]


async def test_half_a_correction_waits_for_its_other_half(lan, office):
    await lan.says("nhà 8 đã cài 2 người", "sửa nhà 8", "3 người")
    assert lan.reads()[1:] == [
        texts.say_what("8"),
        "✅ Đã sửa nhà 8, Tổ dân phố 3: đã cài, 2 người → đã cài, 3 người.",
    ]
    await lan.says("sửa nhà 8", "nhà 9 vắng", "nhầm, chỉ 1 người thôi", "sửa nhà 8", "từ chối", "bác gõ nhầm rồi")
    assert lan.reads()[1] == "✅ Đã ghi nhà 9, Tổ dân phố 3: vắng nhà."
    assert (await visited(office)) == {"8": "refused", "9": "nobody_home"}
    await lan.says("nhà 7 hẹn chủ nhật", "nhầm, nhà 7 hẹn thứ 7 9h")
    assert lan.reads()[-1].endswith("hẹn quay lại 14/06 → hẹn quay lại 9h 13/06.")


async def test_no_such_record_is_offered_to_be_logged(lan, office):
    await lan.says("nhầm, nhà 12 là vắng")
    lan.hears(
        "Mình chưa thấy lượt nào trong 7 ngày qua ở nhà 12, Tổ dân phố 3. "
        "Nếu bạn vừa đến nhà này, mình ghi một lượt mới nhé?"
    )
    await lan.taps(texts.LOG_IT)
    lan.hears("✅ Đã ghi nhà 12, Tổ dân phố 3: vắng nhà.")


async def test_one_tap_when_the_name_is_only_near(lan, office):
    await lan.says("nhà ông Tám ngã ba đã cài", "sửa: nhà ông Tám chưa cài")
    assert lan.reads()[-1] == texts.did_you_mean("ông Tám")
    await lan.taps("ông Tám ngã ba: đã cài · hôm nay")
    lan.hears("✅ Đã sửa nhà ông Tám ngã ba, Tổ dân phố 3: đã cài, 1 người → chưa cài.")


async def test_anothers_record_needs_the_head(lan, minh, people, office):
    hanh = await people.joined("Hạnh")
    await hanh.says("nhà 12 đã cài")
    await lan.says("nhầm, nhà 12 là vắng")
    lan.hears(proposing.passed_on("12", ["Minh"]))
    await office.delivers()
    minh.hears_part("Lan đề nghị sửa nhà 12, Tổ dân phố 3 (lượt của Hạnh): đã cài, 1 người → vắng nhà.")
    assert (await stands(office)).outcome == "installed"
    await lan.says("huỷ")
    await minh.says("sửa nhà 12 vắng")
    minh.hears_part("✅ Đã sửa nhà 12, Tổ dân phố 3: đã cài, 1 người → vắng nhà.", "người khác ghi")
    assert minh.labels == ["Hoàn tác", "Sửa"]
    visit = await stands(office)
    assert (visit.outcome, visit.person_id) == ("nobody_home", hanh.person_id)
    async with office.database.reading() as session:
        last = (await session.exec(select(VisitHistory).order_by(col(VisitHistory.id).desc()))).first()
    assert (last.person_id, last.before["visit"]["outcome"]) == (minh.person_id, "installed")
    await minh.taps("Hoàn tác")
    assert (await stands(office)).outcome == "installed"
    assert len(lan.reads() + hanh.reads() + minh.reads()) == 3


async def test_a_head_accepts_or_declines_with_one_tap(lan, minh, people, office):
    hanh = await people.joined("Hạnh")
    await hanh.says("nhà 12 đã cài", "nhà 14 vắng")
    await lan.says("nhầm, nhà 12 là vắng", "huỷ", "nhầm, nhà 14 đã cài", "huỷ")
    await office.delivers()
    hanh.reads(), lan.reads(), minh.reads()
    await minh.taps(proposing.DECLINE)
    minh.hears("Vâng, nhà 14 để nguyên. Mình báo lại cho người đề nghị.")
    await office.delivers()
    lan.hears("Minh để nguyên nhà 14 như đã ghi. Bạn trao đổi thêm với Minh nhé.")
    await lan.says("sửa: nhà 14 từ chối", "huỷ")
    lan.reads()
    await office.delivers()
    minh.reads()
    await minh.taps(proposing.ACCEPT)
    minh.hears("✅ Đã sửa nhà 14: vắng nhà → từ chối. Lịch sử giữ cả hai.")
    await office.delivers()
    lan.hears("Minh đã đồng ý sửa nhà 14: vắng nhà → từ chối. Cảm ơn bạn!")
    visit = await stands(office)
    assert (visit.outcome, visit.person_id) == ("refused", hanh.person_id)
    async with office.database.reading() as session:
        last = (await session.exec(select(VisitHistory).order_by(col(VisitHistory.id).desc()))).first()
        assert (last.person_id, last.before["visit"]["outcome"]) == (minh.person_id, "nobody_home")
        assert [row.said for row in await session.exec(select(Proposal).where(Proposal.accepted))] == [""]
    await minh.says("hoàn tác")
    assert (await stands(office)).outcome == "nobody_home"
    minh.reads()


async def test_the_same_asked_twice_comes_before_the_head_once(lan, minh, people, office):
    hanh = await people.joined("Hạnh")
    await hanh.says("nhà 12 đã cài")
    await lan.says("nhầm, nhà 12 là vắng", "huỷ", "sửa nhà 12 vắng nhà", "huỷ")
    await office.delivers()
    hanh.reads(), lan.reads()
    assert len(minh.reads()) == 1
    await lan.says("sửa: nhà 12 từ chối", "huỷ")
    await office.delivers()
    minh.hears_part("đã cài, 1 người → từ chối")
    await minh.taps(proposing.ACCEPT)
    minh.hears_part("Đã sửa nhà 12: đã cài, 1 người → từ chối")
    await office.delivers()
    lan.reads()


async def test_what_changed_meanwhile_is_not_changed_again(lan, minh, people, office):
    hanh = await people.joined("Hạnh")
    await hanh.says("nhà 12 đã cài")
    await lan.says("nhầm, nhà 12 là vắng", "huỷ")
    await hanh.says("nhầm, nhà 12 từ chối")
    await office.delivers()
    minh.reads(), hanh.reads(), lan.reads()
    await minh.taps(proposing.ACCEPT)
    minh.hears(proposing.CHANGED_MEANWHILE)
    assert (await stands(office)).outcome == "refused"


async def test_an_officer_corrects_a_record_of_the_commune(lan, hoa, people, office):
    tuan = await people.joined("Tuấn", unit="Tổ dân phố 9")
    await lan.says("nhà 12 đã cài", "nhà 20 vắng")
    await tuan.says("nhà 12 vắng")
    lan.reads(), tuan.reads()
    await hoa.says("sửa")
    hoa.hears(visiting.SAY_WHICH)
    await hoa.says("sửa: nhà 12 tổ 3 từ chối")
    hoa.hears_part("✅ Đã sửa nhà 12, Tổ dân phố 3: đã cài, 1 người → từ chối.", "lịch sử giữ cả hai")
    await hoa.says("sửa: nhà 20 đã cài")
    hoa.hears_part("✅ Đã sửa nhà 20, Tổ dân phố 3: vắng nhà → đã cài, 1 người.")
    await hoa.says("nhầm, nhà 12 đã cài")
    hoa.hears(texts.SEVERAL)
    assert [label.split(" ·")[0] for label in hoa.labels[:2]] == ["Tổ dân phố 9", "Tổ dân phố 3"]
    await hoa.taps(hoa.labels[0])
    hoa.hears_part("✅ Đã sửa nhà 12, Tổ dân phố 9: vắng nhà → đã cài, 1 người.")
    await hoa.says("hoàn tác", "hoàn tác", "hoàn tác")
    assert [said.split(":")[0] for said in hoa.reads()] == [
        "Đã trả nhà 12 về như trước", "Đã trả nhà 20 về như trước", "Đã trả nhà 12 về như trước"
    ]  # fmt: skip
    assert await visited(office) == {"12": "nobody_home", "20": "nobody_home"}
    await hoa.says("sửa: nhà 12 tổ 77 vắng")
    hoa.hears_part("không tìm thấy")


async def test_a_head_of_another_unit_may_not(people, office, lan):
    xa = await people.joined("Xa", Role.HEAD, "Tổ dân phố 9")
    await lan.says("nhà 12 đã cài")
    await xa.says("sửa nhà 12 tổ 3 vắng")
    xa.hears_part("không tìm thấy")
    assert (await stands(office)).outcome == "installed"
    lan.reads()


async def test_the_head_chooses_between_two_peoples_records(lan, minh, people, office):
    hanh = await people.joined("Hạnh")
    await lan.says("nhà 12 vắng")
    await hanh.says("nhà 12 đã cài")
    await minh.says("sửa nhà 12 từ chối")
    assert texts.SEVERAL in minh.reads()
    await minh.taps("Hạnh · 12: đã cài · hôm nay")
    minh.hears_part("đã cài, 1 người → từ chối")
    assert [(await stands(office, nth)).outcome for nth in (0, 1)] == ["nobody_home", "refused"]
    lan.reads(), hanh.reads()


async def test_talk_of_slips_changes_nothing(lan, office):
    await lan.says("nhà 12 đã cài", "nhầm lẫn thôi mà", "nhầm", "sửa")
    said = lan.reads()
    assert said[1].startswith(texts.UNREAD)
    assert said[2] == said[3]
    assert (await stands(office)).outcome == "installed"


async def test_an_open_question_outlives_a_slip(lan, office):
    await lan.says("nhà 12 đã cài", "ghi 14", "nhầm, nhà 12 là vắng")
    assert lan.reads()[-1].startswith("✅ Đã sửa nhà 12")
    await lan.says("vắng")
    lan.hears("✅ Đã ghi nhà 14, Tổ dân phố 3: vắng nhà.")


@pytest.mark.telegram_only(reason="Zalo tells nothing of replies")
async def test_a_reply_under_the_echo_is_about_that_house(lan, office, clock):
    await lan.says("nhà 12 đã cài", "nhà 14 đã cài")
    echo = lan.screen[-2]
    lan.reads()
    await lan.replies("vắng", echo)
    lan.hears("✅ Đã sửa nhà 12, Tổ dân phố 3: đã cài, 1 người → vắng nhà.")
    await lan.replies("sửa: chưa cài", echo)
    lan.hears("✅ Đã sửa nhà 12, Tổ dân phố 3: vắng nhà → chưa cài.")
    await lan.replies("nhầm, nhà 16", echo)
    lan.hears("✅ Đã sửa nhà 12, Tổ dân phố 3: số nhà 12 → 16.")
    await lan.replies("hoàn tác", echo)
    lan.hears("Đã trả nhà 12 về như trước: chưa cài.")
    await lan.replies("nhà 20 vắng", echo)
    lan.hears("✅ Đã ghi nhà 20, Tổ dân phố 3: vắng nhà.")
    await lan.replies("cảm ơn nhé", echo)
    assert len(lan.reads()) == 1
    clock.passes(days=1)
    await lan.replies("đã cài", echo)
    lan.hears("✅ Đã ghi nhà 12, Tổ dân phố 3: đã cài, 1 người.")
    assert (await stands(office, 0)).outcome == "not_done", "another day is another visit"


@pytest.mark.telegram_only(reason="editing one's message")
async def test_an_edited_message_corrects_what_it_logged(lan, office, clock):
    await lan.says("nhà 12 đã cài")
    lan.reads()
    await lan.edits("nhà 12 vắng hôm qua")
    lan.hears("✅ Đã sửa nhà 12, Tổ dân phố 3: đã cài, 1 người → vắng nhà; ngày hôm nay → hôm qua.")
    clock.passes(days=1)
    await lan.edits("nhà 14 từ chối")
    lan.hears("✅ Đã sửa nhà 12, Tổ dân phố 3: vắng nhà → từ chối; số nhà 12 → 14.")
    await lan.edits("nhà 14 ơi là nhà 14")
    lan.hears_part("đọc chưa chắc", "từ chối")
    assert len(await labels_of(office)) == 2
    await lan.says("hoàn tác", "hoàn tác", "hoàn tác")
    await lan.edits("nhà 15 vắng")
    assert lan.reads()[-1] == "✅ Đã ghi nhà 15, Tổ dân phố 3: vắng nhà."


@pytest.mark.telegram_only(reason="editing one's message")
async def test_an_edited_list_is_one_act_that_is_undone_whole(lan, people, office):
    await lan.says("nhà 12 đã cài\nnhà 14 vắng\nnhà 16 vắng\nnhà 18 vắng")
    before = await visited(office)
    lan.reads()
    await lan.edits("nhà 12 đã cài\nnhà 14 từ chối\nnhà 18 vắng\nnhà 19 vắng\nnhà 20 đã cài")
    assert lan.hears_part("✅").splitlines() == [
        "✅ Đã sửa nhà 14, Tổ dân phố 3: vắng nhà → từ chối.",
        "✅ Ghi thêm 2 nhà: 19, 20.",
        "Đã gỡ 1 nhà không còn trong tin: 16.",
    ]
    after = await visited(office)
    assert after == {"12": "installed", "14": "refused", "18": "nobody_home", "19": "nobody_home", "20": "installed"}
    await lan.edits("nhà 12 đã cài\nnhà 14 từ chối\nnhà 18 vắng\nnhà 19 vắng\nnhà 20 đã cài")
    lan.hears("Mình thấy bạn sửa danh sách; những gì đã ghi không đổi.")
    await lan.taps("Hoàn tác lần sửa này")
    lan.hears("Đã hoàn tác: gỡ 20, 19; trả về như trước 14; ghi lại 16.")
    assert await visited(office) == before
    await lan.says("hoàn tác")
    lan.hears("Đã gỡ cả danh sách vừa gửi: 4 nhà.")
    assert await visited(office) == {}


@pytest.mark.telegram_only(reason="editing one's message")
async def test_a_line_that_cannot_be_read_costs_no_record(lan, office):
    await lan.says("nhà 12 đã cài\nnhà 14 vắng")
    lan.reads()
    await lan.edits("nhà 12 đã cài\nnhà 14 vănggg kkk hhh")
    lan.hears_part("vẫn giữ lượt đã ghi: 14")
    await lan.edits("thôi để tối chị ghi lại")
    lan.hears_part("vẫn giữ")
    assert len(await labels_of(office)) == 2


@pytest.mark.telegram_only(reason="editing one's message")
async def test_an_edit_that_names_a_unit_outside_keeps_the_record(lan, people, office):
    await people.joined("Tuấn", unit="Tổ dân phố 9")
    await lan.says("nhà 12 đã cài")
    lan.reads()
    await lan.edits("nhà 12 tổ 9 vắng")
    lan.hears_part("“tổ 9” không có trong phần việc của bạn, nên mình vẫn giữ nhà 12: đã cài, 1 người.")
    assert (await stands(office, 0)).outcome == "installed"
    await lan.edits("nhà 12 tổ 3 vắng")
    lan.hears("✅ Đã sửa nhà 12, Tổ dân phố 3: đã cài, 1 người → vắng nhà.")


@pytest.mark.telegram_only(reason="editing one's message")
async def test_an_edited_list_changes_only_what_it_changes(lan, office):
    await lan.says("nhà 12 đã cài\nnhà 14 vắng\nnhà 16 vắng")
    lan.reads()
    await lan.edits("nhà 12 đã cài\nnhà 14 từ chối\nnhà 17 vắng")
    assert lan.hears_part("Đã sửa").splitlines() == [
        "✅ Đã sửa nhà 14, Tổ dân phố 3: vắng nhà → từ chối.",
        "✅ Đã sửa nhà 16, Tổ dân phố 3: số nhà 16 → 17.",
    ]
    await lan.edits("nhà 12 đã cài\nnhà 14 từ chối")
    lan.hears("Đã gỡ 1 nhà không còn trong tin: 17.")


async def test_the_words_of_a_slip_may_stand_anywhere(lan, office):
    await lan.says("nhà 12 đã cài 2 người")
    lan.reads()
    told = {
        "nhà 12 ghi sai rồi, họ từ chối chứ không phải cài": "đã cài, 2 người → từ chối",
        "nhà 12 không phải từ chối mà là vắng, sửa hộ em": "từ chối → vắng nhà",
        "suwar nhaf 12 thanhf ddax caif": "vắng nhà → đã cài, 1 người",
        "à quên, nhà 12 3 người": "đã cài, 1 người → đã cài, 3 người",
        "chữa giúp em: nhà 12 từ đã cài thành chưa cài": "đã cài, 3 người → chưa cài",
        "lúc nãy em ghi nhầm, nhà 12 chưa có định danh mức 2": "chưa cài → chưa có VNeID mức 2",
        "hồi nãy bấm nhầm nhà 12 là cài, đúng là vắng": "chưa có VNeID mức 2 → vắng nhà",
        "nhà 12 đổi hẹn sang 20/12/2026 15h": "vắng nhà → hẹn quay lại 15h 20/12",
    }
    for said, change in told.items():
        await lan.says(said)
        lan.hears_part(f"✅ Đã sửa nhà 12, Tổ dân phố 3: {change}")
    assert await labels_of(office) == {"12": "come_back"}


async def test_what_only_looks_like_a_slip_is_a_visit_or_talk(lan, office):
    await lan.says(
        "nhà 25 máy hỏng mang đi sửa rồi, chưa cài được", "nhà 12 vắng, sang nhà 14 đã cài", "nhà ông Là vắng"
    )
    lan.reads()
    assert await visited(office) == {"12": "nobody_home", "14": "installed", "ông Là": "nobody_home"}


async def test_a_row_of_the_sheet_may_be_the_slip(lan, office):
    await lan.says("80 c\n81 v\n82 t", "nhầm, 81 c", "sửa 82 c")
    assert lan.reads()[1:] == [
        "✅ Đã sửa nhà 81, Tổ dân phố 3: vắng nhà → đã cài, 1 người.",
        "✅ Đã sửa nhà 82, Tổ dân phố 3: từ chối → đã cài, 1 người.",
    ]


_MENDED = {  # what stood, how it was mended, what the bot tells
    "nhà 14 đã cài 3 người": (
        "Tôi ghi nhầm, nhà số 14 mới có hai người cài thôi.",
        "đã cài, 3 người → đã cài, 2 người",
    ),
    "nhà 9 vắng": ("Xin sửa lại: nhà số 9 không phải đi vắng mà là đã cài.", "vắng nhà → đã cài, 1 người"),
    "nhà 62 từ chối": ("Chị nhầm nhà 62 nhé, không phải từ chối mà là đã cài", "từ chối → đã cài, 1 người"),
    "nhà 8 vắng": ("e nhầm ạ, nhà 8 xong rồi, ko phải vắng", "vắng nhà → đã cài, 1 người"),
    "nhà 203 chưa cài": ("Cô xin lỗi, nhà 203 là vắng chứ chưa cài cháu ạ", "chưa cài → vắng nhà"),
    "nhà 27 đã cài": ("ấy chết nhà 27 mới đúng là từ chối, em ghi nhầm đã cài", "đã cài, 1 người → từ chối"),
    "nhà 25 cài 3 người": ("nhà 25 cài 2 người thôi, nãy ghi nhầm 3", "đã cài, 3 người → đã cài, 2 người"),
    "nhà 67 vắng": ("nhầm 67 -> c", "vắng nhà → đã cài, 1 người"),
    "nhà 16 vắng": ("sửa 16 v thành c", "vắng nhà → đã cài, 1 người"),
    "nhà 12 vắng": ("nhầm rồi số mười hai mới là từ chối thôi", "vắng nhà → từ chối"),
    "nhà 7 vắng": ("nhaamf nhaf 7 laf ddax caif", "vắng nhà → đã cài, 1 người"),
}


async def test_each_way_of_mending_finds_its_house(lan, office):
    for stood, (said, change) in _MENDED.items():
        await lan.says(stood)
        lan.reads()
        await lan.says(said)
        house = stood.split()[1]
        lan.hears(f"✅ Đã sửa nhà {house}, Tổ dân phố 3: {change}.")


async def test_a_phone_to_be_mended_is_no_record_to_be_mended(lan, office):
    await lan.says("nhà 12 vắng")
    lan.reads()
    await lan.says("nhà 12 chưa cài, máy hỏng, nhờ sửa hộ")
    assert not lan.reads()[-1].startswith("✅ Đã sửa")
    assert await visited(office) == {"12": "not_done"}
