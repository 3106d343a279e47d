"""The program as people start it: a process of its own in an empty folder, with nothing of ours in its environment."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.bot.terminal import Said

STOPS_WITHIN = 5.0  # seconds from SIGINT or SIGTERM to the exit code


@dataclass
class Running:
    """`run`, until it is told to stop; what it prints is kept in a file."""

    process: asyncio.subprocess.Process
    log: Path

    @property
    def printed(self) -> str:
        return self.log.read_text(encoding="utf-8")

    async def prints(self, words: str, *, seconds: float = 60.0) -> str:
        """Waits for these words; returns everything printed so far."""
        async with asyncio.timeout(seconds):
            while words not in self.printed:
                assert self.process.returncode is None, self.printed
                await asyncio.sleep(0.05)
        return self.printed

    async def ends(self, how: signal.Signals) -> int:
        """Sends the signal; the exit code. Fails when it takes longer than `STOPS_WITHIN`."""
        self.process.send_signal(how)
        async with asyncio.timeout(STOPS_WITHIN):
            return await self.process.wait()


@dataclass
class Copy:
    """A folder where the program is used, with settings given as its environment."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    _starts: int = 0

    @property
    def _environment(self) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C.UTF-8", **self.settings}

    async def types(self, *arguments: str) -> Said:
        """One verb, waited for."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *arguments, cwd=self.folder, env=self._environment,
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        out, err = await asyncio.wait_for(process.communicate(), 60)
        return Said(process.returncode or 0, out.decode(), err.decode())

    @asynccontextmanager
    async def runs(self) -> AsyncIterator[Running]:
        """`run` from its start on; whatever the test does, no process is left behind."""
        self._starts += 1
        log = self.folder / f"run-{self._starts}.log"
        with log.open("wb") as printed:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", cwd=self.folder, env=self._environment,
                stdin=asyncio.subprocess.DEVNULL, stdout=printed, stderr=printed,
            )  # fmt: skip
        try:
            running = Running(process, log)
            await running.prints("running with")
            yield running
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
