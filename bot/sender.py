"""Sends due messages: slots, 429, people who blocked the bot, and two phases per message."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4
from weakref import WeakValueDictionary

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramRetryAfter,
)
from aiogram.methods import SendDocument, SendMessage, SendPhoto, TelegramMethod
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
)

from bot import rules
from bot.background import Background
from bot.failures import describe
from bot.i18n import Speech
from bot.models import DueMessage
from bot.services import outbox
from bot.services.core import Account, Core
from bot.slots import Slots
from bot.trying import growing, until_written

IN_HAND = 3  # seconds of slots: so many messages are claimed at one time
AHEAD = 4  # messages composed before there is a slot: a whole batch would keep taps waiting
FRESH_FOR = timedelta(seconds=30)  # what was composed longer ago is composed anew
LEASE = timedelta(seconds=45)  # a call, and what the clocks of two machines may differ
CALL_TIMEOUT = 20  # seconds for one call
FIRST_PAUSE, LONGEST_PAUSE = 30.0, 3600.0  # seconds between attempts
PERSISTENCE = timedelta(days=1)  # from the first failure until a message is given up
PATIENCE = 10.0  # seconds that a stop gives to what is in hand

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a message; a picture is shown, anything else can be downloaded."""

    name: str
    content: bytes
    is_picture: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is to be said: HTML text and, with it, buttons and a file.

    With a file the text is its caption, which has 1,024 characters at most.
    """

    text: str
    reply_markup: InlineKeyboardMarkup | None = None
    attachment: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """The condition of the message is no longer true; `reason` is for the operator."""

    reason: str


Compose = Callable[[DueMessage], Awaitable[Outgoing | Dropped]]
Facts = dict[str, Any]
Composer = Callable[[Core, Account, Facts, Speech], Awaitable[Outgoing | None]]
"""What makes the words of one kind of message; None: it is wanted no more."""


class Sender(Background):
    """Sends what is due, each message in two phases, never inside a transaction.

    Several processes may do so over one database: what one of them leaves behind when it dies,
    another takes over after the lease.

    Args:
        core: database and clock.
        bot: who speaks.
        compose: turns a message into words in the language of its person, or drops it; called
            just before the message goes out.
        slots: shared with the answers to taps.
    """

    def __init__(self, core: Core, bot: Bot, compose: Compose, slots: Slots) -> None:
        super().__init__(self.drain, "sending_stopped")
        self._core = core
        self._bot = bot
        self._compose = compose
        self._slots = slots
        self._chats: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._in_hand = IN_HAND * slots.total
        self._ahead = asyncio.Semaphore(AHEAD)
        self._draining = asyncio.Lock()
        self._worker = uuid4().hex
        self._going: dict[asyncio.Task[None], int] = {}  # with the id of the message
        self._stopping = asyncio.Event()

    async def drain(self) -> None:
        """Send everything that is due now; returns when it is out."""
        async with self._draining:
            while not self._stopping.is_set():
                if len(self._going) <= self._in_hand // 2:
                    await self._take_more()
                if not self._going:
                    return
                done, _ = await asyncio.wait(self._going, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    del self._going[task]
                    if not task.cancelled():
                        task.result()

    async def stop(self, patience: float = PATIENCE) -> None:
        """Send what is in hand, for `patience` seconds at most; the rest is given back.

        Only a call that Telegram has not answered by then stays on the wire.
        """
        self._stopping.set()
        if self._going:
            _, late = await asyncio.wait(self._going, timeout=patience)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self.settle()
        async with self._draining:
            try:
                await outbox.release(self._core, self._worker)
            except Exception as error:  # noqa: BLE001 (the lease ends by itself)
                log.warning("messages_not_released", error=type(error).__name__)

    async def _take_more(self) -> None:
        if not await outbox.has_work(self._core):
            return
        in_hand = set(self._going.values())
        if unknown := await outbox.settle_unknown(self._core, besides=in_hand):
            log.warning("messages_unknown", messages=unknown)
        room = self._in_hand - len(in_hand)
        claimed = await outbox.claim(self._core, self._worker, room, LEASE, besides=in_hand)
        if not self._stopping.is_set():
            self._going |= {
                asyncio.create_task(self._deliver(message)): message.id for message in claimed
            }

    async def _deliver(self, message: DueMessage) -> None:
        # In the order in which they were claimed: a file follows the words it belongs to.
        async with self._chats.setdefault(message.account_id, asyncio.Lock()):
            await self._compose_and_send(message)

    async def _compose_and_send(self, message: DueMessage) -> None:
        if await self._waits_for_morning(message):
            return
        await self._slots.rested(message.account_id)
        async with AsyncExitStack() as ahead:
            await ahead.enter_async_context(self._ahead)
            begun_at = self._core.clock.now()
            composed = await self._composed(message)
            if composed is None:
                return
            async with self._slots.to_push(message.account_id):
                await ahead.aclose()
                # Telegram may have asked for a pause: meanwhile night falls, meetings are moved.
                if await self._waits_for_morning(message):
                    return
                if self._core.clock.now() - begun_at > FRESH_FOR:
                    composed = await self._composed(message)
                    if composed is None:
                        return
                if not await outbox.put_on_wire(self._core, self._worker, message.id, LEASE):
                    return
                failure = await self._call(message, composed)
        # Its slot rests already while the outcome is written.
        if failure is None:
            await until_written(lambda: outbox.mark_sent(self._core, message.id))
        else:
            await self._not_sent(message, failure)

    async def _waits_for_morning(self, message: DueMessage) -> bool:
        """Say whether it is night where the message goes; it is then planned for the morning."""
        now = self._core.clock.now()
        morning = rules.after_night(now, message.quiet_in) if message.quiet_in else now
        if morning > now:
            await until_written(
                lambda: outbox.postpone(self._core, self._worker, message.id, morning)
            )
        return morning > now

    async def _composed(self, message: DueMessage) -> Outgoing | None:
        """Return what the message says; None when it was dropped or has to wait."""
        try:
            composed = await self._compose(message)
        except Exception as error:  # noqa: BLE001 (one message must not hold up the others)
            await self._try_later(message, error)
            return None
        if isinstance(composed, Dropped):
            await self._drop(message, composed.reason)
            return None
        return composed

    async def _call(self, message: DueMessage, composed: Outgoing) -> Exception | None:
        try:
            await self._bot(_method(message.account_id, composed), CALL_TIMEOUT)
        except Exception as failure:  # noqa: BLE001 (every outcome is written down)
            return failure
        return None

    async def _not_sent(self, message: DueMessage, error: Exception) -> None:
        match error:
            case TelegramRetryAfter():
                log.warning("sender_pauses", seconds=error.retry_after)
                self._slots.pause(error.retry_after)
                await self._plan_again(message, timedelta(), failed=False)
            case TelegramForbiddenError():
                log.info("message_unwanted", message_id=message.id, telegram=error.message)
                account = Account(message.account_id, message.messenger)
                await until_written(lambda: outbox.block(self._core, account))
                await self._drop(message, outbox.BLOCKED)
            case TelegramBadRequest() | TelegramMigrateToChat() | TelegramEntityTooLarge():
                await self._give_up(message, error)
            case _:
                await self._try_later(message, error)

    async def _drop(self, message: DueMessage, reason: str) -> None:
        if reason == outbox.BLOCKED:
            await until_written(lambda: outbox.drop_blocked(self._core, self._worker, message))
        else:
            await until_written(lambda: outbox.drop(self._core, self._worker, message.id, reason))

    async def _try_later(self, message: DueMessage, error: Exception) -> None:
        since = message.failing_since
        if since and self._core.clock.now() - since >= PERSISTENCE:
            await self._give_up(message, error)
            return
        attempt = message.attempts + 1
        log.warning(
            "message_waits", message_id=message.id, attempt=attempt, error=type(error).__name__
        )
        pause = growing(attempt, FIRST_PAUSE, LONGEST_PAUSE)
        await self._plan_again(message, timedelta(seconds=pause), failed=True)

    async def _plan_again(self, message: DueMessage, pause: timedelta, *, failed: bool) -> None:
        await until_written(
            lambda: outbox.reschedule(self._core, self._worker, message, pause=pause, failed=failed)
        )

    async def _give_up(self, message: DueMessage, error: Exception) -> None:
        log.error("message_failed", message_id=message.id, error=type(error).__name__)
        await until_written(
            lambda: outbox.fail(self._core, self._worker, message.id, describe(error))
        )


def _method(chat_id: int, outgoing: Outgoing) -> TelegramMethod[Message]:
    """Return the method that says it."""
    if outgoing.attachment is None:
        return SendMessage(
            chat_id=chat_id,
            text=outgoing.text,
            parse_mode="HTML",
            reply_markup=outgoing.reply_markup,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
    file = BufferedInputFile(outgoing.attachment.content, outgoing.attachment.name)
    if outgoing.attachment.is_picture:
        return SendPhoto(
            chat_id=chat_id,
            photo=file,
            caption=outgoing.text,
            parse_mode="HTML",
            reply_markup=outgoing.reply_markup,
        )
    return SendDocument(
        chat_id=chat_id,
        document=file,
        caption=outgoing.text,
        parse_mode="HTML",
        reply_markup=outgoing.reply_markup,
    )
