"""`python -m simulator` in a process of its own."""

import asyncio
import signal
import sys
from pathlib import Path

import aiohttp

ROOT = Path(__file__).parents[2]


async def test_it_runs_alone_and_ends_at_ctrl_c() -> None:
    command = ("-m", "simulator", "--port", "0", "--token", "321:ALONE")
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    try:
        async with asyncio.timeout(60):
            url = (await process.stdout.readline()).decode().split()[1]
            async with aiohttp.ClientSession() as http, http.get(f"{url}/bot321:ALONE/getMe") as answer:
                assert (await answer.json())["result"]["is_bot"]
            async with aiohttp.ClientSession() as http, http.get(url) as answer:
                assert "Chạy thử" in await answer.text()
            process.send_signal(signal.SIGINT)
            _, errors = await process.communicate()
        assert (process.returncode, errors) == (0, b"")
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
