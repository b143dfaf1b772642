"""What the inbox is for: the same taps and kills without it lose some."""

import asyncio

import pytest
from sqlalchemy import select

from bot.clock import Clock, MovableClock
from bot.database import Database
from bot.models import DueMessage
from bot.services.core import Core
from sandbox.client import Person
from sandbox.server import Sandbox
from tests.bot.kill import life
from tests.bot.kill.conftest import Report
from tests.bot.kill.processes import SOAK
from tests.bot.kill.watching import signs_of_life

PEOPLE = 50
TAPS = 4  # of each person, at once
KILLS = 20 if SOAK else 1
SIGNS = 10  # answers that are seen before the kill
LONGEST_LIFE = 10.0  # seconds from ready to kill, should the machine be slow
PATIENCE = 120.0  # seconds for what is left after the last kill


@pytest.mark.parametrize("stock", [False, True], ids=["guarded", "control"])
async def test_stock_polling_loses_taps(sqlite_url: str, report: Report, *, stock: bool) -> None:
    core = Core(db=Database(sqlite_url), clock=Clock())
    never = MovableClock(frozen=True).now  # no tap grows too old for its answer
    async with Sandbox(never, rate_limits=False) as sandbox:
        users = [sandbox.world.add_user(f"П{number}") for number in range(PEOPLE)]
        people = [Person(sandbox.world, user) for user in users]
        settings = life.Settings(sandbox.url, sqlite_url, stock=stock)
        taps: list[str] = []
        for _ in range(KILLS):
            taps += [person.press("tap", 1) for _ in range(TAPS) for person in people]
            process = await life.begin(settings)
            await signs_of_life(sandbox, SIGNS, LONGEST_LIFE)
            process.kill()
            await asyncio.to_thread(process.join)
        process = await life.begin(settings)
        try:
            async with asyncio.timeout(PATIENCE):
                for person in people:
                    await sandbox.world.updates.settled(person.id)
                if not stock:
                    await asyncio.gather(*(sandbox.world.answered(tap) for tap in taps))
        finally:
            process.terminate()
            await asyncio.to_thread(process.join, PATIENCE)
            process.kill()
        assert stock or process.exitcode == 0

    async with core.db.read() as session:
        effects = list(
            await session.scalars(
                select(DueMessage.occurrence).where(DueMessage.subject == life.EFFECT)
            )
        )
    await core.db.close()
    lost = set(taps) - set(effects)
    assert len(effects) == len(set(effects))
    assert bool(lost) is stock
    report(people=PEOPLE, taps=len(taps), kills=KILLS, lost=len(lost))
