"""`python -m simulator`: the server and its chat page by themselves, until Ctrl-C."""

import argparse
import asyncio
import signal

from simulator.telegram import TelegramSimulator
from simulator.world import TOKEN

_PEOPLE = [
    (1001, "Lan", "Tình nguyện viên · Tổ dân phố 1 (ví dụ)"),
    (1002, "Minh", "Tình nguyện viên · Tổ dân phố 2 (ví dụ)"),
    (1003, "Hạnh", "Tổ trưởng · Tổ dân phố 1 (ví dụ)"),
    (1004, "Dũng", "Phòng VH-XH (ví dụ)"),
]


async def serve(host: str, port: int, token: str) -> None:
    simulator = TelegramSimulator(token)
    for id, first_name, role_label in _PEOPLE:
        simulator.person(id, first_name, role_label=role_label)
    await simulator.start(host, port)
    print(f"Simulator: {simulator.url} (chat page and Bot API; token {token})", flush=True)
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await stopped.wait()
    await simulator.stop()
    print("Goodbye.")


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m simulator", description=__doc__)
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=int, default=8081)
    options.add_argument("--token", default=TOKEN)
    chosen = options.parse_args()
    asyncio.run(serve(chosen.host, chosen.port, chosen.token))


if __name__ == "__main__":
    main()
