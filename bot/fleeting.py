"""Updates that are worth nothing a moment later: worked at once, in memory, or not at all."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.failures import describe
from bot.incoming import Json, chat_of

log = structlog.get_logger(__name__)


class Fleeting:
    """Works off one update of each person at a time; of those that wait only the newest is left.

    An update that fails is forgotten: whoever types on sends the next.

    Args:
        work: what is done with an update.
        count: told +1 and -1 about what waits and what is in hand.
    """

    def __init__(
        self, work: Callable[[Json], Awaitable[None]], count: Callable[[int], None]
    ) -> None:
        self._work = work
        self._count = count
        self._waiting: dict[str, Json] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def take(self, update: Json) -> None:
        """Take an update in; an older one of the same person that still waits is dropped."""
        person = chat_of(update)
        if person not in self._waiting:
            self._count(+1)
        self._waiting[person] = update
        if person not in self._tasks:
            self._tasks[person] = asyncio.create_task(self._work_off(person))

    async def stop(self) -> None:
        """Drop what waits and what is in hand."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _work_off(self, person: str) -> None:
        try:
            while (update := self._waiting.pop(person, None)) is not None:
                try:
                    await self._work(update)
                except Exception as error:  # noqa: BLE001 (the next letter is the next try)
                    log.warning("fleeting_failed", error=describe(error))
                finally:
                    self._count(-1)
        finally:
            del self._tasks[person]
            if self._waiting.pop(person, None) is not None:
                self._count(-1)
