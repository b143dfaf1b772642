"""When those who run meetings are nudged about them. All of it ours: the sources are silent."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.rules.deadlines import Deadline, nudge_days, occurrences_around
from bot.rules.workdays import is_workday

IDLE = timedelta(days=30)
"""So long without a meeting, held or new, and with none to come, is worth a word."""

_SUMMER = (6, 7, 8)  # schools are closed, nobody expects meetings


def are_few(signed_up: int, seats: int | None) -> bool:
    """Whether too few people have signed up a week before: less than a quarter of the seats.

    That is 9 of 40, less than half a class: what a week of sharing the link still can change. With
    a third or more a meeting fills up by itself in its last days, and a word would only annoy.

    Args:
        signed_up: how many people.
        seats: of the meeting; None without a limit, where only nobody at all is too few.
    """
    return signed_up == 0 if seats is None else signed_up * 4 < seats


def is_idle_again(since: date, before: date, today: date) -> bool:
    """Whether today is the day to say that nothing has been planned: every 30 days, not in summer.

    It follows from the dates alone, so that nobody has to remember when it was said last.

    Args:
        since: when the last meeting was made, or when it ended if that was later.
        before: the last day on which it could have been said.
        today: the day.
    """
    if today.month in _SUMMER:
        return False
    return (today - since) // IDLE > max(0, (before - since) // IDLE)


def is_digest_day(day: date, roadmap: Sequence[Deadline]) -> bool:
    """Whether somebody may have to be told something on `day`: a workday, or one on which a
    deadline is recalled although nobody works.

    Args:
        day: of the calendar where they live.
        roadmap: the region's deadlines.
    """
    return is_workday(day) or any(
        day in nudge_days(deadline, coming.due, day, day)
        for deadline in roadmap
        if (coming := occurrences_around(deadline, day)[1]) is not None
    )


def begins_week(day: date) -> bool:
    """Whether `day` is the first workday of its week."""
    earlier = (day - timedelta(days=back) for back in range(1, day.weekday() + 1))
    return is_workday(day) and not any(is_workday(each) for each in earlier)


def workday_before(day: date) -> date:
    """Return the last workday before `day`."""
    while True:
        day -= timedelta(days=1)
        if is_workday(day):
            return day
