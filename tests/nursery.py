"""The command line in processes of their own that need not import everything first.

Imports cost seconds of CPU, the rest of a start a third of one. So a nursery imports once a session, and each process
is a fork of it that goes on as `gotungnha VERB` does, with nothing started before.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_NURSERY = """
import gc, json, os, signal, sys
import alembic.command, uvloop
import bot.app, bot.commands.running
from bot.__main__ import main
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
gc.freeze()
print("ready", flush=True)
for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        place = json.loads(line)
        os.environ.update(place["environment"])
        os.chdir(place["folder"])
        for number, file, how in (
            (0, place["typed"], os.O_RDONLY),
            (1, place["out"], os.O_WRONLY | os.O_APPEND | os.O_CREAT),
            (2, place["err"], os.O_WRONLY | os.O_APPEND | os.O_CREAT),
        ):
            os.dup2(os.open(file, how), number)
        sys.stdin = open(0)
        sys.argv = ["gotungnha", *place["arguments"]]
        try:
            main()
        except SystemExit as end:
            with open(f"{place['out']}.{os.getpid()}", "w") as code:
                code.write(str(end.code or 0))
            raise
    print(pid, flush=True)
"""


class Nursery:
    """Imports the bot and forks; begun at once, waited for at the first birth."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _NURSERY], env=clean({}), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._is_warm = False

    def gives_birth(
        self,
        *arguments: str,
        folder: Path,
        environment: Mapping[str, str],
        out: Path,
        err: Path,
        typed: str = os.devnull,
    ) -> int:
        """The new process's id; how it ended will stand in the file `out`.pid. `typed` names the file it reads."""
        place = {"arguments": arguments, "folder": str(folder), "environment": dict(environment), "out": str(out),
                 "err": str(err), "typed": typed}  # fmt: skip
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


def clean(environment: Mapping[str, str]) -> dict[str, str]:
    """Nothing of the machine's own settings."""
    return {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), **environment}
