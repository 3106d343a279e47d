"""Everything we remember, table by table. Names, phones, addresses and texts are sealed; ids and counts are not."""

from datetime import date, datetime
from typing import Any, Optional

from sqlalchemy import BigInteger, Index, Integer, UniqueConstraint, text
from sqlmodel import Field, Relationship, SQLModel

from storage.sealing import Moment, SealedBytes, SealedJson, SealedText

BigId = BigInteger().with_variant(Integer, "sqlite")


def _id() -> Any:
    return Field(default=None, primary_key=True, sa_type=BigId)


def _moment(**more: Any) -> Any:
    return Field(sa_type=Moment, **more)


class Setting(SQLModel, table=True):
    """Small facts about the installation: a bot's name, the key's fingerprint, a picture's file id."""

    key: str = Field(primary_key=True)
    value: str


class Unit(SQLModel, table=True):
    """A place or body that reports: thôn, tổ dân phố, school, agency. `kind` is the plan's word for it."""

    __table_args__ = (UniqueConstraint("campaign", "name_key"),)

    id: int | None = _id()
    campaign: str = Field(index=True)
    parent_id: int | None = Field(default=None, foreign_key="unit.id", sa_type=BigId)
    kind: str = "village"
    name: str
    name_key: str
    head_name: str | None = Field(default=None, sa_type=SealedText)
    households: int | None = None
    smartphone_households: int | None = None
    people: int | None = None
    staff: int | None = None
    example: bool = False
    closed_at: datetime | None = _moment(default=None)


class Person(SQLModel, table=True):
    """Someone who joined: one role in one unit of one campaign. Messenger accounts hang below, as chats."""

    id: int | None = _id()
    campaign: str = Field(index=True)
    name: str | None = Field(default=None, sa_type=SealedText)
    role: str
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigId, index=True)
    quota: str = ""
    notice_version: str = ""
    agreed_at: datetime | None = _moment(default=None)
    joined_at: datetime = _moment()
    left_at: datetime | None = _moment(default=None)
    example: bool = False

    unit: Optional["Unit"] = Relationship(sa_relationship_kwargs={"lazy": "raise"})


class Chat(SQLModel, table=True):
    """One private conversation of one account with one bot, and where its dialogue stands."""

    id: int | None = _id()
    key: str = Field(unique=True)
    platform: str
    bot_key: str
    external_id: str
    person_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId, index=True)
    state: str | None = None
    data: dict[str, Any] | None = Field(default=None, sa_type=SealedJson)
    card: int = 0
    last_tap: str = ""
    menu: dict[str, Any] | None = Field(default=None, sa_type=SealedJson)
    seen_at: datetime | None = _moment(default=None)
    unreachable_since: datetime | None = _moment(default=None)

    person: Optional["Person"] = Relationship(sa_relationship_kwargs={"lazy": "raise"})


class Inbox(SQLModel, table=True):
    """Every update as it came, committed before it is acknowledged."""

    __table_args__ = (
        UniqueConstraint("bot_key", "update_key"),
        Index("ix_inbox_new", "chat_key", "order_key", sqlite_where=text("status = 'new'"),
              postgresql_where=text("status = 'new'")),
    )  # fmt: skip

    seq: int | None = _id()
    bot_key: str
    update_key: str
    chat_key: str
    order_key: int = Field(sa_type=BigInteger)
    raw: bytes | None = Field(default=None, sa_type=SealedBytes)
    received_at: datetime = _moment(index=True)
    status: str = "new"
    attempts: int = 0
    next_try: datetime | None = _moment(default=None)
    error: str = ""


class Outbox(SQLModel, table=True):
    """Every message still to go or gone: answers (kind "answer") and what we say unprompted."""

    __table_args__ = (
        Index("ix_outbox_pending", "kind", "priority", "id", sqlite_where=text("status = 'pending'"),
              postgresql_where=text("status = 'pending'")),
    )  # fmt: skip

    id: int | None = _id()
    dedupe_key: str = Field(unique=True)
    bot_key: str
    chat_key: str = Field(index=True)
    kind: str
    priority: int = 5
    body: dict[str, Any] | None = Field(default=None, sa_type=SealedJson)
    status: str = "pending"
    attempts: int = 0
    not_before: datetime | None = _moment(default=None)
    expires_at: datetime | None = _moment(default=None)
    error: str = ""
    created_at: datetime = _moment()
    sent_at: datetime | None = _moment(default=None)


