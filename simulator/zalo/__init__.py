"""Zalo's bot platform on this machine, as strict as what is known of the real one."""

from simulator.zalo.accounts import Limits, ZaloBot
from simulator.zalo.faults import ZaloFault
from simulator.zalo.groups import ZaloGroup
from simulator.zalo.journal import ZaloCall, ZaloJournal
from simulator.zalo.page import TwoMessengers
from simulator.zalo.people import ZaloPerson
from simulator.zalo.screen import ZaloBubble
from simulator.zalo.server import ZaloSimulator
from simulator.zalo.webhook import Pushing
from simulator.zalo.world import TOKEN

__all__ = [
    "TOKEN",
    "Limits",
    "Pushing",
    "TwoMessengers",
    "ZaloBot",
    "ZaloBubble",
    "ZaloCall",
    "ZaloFault",
    "ZaloGroup",
    "ZaloJournal",
    "ZaloPerson",
    "ZaloSimulator",
]
