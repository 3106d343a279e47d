"""Which bots there are, as the settings and the plans name them: each token a station, with the plans it serves."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from bot.settings import BadSettings, Settings
from rules.plan import Plan
from storage.tables import ServingBot
from texts import bots as words

PLATFORMS = ("telegram", "zalo")


@dataclass(frozen=True, slots=True)
class Station:
    """One bot. `setting` is the variable that holds its token, `link` what opens it as the settings say ("": unsaid).

    `campaigns` are the slugs of the plans it serves; the first one speaks to strangers.
    """

    platform: str
    token: str = field(repr=False)
    setting: str
    link: str = ""
    campaigns: tuple[str, ...] = ()
    place: int = 0

    @property
    def bot_id(self) -> str:
        return self.token.partition(":")[0]

    @property
    def key(self) -> str:
        return f"{self.platform}:{self.bot_id}"

    def webhook_path(self) -> str:
        """Each messenger's first bot has the plain path, every other one the path with its id behind."""
        return f"/{self.platform}/webhook" + (f"/{self.bot_id}" if self.place else "")

    def row(self, settings: Settings) -> ServingBot:
        """As it is kept for invitations."""
        on_zalo = self.platform == "zalo"
        return ServingBot(
            key=self.key,
            platform=self.platform,
            place=self.place,
            campaigns=" ".join(self.campaigns),
            link=(self.link or f"https://bot.zaloplatforms.com/bots/{self.bot_id}") if on_zalo else "",
            most=settings.allowance.people if on_zalo else None,
        )


def variable_of(plan: Plan, platform: str) -> str:
    """The variable that holds the token(s) of a plan's own bots, else the one that all share."""
    own = plan.bots.telegram if platform == "telegram" else plan.bots.zalo
    return own or f"{platform.upper()}_TOKEN"


def stations(settings: Settings, plans: Iterable[Plan]) -> list[Station]:
    """Every bot that serves a plan, Telegram's first, each token once. Raises BadSettings for what cannot be meant."""
    known = list(plans)
    return [station for platform in PLATFORMS for station in _placed(_named(settings, known, platform))]


def _named(settings: Settings, plans: list[Plan], platform: str) -> Iterator[Station]:
    for variable in dict.fromkeys(variable_of(plan, platform) for plan in plans):
        mine = [plan for plan in plans if variable_of(plan, platform) == variable]
        tokens = listed(settings.variable(variable)) if platform == "zalo" else _one(settings.variable(variable))
        links = _links(settings, mine, platform, variable, len(tokens))
        slugs = tuple(plan.slug for plan in mine)
        if len(set(tokens)) < len(tokens):
            raise BadSettings(words.same_token_twice(variable))
        for token, link in zip(tokens, links, strict=True):
            yield Station(platform, token, variable, link, slugs)


def listed(value: str) -> list[str]:
    """The parts of a value that may hold several, separated by commas."""
    return [part.strip() for part in value.split(",") if part.strip()]


def _one(value: str) -> list[str]:
    return [value] if value else []


def _links(settings: Settings, plans: list[Plan], platform: str, variable: str, tokens: int) -> list[str]:
    """As many links as tokens; where none is given, each bot's is learnt."""
    if platform != "zalo" or not tokens:
        return [""] * tokens
    shared = variable == "ZALO_TOKEN"
    holder = "ZALO_BOT_LINK" if shared else next((plan.bots.zalo_link for plan in plans if plan.bots.zalo_link), "")
    links = listed(settings.variable(holder)) if holder else []
    if links and len(links) != tokens:
        raise BadSettings(words.links_and_tokens(holder, len(links), variable, tokens))
    return links or [""] * tokens


def _placed(found: Iterable[Station]) -> list[Station]:
    """A token that two variables hold is one bot: it serves the plans of both."""
    merged: dict[str, Station] = {}
    for station in found:
        before = merged.get(station.key)
        if before and before.token != station.token:
            raise BadSettings(words.same_bot_two_tokens(before.setting, station.setting))
        campaigns = (*(before.campaigns if before else ()), *station.campaigns)
        link = station.link or (before.link if before else "")
        merged[station.key] = replace(before or station, campaigns=campaigns, link=link)
    return [replace(station, place=number) for number, station in enumerate(merged.values())]
