"""The bench's rival without sniffio: the package is really looked for and not found, everything else is as it was."""

import importlib.util
import subprocess
import sys

from bench.contenders import PTB, PTB_SNIFFIO

_ASKS = """
from bench.rivals.absent import pretend_absent
import sniffio
pretend_absent("sniffio")
import httpx
from httpcore._synchronization import current_async_library
try:
    import sniffio
except ModuleNotFoundError:
    print("absent", current_async_library())
"""


def test_what_is_absent_is_not_found_and_the_library_works_without():
    assert importlib.util.find_spec("sniffio"), "it is installed here"
    said = subprocess.run([sys.executable, "-c", _ASKS], capture_output=True, text=True, check=True).stdout
    assert said == "absent asyncio\n"


def test_both_rivals_are_told_apart():
    assert PTB.name != PTB_SNIFFIO.name
    assert PTB.prepare.keywords == {"options": ("--without-sniffio",)}
    assert PTB_SNIFFIO.prepare.keywords == {}
