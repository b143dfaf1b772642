"""How long something takes: the median of several times, of some that take turns."""

import statistics
import time
from collections.abc import Awaitable, Callable


async def medians(times: int, *arms: Callable[[], Awaitable[object]]) -> list[float]:
    """Let arms take turns so many times, and return the median of each in milliseconds."""
    took: list[list[float]] = [[] for _ in arms]
    for _ in range(times):
        for arm, seconds in zip(arms, took, strict=True):
            started = time.perf_counter()
            await arm()
            seconds.append(time.perf_counter() - started)
    return [statistics.median(seconds) * 1000 for seconds in took]
