"""A local Telegram with its limits on, in a process of its own, and people who tap."""

import asyncio
import gc
import itertools
import multiprocessing
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from multiprocessing.connection import Connection
from typing import Any

from bot.clock import Clock
from sandbox.client import Person
from sandbox.server import Sandbox

FIRST_ID = 1000  # of those to whom the message goes
FIRST_TAPPER = 500
TAPPERS = 50
TAPS = 4  # a second, at random moments
TAP = "/my"


class Telegram:
    """The other process, as the benchmark sees it."""

    def __init__(self, connection: Connection, url: str) -> None:
        self._connection, self.url = connection, url

    async def tap(self) -> None:
        """Let people begin to tap."""
        await self._ask("tap")

    async def rest(self) -> list[float]:
        """Let people stop; return how many seconds each of them waited for the answer."""
        waits: list[float] = await self._ask("rest")
        return waits

    async def _ask(self, question: str) -> Any:
        self._connection.send(question)
        return await asyncio.to_thread(self._connection.recv)


@asynccontextmanager
async def telegram(people: int) -> AsyncIterator[Telegram]:
    """Run a Telegram with so many people, and with those who tap."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    process = spawn.Process(target=_run, args=(there, people))
    process.start()
    try:
        yield Telegram(here, await asyncio.to_thread(here.recv))
    finally:
        here.send("end")
        await asyncio.to_thread(process.join)


def _run(connection: Connection, people: int) -> None:
    asyncio.run(_serve(connection, people))


async def _serve(connection: Connection, people: int) -> None:
    sandbox = Sandbox(Clock().now)
    for number in range(people):
        sandbox.world.add_user("Мария", user_id=FIRST_ID + number).started = True
    tappers = []
    for number in range(TAPPERS):
        user = sandbox.world.add_user("Петя", user_id=FIRST_TAPPER + number)
        user.started = True
        tappers.append(Person(sandbox.world, user, patience=120))
    gc.freeze()
    async with sandbox:
        connection.send(sandbox.url)
        while await asyncio.to_thread(connection.recv) == "tap":
            enough = asyncio.Event()
            tapping = asyncio.create_task(_tap(tappers, enough))
            connection.send("they tap")
            await asyncio.to_thread(connection.recv)
            enough.set()
            connection.send(await tapping)


async def _tap(tappers: list[Person], enough: asyncio.Event) -> list[float]:
    """Tap until it is enough, one after the other; return how long each tap waited, in seconds."""
    waits: list[float] = []
    async with asyncio.TaskGroup() as group:
        for person in itertools.cycle(tappers):
            if enough.is_set():
                break
            group.create_task(_tap_once(person, waits))
            await asyncio.sleep(random.expovariate(TAPS))
    return waits


async def _tap_once(person: Person, waits: list[float]) -> None:
    began = time.perf_counter()
    await person.send(TAP)
    await person.wait()
    waits.append(time.perf_counter() - began)
