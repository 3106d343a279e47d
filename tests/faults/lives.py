"""The bot as a process that can be killed: started by the real command line, and born again at once."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Imports cost two seconds of CPU, a life of the bot half of one. So the imports are done once, and every life after
# the first is a fork that goes on as `gotungnha run` does: a process of its own, with nothing started before.
_NURSERY = """
import os, signal, sys
import alembic.command, uvloop
import bot.app, bot.commands.running
from bot.__main__ import main
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
print("ready", flush=True)
for _ in sys.stdin:
    pid = os.fork()
    if pid == 0:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(2, 1)
        sys.argv = ["gotungnha", "run"]
        main()
    print(pid, flush=True)
"""


@dataclass
class Life:
    """One run of the bot. `process` is there for a run that was started cold."""

    pid: int
    process: asyncio.subprocess.Process | None = None

    async def killed(self) -> None:
        self._send(signal.SIGKILL)
        await self.gone(5)

    async def told(self, number: signal.Signals) -> None:
        self._send(number)

    async def gone(self, seconds: float) -> None:
        """Waits until it has ended. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            if self.process:
                await self.process.wait()
            while self.is_there():
                await asyncio.sleep(0.002)

    def is_there(self) -> bool:
        if self.process:
            return self.process.returncode is None
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def _send(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)


class Nursery:
    """Starts lives of `python -m bot run` in `folder` with `environment`; what they write goes to `log`."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder, self.log = folder, folder / "bot.log"
        self._environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), **environment}
        self._nursery: asyncio.subprocess.Process | None = None
        self._lives: list[Life] = []

    async def warms(self) -> None:
        """Begin the imports; `born` waits for them."""
        self._nursery = await self._spawn("-c", _NURSERY, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)

    async def started(self, *arguments: str) -> Life:
        """A life from nothing: `python -m bot run`, imports and all."""
        process = await self._spawn("-m", "bot", *(arguments or ("run",)))
        self._lives.append(Life(process.pid, process))
        return self._lives[-1]

    async def born(self) -> Life:
        """A life whose imports are done already."""
        if self._nursery is None:
            await self.warms()
        nursery = self._nursery
        assert nursery and nursery.stdin and nursery.stdout
        if not self._is_warm:
            assert await nursery.stdout.readline() == b"ready\n", self.last_words()
            self._is_warm = True
        nursery.stdin.write(b"\n")
        self._lives.append(Life(int(await nursery.stdout.readline())))
        return self._lives[-1]

    _is_warm = False

    async def closes(self) -> None:
        for life in self._lives:
            if life.is_there():
                await life.killed()
        if self._nursery:
            self._nursery.kill()
            await self._nursery.wait()
            self._nursery._transport.close()  # type: ignore[attr-defined]

    def last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-25:])

    async def _spawn(self, *arguments: str, **pipes: int) -> asyncio.subprocess.Process:
        with self.log.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable, *arguments, cwd=self.folder, env=self._environment,
                **({"stdout": log} | pipes), stderr=log,
            )  # fmt: skip
