"""Updates are stored before they are acknowledged, and worked off in order per chat.

What a crash cut off is worked again at the next start, so whatever a handler does in the database
must be idempotent by a key of its own (a registration, the id of a tap). What it changes in the
person's conversation is stored together with the update's being done.
"""

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import structlog
from aiogram import Bot
from aiogram.methods import TelegramMethod
from aiogram.types import Update
from pydantic import ValidationError

from bot.batching import Batcher
from bot.failures import describe
from bot.fleeting import Fleeting
from bot.incoming import Json, as_text, chat_of, is_fleeting, is_ordinary_talk
from bot.services import dialog_states, updates
from bot.services.core import Core
from bot.trying import until_written

PARALLEL = 32  # chats that are worked on at one time
FULL = 2000  # updates in memory; past that nothing more is fetched
PAUSES = (0.5, 1.0, 2.0, 4.0)  # seconds between the five attempts
MOST_BEGUN = 20  # attempts, those that a crash cut off among them
PATIENCE = 10.0  # seconds that a stop gives to what is in hand
ERROR_LENGTH = 300

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Item:
    update_id: int
    payload: str
    attempts: int = 0  # begun so far
    recovered: bool = False


_Finished = tuple[int, dialog_states.Conversations]


class Feedable(Protocol):
    """What works updates: aiogram's dispatcher, or several that look like one."""

    async def feed_update(self, bot: Bot, update: Update) -> Any:
        """Work an update off."""


