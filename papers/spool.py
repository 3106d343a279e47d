"""Where the rows of a long sheet wait until it is whole: in memory and on no disk, for they are names."""

import os
from pathlib import Path
from shutil import disk_usage

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - Linux keeps it in memory
ROOM = 256 * 1024 * 1024  # bytes; 100,000 rows take a fifth of it


def spool(*, long: bool) -> dict[str, object]:
    """XlsxWriter's options: a short sheet is held whole, of a `long` one each row goes out before the next comes.

    Where there is no folder in memory, or it is too small, they wait in the system's folder for passing files.
    """
    if not long:
        return {"constant_memory": False, "in_memory": True}
    has_room = IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK) and disk_usage(IN_MEMORY).free > ROOM
    return {"constant_memory": True, "in_memory": False, "tmpdir": str(IN_MEMORY) if has_room else None}
