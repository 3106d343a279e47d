"""The one HTTP port: webhooks in, health out."""

import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from aiohttp import web

from rules.clock import Clock
from storage import inbox, outbox
from storage.database import Database

log = logging.getLogger(__name__)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
BIGGEST_BODY = 1024 * 1024
TOO_OLD = timedelta(seconds=30)


class PortTaken(Exception):
    """Another program listens where we are to listen."""


def build_web(database: Database, clock: Clock) -> web.Application:
    app = web.Application(client_max_size=BIGGEST_BODY)
    app.router.add_get("/healthz", _healthz(database, clock))
    app.router.add_get("/metrics", _metrics(database))
    return app


def _healthz(database: Database, clock: Clock) -> Handler:
    """200 while the database answers and no update waits longer than 30 s; 503 with the reason otherwise."""

    async def healthz(_: web.Request) -> web.Response:
        try:
            async with database.reading() as session:
                state = await inbox.health(session)
        except Exception as error:
            return web.json_response({"ok": False, "why": type(error).__name__}, status=503)
        late = state["oldest"] is not None and clock.now() - state["oldest"] > TOO_OLD
        return web.json_response({"ok": not late, "inbox": state["counts"]}, status=503 if late else 200)

    return healthz


def _metrics(database: Database) -> Handler:
    async def metrics(_: web.Request) -> web.Response:
        async with database.reading() as session:
            state = await inbox.health(session)
            waiting = await outbox.counts(session)
        lines = [f'gotungnha_inbox{{status="{status}"}} {count}' for status, count in sorted(state["counts"].items())]
        lines += [f'gotungnha_outbox{{status="{status}"}} {count}' for status, count in sorted(waiting.items())]
        return web.Response(text="\n".join(lines) + "\n", content_type="text/plain")

    return metrics


async def serve(app: web.Application, host: str, port: int) -> web.AppRunner:
    """Listen. Raises PortTaken."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError:
        await runner.cleanup()
        raise PortTaken(f"{host}:{port}") from None
    return runner
