"""One tick that asks what is due; nothing is kept in timers."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.services.due_work import DueWork

EVERY = timedelta(seconds=15)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to do at every tick, or at the first tick after `every` has passed.

    Attributes:
        due: whether what the tick saw gives a reason to; None: it asks for none.
    """

    name: str
    run: Callable[[], Awaitable[None]]
    every: timedelta = timedelta()
    due: Callable[[DueWork], bool] | None = None


class Scheduler:
    """Runs chores one after the other; one that fails stops none of the others.

    Args:
        clock: people's clock, by which `Chore.every` is measured: the demo moves it.
        chores: in the order in which they run.
        look: what the tick sees, once and before them.
        every: the pause between ticks, in real time.
    """

    def __init__(
        self,
        clock: Clock,
        chores: Sequence[Chore],
        look: Callable[[], Awaitable[DueWork]],
        *,
        every: timedelta = EVERY,
    ) -> None:
        self._clock = clock
        self._chores = chores
        self._look = look
        self._every = every
        self._done_at: dict[str, datetime] = {}
        self._ticking = asyncio.Lock()
        self._timer = AsyncIOScheduler(timezone=UTC)
        self._stopped = False

    def start(self) -> None:
        """Begin to tick, the first time at once; a late or long tick swallows those it missed."""
        self._timer.add_job(
            self.tick,
            "interval",
            seconds=self._every.total_seconds(),
            next_run_time=Clock().now(),  # real time, as the timer itself keeps
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        self._timer.start()

    async def stop(self) -> None:
        """Tick no more; a tick that is under way is finished."""
        if self._timer.running and not self._stopped:
            self._stopped = True
            self._timer.pause()
            await asyncio.sleep(0)  # a tick begun by the timer gets to its lock
            async with self._ticking:
                self._timer.shutdown(wait=False)

    async def tick(self) -> None:
        """Run every chore whose time has come; ticks called at once run one after the other."""
        async with self._ticking:
            seen = await self._see()
            for chore in self._chores:
                now = self._clock.now()
                done_at = self._done_at.get(chore.name)
                rests = done_at is not None and now - done_at < chore.every
                if not rests and (chore.due is None or (seen and chore.due(seen))):
                    await self._run(chore, now)

    async def _see(self) -> DueWork | None:
        try:
            return await self._look()
        except Exception as error:  # noqa: BLE001 (chores without a reason go on)
            log.error("look_failed", error=type(error).__name__)  # noqa: TRY400
            return None

    async def _run(self, chore: Chore, now: datetime) -> None:
        try:
            await chore.run()
        except Exception as error:  # noqa: BLE001 (the other chores go on)
            log.error("chore_failed", chore=chore.name, error=type(error).__name__)  # noqa: TRY400
        else:
            self._done_at[chore.name] = now
