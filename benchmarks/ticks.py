"""What waiting costs: a tick with nothing due, and planning a meeting with a thousand people."""

import asyncio
import logging
from datetime import timedelta

import structlog
from pydantic import SecretStr

from benchmarks.databases import postgres_urls, sqlite_urls
from benchmarks.timing import medians
from bot.app import App
from bot.handlers import detach
from bot.services import due_messages, meetings
from bot.services.core import Account
from bot.services.due_messages import Owed
from bot.services.regions import load_region_once
from bot.settings import Settings
from bot.vocabulary import Category, MessageKind, Role
from tests.services.factory import give_role, make_meeting, make_person, sign_up_someone

FUTURE_ROWS = 100_000
TICKS = 200
PEOPLE = 1_000
CURATOR = 9
GOAL_MS = 2.0
MOVES = 5


async def measure() -> None:
    """Print both, on SQLite and PostgreSQL."""
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    for name, urls in (("SQLite", sqlite_urls), ("PostgreSQL", postgres_urls)):
        async with urls(1) as found:
            for url in found:
                await _measure_on(name, url)


async def _measure_on(name: str, url: str) -> None:
    settings = Settings(_env_file=None, bot_token=SecretStr("42:TEST"), database_url=url)
    app = App(settings)
    await app.core.db.migrate()
    await load_region_once(app.core, settings.region_file)
    try:
        await _plan_future_rows(app)
        await app.scheduler.tick()  # what is done once an hour or once a day is done now

        async def tick_and_look() -> None:
            await app.scheduler.tick()
            await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}))

        (tick,) = await medians(TICKS, tick_and_look)
        print(
            f"{name}: a tick with nothing due, {FUTURE_ROWS:,} future rows: {tick:.2f} ms "
            f"(goal ≤ {GOAL_MS})"
        )
        await _measure_planning(name, app)
    finally:
        await app.sender.stop()
        await app.noticeboard.stop()
        detach(app.dispatcher)
        detach(app.public)
        await app.bot.session.close()
        await app.core.db.close()


async def _plan_future_rows(app: App) -> None:
    due_at = app.core.clock.now() + timedelta(days=90)
    async with app.core.db.write() as session:
        owed = [
            Owed(Account(number), MessageKind.REMINDER_DAY, f"registration:{number}", due_at=due_at)
            for number in range(FUTURE_ROWS)
        ]
        await due_messages.plan(session, app.core, owed)


async def _measure_planning(name: str, app: App) -> None:
    core = app.core
    await give_role(core, CURATOR, Role.CURATOR, 1)
    starts_at = core.clock.now() + timedelta(days=30)
    meeting = await make_meeting(core, 1, starts_at=starts_at, seats=None, created_by_id=1)
    for number in range(PEOPLE):
        person = await make_person(core, 1_000_000 + number, category=Category.PARENT)
        await sign_up_someone(core, meeting, person, Category.PARENT)
    days = iter(range(1, 99))

    async def move() -> None:
        start = starts_at + next(days) * timedelta(days=1)
        changes = {"starts_at": start, "ends_at": start + timedelta(hours=1)}
        await meetings.edit_meeting(core, Account(CURATOR), meeting, changes)

    (moved,) = await medians(MOVES, move)
    print(
        f"{name}: a meeting with {PEOPLE:,} people moved, everything planned anew and everybody "
        f"told: {moved:.0f} ms"
    )


if __name__ == "__main__":
    asyncio.run(measure())
