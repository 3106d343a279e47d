"""Misbehaviour on demand: the faults a test orders for the next calls, or for a share of them."""

import random
from dataclasses import dataclass, field
from typing import ClassVar, Generic, Literal, TypeVar, get_args

Misbehaviour = Literal["429", "401", "500", "502_before", "502_after", "hang", "hang_after", "cut_before", "cut_after"]


@dataclass(slots=True)
class Fault:
    """What goes wrong with calls of `method` ("*": any but getUpdates, "**": any at all).

    `times` calls of it, or without end; each with probability `share` drawn from `seed`; only to `chat_id` if given.
    `retry_after` is for 429, `seconds` for a hang. `struck` counts how often it happened. One whose name ends in
    "_after" strikes when the call has had its effect.
    """

    kinds: ClassVar[tuple[str, ...]] = get_args(Misbehaviour)

    method: str
    what: str
    times: int | None = None
    share: float = 1.0
    seed: int = 0
    retry_after: int = 1
    seconds: float = 1.0
    chat_id: int | str | None = None
    struck: int = 0
    _dice: random.Random = field(init=False)

    def __post_init__(self) -> None:
        if self.what not in self.kinds:
            raise ValueError(f"unknown misbehaviour {self.what!r}; one of {', '.join(self.kinds)}")
        self._dice = random.Random(self.seed)

    @property
    def before(self) -> bool:
        """Whether it strikes before the call has any effect."""
        return not self.what.endswith("_after")

    def strikes(self, method: str, chat: str) -> bool:
        if self.times is not None and self.struck >= self.times:
            return False
        if not self._meant(method.lower()) or (self.chat_id is not None and chat != str(self.chat_id)):
            return False
        if self.share < 1.0 and self._dice.random() >= self.share:
            return False
        self.struck += 1
        return True

    def _meant(self, method: str) -> bool:
        if self.method == "*":
            return method != "getupdates"
        return self.method == "**" or self.method.lower() == method


AnyFault = TypeVar("AnyFault", bound=Fault)


class Faults(Generic[AnyFault]):
    """The faults in force; the first that strikes is the one that happens."""

    def __init__(self) -> None:
        self._ordered: list[AnyFault] = []

    def order(self, fault: AnyFault) -> AnyFault:
        self._ordered.append(fault)
        return fault

    def striking(self, method: str, chat: str) -> AnyFault | None:
        return next((fault for fault in self._ordered if fault.strikes(method, chat)), None)

    def lift(self, fault: AnyFault | None = None) -> None:
        """Ends one fault, or all of them."""
        self._ordered = [other for other in self._ordered if fault is not None and other is not fault]
