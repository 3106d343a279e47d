"""What a paper is asked for with: which form, for which unit, by whom and when; and what cannot be made."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from storage.tables import Unit

Form = Literal["phu-luc-01", "danh-sach", "bao-cao", "register", "cong-an"]
Kind = Literal["docx", "xlsx"]
FORMS: tuple[Form, ...] = get_args(Form)
NAMES: frozenset[Form] = frozenset(("danh-sach", "register", "cong-an"))  # forms that name residents
EXCEL_ONLY: frozenset[Form] = frozenset(("register", "cong-an"))
WORD_ONLY: frozenset[Form] = frozenset(("bao-cao",))
POLICE: Form = "cong-an"  # the one paper of the police, and nobody else's in chat
CONTENT_TYPES: dict[Kind, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def kinds(form: Form) -> tuple[Kind, ...]:
    """What a form is made in; the first is what an office signs."""
    return ("xlsx",) if form in EXCEL_ONLY else ("docx",) if form in WORD_ONLY else get_args(Kind)


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
    """Lists that are worked with (the register, the one for the police) are made in Excel only."""


class NotInExcel(Exception):
    """A báo cáo is a letter: it is made in Word only."""


class NoReport(Exception):
    """The plan orders no báo cáo of this sort of unit."""
