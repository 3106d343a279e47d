"""A campaign's plan as its công văn decides it: read from one TOML, checked, frozen."""

import tomllib
import unicodedata
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from rules.clock import at_vietnam
from rules.plan_faults import faults
from rules.plan_fields import STAGES, ClockTime, Form, Slug, Text, reaches
from rules.plan_open import open_fields
from rules.plan_parts import (
    App,
    Audience,
    Bots,
    Deadline,
    Duty,
    Hours,
    Indicator,
    Notice,
    Outcome,
    Part,
    Place,
    Police,
    Quota,
    Report,
)
from rules.spelling import fold
from rules.toml_lines import line_of, lines_of, syntax_fault

__all__ = [
    "App",
    "Audience",
    "Deadline",
    "Duty",
    "Indicator",
    "Outcome",
    "Plan",
    "Quota",
    "Report",
    "UnreadablePlan",
    "load",
    "open_fields",
]


class Plan(Part):
    """One campaign. Money, names of officers and their private numbers are not in it."""

    slug: Slug
    title: Text
    document: Literal["Công văn", "Kế hoạch"] = "Công văn"
    number: str = ""
    issued: str = ""
    legal_basis: tuple[Text, ...] = ()
    place: Place
    app: App
    time: Hours
    indicators: tuple[Indicator, ...] = Field(min_length=1)
    audiences: tuple[Audience, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    duties: tuple[Duty, ...] = ()
    quotas: tuple[Quota, ...] = ()
    outcomes: tuple[Outcome, ...] = Field(min_length=2, max_length=8)
    police: Police = Police()
    forms: tuple[Form, ...] = ()
    reports: tuple[Report, ...] = ()
    notice: Notice
    bots: Bots = Bots()
    readings: tuple[Text, ...] = ()

    def outcome(self, code: str) -> Outcome:
        """The outcome with this code. Raises KeyError when the plan has none."""
        for outcome in self.outcomes:
            if outcome.code == code:
                return outcome
        raise KeyError(code)

    @property
    def done_codes(self) -> frozenset[str]:
        return frozenset(outcome.code for outcome in self.outcomes if outcome.done)

    def codes_reaching(self, indicator: Indicator) -> frozenset[str]:
        """The outcomes that count for this indicator: by its stage, or where it names none by their own `done`."""
        if not indicator.stage:
            return self.done_codes
        return frozenset(outcome.code for outcome in self.outcomes if reaches(outcome.stage, indicator.stage))

    @property
    def handed_codes(self) -> frozenset[str]:
        """The outcomes with which a household goes to the police, to come back with a level-2 account."""
        return frozenset(outcome.code for outcome in self.outcomes if outcome.hands_to == "police")

    @property
    def left_out_codes(self) -> frozenset[str]:
        return frozenset(outcome.code for outcome in self.outcomes if outcome.leaves_out)

    @property
    def indicator(self) -> Indicator:
        """The indicator that chat figures speak of: the plan's first."""
        return self.indicators[0]

    def quota(self, slug: str) -> Quota | None:
        return next((quota for quota in self.quotas if quota.slug == slug), None)

    def duty(self, slug: str) -> Duty | None:
        return next((duty for duty in self.duties if duty.slug == slug), None)

    def duties_of(self, kind: str, name: str = "") -> list[Duty]:
        """What a unit of this kind and name is to report beside households, in the plan's order."""
        return [duty for duty in self.duties if _meant(duty.who, duty.named, kind, name)]

    def report_of(self, kind: str) -> Report | None:
        """The báo cáo that a unit of this kind is to make; None when the plan orders none of it."""
        return next((report for report in self.reports if kind in report.who), None)

    def audience(self, slug: str) -> Audience | None:
        return next((audience for audience in self.audiences if audience.slug == slug), None)

    def binds(self, deadline: Deadline, kind: str, name: str = "") -> bool:
        """Whether the deadline binds a unit of this kind and name."""
        if audience := self.audience(deadline.binds):
            return _meant(audience.kinds, audience.named, kind, name)
        return deadline.binds in ("all", kind)

    def is_reported(self, indicator: Indicator) -> bool:
        """Whether units tell this indicator's figures themselves; the others are counted house by house."""
        audience = self.audience(indicator.audience)
        return indicator.counts in ("staff", "visitor") or (audience is not None and "village" not in audience.kinds)

    def concerns(self, indicator: Indicator, kind: str, name: str = "") -> bool:
        """Whether the indicator is about units of this kind and name."""
        audience = self.audience(indicator.audience)
        return audience is None or _meant(audience.kinds, audience.named, kind, name)

    @property
    def notice_text(self) -> str:
        return self.notice.text.strip().format(
            authority=self.place.authority,
            app=self.app.name,
            retention=self.notice.retention_days,
            coordinator=self.place.coordinator,
        )

    def at(self, day: date, hour: ClockTime) -> datetime:
        return at_vietnam(day, time.fromisoformat(hour))


def _meant(kinds: tuple[str, ...], named: tuple[str, ...], kind: str, name: str) -> bool:
    return kind in kinds and (not named or any(fold(word) in fold(name) for word in named))


def _finish_by_stage(data: dict[str, Any]) -> None:
    """An outcome that says nothing of `done` is done when its stage reaches the first indicator's."""
    parts = [data.get(name) for name in ("indicators", "outcomes")]
    if not all(isinstance(part, list) and part and all(isinstance(one, dict) for one in part) for part in parts):
        return
    wanted = data["indicators"][0].get("stage")
    for outcome in data["outcomes"]:
        if wanted in STAGES and outcome.get("stage") in STAGES and reaches(outcome["stage"], wanted):
            outcome.setdefault("done", True)


class UnreadablePlan(Exception):
    """The plan cannot be used; the message says where and how to mend it, one fault a line."""


def load(path: Path) -> Plan:
    """Read and check one campaign file. Raises UnreadablePlan, each fault a line: file, line number, sentence."""
    try:
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8-sig"))
        data = tomllib.loads(text)
    except FileNotFoundError:
        raise UnreadablePlan(f"{path}: không có tệp này; xem lại CAMPAIGN trong .env") from None
    except UnicodeDecodeError:
        raise UnreadablePlan(f"{path}: không phải văn bản UTF-8; hãy lưu lại với bảng mã UTF-8") from None
    except OSError as error:
        raise UnreadablePlan(f"{path}: không mở được ({type(error).__name__}); xem quyền đọc của tệp") from None
    except tomllib.TOMLDecodeError as error:
        raise UnreadablePlan(f"{path}:{syntax_fault(text, str(error))}") from None
    _finish_by_stage(data)
    if found := faults(data, Plan):
        lines = lines_of(text)
        placed = sorted({(line_of(loc, lines), sentence) for loc, sentence in found})
        raise UnreadablePlan("\n".join(f"{path}:{line}: {sentence}" for line, sentence in placed))
    return Plan.model_validate(data)
