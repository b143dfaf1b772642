"""Many small writes made into few transactions, without anybody waiting for a timer."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Batcher(Generic[T]):
    """Calls `write` with everything that came together while its last call ran.

    Alone, an item is written at once; under load the items that pile up behind a commit share
    the next one. Every `add` returns (or raises) when its own item is written.
    """

    def __init__(self, write: Callable[[list[T]], Awaitable[None]]) -> None:
        self._write = write
        self._waiting: list[tuple[T, asyncio.Future[None]]] = []
        self._task: asyncio.Task[None] | None = None

    async def add(self, item: T) -> None:
        """Return once `item` is written; its order among the others is kept.

        Raises:
            Exception: what `write` raised for the batch the item was in.
        """
        written = asyncio.get_running_loop().create_future()
        self._waiting.append((item, written))
        if self._task is None:
            self._task = asyncio.create_task(self._write_off())
        await written

    async def _write_off(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                await self._write([item for item, _ in batch])
            except Exception as error:  # noqa: BLE001 (it belongs to those who wait)
                outcome: Exception | None = error
            else:
                outcome = None
            for _, written in batch:
                if written.done():  # whoever waited was cancelled meanwhile
                    continue
                if outcome:
                    written.set_exception(outcome)
                else:
                    written.set_result(None)
        self._task = None
