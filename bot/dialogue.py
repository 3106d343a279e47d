"""Where a dialogue stands, kept in the chat's own row, in the transaction of the update at hand."""

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from storage.tables import Chat

present: ContextVar[Chat] = ContextVar("chat")


class DialogueStorage(BaseStorage):
    """aiogram's FSM over the chat whose update is being handled; the chat's row is saved with everything else."""

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        present.get().state = state.state if isinstance(state, State) else state

    async def get_state(self, key: StorageKey) -> str | None:
        return present.get().state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        present.get().data = dict(data) or None

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        return dict(present.get().data or {})

    async def close(self) -> None:
        """Nothing is held open."""
