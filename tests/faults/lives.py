"""The bot as a process that can be killed: started by the real command line, and born again at once.

Imports cost seconds of CPU, the rest of a start a third of one. So a nursery imports once a session, and each life is
a fork of it that goes on as `gotungnha run` does: a process of its own, with nothing started before. `started` is the
cold way, `python -m bot`.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_NURSERY = """
import json, os, signal, sys
import alembic.command, uvloop
import bot.app, bot.commands.running
from bot.__main__ import main
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
print("ready", flush=True)
for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        place = json.loads(line)
        os.environ.update(place["environment"])
        os.chdir(place["folder"])
        log = os.open(place["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.dup2(log, 1), os.dup2(log, 2)
        sys.argv = ["gotungnha", "run"]
        try:
            main()
        except SystemExit as end:
            with open(f"{place['log']}.{os.getpid()}", "w") as code:
                code.write(str(end.code or 0))
            raise
    print(pid, flush=True)
"""


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


class Nursery:
    """Imports the bot and forks; begun at once, waited for at the first birth."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _NURSERY], env=_clean({}), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._is_warm = False

    def gives_birth(self, place: Mapping[str, object]) -> int:
        """The new process's id."""
        assert self._process.stdin
        assert self._process.stdout
        if not self._is_warm:
            assert self._process.stdout.readline() == "ready\n"
            self._is_warm = True
        print(json.dumps(place), file=self._process.stdin, flush=True)
        return int(self._process.stdout.readline())

    def closes(self) -> None:
        self._process.kill()
        self._process.communicate()


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
        place = {"folder": str(self.folder), "log": str(self.log), "environment": self.environment | environment}
        self.lives.append(Life(self.nursery.gives_birth(place), self.log))
        return self.lives[-1]

    async def started(self, *arguments: str, **environment: str) -> Life:
        """A life from nothing: `python -m bot run`, imports and all."""
        with self.log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", *(arguments or ("run",)), cwd=self.folder, stdout=log, stderr=log,
                env=_clean(self.environment | environment),
            )  # fmt: skip
        self.lives.append(Life(process.pid, self.log, process))
        return self.lives[-1]

    async def closes(self) -> None:
        for life in self.lives:
            if life.is_there():
                await life.killed()

    def last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-25:]) if self.log.exists() else ""


def _clean(environment: Mapping[str, str]) -> dict[str, str]:
    """Nothing of the machine's own settings."""
    return {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), **environment}
