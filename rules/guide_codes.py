"""Codes of residents' guides: eight characters of Crockford base32 (40 bits), and the page each one opens."""

import re
import secrets

from rules.codes import ALPHABET
from rules.spelling import clean

LENGTH = 8
START = "g_"  # before the code in a messenger's start link, so that it is never taken for an invitation
_LOOKALIKES = str.maketrans("OIL", "011")
_SEPARATORS = re.compile(r"[\s\-.–]+")
_MOST_TYPED = 32


def new_guide_code() -> str:
    """A fresh code with letters and digits in it, so that it is neither a word nor a phone number."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if not code.isalpha() and not code.isdecimal():
            return code


def read_guide_code(text: str) -> str | None:
    """The code someone typed or a link carries ("7k2m-9qx4", O for 0), or None when this cannot be one."""
    if len(text) > _MOST_TYPED:
        return None
    code = _SEPARATORS.sub("", clean(text, most=_MOST_TYPED)).upper().translate(_LOOKALIKES)
    is_code = len(code) == LENGTH and all(letter in ALPHABET for letter in code)
    return code if is_code and not code.isalpha() and not code.isdecimal() else None


def shown(code: str) -> str:
    """As people read it to each other: "7K2M-9QX4"."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def page_link(public_url: str, code: str) -> str:
    """The address of the guide's page, as people read it."""
    return f"{public_url}/g/{code}"


def scan_link(public_url: str, code: str) -> str:
    """The same page as a QR code says it: in capitals, so that the code has fewer and larger squares.

    Capitals take 5.5 bits in a QR code, other letters 8 (ISO/IEC 18004, 7.4.4); a host's name is the same in both
    (RFC 3986, 6.2.2.1). The scheme stays small, for scanners that look for "https"; so does an address with a path.
    """
    scheme, _, host = public_url.partition("://")
    return page_link(public_url, code) if "/" in host else f"{scheme}://{host.upper()}/G/{code}"
