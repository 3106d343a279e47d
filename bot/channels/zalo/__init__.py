"""Zalo: a client of our own, numbers instead of buttons, and a plan that counts every message."""