class Inbox:
    """Stores updates, then feeds them to the dispatcher.

    One chat's updates wait for each other, also while one of them is tried again: what a person
    did next often builds on it. Five attempts with pauses of 0.5, 1, 2 and 4 seconds hold a chat
    up for 7.5 seconds at most; then the update is set aside and the chat goes on. Attempts that the
    end of the program cut off count apart, for most of them are innocent: after twenty begun
    attempts an update is taken for the cause.

    One inbox works per bot token and database.

    Args:
        core: database and clock.
        bot: whose updates they are.
        dispatcher: gets every update that parses; an exception means "try again".
        on_set_aside: told about an update that was given up (as it came), once; says so to the
            person.
        parallel: how many chats are worked on at one time.
        pauses: seconds between attempts; one more than its length are made.
    """

    def __init__(
        self,
        core: Core,
        bot: Bot,
        dispatcher: Feedable,
        on_set_aside: Callable[[Json], Awaitable[None]],
        *,
        parallel: int = PARALLEL,
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        self._core = core
        self._bot = bot
        self._dispatcher = dispatcher
        self._on_set_aside = on_set_aside
        self._pauses = pauses
        self._in_hand = asyncio.Semaphore(parallel)
        self._storing: Batcher[Sequence[Json]] = Batcher(self._store)
        self._beginning: Batcher[_Item] = Batcher(self._begin)
        self._finishing: Batcher[_Finished] = Batcher(self._finish)
        self._fleeting = Fleeting(self._dispatch, self._count)
        self._queues: dict[str, deque[_Item]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._idle = asyncio.Event()
        self._room = asyncio.Event()
        self._count(0)
        self._stopping = False

    async def start(self) -> None:
        """Take up what an earlier run of the program left unfinished."""
        left = await updates.unfinished(self._core, self._bot.id)
        for item in left:
            self._enqueue(item.chat, _Item(item.update_id, item.payload, item.attempts, True))
        if left:
            log.info("inbox_recovered", updates=len(left))

    async def feed(self, batch: Sequence[Json]) -> None:
        """Return once the updates are safely stored; only then may they be acknowledged.

        Ordinary talk in groups is dropped, and a repeated update changes nothing. What is worth
        nothing a moment later is worked at once and not stored.

        Raises:
            Exception: storing failed; nothing of the batch may be acknowledged.
        """
        for update in batch:
            if is_fleeting(update) and not self._stopping:
                self._fleeting.take(update)
        wanted = [
            update
            for update in batch
            if not (is_fleeting(update) or is_ordinary_talk(update, self._bot.id))
        ]
        if wanted:
            await self._storing.add(wanted)

    @property
    def is_full(self) -> bool:
        """Whether so much waits that nothing more should be taken in."""
        return not self._room.is_set()

    async def room(self) -> None:
        """Return as soon as the inbox is not full."""
        await self._room.wait()

    async def idle(self) -> None:
        """Return as soon as everything that was fed is worked off."""
        await self._idle.wait()

    async def stop(self, patience: float = PATIENCE) -> None:
        """Finish what is in hand, for `patience` seconds at most; the rest is for the next start.

        What is fed from now on is still stored.
        """
        self._stopping = True
        await self._fleeting.stop()
        if self._workers:
            _, late = await asyncio.wait(self._workers, timeout=patience)
            for worker in late:
                worker.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _store(self, batches: list[Sequence[Json]]) -> None:
        rows = {
            update["update_id"]: updates.NewUpdate(
                update["update_id"], chat_of(update), as_text(update)
            )
            for batch in batches
            for update in batch
        }
        new = await updates.store(self._core, self._bot.id, list(rows.values()))
        for row in rows.values():
            if row.update_id in new:
                self._enqueue(row.chat, _Item(row.update_id, row.payload))

    async def _begin(self, batch: list[_Item]) -> None:
        begun = {item.update_id: item.attempts for item in batch}
        await until_written(lambda: updates.begin_attempts(self._core, self._bot.id, begun))

    async def _finish(self, batch: list[_Finished]) -> None:
        update_ids = [update_id for update_id, _ in batch]
        conversations = {key: kept for _, changed in batch for key, kept in changed.items()}
        await until_written(
            lambda: updates.finish(self._core, self._bot.id, update_ids, conversations)
        )

    def _enqueue(self, chat: str, item: _Item) -> None:
        if self._stopping:
            return
        self._count(+1)
        if chat in self._queues:
            self._queues[chat].append(item)
            return
        self._queues[chat] = deque([item])
        worker = asyncio.create_task(self._work_off(chat))
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)

    async def _work_off(self, chat: str) -> None:
        queue = self._queues[chat]
        while queue and not self._stopping:
            await self._work(queue[0])
            queue.popleft()
            self._count(-1)
        del self._queues[chat]

    async def _work(self, item: _Item) -> None:
        error = f"Interrupted: the program ended {MOST_BEGUN} times while it worked on this"
        for pause in (*self._pauses, None):
            if item.attempts == MOST_BEGUN:
                break
            try:
                async with self._in_hand:  # who waits for their turn has not begun
                    item.attempts += 1
                    if item.recovered or item.attempts > 1:
                        await self._beginning.add(item)
                    with dialog_states.collected() as conversations:
                        await self._dispatch(json.loads(item.payload))
            except _UnparsableError as problem:
                error = str(problem)
                break
            except Exception as problem:  # noqa: BLE001 (whatever it is, the next update goes on)
                error = describe(problem)
                log.warning(
                    "update_failed", update_id=item.update_id, attempt=item.attempts, error=error
                )
                if pause is not None:
                    await asyncio.sleep(pause)
            else:
                await self._finishing.add((item.update_id, conversations))
                return
        await self._set_aside(item, error[:ERROR_LENGTH])

    async def _dispatch(self, raw: Json) -> None:
        try:
            update = Update.model_validate(raw, context={"bot": self._bot})
        except ValidationError as problem:
            raise _UnparsableError(problem) from None
        answer = await self._dispatcher.feed_update(self._bot, update)
        if isinstance(answer, TelegramMethod):
            await self._bot(answer)

    async def _set_aside(self, item: _Item, error: str) -> None:
        log.error("update_set_aside", update_id=item.update_id, attempts=item.attempts)
        await until_written(
            lambda: updates.set_aside(
                self._core, self._bot.id, item.update_id, attempts=item.attempts, error=error
            )
        )
        try:
            await self._on_set_aside(json.loads(item.payload))
        except Exception as problem:  # noqa: BLE001 (telling is a courtesy)
            log.warning("not_told", update_id=item.update_id, error=type(problem).__name__)

    def _count(self, change: int) -> None:
        self._waiting += change
        (self._idle.clear if self._waiting else self._idle.set)()
        (self._room.set if self._waiting < FULL else self._room.clear)()


class _UnparsableError(Exception):
    """The update is none that this version of the Bot API knows; says where, not what."""

    def __init__(self, problem: ValidationError) -> None:
        places = (
            f"{'.'.join(str(part) for part in item['loc'])}: {item['type']}"
            for item in problem.errors(include_input=False, include_url=False)
        )
        super().__init__("Unparsable: " + "; ".join(places))
