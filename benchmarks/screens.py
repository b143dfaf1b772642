"""What the region's coordinator waits for: the board, and the pictures of /stats.

A million registrations over the municipalities of the region and five years, each of which has sent
its report twice, on SQLite and PostgreSQL. The goals are 50 ms for the board and a second for each
picture, from the tap to its PNG.
"""

import asyncio
import secrets
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial

from sqlalchemy import select

from benchmarks.many_registrations import filled_regions
from benchmarks.timing import medians
from bot import charts
from bot.handlers.coordinator.stats_charts import chart_of
from bot.i18n import Texts
from bot.models import Municipality, Person, ReportVersion, StaffRole
from bot.rules import Period, whole_year
from bot.services.board import get_board
from bot.services.core import Account, Core
from bot.services.report_counting import count_municipality
from bot.services.statistic_facts import Picture
from bot.services.statistics import look_at
from bot.services.version_facts import to_stored
from bot.vocabulary import ReportStatus, Role

REGISTRATIONS = 1_000_000
ROUNDS = 7
YEAR = 2026
NOW = datetime(2027, 1, 12, 5, tzinfo=UTC)
BOARD_GOAL_MS, PICTURE_GOAL_MS = 50, 1000


async def measure(registrations: int = REGISTRATIONS) -> None:
    """Print all of it, on SQLite and PostgreSQL."""
    async for name, core in filled_regions(registrations, NOW):
        reader = await _send_reports(core)
        board = await _median(partial(get_board, core, reader, YEAR, None, 0, 8))
        print(
            f"{name}, {registrations:,} registrations: the board {board:.0f} ms "
            f"(goal ≤ {BOARD_GOAL_MS})"
        )
        took = {
            each: await _median(_drawing(core, reader, each, whole_year(YEAR))) for each in Picture
        }
        slowest = max(took, key=lambda each: took[each])
        print(
            f"{name}: pictures {min(took.values()):.0f}–{took[slowest]:.0f} ms, the slowest is "
            f"«{slowest}» (goal ≤ {PICTURE_GOAL_MS})"
        )


async def _send_reports(core: Core) -> Account:
    """Store two versions of each report, and return who reads them."""
    async with core.db.write() as session:
        person = await session.get_one(Person, 1)
        session.add(StaffRole(person_id=person.id, role=Role.REGIONAL_COORDINATOR, granted_at=NOW))
        for place in await session.scalars(select(Municipality.id)):
            facts = to_stored(await count_municipality(session, place, YEAR, NOW, None))
            for number in (1, 2):
                returned = number == 1
                session.add(
                    ReportVersion(
                        token=secrets.token_urlsafe(12),
                        municipality_id=place,
                        year=YEAR,
                        number=number,
                        status=ReportStatus.RETURNED if returned else ReportStatus.SENT,
                        facts=facts,
                        file=secrets.token_bytes(20_000),
                        sent_at=NOW,
                        decided_at=NOW if returned else None,
                    )
                )
        return Account(person.account_id)


def _drawing(
    core: Core, reader: Account, picture: Picture, period: Period
) -> Callable[[], Awaitable[object]]:
    async def draw() -> object:
        looked = await look_at(core, reader, None, picture, period)
        chart = chart_of(Texts().speak("ru", NOW, core.timezone), picture, looked)
        return await asyncio.to_thread(charts.draw, chart) if chart else None

    return draw


async def _median(work: Callable[[], Awaitable[object]]) -> float:
    """Return the median in milliseconds; the first time, which imports, aside."""
    await work()
    (median,) = await medians(ROUNDS, work)
    return median


if __name__ == "__main__":
    asyncio.run(measure(*map(int, sys.argv[1:2])))
