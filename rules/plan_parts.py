"""The tables of a campaign file, one class each; `rules.plan` puts them together."""

from datetime import date
from typing import Annotated, Literal
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt

from rules.plan_fields import (
    AppStorePage,
    Asks,
    ClockTime,
    Code,
    Counts,
    DeadlinePhrase,
    GooglePlayPage,
    Link,
    NoticeText,
    Readings,
    Slug,
    Text,
    Totals,
)


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Place(Part):
    name: Text
    short: Text
    authority: Text
    city: Text
    coordinator: Text
    unit_word: Text = "thôn"


class App(Part):
    name: Text
    hotline: str = ""
    hotline_note: str = ""
    video: Link = ""
    app_store: AppStorePage = ""
    google_play: GooglePlayPage = ""
    steps: tuple[Text, ...] = Field(min_length=1, max_length=5)

    def store_link(self, system: Literal["ios", "android"]) -> str:
        """The plan's own store page, or the store's search for the app's exact name while the plan leaves it open."""
        if system == "ios":
            return self.app_store or f"https://apps.apple.com/vn/search?term={quote(self.name)}"
        return self.google_play or f"https://play.google.com/store/search?q={quote(self.name)}&c=apps"


class Hours(Part):
    start: date
    digest_at: ClockTime = "17:00"
    quiet_from: ClockTime = "21:00"
    quiet_to: ClockTime = "06:30"
    remind_days_before: tuple[Annotated[StrictInt, Field(ge=0, le=60)], ...] = (7, 3, 1, 0)
    remind_at: ClockTime = "08:00"
    readings: Readings = ()

    def is_quiet(self, hour: ClockTime) -> bool:
        """Whether nothing is sent unprompted at this hour; the quiet may run past midnight."""
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= hour < self.quiet_to
        return hour >= self.quiet_from or hour < self.quiet_to


class Indicator(Part):
    slug: Slug
    sentence: Text
    counts: Counts
    out_of: Totals
    target_percent: StrictInt = Field(default=100, ge=1, le=100)
    readings: Readings = ()


class Deadline(Part):
    slug: Slug
    says: DeadlinePhrase
    binds: Text
    what: Text
    indicator: str = ""
    readings: Readings = ()


class Quota(Part):
    slug: Slug
    who: Text
    least: StrictInt = Field(ge=1)
    counts: Counts = "household"
    sentence: str = ""
    readings: Readings = ()


class Outcome(Part):
    code: Code
    label: Text = Field(max_length=30)
    said: Text
    done: StrictBool = False
    leaves_out: StrictBool = False
    asks: Asks = ""


class Notice(Part):
    version: Text
    text: NoticeText
    retention_days: StrictInt = Field(default=90, ge=1)
    readings: Readings = ()
