"""One life of a bot in a process of its own, until somebody kills it.

The inbox, the sender and the services are the real ones; the dispatcher has one button, so that a
life is warm within a fraction of a second.
"""

import asyncio
import signal
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from aiogram import Bot, Dispatcher
from aiogram.types import CallbackQuery
from aiohttp import web

from bot import sender as sender_module
from bot.clock import Clock
from bot.database import Database
from bot.inbox import Inbox
from bot.models import DueMessage
from bot.polling import Polling
from bot.sender import Dropped, Outgoing, Sender
from bot.services import due_messages
from bot.services.core import Account, Core
from bot.services.due_messages import Owed
from bot.slots import Slots, SlotsForAnswers
from bot.vocabulary import MessageKind
from bot.webhook import webhook_app
from tests.bot.kill.processes import FORKING
from tests.bot.running import SECRET, Told, bot_at

EFFECT = "tap"
STARTING = 180.0  # seconds; the first life waits for the imports of all of them
LEASE = timedelta(seconds=2)  # what a life leaves behind, the next has soon


@dataclass(frozen=True)
class Settings:
    """Of one life; a port means the webhook, none polling.

    With `stock` it takes updates as aiogram does by itself: acknowledged before they are worked.
    """

    telegram: str
    database: str
    port: int | None = None
    stock: bool = False


async def begin(settings: Settings) -> BaseProcess:
    """Start a life; returns when it takes updates."""
    receiving, sending = FORKING.Pipe(duplex=False)
    process = FORKING.Process(target=_live, args=(settings, sending))
    process.start()
    sending.close()
    if not await asyncio.to_thread(receiving.poll, STARTING):
        process.kill()
        raise AssertionError("the bot did not start")
    receiving.recv()
    receiving.close()
    return process


def _live(settings: Settings, ready: Connection) -> None:
    asyncio.run(_serve(settings, ready))


async def _serve(settings: Settings, ready: Connection) -> None:
    sender_module.LEASE = LEASE
    core, slots = Core(Database(settings.database), Clock()), Slots()
    async with bot_at(settings.telegram) as bot:
        bot.session.middleware(SlotsForAnswers(slots))
        if settings.stock:
            await _poll_as_aiogram_does(_dispatcher(core), bot, ready)
        else:
            await _work(settings, core, bot, slots, ready)
    await core.db.close()


async def _poll_as_aiogram_does(dispatcher: Dispatcher, bot: Bot, ready: Connection) -> None:
    ready.send("ready")
    await dispatcher.start_polling(bot, close_bot_session=False)
    await asyncio.gather(*dispatcher._handle_update_tasks)


async def _work(settings: Settings, core: Core, bot: Bot, slots: Slots, ready: Connection) -> None:
    sender = Sender(core, bot, _compose, slots)
    inbox = Inbox(core, bot, _dispatcher(core), Told())
    await inbox.start()
    ticking = asyncio.create_task(_tick(sender))
    serving = asyncio.create_task(_take(settings, bot, inbox, ready))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, serving.cancel)
    with suppress(asyncio.CancelledError):
        await serving
    ticking.cancel()
    await inbox.stop()
    await sender.stop()


async def _tick(sender: Sender) -> None:
    """Look for what is due, as the scheduler does: what the dead had in hand is due later."""
    while True:
        await sender.kick()
        await asyncio.sleep(LEASE.total_seconds() / 4)


async def _take(settings: Settings, bot: Bot, inbox: Inbox, ready: Connection) -> None:
    if settings.port is None:
        ready.send("ready")
        await Polling(bot, inbox, ["callback_query"]).run()
        return
    runner = web.AppRunner(webhook_app(inbox, SECRET), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", settings.port).start()
        await bot.set_webhook(f"http://127.0.0.1:{settings.port}/webhook", secret_token=SECRET)
        ready.send("ready")
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()


async def _compose(message: DueMessage) -> Outgoing | Dropped:
    return Outgoing(message.subject)


def _dispatcher(core: Core) -> Dispatcher:
    dispatcher = Dispatcher()

    @dispatcher.callback_query()
    async def tapped(callback: CallbackQuery) -> None:
        """Have an effect of this tap, as a service has it: one transaction, a key of its own."""
        async with core.db.write() as session:
            owed = Owed(
                Account(callback.from_user.id),
                MessageKind.HELD_QUESTION,
                EFFECT,
                occurrence=callback.id,
                due_at=core.clock.now() + timedelta(days=365),
                answers=True,
            )
            await due_messages.plan(session, core, [owed])
        await callback.answer("готово")

    return dispatcher
