"""The only place that reads the time."""

from datetime import UTC, datetime, timedelta


class Clock:
    """The wall clock. People's time (deadlines, «сегодня», ages of links) comes from here."""

    def now(self) -> datetime:
        """Return the current moment as an aware UTC datetime."""
        return datetime.now(UTC)


class MovableClock(Clock):
    """A clock that runs, and that the demo and the tests can push forward.

    With `frozen=True` it stands still between moves, so that a test decides every moment.
    """

    def __init__(self, start: datetime | None = None, *, frozen: bool = False) -> None:
        real = super().now()
        self._frozen_at = (start or real) if frozen else None
        self._offset = (start - real) if start else timedelta()

    @property
    def offset(self) -> timedelta:
        """How far this clock is ahead of the real one (zero for a frozen clock)."""
        return self._offset

    def now(self) -> datetime:
        """Return the current moment of this clock as an aware UTC datetime."""
        return self._frozen_at or (super().now() + self._offset)

    def move_to(self, moment: datetime) -> None:
        """Set the clock to `moment` (aware)."""
        if self._frozen_at is None:
            self._offset += moment - self.now()
        else:
            self._frozen_at = moment.astimezone(UTC)

    def advance(self, step: timedelta) -> None:
        """Move the clock by `step`."""
        self.move_to(self.now() + step)
