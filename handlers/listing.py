"""A list while it is written down: what becomes of each of its records, and what is said of them all."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from handlers import doubles, drafts, placing, totals
from handlers.desk import Desk
from rules.entry import Batch, Entry
from rules.near_names import written_otherwise
from rules.refusals import NotAllowed, Refusal, UnknownUnit
from rules.roles import Role
from storage import doors, houses, recent, visits
from storage.tables import House, Unit
from texts import lists as texts
from texts import visiting

_NUMBER = re.compile(r"\d+")


class Unclear(Refusal):
    """A record that wants a question first."""


class Alike(Unclear):
    """A name that another of the list has too, but for its marks: one house or two?"""


@dataclass
class Listing:
    """One list. `cut` is what is known of the line, `cut_at`, that the messenger cut through (see `continued`)."""

    desk: Desk
    batch: Batch
    lines: list[str]
    cut: dict[str, Any] | None = None
    cut_at: int = 0
    told: list[str] = field(default_factory=list)
    logged: list[tuple[visits.Logged, Unit]] = field(default_factory=list)
    with_phone: list[visits.Logged] = field(default_factory=list)
    near: list[tuple[House, House]] = field(default_factory=list)
    asked: list[drafts.Draft] = field(default_factory=list)
    again: list[str] = field(default_factory=list)
    days_off: list[str] = field(default_factory=list)
    refused: list[tuple[int, str, str]] = field(default_factory=list)

    async def write(self) -> None:
        """Log every record that is clear, and keep with the others why not."""
        tells = Role(self.desk.me.role) in totals.TELL
        self.refused += [
            (line.line_no, line.text, "impossible" if line.why == "total" and tells else line.why)
            for line in self.batch.unread
        ]
        await self._write_totals()
        several = Counter(line_no for line_no, _ in self.batch.records)
        whole = self._unclear_throughout(several)
        self.refused += [(line_no, "", "Unclear") for line_no in whole]
        for nth, (line_no, entry) in enumerate(self.batch.records):
            if line_no in whole:
                continue
            try:
                await self._write_one(nth, line_no, entry)
            except Refusal as refusal:
                draft = drafts.of_entry(entry, self.desk.plan, self.desk.today)
                is_part = several[line_no] > 1 and draft.outcome and self._is_all_read(line_no)
                part = texts.part(self.desk.plan, draft.said(), self.desk.today) if is_part else ""
                self.refused.append((line_no, part, _why(refusal, draft)))

    def _unclear_throughout(self, several: Counter[int]) -> set[int]:
        """The lines of several houses of which none is sure: said back as they were typed, with all that is in them."""
        unsure = Counter(line_no for line_no, entry in self.batch.records if not entry.sure)
        return {line_no for line_no, count in unsure.items() if 1 < count == several[line_no]}

    def _is_all_read(self, line_no: int) -> bool:
        """Whether every number of the line stands in one of its records; else the line comes back as it was typed."""
        read = " ".join(
            f"{one.house} {one.installs} {one.note}" for number, one in self.batch.records if number == line_no
        )
        return set(_NUMBER.findall(self.line(line_no))) <= set(_NUMBER.findall(read))

    async def _write_one(self, nth: int, line_no: int, entry: Entry) -> None:
        desk = self.desk
        draft = drafts.of_entry(entry, desk.plan, desk.today)
        if not (draft.sure and draft.house and draft.outcome):
            raise Unclear
        drafts.check_day(draft.day, desk.plan, desk.today)
        placed = await placing.placed(desk.session, desk.me, draft)
        if placed is None:
            self.asked.append(desk.left_open(draft))
            return
        draft, unit = placed
        door = await doors.meant(desk.session, desk.me, unit, draft.house, said_unit=draft.unit)
        if door.several:
            self.asked.append(draft)
            return
        draft = replace(draft, house=door.label)
        if any(written_otherwise(one.house.label, draft.house) for one, _ in self.logged):
            await self._check_alike(draft.house, unit)
        one = await self._log(draft, unit, f"{desk.source}.{nth}", is_cut=line_no == self.cut_at)
        self.near += [(one.house, door.near)] if door.near and one.is_new else []
        self._note(draft, unit, one)

    async def _check_alike(self, label: str, unit: Unit) -> None:
        """Raises Alike for words that would be taken for a house of which this very list speaks with other marks."""
        house = await houses.called(self.desk.session, unit.id or 0, label)
        if house and any(one.house.id == house.id and written_otherwise(house.label, label) for one, _ in self.logged):
            raise Alike

    async def _log(self, draft: drafts.Draft, unit: Unit, source: str, *, is_cut: bool) -> visits.Logged:
        desk = self.desk
        before = await self._cut_through(draft.house) if is_cut else None
        if before:
            return await visits.correct(
                desk.session, desk.plan, desk.me, before, draft.said(), now=desk.now, source=source
            )
        return await visits.log(
            desk.session, desk.plan, desk.me, unit, draft.said(), now=desk.now, source=source, said_in=desk.said_in
        )

    async def _cut_through(self, label: str) -> visits.Logged | None:
        """What the part before logged of the line that the messenger cut through, to be said whole."""
        if not self.cut:
            return None
        found = await recent.listed_by(self.desk.session, self.desk.me, self.cut["source"], self.desk.now)
        return next((one for one in found if houses.is_called(one.house, label)), None)

    def _note(self, draft: drafts.Draft, unit: Unit, one: visits.Logged) -> None:
        if draft.no_such_day:
            self.days_off.append(visiting.no_such_day(one.house.label, draft.no_such_day))
        if one.again:
            self.again.append(one.house.label)
            return
        self.logged.append((one, unit))
        if draft.phone:
            self.with_phone.append(one)

    async def _write_totals(self) -> None:
        """Units' own figures among the houses: what is told of those kept, and the lines that were not, with why."""
        desk = self.desk
        for number, day in ((total.line_no, total.day) for total in self.batch.totals):
            try:
                kept = await totals.kept_of_list(
                    desk.session, desk.me, desk.plan, self.line(number), today=desk.today, now=desk.now,
                    source=f"{desk.source}.t{number}", day=day,
                )  # fmt: skip
            except Refusal as refusal:
                why = "total" if isinstance(refusal, NotAllowed) else type(refusal).__name__
                self.refused.append((number, "", why))
            else:
                self.told += [kept] if kept else []
                self.refused += [] if kept else [(number, "", "Unclear")]

    def line(self, number: int) -> str:
        return self.lines[number - 1].strip() if 0 < number <= len(self.lines) else ""

    @property
    def said_back(self) -> list[tuple[int, str, str]]:
        """What was not written, in order: the line's number, its words, why."""
        told = ((number, said or self.line(number), why) for number, said, why in sorted(self.refused))
        return list(dict.fromkeys(told))

    async def in_words(self, talk: list[str]) -> str:
        """All of it, as the person reads it."""
        desk, new = self.desk, [one for one, _ in self.logged]
        visits_made = [(one.visit, one.house.label, unit) for one, unit in self.logged]
        more, _taps = await doubles.beside(
            desk.session, desk.plan, desk.me, new, self.with_phone, now=desk.now, today=desk.today, source=desk.source,
            near=self.near,
        )  # fmt: skip
        saved = texts.list_saved(desk.plan, visits_made, self.said_back, self.again, talk, today=desk.today)
        return "\n".join([*self.told, *filter(None, [saved]), *self.days_off[: texts.MOST_SAID_BACK]]) + more


def _why(refusal: Refusal, draft: drafts.Draft) -> str:
    if isinstance(refusal, Unclear) and not (draft.house and draft.outcome):
        return "no_outcome" if draft.house else "no_house"
    if isinstance(refusal, UnknownUnit) and refusal.name:
        return f"unit:{refusal.name}"
    return type(refusal).__name__
