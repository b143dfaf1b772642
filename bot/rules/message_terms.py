"""What the table of messages is written in: whom, when, and what becomes of one that cannot go."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.rules.nights import in_time

REMINDER_HOURS = (1, 2, 3, 5)  # how long before the start one can choose to be reminded
USUAL_REMINDER_HOURS = 2

MORNING = time(8)
DIGEST_AT = time(10)
EVENING = time(18)

FEEDBACK_AFTER = timedelta(hours=2)
HELD_QUESTION_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class MeetingTimes:
    """What the time of a message follows from.

    Attributes:
        starts_at, ends_at: of the meeting, aware.
        timezone: of its municipality.
        reminder_hours: how long before the start this person wants the last reminder.
    """

    starts_at: datetime
    ends_at: datetime
    timezone: str
    reminder_hours: int = USUAL_REMINDER_HOURS


class Moment(StrEnum):
    """Times that do not follow from a meeting's."""

    AT_ONCE = "at_once"  # in the transaction that gives the reason
    EACH_DAY = "each_day"  # at DIGEST_AT, where something is owed
    BEFORE_DOOR = "before_door"  # `remind_team_at`
    IN_DIGEST = "in_digest"  # a part of `MessageKind.DIGEST`, never sent alone


When = Callable[[MeetingTimes], datetime] | Moment


class Who(StrEnum):
    """Whom a message is for."""

    PARTICIPANT = "participant"  # whoever made the registration
    TEAM = "team"  # speakers, hosts, helpers and co-curators of the meeting
    EVERYBODY = "everybody"  # participants, those who wait, the team
    RUNS_IT = "runs_it"  # the meeting's maker, else its municipality's curators and coordinators
    STAFF = "staff"  # everybody with a role over meetings or reports
    CONCERNED = "concerned"  # the one it is about, or who asked for it


class Night(StrEnum):
    """What becomes of a message that falls due in the quiet hours."""

    WAITS = "waits"
    UNLESS_NEAR = "unless_near"  # goes at once within 12 hours of the start
    GOES = "goes"  # an answer to what the person just did


class Unknown(StrEnum):
    """What becomes of a message of which a crash hid whether it arrived."""

    AGAIN = "again"
    ASK = "ask"  # whoever wrote it decides


class Switch(StrEnum):
    """Where a message can be turned off, besides by the person it is for."""

    MEETING = "meeting"  # for one meeting, and for the whole region
    REGION = "region"
    OFFERS = "offers"  # by `Meeting.offers_automatic`


@dataclass(frozen=True, slots=True)
class MessageRule:
    """One row of the table.

    Attributes:
        who: whom it is for.
        when: when it is due.
        says: the key of its text, or of what it begins with; None: its parts say it.
        unless: the reason recorded when its condition no longer holds as it is to go out: it is
            then dropped.
        night: what the quiet hours do to it.
        unknown: what becomes of it after a crash in the middle of sending.
        switch: where it can be turned off; None: it cannot.
        default: whether it is sent where nobody said anything about it.
        own: whether the person it is for may turn it off or on for themselves.
        fresh_for: how long after it was due it still makes sense; None: its condition says so.
    """

    who: Who
    when: When
    says: str | None
    unless: str
    night: Night = Night.WAITS
    unknown: Unknown = Unknown.AGAIN
    switch: Switch | None = None
    default: bool = True
    own: bool = False
    fresh_for: timedelta | None = None


def days_before(days: int, at: time) -> When:
    """Return the time `at` so many local days before the start, as `in_time`."""
    return lambda times: in_time(
        _on_day(times.starts_at, -days, at, times.timezone), times.starts_at, times.timezone
    )


def days_after(days: int, at: time) -> When:
    """Return the time `at` so many local days after the end."""
    return lambda times: _on_day(times.ends_at, days, at, times.timezone)


def after_end(pause: timedelta) -> When:
    """Return so long after the end."""
    return lambda times: times.ends_at + pause


def own_hours_before(times: MeetingTimes) -> datetime:
    """Return as long before the start as the person chose, as `in_time`."""
    moment = times.starts_at - timedelta(hours=times.reminder_hours)
    return in_time(moment, times.starts_at, times.timezone)


def _on_day(moment: datetime, days: int, at: time, timezone: str) -> datetime:
    zone = ZoneInfo(timezone)
    day = moment.astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(day, at, zone)
