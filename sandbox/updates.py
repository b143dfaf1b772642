"""The queue of updates that the bot has to fetch or to be sent."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sandbox.events import Pulse
from sandbox.records import Json, Update

LIFETIME = timedelta(hours=24)
"""Updates that nobody fetched are kept this long (Bot API, «Getting updates»)."""
FIRST_UPDATE_ID = 731_000_001


class Updates:
    """Updates in order of their ids, until acknowledged or expired.

    `changed` fires whenever one comes or goes. `allowed` is the list of kinds the bot asked for
    (None: all of them).
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.pending: deque[Update] = deque()
        self.next_id = FIRST_UPDATE_ID
        self.allowed: list[str] | None = None
        self.changed = Pulse()
        self._delayed: dict[int, list[tuple[str, Json, int | None]]] = {}

    def put(self, user_id: int, kind: str, payload: Json, chat_id: int | None = None) -> None:
        """Queue an update caused by `user_id`, unless the bot did not ask for its kind; `chat_id`
        is the group where it happened, by default the private chat."""
        if self.allowed is not None and kind not in self.allowed:
            return
        if kind == "message" and user_id in self._delayed:
            self._delayed[user_id].append((kind, payload, chat_id))
            return
        where = user_id if chat_id is None else chat_id
        self.pending.append(Update(self.next_id, user_id, where, kind, payload, self._now()))
        self.next_id += 1
        self.changed.fire()

    def fetch(self, offset: int, limit: int) -> list[Update]:
        """What getUpdates returns: acknowledges what is below a positive `offset`; a negative one
        keeps only the last `-offset` updates (telegram.md 12)."""
        self._expire()
        if offset < 0:
            self._keep(list(self.pending)[offset:])
        elif offset > 0:
            self._keep([update for update in self.pending if update.update_id >= offset])
        return list(self.pending)[:limit]

    def acknowledge(self, update: Update) -> None:
        """The webhook took this one."""
        self._keep([other for other in self.pending if other is not update])

    def clear(self) -> None:
        """Drop everything (drop_pending_updates)."""
        self._keep([])

    def alive(self) -> list[Update]:
        """Everything pending that has not expired."""
        self._expire()
        return list(self.pending)

    async def settled(self, user_id: int) -> None:
        """Return once the bot has taken every update of this user."""
        while any(update.user_id == user_id for update in self.alive()):
            await self.changed.wait()

    @contextmanager
    def messages_delayed(self, user_id: int) -> Iterator[None]:
        """Inside the block this user's messages reach the bot's queue late: a tap made now
        overtakes them (telegram.md 15). They come when the block ends, in their order."""
        self._delayed[user_id] = []
        try:
            yield
        finally:
            for kind, payload, chat_id in self._delayed.pop(user_id):
                self.put(user_id, kind, payload, chat_id)

    def _expire(self) -> None:
        oldest = self._now() - LIFETIME
        self._keep([update for update in self.pending if update.created_at > oldest])

    def _keep(self, updates: list[Update]) -> None:
        if len(updates) != len(self.pending):
            self.pending = deque(updates)
            self.changed.fire()
