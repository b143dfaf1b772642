"""The iCalendar file of a meeting, read back as a calendar reads it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from bot.calendar_files import CalendarEntry, calendar_file

ENTRY = CalendarEntry(
    uid="meeting-abc@kras_networking_bot",
    changes=0,
    cancelled=False,
    title="Инженеры; будущего, «завтра»",
    description="Ответят на вопросы.\nПриходите",
    address="Центральная библиотека, ул. Ленина, 12",
    link="",
    starts_at=datetime(2026, 3, 14, 8, tzinfo=UTC),
    ends_at=datetime(2026, 3, 14, 9, 30, tzinfo=UTC),
    timezone="Asia/Krasnoyarsk",
    written_at=datetime(2026, 3, 1, 8, tzinfo=UTC),
)


def read(entry: CalendarEntry) -> tuple[Calendar, Event]:
    calendar = Calendar.from_ical(calendar_file(entry))
    assert isinstance(calendar, Calendar)
    return calendar, calendar.events[0]


def test_a_calendar_reads_what_when_and_where() -> None:
    calendar, event = read(ENTRY)
    assert calendar["method"] == "PUBLISH"
    assert event["uid"] == ENTRY.uid
    assert event["summary"] == ENTRY.title
    assert event["description"] == ENTRY.description
    assert event["location"] == ENTRY.address
    assert "url" not in event
    assert event.start == ENTRY.starts_at
    assert event.end - event.start == timedelta(minutes=90)
    assert str(event.start.tzinfo) == "Asia/Krasnoyarsk"
    assert event.start.hour == 15


def test_the_file_brings_the_rules_of_its_time_zone() -> None:
    lines = calendar_file(ENTRY).decode().splitlines()
    assert "TZID:Asia/Krasnoyarsk" in lines
    assert "TZOFFSETTO:+0700" in lines
    assert max(map(len, calendar_file(ENTRY).split(b"\r\n"))) <= 75
    assert len(lines) < 40


def test_a_change_and_a_cancellation_replace_the_entry() -> None:
    _, moved = read(replace(ENTRY, changes=1, starts_at=ENTRY.starts_at - timedelta(days=1)))
    assert (moved["uid"], moved["sequence"]) == (ENTRY.uid, 1)
    calendar, gone = read(replace(ENTRY, changes=2, cancelled=True))
    assert calendar["method"] == "CANCEL"
    assert (gone["uid"], gone["sequence"], gone["status"]) == (ENTRY.uid, 2, "CANCELLED")
