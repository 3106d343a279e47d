"""What a paper is asked for with: which form, for which unit, by whom and when; and what cannot be made."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from storage.tables import Unit

Form = Literal["phu-luc-01", "danh-sach", "register"]
Kind = Literal["docx", "xlsx"]
FORMS: tuple[Form, ...] = get_args(Form)
NAMES: frozenset[Form] = frozenset(("danh-sach", "register"))  # forms that name residents
CONTENT_TYPES: dict[Kind, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Order:
    """One paper to make. `who` goes into the file's properties; `day` is the last one counted."""

    form: Form
    kind: Kind
    unit: Unit
    day: date
    now: datetime
    who: str


@dataclass
class TooLongForWord(Exception):
    """A list of so many rows is made in Excel."""

    most: int


class NotInWord(Exception):
    """The register is made in Excel only."""
