"""Methods about the bot itself: who it is, its updates, its command list."""

import re
from typing import Any

from simulator.accounts import Bot, command_key
from simulator.parameters import Parameters
from simulator.refusals import bad_request, conflict
from simulator.updates import LONGEST_POLL, clipped_limit
from simulator.world import World

_COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")


def get_me(_: World, bot: Bot, __: Parameters) -> dict[str, Any]:
    return bot.me()


async def get_updates(_: World, bot: Bot, params: Parameters) -> list[dict[str, Any]]:
    """https://core.telegram.org/bots/api#getupdates; a second poller ends the first with 409."""
    if bot.webhook.url:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    queue = bot.queue
    queue.end_poll("other getUpdates request; make sure that only one bot instance is running")
    queue.allow(params.json("allowed_updates"))
    offset, limit = params.whole("offset"), clipped_limit(params.whole("limit", 100))
    if offset < 0:
        queue.keep_newest(-offset)
    else:
        queue.confirm_below(offset)
    timeout = min(params.whole("timeout"), LONGEST_POLL)
    if timeout > 0 and not queue.pending:
        await queue.wait(timeout)
    return queue.first(limit)


def set_my_commands(world: World, bot: Bot, params: Parameters) -> bool:
    commands = params.json("commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse commands JSON object")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    bot.commands[_key(params)] = [_checked(command) for command in commands]
    world.feed.tell("commands")
    return True


def get_my_commands(_: World, bot: Bot, params: Parameters) -> list[dict[str, str]]:
    return bot.commands.get(_key(params), [])


def delete_my_commands(world: World, bot: Bot, params: Parameters) -> bool:
    bot.commands.pop(_key(params), None)
    world.feed.tell("commands")
    return True


def _key(params: Parameters) -> str:
    return command_key(params.json("scope"), params.text("language_code"))


def _checked(command: Any) -> dict[str, str]:
    if not isinstance(command, dict) or "command" not in command or "description" not in command:
        raise bad_request("can't parse BotCommand: BotCommand must be an Object")
    name, description = str(command["command"]), str(command["description"])
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name.lstrip("/"), "description": description}
