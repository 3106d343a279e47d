"""Which bots serve which campaign, and how full each is: kept at each start, asked when people are invited and come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import message_counts
from storage.tables import Chat, Invitation, Person, ServingBot

COUNTED = "zalo"  # the messenger that lets a bot serve so many people and no more


@dataclass(frozen=True, slots=True)
class Load:
    """How full a bot is: people who are there, and places kept for open invitations. `most` None: no limit."""

    people: int
    kept: int
    most: int | None

    @property
    def free(self) -> int | None:
        """Places nobody has and nobody is invited to; below 0 where more are invited than it serves."""
        return None if self.most is None else self.most - self.people - self.kept

    @property
    def is_full(self) -> bool:
        return self.most is not None and self.people >= self.most


@dataclass(frozen=True, slots=True)
class Ways:
    """How one gets to a campaign's bots: a Telegram bot's username, the link of a Zalo bot; "" where there is none."""

    username: str = ""
    zalo: str = ""


async def keep(session: AsyncSession, found: Sequence[ServingBot]) -> None:
    """These are the bots from now on. What a bot's server told us of it (its name, its own link) stays known."""
    known = {bot.key: bot for bot in await session.exec(select(ServingBot))}
    await session.exec(delete(ServingBot).where(col(ServingBot.key).not_in([bot.key for bot in found])))
    for bot in found:
        before = known.get(bot.key)
        if before:
            bot.name = bot.name or before.name
        await session.merge(bot)


async def learn(session: AsyncSession, bot_key: str, *, name: str = "", link: str = "") -> None:
    """What the bot's server says of it."""
    bot = await session.get(ServingBot, bot_key)
    if bot:
        bot.name, bot.link = name or bot.name, link or bot.link
        session.add(bot)


async def all_of(session: AsyncSession, platform: str) -> list[ServingBot]:
    """Every bot of a messenger that the settings name, in their order."""
    query = select(ServingBot).where(ServingBot.platform == platform)
    return list(await session.exec(query.order_by(col(ServingBot.place), col(ServingBot.key))))


async def joined_since(session: AsyncSession, bot_key: str, moment: datetime) -> int:
    """How many of those this bot serves now came since then."""
    query = select(func.count(func.distinct(Person.id))).join(Chat, col(Chat.person_id) == col(Person.id))
    came = (Chat.bot_key == bot_key, col(Person.left_at).is_(None), col(Person.joined_at) >= moment)
    return int((await session.exec(query.where(*came))).one())


async def by_key(session: AsyncSession, bot_key: str) -> ServingBot | None:
    return await session.get(ServingBot, bot_key)


async def of_campaign(session: AsyncSession, campaign: str, platform: str = "") -> list[ServingBot]:
    """The bots that serve a campaign, in the order of the settings."""
    query = select(ServingBot).order_by(col(ServingBot.platform), col(ServingBot.place), col(ServingBot.key))
    found = (await session.exec(query)).all()
    return [bot for bot in found if serves(bot, campaign) and platform in ("", bot.platform)]


def serves(bot: ServingBot, campaign: str) -> bool:
    return campaign in bot.campaigns.split()


async def load(session: AsyncSession, bot: ServingBot, now: datetime) -> Load:
    """How full this bot is now."""
    people = sum((await message_counts.people_of(session, bot.key)).values())
    is_open = (col(Invitation.used_at).is_(None), col(Invitation.expires_at) > now)
    kept = select(func.count()).select_from(Invitation).where(Invitation.bot_key == bot.key, *is_open)
    return Load(people, (await session.exec(kept)).one(), bot.most)


async def least_full(session: AsyncSession, campaign: str, now: datetime) -> tuple[ServingBot, Load] | None:
    """The campaign's Zalo bot with the most free places, the earliest of several; None where it has no Zalo bot."""
    bots = await of_campaign(session, campaign, COUNTED)
    loads = [(bot, await load(session, bot, now)) for bot in bots]
    return max(loads, key=lambda one: _room(one[1]), default=None)


def _room(of: Load) -> int:
    return 2**31 if of.free is None else of.free


async def ways(session: AsyncSession, campaign: str, bot_key: str = "") -> Ways:
    """How to get there; on Zalo by the bot of this key, else by the first."""
    bots = await of_campaign(session, campaign)
    telegram = next((bot for bot in bots if bot.platform == "telegram" and bot.name), None)
    on_zalo = [bot for bot in bots if bot.platform == COUNTED and bot.link]
    zalo = next((bot for bot in on_zalo if bot.key == bot_key), on_zalo[0] if on_zalo else None)
    return Ways(telegram.name if telegram else "", zalo.link if zalo else "")


async def elsewhere(
    session: AsyncSession, campaign: str, chat: Chat, now: datetime, *, invited_to: str = "", is_new: bool = True
) -> Ways | None:
    """Where somebody of this campaign belongs who came to a bot that is not theirs or has no place; None: here.

    `invited_to` is the bot their invitation kept a place at; `is_new`: this chat is nobody's yet, so it needs a place.
    A bot that is not in the settings' list serves whoever comes. Ways without any: there is no place at all.
    """
    here = await by_key(session, chat.bot_key)
    if here is None:
        return None
    if serves(here, campaign) and not (is_new and await _has_no_place(session, here, now, invited_to)):
        return None
    return await _other_ways(session, campaign, here, now, invited_to)


async def _has_no_place(session: AsyncSession, bot: ServingBot, now: datetime, invited_to: str) -> bool:
    """A place kept for an invitation is taken by nobody else."""
    of = await load(session, bot, now)
    return of.is_full if invited_to == bot.key else of.free is not None and of.free <= 0


async def _other_ways(session: AsyncSession, campaign: str, here: ServingBot, now: datetime, invited_to: str) -> Ways:
    bots = [bot for bot in await of_campaign(session, campaign) if bot.key != here.key]
    named = next((bot.name for bot in bots if bot.platform != COUNTED and bot.name), "")
    counted = [bot for bot in bots if bot.platform == COUNTED]
    open_ones = [bot for bot in counted if not await _has_no_place(session, bot, now, invited_to)]
    chosen = next((bot for bot in open_ones if bot.key == invited_to), open_ones[0] if open_ones else None)
    return Ways(named, chosen.link if chosen else "")
