"""Which days people in Russia work."""

from datetime import date
from functools import cache

from holidays import HolidayBase


def is_workday(day: date) -> bool:
    """Whether `day` is a working day: no weekend, no public holiday, no day off moved there.

    A Saturday that was made a working day counts as one, as far as the package `holidays` knows of
    it: the government moves days each year by a decree of its own.
    """
    return _calendar().is_working_day(day)


@cache
def _calendar() -> HolidayBase:
    from holidays import country_holidays  # noqa: PLC0415 (takes 0.3 s, and not every start asks)

    return country_holidays("RU")
