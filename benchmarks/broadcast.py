"""A mass message against Telegram's limits: how fast it goes out, and how long taps wait meanwhile.

    python -m benchmarks.broadcast 1000 3

The whole bot on SQLite, with its slots and, in turn with them, with a plain token bucket of 30 a
second. What is possible is 30 / (1 + RTT) messages a second, answers among them: each of 30 slots
is out for the call and a second. Every call takes up to 60 ms longer than on the loopback, and one
in a hundred of the mass message's 0.4 s more; those of people who tap are spared these stalls, or
they would hide the waiting that is to be measured.
"""

import asyncio
import gc
import logging
import random
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from unittest import mock

import structlog
from aiogram import Bot
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import Response, SendMessage, TelegramMethod
from aiogram.methods.base import TelegramType
from sqlalchemy import select

from benchmarks.telegram import FIRST_ID, FIRST_TAPPER, TAPPERS, Telegram, telegram
from bot.app import App
from bot.models import Broadcast, Meeting, Municipality, Person
from bot.rules import CONSENT_VERSION
from bot.services import due_messages
from bot.services.core import Account, Core
from bot.services.due_messages import Owed
from bot.settings import Settings
from bot.slots import Slots
from bot.vocabulary import (
    Audience,
    Category,
    Format,
    MeetingStatus,
    MessageKind,
    Messenger,
    Mode,
    Recipients,
)

SHARE_GOAL = 0.97
WAIT_GOAL = 0.130  # seconds, the 99th percentile over the one of idle times
JITTER = 0.06  # seconds, both ways together
STALL, STALLED = 0.4, 0.01  # seconds, share of calls
IDLE = 20  # seconds of taps before each message


class TokenBucket(Slots):
    """A token each 30th of a second, 30 at most; the same pause after a 429, the same sender."""

    def __init__(self, total: int) -> None:
        super().__init__(total)
        self._tokens, self._since, self._pause_until = float(total), time.monotonic(), 0.0
        self._line = asyncio.Lock()

    def pause(self, seconds: float) -> None:
        """Hold pushed messages back for so long from now."""
        self._pause_until = max(self._pause_until, time.monotonic() + seconds)

    @asynccontextmanager
    async def to_answer(self) -> AsyncIterator[None]:
        """Take a token for an answer."""
        await self._take_token()
        yield

    @asynccontextmanager
    async def to_push(self, chat: int) -> AsyncIterator[None]:  # noqa: ARG002 (never the same)
        """Take a token for a pushed message."""
        await asyncio.sleep(self._pause_until - time.monotonic())
        await self._take_token()
        yield

    async def _take_token(self) -> None:
        async with self._line:
            self._fill()
            if self._tokens < 1:
                await asyncio.sleep((1 - self._tokens) / self.total)
                self._fill()
            self._tokens -= 1

    def _fill(self) -> None:
        now = time.monotonic()
        self._tokens = min(self.total, self._tokens + (now - self._since) * self.total)
        self._since = now


class Network(BaseRequestMiddleware):
    """A bad one; knows how long messages took, when they were taken and how many were not."""

    def __init__(self) -> None:
        self.trips: list[float] = []
        self.taken: list[float] = []
        self.refused = 0

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Make the request, late, and hear of its answer late."""
        if not isinstance(method, SendMessage):
            if method.__api_method__ != "getUpdates":
                await asyncio.sleep(random.random() * JITTER)
            return await make_request(bot, method)
        began = time.perf_counter()
        await self._way(method)
        try:
            response = await make_request(bot, method)
        except TelegramRetryAfter:
            self.refused += 1
            raise
        self.taken.append(time.perf_counter())
        await self._way(method)
        self.trips.append(time.perf_counter() - began)
        return response

    async def _way(self, method: SendMessage) -> None:
        stalls = int(method.chat_id) >= FIRST_ID and random.random() < STALLED / 2
        await asyncio.sleep(random.random() * JITTER / 2 + (STALL if stalls else 0))


@dataclass
class Measured:
    """Of one arm, over all rounds; seconds."""

    shares: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    refused: int = 0
    idle: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The median of the rounds' shares of what is possible."""
        return statistics.median(self.shares)

    @property
    def longer(self) -> float:
        """By how much the 99th percentile of taps' waiting grew."""
        return _percentile(self.busy, 99) - _percentile(self.idle, 99)


async def _round(people: int, slots: type[Slots], measured: Measured) -> None:
    with tempfile.TemporaryDirectory() as folder, mock.patch("bot.app.Slots", slots):
        async with telegram(people) as world:
            settings = Settings(
                _env_file=None,
                bot_token="42:TEST",
                bot_api_url=world.url,
                database_url=f"sqlite+aiosqlite:///{folder}/bot.sqlite3",
                webhook_url="",
            )
            async with App(settings) as app:
                gc.freeze()  # as `python -m bot` does
                serving = asyncio.create_task(app.serve())
                await _measure(app, world, people, measured)
                serving.cancel()
                await asyncio.gather(serving, return_exceptions=True)


