"""A small bot over the real inbox, by polling or by webhook, against the local Telegram."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import (
    AbstractAsyncContextManager,
    AsyncExitStack,
    asynccontextmanager,
    suppress,
)
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message
from aiohttp import web

from bot.inbox import Inbox
from bot.polling import Polling
from bot.services.core import Core
from bot.webhook import webhook_app
from sandbox.server import Sandbox

SECRET = "a-secret_Of-28-characters-42"
MODES = ["polling", "webhook"]
Work = Callable[[Message], Awaitable[None]]


@asynccontextmanager
async def bot_at(url: str) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    async with Bot("42:TEST", session=session) as bot:
        yield bot


def bot_of(sandbox: Sandbox) -> AbstractAsyncContextManager[Bot]:
    return bot_at(sandbox.url)


def dispatcher_for(work: Work) -> Dispatcher:
    """Route every message to `work`."""
    dispatcher = Dispatcher()

    async def handle(message: Message) -> None:
        await work(message)

    dispatcher.message.register(handle)
    return dispatcher


@asynccontextmanager
async def web_server(app: web.Application) -> AsyncIterator[str]:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def telegram_of(
    answer: Callable[[web.Request], Awaitable[web.Response]],
) -> AsyncIterator[Bot]:
    """A bot of a Telegram that has one function for every method."""
    app = web.Application()
    app.router.add_post("/{path:.*}", answer)
    async with web_server(app) as url, bot_at(url) as bot:
        yield bot


class Told:
    """Remembers which updates people were told about."""

    def __init__(self) -> None:
        self.updates: list[dict[str, Any]] = []

    async def __call__(self, update: dict[str, Any]) -> None:
        self.updates.append(update)


@asynccontextmanager
async def inbox_of(
    core: Core, bot: Bot, work: Work, told: Told | None = None, **options: Any
) -> AsyncIterator[Inbox]:
    options.setdefault("pauses", (0, 0, 0, 0))
    inbox = Inbox(core, bot, dispatcher_for(work), told or Told(), **options)
    await inbox.start()
    try:
        yield inbox
    finally:
        await inbox.stop(patience=0.5)


@asynccontextmanager
async def running(
    mode: str, sandbox: Sandbox, core: Core, work: Work, told: Told | None = None, **options: Any
) -> AsyncIterator[Inbox]:
    """Run the bot in a mode; on leaving it stops as on SIGTERM."""
    async with AsyncExitStack() as stack:
        bot = await stack.enter_async_context(bot_of(sandbox))
        inbox = await stack.enter_async_context(inbox_of(core, bot, work, told, **options))
        sandbox.world.idle = inbox.idle
        if mode == "polling":
            task = asyncio.create_task(Polling(bot, inbox, ["message", "callback_query"]).run())
            stack.push_async_callback(_end, task)
        else:
            url = await stack.enter_async_context(web_server(webhook_app(inbox, SECRET)))
            await bot.set_webhook(f"{url}/webhook", secret_token=SECRET)
            stack.push_async_callback(bot.delete_webhook)
        yield inbox


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def rows(core: Core) -> list[Any]:
    """What is stored of updates, in order."""
    from sqlalchemy import select

    from bot.models import IncomingUpdate

    async with core.db.read() as session:
        found = await session.scalars(select(IncomingUpdate).order_by(IncomingUpdate.update_id))
        return list(found)


def said(update_id: int, user_id: int, text: str, **more: Any) -> dict[str, Any]:
    """A raw update: someone writes in their private chat (or in the chat given)."""
    message = {
        "message_id": update_id,
        "date": 1772427600,
        "chat": {"id": user_id, "type": "private", "first_name": "А"},
        "from": {"id": user_id, "is_bot": False, "first_name": "А"},
        "text": text,
    }
    return {"update_id": update_id, "message": message | more}
