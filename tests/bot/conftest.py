"""A running bot and a local Telegram over real HTTP; people that tap and write."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import datetime
from typing import Any
from unittest import mock

import pytest
from pydantic import SecretStr

from bot import slots
from bot.app import App
from bot.clock import MovableClock
from bot.scheduler import Scheduler
from bot.services.core import Core
from bot.settings import Settings
from sandbox.client import Person
from sandbox.server import Sandbox

TOKEN = "42:TEST"
ADMIN = 1


class Stage:
    """The bot, its local Telegram and the clock of both."""

    def __init__(
        self,
        sandbox: Sandbox,
        clock: MovableClock,
        make_bot: Callable[[], AbstractAsyncContextManager[App]],
    ) -> None:
        self.sandbox, self.clock = sandbox, clock
        self.app: App
        self._make_bot = make_bot
        self._running: AbstractAsyncContextManager[App] | None = None

    @property
    def core(self) -> Core:
        """What services are given."""
        return self.app.core

    def person(self, name: str = "Мария", user_id: int | None = None, **fields: Any) -> Person:
        """A person who opened the chat with the bot."""
        user = self.sandbox.world.add_user(name, user_id=user_id, **fields)
        return Person(self.sandbox.world, user)

    async def tick(self) -> None:
        """Let the scheduler find what is due, and wait until it is sent."""
        await self.app.scheduler.tick()
        await self.app.noticeboard.settle()
        await self.app.sender.drain()
        await self.app.broadcast_board.refresh()

    async def wait_until(self, moment: datetime) -> None:
        """Move the clock, then do what became due."""
        self.clock.move_to(moment)
        await self.tick()

    async def start(self) -> None:
        """Start the bot."""
        self._running = self._make_bot()
        self.app = await self._running.__aenter__()

    async def stop(self) -> None:
        """Stop the bot; its database and the chats stay."""
        if self._running is not None:
            await self._running.__aexit__(None, None, None)
        self._running = None

    async def restart(self) -> None:
        """Stop the bot and start it again, on the same database."""
        await self.stop()
        await self.start()


@asynccontextmanager
async def _bot_on(sandbox: Sandbox, settings: Settings, clock: MovableClock) -> AsyncIterator[App]:
    # Nothing is sent behind the back of a story: it ticks by hand.
    with mock.patch.object(Scheduler, "start"):
        opening = App(settings, clock)
        app = await opening.__aenter__()
    async with AsyncExitStack() as closing:
        # Nor does it wait for Telegram's seconds: the sender's own tests do.
        closing.enter_context(mock.patch.multiple(slots, REST=0.0, PAUSE_IN_CHAT=0.0))
        closing.push_async_exit(opening)
        sandbox.world.idle = app.inbox.idle
        serving = asyncio.create_task(app.serve())
        try:
            yield app
        finally:
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)


@asynccontextmanager
async def on_stage(url: str, clock: MovableClock, **overrides: Any) -> AsyncIterator[Stage]:
    """Run the bot by polling against a local Telegram of its own."""
    async with Sandbox(
        now=clock.now, token=TOKEN, username="kras_networking_bot", rate_limits=False
    ) as sandbox:
        settings = Settings(
            _env_file=None,
            bot_token=SecretStr(TOKEN),
            bot_api_url=sandbox.url,
            database_url=url,
            admin_ids=frozenset({ADMIN}),
            **overrides,
        )
        stage = Stage(sandbox, clock, lambda: _bot_on(sandbox, settings, clock))
        await stage.start()
        try:
            yield stage
        finally:
            await stage.stop()


@pytest.fixture
async def stage(region_url: str, clock: MovableClock) -> AsyncIterator[Stage]:
    """The bot on SQLite, by polling."""
    async with on_stage(region_url, clock) as running:
        yield running
