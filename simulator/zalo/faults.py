"""How a Zalo server misbehaves on demand."""

from dataclasses import dataclass
from typing import ClassVar, Literal, get_args

from simulator.faults import Fault

ZaloMisbehaviour = Literal[
    "429", "401", "403", "408", "410", "500", "502_before", "502_after", "408_after", "hang", "hang_after",
    "cut_before", "cut_after",
]  # fmt: skip


@dataclass(slots=True)
class ZaloFault(Fault):
    """As `simulator.faults.Fault`, with what a Zalo server does; its 429 names no time to wait."""

    kinds: ClassVar[tuple[str, ...]] = get_args(ZaloMisbehaviour)