class MessageCount(SQLModel, table=True):
    """How many messages a bot received and sent on a day: what a messenger's plan counts by the month."""

    __tablename__ = "message_count"

    bot_key: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    incoming: int = 0
    outgoing: int = 0


class ServingBot(SQLModel, table=True):
    """A bot as the settings name it, kept at each start: which campaigns it serves, and how people find it.

    `campaigns` are slugs with spaces between them, `place` its turn among its messenger's bots, `link` what opens a
    Zalo bot, `name` a Telegram bot's username, `most` how many people its messenger lets it serve (None: no limit).
    """

    __tablename__ = "serving_bot"

    key: str = Field(primary_key=True)
    platform: str
    place: int = 0
    campaigns: str = ""
    link: str = ""
    name: str = ""
    most: int | None = None


class Invitation(SQLModel, table=True):
    """A code, kept as a keyed hash, that opens one role in one unit to one person.

    `bot_key` is the Zalo bot that has a place for whoever comes ("": the campaign has none).
    """

    id: int | None = _id()
    code_hash: str = Field(unique=True)
    campaign: str
    role: str
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigId)
    quota: str = ""
    bot_key: str = Field(default="", sa_column_kwargs={"server_default": ""})
    invited_by: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
    created_at: datetime = _moment()
    expires_at: datetime = _moment()
    used_at: datetime | None = _moment(default=None)
    used_by: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)


class AccountLink(SQLModel, table=True):
    """A code, kept as a keyed hash, by which one who joined brings one more chat along, for a quarter of an hour."""

    __tablename__ = "account_link"

    id: int | None = _id()
    code_hash: str = Field(unique=True)
    person_id: int = Field(foreign_key="person.id", sa_type=BigId, index=True)
    created_at: datetime = _moment()
    expires_at: datetime = _moment()
    used_at: datetime | None = _moment(default=None)
    used_by: str = ""


class CodeTry(SQLModel, table=True):
    """A wrong invitation code, remembered for an hour to slow down guessing."""

    __tablename__ = "code_try"

    id: int | None = _id()
    chat_key: str = Field(index=True)
    tried_at: datetime = _moment(index=True)


class House(SQLModel, table=True):
    """A household of a unit, with its present state: that of its latest visit.

    `list_number` is its number in the unit's household list (None: not listed), `listed_name` and `listed_phone` what
    that list says, which a visit's own word goes before; `care` why it goes first ("elderly", "vulnerable", ""),
    `come_back_time` the hour of an appointment ("09:00"), `phone_system` "ios", "android" or "" while unknown.
    """

    __table_args__ = (UniqueConstraint("unit_id", "label_hash"),)

    id: int | None = _id()
    campaign: str = Field(index=True)
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigId, index=True)
    label: str = Field(sa_type=SealedText)
    label_hash: str
    head_name: str | None = Field(default=None, sa_type=SealedText)
    phone: str | None = Field(default=None, sa_type=SealedText)
    phone_hash: str | None = Field(default=None, index=True)
    outcome: str | None = None
    installs: int = 0
    visited_on: date | None = None
    done_on: date | None = None
    come_back_on: date | None = None
    visit_id: int | None = Field(default=None, sa_type=BigId)
    withdrawn: bool = False
    address: str | None = Field(default=None, sa_type=SealedText)
    notes: str | None = Field(default=None, sa_type=SealedText)
    alley: str | None = Field(default=None, sa_type=SealedText)
    alley_hash: str | None = Field(default=None, index=True)
    care: str = ""
    list_number: int | None = None
    listed_name: str | None = Field(default=None, sa_type=SealedText)
    listed_phone: str | None = Field(default=None, sa_type=SealedText)
    come_back_time: str = ""
    phone_system: str = ""
    assigned_to: int | None = Field(default=None, sa_type=BigId, index=True)
    assigned_at: datetime | None = _moment(default=None)
    created_at: datetime = _moment()


