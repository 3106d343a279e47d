"""Logs that carry no token, no phone and no message text, at any level."""

import logging
import re
import sys
import warnings
from types import TracebackType
from typing import Any

_TOKEN = re.compile(r"\d{6,12}:[A-Za-z0-9_-]{20,}")
_PHONE = re.compile(r"(?<![\d:])(?:\+?84|0)[\d .-]{8,12}\d(?!\d)")
# Libraries that write whole requests or updates into the log: heard only when they complain.
_TALKATIVE = ("httpx", "httpcore", "aiogram", "telegram", "aiohttp", "apscheduler", "sqlalchemy", "aiosqlite",
              "asyncio", "PIL", "alembic")  # fmt: skip


class Discreet(logging.Formatter):
    """Formats a record, traceback included, and blanks whatever looks like a token or a phone number."""

    def format(self, record: logging.LogRecord) -> str:
        return _PHONE.sub("<phone>", _TOKEN.sub("<token>", super().format(record)))

    def formatException(self, info: Any) -> str:
        """Where it broke and which kind of error; never its message, which may quote what a person typed."""
        trace: TracebackType | None = info[2]
        frames = []
        while trace:
            code = trace.tb_frame.f_code
            frames.append(f"  {code.co_filename}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        return "\n".join([*frames, f"  {info[0].__name__}"])


def quiet_down(level: str) -> None:
    """Set up logging for the whole process."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    warnings.filterwarnings("ignore", message="Detected unknown update type")  # it carries the whole update
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL if name in ("aiogram", "telegram") else logging.WARNING)
