"""Several processes share what is owed; one of them dies, and nobody misses or repeats anything."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiogram import Bot
from aiohttp import web
from sqlalchemy import select

from bot import slots as slots_module
from bot.clock import MovableClock
from bot.database import Database
from bot.models import DueMessage
from bot.sender import LEASE, Dropped, Outgoing, Sender
from bot.services import due_messages, outbox
from bot.services.core import Account, Core
from bot.services.due_messages import Owed
from bot.slots import Slots
from bot.vocabulary import MessageKind
from sandbox.client import Person
from sandbox.server import Sandbox
from tests.bot.running import bot_of, telegram_of

PEOPLE = 30
FEW_SLOTS = 2  # with which a process has six messages in hand
MOMENT = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots_module, "REST", 0.0)
    monkeypatch.setattr(slots_module, "PAUSE_IN_CHAT", 0.0)


@pytest.fixture
async def sandbox(clock: MovableClock) -> AsyncIterator[Sandbox]:
    async with Sandbox(clock.now, rate_limits=False) as server:
        for number in range(PEOPLE):
            server.world.start(server.world.add_user(f"П{number}").id)
        yield server


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    async with bot_of(sandbox) as bot:
        yield bot


@pytest.fixture
async def other(core: Core) -> AsyncIterator[Core]:
    """What a second process has: connections of its own to the same database."""
    db = Database(core.db.url.render_as_string(hide_password=False))
    yield Core(db=db, clock=core.clock)
    await db.close()


@pytest.fixture
async def owed(core: Core, sandbox: Sandbox) -> None:
    """Everybody is owed a message; the first two are of a kind that is never said twice."""
    owed = [
        Owed(
            Account(user.id),
            MessageKind.BROADCAST if number < 2 else MessageKind.MEETING_CANCELLED,
            "meeting:1",
            answers=True,
        )
        for number, user in enumerate(sandbox.world.users.values())
    ]
    async with core.db.write() as session:
        await due_messages.plan(session, core, owed)


async def compose(message: DueMessage) -> Outgoing | Dropped:
    return Outgoing(message.kind)


def heard(sandbox: Sandbox) -> Counter[int]:
    """Return how many people heard the bot how often."""
    world = sandbox.world
    return Counter(
        sum(screen.by_bot for screen in Person(world, user).messages)
        for user in world.users.values()
    )


async def fates(core: Core) -> Counter[str]:
    async with core.db.read() as session:
        rows = await session.execute(select(DueMessage.status, DueMessage.reason))
        return Counter(f"{status.value} {reason}".strip() for status, reason in rows)


async def test_processes_at_once_send_each_message_once(
    core: Core, other: Core, bot: Bot, sandbox: Sandbox, owed: None
) -> None:
    senders = [Sender(one, bot, compose, Slots(FEW_SLOTS)) for one in (core, other, core)]
    await asyncio.gather(*(sender.drain() for sender in senders))
    assert heard(sandbox) == {1: PEOPLE}
    assert await fates(core) == {"sent": PEOPLE}


async def test_what_a_dead_process_had_in_hand_another_takes_over(
    core: Core, other: Core, bot: Bot, sandbox: Sandbox, clock: MovableClock, owed: None
) -> None:
    calls = asyncio.Semaphore(0)

    async def never(_: web.Request) -> web.Response:
        calls.release()
        await asyncio.Event().wait()
        return web.Response()

    async with telegram_of(never) as deaf:
        dying = Sender(other, deaf, compose, Slots(FEW_SLOTS))
        await dying.kick()
        for _ in range(FEW_SLOTS):
            await calls.acquire()
        await _kill(dying)
    living = Sender(core, bot, compose, Slots())
    await living.drain()
    assert heard(sandbox) == {1: PEOPLE - 6, 0: 6}
    clock.advance(LEASE - MOMENT)
    await living.drain()
    assert heard(sandbox)[0] == 6
    clock.advance(MOMENT)
    await living.drain()
    assert heard(sandbox) == {1: PEOPLE - 2, 0: 2}
    assert await fates(core) == {"sent": PEOPLE - 2, f"failed {outbox.UNKNOWN}": 2}


@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "control"])
async def test_a_process_that_was_asleep_for_too_long_says_nothing_twice(
    core: Core,
    other: Core,
    bot: Bot,
    sandbox: Sandbox,
    clock: MovableClock,
    owed: None,
    monkeypatch: pytest.MonkeyPatch,
    *,
    guarded: bool,
) -> None:
    fell_asleep, awoke = asyncio.Event(), asyncio.Event()

    async def compose_slowly(message: DueMessage) -> Outgoing | Dropped:
        fell_asleep.set()
        await awoke.wait()
        return await compose(message)

    if not guarded:
        monkeypatch.setattr(outbox, "put_on_wire", _without_looking)
    sleepy = Sender(other, bot, compose_slowly, Slots(FEW_SLOTS))
    await sleepy.kick()
    await fell_asleep.wait()
    clock.advance(LEASE)
    await Sender(core, bot, compose, Slots()).drain()
    assert heard(sandbox) == {1: PEOPLE}
    awoke.set()
    await sleepy.drain()
    assert heard(sandbox) == ({1: PEOPLE} if guarded else {1: PEOPLE - 6, 2: 6})


async def _without_looking(*_: object) -> bool:
    return True


async def _kill(sender: Sender) -> None:
    """End a sender as a kill does: what it was about to write is never written."""
    assert sender._working is not None
    tasks = [sender._working, *sender._going]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