class HandOver(SQLModel, table=True):
    """Houses that changed hands in one act: to whom (None: to nobody), and whose they were before.

    `before` is the holder and since when, by house id; `act` is "given", "back" (given back) or "left" (the holder
    left the campaign), of which the unit's heads are told at `told_at`.
    """

    __tablename__ = "hand_over"
    __table_args__ = (Index("ix_hand_over_person", "person_id", "id"),)

    id: int | None = _id()
    campaign: str
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigId)
    person_id: int = Field(foreign_key="person.id", sa_type=BigId)
    to_id: int | None = Field(default=None, sa_type=BigId)
    act: str
    before: dict[str, Any] | None = Field(default=None, sa_type=SealedJson)
    source: str
    at: datetime = _moment()
    undone_at: datetime | None = _moment(default=None)
    told_at: datetime | None = _moment(default=None)


class Visit(SQLModel, table=True):
    """What happened at a door on a day, as it stands now; earlier wordings are in `visit_history`.

    `said_in` is the chat and message that said so ("3:417"), to find the visit again when that message is edited.
    """

    __table_args__ = (UniqueConstraint("source"), Index("ix_visit_house", "house_id", "day", "id"),
                      Index("ix_visit_person", "person_id", "id"),
                      Index("ix_visit_unit", "unit_id", "created_at"))  # fmt: skip

    id: int | None = _id()
    campaign: str
    house_id: int = Field(foreign_key="house.id", sa_type=BigId)
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigId)
    person_id: int = Field(foreign_key="person.id", sa_type=BigId)
    day: date
    outcome: str
    installs: int = 0
    come_back_on: date | None = None
    come_back_time: str = Field(default="", sa_column_kwargs={"server_default": ""})
    reason: str | None = Field(default=None, sa_type=SealedText)
    note: str | None = Field(default=None, sa_type=SealedText)
    source: str
    said_in: str = Field(default="", index=True)
    created_at: datetime = _moment()
    undone_at: datetime | None = _moment(default=None)

    house: Optional["House"] = Relationship(sa_relationship_kwargs={"lazy": "raise"})


class VisitHistory(SQLModel, table=True):
    """A visit as it stood before a change, with who changed it, when, and by which message."""

    __tablename__ = "visit_history"

    id: int | None = _id()
    visit_id: int = Field(foreign_key="visit.id", sa_type=BigId, index=True)
    person_id: int = Field(foreign_key="person.id", sa_type=BigId, index=True)
    act: str
    before: dict[str, Any] | None = Field(default=None, sa_type=SealedJson)
    source: str
    at: datetime = _moment()
    undone_at: datetime | None = _moment(default=None)

    visit: Optional["Visit"] = Relationship(sa_relationship_kwargs={"lazy": "raise"})


class HouseEdit(SQLModel, table=True):
    """What an office changed in a house itself by a spreadsheet: its fields before and after, to be put back."""

    __tablename__ = "house_edit"

    id: int | None = _id()
    house_id: int = Field(foreign_key="house.id", sa_type=BigId, index=True)
    person_id: int = Field(foreign_key="person.id", sa_type=BigId, index=True)
    before: dict[str, Any] | None = Field(default=None, sa_type=SealedJson)
    after: dict[str, Any] | None = Field(default=None, sa_type=SealedJson)
    source: str
    at: datetime = _moment()
    undone_at: datetime | None = _moment(default=None)


