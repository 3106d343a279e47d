"""What is done every hour so that nothing is kept longer than it helps."""

from datetime import timedelta

from rules.clock import Clock
from storage import inbox, outbox, unread
from storage.database import Database

KEEP_RAW = timedelta(days=7)  # personal data: long enough to look into a complaint
KEEP_ROWS = timedelta(days=30)  # longer than any messenger repeats an update


async def tidy(database: Database, clock: Clock) -> None:
    """Blank old raw updates, drop old rows."""
    now = clock.now()
    await database.write(lambda session: inbox.forget(session, raw_before=now - KEEP_RAW, rows_before=now - KEEP_ROWS))
    await database.write(lambda session: outbox.forget_before(session, now - KEEP_ROWS))
    await database.write(
        lambda session: unread.forget(session, strangers_before=now - KEEP_RAW, all_before=now - KEEP_ROWS)
    )