async def _measure(app: App, world: Telegram, people: int, measured: Measured) -> None:
    network = Network()
    app.bot.session.middleware(network)
    broadcast_id = await _prepare(app.core, people)
    await world.tap()
    await asyncio.sleep(IDLE)
    measured.idle += await world.rest()
    await _owe(app.core, people, broadcast_id)
    network.trips, network.taken, network.refused = [], [], 0
    await world.tap()
    while await due_messages.next_due_at(app.core):
        await app.sender.drain()
    trips, taken = network.trips, network.taken
    rate = (len(taken) - 1) / (taken[-1] - taken[0])
    measured.rates.append(rate)
    measured.shares.append(rate * (1 + statistics.mean(trips)) / app.settings.messages_per_second)
    measured.refused += network.refused
    measured.busy += await world.rest()


async def _prepare(core: Core, people: int) -> int:
    """Store the people, a meeting and what is written to them; return the id of that."""
    now = core.clock.now()
    accounts = [*range(FIRST_ID, FIRST_ID + people), *range(FIRST_TAPPER, FIRST_TAPPER + TAPPERS)]
    async with core.db.write() as session:
        session.add_all(
            Person(
                messenger=Messenger.TELEGRAM,
                account_id=account,
                name="Мария",
                category=Category.PARENT,
                profile_done_at=now,
                consent_version=CONSENT_VERSION,
                consented_at=now,
                created_at=now,
            )
            for account in accounts
        )
        meeting = Meeting(
            token="Poster_1-2026",
            municipality_id=await session.scalar(select(Municipality.id).limit(1)),
            status=MeetingStatus.PUBLISHED,
            title="Инженеры будущего",
            audience=Audience.PARENTS,
            format=Format.NETWORKING,
            mode=Mode.IN_PERSON,
            starts_at=now + timedelta(days=7),
            ends_at=now + timedelta(days=7, hours=2),
            created_at=now,
        )
        session.add(meeting)
        await session.flush()
        broadcast = Broadcast(
            token="once",
            meeting_id=meeting.id,
            recipients=Recipients.SIGNED_UP,
            text="Возьмите, пожалуйста, сменную обувь.",
            created_at=now,
        )
        session.add(broadcast)
        await session.flush()
        return broadcast.id


async def _owe(core: Core, people: int, broadcast_id: int) -> None:
    owed = [
        Owed(
            Account(account),
            MessageKind.BROADCAST,
            "meeting:1",
            facts={"broadcast_id": broadcast_id},
            answers=True,
        )
        for account in range(FIRST_ID, FIRST_ID + people)
    ]
    async with core.db.write() as session:
        await due_messages.plan(session, core, owed)


def _percentile(seconds: Sequence[float], percent: int) -> float:
    return statistics.quantiles(seconds, n=100, method="inclusive")[percent - 1]


def _told(name: str, arm: Measured) -> str:
    return (
        f"  {name:13} {statistics.median(arm.rates):5.1f}/s  {arm.share:6.1%}  {arm.refused:4}"
        f"   {_waits(arm.idle)}   {_waits(arm.busy)}   {arm.longer * 1000:+5.0f} ms"
    )


def _waits(seconds: Sequence[float]) -> str:
    return f"{_percentile(seconds, 50) * 1000:4.0f} / {_percentile(seconds, 99) * 1000:4.0f} ms"


async def measure(people: int = 1000, rounds: int = 3) -> None:
    """Print a table: our slots and, unless there is only one round, the token bucket."""
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    arms: dict[type[Slots], Measured] = {Slots: Measured()}
    if rounds > 1:
        arms[TokenBucket] = Measured()
    for _ in range(rounds):
        for slots, measured in arms.items():
            await _round(people, slots, measured)
    print(
        f"a message to {people} people, medians of {rounds}; taps: p50 / p99\n"
        "                  rate   share   429   taps before      taps meanwhile   p99 longer"
    )
    for slots, measured in arms.items():
        print(_told("slots" if slots is Slots else "token bucket", measured))
    ours = arms[Slots]
    met = ours.share >= SHARE_GOAL and not ours.refused and ours.longer <= WAIT_GOAL
    print(
        f"  goal                  {SHARE_GOAL:7.1%}     0"
        f"{'':36}{WAIT_GOAL * 1000:+5.0f} ms: {'met' if met else 'missed'}"
    )


if __name__ == "__main__":
    asyncio.run(measure(*map(int, sys.argv[1:])))
