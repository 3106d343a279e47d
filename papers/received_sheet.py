"""A sheet sent in chat: which list it is, what it says, and the same as JSON to be kept until it is agreed to."""

import zipfile
from dataclasses import asdict
from io import BytesIO
from typing import Any

from papers import house_sheet, unit_sheet
from papers.table import UnreadableSheet
from rules.alleys import Alley
from rules.spelling import fold
from storage.house_import import HouseLine
from storage.unit_import import Fault, UnitLine

HOUSEHOLDS, UNITS = "households", "units"
BIGGEST = 5 * 1024 * 1024  # bytes
MOST_LINES = 5000  # written down in one go; more would hold up everybody
_MOST_UNPACKED = 150 * 1024 * 1024  # bytes; a small file that unpacks to more is no list of houses
_SAYS_UNITS = "don vi"  # in the words a list of units is sent with


def read(file: BytesIO, caption: str) -> dict[str, Any]:
    """Households, or units where there is no column of a household or the words beside it say "đơn vị".

    Raises UnreadableSheet.
    """
    _check(file)
    if _SAYS_UNITS in fold(caption):
        return _units(file)
    try:
        return _households(file)
    except UnreadableSheet as fault:
        if fault.why != "no_header":
            raise
    return _units(file)


def _check(file: BytesIO) -> None:
    try:
        with zipfile.ZipFile(file) as packed:
            if sum(part.file_size for part in packed.infolist()) > _MOST_UNPACKED:
                raise UnreadableSheet("not_xlsx")
    except zipfile.BadZipFile:
        raise UnreadableSheet("not_xlsx") from None


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


def faults(content: dict[str, Any]) -> list[Fault]:
    """The lines that could not be used."""
    return [Fault(**fault) for fault in content["faults"]]