class TakenBack(SQLModel, table=True):
    """What one `hoàn tác` took back, so that `làm lại` brings back exactly that.

    `about` is the message ("u417") or the visit ("v12") that was taken back, `what` its rows by table, and how each
    visit stood before and afterwards; `redone_in` the message that brought it back ("" until then).
    """

    __tablename__ = "taken_back"
    __table_args__ = (Index("ix_taken_back_person", "person_id", "id"),)

    id: int | None = _id()
    campaign: str
    person_id: int = Field(foreign_key="person.id", sa_type=BigId)
    about: str
    what: dict[str, Any] | None = Field(default=None, sa_type=SealedJson)
    source: str
    at: datetime = _moment()
    redone_in: str = ""


class Reported(SQLModel, table=True):
    """A figure that somebody answers for without logging each house: a head's total, an agency's staff, a duty done.

    `what` is the slug of the plan's indicator or duty, `done` and `total` are counts of what that one counts. `adds`
    says that `done` came on top of what was there ("hôm nay thêm 12 hộ"); otherwise it is the state on `day`. Such
    figures stand beside the logged ones and are never added to them.
    """

    __table_args__ = (Index("ix_reported_unit", "campaign", "unit_id", "what", "day"),)

    id: int | None = _id()
    campaign: str
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigId)
    person_id: int = Field(foreign_key="person.id", sa_type=BigId)
    what: str
    day: date
    done: int
    total: int | None = None
    adds: bool = False
    reasons: dict[str, int] | None = Field(default=None, sa_type=SealedJson)
    note: str | None = Field(default=None, sa_type=SealedText)
    source: str = Field(unique=True)
    created_at: datetime = _moment()
    undone_at: datetime | None = _moment(default=None)


class ListedPerson(SQLModel, table=True):
    """One line of the plan's DANH SÁCH: a person who installed, listed by the unit whose row they are.

    `at_work` says that the address is the workplace (staff) and not the home; `phone_hash` finds the same person in
    two units' lists, so that they count once in the whole.
    """

    __tablename__ = "listed_person"
    __table_args__ = (Index("ix_listed_unit", "campaign", "unit_id", "id"),)

    id: int | None = _id()
    campaign: str
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigId)
    house_id: int | None = Field(default=None, foreign_key="house.id", sa_type=BigId, index=True)
    person_id: int = Field(foreign_key="person.id", sa_type=BigId)
    name: str = Field(sa_type=SealedText)
    name_hash: str = Field(index=True)
    phone: str | None = Field(default=None, sa_type=SealedText)
    phone_hash: str | None = Field(default=None, index=True)
    workplace: str | None = Field(default=None, sa_type=SealedText)
    address: str | None = Field(default=None, sa_type=SealedText)
    at_work: bool = False
    day: date
    source: str = Field(unique=True)
    created_at: datetime = _moment()
    undone_at: datetime | None = _moment(default=None)


class FileLink(SQLModel, table=True):
    """A file that one person ordered: `recipe` is what it is made of, `content` waits behind a link for a while."""

    __tablename__ = "file_link"

    id: int | None = _id()
    token_hash: str = Field(unique=True)
    campaign: str
    person_id: int = Field(foreign_key="person.id", sa_type=BigId, index=True)
    name: str = Field(sa_type=SealedText)
    content_type: str
    recipe: dict[str, Any] | None = Field(default=None, sa_type=SealedJson)
    content: bytes | None = Field(default=None, sa_type=SealedBytes)
    created_at: datetime = _moment()
    expires_at: datetime = _moment(index=True)
    opened: int = 0


class FileReceived(SQLModel, table=True):
    """A spreadsheet somebody sent: what it is called and where it waits, then what was read from it, until agreed to.

    `status`: "waiting" to be fetched, "read", "unreadable", "done" (and then empty).
    """

    __tablename__ = "file_received"

    id: int | None = _id()
    campaign: str
    person_id: int = Field(foreign_key="person.id", sa_type=BigId, index=True)
    bot_key: str
    chat_key: str
    status: str = Field(default="waiting", index=True)
    tries: int = 0
    next_try: datetime = _moment()
    about: dict[str, Any] | None = Field(default=None, sa_type=SealedJson)
    content: dict[str, Any] | None = Field(default=None, sa_type=SealedJson)
    source: str
    created_at: datetime = _moment(index=True)


