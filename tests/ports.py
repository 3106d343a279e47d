"""Ports for programs that are started with one: free now, and given to nobody else before it is taken."""

import os
import socket
from collections.abc import Iterator
from itertools import count
from pathlib import Path

_ASSIGNED = Path("/proc/sys/net/ipv4/ip_local_port_range")
_LOWEST, _USUAL, _STRIDE = 15_000, 32_768, 97
_FEWEST = 2_000  # fewer below those that the system assigns are no place to look for one


def free_port() -> int:
    """A port that nobody listens on. The system assigns it to no one who asks for just any, as ours and others do."""
    for port in _candidates:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise AssertionError("unreachable: there is always a next candidate")


def _ports() -> Iterator[int]:
    """Those below the system's own, each process (a worker of the suite, another suite) from elsewhere on."""
    room = _first_assigned() - _LOWEST
    for number in count(os.getpid() * _STRIDE):
        yield _LOWEST + number % room if room >= _FEWEST else 0


def _first_assigned() -> int:
    return int(_ASSIGNED.read_text().split()[0]) if _ASSIGNED.exists() else _USUAL


_candidates = _ports()
