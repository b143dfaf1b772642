"""Trying again: how long to wait, and writes that must not be given up."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger(__name__)


def growing(attempt: int, first: float, longest: float) -> float:
    """Return the pause in seconds after failed attempt number `attempt` (from 1): it doubles."""
    return min(first * 2.0 ** min(attempt - 1, 30), longest)


async def until_written(write: Callable[[], Awaitable[None]]) -> None:
    """Call `write` until it succeeds, however long the database is away.

    For what already happened outside: a handler that ran, a message that was sent. Forgetting it
    would make it happen twice.
    """
    attempt = 0
    while True:
        try:
            return await write()
        except Exception as error:  # noqa: BLE001 (of whatever driver)
            attempt += 1
            log.error("database_trouble", error=type(error).__name__)  # noqa: TRY400
            await asyncio.sleep(growing(attempt, first=0.5, longest=15))
