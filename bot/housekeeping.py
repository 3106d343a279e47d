"""What is done every hour so that nothing is kept longer than it helps."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial

from rules.clock import Clock, day_in_vietnam
from rules.deadlines import span_of
from rules.plan import Plan
from storage import consents, handouts, inbox, outbox, received, retention, unread
from storage.database import Database

KEEP_RAW = timedelta(days=7)  # personal data: long enough to look into a complaint
KEEP_PROOF = timedelta(days=731)  # of agreements: two years, longer than anybody may still ask for them
_FAR = date(9000, 1, 1)  # a plan without an end forgets nobody by itself
KEEP_ROWS = timedelta(days=30)  # longer than any messenger repeats an update


async def tidy(database: Database, clock: Clock, plans: Iterable[Plan] = ()) -> None:
    """Blank old raw updates, drop old rows, and forget the residents of a plan whose time to remember is over."""
    now = clock.now()
    await database.write(lambda session: inbox.forget(session, raw_before=now - KEEP_RAW, rows_before=now - KEEP_ROWS))
    await database.write(lambda session: outbox.forget_before(session, now - KEEP_ROWS))
    await database.write(
        lambda session: unread.forget(session, strangers_before=now - KEEP_RAW, all_before=now - KEEP_ROWS)
    )
    await database.write(lambda session: handouts.forget_over(session, now))
    await database.write(lambda session: received.forget_over(session, now))
    await database.write(lambda session: consents.forget_before(session, now - KEEP_PROOF))
    for plan in plans:
        if day_in_vietnam(now) > forget_after(plan):
            await database.write(partial(retention.forget_residents, campaign=plan.slug, now=now))
            await database.write(partial(consents.forget_before, moment=now - KEEP_PROOF, campaign=plan.slug))


def forget_after(plan: Plan) -> date:
    """The last day a plan's residents are remembered: its last deadline and the days its notice names."""
    ends = [span.last_day for span in (span_of(plan, one) for one in plan.deadlines) if span.has_end]
    return max(ends, default=_FAR) + timedelta(days=plan.notice.retention_days)
