"""One tick does what is due, and one failing chore stops none of the others."""

import asyncio
from datetime import timedelta

from bot.clock import MovableClock
from bot.scheduler import Chore, Scheduler


class Counted:
    def __init__(self, *, fails: bool = False) -> None:
        self.runs = 0
        self.fails = fails

    async def __call__(self) -> None:
        self.runs += 1
        if self.fails:
            raise RuntimeError


async def test_a_failing_chore_stops_no_other(clock: MovableClock) -> None:
    bad, good = Counted(fails=True), Counted()
    scheduler = Scheduler(clock, [Chore("bad", bad), Chore("good", good)])
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

    scheduler = Scheduler(clock, [Chore("slow", slow)])
    await asyncio.gather(scheduler.tick(), scheduler.tick())
    assert order == ["in", "out", "in", "out"]


async def test_it_ticks_by_itself_at_once_and_then_again(clock: MovableClock) -> None:
    thrice, runs = asyncio.Event(), 0

    async def run() -> None:
        nonlocal runs
        runs += 1
        if runs == 3:
            thrice.set()

    scheduler = Scheduler(clock, [Chore("run", run)], every=timedelta(seconds=0.05))
    scheduler.start()
    async with asyncio.timeout(5):
        await thrice.wait()
    await scheduler.stop()
    await scheduler.stop()
    await asyncio.sleep(0)
