"""QR codes that a cheap phone reads from a dim screen: quiet zone 4, correction M."""

from functools import lru_cache

from PIL import Image
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4  # modules of clear ground on each side (ISO/IEC 18004)
MASK = 4  # any mask decodes; trying all eight costs four times as long


@lru_cache(maxsize=64)
def matrix(link: str) -> Image.Image:
    """The code for `link`, one pixel a module, quiet zone included, 0 dark and 255 light.

    Raises ValueError when the link is longer than a QR code holds (2,331 bytes at correction M).
    """
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET, mask_pattern=MASK)
    code.add_data(link)
    code.make(fit=True)
    rows = code.get_matrix()
    return Image.frombytes("L", (len(rows), len(rows)), bytes(0 if dark else 255 for row in rows for dark in row))


def module(link: str, side: int) -> int:
    """How many whole pixels a module of this link's code gets in a square of `side` pixels."""
    return side // matrix(link).width


@lru_cache(maxsize=16)
def picture(link: str, side: int, dark: int, light: int) -> Image.Image:
    """The code as large as whole pixels allow within `side`, in the two given greys."""
    modules = matrix(link)
    size = modules.width * module(link, side)
    return modules.point([dark] * 128 + [light] * 128).resize((size, size), Image.Resampling.NEAREST)
