"""Telegram on this machine: to try the bot, to test it, to measure it, to break it."""

from simulator.accounts import Bot
from simulator.faults import Fault
from simulator.groups import Group
from simulator.journal import Call, Journal
from simulator.pacing import Pacing
from simulator.people import Person
from simulator.screen import Bubble, Button
from simulator.telegram import ClockHooks, Place, TelegramSimulator
from simulator.webhook import Retrying
from simulator.world import TOKEN

__all__ = [
    "TOKEN",
    "Bot",
    "Bubble",
    "Button",
    "Call",
    "ClockHooks",
    "Fault",
    "Group",
    "Journal",
    "Pacing",
    "Person",
    "Place",
    "Retrying",
    "TelegramSimulator",
]
