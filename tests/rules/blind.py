"""Lines written by people who had not seen the grammar, and how a record is held against what they meant.

A file `blind_N.tsv` keeps their eleven columns as written: kind, text, place, house, name, phone, outcome, people, day,
note, expect. Several houses are parted by ";". A label we dispute keeps its words, with "disputed" for what it expects.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from rules.entry import Entry, house_key, may_be_many, read_line, read_list
from rules.grammar.asked import read_asked
from rules.grammar.words import Line
from rules.plan import Plan
from rules.slips import slip_in
from rules.spelling import fold

HERE = Path(__file__).parent
TODAY = date(2026, 6, 18)  # a Thursday
_COLUMNS = ("kind", "text", "place", "house", "name", "phone", "outcome", "people", "day", "note", "expect")
_WEEKDAYS = ("t2", "t3", "t4", "t5", "t6", "t7", "cn")
_CALLED = frozenset("ong ba anh chi co chu bac cu di em chau nha o thim mo cau a b c gd ho so dong".split())  # noqa: SIM905
_DOORS = frozenset(["nha", "so", "ho", "sn", "can"])
_UNIT_KINDS = {"tdp": "to dan pho", "to dp": "to dan pho", "kdc": "khu dan cu", "kp": "khu pho"}
_SHORT_UNIT = re.compile(rf"\b(?:{'|'.join(_UNIT_KINDS)})\b")
_MOST_OF = 0.6  # of the words of a note must be kept: they are given approximately
Meant = dict[str, str]


def rows(path: Path) -> Iterator[Meant]:
    """The lines of a file, each with its columns by name."""
    with path.open(encoding="utf-8") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row and not row[0].startswith("#"):
                yield dict(zip(_COLUMNS, (cell.strip() for cell in row), strict=True))


def meant(row: Meant) -> list[Meant]:
    """What each house of the line is meant to be; nothing where nothing is to be saved."""
    many = max(len(_parts(row["house"])), len(_parts(row["outcome"])))
    if row["expect"] != "saved" or not row["outcome"]:
        return []
    split = {name: _shared(row[name], many, name) for name in _COLUMNS[2:10]}
    return [{name: cells[nth] for name, cells in split.items()} for nth in range(many)]


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";")] if cell else []


def _shared(cell: str, many: int, column: str) -> list[str]:
    parts = _parts(cell)
    if len(parts) == 1 and column not in ("name", "phone"):
        return parts * many
    return (parts + [""] * many)[:many]


def written(text: str, plan: Plan) -> list[Entry]:
    """The records a message would leave behind unasked, read the way the conversations read it."""
    said = text.replace("\\n", "\n").replace("\\t", "\t")
    slip = slip_in(said)
    said = said if slip is None else slip
    single = "\n" not in said.strip()
    if single and slip is None and read_asked(said):
        return []
    line = read_line(said, plan, TODAY) if single else None
    if line and line.sure:
        return [line]
    if not may_be_many(said):
        return []
    return [entry for _, entry in read_list(said, plan, TODAY).records if entry.sure and entry.house and entry.outcome]


def faults(entry: Entry, wanted: Meant) -> list[str]:
    """Every field in which the record differs from what was meant."""
    phone = entry.phone.digits if entry.phone else ""
    people = int(wanted["people"]) if wanted["people"].isdigit() else 1
    wrong = [] if entry.outcome == wanted["outcome"] else [f"outcome={entry.outcome}"]
    wrong += [] if _is_house(entry, wanted) else [f"house={entry.house!r} unit={entry.unit!r}"]
    wrong += [] if _is_name(entry, wanted) else [f"name={entry.name!r}"]
    wrong += [] if phone == re.sub(r"\D", "", wanted["phone"]) else [f"phone={phone}"]
    wrong += [] if (entry.installs or 1) == people else [f"people={entry.installs}"]
    wrong += [] if _is_when(entry, wanted) else [f"day={entry.day} {entry.come_back_on} {entry.come_back_at}"]
    return wrong + ([] if _keeps(entry, wanted["note"]) else [f"note={entry.note!r} reason={entry.reason!r}"])


def _words(*texts: str | None) -> list[str]:
    return sorted(word for text in texts if text for word in fold(text).split() if word not in _DOORS)


def _is_house(entry: Entry, wanted: Meant) -> bool:
    """Number, name and place may stand in the house or beside it, so long as all of them are there."""
    house, place, name = wanted["house"], _in_full(wanted["place"]), wanted["name"]
    unit = _in_full(entry.unit or "")
    if house_key(entry.house or "") == house_key(house) and unit == place:
        return True
    told = _words(entry.house, unit)
    return told in (_words(house, place), _words(house, place, name), _words(place, name)) or (
        bool(place) and told == _words(house)
    )


def _in_full(place: str) -> str:
    """A place as it is written in full: "tdp 6" is "tổ dân phố 6"."""
    return _SHORT_UNIT.sub(lambda kind: _UNIT_KINDS[kind[0]], fold(place))


def _is_name(entry: Entry, wanted: Meant) -> bool:
    got, name = _bare(entry.name or ""), _bare(wanted["name"])
    return (got == name or name in _bare(entry.house or "")) if name else got in _bare(wanted["house"])


def _bare(name: str) -> str:
    return " ".join(word for word in fold(name).split() if word not in _CALLED)


def _is_when(entry: Entry, wanted: Meant) -> bool:
    is_past = wanted["outcome"] != "come_back" and not entry.come_back_on
    day, coming, at = _when(wanted["day"], is_past=is_past)
    if coming:
        day = entry.day  # an appointment's label says nothing of the day of the visit
    hour = (entry.come_back_at or "") if (entry.come_back_at or "")[:1].isdigit() or at else ""
    return ((entry.day or TODAY), entry.come_back_on, hour) == ((day or TODAY), coming, at)


def _when(label: str, *, is_past: bool) -> tuple[date | None, date | None, str]:
    """The day of the visit, the day to come back and its hour: "-1", "17/06", "t7", "+t7 9h", "0 20h"."""
    ahead = label.startswith("+")
    said, _, hour = label.lstrip("+").partition(" ")
    found = re.fullmatch(r"(\d{1,2})h(\d\d)?", hour)
    at = f"{int(found[1]):02}:{found[2] or '00'}" if found else hour
    if not said:
        return None, None, ""
    if said in _WEEKDAYS:
        weekday = _WEEKDAYS.index(said)
        if is_past and not ahead:
            return TODAY - timedelta(days=(TODAY.weekday() - weekday) % 7), None, ""
        return None, TODAY + timedelta(days=(weekday - TODAY.weekday() - 1) % 7 + 1), at
    number, _, month = said.partition("/")
    day = date(TODAY.year, int(month), int(number)) if month else TODAY + timedelta(days=int(number))
    return (None, day, at) if (day >= TODAY and not is_past) or at else (day, None, "")


def _keeps(entry: Entry, note: str) -> bool:
    """Approximately, and whatever was shortened: "quên mk" keeps "quên mật khẩu"."""
    kept = _words(*(_written_out(text) for text in (entry.note, entry.reason, entry.house) if text))
    said = _words(_written_out(note))
    return sum(word in kept for word in said) >= _MOST_OF * len(said)


def _written_out(text: str) -> str:
    return re.sub(r"\bs[đd]t\b", "số điện thoại", Line(text).said)


@dataclass
class Tally:
    """What became of the lines of one kind."""

    carrying: int = 0
    written: int = 0
    right: int = 0
    from_talk: int = 0
    missed: list[str] = field(default_factory=list)

    def add(self, row: Meant, got: list[Entry]) -> None:
        """Hold what is written of one line against what was meant."""
        wanted = meant(row)
        self.carrying += len(wanted)
        self.written += len(got)
        self.from_talk += len(got) if row["expect"] == "none" else 0
        for entry in got:
            same = next((one for one in wanted if not faults(entry, one)), None)
            self.right += same is not None
            nearest = min((faults(entry, one) for one in wanted), key=len, default=[row["expect"]])
            self.missed += [] if same else [f"WRONG  {row['text']}  {nearest}"]
            wanted.remove(same) if same else None
        self.missed += [f"asked  {row['text']}"] if wanted and not got else []


def measured(path: Path, plan: Plan) -> dict[str, Tally]:
    """By kind and for ALL, without the lines whose label is disputed."""
    kinds: dict[str, Tally] = defaultdict(Tally)
    for row in rows(path):
        if row["expect"] != "disputed":
            got = written(row["text"], plan)
            kinds[row["kind"]].add(row, got)
            kinds["ALL"].add(row, got)
    return kinds
