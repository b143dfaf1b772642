"""Run every benchmark, one after the other."""

import asyncio
from functools import partial

from benchmarks import broadcast, sign_ups, startup, ticks, updates

for benchmark in (
    startup.measure,
    updates.measure,
    sign_ups.measure,
    ticks.measure,
    broadcast.measure,
    partial(broadcast.measure, people=10_000, rounds=1),
):
    asyncio.run(benchmark())
