"""Run every benchmark, one after the other; those of a million rows last, for they take an hour."""

import asyncio
from functools import partial

from benchmarks import broadcast, exports, reports, screens, sign_ups, startup, ticks, updates

if __name__ == "__main__":  # the exports start processes that import this file again
    for benchmark in (
        startup.measure,
        updates.measure,
        sign_ups.measure,
        ticks.measure,
        broadcast.measure,
        partial(broadcast.measure, people=10_000, rounds=1),
        exports.measure,
        reports.measure,
        screens.measure,
    ):
        asyncio.run(benchmark())
