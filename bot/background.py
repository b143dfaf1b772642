"""Work that goes on beside everything else: begun by the tick, which does not wait for it."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger(__name__)


class Background:
    """Whoever has one piece of work to do in the background, never twice at once.

    Args:
        work: does it; what it raises is logged, and the next kick tries again.
        trouble: the name of that in the log.
    """

    def __init__(self, work: Callable[[], Awaitable[None]], trouble: str) -> None:
        self._work, self._trouble = work, trouble
        self._working: asyncio.Task[None] | None = None

    async def kick(self) -> None:
        """Begin to work, unless that is going on already."""
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work_in_background())

    async def settle(self) -> None:
        """Wait until what was begun is done."""
        if self._working is not None:
            await asyncio.wait([self._working])

    async def stop(self) -> None:
        """Leave the work as it is; the next start goes on."""
        if self._working is not None:
            self._working.cancel()
            await asyncio.gather(self._working, return_exceptions=True)

    async def _work_in_background(self) -> None:
        try:
            await self._work()
        except Exception as error:  # noqa: BLE001 (the next kick tries again)
            log.error(self._trouble, error=type(error).__name__)  # noqa: TRY400
