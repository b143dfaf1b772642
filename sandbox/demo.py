"""The demo: a local Telegram, the bot, a year of data and a chat page, all in one process."""

import asyncio
import json
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web
from pydantic import SecretStr
from sqlalchemy import select

from bot.app import App
from bot.clock import MovableClock
from bot.errors import StartupError
from bot.models import Person
from bot.services import due_messages
from bot.settings import Settings
from sandbox import snapshot
from sandbox.demo_cast import ADMIN_ID, CAST, GROUP, GROUP_IDS
from sandbox.demo_data import fill
from sandbox.page import CastMember, chat_page
from sandbox.records import User
from sandbox.server import Sandbox
from sandbox.world import World

TOKEN = "42:DEMO"  # noqa: S105 (a token of nowhere)
USERNAME = "kras_networking_bot"
NAME = "Профориентационный нетворкинг"
HOST = "127.0.0.1"
FIRST_PORT, PORTS = 8000, 50
PAGE = "/chat/"
SAVE_PAUSE = 0.5  # seconds between a change and the file that keeps it
TIMEZONE = "Asia/Krasnoyarsk"


class DemoClock:
    """The page's clock: moves the bot's time too, stepping through what falls due on the way."""

    timezone = TIMEZONE

    def __init__(self, clock: MovableClock, app: App, world: World) -> None:
        self._clock, self._app, self._world = clock, app, world

    def now(self) -> datetime:
        """Return the current moment of the demo, aware."""
        return self._clock.now()

    async def move_to(self, target: datetime) -> None:
        """Run forward to `target`: every message that falls due goes out at its own time."""
        while True:
            due = await due_messages.next_due_at(self._app.core)
            if due is None or due > target:
                break
            self._clock.move_to(max(due, self._clock.now()))
            await self._run()
        if target > self._clock.now():
            self._clock.move_to(target)
        await self._run()

    async def _run(self) -> None:
        self._world.clock_moved()
        await self._app.scheduler.tick()
        await self._app.sender.drain()


class Keeper:
    """Keeps chats, counters and clock in a file, soon after every change."""

    def __init__(self, path: Path, clock: MovableClock) -> None:
        self._path, self._clock = path, clock

    def read(self) -> dict[str, Any] | None:
        """Return what an earlier demo kept, None for a new one."""
        try:
            kept: dict[str, Any] = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return kept

    def save(self, world: World) -> None:
        """Write the file anew; a crash on the way leaves the old one whole."""
        kept = {"offset": self._clock.offset.total_seconds(), "world": snapshot.dump(world)}
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        fresh.replace(self._path)

    async def keep(self, world: World) -> None:
        """Save soon after every change, until cancelled."""
        changes = world.subscribe()
        while True:
            await changes.get()
            await asyncio.sleep(SAVE_PAUSE)
            self.save(world)


@asynccontextmanager
async def demo(
    folder: Path, port: int = FIRST_PORT, start: datetime | None = None
) -> AsyncIterator[str]:
    """Run the demo; inside it the bot answers and the page is served.

    Args:
        folder: where its database and its chats are kept.
        port: the first one tried; a taken one gives way to the next.
        start: what time it is in a new demo; now where none is given.

    Yields:
        The address of the chat page.
    """
    clock = MovableClock(start)
    keeper = Keeper(folder / "chats.json", clock)
    kept = keeper.read()
    if kept is not None:
        clock.advance(timedelta(seconds=kept["offset"]) - clock.offset)
        try:
            world = snapshot.load(kept["world"], clock.now)
        except ValueError:
            raise StartupError(
                "Это демо начато в прежней версии программы. Начните его заново: make run FRESH=1"
            ) from None
    else:
        world = _new_world(clock)
    port = _free_port(port)
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        bot_token=SecretStr(TOKEN),
        bot_api_url=f"http://{HOST}:{port}",
        database_url=f"sqlite+aiosqlite:///{folder / 'bot.sqlite3'}",
        admin_ids=frozenset({ADMIN_ID}),
        webhook_url="",
        timezone=TIMEZONE,
        operator_name="Центр PROкарьеру",
        operator_contact="ospk@kcp24.ru",
    )
    app = App(settings, clock)
    sandbox = Sandbox(world=world, host=HOST, port=port)
    cast = [CastMember(member.user_id, member.title, member.about) for member in CAST]
    page = chat_page(world, clock=DemoClock(clock, app, world), cast=cast)
    sandbox.app.add_subapp(PAGE, page)
    sandbox.app.router.add_get("/", _to_page)
    async with sandbox, app:
        await _fill_once(app, world)
        serving = asyncio.create_task(app.serve())
        keeping = asyncio.create_task(keeper.keep(world))
        try:
            yield f"{sandbox.url}{PAGE}"
        finally:
            for task in (serving, keeping):
                task.cancel()
            await asyncio.gather(serving, keeping, return_exceptions=True)
            keeper.save(world)


def _free_port(first: int) -> int:
    for port in range(first, first + PORTS):
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((HOST, port))
            return port
    raise OSError(f"no free port from {first} to {first + PORTS - 1}")


async def _to_page(_: web.Request) -> web.StreamResponse:
    raise web.HTTPFound(PAGE)


def _new_world(clock: MovableClock) -> World:
    world = World(clock.now)
    world.add_bot(TOKEN, USERNAME, NAME)
    for member in CAST:
        world.add_user(
            member.first_name, last_name=member.last_name or None, user_id=member.user_id
        )
        world.start(member.user_id)
    world.bot.inline = True
    group = world.add_group(GROUP, GROUP_IDS)
    world.groups.add_bot(group, group.members[0])
    return world


async def _fill_once(app: App, world: World) -> None:
    async with app.core.db.read() as session:
        filled = await session.scalar(select(Person.id).limit(1))
    if filled is None:
        for user_id, name in (await fill(app.core, app.texts)).items():
            world.users[user_id] = User(user_id, name, started=True, extra=True)


async def run(folder: Path) -> None:
    """Run the demo until the program is told to stop; print where the page is."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    async with demo(folder) as address:
        sys.stdout.write(f"\nДемо открыто: {address}\nОстановить: Ctrl+C\n\n")
        sys.stdout.flush()
        with suppress(asyncio.CancelledError):
            await stopped.wait()
