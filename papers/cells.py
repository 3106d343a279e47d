"""What people typed, made safe for a paper: one composed line that no Word, Excel or template stumbles over."""

from rules.spelling import clean


def cell(text: object) -> str:
    """The text as people see it (NFC, no control characters, no half characters), whole, however long."""
    return clean(str(text), most=1_000_000)
