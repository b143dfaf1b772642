"""Rate windows (telegram.md 1). They run on monotonic time, never on the movable clock."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable

from sandbox.errors import too_many_requests

ALL_PER_SECOND = 30
CHAT_PER_SECOND = 1.0
CHAT_BURST = 5
"""How many messages one chat takes at once before the rate of one a second holds."""
GROUP_PER_MINUTE = 20
"""Messages and edits together that one group takes (tdlib/td, issue 2592)."""
MINUTE = 60.0


class RateLimits:
    """A sliding second over all chats, a leaky bucket per chat, a sliding minute per group.

    Args:
        enabled: False lets everything pass.
        clock: monotonic seconds; tests give their own.
    """

    def __init__(self, *, enabled: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self.enabled = enabled
        self.clock = clock
        self._sent: deque[float] = deque()
        self._levels: dict[int, tuple[float, float]] = {}
        self._in_groups: dict[int, deque[float]] = {}

    def take(self, chat_id: int, messages: int = 1) -> None:
        """Count messages that are about to be sent to a chat; a negative id is a group's.

        Raises:
            ApiError: 429 with the whole seconds to wait; nothing is counted then.
        """
        if not self.enabled:
            return
        now = self.clock()
        while self._sent and self._sent[0] <= now - 1:
            self._sent.popleft()
        if len(self._sent) + messages > ALL_PER_SECOND:
            raise too_many_requests(max(1, math.ceil(self._sent[0] + 1 - now)))
        level, since = self._levels.get(chat_id, (0.0, now))
        level = max(0.0, level - (now - since) * CHAT_PER_SECOND) + messages
        if level > CHAT_BURST:
            raise too_many_requests(math.ceil((level - CHAT_BURST) / CHAT_PER_SECOND))
        if chat_id < 0:
            self._take_in_group(chat_id, messages, now)
        self._levels[chat_id] = (level, now)
        self._sent.extend([now] * messages)

    def _take_in_group(self, chat_id: int, messages: int, now: float) -> None:
        sent = self._in_groups.setdefault(chat_id, deque())
        while sent and sent[0] <= now - MINUTE:
            sent.popleft()
        if len(sent) + messages > GROUP_PER_MINUTE:
            raise too_many_requests(max(1, math.ceil(sent[0] + MINUTE - now)))
        sent.extend([now] * messages)
