"""Telegram's 20 messages a minute in a group, edits among them.

All waiting is on the loop's monotonic clock. After a restart nothing is remembered: then a 429
says how long to wait.
"""

import asyncio
from collections import defaultdict, deque

from aiogram import Bot
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

WINDOW = 60.0  # seconds
IN_A_WINDOW = 20  # Bot FAQ: «your bot is not able to send more than 20 messages per minute» there
LEFT_TO_ANSWERS = 6  # that edits leave to what people ask for


class GroupPace(BaseRequestMiddleware):
    """Counts what goes into each group, whoever sends it, and says when edits may go on."""

    def __init__(self) -> None:
        self._sent: defaultdict[int, deque[float]] = defaultdict(
            lambda: deque(maxlen=IN_A_WINDOW)  # more would say nothing new
        )
        self._pause_until: dict[int, float] = {}

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Make the request, and count it if it puts something into a group."""
        chat = getattr(method, "chat_id", None)
        if isinstance(chat, int) and chat < 0 and _is_counted(method.__api_method__):
            self._sent[chat].append(_now())
        return await make_request(bot, method)

    def pause(self, chat: int, seconds: float) -> None:
        """Make no edits in a group for so long from now."""
        self._pause_until[chat] = max(self._pause_until.get(chat, 0.0), _now() + seconds)

    def may_edit(self, chat: int) -> bool:
        """Whether an edit now leaves enough room in the group for answers."""
        now, sent = _now(), self._sent[chat]
        while sent and sent[0] <= now - WINDOW:
            sent.popleft()
        if self._pause_until.get(chat, 0.0) > now:
            return False
        return len(sent) < IN_A_WINDOW - LEFT_TO_ANSWERS


def _is_counted(api_method: str) -> bool:
    return api_method.startswith(("send", "edit", "copy", "forward"))


def _now() -> float:
    return asyncio.get_running_loop().time()
