"""The stretches of time that statistics look at: whole days, by the clock of a place."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.errors import Refused

FIRST_YEAR = 2018  # the oldest programme of this kind that we know began then
MOST_MONTHS = 24  # more of them no phone shows


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both within."""

    first: date
    last: date

    def bounds(self, timezone: str) -> tuple[datetime, datetime]:
        """Return its first moment in a time zone, and the first one after it (aware)."""
        zone = ZoneInfo(timezone)
        after = self.last + timedelta(days=1)
        return (
            datetime(self.first.year, self.first.month, self.first.day, tzinfo=zone),
            datetime(after.year, after.month, after.day, tzinfo=zone),
        )

    @property
    def months(self) -> tuple[date, ...]:
        """The months it touches, each by its first day."""
        begin = self.first.year * 12 + self.first.month - 1
        end = self.last.year * 12 + self.last.month - 1
        return tuple(date(each // 12, each % 12 + 1, 1) for each in range(begin, end + 1))

    @property
    def year_before(self) -> "Period":
        """The same days a year earlier."""
        return Period(_year_before(self.first), _year_before(self.last))


def whole_year(year: int) -> Period:
    """Return a calendar year."""
    return _months_of(year, 1, 12)


def half_year(year: int, number: int) -> Period:
    """Return the first or the second half of a year."""
    return _months_of(year, 6 * number - 5, 6 * number)


def quarter(year: int, number: int) -> Period:
    """Return one of the four quarters of a year."""
    return _months_of(year, 3 * number - 2, 3 * number)


def check_period(period: Period, today: date) -> None:
    """Check that statistics can be made of a period.

    Raises:
        Refused: it runs backwards, begins before the programme or after today, or is too long.
    """
    backwards = period.last < period.first
    if backwards or not period.first.year >= FIRST_YEAR or period.first > today:
        raise Refused("stats-no-such-period")
    if period.last.year > today.year or len(period.months) > MOST_MONTHS:
        raise Refused("stats-no-such-period")


def _months_of(year: int, first: int, last: int) -> Period:
    after = date(year + last // 12, last % 12 + 1, 1)
    return Period(date(year, first, 1), after - timedelta(days=1))


def _year_before(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)
