"""A meeting as an iCalendar file (RFC 5545), for the calendar of a phone.

A later file about the same meeting has the same UID and a higher SEQUENCE, so that the calendar
changes its entry; METHOD says whether it is to be kept or taken away (RFC 5546).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

PRODUCT = "-//Career networking bot//RU"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """What a calendar is told of a meeting.

    Attributes:
        uid: names the meeting for good.
        changes: how often it was changed since it was published.
        timezone: of its municipality.
        address: where it is, or the link of an online meeting.
    """

    uid: str
    changes: int
    cancelled: bool
    title: str
    description: str
    address: str
    link: str
    starts_at: datetime
    ends_at: datetime
    timezone: str
    written_at: datetime


def calendar_file(entry: CalendarEntry) -> bytes:
    """Return the file: UTF-8, with the time zone's rules in it."""
    zone = ZoneInfo(entry.timezone)
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.changes)
    event.add("dtstamp", entry.written_at)
    event.add("summary", entry.title)
    event.add("dtstart", entry.starts_at.astimezone(zone))
    event.add("dtend", entry.ends_at.astimezone(zone))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    for name, value in (
        ("description", entry.description),
        ("location", entry.address),
        ("url", entry.link),
    ):
        if value:
            event.add(name, value)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if entry.cancelled else "PUBLISH")
    calendar.add_component(event)
    a_year = timedelta(days=366)  # of the zone's rules is enough for one entry
    calendar.add_missing_timezones(
        (entry.starts_at - a_year).date(), (entry.ends_at + a_year).date()
    )
    content: bytes = calendar.to_ical()
    return content
