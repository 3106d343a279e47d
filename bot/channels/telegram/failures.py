"""What Telegram's refusals mean for a message, the same for both libraries."""

import re

from bot.channels import SendFailure

_GONE = re.compile(
    r"blocked by the user|user is deactivated|bot was kicked|can't initiate|chat not found|not a member", re.I
)
_HARMLESS = re.compile(r"message is not modified|query is too old|query ID is invalid", re.I)
_CANNOT_EDIT = re.compile(
    r"message to edit not found|message can't be edited|no text in the message to edit|MESSAGE_ID_INVALID", re.I
)
_BAD_FILE_ID = re.compile(r"wrong file identifier|wrong remote file|file_id doesn't match|FILE_REFERENCE", re.I)
PASSING = 1.0


def is_harmless(text: str) -> bool:
    """The wanted state is there already, or a tap is too old to matter."""
    return bool(_HARMLESS.search(text))


def cannot_edit(text: str) -> bool:
    return bool(_CANNOT_EDIT.search(text))


def bad_file_id(text: str) -> bool:
    return bool(_BAD_FILE_ID.search(text))


def refused(code: int, text: str, *, retry_after: float | None = None, moved_to: int | None = None) -> SendFailure:
    """The failure behind an answer with `ok: false` (or none at all: code 0)."""
    why = f"{code} {_without_names(text)}"
    if moved_to:
        return SendFailure(why, retry_after=0.0, moved_to=str(moved_to))
    if code == 429:
        return SendFailure(why, retry_after=float(retry_after or PASSING))
    if code == 401:
        return SendFailure(why, retry_after=60.0, stop=True)
    if code == 403 or (code == 400 and _GONE.search(text)):
        return SendFailure(why, gone=True)
    if code in (0, 408, 409) or code >= 500:
        return SendFailure(why, retry_after=PASSING)
    return SendFailure(why)


def _without_names(text: str) -> str:
    """Telegram's own words, cut short, without anything that looks like an address or a number of ours."""
    return re.sub(r"https?://\S+|\d{6,}", "…", text)[:120]
