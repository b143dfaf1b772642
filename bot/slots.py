"""Telegram's 30 messages a second, shared between answers to taps and what the bot sends itself.

Slots, not buckets: a slot comes back one second after the *response*, so that jitter on the way
never makes 31 messages fall into one of Telegram's seconds. An answer takes the next slot that
comes back before any pushed message does, and pushed messages leave one after the other, evenly,
so that the next slot is never far.
"""

import asyncio
from collections import deque
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
REST = 1.0  # seconds from the response until a slot can be used again
EVENNESS = 0.95  # of the time in which one slot comes back: so far apart leave pushed messages
PAUSE_IN_CHAT = 1.0  # Bot FAQ: «avoid sending more than one message per second» in one chat
LONGEST_WAIT = 10  # seconds that an answer waits when told to retry; past that it fails
TRIES = 3

log = structlog.get_logger(__name__)
_holds_a_slot: ContextVar[bool] = ContextVar("holds_a_slot", default=False)


class Slots:
    """The slots of one process; all waiting is on the loop's monotonic clock.

    Args:
        total: messages a second of all kinds.
    """

    def __init__(self, total: int = ALL_SLOTS) -> None:
        self.total = total
        self._free = total
        self._answers: deque[asyncio.Future[None]] = deque()
        self._pushed: deque[asyncio.Future[None]] = deque()
        self._pushed_wait: asyncio.TimerHandle | None = None
        self._chats: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def pause(self, seconds: float) -> None:
        """Hold all pushed messages back for so long from now."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        if self._pushed_wait is not None:
            if self._pushed_wait.when() >= until:
                return
            self._pushed_wait.cancel()
        self._pushed_wait = loop.call_at(until, self._end_pause)

    @asynccontextmanager
    async def to_answer(self) -> AsyncIterator[None]:
        """Hold a slot for an answer to what a person just did."""
        await self._take(self._answers)
        try:
            yield
        finally:
            _later(REST, self._give_back)

    @asynccontextmanager
    async def to_push(self, chat: int) -> AsyncIterator[None]:
        """Hold a slot, and the chat, for a message of the bot's own accord."""
        chat_lock = self._chats.setdefault(chat, asyncio.Lock())
        async with AsyncExitStack() as stack:
            await chat_lock.acquire()
            stack.callback(_later, PAUSE_IN_CHAT, chat_lock.release)
            await self._take(self._pushed)
            stack.callback(_later, REST, self._give_back)
            stack.callback(_holds_a_slot.reset, _holds_a_slot.set(True))
            yield

    async def rested(self, chat: int) -> None:
        """Return once a pushed message to this chat waits for nothing but a slot."""
        async with self._chats.setdefault(chat, asyncio.Lock()):
            pass

    async def _take(self, queue: deque[asyncio.Future[None]]) -> None:
        turn = asyncio.get_running_loop().create_future()
        queue.append(turn)
        self._hand_out()
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # the slot was given already, and nothing will use it
                self._give_back()
            raise

    def _give_back(self) -> None:
        self._free += 1
        self._hand_out()

    def _end_pause(self) -> None:
        self._pushed_wait = None
        self._hand_out()

    def _hand_out(self) -> None:
        while self._free and (queue := self._answers or self._may_be_pushed()):
            turn = queue.popleft()
            if turn.cancelled():
                continue
            turn.set_result(None)
            self._free -= 1
            if queue is self._pushed:
                self.pause(EVENNESS * REST / self.total)

    def _may_be_pushed(self) -> deque[asyncio.Future[None]] | None:
        return self._pushed if self._pushed_wait is None else None


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
