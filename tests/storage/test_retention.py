"""Ninety days after the plan's last deadline nobody's name is left, and no figure has changed."""

from datetime import UTC, date, datetime, timedelta

from sqlmodel import select

from bot import housekeeping
from campaigns import EXAMPLE
from rules.clock import Clock
from rules.plan import load
from rules.roles import Role
from rules.spelling import fold
from storage import consents, figures, listed, retention, visits
from storage.listed import Entry
from storage.tables import Chat, Consent, House, ListedPerson, Person, PlaceAlias, Unit, Visit, VisitHistory
from storage.units import Scope
from storage.visits import Said

PLAN = load(EXAMPLE)
NOW = datetime(2026, 6, 20, 3, tzinfo=UTC)
AFTER = datetime(2026, 9, 29, 3, tzinfo=UTC)


async def a_visit(session) -> int:
    unit = Unit(campaign=PLAN.slug, name="Tổ dân phố 1", name_key=fold("Tổ dân phố 1"), smartphone_households=10)
    session.add(unit)
    await session.flush()
    lan = Person(campaign=PLAN.slug, name="Lan", role=Role.VOLUNTEER, unit_id=unit.id, joined_at=NOW)
    session.add(lan)
    await session.flush()
    said = Said(house="nhà bà Tư", outcome="not_done", day=date(2026, 6, 20), reason="con đi xa", name="Bà Tư")
    await visits.log(session, PLAN, lan, unit, said, now=NOW, source="u1")
    done = Said(house="12", outcome="installed", day=date(2026, 6, 20), installs=1, phone="0912345678")
    await visits.log(session, PLAN, lan, unit, done, now=NOW, source="u2")
    return unit.id


async def test_the_last_day_to_remember_is_the_last_deadline_and_ninety_days():
    assert housekeeping.forget_after(PLAN) == date(2026, 9, 28)


async def test_names_go_and_figures_stay(database):
    unit_id = await database.write(a_visit)
    scope = Scope(PLAN.slug, frozenset({unit_id}))
    async with database.reading() as session:
        before = await figures.of_units(session, PLAN, scope, date(2026, 9, 29))
    await housekeeping.tidy(database, Clock(datetime(2026, 9, 28, 16, 59, tzinfo=UTC)), [PLAN])
    async with database.reading() as session:
        assert {house.label for house in await session.exec(select(House))} == {"nhà bà Tư", "12"}
    await housekeeping.tidy(database, Clock(datetime(2026, 9, 28, 17, 1, tzinfo=UTC)), [PLAN])
    async with database.reading() as session:
        for house in await session.exec(select(House)):
            assert (house.label, house.head_name, house.phone, house.phone_hash) == ("đã xoá", None, None, None)
        assert all(visit.reason is None and visit.note is None for visit in await session.exec(select(Visit)))
        assert (await session.exec(select(VisitHistory))).all() == []
        assert await figures.of_units(session, PLAN, scope, date(2026, 9, 29)) == before
    assert await database.write(lambda session: retention.forget_residents(session, PLAN.slug, NOW)) == 0


async def a_list_without_houses(session) -> int:
    """Someone on the list, a place in people's words, a dialogue left open; nobody's house was ever logged."""
    unit = Unit(campaign=PLAN.slug, name="Trường Tiểu học", name_key="truong tieu hoc", kind="school")
    session.add(unit)
    await session.flush()
    head = Person(campaign=PLAN.slug, name="Hạnh", role=Role.HEAD, unit_id=unit.id, joined_at=NOW)
    session.add(head)
    await session.flush()
    await listed.add(session, head, unit, Entry("Lê Thị Lan", "0912345678"), day=NOW.date(), now=NOW, source="l1")
    session.add(PlaceAlias(campaign=PLAN.slug, place="ngõ nhà bà Năm", place_hash="x", unit_id=unit.id,
                           person_id=head.id, source="a1", at=NOW))  # fmt: skip
    for name, seen in (("rests", NOW), ("talks", AFTER)):
        session.add(Chat(key=name, platform="zalo", bot_key="zalo:1", external_id=name, person_id=head.id, state="s",
                         data={"said": "nhà bà Tư"}, menu={"aside": {"said": "hẹn bà Tư"}}, seen_at=seen))  # fmt: skip
    consents.agree(session, head, PLAN, platform="zalo", now=NOW, source="c1")
    return unit.id


async def test_lists_places_and_open_dialogues_go_also_where_no_house_is_known(database):
    await database.write(a_list_without_houses)
    await housekeeping.tidy(database, Clock(AFTER), [PLAN])
    async with database.reading() as session:
        [row] = await session.exec(select(ListedPerson))
        assert (row.name, row.phone, row.phone_hash) == ("đã xoá", None, None)
        assert (await session.exec(select(PlaceAlias))).all() == []
        chats = {chat.key: (chat.state, chat.data, chat.menu) for chat in await session.exec(select(Chat))}
        assert chats["rests"] == (None, None, None)
        assert chats["talks"][1] == {"said": "nhà bà Tư"}
        assert len((await session.exec(select(Consent))).all()) == 1


async def test_proofs_of_agreement_are_kept_two_years_and_no_longer(database):
    await database.write(a_list_without_houses)

    async def leaves(session) -> None:
        [head] = await session.exec(select(Person))
        head.left_at = NOW
        session.add(head)

    async def proofs() -> int:
        async with database.reading() as session:
            return len((await session.exec(select(Consent))).all())

    endless = PLAN.model_copy(update={"deadlines": []})
    await housekeeping.tidy(database, Clock(NOW + timedelta(days=760)), [endless])
    assert await proofs() == 1  # still with us: nothing is asked twice
    await database.write(leaves)
    await housekeeping.tidy(database, Clock(NOW + timedelta(days=730)), [endless])
    assert await proofs() == 1
    await housekeeping.tidy(database, Clock(NOW + timedelta(days=732)), [endless])
    assert await proofs() == 0


async def test_when_the_campaign_is_long_over_nobodys_proof_is_kept(database):
    await database.write(a_list_without_houses)
    await housekeeping.tidy(database, Clock(NOW + timedelta(days=732)), [PLAN])
    async with database.reading() as session:
        assert (await session.exec(select(Consent))).all() == []
