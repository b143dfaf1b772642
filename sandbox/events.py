"""Who watches the world: event subscriptions, and a pulse to wait for a change without polling."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Self

from sandbox.records import Event, EventKind, Json


class Pulse:
    """Wakes everyone who waits, each time something changed."""

    def __init__(self) -> None:
        self._waiters: set[asyncio.Future[None]] = set()

    def fire(self) -> None:
        """Wake all who wait now."""
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)
        self._waiters.clear()

    def next(self) -> asyncio.Future[None]:
        """The next `fire`, listened for from this very moment; cancel it to listen no more."""
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        waiter.add_done_callback(self._waiters.discard)
        return waiter

    async def wait(self) -> None:
        """Return at the next `fire`."""
        await self.next()


class Subscription:
    """Events from the moment of subscribing; an async iterator and a context manager.

    Leave the `with` block (or call `close`) to stop the collecting.
    """

    def __init__(self, events: Events, chat_id: int | None) -> None:
        self._events = events
        self._chat_id = chat_id
        self._queue: asyncio.Queue[Event] = asyncio.Queue()

    def put(self, event: Event) -> None:
        """Called by the world."""
        if self._chat_id is None or event.chat_id in {None, self._chat_id}:
            self._queue.put_nowait(event)

    async def get(self) -> Event:
        """The next event, waiting for it if need be."""
        return await self._queue.get()

    def drain(self) -> None:
        """Forget what was collected so far."""
        while not self._queue.empty():
            self._queue.get_nowait()

    def close(self) -> None:
        """Collect no more."""
        self._events.forget(self)

    def __aiter__(self) -> AsyncIterator[Event]:
        return self

    async def __anext__(self) -> Event:
        return await self.get()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class Events:
    """The world's bulletin."""

    def __init__(self) -> None:
        self._subscriptions: list[Subscription] = []
        self.seq = 0

    def subscribe(self, chat_id: int | None = None) -> Subscription:
        """Events from now on; with `chat_id` those of this chat and those that concern all."""
        subscription = Subscription(self, chat_id)
        self._subscriptions.append(subscription)
        return subscription

    def forget(self, subscription: Subscription) -> None:
        """Stop feeding a subscription; one already forgotten is no error."""
        if subscription in self._subscriptions:
            self._subscriptions.remove(subscription)

    def emit(self, kind: EventKind, chat_id: int | None, payload: Json) -> None:
        """Tell every subscriber."""
        self.seq += 1
        event = Event(kind, chat_id, payload, self.seq)
        for subscription in self._subscriptions:
            subscription.put(event)