class Difficulty(SQLModel, table=True):
    """A difficulty (vướng) that a volunteer raised and, once there is one, the officer's answer."""

    id: int | None = _id()
    campaign: str = Field(index=True)
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigId)
    person_id: int = Field(foreign_key="person.id", sa_type=BigId)
    said: str = Field(sa_type=SealedText)
    raised_at: datetime = _moment()
    answer: str | None = Field(default=None, sa_type=SealedText)
    answered_by: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
    answered_at: datetime | None = _moment(default=None)


class GuideSent(SQLModel, table=True):
    """A resident's guide that a volunteer asked for: counted per unit and day, nobody's name in it."""

    __tablename__ = "guide_sent"

    id: int | None = _id()
    campaign: str
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigId, index=True)
    person_id: int = Field(foreign_key="person.id", sa_type=BigId)
    phone: str
    day: date
    source: str = Field(unique=True)


class GuideCode(SQLModel, table=True):
    """The code in a unit's QR: of the unit itself (`person_id` 0), or as one of its people sends it."""

    __tablename__ = "guide_code"
    __table_args__ = (UniqueConstraint("unit_id", "person_id"),)

    id: int | None = _id()
    code: str = Field(unique=True)
    campaign: str
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigId)
    person_id: int = Field(default=0, sa_type=BigId)
    created_at: datetime = _moment()


class GuideScan(SQLModel, table=True):
    """How often a code's page was opened on a day by people, previews and bots; nothing about any of them."""

    __tablename__ = "guide_scan"

    code_id: int = Field(foreign_key="guide_code.id", sa_type=BigId, primary_key=True)
    day: date = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    count: int = 0


class GuideSaid(SQLModel, table=True):
    """A resident who came by a code says that the app is installed: said, and no figure counts it."""

    __tablename__ = "guide_said"
    __table_args__ = (UniqueConstraint("code_id", "chat_hash"),)

    id: int | None = _id()
    code_id: int = Field(foreign_key="guide_code.id", sa_type=BigId)
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigId, index=True)
    chat_hash: str
    day: date


class UnreadLine(SQLModel, table=True):
    """Something typed that we could not use, kept so that nothing said is lost."""

    __tablename__ = "unread_line"

    id: int | None = _id()
    chat_key: str = Field(index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
    said: str = Field(sa_type=SealedText)
    why: str
    at: datetime = _moment()


class PlanChange(SQLModel, table=True):
    """A plan decided otherwise in the middle, or two units made one: when, by whom, and each entry that changed.

    `changes` are `rules.plan_changes.Change` as plain data. What was sent before it stands.
    """

    __tablename__ = "plan_change"

    id: int | None = _id()
    campaign: str = Field(index=True)
    at: datetime = _moment()
    author: str | None = Field(default=None, sa_type=SealedText)
    changes: list[dict[str, Any]] | None = Field(default=None, sa_type=SealedJson)


class MergedUnit(SQLModel, table=True):
    """A unit that became part of another: closed, its houses and people moved; figures sent before name it still."""

    __tablename__ = "merged_unit"

    unit_id: int = Field(foreign_key="unit.id", sa_type=BigId, primary_key=True)
    into_id: int = Field(foreign_key="unit.id", sa_type=BigId, index=True)
    campaign: str
    at: datetime = _moment()


class MovedHouse(SQLModel, table=True):
    """A house that went over to another unit: a figure of an earlier day is counted where it was then."""

    __tablename__ = "moved_house"

    id: int | None = _id()
    house_id: int = Field(foreign_key="house.id", sa_type=BigId, index=True)
    from_id: int = Field(foreign_key="unit.id", sa_type=BigId)
    at: datetime = _moment()


class PlaceAlias(SQLModel, table=True):
    """A place people speak of ("xóm Đình") and the unit it lies in, as one person confirmed; `whole`: it is that unit.

    A head's word (`by_head`) holds for everyone in whose scope the unit lies; see `place_aliases`.
    """

    __tablename__ = "place_alias"

    id: int | None = _id()
    campaign: str
    place: str = Field(sa_type=SealedText)
    place_hash: str = Field(index=True)
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigId)
    whole: bool = False
    person_id: int = Field(foreign_key="person.id", sa_type=BigId, index=True)
    by_head: bool = False
    source: str
    at: datetime = _moment()
    undone_at: datetime | None = _moment(default=None)


