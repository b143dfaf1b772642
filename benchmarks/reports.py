"""What the region's report costs: counting a year next to a plain sum, and writing the workbook.

A million registrations over the municipalities of the region and five years, on SQLite and
PostgreSQL. Two things are measured as ratios, their arms interleaved:

- counting Appendix 2 of the region for a year, to one plain `SELECT sum … GROUP BY` over the year's
  registrations, which gives the same rows without organisations, links or words; the goal is 0.3;
- saving the workbook with its stored totals, to openpyxl's own saving of the same cells, in CPU
  seconds of the thread; the goal is 1.7. Beside it stands the whole work, drawing the cells too.

Beside them stand what the whole report costs, with what stands in its way, the different people and
the years it is compared with, and the longest time that the event loop stood still while everything
was counted and written; the goal is 20 ms.
The numbers of both sums are compared: a fast wrong answer would be none.
"""

import asyncio
import gc
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import partial
from io import BytesIO

from openpyxl import load_workbook
from sqlalchemy import func, select

from benchmarks.many_registrations import filled_regions
from benchmarks.timing import medians
from bot import exports
from bot.i18n import Texts
from bot.models import Meeting, Registration, RegistrationLine
from bot.report_forms import report_xlsx, to_form
from bot.rules import whole_year
from bot.services.consolidated import ConsolidatedFacts
from bot.services.core import Core
from bot.services.counting import YearCount
from bot.services.regions import municipalities_between
from bot.services.reports import report_by_command
from bot.vocabulary import Category, MeetingStatus, ReportSource

REGISTRATIONS = 1_000_000
ROUNDS = 7
YEAR = 2026
NOW = datetime(2027, 1, 12, 5, tzinfo=UTC)
COUNTING_GOAL, WRITING_GOAL, STALL_GOAL_MS = 0.3, 1.7, 20


async def measure(registrations: int = REGISTRATIONS) -> None:
    """Print all of it, on SQLite and PostgreSQL."""
    async for name, core in filled_regions(registrations, NOW):
        assert await _by_rows(core) == await _by_headcounts(core)
        counting, plain, everything = await medians(
            ROUNDS, partial(_by_headcounts, core), partial(_by_rows, core), partial(_report, core)
        )
        print(
            f"{name}, {registrations:,} registrations: Appendix 2 of the region {counting:.0f} ms, "
            f"{counting / plain:.2f} of a plain sum ({plain:.0f} ms; goal ≤ {COUNTING_GOAL}); with "
            f"gaps, different people and two years before {everything:.0f} ms"
        )
        await _measure_writing(name, core)


async def _by_headcounts(core: Core) -> Counter[tuple[int, Category]]:
    """Count all that the form of Appendix 2 says, for each municipality."""
    async with core.db.read() as session:
        places = await municipalities_between(session, date.min, date.max)
        count = YearCount(session, places, YEAR, NOW)
        await count.meetings()
        people = await count.people()
        await count.photo_links()
        await count.proposals()
    return Counter(
        {
            (place, category): number
            for place, each in people.items()
            for category, number in each.by_category.items()
        }
    )


async def _by_rows(core: Core) -> Counter[tuple[int, Category]]:
    """Sum the registrations of the year."""
    first, after = whole_year(YEAR).bounds(core.timezone)
    async with core.db.read() as session:
        rows = await session.execute(
            select(
                Meeting.municipality_id, RegistrationLine.category, func.sum(RegistrationLine.came)
            )
            .join(Registration, Registration.id == RegistrationLine.registration_id)
            .join(Meeting, Meeting.id == Registration.meeting_id)
            .where(
                Meeting.starts_at >= first,
                Meeting.starts_at < after,
                Meeting.status == MeetingStatus.HELD,
                Meeting.counts_in_form,
            )
            .group_by(Meeting.municipality_id, RegistrationLine.category)
        )
        return Counter({(place, category): people for place, category, people in rows if people})


async def _report(core: Core) -> ConsolidatedFacts:
    report = await report_by_command(core, YEAR, None, ReportSource.DRAFTS)
    assert isinstance(report, ConsolidatedFacts)
    return report


async def _measure_writing(name: str, core: Core) -> None:
    texts = Texts()
    report = await _report(core)
    gc.collect()
    gc.freeze()  # as the bot does when it has started
    form = to_form(texts.speak("ru", NOW, core.timezone), report.region)
    written = report_xlsx(texts, report)
    book, formulas = load_workbook(BytesIO(written)), _formulas(written)
    arms: tuple[Callable[[], object], ...] = (
        lambda: exports.save(book, form, formulas, NOW),
        lambda: book.save(BytesIO()),
        lambda: report_xlsx(texts, report),
    )
    took: list[list[float]] = [[] for _ in arms]
    for _ in range(ROUNDS):
        for arm, times in zip(arms, took, strict=True):
            times.append(await asyncio.to_thread(_cpu, arm))
    storing, saving, everything = map(statistics.median, took)
    stalls = [await _longest_stall(core, texts) for _ in range(ROUNDS)]
    print(
        f"{name}: the workbook of {len(report.municipalities)} municipalities saved with totals "
        f"{storing:.2f} s, {storing / saving:.2f} of openpyxl's saving ({saving:.2f} s; goal ≤ "
        f"{WRITING_GOAL}); drawing it too {everything / saving:.2f}; the loop stood still for "
        f"{statistics.median(stalls):.0f} ms at most, in the worst of {ROUNDS} rounds "
        f"{max(stalls):.0f} ms (goal ≤ {STALL_GOAL_MS})"
    )


def _formulas(xlsx: bytes) -> dict[str, dict[str, float]]:
    """Read what is stored beside the formulas of a workbook."""
    live, shown = load_workbook(BytesIO(xlsx)), load_workbook(BytesIO(xlsx), data_only=True)
    return {
        sheet.title: {
            cell.coordinate: shown[sheet.title][cell.coordinate].value
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        }
        for sheet in live.worksheets
    }


def _cpu(work: Callable[[], object]) -> float:
    started = time.thread_time()
    work()
    return time.thread_time() - started


async def _longest_stall(core: Core, texts: Texts) -> float:
    """Return for how many milliseconds nobody else was served while a report was made."""
    longest = 0.0

    async def live() -> None:
        nonlocal longest
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0)
            longest = max(longest, time.perf_counter() - before)
            await asyncio.sleep(0.001)

    living = asyncio.create_task(live())
    await asyncio.to_thread(report_xlsx, texts, await _report(core))
    living.cancel()
    with suppress(asyncio.CancelledError):
        await living
    return longest * 1000


if __name__ == "__main__":
    asyncio.run(measure(*map(int, sys.argv[1:2])))
