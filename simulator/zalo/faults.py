"""Misbehaviour on demand: what goes wrong with the next calls, or with a share of them."""

import random
from dataclasses import dataclass, field
from typing import Literal, get_args

ZaloMisbehaviour = Literal[
    "429", "401", "403", "408", "410", "500", "502_before", "502_after", "408_after", "hang", "hang_after",
    "cut_before", "cut_after",
]  # fmt: skip


@dataclass(slots=True)
class ZaloFault:
    """What goes wrong with calls of `method` ("*": any but getUpdates, "**": any at all).

    `times` calls of it, or without end; each with probability `share` drawn from `seed`; only to `chat_id` if given.
    `_after` strikes when the call has had its effect. `seconds` is how long a hang lasts. `struck` counts.
    """

    method: str
    what: ZaloMisbehaviour
    times: int | None = None
    share: float = 1.0
    seed: int = 0
    seconds: float = 1.0
    chat_id: str | None = None
    struck: int = 0
    _dice: random.Random = field(init=False)

    def __post_init__(self) -> None:
        if self.what not in get_args(ZaloMisbehaviour):
            raise ValueError(f"unknown misbehaviour {self.what!r}; one of {', '.join(get_args(ZaloMisbehaviour))}")
        self._dice = random.Random(self.seed)

    @property
    def before(self) -> bool:
        """Whether it strikes before the call has any effect."""
        return not self.what.endswith("_after")

    def strikes(self, method: str, chat: str) -> bool:
        if self.times is not None and self.struck >= self.times:
            return False
        if not self._meant(method) or (self.chat_id is not None and chat != self.chat_id):
            return False
        if self.share < 1.0 and self._dice.random() >= self.share:
            return False
        self.struck += 1
        return True

    def _meant(self, method: str) -> bool:
        return self.method == "**" or self.method == method or (self.method == "*" and method != "getUpdates")


class ZaloFaults:
    """The faults in force; the first that strikes is the one that happens."""

    def __init__(self) -> None:
        self._ordered: list[ZaloFault] = []

    def order(self, fault: ZaloFault) -> ZaloFault:
        self._ordered.append(fault)
        return fault

    def striking(self, method: str, chat: str) -> ZaloFault | None:
        return next((fault for fault in self._ordered if fault.strikes(method, chat)), None)

    def lift(self, fault: ZaloFault | None = None) -> None:
        """Ends one fault, or all of them."""
        self._ordered = [other for other in self._ordered if fault is not None and other is not fault]
