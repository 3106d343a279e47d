"""What Zalo's refusals mean for a message on its way."""

from bot.channels import SendFailure
from bot.channels.zalo.client import NoSuchChat, Passing, QuotaUsed, Unsure, WrongToken, ZaloError

SOON, LATER, STOPPED = 1.0, 60.0, 3600.0


def failure(error: ZaloError) -> SendFailure:
    """Whether to try again, and when. What may have arrived already (`Unsure`) was tried twice: it is let go."""
    why = f"{error.code} {error.why}"
    match error:
        case WrongToken():
            return SendFailure(why, retry_after=LATER, stop=True)
        case NoSuchChat():
            return SendFailure(why, gone=True)
        case QuotaUsed():
            return SendFailure(why, retry_after=LATER)
        case Passing():
            return SendFailure(why, retry_after=SOON)
        case Unsure():
            return SendFailure(f"{why} (perhaps delivered)")
        case _:
            return SendFailure(why)
