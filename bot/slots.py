"""Telegram's 30 messages a second, shared between answers to taps and what the bot sends itself.

Slots, not buckets: a slot comes back one second after the *response*, so that jitter on the way
never makes 31 messages fall into one of Telegram's seconds.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from contextvars import ContextVar
from weakref import WeakValueDictionary

import structlog
from aiogram import Bot
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

ALL_SLOTS = 30  # Bot FAQ: «bots can send up to about 30 messages per second»
PUSHED_SLOTS = 20  # the other ten are left to answers, which never wait behind a mass message
REST = 1.0  # seconds from the response until a slot can be used again
PAUSE_IN_CHAT = 1.0  # Bot FAQ: «avoid sending more than one message per second» in one chat
LONGEST_WAIT = 10  # seconds that an answer waits when told to retry; past that it fails
TRIES = 3

log = structlog.get_logger(__name__)
_holds_a_slot: ContextVar[bool] = ContextVar("holds_a_slot", default=False)


class Slots:
    """The slots of one bot token; all waiting is on the loop's monotonic clock.

    Args:
        total: messages a second of all kinds.
        pushed: how many of them the bot's own messages may take.
    """

    def __init__(self, total: int = ALL_SLOTS, pushed: int = PUSHED_SLOTS) -> None:
        self._total = asyncio.Semaphore(total)
        self._pushed = asyncio.Semaphore(pushed)
        self._chats: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._pause_until = 0.0

    def pause(self, seconds: float) -> None:
        """Hold all pushed messages back for so long from now."""
        until = asyncio.get_running_loop().time() + seconds
        self._pause_until = max(self._pause_until, until)

    @asynccontextmanager
    async def to_answer(self) -> AsyncIterator[None]:
        """Hold a slot for an answer to what a person just did."""
        await self._total.acquire()
        try:
            yield
        finally:
            _later(REST, self._total.release)

    @asynccontextmanager
    async def to_push(self, chat: int) -> AsyncIterator[None]:
        """Hold a slot of both pools, and the chat, for a message of the bot's own accord."""
        chat_lock = self._chats.setdefault(chat, asyncio.Lock())
        async with AsyncExitStack() as stack:
            await chat_lock.acquire()
            stack.callback(_later, PAUSE_IN_CHAT, chat_lock.release)
            await self._pushed.acquire()
            stack.callback(_later, REST, self._pushed.release)
            await self._pause_over()
            await self._total.acquire()
            stack.callback(_later, REST, self._total.release)
            stack.callback(_holds_a_slot.reset, _holds_a_slot.set(True))
            yield

    async def _pause_over(self) -> None:
        loop = asyncio.get_running_loop()
        while (left := self._pause_until - loop.time()) > 0:  # noqa: ASYNC110 (it may grow)
            await asyncio.sleep(left)


class SlotsForAnswers(BaseRequestMiddleware):
    """Gives every message that a handler sends its slot, and waits out a short 429.

    Without it a rush of taps would be answered by errors, and each would be worked again.
    """

    def __init__(self, slots: Slots) -> None:
        self._slots = slots

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Make the request; a pushed message has its slot and its own way with a 429."""
        if _holds_a_slot.get() or method.__api_method__ == "getUpdates":
            return await make_request(bot, method)
        tries = 0
        while True:
            tries += 1
            try:
                if not _is_message(method.__api_method__):
                    return await make_request(bot, method)
                async with self._slots.to_answer():
                    return await make_request(bot, method)
            except TelegramRetryAfter as error:
                self._slots.pause(error.retry_after)
                log.warning(
                    "telegram_asks_to_wait",
                    method=method.__api_method__,
                    seconds=error.retry_after,
                    tries=tries,
                )
                if tries == TRIES or error.retry_after > LONGEST_WAIT:
                    raise
                await asyncio.sleep(error.retry_after)


def _is_message(api_method: str) -> bool:
    return api_method.startswith(("send", "copy", "forward")) and api_method != "sendChatAction"


def _later(seconds: float, release: Callable[[], None]) -> None:
    asyncio.get_running_loop().call_later(seconds, release)
