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
    Colour,
    Counts,
    DeadlinePhrase,
    DutyCounts,
    Every,
    GooglePlayPage,
    InstallThrough,
    Link,
    NoticeText,
    Readings,
    ReportEvery,
    Slug,
    Stage,
    Text,
    Totals,
    Variable,
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
    reports_to: str = ""
    colours: tuple[Colour, Colour] = ("#B5121B", "#1F4E79")
    readings: Readings = ()


class App(Part):
    """`in_forms` is how the plan's own form calls the app, where that is not its name."""

    name: Text
    in_forms: str = ""
    hotline: str = ""
    hotline_note: str = ""
    video: Link = ""
    app_store: AppStorePage = ""
    google_play: GooglePlayPage = ""
    install_through: InstallThrough = "stores"
    steps: tuple[Text, ...] = Field(min_length=1, max_length=5)
    readings: Readings = ()

    @property
    def on_paper(self) -> str:
        return self.in_forms or self.name

    @property
    def sought(self) -> str:
        """What residents look for in a store: the app, or VNeID where the plan installs it inside VNeID."""
        return "VNeID" if self.install_through == "vneid" else self.name

    def store_link(self, system: Literal["ios", "android"]) -> str:
        """The plan's own store page, or the store's search for what is sought while the plan leaves it open."""
        if system == "ios":
            return self.app_store or f"https://apps.apple.com/vn/search?term={quote(self.sought)}"
        return self.google_play or f"https://play.google.com/store/search?q={quote(self.sought)}&c=apps"


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


class Bots(Part):
    """Which variables of the environment hold the tokens of this plan's own bots; "": it shares those of all.

    `zalo` may hold several tokens separated by commas, `zalo_link` as many links that open those bots.
    """

    telegram: Variable = ""
    zalo: Variable = ""
    zalo_link: Variable = ""


class Indicator(Part):
    """What counts as done, out of which total. Without a `stage` an outcome counts by its own `done`.

    `target` is a number of what is counted for the whole place ("150.000 người"), beside the share of each unit;
    `audience` is whose units it concerns (all, where it names none).
    """

    slug: Slug
    sentence: Text
    counts: Counts
    out_of: Totals
    stage: Stage = ""
    target_percent: StrictInt = Field(default=100, ge=1, le=100)
    target: StrictInt | None = Field(default=None, ge=1)
    leaves_out: tuple[Text, ...] = ()
    audience: str = ""
    readings: Readings = ()


class Audience(Part):
    """Whom a clause speaks to: sorts of units; with `named`, only those whose name has one of these words."""

    slug: Slug
    name: Text
    kinds: tuple[Text, ...] = Field(min_length=1)
    named: tuple[Text, ...] = ()
    readings: Readings = ()


class Deadline(Part):
    """`binds` is a sort of units, an audience's slug, "all", or "office"."""

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


class Duty(Part):
    """What units report that are not households: radio items, meetings, visitors guided, their staff.

    `who` are sorts of units (with `named`, only those with one of these words in their name), `word` is what people
    type for it, `least` how many make it done each `every` (0: no number is asked).
    """

    slug: Slug
    who: tuple[Text, ...] = Field(min_length=1)
    what: Text
    says: str = ""
    word: Text
    counts: DutyCounts
    least: StrictInt = Field(default=0, ge=0)
    every: Every = ""
    indicator: str = ""
    named: tuple[Text, ...] = ()
    readings: Readings = ()


class Report(Part):
    """A báo cáo that the plan orders: who makes it (sorts of units; "commune" is the office itself), to whom, when.

    `to` is empty where the plan names nobody; `through` is the office it goes by. `every` is how often, "" for one at
    the end or on demand, `deadline` the slug of the deadline it keeps. `copies` are Nơi nhận beside "Như trên",
    `signed` the lines over the signature where the plan itself is signed so (else the unit's head signs).
    """

    slug: Slug
    who: tuple[Text, ...] = Field(min_length=1)
    to: str = ""
    through: str = ""
    title: Text
    says: Text
    every: ReportEvery = ""
    deadline: str = ""
    copies: tuple[Text, ...] = ()
    signed: tuple[Text, ...] = ()
    readings: Readings = ()


class Police(Part):
    """What the plan wants of the police: `daily_counts` orders each day's accounts issued and installs as one line."""

    daily_counts: StrictBool = False
    readings: Readings = ()


class Outcome(Part):
    """What happened at a door. `stage` is how far the household has come; `hands_to` who takes it over from there."""

    code: Code
    label: Text = Field(max_length=30)
    said: Text
    done: StrictBool = False
    leaves_out: StrictBool = False
    stage: Stage = ""
    hands_to: Literal["", "police"] = ""
    asks: Asks = ""


class Notice(Part):
    version: Text
    text: NoticeText
    retention_days: StrictInt = Field(default=90, ge=1)
    readings: Readings = ()
