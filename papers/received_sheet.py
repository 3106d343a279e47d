"""A sheet sent in chat: which list it is, what it says, and the same as JSON to be kept until it is agreed to."""

import zipfile
from dataclasses import asdict
from io import BytesIO
from typing import Any

from papers import house_sheet, register_sheet, unit_sheet
from papers.table import UnreadableSheet
from rules.alleys import Alley
from rules.spelling import fold
from storage.house_import import HouseLine
from storage.register_reading import RegisterLine
from storage.unit_import import Fault, UnitLine

HOUSEHOLDS, UNITS, REGISTER = "households", "units", "register"
BIGGEST = 5 * 1024 * 1024  # bytes
MOST_LINES = 5000  # written down in one go; more would hold up everybody
_MOST_UNPACKED = 150 * 1024 * 1024  # bytes; a small file that unpacks to more is no list of houses
_SAYS_UNITS = "don vi"  # in the words a list of units is sent with


def read(file: BytesIO, caption: str) -> dict[str, Any]:
    """Our own register where its marks are there; else households, or units where there is no column of a household or
    the words beside it say "đơn vị".

    Raises UnreadableSheet.
    """
    _check(file)
    kinds = [_units] if _SAYS_UNITS in fold(caption) else [_households, _units]
    for one in (_register, *kinds[:-1]):
        try:
            return one(file)
        except UnreadableSheet as fault:
            if fault.why != "no_header":
                raise
    return kinds[-1](file)


def _check(file: BytesIO) -> None:
    try:
        with zipfile.ZipFile(file) as packed:
            if sum(part.file_size for part in packed.infolist()) > _MOST_UNPACKED:
                raise UnreadableSheet("not_xlsx")
    except zipfile.BadZipFile:
        raise UnreadableSheet("not_xlsx") from None


def _register(file: BytesIO) -> dict[str, Any]:
    lines = [asdict(line) for line in register_sheet.read(file)]
    return {"list": REGISTER, "lines": lines, "faults": [], "passed_over": 0}


def _households(file: BytesIO) -> dict[str, Any]:
    sheet = house_sheet.read(file)
    faults = [asdict(fault) for fault in sheet.faults]
    lines = [asdict(line) for line in sheet.lines]
    return {"list": HOUSEHOLDS, "lines": lines, "faults": faults, "passed_over": sheet.passed_over}


def _units(file: BytesIO) -> dict[str, Any]:
    sheet = unit_sheet.read(file)
    faults = [asdict(fault) for fault in sheet.faults]
    return {"list": UNITS, "lines": [asdict(line) for line in sheet.lines], "faults": faults, "passed_over": sheet.sums}


def house_lines(content: dict[str, Any]) -> list[HouseLine]:
    """The households that were kept."""
    return [
        HouseLine(**line | {"alley": Alley(**line["alley"]) if line["alley"] else None}) for line in content["lines"]
    ]


def unit_lines(content: dict[str, Any]) -> list[UnitLine]:
    """The units that were kept."""
    return [UnitLine(**line) for line in content["lines"]]


def register_lines(content: dict[str, Any]) -> list[RegisterLine]:
    """The rows of an edited register that were kept."""
    return [RegisterLine(**line) for line in content["lines"]]


def faults(content: dict[str, Any]) -> list[Fault]:
    """The lines that could not be used."""
    return [Fault(**fault) for fault in content["faults"]]
