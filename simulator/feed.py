"""The live feed of the chat page: what happened, told to whoever is watching, and free when nobody is."""

import asyncio
from typing import Any


class Feed:
    def __init__(self) -> None:
        self._watchers: set[asyncio.Queue[dict[str, Any]]] = set()

    @property
    def watched(self) -> bool:
        return bool(self._watchers)

    def tell(self, event: str, **content: Any) -> None:
        for watcher in self._watchers:
            watcher.put_nowait({"event": event, **content})

    def watch(self) -> asyncio.Queue[dict[str, Any]]:
        watcher: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._watchers.add(watcher)
        return watcher

    def leave(self, watcher: asyncio.Queue[dict[str, Any]]) -> None:
        self._watchers.discard(watcher)
