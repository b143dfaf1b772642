"""The counters of messages to many: posted to whoever wrote one, and edited while it goes out."""

import asyncio
from hashlib import sha256
from weakref import WeakValueDictionary

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramRetryAfter,
)

from bot.background import Background
from bot.broadcast_messages import counter_message
from bot.errors import DomainError
from bot.i18n import DEFAULT_LOCALE, Texts
from bot.sender import Outgoing
from bot.services import broadcast_counters, visitors
from bot.services.broadcast_counters import Counter
from bot.services.broadcast_progress import Progress
from bot.services.core import Account, Core
from bot.slots import Slots

EVERY = 3.0  # seconds between two edits of a counter
CALL_TIMEOUT = 20  # seconds for one call

log = structlog.get_logger(__name__)


class BroadcastBoard(Background):
    """Shows how far messages to many have come; what is shown where is in the database.

    Args:
        core: database and clock.
        bot: who speaks.
        texts: of every language.
        slots: shared with everything else that the bot sends.
    """

    def __init__(self, core: Core, bot: Bot, texts: Texts, slots: Slots) -> None:
        super().__init__(self._refresh_until_over, "counters_wait")
        self._core, self._bot, self._texts, self._slots = core, bot, texts, slots
        self._drawing: WeakValueDictionary[tuple[Account, int], asyncio.Lock] = (
            WeakValueDictionary()
        )

    async def post(self, account: Account, broadcast_id: int) -> None:
        """Send somebody a counter and keep it true, in place of the one they had.

        Raises:
            Forbidden: this account does not run the meeting.
        """
        progress = await broadcast_counters.get_progress(self._core, account, broadcast_id)
        outgoing = await self._words(account, progress, asks=False)
        sent = await self._bot.send_message(
            account.id, outgoing.text, reply_markup=outgoing.reply_markup
        )
        await broadcast_counters.follow(
            self._core,
            account,
            broadcast_id,
            sent.message_id,
            shown=_hash(outgoing),
            over=progress.over,
        )

    async def draw(self, account: Account, broadcast_id: int) -> None:
        """Edit somebody's counter, so that it says what is true.

        Raises:
            Forbidden: this account does not run the meeting.
            NotFound: it has no counter of this message.
        """
        # One at a time, or an older edit might arrive last.
        async with self._drawing.setdefault((account, broadcast_id), asyncio.Lock()):
            counter = await self._read(account, broadcast_id)
            outgoing = await self._words(account, counter.progress, asks=counter.asks)
            try:
                await self._bot.edit_message_text(
                    outgoing.text,
                    chat_id=account.id,
                    message_id=counter.message_id,
                    reply_markup=outgoing.reply_markup,
                    request_timeout=CALL_TIMEOUT,
                )
            except TelegramRetryAfter as error:
                self._slots.pause(error.retry_after)
                return
            except (TelegramBadRequest, TelegramForbiddenError) as error:
                if "message is not modified" not in error.message:
                    log.info("counter_cannot_be_changed", telegram=error.message)
                    await broadcast_counters.give_up(self._core, account, broadcast_id)
                    return
            await broadcast_counters.note_shown(
                self._core,
                account,
                broadcast_id,
                counter.message_id,
                _hash(outgoing),
                over=counter.progress.over,
            )

    async def refresh(self) -> bool:
        """Edit every counter that is no longer true; say whether messages go out at this moment."""
        going = False
        for account, broadcast_id in await broadcast_counters.list_followed(self._core):
            try:
                counter = await self._read(account, broadcast_id)
            except DomainError:  # the right to see it was taken back
                await broadcast_counters.give_up(self._core, account, broadcast_id)
                continue
            progress = counter.progress
            outgoing = await self._words(account, progress, asks=counter.asks)
            if _hash(outgoing) != counter.shown:
                try:
                    async with self._slots.to_push(account.id):
                        await self.draw(account, broadcast_id)
                except AiogramError as error:  # the next pass tries again
                    log.warning("counter_waits", error=type(error).__name__)
            going |= progress.under_way > 0 and progress.waits_until is None
        return going

    async def _refresh_until_over(self) -> None:
        while True:
            if not await self.refresh():
                return
            await asyncio.sleep(EVERY)

    async def _read(self, account: Account, broadcast_id: int) -> Counter:
        return await broadcast_counters.get_counter(self._core, account, broadcast_id)

    async def _words(self, account: Account, progress: Progress, *, asks: bool) -> Outgoing:
        visitor = await visitors.recognise(self._core, account)
        zone = visitor.timezone or self._core.timezone
        tr = self._texts.speak(visitor.locale or DEFAULT_LOCALE, self._core.clock.now(), zone)
        return counter_message(tr, progress, asks=asks)


def _hash(outgoing: Outgoing) -> str:
    markup = outgoing.reply_markup.model_dump_json() if outgoing.reply_markup else ""
    return sha256(f"{outgoing.text}\n{markup}".encode()).hexdigest()
