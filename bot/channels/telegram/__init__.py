"""Telegram: aiogram listens and answers, python-telegram-bot pushes."""
