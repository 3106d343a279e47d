"""A real PostgreSQL for the suite: started on loopback in a folder of its own, gone when the session ends."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg
from sqlmodel import SQLModel

import storage.tables  # noqa: F401  (fills SQLModel.metadata)
from storage import migrate
from storage.database import Database
from tests.places import in_memory
from tests.ports import free_port

USER = "gotungnha"
_TEMPLATE = "migrated"
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB", "jit=off",
         "autovacuum=off", "max_connections=60", "max_wal_size=256MB")  # fmt: skip


class NoPostgres(Exception):
    """There is no PostgreSQL server on this machine that could be started."""


@dataclass
class Server:
    """One running server, of which each test takes a database of its own."""

    port: int
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _has_template: bool = False
    _free: list[str] = field(default_factory=list)

    def url(self, name: str) -> str:
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{name}"

    @asynccontextmanager
    async def fresh(self) -> AsyncIterator[str]:
        """The URL of a migrated, empty database; emptied afterwards for the next test, which is 10 x cheaper."""
        name = self._free.pop() if self._free else await self._made()
        try:
            yield self.url(name)
        finally:
            if await self._emptied(name):
                self._free.append(name)
            else:
                await self._run(f"DROP DATABASE {name} WITH (FORCE)")

    async def _made(self) -> str:
        if not self._has_template:
            await self._make_template()
        name = f"test_{next(self._numbers)}"
        await self._run(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
        return name

    async def _emptied(self, name: str) -> bool:
        """False when the test changed the tables, or left someone holding them."""
        connection = await asyncpg.connect(self.url(name))
        try:
            await connection.execute("SET lock_timeout = '1s'")
            found = {
                row[0] for row in await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            }
            tables = set(SQLModel.metadata.tables)
            if found != tables | {"alembic_version"}:
                return False
            await connection.execute(f"TRUNCATE {', '.join(sorted(tables))} RESTART IDENTITY CASCADE")
            return await connection.fetchval("SELECT version_num FROM alembic_version") == migrate.newest()
        except asyncpg.PostgresError:
            return False
        finally:
            await connection.close()

    async def _make_template(self) -> None:
        await self._run(f"CREATE DATABASE {_TEMPLATE}")
        database = Database(self.url(_TEMPLATE))
        await migrate.upgrade(database)
        await database.close()
        self._has_template = True

    async def _run(self, statement: str) -> None:
        connection = await asyncpg.connect(self.url("postgres"))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def running() -> Iterator[Server]:
    """A server of our own, stopped by its own pid. Raises NoPostgres."""
    programs, owner = _programs(), _owner()
    folder = Path(tempfile.mkdtemp(prefix="gotungnha-postgres-", dir=in_memory()))
    if owner:
        os.chown(folder, owner["user"], owner["group"])
    try:
        _init(programs, folder, owner)
        server, process = _start(programs, folder, owner)
        try:
            yield server
        finally:
            _stop(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """The folder with initdb and postgres: the one on PATH, else the newest of Debian's."""
    on_path = shutil.which("initdb")
    places = [Path(on_path).resolve().parent] if on_path else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -float(path.parent.name))
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise NoPostgres("no initdb and postgres on PATH nor in /usr/lib/postgresql: install postgresql to run these tests")


def _owner() -> dict[str, Any]:
    """PostgreSQL will not run as root: who it runs as instead, in subprocess' terms; {} when we are not root."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in known:
            return {"user": known[name].pw_uid, "group": known[name].pw_gid, "extra_groups": []}
    raise NoPostgres("we are root, and there is neither a user postgres nor nobody to run the server as")


def _init(programs: Path, folder: Path, owner: dict[str, Any]) -> None:
    command = [programs / "initdb", "-D", folder / "data", "-U", USER, "--auth=trust", "--no-sync", "-E", "UTF8",
               "--locale=C.UTF-8"]  # fmt: skip
    made = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, **owner)
    if made.returncode:
        raise NoPostgres(f"initdb failed: {made.stderr.strip()[-300:]}")


def _start(programs: Path, folder: Path, owner: dict[str, Any]) -> tuple[Server, "subprocess.Popen[bytes]"]:
    for _ in range(3):  # someone else may take the free port in between
        port = free_port()
        settings = (*_FAST, "listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={folder}")
        options = [part for setting in settings for part in ("-c", setting)]
        with (folder / "log").open("wb") as log:
            command = [programs / "postgres", "-D", folder / "data", *options]
            process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, **owner)
        if _answers(programs, port, process):
            return Server(port), process
        _stop(process)
    raise NoPostgres(f"the server did not start: {(folder / 'log').read_text(errors='replace')[-300:]}")


def _answers(programs: Path, port: int, process: "subprocess.Popen[bytes]") -> bool:
    ask = [programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        if subprocess.run(ask, timeout=10).returncode == 0:
            return True
        time.sleep(0.05)
    return False


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """SIGINT is PostgreSQL's "fast" shutdown: what is open is rolled back."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)
