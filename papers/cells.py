"""What people typed and what plans say, made safe for a paper: nothing that Word, Excel or a template stumbles over."""

import re
import unicodedata

from rules.spelling import clean

# Controls (a line break aside), what is unseen or turns the writing about, half characters, private ones, none at all.
_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff"
    "\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff]"
)


def cell(text: object) -> str:
    """The text as people see it on one line (NFC, no control characters, no half characters), however long."""
    return clean(str(text), most=1_000_000)


def printable(text: str) -> str:
    """The text as it is laid out, its blanks and line breaks kept, without what no paper can hold; NFC."""
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text))
