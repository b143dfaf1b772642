"""What the timetable of a half-year says, in words."""

from zoneinfo import ZoneInfo

from bot.handlers.coordinator.stats_words import name_of_period
from bot.handlers.wording import capitalised
from bot.i18n import Speech
from bot.rules import half_year
from bot.services.timetables import Half, PlannedMeeting, Timetable
from bot.timetable_sheet import TimetableSheet
from bot.vocabulary import Mode


def half_text(tr: Speech, half: Half) -> str:
    """Return «1 полугодие 2026»."""
    return name_of_period(tr, half_year(half.year, half.number))


def sheet_of(tr: Speech, planned: Timetable) -> TimetableSheet:
    """Return a timetable in words: «График работы коммуникативных площадок и мероприятий…»."""
    municipality = [(tr.plain("timetable-municipality"), 18)] if planned.of_region else []
    return TimetableSheet(
        lang=tr.locale,
        name=tr.plain("timetable-name"),
        title=tr.plain("timetable-title", genitive=planned.genitive),
        period=half_text(tr, planned.half),
        columns=(
            (tr.plain("timetable-number"), 5),
            (tr.plain("timetable-day"), 14),
            (tr.plain("timetable-time"), 12),
            (tr.plain("timetable-topic"), 31),
            (tr.plain("timetable-format"), 18),
            (tr.plain("timetable-audience"), 18),
            (tr.plain("timetable-place"), 28),
            *municipality,
            (tr.plain("timetable-responsible"), 20),
        ),
        rows=tuple(_row(tr, planned, each) for each in planned.meetings),
        page=tr.plain("portfolio-page"),
        made=tr.plain("portfolio-made", day=tr.date_of(tr.now, planned.timezone)),
    )


def _row(tr: Speech, planned: Timetable, meeting: PlannedMeeting) -> tuple[str, ...]:
    day = meeting.starts_at.astimezone(ZoneInfo(meeting.timezone)).date()
    times = (tr.time(moment, meeting.timezone) for moment in (meeting.starts_at, meeting.ends_at))
    online = meeting.mode is Mode.ONLINE
    return (
        tr.day(day, today=day, lasting=True),  # the year stands above the table
        "–".join(times),
        meeting.title,
        tr.name_of("format", meeting.format),
        tr.name_of("audience", meeting.audience),
        capitalised(tr.name_of("mode", meeting.mode)) if online else meeting.place,
        *([meeting.municipality] if planned.of_region else []),
        meeting.responsible,
    )
