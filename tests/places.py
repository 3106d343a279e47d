"""Where a test's database lies."""

import os
import shutil


def in_memory() -> str | None:
    """A folder in memory, where kills and locks are as on a disk and a commit costs a thirtieth.

    None where there is none, or no gigabyte of room: then the usual folder for temporary files will do.
    """
    place = "/dev/shm"
    return place if os.access(place, os.W_OK) and shutil.disk_usage(place).free > 1 << 30 else None
