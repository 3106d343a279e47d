"""A campaign's plan as its công văn decides it: read from one TOML, checked, frozen."""

import tomllib
import unicodedata
from datetime import date, datetime, time
from pathlib import Path

from pydantic import Field

from rules.clock import at_vietnam
from rules.plan_faults import faults
from rules.plan_fields import ClockTime, Slug, Text
from rules.plan_open import open_fields
from rules.plan_parts import App, Deadline, Hours, Indicator, Notice, Outcome, Part, Place, Quota
from rules.toml_lines import line_of, lines_of, syntax_fault

__all__ = ["App", "Deadline", "Indicator", "Outcome", "Plan", "Quota", "UnreadablePlan", "load", "open_fields"]


class Plan(Part):
    """One campaign. Money, names of officers and their private numbers are not in it."""

    slug: Slug
    title: Text
    number: str = ""
    issued: str = ""
    legal_basis: tuple[Text, ...] = ()
    place: Place
    app: App
    time: Hours
    indicators: tuple[Indicator, ...] = Field(min_length=1)
    deadlines: tuple[Deadline, ...] = ()
    quotas: tuple[Quota, ...] = ()
    outcomes: tuple[Outcome, ...] = Field(min_length=2, max_length=8)
    notice: Notice

    def outcome(self, code: str) -> Outcome:
        """The outcome with this code. Raises KeyError when the plan has none."""
        for outcome in self.outcomes:
            if outcome.code == code:
                return outcome
        raise KeyError(code)

    @property
    def done_codes(self) -> frozenset[str]:
        return frozenset(outcome.code for outcome in self.outcomes if outcome.done)

    @property
    def left_out_codes(self) -> frozenset[str]:
        return frozenset(outcome.code for outcome in self.outcomes if outcome.leaves_out)

    @property
    def indicator(self) -> Indicator:
        """The indicator that chat figures speak of: the plan's first."""
        return self.indicators[0]

    def quota(self, slug: str) -> Quota | None:
        return next((quota for quota in self.quotas if quota.slug == slug), None)

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
    if found := faults(data, Plan):
        lines = lines_of(text)
        placed = sorted({(line_of(loc, lines), sentence) for loc, sentence in found})
        raise UnreadablePlan("\n".join(f"{path}:{line}: {sentence}" for line, sentence in placed))
    return Plan.model_validate(data)
