"""One tick does what is due, and one failing chore stops none of the others."""

import asyncio
from datetime import timedelta

from bot.clock import MovableClock
from bot.scheduler import Chore, Scheduler
from bot.services.due_work import DueWork


class Counted:
    def __init__(self, *, fails: bool = False) -> None:
        self.runs = 0
        self.fails = fails

    async def __call__(self) -> None:
        self.runs += 1
        if self.fails:
            raise RuntimeError


async def nothing() -> DueWork:
    """A tick that sees nothing to do."""
    return DueWork(offers=False, messages=False, cards=False, counters=False)


async def offers() -> DueWork:
    return DueWork(offers=True, messages=False, cards=False, counters=False)


async def no_database() -> DueWork:
    raise RuntimeError


async def test_a_chore_with_a_reason_runs_when_the_tick_sees_it(clock: MovableClock) -> None:
    for look, runs in ((nothing, 0), (offers, 1), (no_database, 0)):
        wanted, always = Counted(), Counted()
        chores = [Chore("wanted", wanted, due=lambda seen: seen.offers), Chore("always", always)]
        await Scheduler(clock, chores, look).tick()
        assert (wanted.runs, always.runs) == (runs, 1)


async def test_a_failing_chore_stops_no_other(clock: MovableClock) -> None:
    bad, good = Counted(fails=True), Counted()
    scheduler = Scheduler(clock, [Chore("bad", bad), Chore("good", good)], nothing)
    await scheduler.tick()
    await scheduler.tick()
    assert (bad.runs, good.runs) == (2, 2)


async def test_a_chore_runs_by_peoples_clock_and_a_failed_one_at_the_next_tick(
    clock: MovableClock,
) -> None:
    often, daily = Counted(), Counted()
    bad = Counted(fails=True)
    day = timedelta(days=1)
    scheduler = Scheduler(
        clock,
        [Chore("often", often), Chore("daily", daily, every=day), Chore("bad", bad, every=day)],
        nothing,
    )
    for _ in range(3):
        await scheduler.tick()
    clock.advance(day)
    await scheduler.tick()
    assert (often.runs, daily.runs, bad.runs) == (4, 2, 4)


async def test_ticks_do_not_overlap(clock: MovableClock) -> None:
    order: list[str] = []

    async def slow() -> None:
        order.append("in")
        await asyncio.sleep(0)
        order.append("out")

    scheduler = Scheduler(clock, [Chore("slow", slow)], nothing)
    await asyncio.gather(scheduler.tick(), scheduler.tick())
    assert order == ["in", "out", "in", "out"]


async def test_it_ticks_by_itself_at_once_and_then_again(clock: MovableClock) -> None:
    thrice, runs = asyncio.Event(), 0

    async def run() -> None:
        nonlocal runs
        runs += 1
        if runs == 3:
            thrice.set()

    scheduler = Scheduler(clock, [Chore("run", run)], nothing, every=timedelta(seconds=0.05))
    scheduler.start()
    async with asyncio.timeout(5):
        await thrice.wait()
    await scheduler.stop()
    await scheduler.stop()
    await asyncio.sleep(0)
