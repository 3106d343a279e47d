"""The bot as a process that can be killed: started by the real command line, and born again at once.

Each life is a fork of the nursery (see `tests.nursery`); `started` is the cold way, `python -m bot`.
"""

import asyncio
import os
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.nursery import Nursery, clean


@dataclass
class Life:
    """One run of the bot. `process` is there for a run that was started cold."""

    pid: int
    log: Path
    process: asyncio.subprocess.Process | None = None

    @property
    def exit_code(self) -> int | None:
        """How it ended; None for one that was killed."""
        if self.process:
            return self.process.returncode
        left = Path(f"{self.log}.{self.pid}")
        return int(left.read_text()) if left.exists() else None

    async def killed(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        await self.gone(5)

    async def stopped(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Told to stop; raises TimeoutError when that takes five seconds."""
        os.kill(self.pid, number)
        await self.gone(5)

    async def gone(self, seconds: float) -> None:
        """Waits until it has ended. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            if self.process:
                await self.process.wait()
            while self.is_there():  # noqa: ASYNC110
                await asyncio.sleep(0.002)

    def is_there(self) -> bool:
        if self.process:
            return self.process.returncode is None
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True


@dataclass
class Home:
    """Where one installation lives: its folder, its environment, its log, and all the lives it had."""

    nursery: Nursery
    folder: Path
    environment: dict[str, str]
    lives: list[Life] = field(default_factory=list)

    @property
    def log(self) -> Path:
        return self.folder / "bot.log"

    def born(self, **environment: str) -> Life:
        """A life whose imports are done already."""
        pid = self.nursery.gives_birth(
            "run", folder=self.folder, environment=self.environment | environment, out=self.log, err=self.log
        )
        self.lives.append(Life(pid, self.log))
        return self.lives[-1]

    async def started(self, *arguments: str, **environment: str) -> Life:
        """A life from nothing: `python -m bot run`, imports and all."""
        with self.log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", *(arguments or ("run",)), cwd=self.folder, stdout=log, stderr=log,
                env=clean(self.environment | environment),
            )  # fmt: skip
        self.lives.append(Life(process.pid, self.log, process))
        return self.lives[-1]

    async def closes(self) -> None:
        for life in self.lives:
            if life.is_there():
                await life.killed()

    def last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-25:]) if self.log.exists() else ""
