"""Quiet hours: from 22:00 to 08:00 in a municipality's time zone the bot wakes nobody."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

NIGHT_BEGINS = time(22)
NIGHT_ENDS = time(8)
LAST_CALL = time(21)  # for what the night would hold back until it is too late
NEAR = timedelta(hours=12)  # before the start: then a change or a cancellation cannot wait


def after_night(moment: datetime, timezone: str) -> datetime:
    """Return the moment itself, or the end of the night it falls into.

    Args:
        moment: aware.
        timezone: whose night it is.
    """
    zone = ZoneInfo(timezone)
    local = moment.astimezone(zone)
    if NIGHT_ENDS <= local.time() < NIGHT_BEGINS:
        return moment
    day = local.date() + timedelta(days=local.time() >= NIGHT_BEGINS)
    return datetime.combine(day, NIGHT_ENDS, zone)


def in_time(moment: datetime, starts_at: datetime, timezone: str) -> datetime:
    """Return a moment, or the evening before where the night would hold it back until the start.

    Args:
        moment: before the start.
        starts_at: of what somebody must know in time.
        timezone: whose night it is.
    """
    if after_night(moment, timezone) < starts_at:
        return moment
    local = starts_at.astimezone(ZoneInfo(timezone))
    day = local.date() - timedelta(days=local.time() <= LAST_CALL)
    return datetime.combine(day, LAST_CALL, local.tzinfo)
