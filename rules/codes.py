"""Invitation codes: ten characters of Crockford base32 (50 bits), forgiving to eyes and thumbs."""

import re
import secrets

from rules.spelling import clean

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
_LOOKALIKES = str.maketrans("OIL", "011")
_NOT_CAPITAL = re.compile("[loi]")  # small among capitals: 1, 0 and 1 as people copy them
_PLAIN_DIGITS = frozenset("23456789")
_SEPARATORS = re.compile(r"[\s\-.–]+")


def new_code() -> str:
    """A fresh code with letters and digits, so that typed in small letters it is no word and no phone number.

    One digit at least is none of 0 and 1, for which people type O and l.
    """
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if not code.isdecimal() and _PLAIN_DIGITS & set(code):
            return code


def read_code(text: str) -> str | None:
    """The code someone typed ("7k2m9-qx4tb", O for 0, I or l for 1), or None when this is no code at all.

    A word of ten plain letters is taken for talk, not for a wrong code: a code has a digit or was typed in capitals.
    """
    typed = _SEPARATORS.sub("", clean(text, most=64))
    code = typed.upper().translate(_LOOKALIKES)
    if len(code) != LENGTH or any(letter not in ALPHABET for letter in code):
        return None
    looks_meant = _NOT_CAPITAL.sub("", typed).isupper() or any(letter.isdigit() for letter in typed)
    return code if looks_meant else None
