"""Invitation codes: ten characters of Crockford base32 (50 bits), forgiving to eyes and thumbs."""

import re
import secrets

from rules.spelling import clean

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
_LOOKALIKES = str.maketrans("OIL", "011")
_SEPARATORS = re.compile(r"[\s\-.–]+")


def new_code() -> str:
    """A fresh code with both letters and digits, so that typed in small letters it is no word and no phone number."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if not code.isalpha() and not code.isdecimal():
            return code


def read_code(text: str) -> str | None:
    """The code someone typed ("7k2m9-qx4tb", O for 0, I or l for 1), or None when this is no code at all.

    A word of ten plain letters is taken for talk, not for a wrong code: a code has a digit or was typed in capitals.
    """
    typed = _SEPARATORS.sub("", clean(text, most=64))
    code = typed.upper().translate(_LOOKALIKES)
    if len(code) != LENGTH or any(letter not in ALPHABET for letter in code):
        return None
    looks_meant = typed.isupper() or any(letter.isdigit() for letter in typed)
    return code if looks_meant else None
