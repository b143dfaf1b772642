"""A table of 100,000 rows: how far memory grows, how long taps wait, how long it takes.

    python -m benchmarks.exports 100000 3

Sign-ups on SQLite, and on PostgreSQL where a server answers. Three ways in turn, each in a process
of its own, so that none profits from another's memory: ours (pages from the loop, rows written in a
thread), the same without threads as a control of the stall, and openpyxl's own streamed sheets.
"""

import asyncio
import gc
import logging
import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from benchmarks.databases import postgres_urls, sqlite_urls
from bot.clock import Clock
from bot.database import Database
from bot.handlers.export_words import Words
from bot.i18n import Texts
from bot.models import Person, Registration, RegistrationLine
from bot.rules import CONSENT_VERSION, Period, ticket_code
from bot.services.core import Account, Core
from bot.services.export_scope import Wanted
from bot.services.exporting import fetch_page
from bot.tables import Column, TableFile
from bot.vocabulary import (
    Category,
    ExportKind,
    Messenger,
    RegistrationKind,
    RegistrationStatus,
    Role,
)
from tests.services.factory import give_role, make_meeting, make_region

CURATOR = Account(9)
PER_MEETING = 250
CHUNK = 5_000
MEMORY_GOAL = 10.0  # MB
STALL_GOAL = 20.0  # milliseconds
WANTED = Wanted(
    ExportKind.REGISTRATIONS, Period(date(2026, 1, 1), date(2026, 12, 31)), municipality_id=1
)


@dataclass(frozen=True)
class Measured:
    """Of one round."""

    megabytes: float
    stall: float
    seconds: float


class OwnStreamed:
    """The same table by openpyxl's streamed sheets, as a comparison."""

    def __init__(self, path: Path, title: str, columns: Sequence[Column]) -> None:
        from openpyxl import Workbook

        self._path, self._book = path, Workbook(write_only=True)
        self._sheet: Any = self._book.create_sheet(title)
        self._sheet.append([column.title for column in columns])

    def __enter__(self) -> "OwnStreamed":
        return self

    def __exit__(self, *_: object) -> None:
        return

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Write rows."""
        for row in rows:
            self._sheet.append(
                [each.replace(tzinfo=None) if isinstance(each, datetime) else each for each in row]
            )

    def save(self, *_: object) -> None:
        """Write the file."""
        self._book.save(self._path)


async def _in_thread(work: Callable[..., Any], *given: Any) -> Any:
    return await asyncio.to_thread(work, *given)


async def _inline(work: Callable[..., Any], *given: Any) -> Any:
    return work(*given)


ARMS: dict[str, tuple[Any, Callable[..., Awaitable[Any]]]] = {
    "in a thread": (TableFile, _in_thread),
    "on the loop": (TableFile, _inline),
    "openpyxl, in a thread": (OwnStreamed, _in_thread),
}


async def _export(url: str, arm: str) -> Measured:
    kind, run = ARMS[arm]
    core = Core(db=Database(url), clock=Clock())
    words = Words(
        Texts().speak("ru", datetime.now(UTC), "Asia/Krasnoyarsk"),
        WANTED.kind,
        shows_names=True,
    )
    with tempfile.TemporaryDirectory() as folder:
        for warm in (True, False):  # what is loaded once does not count
            gc.collect()
            gc.freeze()
            before, started = _resident_peak(), time.perf_counter()
            watch = asyncio.create_task(_watch())
            with await run(kind, Path(folder) / "table.xlsx", "Записи", words.columns) as table:
                after = None
                while True:
                    page = await fetch_page(core, CURATOR, WANTED, after)
                    await run(table.add, map(words.row, page.rows))
                    after = page.last
                    if warm or after is None:
                        break
                await run(table.save, "О файле", [("Строк", 0)], datetime.now(UTC))
            watch.cancel()
            (stall,) = await asyncio.gather(watch, return_exceptions=False)
            measured = Measured(_resident_peak() - before, stall, time.perf_counter() - started)
    await core.db.close()
    return measured


async def _watch() -> float:
    """Return the longest time in milliseconds that the loop did not turn, until it is cancelled."""
    worst = 0.0
    try:
        while True:
            turned = time.perf_counter()
            await asyncio.sleep(0)
            worst = max(worst, time.perf_counter() - turned)
            await asyncio.sleep(0.002)
    except asyncio.CancelledError:
        return worst * 1000


def _resident_peak() -> float:
    """Return the highest resident memory so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _round(url: str, arm: str) -> Measured:
    logging.disable(logging.CRITICAL)
    return asyncio.run(_export(url, arm))


