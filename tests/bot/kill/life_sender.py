"""One life of a process that sends what is due, until somebody kills it.

The outbox, the sender and the words are the real ones; Telegram's seconds are left out, or a few
kills would take minutes.
"""

import asyncio
import signal
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from bot import sender as sender_module
from bot import slots as slots_module
from bot.clock import Clock, MovableClock
from bot.database import Database
from bot.i18n import Texts
from bot.messages import composer
from bot.sender import Sender
from bot.services.core import Core
from bot.slots import Slots
from tests.bot.kill.processes import FORKING
from tests.bot.running import bot_at

LEASE = timedelta(seconds=3)
STARTING = 180.0  # seconds; the first life waits for the imports of all of them
LOOK_AGAIN = 0.1  # seconds until a process that has nothing to do asks again


@dataclass(frozen=True)
class Settings:
    """Of one life.

    Attributes:
        ahead: of its clock, so that it is noon at any hour of the real day.
        last: whether it ends by itself once nothing is due.
        slots: how many calls it has in flight at most.
        rest: seconds that a slot rests after a call.
    """

    telegram: str
    database: str
    ahead: timedelta
    last: bool = False
    slots: int = 30
    rest: float = 0.0


async def begin(settings: Settings) -> tuple[BaseProcess, str]:
    """Start a life; returns it, and as whom it claims, when it begins to send."""
    receiving, sending = FORKING.Pipe(duplex=False)
    process = FORKING.Process(target=_live, args=(settings, sending))
    process.start()
    sending.close()
    if not await asyncio.to_thread(receiving.poll, STARTING):
        process.kill()
        raise AssertionError("the sender did not start")
    worker: str = receiving.recv()
    receiving.close()
    return process, worker


def _live(settings: Settings, ready: Connection) -> None:
    asyncio.run(_send(settings, ready))


async def _send(settings: Settings, ready: Connection) -> None:
    sender_module.LEASE = LEASE
    slots_module.REST, slots_module.PAUSE_IN_CHAT = settings.rest, 0.0
    clock = MovableClock(Clock().now() + settings.ahead)
    core = Core(Database(settings.database), clock)
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    async with bot_at(settings.telegram) as bot:
        sender = Sender(core, bot, composer(core, Texts(), bot, ""), Slots(settings.slots))
        ready.send(sender._worker)
        if settings.last:
            await sender.drain()
        else:
            await _until(stopping, sender)
        await sender.stop()
    await core.db.close()


async def _until(stopping: asyncio.Event, sender: Sender) -> None:
    ending = asyncio.create_task(stopping.wait())
    while not ending.done():
        await sender.kick()
        await asyncio.wait([ending], timeout=LOOK_AGAIN)