class Consent(SQLModel, table=True):
    """One agreement of one person with the plan's notice: which wording (its SHA-256), when, by which messenger.

    Kept as the proof the law asks for; `revoked_at` is when the person took it back.
    """

    id: int | None = _id()
    campaign: str
    person_id: int = Field(foreign_key="person.id", sa_type=BigId, index=True)
    notice_version: str
    notice_hash: str
    platform: str
    agreed_at: datetime = _moment()
    revoked_at: datetime | None = _moment(default=None)
    source: str = ""


class Bulletin(SQLModel, table=True):
    """A digest or reminder as it was sent: frozen, once per person, kind and day.

    `said_hash` is the SHA-256 of `said`; `figures` what a digest's figures were, unit by unit (see `rules.frozen`).
    """

    __table_args__ = (UniqueConstraint("person_id", "kind", "day"),)

    id: int | None = _id()
    campaign: str
    person_id: int = Field(foreign_key="person.id", sa_type=BigId)
    kind: str
    day: date
    said: str = Field(sa_type=SealedText)
    covers_from: date | None = None
    said_hash: str = ""
    figures: dict[str, Any] | None = Field(default=None, sa_type=SealedJson)
    made_at: datetime = _moment()


class Recheck(SQLModel, table=True):
    """A house said to be done that was drawn by lot for its village's head to look at again: "right", "wrong", "away".

    "away" is that nobody could be reached; "" is no answer yet. A house is drawn once.
    """

    __table_args__ = (Index("ix_recheck_unit", "campaign", "unit_id", "day"),)

    id: int | None = _id()
    campaign: str
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigId)
    house_id: int = Field(foreign_key="house.id", sa_type=BigId, unique=True)
    person_id: int = Field(foreign_key="person.id", sa_type=BigId, index=True)
    day: date
    answer: str = ""
    asked_at: datetime = _moment()
    answered_at: datetime | None = _moment(default=None)


class Proposal(SQLModel, table=True):
    """A change of somebody else's record that a volunteer asks the head for, in the words it was said on `day`.

    `after_act` is the record's last act then: once there is a later one, the words no longer fit.
    """

    id: int | None = _id()
    campaign: str
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigId)
    visit_id: int = Field(foreign_key="visit.id", sa_type=BigId, index=True)
    person_id: int = Field(foreign_key="person.id", sa_type=BigId)
    after_act: int = Field(sa_type=BigId)
    said: str = Field(sa_type=SealedText)
    day: date
    source: str
    at: datetime = _moment()
    accepted: bool = False
    answered_by: int | None = Field(default=None, foreign_key="person.id", sa_type=BigId)
    answered_at: datetime | None = _moment(default=None)


class NoteSeen(SQLModel, table=True):
    """Something a unit's head has looked at again: a short keyed hash that names nobody, not to be told of it twice."""

    __tablename__ = "note_seen"

    unit_id: int = Field(foreign_key="unit.id", sa_type=BigId, primary_key=True)
    mark: str = Field(primary_key=True)
    at: datetime = _moment()


class Audit(SQLModel, table=True):
    """Who did what to which thing, when, by which message; written with the change itself."""

    id: int | None = _id()
    at: datetime = _moment()
    campaign: str = ""
    person_id: int | None = Field(default=None, sa_type=BigId)
    act: str
    thing: str
    source: str = ""
    detail: dict[str, Any] | None = Field(default=None, sa_type=SealedJson)


class Erasure(SQLModel, table=True):
    """Someone who was forgotten on request, as a keyed hash: a restored backup must forget them again."""

    __table_args__ = (UniqueConstraint("kind", "key"),)

    id: int | None = _id()
    kind: str
    key: str
    at: datetime = _moment()
