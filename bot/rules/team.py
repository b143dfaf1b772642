"""The team of a meeting: who may invite whom, the door of helpers, reminders and hours."""

from datetime import datetime, timedelta

from bot.errors import InvalidInput, Refused
from bot.rules.meetings import DOOR_OPENS
from bot.rules.nights import in_time
from bot.vocabulary import MeetingStatus, Offering, TeamRole

TEAM_REMINDER_BEFORE = timedelta(days=1)

OFFERING_ROLES = frozenset({TeamRole.SPEAKER, TeamRole.HOST})
"""Who is asked what they bring: a talk, a tour, a stand."""

HOURS_STEP = 30  # minutes

MOST_MINUTES = 24 * 60


def team_roles_to_give(*, leads: bool) -> tuple[TeamRole, ...]:
    """Return the roles on a meeting's team that somebody who manages it may invite to.

    Co-curators are chosen by those who lead the meeting: a co-curator invites no other.
    """
    return tuple(role for role in TeamRole if leads or role is not TeamRole.CO_CURATOR)


def may_stand_at_door(role: TeamRole | None, status: MeetingStatus) -> bool:
    """Whether a role on the team gives the door: to helpers, until the list is closed."""
    return role is TeamRole.HELPER and status is MeetingStatus.PUBLISHED


def check_team_wanted(status: MeetingStatus, ends_at: datetime, now: datetime) -> None:
    """Check that somebody may still be invited to, or join, the team of a meeting.

    Raises:
        Refused: it is cancelled, over, or was not published yet.
    """
    if status is MeetingStatus.CANCELLED:
        raise Refused("refused-team-cancelled")
    if status is MeetingStatus.HELD or ends_at <= now:
        raise Refused("refused-team-over")
    if status is MeetingStatus.DRAFT:
        raise Refused("refused-team")


def check_offer(role: TeamRole, offering: Offering | None, words: str) -> None:
    """Check that speakers and hosts say what they bring, and nobody else does.

    Raises:
        Refused: something is offered by who is not asked, or nothing by who is.
        InvalidInput: «другое» needs words.
    """
    if (role in OFFERING_ROLES) != (offering is not None) or (words and offering is None):
        raise Refused
    if offering is Offering.OTHER and not words:
        raise InvalidInput("input-empty")


def remind_team_at(starts_at: datetime, timezone: str, now: datetime) -> datetime | None:
    """Return when somebody on the team is reminded, None when it is too late for that.

    A day before the start; who joined later than that, when the door opens, or on the evening
    before where the night would hold that back until the start.
    """
    for before in (TEAM_REMINDER_BEFORE, DOOR_OPENS):
        at = in_time(starts_at - before, starts_at, timezone)
        if at > now:
            return at
    return None


def usual_minutes(starts_at: datetime, ends_at: datetime) -> int:
    """Return the volunteer time to suggest: the meeting's length, to the nearest half hour."""
    steps = (ends_at - starts_at) / timedelta(minutes=HOURS_STEP)
    return max(1, int(steps + 0.5)) * HOURS_STEP


def check_minutes(minutes: int) -> None:
    """Check that so much volunteer time can be confirmed for one meeting.

    Raises:
        Refused: less than half an hour, more than a day, or no whole half hours.
    """
    if not HOURS_STEP <= minutes <= MOST_MINUTES or minutes % HOURS_STEP:
        raise Refused("refused-hours")
