"""What somebody wishes mended, read from their words: which house, what of it, what it is called from now on."""

from dataclasses import dataclass, replace

from handlers import changes, drafts
from handlers.desk import Desk
from rules.entry import Entry
from rules.sheet_row import read_row
from rules.slips import named, people_changed, renamed, renumbered, without
from rules.spelling import title_name
from storage.tables import Unit

_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to change, what the house is to be called ("" to leave it), and to which unit it goes (None: stays).

    `without` is what residents offered and is to be taken off: "phone", "name" or "".
    """

    entry: Entry
    house: str = ""
    unit: Unit | None = None
    without: str = ""

    @property
    def says_something(self) -> bool:
        """Whether more is said than which house."""
        return bool(self.house or self.without) or changes.says_something(self.entry)

    @property
    def is_clear(self) -> bool:
        """Whether it may be done unasked."""
        told = self.entry
        return changes.is_clear(told) or (bool(self.house or self.without) and (told.sure or not told.outcome))

    def turned(self) -> "Wish":
        """The other way about: "nhầm 15 thành 16" of one who wrote 16 where it was 15."""
        return replace(self, entry=replace(self.entry, house=self.house), house=self.entry.house or "")


def read_wish(said: str, desk: Desk) -> Wish | None:
    if names := renamed(said):
        old, new = (drafts.from_line(name, desk.plan, desk.today, expected=True) for name in names)
        if old and new and old.house and new.house:
            told = changes.read_change(names[1], desk.plan, desk.today) or Entry()
            return Wish(replace(told, house=old.house), new.house)
    if numbers := renumbered(said):
        return Wish(Entry(house=numbers[0]), numbers[1])
    if taken := without(said):
        return _without(*taken, desk)
    if counted := people_changed(said):
        return Wish(Entry(installs=counted[1], sure=True))
    entry = changes.read_change(said, desk.plan, desk.today) or read_row(said, desk.plan, desk.today)
    if entry is None and (called := named(said)):
        return _named(*called, desk)
    return Wish(entry) if entry else None


def _named(where: str, name: str, desk: Desk) -> Wish | None:
    """The house by what it is called, its head by a name and nothing else."""
    draft = drafts.from_line(where, desk.plan, desk.today, expected=True)
    words = name.split()
    is_name = 1 <= len(words) <= _MOST_WORDS and all(word.isalpha() for word in words)
    return (
        Wish(Entry(house=draft.house, name=title_name(name), sure=True)) if draft and draft.house and is_name else None
    )


def _without(where: str, what: str, desk: Desk) -> Wish | None:
    """What is said of the house beside it counts as well: "nhà 12 vắng, không có sđt"."""
    if not where:
        return Wish(Entry(), without=what)
    draft = drafts.from_line(where, desk.plan, desk.today, expected=True)
    if draft is None or not draft.house:
        return None
    entry = changes.read_change(where, desk.plan, desk.today)
    named = entry if entry and entry.house else Entry(house=draft.house, unit=draft.unit or None)
    return Wish(named, without=what)
