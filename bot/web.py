"""The one HTTP port: webhooks in, health out."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.watch import Watch

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
BIGGEST_BODY = 1024 * 1024


class PortTaken(Exception):
    """Another program listens where we are to listen."""


def build_web(watch: Watch) -> web.Application:
    app = web.Application(client_max_size=BIGGEST_BODY)
    app.router.add_get("/healthz", _healthz(watch))
    app.router.add_get("/metrics", _metrics(watch))
    return app


def _healthz(watch: Watch) -> Handler:
    """200 while all is well; else 503 with what is not, such as `{"ok": false, "why": ["tick: not for 200 s"]}`."""

    async def healthz(_: web.Request) -> web.Response:
        health = await watch.look()
        bad = health.troubles
        return web.json_response({"ok": not bad, "why": bad}, status=503 if bad else 200)

    return healthz


def _metrics(watch: Watch) -> Handler:
    """Prometheus' plain text; it answers while the database does not, which is a figure too."""

    async def metrics(_: web.Request) -> web.Response:
        lines = [f"{name} {value:g}" for name, value in sorted((await watch.look()).gauges.items())]
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
