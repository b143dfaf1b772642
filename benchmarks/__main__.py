"""Run every benchmark, one after the other."""

import asyncio

from benchmarks import startup, updates

for benchmark in (startup.measure, updates.measure):
    asyncio.run(benchmark())
