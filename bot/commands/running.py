"""`run`: start the bot."""

from bot.commands.ground import Stop, plans, read_settings
from texts import commands as words


def run() -> None:
    settings = read_settings()
    if settings.is_live or settings.secret_key:
        settings.check_secret()
    settings.check_webhook()
    plans(settings)
    from bot import app

    try:
        app.run(settings)
    except app.WrongToken as wrong:
        raise Stop(words.wrong_token(str(wrong))) from None
    except app.PortTaken as taken:
        raise Stop(words.port_taken(str(taken))) from None
