"""getUpdates: long polling and its conflicts (telegram.md 12 and 13)."""

from __future__ import annotations

import asyncio

from sandbox.errors import ApiError, bad_request, conflict
from sandbox.params import Params
from sandbox.records import Json, Update
from sandbox.updates import Updates

MAX_TIMEOUT = 50
OTHER_POLL = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)


class Polling:
    """At most one long poll waits at a time."""

    def __init__(self, updates: Updates) -> None:
        self._updates = updates
        self._ended: asyncio.Future[ApiError] | None = None

    async def get_updates(self, params: Params) -> list[Json]:
        """Updates from `offset` on, waiting up to `timeout` seconds (of real time) for the first.

        Raises:
            ApiError: 409 when a newer long poll or setWebhook ended this one.
        """
        offset = params.integer("offset")
        limit = min(max(params.integer("limit", 100), 1), 100)
        timeout = min(max(params.integer("timeout"), 0), MAX_TIMEOUT)
        read_allowed(self._updates, params)
        found = self._updates.fetch(offset, limit)
        if not found and timeout:
            self.end(conflict(OTHER_POLL))
            found = await self._wait(max(offset, 0), limit, seconds=timeout)
        return [update.as_api() for update in found]

    def end(self, refusal: ApiError) -> None:
        """End the waiting long poll, if there is one, with a refusal."""
        if self._ended is not None and not self._ended.done():
            self._ended.set_result(refusal)

    async def _wait(self, offset: int, limit: int, seconds: int) -> list[Update]:
        ended = self._ended = asyncio.get_running_loop().create_future()
        found: list[Update] = []
        try:
            async with asyncio.timeout(seconds):
                while not found:
                    change = self._updates.changed.next()
                    try:
                        await asyncio.wait({ended, change}, return_when=asyncio.FIRST_COMPLETED)
                    finally:
                        change.cancel()
                    if ended.done():
                        raise ended.result()
                    found = self._updates.fetch(offset, limit)
        except TimeoutError:
            pass
        finally:
            if self._ended is ended:
                self._ended = None
        return found


def read_allowed(updates: Updates, params: Params) -> None:
    """Remember `allowed_updates` when given; an empty list means the default, everything here.

    Raises:
        ApiError: 400 when it is no JSON array.
    """
    allowed = params.json("allowed_updates", "allowed_updates")
    if allowed is None:
        return
    if not isinstance(allowed, list):
        raise bad_request("expected an Array of String as allowed_updates")
    updates.allowed = [str(kind) for kind in allowed] or None
