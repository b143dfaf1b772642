"""Conversations in SQL: what a person was doing outlives a restart of the program."""

import json
from collections.abc import Mapping
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, DefaultKeyBuilder, StateType, StorageKey

from bot.services import dialog_states
from bot.services.core import Core


class SqlStorage(BaseStorage):
    """aiogram's storage over the table `dialog_states`.

    Values must be what JSON knows (aiogram-dialog itself keeps only such): a date goes in as its
    ISO text. Two writers of one key are kept apart by the dispatcher's event isolation.
    """

    def __init__(self, core: Core) -> None:
        self._core = core
        self._keys = DefaultKeyBuilder(with_destiny=True, with_bot_id=True)

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Store the state (a `State`, its name, or None to leave it)."""
        name = state.state if isinstance(state, State) else state
        await dialog_states.write_state(self._core, self._keys.build(key), name)

    async def get_state(self, key: StorageKey) -> str | None:
        """Return the name of the state, None when there is none."""
        return await dialog_states.read_state(self._core, self._keys.build(key))

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Replace the data.

        Raises:
            TypeError: a value is nothing that JSON knows.
        """
        text = json.dumps(data, separators=(",", ":"))
        await dialog_states.write_data(self._core, self._keys.build(key), text)

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """Return the data, an empty dictionary when there is none."""
        text = await dialog_states.read_data(self._core, self._keys.build(key))
        data: dict[str, Any] = json.loads(text)
        return data

    async def close(self) -> None:
        """Do nothing: the database is closed by who opened it."""