async def _fill(url: str, rows: int) -> None:
    core = Core(db=Database(url), clock=Clock())
    await core.db.migrate()
    town = (await make_region(core))["achinsk"]
    await give_role(core, CURATOR.id, Role.CURATOR, town)
    now = core.clock.now()
    starts_at = datetime(2026, 2, 1, tzinfo=UTC)
    for first in range(0, rows, CHUNK):
        meetings = [
            await make_meeting(core, town, seats=None, starts_at=starts_at + timedelta(hours=hour))
            for hour in range(first // PER_MEETING, (first + CHUNK) // PER_MEETING)
        ]
        numbers = range(first, min(first + CHUNK, rows))
        async with core.db.write() as session:
            await session.execute(
                insert(Person),
                [
                    {
                        "id": 1000 + number,
                        "messenger": Messenger.TELEGRAM,
                        "account_id": 1000 + number,
                        "name": f"Мария {number}",
                        "consent_version": CONSENT_VERSION,
                        "consented_at": now,
                        "created_at": now,
                    }
                    for number in numbers
                ],
            )
            await session.execute(
                insert(Registration),
                [
                    {
                        "id": 1 + number,
                        "token": f"t{number}",
                        "meeting_id": meetings[(number - first) // PER_MEETING],
                        "person_id": 1000 + number,
                        "code": ticket_code(1 + number % PER_MEETING),
                        "kind": RegistrationKind.PERSONAL,
                        "status": RegistrationStatus.ACTIVE,
                        "created_at": now,
                    }
                    for number in numbers
                ],
            )
            await session.execute(
                insert(RegistrationLine),
                [
                    {
                        "registration_id": 1 + number,
                        "category": Category.GRADE_9,
                        "organisation": "Школа № 5",
                        "is_own": True,
                        "came": 1,
                        "marked_at": now,
                    }
                    for number in numbers
                ],
            )
    await core.db.close()


async def measure(rows: int = 100_000, rounds: int = 3) -> None:
    """Print a table of the three ways on each database."""
    for name, urls in (("SQLite", sqlite_urls), ("PostgreSQL", postgres_urls)):
        async with urls(1) as found:
            for url in found:
                await _measure_on(name, url, rows, rounds)


@asynccontextmanager
async def _fresh_process() -> Any:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        yield pool


async def _measure_on(name: str, url: str, rows: int, rounds: int) -> None:
    await _fill(url, rows)
    results: dict[str, list[Measured]] = {arm: [] for arm in ARMS}
    for _ in range(rounds):
        for arm, measured in results.items():
            async with _fresh_process() as pool:
                measured.append(await asyncio.to_thread(pool.apply, _round, (url, arm)))
    print(f"{name}, {rows:,} rows, medians of {rounds}")
    print(f"  {'':22}  memory, MB   longest stall, ms   seconds")
    for arm, measured in results.items():
        middle = [
            statistics.median(getattr(each, field) for each in measured)
            for field in ("megabytes", "stall", "seconds")
        ]
        print(f"  {arm:22}  {middle[0]:10.1f}   {middle[1]:17.1f}   {middle[2]:7.1f}")
    print(f"  {'goal':22}  {MEMORY_GOAL:10.1f}   {STALL_GOAL:17.1f}")


if __name__ == "__main__":
    asyncio.run(measure(*map(int, sys.argv[1:])))
