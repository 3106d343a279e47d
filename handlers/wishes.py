"""What somebody wishes mended, read from their words: which house, what of it, what it is called from now on."""

from dataclasses import dataclass, replace

from handlers import changes, drafts
from handlers.desk import Desk
from rules.entry import Entry
from rules.slips import renamed
from storage.tables import Unit


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to change, what the house is to be called ("" to leave it), and to which unit it goes (None: stays)."""

    entry: Entry
    house: str = ""
    unit: Unit | None = None


def read_wish(said: str, desk: Desk) -> Wish | None:
    if names := renamed(said):
        old, new = (drafts.from_line(name, desk.plan, desk.today, expected=True) for name in names)
        if old and new and old.house and new.house:
            told = changes.read_change(names[1], desk.plan, desk.today) or Entry()
            return Wish(replace(told, house=old.house), new.house)
    entry = changes.read_change(said, desk.plan, desk.today)
    return Wish(entry) if entry else None
