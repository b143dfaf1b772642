"""Long polling that acknowledges an update only once it is stored.

aiogram's own polling parses a whole batch at once: one update it cannot parse would stop the
batch forever. This loop fetches raw JSON.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError, TelegramRetryAfter, TelegramUnauthorizedError
from aiogram.methods import TelegramMethod

from bot.errors import StartupError
from bot.inbox import Inbox
from bot.trying import growing

LIMIT = 100  # updates in one answer, the most that Telegram gives
TIMEOUT = 30  # seconds that Telegram holds a request without news
NETWORK_TIMEOUT = 15  # seconds on top of it until the connection counts as dead
LONGEST_PAUSE = 30.0  # seconds

log = structlog.get_logger(__name__)


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates as it comes, see https://core.telegram.org/bots/api#getupdates."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int = LIMIT
    timeout: int = TIMEOUT
    allowed_updates: list[str]


class Polling:
    """Fetches updates into the inbox.

    Args:
        bot: whose updates.
        inbox: where they are stored.
        allowed_updates: kinds to ask for, as `Dispatcher.resolve_used_update_types` lists them.
    """

    def __init__(self, bot: Bot, inbox: Inbox, allowed_updates: Sequence[str]) -> None:
        self._bot = bot
        self._inbox = inbox
        self._allowed_updates = list(allowed_updates)
        self._offset: int | None = None
        self._webhook_gone = False

    async def run(self) -> None:
        """Fetch until cancelled; trouble on the way is waited out with growing pauses.

        Raises:
            StartupError: Telegram does not know the token (any more).
        """
        trouble = 0
        while True:
            try:
                await self._fetch()
                trouble = 0
            except TelegramUnauthorizedError:
                raise StartupError("BOT_TOKEN: Telegram does not accept this token") from None
            except Exception as error:  # noqa: BLE001 (network, Telegram or database: keep going)
                trouble += 1
                if isinstance(error, TelegramConflictError):
                    # Another copy of the bot polls, or a webhook was set meanwhile.
                    self._webhook_gone = False
                    log.warning("another_bot_polls_with_this_token", telegram=error.message)
                pause = growing(trouble, first=0.5, longest=LONGEST_PAUSE)
                if isinstance(error, TelegramRetryAfter):
                    pause = max(pause, error.retry_after)
                log.warning("polling_trouble", error=type(error).__name__, pause=pause)
                await asyncio.sleep(pause)

    async def _fetch(self) -> None:
        if not self._webhook_gone:
            await self._bot.delete_webhook()
            self._webhook_gone = True
        await self._inbox.room()
        request = GetRawUpdates(offset=self._offset, allowed_updates=self._allowed_updates)
        batch = await self._bot(request, request_timeout=TIMEOUT + NETWORK_TIMEOUT)
        if batch:
            await self._inbox.feed(batch)
            self._offset = batch[-1]["update_id"] + 1
